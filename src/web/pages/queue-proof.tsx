// SPDX-License-Identifier: Apache-2.0
// What evidence a case of the queue has: a reproducer, a patch, another finder.

import type { QueueRow } from '../../app/views.ts';
import { Icon, type IconName } from '../components/icon.tsx';

export function Proof({ row: { state } }: { readonly row: QueueRow }) {
  const reproducer = state.reporters.some((reporter) => reporter.attachments.some((file) => file.purpose === 'reproducer'));
  const patch =
    state.branches.some((fix) => fix.patches.length > 0) ||
    state.reporters.some((one) => one.attachments.some((file) => file.purpose === 'patch'));
  const again = state.facts.some((fact) => fact.fact === 'rediscovered');
  return (
    <span class="proof">
      <Glyph there={reproducer} name="flask" word="Reproducer attached" />
      <Glyph there={patch} name="patch" word="Patch attached" />
      <Glyph there={again} name="twin" word="Found again by somebody else" />
    </span>
  );
}

function Glyph({ there, name, word }: { readonly there: boolean; readonly name: IconName; readonly word: string }) {
  if (!there) return <span class="none" />;
  return (
    <span>
      <Icon name={name} />
      <span class="unseen">{word}</span>
    </span>
  );
}

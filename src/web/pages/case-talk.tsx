// SPDX-License-Identifier: Apache-2.0
// The two composers of a case, side by side and unlike each other.

/** Seconds for which a message that a person wrote waits before it leaves. */
import { holdSeconds as held } from '../../app/orders.ts';
import { noteBecomesPublic, saidBecomesPublic } from '../../app/policy-text/sentences.ts';
import type { CaseView } from '../../app/views.ts';
import { reporterOf } from '../../core/model/case.ts';
import type { ParticipantId } from '../../core/model/identifiers.ts';
import { MessageBox, NoteBox } from '../components/compose.tsx';
import type { Frame } from '../frame.ts';
import { reporters } from '../options.ts';
import { below, pathsOf } from '../paths.ts';
import { fates } from '../piece-options.ts';

export function Composers({ frame, view }: { readonly frame: Frame; readonly view: CaseView }) {
  const can = (kind: 'send-message' | 'add-note') => view.possibilities.some((one) => one.action === kind);
  if (!can('send-message') && !can('add-note')) return null;
  const base = pathsOf(frame.project.id).case(view.state.case);
  const { version } = view.state;
  const to = reporters(view);
  return (
    <div class="halves part">
      {can('send-message') ? (
        <MessageBox
          frame={frame}
          action={below.action(base, 'send-message')}
          version={version}
          reporters={to}
          held={held}
          fate={saidBecomesPublic(view.policy)}
          pageOnly={to.filter(({ value }) => reporterOf(view.state, value as ParticipantId)?.address === null).map(({ label }) => label)}
          fates={fates(view)}
          button={to.length === 1 ? 'Send to the reporter' : `Send to ${to.length} reporters`}
        />
      ) : null}
      {can('add-note') ? (
        <NoteBox
          frame={frame}
          action={below.action(base, 'add-note')}
          version={version}
          audience={view.audience}
          fate={noteBecomesPublic(view.policy)}
          fates={fates(view)}
        />
      ) : null}
    </div>
  );
}

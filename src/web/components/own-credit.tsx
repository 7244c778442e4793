// SPDX-License-Identifier: Apache-2.0
// A reporter's own credit: what they decided, how it will stand, and what they asked for after the release was armed.

import type { CaseView } from '../../app/views.ts';
import type { Reporter } from '../../core/model/case.ts';
import { creditWords } from '../words.ts';

export function OwnCredit({ own, texts }: { readonly own: Reporter; readonly texts: CaseView['texts'] }) {
  const name = own.creditName === null ? undefined : texts.get(own.creditName.id);
  const named = own.credit !== 'declined' && name !== undefined;
  return (
    <>
      {creditWords[own.credit]}
      {name === undefined ? null : (
        <>
          , <bdi>{name}</bdi>
        </>
      )}
      {own.credit === 'undecided' ? null : (
        <span class="label">{named ? `The advisory will say: reported by ${name}.` : 'The advisory names you nowhere.'}</span>
      )}
      {own.creditRequest === null ? null : (
        <span class="label">
          You asked for <bdi>{texts.get(own.creditRequest.name.id) ?? 'another name'}</bdi>. What goes out is agreed already: the owner was
          told, and it acts if the release is armed anew. Taking your name out always acts.
        </span>
      )}
    </>
  );
}

// SPDX-License-Identifier: Apache-2.0
// What an attacker tries from a case that they may see: the hidden case and its pieces named in bodies of the right shape, and as files and messages of their own case.

import { offeredActions } from '../../src/app/parse.ts';

/** Ids that the attacker got hold of. */
export interface Loot {
  readonly case: string;
  readonly codename: string;
  readonly attachment: string;
  readonly message: string;
  /** The token that forms of the attacker's own session carry. */
  readonly csrf?: string;
  /** A case that the attacker may see, from which the hidden one is named. */
  readonly own?: string;
}

export interface Sending {
  readonly line: string;
  readonly head?: string;
  readonly body?: string;
}

export interface Attempt {
  readonly name: string;
  /** The request about a case, as it goes through the wire, without the head that says who asks. */
  readonly of: (id: string) => Sending;
}

export const json = 'Content-Type: application/json';
export const posted = (path: string, body: string, head: string): Sending => ({ line: `POST ${path}`, head, body });

/** What a told party may do with its own case: left out where nothing there may change. */
const ofAParty: readonly string[] = [
  'accept-terms',
  'acknowledge-notice',
  'say-ready',
  'raise-objection',
  'agree-embargo',
  'write-to-team',
];

/** The hidden case and its pieces named under a case of the attacker's own: in bodies of the right shape, and as its files and messages. */
export function fromOwn({ case: hidden, attachment, message, own }: Loot): readonly Attempt[] {
  if (own === undefined) return [];
  const page = `/api/v1/alpha/cases/${own}`;
  const piece = (id: string, kept: string) => (id === hidden ? kept : '0'.repeat(kept.length));
  const naming = (id: string) => {
    const [file, text] = [piece(id, attachment), piece(id, message)];
    const words = { reason: 'It is the same.', evidence: 'It is the same.', body: 'x', title: 'x' };
    const parts = [{ title: 'x', case: id, pieces: [file, text] }];
    return JSON.stringify({
      ...words,
      of: id,
      case: id,
      cases: [id],
      parts,
      pieces: [file, text],
      attachment: file,
      message: text,
      content: text,
    });
  };
  const named = offeredActions
    .filter((action) => !ofAParty.includes(action))
    .map((action) => ({ name: `${action} naming it`, of: (id: string) => posted(`${page}/${action}`, naming(id), json) }));
  const files = [page, `/alpha/cases/${own}`].flatMap((path) =>
    [undefined, 'Range: bytes=0-3', 'Range: bytes=-1', 'If-None-Match: *', 'If-Match: *'].map((head) => ({
      name: `its file under another case, ${head}`,
      of: (id: string) => ({ line: `GET ${path}/attachments/${piece(id, attachment)}`, ...(head === undefined ? {} : { head }) }),
    })),
  );
  const withdrawn = ['withdraw'].map((verb) => ({
    name: `${verb} its message`,
    of: (id: string) => posted(`${page}/messages/${piece(id, message)}/${verb}`, '{}', json),
  }));
  return [...named, ...files, ...withdrawn];
}

// SPDX-License-Identifier: Apache-2.0
// Mail to a member about their own ways in: what happened at their door, and what to do if it was not they. No link that does anything, and no case.

import type { Notice } from './notice.ts';
import { wrapped } from './notice.ts';

export type HolderNotice = keyof typeof words;

export interface HolderContext {
  /** Heading of the policy: whose project it is. */
  readonly title: string;
  /** The recipient's own page of their ways in; it asks them to sign in. */
  readonly url: string;
}

const ifNot =
  'If this was not you, tell somebody who admits people or runs the system at once, by another way than mail: they can suspend your access, which ends every session and token.';

const words = {
  'way-in-added': {
    subject: 'A way in was added',
    sentence: 'A passkey, an account of another service or a token was added to your access here. Your own page says which.',
  },
  'way-in-removed': {
    subject: 'A way in was removed',
    sentence: 'A passkey or a token of yours was removed, and opens nothing any more. Your own page says what is left.',
  },
  'recovery-asked': {
    subject: 'Somebody says that you lost your way in',
    sentence:
      'A member who admits people asked for the recovery of your access. Once a second person confirms it, whoever gets their link comes in as you, and all that lets you in now ends.',
  },
  'recovery-used': {
    subject: 'Your access was recovered',
    sentence: 'Two people gave out a link for the recovery of your access, and it was used. Everything that let you in before has ended.',
  },
  'sign-in-refused': {
    subject: 'An attempt to sign in as you was refused',
    sentence:
      'Somebody began to sign in as you and did not show what is asked for: a passkey that was not good, one that may have been copied, or an account without a second factor. It is told once a day, however often it happened.',
  },
  'sign-in-unusual': {
    subject: 'Somebody signed in as you',
    sentence: 'Somebody signed in as you, after attempts that were refused or after a long time without. Your own page lists the sessions.',
  },
} as const satisfies Readonly<Record<string, { readonly subject: string; readonly sentence: string }>>;

export function toHolder(name: HolderNotice, { title, url }: HolderContext): Notice {
  const { subject, sentence } = words[name];
  return { subject: `[${title}] ${subject}`, text: wrapped(`${sentence}\n\n  ${url}\n\n${ifNot}\n`) };
}

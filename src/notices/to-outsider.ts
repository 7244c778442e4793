// SPDX-License-Identifier: Apache-2.0
// Mail to somebody who does not see the case: that something waits, and nothing else. No codename, no component, no address of a case.

import type { NoticeName } from '../core/process/consequence.ts';
import type { Notice } from './notice.ts';
import { wrapped } from './notice.ts';

export type OutsiderNotice = Extract<NoticeName, 'case-waits' | 'nobody-owns' | 'maintainer-without-account' | 'glass-broken-elsewhere'>;

export interface OutsiderContext {
  /** Heading of the policy: whose process it is. */
  readonly title: string;
  /** Where the project's pages begin. */
  readonly url: string;
}

export function toOutsider(name: OutsiderNotice, { title, url }: OutsiderContext): Notice {
  return {
    subject: `[${title}] ${subjects[name]}`,
    text: wrapped(`${sentences[name]}\n\n  ${url}\n\nThis mail carries nothing of the case itself.\n`),
  };
}

const subjects: Readonly<Record<OutsiderNotice, string>> = {
  'case-waits': 'A case waits for somebody',
  'nobody-owns': 'A case has no owner',
  'maintainer-without-account': 'Something waits where you have no account',
  'glass-broken-elsewhere': 'Somebody broke the glass of a case',
};

const sentences: Readonly<Record<OutsiderNotice, string>> = {
  'case-waits':
    'A case of this project has waited for longer than its policy allows, and its owner is silent. The policy names you next. You do not see the case: ask those who handle reports which one it is, and to give you access.',
  'nobody-owns':
    'A report arrived, and nobody in this project may handle it. Give somebody a role that can, and the case becomes theirs within a minute.',
  'maintainer-without-account':
    'A confidential report may concern code that you look after, and you have no account here. Somebody else looks after it meanwhile. Ask the project for an account if you want to be asked first.',
  'glass-broken-elsewhere':
    'Somebody who runs the system opened a case of this project in an emergency, and reads it for some hours. Those who read that case were told too. If it was not you, ask the others who run the system, by another way than mail.',
};

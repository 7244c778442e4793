// SPDX-License-Identifier: Apache-2.0
// Mail to somebody who does not see the case: that something waits, and nothing else. No codename, no component, no address of a case.

import type { NoticeName } from '../core/process/consequence.ts';
import type { Notice } from './notice.ts';
import { wrapped } from './notice.ts';

export type OutsiderNotice = Extract<
  NoticeName,
  | 'case-waits'
  | 'nobody-owns'
  | 'maintainer-without-account'
  | 'glass-broken-elsewhere'
  | 'reader-asked-elsewhere'
  | 'reader-named-elsewhere'
  | 'narrowed-unread'
>;

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
  'reader-asked-elsewhere': 'Somebody is to be let into a narrowed case',
  'reader-named-elsewhere': 'Somebody was let into a narrowed case',
  'narrowed-unread': 'Nobody is left who reads a narrowed case',
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
  'reader-asked-elsewhere':
    'Somebody was named who is to read a case of this project that was narrowed to a few people, and a second word is missing. Where too few of those people are left to say it, the page on which you break the glass shows the case by its codename, and who was named by whom. Ask them, by another way than mail, before you say the second word.',
  'reader-named-elsewhere':
    'Two people let another one into a case of this project that was narrowed to a few. The case stays narrowed, and those who read it were told, too. If you have a doubt about it, ask those who run the system, by another way than mail.',
  'narrowed-unread':
    'A case of this project was narrowed to a few people, and none of them is left who could look after it. It does not widen by itself, and its dates run on. Two of those who run the system let somebody in together: the page on which you break the glass shows which case it is, by its codename.',
};

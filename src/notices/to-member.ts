// SPDX-License-Identifier: Apache-2.0
// Mail to a member: something happened, look here. No content of a case that is not public, whoever reads it (L-29, LIBVIRT-31).

import type { NoticeName } from '../core/process/consequences.ts';
import type { Notice } from './notice.ts';
import { wrapped } from './notice.ts';

export type MemberNotice = Extract<
  NoticeName,
  | 'report-arrived'
  | 'answer-arrived'
  | 'reminder'
  | 'date-asked'
  | 'date-stands'
  | 'embargo-ended'
  | 'party-told'
  | 'ready-asked'
  | 'party-answered'
>;

export interface MemberContext {
  readonly codename: string;
  readonly url: string;
  /** Clock that is due, for `reminder`. */
  readonly clock: string | null;
}

export function toMember(name: MemberNotice, { codename, url, clock }: MemberContext): Notice {
  return {
    subject: `[${codename}] ${subject(name)}`,
    text: wrapped(`${sentence(name, clock)}\n\n  ${url}\n\nThis mail carries nothing of the case itself.\n`),
  };
}

function subject(name: MemberNotice): string {
  switch (name) {
    case 'report-arrived':
      return 'A report arrived';
    case 'answer-arrived':
      return 'The reporter answered';
    case 'reminder':
      return 'Something is due';
    case 'date-asked':
      return 'You are asked for a date';
    case 'date-stands':
      return 'Another date stands';
    case 'embargo-ended':
      return 'The embargo has ended';
    case 'party-told':
      return 'Advance notice, in confidence';
    case 'ready-asked':
      return 'Will you be ready at the hour?';
    case 'party-answered':
      return 'A party answered';
  }
}

function sentence(name: MemberNotice, clock: string | null): string {
  switch (name) {
    case 'report-arrived':
      return 'A report arrived and waits for somebody to look at it.';
    case 'answer-arrived':
      return 'A reporter has answered.';
    case 'reminder':
      return due(clock ?? '');
    case 'date-asked':
      return 'A date was proposed, and your agreement to it is asked for. Silence is no agreement.';
    case 'date-stands':
      return 'The date that was agreed has changed. Please say again whether you will be ready.';
    case 'embargo-ended':
      return 'The embargo of this case has ended. Its page says how and since when.';
    case 'party-told':
      return 'You are told of something in confidence, ahead of its publication. Accept the terms on its page to read it, and pass nothing on.';
    case 'ready-asked':
      return 'The fix of this case is ready. Please say on its page whether you will be ready at the common hour.';
    case 'party-answered':
      return 'A party that was told has answered.';
  }
}

/** What is due, by clock; a clock without a sentence of its own is named. */
function due(clock: string): string {
  if (clock.startsWith('embargo.warning:')) return `The embargo ends in ${clock.slice('embargo.warning:'.length)}.`;
  return sentences[clock] ?? `The clock ${clock} has run out.`;
}

const sentences: Readonly<Record<string, string>> = {
  'clocks.moderation': 'A held report waits longer than the policy allows. Let it through or discard it.',
  'clocks.acknowledge': 'The reporter has had no human answer within the time that the policy promises.',
  'clocks.claim': 'Nobody has taken up this case.',
  'clocks.verdict': 'There is no verdict on this case within the time that the policy gives.',
  'embargo.until': 'The embargo has ended and the case is still private. Publish it, or agree another date. This call comes every hour.',
  'disclosure.trigger': 'The publication was due and something is missing; the page of the case says what. It is tried again every hour.',
  'disclosure.channels': 'The disclosure has begun, and a channel is not confirmed yet.',
  'clocks.posted_but_private': 'A patch was posted in public and the case is still private.',
  'embargo.ends_early_on.leaked': 'Details have leaked. The policy leaves it to you: end the embargo, or keep it and say why.',
  'embargo.ends_early_on.exploited': 'The flaw is exploited. The policy leaves it to you: end the embargo, or keep it and say why.',
  'embargo.ends_early_on.rediscovered':
    'Somebody else found the same flaw; that is no leak. The policy leaves it to you: end the embargo, or keep it and say why.',
  'disclosure.together_with': 'The hour is near, and not everybody who discloses then has said ready. The page of the case says who.',
  'downstream.told_within': 'A party should have been told by now, and is not.',
  'downstream.parties.duties': 'The rules of a party that was told ask something of us after the disclosure, and it is not done.',
  cap: 'The case is past its latest lawful date, and nobody has agreed what to publish. This call comes every hour.',
};

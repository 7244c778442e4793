// SPDX-License-Identifier: Apache-2.0
// Mail to a member: something happened, look here. No content of a case that is not public, whoever reads it (L-29, LIBVIRT-31).

import type { NoticeName } from '../core/process/consequences.ts';
import type { Notice } from './notice.ts';
import { wrapped } from './notice.ts';

export type MemberNotice = Extract<NoticeName, 'report-arrived' | 'answer-arrived' | 'reminder'>;

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
  'clocks.fix': 'The time that the policy gives for a fix has passed. Shall this be published without one? Nothing happens by itself.',
  'disclosure.unfixed':
    'The announced day of the publication without a fix has come, and something is missing; the page of the case says what.',
  'clocks.merged_but_open': 'The fix is merged and the case is still open; the page of the case says what its closing waits for.',
  'clocks.cve_answer': 'A CVE number was asked for and there is no answer. Ask again, or ask another CNA.',
  'clocks.cve_record_aim': 'A CVE number is public and its record is not out yet. A day after the disclosure it should be.',
  'clocks.cve_record': 'A CVE number is public and its record is still not out. The time that CNAs have for it has passed.',
  cap: 'The case is past its latest lawful date, and nobody has agreed what to publish. This call comes every hour.',
};

// SPDX-License-Identifier: Apache-2.0
// Mail to a member: something happened, look here. No content of a case that is not public, whoever reads it (L-29, LIBVIRT-31).

import type { OwnerHow } from '../core/model/ownership.ts';
import type { NoticeName } from '../core/process/consequence.ts';
import type { Notice } from './notice.ts';
import { wrapped } from './notice.ts';

export type MemberNotice = Extract<
  NoticeName,
  | 'report-arrived'
  | 'let-in'
  | 'case-assigned'
  | 'answer-arrived'
  | 'reminder'
  | 'credit-requested'
  | 'release-stopped'
  | 'signatures-asked'
  | 'found-again'
  | 'component-assigned'
  | 'redaction-proposed'
  | 'date-asked'
  | 'date-stands'
  | 'embargo-ended'
  | 'party-told'
  | 'ready-asked'
  | 'party-answered'
  | 'party-wrote'
  | 'team-wrote'
  | 'glass-broken'
  | 'reader-asked'
  | 'reader-named'
>;

export interface MemberContext {
  readonly codename: string;
  readonly url: string;
  /** Clocks that are due, for `reminder`. */
  readonly clocks: readonly string[];
  /** How the owner came to the case, for `case-assigned`. */
  readonly how: OwnerHow | null;
}

export function toMember(name: MemberNotice, { codename, url, clocks, how }: MemberContext): Notice {
  return {
    subject: `[${codename}] ${subject(name)}`,
    text: wrapped(`${sentence(name, clocks, how)}\n\n  ${url}\n\nThis mail carries nothing of the case itself.\n`),
  };
}

function subject(name: MemberNotice): string {
  switch (name) {
    case 'report-arrived':
      return 'A report arrived';
    case 'let-in':
      return 'You were added to a case';
    case 'case-assigned':
      return 'You own this case now';
    case 'answer-arrived':
      return 'The reporter answered';
    case 'credit-requested':
      return 'The reporter asks for another credit';
    case 'release-stopped':
      return 'The release was stopped';
    case 'signatures-asked':
      return 'Documents wait for a signature';
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
    case 'party-wrote':
      return 'A party wrote to the team';
    case 'team-wrote':
      return 'The team wrote to you';
    case 'found-again':
      return 'Publish now?';
    case 'component-assigned':
      return 'A component is yours';
    case 'redaction-proposed':
      return 'A second person is asked for';
    case 'glass-broken':
      return 'Somebody broke the glass';
    case 'reader-asked':
      return 'Somebody is to be let in';
    case 'reader-named':
      return 'Somebody was let in';
  }
}

function sentence(name: MemberNotice, clocks: readonly string[], how: OwnerHow | null): string {
  switch (name) {
    case 'report-arrived':
      return 'A report arrived and waits for somebody to look at it.';
    case 'let-in':
      return 'Somebody added you to a case by name, because your help is wanted there. Until its page says that it is public, disclose no detail of it and pass nothing on.';
    case 'case-assigned':
      return `${came[how ?? 'given']} Look at it, and take it up or give it to somebody else.`;
    case 'answer-arrived':
      return 'A reporter has answered.';
    case 'credit-requested':
      return 'A reporter asks to be named otherwise. The release is armed and stays so; the change acts if you stop it and say go anew.';
    case 'release-stopped':
      return 'Since people said go, something was said in which a token, a key or an address seems to stand. Strike it out or keep it, and say go again.';
    case 'signatures-asked':
      return 'The documents of this release are made and wait for the signature of a person’s own key. Nothing goes out before every one of them came back signed. The release room has the files, and takes the signatures.';
    case 'reminder':
      return calls(clocks).map(due).join('\n');
    case 'date-asked':
      return 'A date was proposed, and your agreement to it is asked for. Silence is no agreement.';
    case 'date-stands':
      return 'The date on which this becomes public has changed. Its page says how, and asks you to say again whether you will be ready.';
    case 'embargo-ended':
      return 'The embargo of this case has ended. Its page says how and since when.';
    case 'party-told':
      return 'You are told of something in confidence, ahead of its publication. Accept the terms on its page to read it, and pass nothing on.';
    case 'ready-asked':
      return 'The fix of this case is ready. Please say on its page whether you will be ready at the common hour.';
    case 'party-answered':
      return 'A party that was told has answered.';
    case 'party-wrote':
      return 'A party that was told has written to the team. Only the team and that party read it, on the page of the case.';
    case 'team-wrote':
      return 'The team has written to your party. It stands on the page of the case, and no other party reads it. An answer to this mail reaches the team; write nothing in it that may not go in clear.';
    case 'found-again':
      return 'Somebody else has found the same. The page of the case asks whether to publish now.';
    case 'redaction-proposed':
      return 'Somebody proposes to strike something out before it is opened. A second person approves it, or leaves it as it stands.';
    case 'glass-broken':
      return 'Somebody who runs the system, and does not read this case otherwise, opened it in an emergency. Its page says who, why and until when. Ask them, by another way than mail, whether it was they.';
    case 'reader-asked':
      return 'Somebody is to be let into this case, which was narrowed to a few people. Its page says who, by whose word and why; a second person has to say so.';
    case 'reader-named':
      return 'Two people let another one into this case, which was narrowed to a few. Its page says who, by whose words and why. It stays narrowed.';
    case 'component-assigned':
      return 'You were asked to look after one component of this case. Its publication waits for you to say that it is finished.';
  }
}

/** Why the case is theirs, by how they came to it. */
const came: Readonly<Record<OwnerHow, string>> = {
  claimed: 'The case is yours.',
  given: 'A colleague gave you this case.',
  routed: 'A report arrived that concerns what you look after. The case is yours.',
  rota: 'It is your turn: the case is yours.',
  fallback: 'Nobody else is there for this case. It is yours.',
  escalated: 'Its owner is silent, and the policy names you next. The case is yours.',
  last_resort: 'Everybody who was asked before is silent, and the policy ends with you. The case is yours.',
  successor: 'Its owner can look after it no more. The case is yours.',
};

/** Of several warnings before one end the nearest says all; past the end none says anything. */
function calls(clocks: readonly string[]): readonly string[] {
  return clocks.filter((clock, index) => {
    const [, of] = /^(embargo|cap)\.warning:/.exec(clock) ?? [];
    if (of === undefined) return true;
    const passed = clocks.includes(of === 'cap' ? 'cap' : 'embargo.until');
    return !passed && !clocks.slice(index + 1).some((later) => later.startsWith(`${of}.warning:`));
  });
}

/** What is due, by clock; a clock without a sentence of its own is named. */
function due(clock: string): string {
  const [, of, before] = /^(embargo|cap)\.warning:(.+)$/.exec(clock) ?? [];
  if (before !== undefined && of === 'embargo') return `The embargo ends in ${single(before)}.`;
  if (before !== undefined) return `The latest lawful day of this case comes in ${single(before)}.`;
  return sentences[clock] ?? `The clock ${clock} has run out.`;
}

function single(duration: string): string {
  return duration.replace(/^(1 .+)s$/, '$1');
}

const sentences: Readonly<Record<string, string>> = {
  'clocks.moderation': 'A held report waits longer than the policy allows. Let it through or discard it.',
  'clocks.acknowledge': 'The reporter has had no human answer within the time that the policy promises.',
  'clocks.claim': 'Nobody has taken up this case.',
  'clocks.verdict': 'There is no verdict on this case within the time that the policy gives.',
  'embargo.until':
    'The embargo has ended and the case is still private. Publish it, or agree another date. Until then these calls go to more and more people.',
  'disclosure.trigger':
    'The publication was due and something is missing; the page of the case says what. Until it is there these calls go to more and more people.',
  'disclosure.channels': 'What is to be public is on its way, and a channel has not confirmed it yet. The page of the case says which.',
  'disclosure.promised': 'The day has passed by which the project promised to make this public.',
  'clocks.update_reporter': 'The reporter has had no news for as long as the policy allows. Write to them, even if there is nothing new.',
  'reporter.unanswered': 'A message of the reporter has had no answer within the time that the policy gives.',
  'reporter.silent': 'The reporter has not answered for a long time. Ask again, or decide without them.',
  'ownership.escalation': 'Nobody has done anything in this case for longer than the policy allows.',
  'clocks.fix': 'There is no fix within a reasonable time. Publishing without one is open to you where the policy allows it.',
  'clocks.no_reason_left': 'The patch is approved and the number is assigned: nothing needs this case to be private any more.',
  'clocks.public_but_not_posted': 'The case is public, and its patch is not posted.',
  'clocks.merged_but_open': 'The fix is merged everywhere, and something else keeps the case open. Its page says what.',
  'fact.leaked': 'Something of the case was seen in public, and the case is still private.',
  'clocks.posted_but_private': 'A patch was posted in public and the case is still private.',
  'embargo.ends_early_on.leaked': 'Details have leaked. The policy leaves it to you: end the embargo, or keep it and say why.',
  'embargo.ends_early_on.exploited': 'The flaw is exploited. The policy leaves it to you: end the embargo, or keep it and say why.',
  'embargo.ends_early_on.rediscovered':
    'Somebody else found the same flaw; that is no leak. The policy leaves it to you: end the embargo, or keep it and say why.',
  'disclosure.together_with': 'The hour is near, and not everybody who discloses then has said ready. The page of the case says who.',
  'downstream.told_within': 'A party should have been told by now, and is not.',
  'downstream.parties.duties': 'The rules of a party that was told ask something of us after the disclosure, and it is not done.',
  'disclosure.unfixed':
    'The announced day of the publication without a fix has come, and something is missing; the page of the case says what.',
  'clocks.cve_answer': 'A CVE number was asked for and there is no answer. Ask again, or ask another CNA.',
  'clocks.cve_record_aim': 'A CVE number is public and its record is not out yet. A day after the disclosure it should be.',
  'clocks.cve_record': 'A CVE number is public and its record is still not out. The time that CNAs have for it has passed.',
  'clocks.cra_early': 'The flaw is exploited, and the authority has had no early warning. The page of the case takes when it was filed.',
  'clocks.cra_notify': 'The flaw is exploited, and the authority has had no notification. The page of the case takes when it was filed.',
  'clocks.cra_final': 'There is a fix, and the authority has had no final report. The page of the case takes when it was filed.',
  cap: 'The case is past its latest lawful date, and nobody has agreed what to publish. Until somebody does these calls go to more and more people.',
};

// SPDX-License-Identifier: Apache-2.0
// Every event in a sentence, for the activity of a case and for its public record. The compiler names an event that has none.

import type { ActorMark } from '../core/model/actor.ts';
import type { ContentRef } from '../core/model/content.ts';
import type { Event, EventKind, EventOf } from '../core/model/event.ts';
import type { ParticipantId, PersonId } from '../core/model/identifiers.ts';
import { judgementSentences, verdicts } from './judgement-sentences.ts';
import { exact } from './moments.ts';
import { appliesWords, signedWords } from './patch-words.ts';
import { withheldWords } from './piece-options.ts';
import { begun, owned } from './sentence-parts.ts';
import { agreementSentences, list, voice } from './sentences-agreement.ts';
import {
  asLabel,
  branchWords,
  bytes,
  channelWords,
  clockWords,
  count,
  creditWords,
  exitWords,
  factWords,
  plain,
  reopeningWords,
} from './words.ts';

/** How the people of a case are called on this page. */
export interface Cast {
  readonly person: (id: PersonId) => string;
  readonly reporter: (id: ParticipantId) => string;
}

export function nameOf(by: ActorMark, cast: Cast): string {
  switch (by.kind) {
    case 'person':
      return cast.person(by.person);
    case 'reporter':
      return cast.reporter(by.participant);
    case 'agent':
      return `${cast.person(by.agent)} (agent)`;
    case 'process':
      return 'The process';
  }
}

/** The process writes down what an administrator says, who does not read the case. */
function voiceWords(voice: PersonId | undefined, cast: Cast): string {
  return voice === undefined ? '' : `, by the word of ${cast.person(voice)}, who runs the system`;
}

type Tell<Kind extends EventKind> = (event: EventOf<Kind>, cast: Cast) => string;

const named = ({ branch, component }: { readonly branch: string; readonly component: string | null }) =>
  component === null ? branch : `${component} ${branch}`;
const withheldIn = (kind: keyof typeof withheldWords) => withheldWords[kind].toLowerCase();
const initial = (name: string) => name.charAt(0).toUpperCase() + name.slice(1);
const channelName = (channel: string) => asLabel(channel.replace(/^\d+:/, ''));

const sentences: { readonly [Kind in EventKind]: Tell<Kind> } = {
  ...judgementSentences,
  'report-submitted': (event) =>
    `Report received by ${channelWords[event.channel]}${event.handling === 'held' ? '; held for a moderator' : ''}${event.public ? '; public from the start' : ''}.`,
  'advisory-imported': ({ number }) => `Took over ${number} from an archive, where it was published before.`,
  'import-completed': () => 'Opened it to everybody, with the whole archive.',
  'report-released': () => 'Let the report through.',
  'report-discarded': () => 'Discarded the report as spam.',
  'report-acknowledged': () => 'The first reply went to the reporter.',
  'person-added': (event, cast) =>
    event.emergency !== undefined
      ? `${cast.person(event.person)} broke the glass: reads this case${event.until === undefined ? '' : ` until ${exact(event.until)}`}.`
      : `Gave access to ${cast.person(event.person)}${event.until === undefined ? '' : ` until ${exact(event.until)}`}.`,
  'person-removed': (event, cast) => `Took back the access of ${cast.person(event.person)}.`,
  'access-narrowed': (event, cast) => `Narrowed the case to ${event.people.map((one) => cast.person(one)).join(', ')}.`,
  'reader-proposed': ({ person, voice }, cast) => `Named ${cast.person(person)} as one more of the few${voiceWords(voice, cast)}.`,
  'reader-named': ({ person, voice }, cast) =>
    `Let ${cast.person(person)} into the narrowed case, as the second to say so${voiceWords(voice, cast)}.`,
  'widening-proposed': () => 'Asked to widen the access again.',
  'access-widened': () => 'Widened the access to what the policy says.',
  'owner-assigned': ({ person, how }, cast) => owned(cast.person(person), how),
  'case-taken-up': () => 'Took up the case.',
  'eligibility-decided': ({ verdict, rule, proposed }) =>
    `Eligibility: ${verdicts[verdict]}${rule === null ? '' : `, rule ${rule}`}${
      proposed?.kind === 'verdict' && proposed.verdict !== verdict ? `, against the proposal of rule ${proposed.rule}` : ''
    }.`,
  'flaw-confirmed': (event) =>
    `Confirmed ${count(event.flaws.length, 'flaw', 'flaws')}${event.class === null ? '' : `, class ${event.class}`}.`,
  'flaw-dismissed': (event) => `Recorded: not exploitable. The case goes on as ${event.to === 'closed' ? 'closed' : plain(event.to)}.`,
  'fact-recorded': (event) => `${factWords[event.fact]}, since ${exact(event.since)}.`,
  ...agreementSentences,
  'embargo-activated': (event) => `The embargo holds until ${exact(event.until)}.`,
  'embargo-moved': (event) => `${event.restarted ? 'The embargo was restarted; it' : 'The embargo'} now ends ${exact(event.until)}.`,
  'embargo-end-proposed': () => 'Wants the embargo to end now; another person has to say so.',
  'embargo-exited': (event) => `The embargo ended: ${exitWords[event.exit]}.`,
  'bundle-proposed': () => 'Proposed what opens at the hard cap.',
  'bundle-agreed': (event) =>
    event.complete ? 'Agreed to what opens at the hard cap.' : 'Agreed to what opens at the hard cap; another person has to.',
  'fixing-started': () => 'Work on a fix began.',
  'fix-completed': () => 'The fix is ready on every branch that must have it.',
  'fix-reopened': () => 'The fix is not ready any more: a branch without it must have it.',
  'branch-judged': (event) =>
    `Branch ${named(event)}: ${event.affected ? 'affected' : 'not affected'}${event.required ? '; must be fixed' : ''}.`,
  'patch-added': (event) => `Patch for ${named(event)}, ${bytes(event.patch.bytes)}.`,
  'patch-checked': ({ check }) => `Checked a patch: ${appliesWords(check)}; ${signedWords(check)}.`,
  'patch-approved': (event) => `Approved the patch for ${named(event)}${event.complete ? '' : '; another approval is needed'}.`,
  'patch-posted': (event) => `Patch for ${named(event)} was posted: ${event.messageId}.`,
  'backport-judged': (event) => `Backport to ${named(event)}: ${plain(event.verdict)}, as ${plain(event.as)}.`,
  'fix-merged': (event) =>
    `Fix merged on ${named(event)}${event.fastTrack === true ? ' by fast track' : ''}: ${event.commit.slice(0, 12)}.`,
  'fix-released': (event) => `Fix released on ${named(event)}: ${event.tag}.`,
  'branch-listed': (event) => `Branch ${named(event)}: to be judged.`,
  'report-filed': (event) => `Filed with the authority: ${plain(event.report)}.`,
  'test-recorded': (event) =>
    `Test of the patch for ${named(event)}: ${event.passed ? 'passed' : 'failed'}${event.reproducer ? ', with the reporter’s reproducer' : ''}.`,
  'branch-retired': (event) => `Branch ${named(event)}: no longer maintained; nobody waits for it.`,
  'branch-ended': (event) => `Branch ${named(event)}: ${branchWords[event.end]}.`,
  'cve-refused': () => 'A CVE number was refused.',
  'cve-record-published': () => 'The CVE record is public.',
  'cve-rejected': () => 'The CVE number was given back.',
  'cve-disputed': () => 'The CVE number is disputed.',
  'cve-required': () => 'A CVE number is needed.',
  'cve-not-required': () => 'A CVE number is needed no more; whether there is one is open again.',
  'cve-waived': () => 'Recorded that no CVE number is needed.',
  'cve-requested': ({ embargoedUntil }) =>
    `A CVE number was asked for${embargoedUntil === undefined ? '' : embargoedUntil === 'undated' ? ', under embargo, no date yet' : `, under embargo until ${exact(embargoedUntil)}`}.`,
  'cve-assigned': (event) => `CVE number assigned: ${event.number}.`,
  'impact-described': () => 'Described the impact.',
  'impact-approved': (event) => `Approved the impact description, as ${voice(event.as)}.`,
  'advisory-numbered': (event) => `The advisory is ${event.number}.`,
  'advisory-written': (event) => `Saved the advisory: ${list(event.parts.map(plain))}.`,
  'advisory-submitted': () => 'Asked for a review of the advisory.',
  'advisory-approved': (event) => (event.complete ? 'Approved the advisory.' : 'Approved the advisory; another person has to.'),
  'advisory-returned': ({ reason }) =>
    reason === null ? 'The advisory is a draft again: a case of this class gets none.' : 'Returned the advisory to its author.',
  'credit-decided': (event, cast) => `Credit of ${cast.reporter(event.participant)}: ${creditWords[event.decision]}.`,
  'on-call-agreed': (event) => `Will be there at the hour, as ${plain(event.role)}.`,
  'release-approved': (event) => (event.armed ? 'Said go. The release is armed.' : 'Said go. Another person has to.'),
  'release-stopped': (event) =>
    event.found === true
      ? 'Stopped the release: in what was said just now something has to be decided on first. Nothing was published.'
      : 'Stopped the release. Nothing was published.',
  'publication-prepared': ({ documents, unsigned }) =>
    unsigned === undefined
      ? `Rendered, signed and kept ${count(documents.length, 'document', 'documents')}.`
      : `Rendered and kept ${count(documents.length, 'document', 'documents')}; ${unsigned.length === 0 ? 'their signatures are the ones that came in before' : `${unsigned.length} of them for a person to sign`}.`,
  'documents-signed': (event) =>
    `Handed in the ${event.documents.length === 1 ? 'signature' : 'signatures'} of ${list(event.documents.map(({ file }) => file))}.`,
  'publication-timed': () => 'The hour has come: the documents are made anew to carry it.',
  'disclosure-begun': begun,
  'case-opened': () => 'The case is public.',
  'channel-confirmed': (event) => `Confirmed that it is out: ${channelName(event.channel)}.`,
  'case-disclosed': () => 'The disclosure is complete.',
  'case-closed': () => 'The case is closed.',
  'case-reopened': (event) => `The case goes on: ${reopeningWords[event.cause]}.`,
  'forwarding-answered': (event) => (event.agreed ? 'Agreed that the report is passed on.' : 'Wants the report not to be passed on.'),
  'report-forwarded': () => 'The report was passed on to the other project.',
  'withdrawal-asked': () => 'Asked to withdraw the report.',
  'withdrawal-declined': () => 'Declined the withdrawal: the case goes on.',
  'report-withdrawn': () => 'The report is withdrawn.',
  'unfixed-proposed': () => 'Wants the case to be published without a fix; another person has to say so.',
  'unfixed-announced': (event) => `Announced that the case is published without a fix ${exact(event.on)}.`,
  'unfixed-called-off': () => 'Called off the publication without a fix.',
  'unfixed-published': () => 'Published without a fix.',
  'correction-begun': (event) => (event.numberOnly ? 'A number that came late joins the advisory.' : 'Began a correction of the advisory.'),
  'version-published': (event) =>
    `Published version ${event.version} of the advisory on ${count(event.channels.length, 'channel', 'channels')}.`,
  'message-sent': (event) => `Wrote to ${count(event.to.length, 'reporter', 'reporters')}.`,
  'message-withdrawn': (event) => `Took back message ${event.message} before it left.`,
  'message-received': (event) =>
    `Wrote to the team${event.attachments.length === 0 ? '' : `, with ${count(event.attachments.length, 'file', 'files')}`}.`,
  'note-added': ({ attachments = [] }) =>
    attachments.length === 0 ? 'Internal note.' : `Internal note, with ${count(attachments.length, 'file', 'files')}.`,
  'duplicate-marked': () => 'Recorded that this is known already: a duplicate of another case.',
  'target-followed': (event) => (event.opening === null ? 'News came from the other case.' : 'The other case is public.'),
  'duplicate-undone': () => 'Undone: this report stands by itself again.',
  'report-attached': (event, cast) =>
    `${cast.reporter(event.participant)} reported the same, by ${channelWords[event.channel]}; the report was attached.`,
  'report-detached': () => 'A report that was attached stands by itself again.',
  'relations-updated': () => 'The related cases were told.',
  'rediscovery-asked': () => 'Found again by somebody else: the owner is asked whether to publish now.',
  'rediscovery-answered': (event) => (event.publish ? 'Answered: publish now.' : 'Answered: not yet.'),
  'case-split-off': () => 'Took over a part of the report of another case.',
  'case-split': (event) => `Split: ${count(event.parts.length, 'other flaw', 'other flaws')} went on as a case of its own.`,
  'title-given': () => 'Gave what stays here a title of its own.',
  'report-shared': () => 'The other case was split; what was said here until then stays closed until all of them are public.',
  'shared-opened': () => 'All that was reported together is public; what was closed for it is open.',
  'flaw-added': () => 'Added a flaw.',
  'flaw-dropped': () => 'Dropped a flaw.',
  'component-added': (event, cast) =>
    `Component ${event.component}${event.person === null ? '' : `, looked after by ${cast.person(event.person)}`}.`,
  'component-assigned': (event, cast) => `Component ${event.component} is looked after by ${cast.person(event.person)}.`,
  'component-finished': (event) => `Component ${event.component} is finished.`,
  'component-dropped': (event) => `Component ${event.component} is not concerned after all.`,
  'content-classified': (event) =>
    event.never === null
      ? 'Said that a text or file becomes public after all.'
      : `Closed a text or file for good: ${withheldIn(event.never)}.`,
  'redaction-proposed': (event) =>
    `Proposed to strike out ${event.span === null ? 'a whole text or file' : 'a passage'}: ${withheldIn(event.why)}${event.destroys ? '; its original is to be destroyed' : ''}.`,
  'redaction-approved': (event) =>
    event.complete ? 'Struck out what was proposed.' : 'Approved what was proposed to be struck out; another person has to.',
  'finding-kept': () => 'Looked at something that was found, and kept it as it stands.',
  'redaction-declined': () => 'Left as it stands what was proposed to be struck out.',
  'proof-decided': (event, cast) =>
    `${initial(cast.reporter(event.participant))}: the proof of concept is ${event.open ? 'opened with the record' : 'not opened'}.`,
  'proofs-opened': () => 'The proofs of concept were opened, at their time.',
  'opening-agreed': (event, cast) => `${initial(cast.reporter(event.participant))} agreed that the discussion is opened.`,
  'policy-migrated': ({ policy, changed }) => `Moved to ${policy.name}, version ${policy.version}: ${list(changed)}.`,
  'deviation-recorded': (event) => `Went past what the policy wants (${event.gate}), with a reason.`,
  'reminder-due': ({ clock, also = [] }) => `Reminder: ${[clock, ...also].map((one) => clockWords(one).replace(/ by$/, '')).join('; ')}.`,
};

export function sentenceOf(event: Event, cast: Cast): string {
  return (sentences[event.kind] as Tell<EventKind>)(event, cast);
}

/** Texts that belong to the event, in the order in which they are read. The report itself has its own place on every page; names and addresses of people are not among them. */
export function textsOf(event: Event): readonly ContentRef[] {
  switch (event.kind) {
    case 'message-sent':
    case 'message-received':
    case 'note-added':
    case 'party-written-to':
    case 'party-wrote':
      return [event.body];
    case 'fact-recorded':
    case 'notice-recorded':
    case 'answer-recorded':
    case 'duty-done':
      return [event.evidence];
    case 'embargo-proposed':
      return [event.reason, event.circumstances, event.evidence].flatMap((ref) => (ref === null ? [] : [ref]));
    case 'party-notified':
      return event.text === null ? [] : [event.text];
    case 'answers-corrected':
      return event.answers;
    case 'person-added':
      return event.emergency === undefined ? [] : [event.emergency];
    case 'case-split':
      return [...event.parts.map((part) => part.title), event.reason];
    case 'title-given':
      return [event.title];
    case 'flaw-added':
      return event.title === null ? [] : [event.title];
    case 'channel-confirmed':
      return event.evidence === null ? [] : [event.evidence];
    case 'impact-described':
      return [event.impact];
    case 'bundle-proposed':
      return [event.summary];
    case 'report-forwarded':
      return [event.evidence];
    case 'cve-record-published':
      return event.evidence === null ? [] : [event.evidence];
    case 'cve-requested':
      return event.assigner === undefined ? [] : [event.assigner];
    case 'eligibility-decided':
      return event.target === undefined ? [event.reason] : [event.target, event.reason];
    default:
      return 'reason' in event && event.reason !== null ? [event.reason] : [];
  }
}

/** Who speaks: a letter from outside or to it, a note inside, an agent, or the process telling what changed. */
export type Voice = 'letter-in' | 'letter-out' | 'inside' | 'event';

export function voiceOf(event: Event): Voice {
  switch (event.kind) {
    case 'message-received':
      return 'letter-in';
    case 'message-sent':
      return 'letter-out';
    case 'note-added':
      return 'inside';
    default:
      return 'event';
  }
}

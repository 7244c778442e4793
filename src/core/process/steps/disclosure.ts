// SPDX-License-Identifier: Apache-2.0
// Disclosure: people say go, the documents are kept, and what makes the case public opens it, once (T17, T19, T20, T22).

import type { EventData } from '../../model/event.ts';
import { refused } from '../../model/refusal.ts';
import type { Instant } from '../../model/time.ts';
import { shifted } from '../../model/time.ts';
import { bindingCap } from '../caps.ts';
import { publishesAdvisory, unmet } from '../gates.ts';
import { madeAnewSince, tellsAnotherInstant, waiting } from '../publication-instant.ts';
import { asksForBundle, asksToPublish, enough, speaksToPublish, wordsOf } from '../review.ts';
import type { Decider, Situation } from '../situation.ts';
import { after, rolesOf } from '../situation.ts';
import { table } from '../table.ts';
import { channelKey } from './channels.ts';
import { leaveEmbargo } from './embargo.ts';
import { versionIfDue } from './versions.ts';

export const goOnCall: Decider<'go-on-call'> = (action, { actor }) =>
  rolesOf(actor).includes(action.role)
    ? [{ kind: 'on-call-agreed', role: action.role }]
    : refused.notPermitted('You do not hold that role.');

/** Armed once as many different people have said go as the policy wants beside the first; its documents are made then, so it has its number then. */
export const approveRelease: Decider<'approve-release'> = (_, situation) => {
  const { policy, nextNumber, actor } = situation;
  const own = speaksToPublish(policy.reviews, actor);
  const asked = askedCredits(situation.state);
  // A credit that acts now takes back what was said to the documents without it: whoever said go before says it again.
  const { state } = after(situation, asked);
  const { approvedBy, heldAs } = state.disclosure;
  const armed = enough(asksToPublish(policy.reviews), [...wordsOf(approvedBy, heldAs), own]);
  const numbered = armed && state.advisory.number === null && publishesAdvisory(state, policy);
  return [
    ...asked,
    ...(numbered ? [{ kind: 'advisory-numbered' as const, number: nextNumber }] : []),
    { kind: 'release-approved', armed, ...own },
  ];
};

/** What reporters asked of their credit while the release was armed acts when people say go anew, so that they say it to what goes out. */
function askedCredits({ reporters }: Situation['state']): readonly EventData[] {
  return reporters.flatMap(({ participant, creditRequest }) =>
    creditRequest === null || creditRequest.decision === 'undecided'
      ? []
      : [{ kind: 'credit-decided' as const, participant, decision: creditRequest.decision, name: creditRequest.name }],
  );
}

export const stopRelease: Decider<'stop-release'> = (action) => [{ kind: 'release-stopped', reason: action.reason }];

/** Nothing goes out that nobody looked at: what is said after people said go takes their word back where something in it has to be decided on (QEMU-28). */
export function stoppedByFinding(situation: Situation, events: readonly EventData[]): readonly EventData[] {
  if (situation.saysFinding !== true) return [];
  const { visibility, disclosure, unfixed } = after(situation, events).state;
  const announced = unfixed !== null && unfixed.on !== null && unfixed.stopped !== true;
  return visibility === 'private' && (disclosure.armed || announced) ? [{ kind: 'release-stopped', reason: null, found: true }] : [];
}

/** Documents that were made anew for their date alone say what the others said; where they do not, people have to say go to them again. */
export const recordPreparation: Decider<'record-preparation'> = ({ documents, published, text, unsigned }, situation) => {
  const told = published === undefined || text === undefined ? {} : { published, text };
  const people = unsigned === undefined ? {} : { unsigned };
  const prepared: EventData = { kind: 'publication-prepared', documents, ...told, ...people };
  const anew = madeAnewSince(situation.state) !== null;
  if (anew && text !== situation.state.disclosure.carries?.text) return [prepared, { kind: 'release-stopped', reason: null }];
  return [prepared, ...versionIfDue(after(situation, [prepared]))];
};

/** VMT-44: whether a signature holds was found before; here each has to be one that is waited for. With the last of them a version goes out, and a first publication waits for its hour alone. */
export const signDocuments: Decider<'sign-documents'> = ({ documents, keys }, situation) => {
  const waits = waiting(situation.state);
  const stranger = documents.find(({ file }) => !waits.includes(file));
  if (stranger !== undefined) return refused.invalid('signatures', `“${stranger.file}” waits for no signature.`);
  if (documents.length === 0) return refused.invalid('signatures', 'Choose at least one signature.');
  const signed: EventData = { kind: 'documents-signed', documents, keys };
  return [signed, ...versionIfDue(after(situation, [signed]))];
};

export const publishCase: Decider<'publish-case'> = (_, situation) => publication(situation);

/** The first word is given with the text. */
export const proposeBundle: Decider<'propose-bundle'> = ({ summary }, { policy, actor }) => [
  { kind: 'bundle-proposed', summary, ...speaksToPublish(policy.reviews, actor) },
];

/** It opens by itself at the cap, so it takes as many people as a publication, of the same roles; and never fewer than two. */
export const agreeBundle: Decider<'agree-bundle'> = (_, { state, policy, actor }) => {
  const own = speaksToPublish(policy.reviews, actor);
  const words = wordsOf(state.bundle?.agreedBy ?? [], state.bundle?.heldAs);
  return [{ kind: 'bundle-agreed', complete: enough(asksForBundle(policy.reviews), [...words, own]), ...own }];
};

/**
 * At the hard cap, or at the agreed end where the policy publishes then, exactly the agreed bundle goes out: the program's own record carries it, no announcement.
 * What has a fix stays where it stands, and its advisory follows on the public path; what has none is public without one (T23).
 */
export const publishBundle: Decider<'publish-bundle'> = (_, situation) => [
  ...leaveEmbargo(situation, capReached(situation) ? 'max_reached' : 'date_reached'),
  { kind: 'disclosure-begun', channels: [], bundleOnly: true, ...lateFor(bindingCap(situation.state, situation.policy)?.at, situation) },
  ...(waitsForFix(situation) ? [{ kind: 'unfixed-published' as const }] : []),
  { kind: 'case-opened' },
];

function waitsForFix({ state: { handling } }: Situation): boolean {
  return handling === 'confirmed' || handling === 'fixing';
}

export const confirmChannel: Decider<'confirm-channel'> = (action, situation) => {
  const progress = situation.state.disclosure.channels.find((one) => one.channel === action.channel);
  if (progress === undefined) return refused.invalid('channel', `This disclosure has no channel “${action.channel}”.`);
  if (progress.state === 'confirmed') return [];
  const confirmed: EventData = { kind: 'channel-confirmed', channel: action.channel, evidence: action.evidence };
  return [confirmed, ...disclosedIfComplete(after(situation, [confirmed]))];
};

export const closeCase: Decider<'close-case'> = () => [{ kind: 'case-closed' }];

/** The publication that follows from what has just happened, when every gate is met; nothing otherwise. */
export function publicationIfDue(situation: Situation): readonly EventData[] {
  const { handling } = situation.state;
  const row = table['publish-case'];
  if (!row.from.handling.some((state) => state === handling)) return [];
  const missing = unmet(row.gates, row.policyGates, situation, { kind: 'publish-case' });
  return missing.length > 0 ? [] : publication(situation);
}

function publication(situation: Situation): readonly EventData[] {
  const { state, policy } = situation;
  if (publishesAdvisory(state, policy) && tellsAnotherInstant(situation)) return [{ kind: 'publication-timed' }];
  const late = state.embargo.state === 'exited' ? {} : lateFor(state.embargo.until, situation);
  const begun: readonly EventData[] = [
    ...leaveEmbargo(situation, reachedItsDate(situation) ? 'date_reached' : 'process_public'),
    { kind: 'disclosure-begun', channels: policy.disclosure.channels.map(channelKey), bundleOnly: false, ...late },
    ...(state.visibility === 'public' ? [] : [{ kind: 'case-opened' as const }]),
    ...policy.disclosure.channels.flatMap((channel, index): readonly EventData[] =>
      channel.kind === 'issue' ? [{ kind: 'channel-confirmed', channel: channelKey(channel, index), evidence: null }] : [],
    ),
  ];
  return [...begun, ...leftToOthers(situation), ...disclosedIfComplete(after(situation, begun))];
}

/** Branches that the policy leaves to others become their tasks now that there is something to backport (LIBVIRT-41). */
function leftToOthers({ state, policy }: Situation): readonly EventData[] {
  if (policy.branches.leftTo === null) return [];
  return state.branches
    .filter((fix) => !fix.required && (fix.state === 'unknown' || fix.state === 'affected'))
    .map(({ branch, component }) => ({ kind: 'branch-ended', branch, component, end: 'left_to_downstream', reason: null }));
}

function capReached({ state, policy, now }: Situation): boolean {
  return (bindingCap(state, policy)?.at ?? '9') <= now;
}

/** Later than two looks of the clock: nobody was there at the hour, and the record says so. */
function lateFor(due: Instant | null | undefined, { now }: Situation): { readonly dueAt?: Instant } {
  return due === null || due === undefined || now <= shifted(due, { minutes: 2 }) ? {} : { dueAt: due };
}

function reachedItsDate({ state, now }: Situation): boolean {
  return state.embargo.until !== null && state.embargo.until <= now;
}

function disclosedIfComplete({ state }: Situation): readonly EventData[] {
  return state.handling === 'disclosing' && state.disclosure.channels.every((channel) => channel.state === 'confirmed')
    ? [{ kind: 'case-disclosed' }]
    : [];
}

// SPDX-License-Identifier: Apache-2.0
// What holds in every case of every policy, whatever anybody does: asked after each step of a random walk. A failure names the seed of its walk.

import assert from 'node:assert/strict';
import type { CaseState } from '../../src/core/model/case.ts';
import { branchOf, hasFact } from '../../src/core/model/case.ts';
import type { Event, EventKind } from '../../src/core/model/event.ts';
import { redactionOf } from '../../src/core/model/record.ts';
import { isRefusal } from '../../src/core/model/refusal.ts';
import { openHandling } from '../../src/core/model/regions.ts';
import { same } from '../../src/core/model/same.ts';
import { shifted } from '../../src/core/model/time.ts';
import type { Guarded } from '../../src/core/policy/access.ts';
import { guarded } from '../../src/core/policy/access.ts';
import type { Policy } from '../../src/core/policy/policy.ts';
import { bindingCap, caps } from '../../src/core/process/caps.ts';
import { reached, required } from '../../src/core/process/conditions.ts';
import { due, nextDeadline } from '../../src/core/process/deadlines.ts';
import { replay } from '../../src/core/process/evolve.ts';
import { needsRelease, publishesAdvisory } from '../../src/core/process/gates.ts';
import { labelsOf } from '../../src/core/process/labels.ts';
import { instantHolds, instantHoldsForPeople, instantToCarry } from '../../src/core/process/publication-instant.ts';
import type { Bench } from '../support/core.ts';
import { processItself } from '../support/core.ts';
import { coverEach } from '../support/severally.ts';
import { walk } from './walk.ts';

/** Where a walk ended, for those who count how far walks get. */
export function checkedWalk(policy: Policy, seed: number, actions = 20): CaseState {
  const bench = walk(policy, seed, actions, (now, before) => holdsStill(now, before, seed));
  assert.deepEqual(replay(bench.log), bench.state, `I13 replay gives the same state (seed ${seed})`);
  assert.deepEqual(JSON.parse(JSON.stringify(bench.state)), bench.state, `the state is plain JSON (seed ${seed})`);
  const { state } = bench;
  const awake = seed % 8 === 0 ? leftAlone(bench) : undefined;
  endsWell(bench, seed);
  if (awake === 'public') assert.equal(bench.state.visibility, 'public', `I12 published late rather than never (seed ${seed})`);
  return state;
}

function holdsStill({ state, policy, log, now }: Bench, before: CaseState, seed: number): void {
  const at = `(seed ${seed}, event ${state.version})`;
  const step = log.slice(before.version);
  assert.ok(!(before.visibility === 'public' && state.visibility === 'private'), `I1 public stays public ${at}`);
  endsInPublic(state, policy, at);
  letsNobodyIn(guarded(before, policy), guarded(state, policy), step, at);
  isUnderOneEmbargo(state, before, step, at);
  isFairToParties(state, log, step, at);
  assert.ok(
    step.every((event) => event.by.kind !== 'agent'),
    `I7 no agent has done anything ${at}`,
  );
  const numbers = labelsOf(state, policy.labels).filter((label) => /^cve::/i.test(label));
  assert.ok(numbers.length <= 1, `QEMU-37 at most one cve label ${at}`);
  if (openHandling.includes(state.handling)) assert.notEqual(state.owner, null, `I8 ${at}`);
  assert.equal(state.owner !== null, state.ownership.since !== null, `I8 since when ${at}`);
  if (step.some(({ kind }) => kind === 'channel-confirmed')) {
    const confirmed = confirmations(log);
    assert.equal(new Set(confirmed).size, confirmed.length, `I9 a channel is confirmed once for each version ${at}`);
  }
  // What comes from an archive had its page there.
  for (const { flaw, cve } of state.imported === null ? state.flaws : [])
    if (cve === 'record_published') assert.equal(state.visibility, 'public', `I9 the number of ${flaw} is public after the page ${at}`);
  if (state.marks.disclosure !== undefined && policy.publication.credit.length > 0)
    assert.ok(
      state.reporters.every((one) => one.credit !== 'undecided'),
      `I10 ${at}`,
    );
  assert.ok(
    same(state.policy, before.policy) || step.some(({ kind }) => kind === 'policy-migrated'),
    `I11 the policy changes by a migration alone ${at}`,
  );
  if (state.embargo.until !== null && state.embargo.state === 'active' && state.embargo.until > now) {
    const cap = bindingCap(state, policy);
    assert.ok(
      cap === undefined || state.embargo.until <= cap.at || caps(state, policy).some((one) => one.source.startsWith('fact')),
      `I6 no embargo passes its cap ${at}`,
    );
  }
  const { begunAt, carries, unsigned } = state.disclosure;
  if (step.some((event) => event.kind === 'disclosure-begun' && !event.bundleOnly) && carries !== null && begunAt !== null) {
    const minutes = (unsigned ?? null) === null ? instantHolds : instantHoldsForPeople;
    const told = carries.published <= begunAt && begunAt <= shifted(carries.published, { minutes });
    assert.ok(told || !publishesAdvisory(state, policy), `P19 what goes out tells the hour at which it goes out ${at}`);
  }
  isSaidByEach(state, before, step, policy, at);
  for (const event of step) if (event.kind === 'disclosure-begun') wasLawful(event.bundleOnly, before, step, policy, at);
}

/** What lets in whom: a grant that stands in the log, or the publication, which is everybody's (L-18). */
const openings = ['case-opened', 'disclosure-begun', 'report-released'] as const;
const grants: Readonly<
  Record<'readers' | 'cveReaders' | 'guests' | 'few' | 'parties' | 'partyMembers' | 'partyNotices', readonly EventKind[]>
> = {
  // Who moderates looks after what was discarded (LIBVIRT-10); who goes on with what was taken back while it was held lets it through.
  readers: [...openings, 'report-discarded', 'access-widened', 'policy-migrated', 'case-reopened'],
  cveReaders: [...openings, 'cve-required', 'cve-requested', 'access-widened', 'policy-migrated'],
  guests: ['person-added', 'access-widened', ...openings],
  // Only those who read it already are named there, which the application looks up (narrowing.test.ts).
  few: [...openings, 'access-narrowed', 'reader-named', 'policy-migrated', 'report-discarded'],
  parties: ['party-notified'],
  partyMembers: ['terms-accepted'],
  partyNotices: ['party-notified', 'party-written-to', 'party-wrote'],
};

/** L-18: whatever else happens to a case, nobody reads it afterwards who did not before. */
function letsNobodyIn(before: Guarded, after: Guarded, step: readonly Event[], at: string): void {
  for (const [field, kinds] of Object.entries(grants) as [keyof typeof grants, readonly EventKind[]][]) {
    const known = new Set(before[field].map((one) => JSON.stringify(one)));
    const news = after[field].map((one) => JSON.stringify(one)).filter((one) => !known.has(one));
    const granted = step.some(({ kind }) => kinds.includes(kind));
    assert.ok(news.length === 0 || granted, `L-18 ${field} ${news.join()} by ${step.map(({ kind }) => kind).join()} ${at}`);
  }
}

/** I2: what ends, ends in public; a report that was taken back before anybody confirmed it is opened where the policy opens every report. */
function endsInPublic(state: CaseState, policy: Policy, at: string): void {
  const { handling, visibility, marks } = state;
  const open = ['public_bug', 'hardening', 'unfixed_public', 'disclosing', 'disclosed', 'closed'].includes(handling);
  if (open) assert.equal(visibility, 'public', `I2 ${handling} is public ${at}`);
  if (handling !== 'withdrawn') return;
  assert.equal(marks.confirmation, undefined, `I2 T25 a confirmed flaw is not withdrawn ${at}`);
  const { reports, scope } = policy.publication;
  if (reports === 'every_report' && scope !== 'fix_only') assert.equal(visibility, 'public', `I2 what was withdrawn is public ${at}`);
}

function isUnderOneEmbargo(state: CaseState, before: CaseState, step: readonly Event[], at: string): void {
  const { embargo } = state;
  const runs = embargo.state === 'active' || embargo.state === 'revising';
  assert.ok(!runs || (embargo.until !== null && embargo.from !== null && embargo.zone !== null), `I3 it ends at one instant ${at}`);
  const { exit } = embargo;
  if (step.some(({ kind }) => kind === 'embargo-exited') && (exit === 'leak' || exit === 'exploited'))
    assert.ok(hasFact(state, ...(exit === 'leak' ? (['leaked', 'exposed'] as const) : [exit])), `T12 ${exit} is on record ${at}`);
  const begun = step.filter(({ kind }) => kind === 'embargo-activated').length;
  const ran = before.embargo.state === 'active' || before.embargo.state === 'revising';
  assert.ok(begun === 0 || (begun === 1 && !ran), `I3 at most one embargo at a time ${at}`);
  if (state.visibility === 'public' || hasFact(state, 'already_public', 'exploit_public')) {
    assert.ok(!runs && embargo.state !== 'proposed', `I4 I5 what is public is under no embargo ${at}`);
  }
  const opens = step.some(({ kind }) => kind === 'case-opened' || kind === 'disclosure-begun' || kind === 'version-published');
  assert.ok(!(runs && opens), `I4 nothing is published under an embargo ${at}`);
  const asked = step.filter(({ kind }) => kind === 'embargo-proposed').length + (before.embargo.proposal === null ? 0 : 1);
  const kept = embargo.decided.length - before.embargo.decided.length + (embargo.proposal === null ? 0 : 1);
  assert.equal(kept, asked, `every request is open or on record with what became of it ${at}`);
  const moves = step.filter(({ kind }) => kind === 'embargo-moved').length;
  assert.equal(embargo.moves, before.embargo.moves + moves, `I6 every extension is counted ${at}`);
}

/** P24 T18: a party is told once, and learns when the case is public; what is public leaves nobody waiting. */
function isFairToParties({ parties, visibility }: CaseState, log: readonly Event[], step: readonly Event[], at: string): void {
  for (const { name, state, notifiedAt } of parties) {
    if (visibility === 'public') assert.ok(['listed', 'released', 'silent', 'left'].includes(state), `${name} is ${state} in public ${at}`);
    assert.equal(notifiedAt === null, state === 'listed', `${name} is ${state} and told at ${notifiedAt} ${at}`);
  }
  const isNotice = (event: Event) => event.kind === 'party-notified' || event.kind === 'notice-recorded';
  if (!step.some(isNotice)) return;
  const told = log.flatMap((event) => (event.kind === 'party-notified' || event.kind === 'notice-recorded' ? [event.party] : []));
  assert.equal(new Set(told).size, told.length, `no party is told twice ${at}`);
}

/** Each confirmation with the publication that it belongs to: the disclosure, or a version after it. */
function confirmations(log: readonly Event[]): readonly string[] {
  let publication = 0;
  return log.flatMap((event) => {
    if (event.kind === 'disclosure-begun' || event.kind === 'version-published') publication += 1;
    return event.kind === 'channel-confirmed' ? [`${publication} ${event.channel}`] : [];
  });
}

/** What the gates should have seen to, told apart from them: nothing is published by accident. */
function wasLawful(bundleOnly: boolean, before: CaseState, step: readonly Event[], policy: Policy, at: string): void {
  if (bundleOnly) {
    assert.ok(before.bundle?.agreed && new Set(before.bundle.agreedBy).size >= 2, `two people agreed to the bundle ${at}`);
    return;
  }
  const { disclosure, advisory } = before;
  if (needsRelease(before, policy)) {
    assert.ok(disclosure.armed, `people said go ${at}`);
    assert.equal(new Set(disclosure.approvedBy).size, disclosure.approvedBy.length, `each of them once ${at}`);
    if (policy.reviews.publication !== null) assert.ok(disclosure.approvedBy.length >= 2, `two of them ${at}`);
    // What has become public without a fix is disclosed without one, as soon as people say go.
    assert.ok(
      before.handling === 'unfixed_public' ||
        required(before).every((fix) => reached(fix, 'patch_approved')) ||
        step.some((event) => event.kind === 'fix-merged'),
      `every fix is approved ${at}`,
    );
  }
  if (publishesAdvisory(before, policy)) {
    assert.ok(disclosure.prepared !== null && advisory.state === 'approved', `the documents are ready ${at}`);
    assert.ok(advisory.author !== null && !advisory.approvals.includes(advisory.author), `not approved by its author ${at}`);
  }
}

/** where a policy asks roles, what counts as said was said by different people of every one of them; the log's own note of their roles is not asked. */
function isSaidByEach(state: CaseState, before: CaseState, step: readonly Event[], { reviews }: Policy, at: string): void {
  const said = (what: string, review: Policy['reviews']['advisory'], people: readonly string[], over = 0) => {
    if (review?.kind !== 'each_of') return;
    assert.equal(new Set(people).size, people.length, `${what}: each person once ${at}`);
    assert.ok(coverEach(review.eachOf, people, over), `${what} was said by ${people.join(', ')} ${at}`);
  };
  for (const event of step) {
    const by = event.by.kind === 'person' ? [event.by.person] : [];
    if (event.kind === 'bundle-agreed' && event.complete) said('the bundle', reviews.publication, state.bundle?.agreedBy ?? [], 1);
    if (event.kind === 'patch-approved' && event.complete)
      said('the patch', reviews.patch, branchOf(state, event.branch, event.component)?.approvals ?? []);
    if (event.kind === 'advisory-approved' && event.complete) said('the advisory', reviews.advisory, state.advisory.approvals);
    if (event.kind === 'redaction-approved' && event.complete)
      said('the redaction', reviews.redaction, redactionOf(state.record, event.redaction)?.approvals ?? []);
    // Who recorded a number that came late has said the first word to the version that carries it.
    if (event.kind === 'release-approved' && event.armed && state.advisory.correction === null)
      said('the release', reviews.publication, state.disclosure.approvedBy, 1);
    if (event.kind === 'unfixed-announced') said('the day without a fix', reviews.publication, state.unfixed?.approvedBy ?? [], 1);
    // Past its date it ends at one word: nobody plans by it any more.
    const early = before.embargo.until !== null && event.at < before.embargo.until;
    if (event.kind === 'embargo-exited' && event.exit === 'early_agreed' && early && before.embargo.ending.length > 0)
      said('the early end', reviews.publication, [...before.embargo.ending, ...by], 1);
  }
}

/** I12: what becomes of the case when nobody acts and the program never sleeps: a twin that is asked at each deadline, for as many as a person would follow. */
function leftAlone(bench: Bench): CaseState['visibility'] {
  const { policy, now } = bench;
  const twin = bench.twin();
  for (let asked = 0; asked < 60; asked++) {
    const next = nextDeadline(twin.state, policy);
    if (next === null) break;
    if (next > twin.now) twin.now = next;
    const deadline = due(twin.state, policy, twin.now);
    if (deadline === undefined || isRefusal(twin.try(processItself, deadline.action))) break;
  }
  return twin.now <= shifted(now, { hours: 400 * 24 }) ? twin.state.visibility : 'private';
}

/** The worker makes documents anew that told another hour than the one at which they go out. */
function madeAnew(bench: Bench): void {
  const { armed, prepared, carries } = bench.state.disclosure;
  if (!armed || prepared !== null || carries === null) return;
  const told = { published: instantToCarry(bench.state, bench.policy, bench.now), text: carries.text };
  bench.try(processItself, { kind: 'record-preparation', documents: [], ...told });
}

/** Left alone, no case stays private in silence: the clock goes on calling someone, or publishes (I2, P4), and never calls twice for one thing. */
function endsWell(bench: Bench, seed: number): void {
  // An import is completed by the process as a whole, and calls nobody before that.
  const ended = ['spam', 'not_ours', 'closed', 'withdrawn', 'duplicate', 'imported'].includes(bench.state.handling);
  bench.later(400 * 24);
  const from = bench.log.length;
  for (let deadline = due(bench.state, bench.policy, bench.now); deadline !== undefined; ) {
    const done = bench.try(processItself, deadline.action);
    assert.ok(!isRefusal(done), `what is due is possible: ${deadline.clock} ${JSON.stringify(done)} (seed ${seed})`);
    madeAnew(bench);
    assert.ok(bench.log.length - from < 40, `I2 one instant is no flood: ${deadline.clock} (seed ${seed})`);
    deadline = due(bench.state, bench.policy, bench.now);
  }
  if (ended || bench.state.visibility === 'public') return;
  const called = bench.log.slice(from).some((event) => event.kind === 'reminder-due');
  assert.ok(called, `I2 a private case is never left in silence (seed ${seed})`);
}

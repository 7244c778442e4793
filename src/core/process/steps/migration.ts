// SPDX-License-Identifier: Apache-2.0
// A case moves to the policy that holds now, by an explicit event and never in silence (I11, policy language section 5).

import type { CaseState } from '../../model/case.ts';
import type { Voice } from '../../model/embargo.ts';
import type { EventOf } from '../../model/event.ts';
import type { Party } from '../../model/party.ts';
import { refused } from '../../model/refusal.ts';
import type { Opening } from '../../model/regions.ts';
import type { Instant } from '../../model/time.ts';
import { dated } from '../../model/time.ts';
import { guarded } from '../../policy/access.ts';
import type { Policy } from '../../policy/policy.ts';
import { releaseUnderWay } from '../aftermath.ts';
import { bindingCap } from '../caps.ts';
import { partyLimit, rulesOf, toldParties } from '../parties.ts';
import type { Decider, Situation } from '../situation.ts';
import { after } from '../situation.ts';
import type { Target } from '../target.ts';
import { granter } from '../voices.ts';
import { fixWeighed } from './fix.ts';
import { numbersWeighed } from './flaws.ts';

/** How much a publication opens, from the least. */
const scopes: readonly Policy['publication']['scope'][] = ['fix_only', 'notice', 'issue', 'full_record'];

const openings: readonly Opening[] = ['nothing', 'issue', 'full_record'];

export const migratePolicy: Decider<'migrate-policy'> = (action, situation) => {
  const { state, target } = situation;
  if (target === undefined || isSame(state, target)) return refused.invalid('reason', 'The case is under the policy that holds now.');
  if (action.to !== target.sha256)
    return refused.invalid('policy', 'Another version holds by now than the one that you looked at. Look again at what changes.');
  const obstacle = obstacleTo(target.policy, situation);
  if (obstacle !== undefined) return refused.gates([{ gate: 'migration', strength: 'must', sentence: obstacle }]);
  const event = migrated(action.reason, situation, target);
  const now = after({ ...situation, policy: target.policy }, [event]);
  return [event, ...numbersWeighed(now), ...fixWeighed(now)];
};

function migrated(reason: EventOf<'policy-migrated'>['reason'], { state, policy }: Situation, target: Target): EventOf<'policy-migrated'> {
  const { name, version } = target.policy;
  return {
    kind: 'policy-migrated',
    policy: { name, version, sha256: target.sha256 },
    reason,
    changed: target.changed,
    required: requiredNow(state, target.policy),
    moved: bindingCap(state, policy)?.at !== bindingCap(state, target.policy)?.at,
  };
}

function isSame({ policy }: CaseState, { policy: { name, version }, sha256 }: Target): boolean {
  return policy.name === name && policy.version === version && policy.sha256 === sha256;
}

/**
 * Why the case cannot move: it would hide something public or show more of it, publish what people said go to under other rules, pass a cap, drop a consent or a
 * party that was told, or lose a word that it uses.
 */
export function obstacleTo(target: Policy, { state, policy }: Pick<Situation, 'state' | 'policy'>): string | undefined {
  if (state.visibility === 'public' && showsLess(target, { state, policy }))
    return 'The case is public, and the new policy would show less of it.';
  if (state.visibility === 'public' && showsLess(policy, { state, policy: target }))
    return 'The case is public, and the new policy would open more of it than was said when it was handled.';
  const said = saidToPublish(state);
  if (said !== undefined) return said;
  const dropped = toldParties(state).flatMap((party) => partyDropped(party, target, policy))[0];
  if (dropped !== undefined) return dropped;
  const { until, proposal } = state.embargo;
  const cap = bindingCap(state, target);
  if (state.embargo.exit === null && until !== null && cap !== undefined && until > cap.at)
    return `The embargo ends after the cap of the new policy, ${dated(cap.at)} by ${cap.source}. Agree on an earlier date first.`;
  const lost = proposal?.agreed.find((voice) => voice !== 'reporter' && voice !== granter && !known(voice, target));
  if (lost !== undefined) return `${lost} has agreed to a date, and the new policy has no such role.`;
  if (state.class !== null && target.eligibility.classes[state.class] === undefined)
    return `The case has the class ${state.class}, which the new policy does not declare.`;
  if (state.severity !== null && !target.severity.scale.includes(state.severity.level))
    return `The severity ${state.severity.level} stands on no level of the new policy's scale.`;
  const group = state.branches.find((fix) => target.branches.groups[fix.group] === undefined)?.group;
  return group === undefined ? undefined : `A branch belongs to the group ${group}, which the new policy does not declare.`;
}

/** What people said to a publication was said under the policy of the case: another may open more by it, or ask for more people (VMT-21). */
function saidToPublish(state: CaseState): string | undefined {
  if (releaseUnderWay(state))
    return 'Somebody has said go under the policy of the case. Stop the release first, so that it is said under the new one.';
  if (state.visibility === 'public') return undefined;
  if (state.bundle?.agreed === true)
    return 'What opens at the cap is agreed under the policy of the case. Propose it anew first, so that it is agreed to under the new one.';
  return state.unfixed === null
    ? undefined
    : 'A publication without a fix is announced or asked for under the policy of the case. Call it off first, so that it is announced under the new one.';
}

/** What was promised to a party when it was told holds: that it takes part, by whom, and how long it keeps silent. */
function partyDropped(party: Party, target: Policy, policy: Policy): readonly string[] {
  const { name, role } = party;
  const rules = rulesOf(target, name);
  if (rules === undefined) return [`${name} was told, and the new policy has no such party.`];
  const reached = rules.to.kind === 'role' ? rules.to.role : null;
  if (reached !== role || (role !== null && target.roles[role] === undefined))
    return [`${name} was told ${role === null ? 'as a list' : `as the role ${role}`}, and the new policy reaches it in another way.`];
  if (rulesOf(policy, name)?.duties.some((duty) => !rules.duties.includes(duty)) === true)
    return [`${name} asks something of us after the disclosure, and the new policy would drop it.`];
  const [is, next] = [partyLimit(party, policy), partyLimit(party, target)];
  return is !== undefined && (next === undefined || next > is)
    ? [`${name} was told that it keeps silent until ${dated(is)} at most, and the new policy would ask for longer.`]
    : [];
}

/** Less by the scope that it names, or less of this case: what opens of it, and whose proofs of concept. */
function showsLess(target: Policy, { state, policy }: Pick<Situation, 'state' | 'policy'>): boolean {
  const [is, next] = [guarded(state, policy), guarded(state, target)];
  return (
    scopes.indexOf(target.publication.scope) < scopes.indexOf(policy.publication.scope) ||
    openings.indexOf(next.opening) < openings.indexOf(is.opening) ||
    proofsLater.indexOf(target.publication.proofOfConcept.kind) < proofsLater.indexOf(policy.publication.proofOfConcept.kind) ||
    is.proofs.some((participant) => !next.proofs.includes(participant))
  );
}

/** What opens of proofs of concept in the end, from the least. */
const proofsLater: readonly Policy['publication']['proofOfConcept']['kind'][] = [
  'withheld',
  'reporter_decides',
  'after_disclosure',
  'with_record',
];

/** What becomes another for this case, beside the keys of the policy: each as it is and as it would be. */
export function effectsOf(
  target: Policy,
  { state, policy }: Pick<Situation, 'state' | 'policy'>,
): readonly { readonly what: string; readonly before: string; readonly after: string }[] {
  const must = (branches: readonly { readonly branch: string }[]) => branches.map(({ branch }) => branch).join(', ') || 'none';
  const date = (one: Policy) => (at(one) === undefined ? 'none' : dated(at(one) as Instant));
  const at = (one: Policy) => bindingCap(state, one)?.at;
  const [is, next] = [guarded(state, policy), guarded(state, target)];
  return [
    { what: 'latest lawful date', before: date(policy), after: date(target) },
    {
      what: 'branches that must be fixed',
      before: must(state.branches.filter((fix) => fix.required)),
      after: must(requiredNow(state, target)),
    },
    { what: 'who reads the case', before: is.readers.join(', ') || 'nobody', after: next.readers.join(', ') || 'nobody' },
  ].filter(({ before, after }) => before !== after);
}

/** A role of the policy, or one of its parties. */
function known(voice: Voice, target: Policy): boolean {
  return voice.startsWith('party:') ? rulesOf(target, voice.slice('party:'.length)) !== undefined : target.roles[voice] !== undefined;
}

/** The branches that have to be fixed under the new policy. */
export function requiredNow(state: CaseState, target: Policy): EventOf<'policy-migrated'>['required'] {
  const must = (state.class === null ? undefined : target.eligibility.classes[state.class]?.branches) ?? target.branches.must;
  return state.branches.filter((fix) => must.includes(fix.group)).map(({ branch, component }) => ({ branch, component }));
}

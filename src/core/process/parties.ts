// SPDX-License-Identifier: Apache-2.0
// Parties in a case: where each of the policy's parties stands, who speaks for it, when it may be told, and what it asks of us.

import type { Actor } from '../model/actor.ts';
import type { CaseState } from '../model/case.ts';
import type { Voice } from '../model/embargo.ts';
import type { PersonId } from '../model/identifiers.ts';
import type { Party, PartyDuty, Vendor } from '../model/party.ts';
import type { Instant } from '../model/time.ts';
import { shifted } from '../model/time.ts';
import { addDuration } from '../policy/calendar.ts';
import type { PartyRules } from '../policy/embargo-rules.ts';
import type { Policy } from '../policy/policy.ts';

/** An exploit that was shared with the party is posted at most so long after the public post (linux-distros, F4). */
const exploitPostWithin = { days: 7 };
const farthestWindow = 90;

/** How a party stands of which nothing is on record yet. */
export function listed(name: string): Party {
  return {
    name,
    state: 'listed',
    proposed: null,
    screening: null,
    notifiedAt: null,
    told: null,
    dated: null,
    broughtBy: null,
    notice: null,
    role: null,
    accepted: [],
    left: null,
    done: [],
  };
}

export function rulesOf(policy: Policy, name: string): PartyRules | undefined {
  return policy.downstream.parties.find((party) => party.name === name);
}

export function partyOf(state: CaseState, name: string): Party {
  return state.parties.find((party) => party.name === name) ?? listed(name);
}

/** Every party of the policy, and those on record that the policy no longer names. */
export function partiesIn(state: CaseState, policy: Policy): readonly Party[] {
  const named = policy.downstream.parties.map(({ name }) => partyOf(state, name));
  return [...named, ...state.parties.filter(({ name }) => rulesOf(policy, name) === undefined)];
}

/** Parties that were told and still take part. */
export function toldParties({ parties }: CaseState): readonly Party[] {
  return parties.filter((party) => party.notifiedAt !== null && party.state !== 'left');
}

/** The told parties for which this actor speaks, whether or not they accepted the terms. */
export function partiesOfActor(actor: Actor, state: CaseState): readonly Party[] {
  if (actor.kind !== 'person') return [];
  return toldParties(state).filter((party) => party.role !== null && actor.roles.includes(party.role));
}

/** Of somebody who belongs to several parties, one for which the action fits. */
export function ownParty(fits: readonly Party['state'][] | undefined, state: CaseState, actor: Actor): Party | undefined {
  const own = partiesOfActor(actor, state);
  return own.find((party) => fits?.includes(party.state)) ?? own[0];
}

/** Those among them in which the actor has accepted the terms: only then do they read and speak. */
export function admittedTo(actor: Actor, state: CaseState): readonly Party[] {
  return partiesOfActor(actor, state).filter((party) => actor.kind === 'person' && party.accepted.includes(actor.person));
}

export function voiceOf({ name }: Party): Voice {
  return `party:${name}`;
}

/** A party may be told once a person has cleared it, where the policy asks for that (VMT-28). */
export function isCleared(party: Party, { downstream }: Policy): boolean {
  return downstream.screening === 'none' || party.screening?.cleared === true;
}

/** Somebody said why this party is told: with a proposal, or when it was cleared (P24). */
export function isProposed({ proposed, screening }: Party, { downstream }: Policy): boolean {
  return downstream.proposal === 'none' || proposed !== null || screening?.cleared === true;
}

/** Parties that are to be told and are not yet; who is not cleared is skipped. */
export function untold(state: CaseState, policy: Policy): readonly Party[] {
  return partiesIn(state, policy).filter((party) => party.state === 'listed' && isCleared(party, policy));
}

export function isTooEarly(until: Instant, now: Instant, { downstream, calendar }: Policy): boolean {
  return downstream.leadTime !== null && addDuration(now, downstream.leadTime.most, calendar) < until;
}

export function isTooLate(until: Instant, now: Instant, { downstream, calendar }: Policy): boolean {
  return downstream.leadTime !== null && addDuration(now, downstream.leadTime.least, calendar) > until;
}

/** The first and the last day on which the lead time holds, at the hour of the end itself; nothing where no lead time is set. */
export function noticeWindow(until: Instant, policy: Policy): { readonly opens: Instant; readonly closes: Instant } | undefined {
  if (policy.downstream.leadTime === null) return undefined;
  const days = Array.from({ length: farthestWindow }, (_, back) => shifted(until, { hours: -24 * back }));
  const within = days.filter((at) => !isTooEarly(until, at, policy) && !isTooLate(until, at, policy));
  const [closes] = within;
  const opens = within.at(-1);
  return closes === undefined || opens === undefined ? undefined : { opens, closes };
}

/** The cap that a told party puts on the case: its limit, from its first mail (F1, P5). */
export function partyLimit(party: Party, policy: Policy): Instant | undefined {
  const limit = rulesOf(policy, party.name)?.limit ?? null;
  return limit === null || party.notifiedAt === null ? undefined : addDuration(party.notifiedAt, limit, policy.calendar);
}

/** One open task that a told party's own rules ask of us after the disclosure. */
export interface Duty {
  readonly party: string;
  readonly duty: PartyDuty;
  readonly due: Instant;
  readonly done: Instant | null;
  /** Who brought the case to the party, and does what its rules ask (F3). */
  readonly owner: PersonId | null;
}

/** Duties act from the moment the case is public, also for a party that was removed: it had been told. */
export function dutiesOf(state: CaseState, policy: Policy): readonly Duty[] {
  const { publicSince } = state;
  if (publicSince === null) return [];
  return state.parties
    .filter((party) => party.notifiedAt !== null)
    .flatMap((party) =>
      (rulesOf(policy, party.name)?.duties ?? []).map((duty): Duty => {
        const posted = party.done.find((one) => one.duty === 'public_post')?.at ?? publicSince;
        const due = duty === 'public_post' ? publicSince : shifted(posted, { hours: exploitPostWithin.days * 24 });
        const done = party.done.find((one) => one.duty === duty)?.at ?? null;
        return { party: party.name, duty, due, done, owner: party.broughtBy };
      }),
    );
}

/** Whom the common hour waits for: vendors who disclose at the same time, and parties that were told (LIBVIRT-26). */
export interface NotReady {
  readonly vendors: readonly Vendor[];
  readonly parties: readonly Party[];
}

/** Each once, by role and people. Before anybody was asked by name, a role speaks for all who hold it. */
export function notReady(state: CaseState, { disclosure }: Policy): NotReady {
  const asked = disclosure.togetherWith.flatMap((role): readonly Vendor[] => {
    const known = state.vendors?.filter((vendor) => vendor.role === role) ?? [];
    return known.length === 0 ? [{ role, people: [] }] : known;
  });
  return {
    vendors: asked.filter((vendor) => !isReady(vendor, state)),
    parties: toldParties(state).filter((party) => party.state !== 'ready'),
  };
}

/** One of its people has said so, in that role. */
export function isReady({ role, people }: Vendor, { readiness, vendors }: Pick<CaseState, 'readiness' | 'vendors'>): boolean {
  return readiness.some((one) => one.role === role && (vendors === null ? people.length === 0 : people.includes(one.person)));
}

export function allReady(state: CaseState, policy: Policy): boolean {
  const { vendors, parties } = notReady(state, policy);
  return vendors.length === 0 && parties.length === 0;
}

/** Clock of the warning before the common hour: a day ahead, once for each date. */
export const readinessClock = 'disclosure.together_with';

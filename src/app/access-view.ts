// SPDX-License-Identifier: Apache-2.0
// Who can see a case, why and since when; and who has seen it. For those who read the whole case; looking is itself in the log of reads.

import type { PersonActor, ProcessActor } from '../core/model/actor.ts';
import type { CaseState } from '../core/model/case.ts';
import type { Event } from '../core/model/event.ts';
import type { CaseId, ParticipantId, PersonId, Role } from '../core/model/identifiers.ts';
import type { Instant } from '../core/model/time.ts';
import type { PersonState } from '../core/people/person.ts';
import { guarded } from '../core/policy/access.ts';
import type { Policy } from '../core/policy/policy.ts';
import { rolesWith } from '../core/policy/policy.ts';
import { type Member, type Seer, seenSince, whoCanSee } from '../core/process/who-sees.ts';
import type { Listed, ReaderSum } from '../ports/store/audit.ts';
import type { RosterEntry } from '../ports/store/roster.ts';
import { isOutside } from './people.ts';
import { principalOf } from './principal.ts';
import { readCase } from './read.ts';
import type { CaseView } from './views.ts';
import type { World } from './world.ts';

/** What somebody has read of the case. `listed`: how often its title stood on a page of something else, as in the queue. */
export interface Reads {
  readonly first: Instant | null;
  readonly last: Instant | null;
  readonly reads: number;
  readonly files: number;
  readonly listed: number;
}

export interface AccessPerson extends Reads {
  readonly person: PersonId;
  readonly name: string;
  readonly organisation: string | null;
  readonly owner: boolean;
  readonly reach: Seer['reach'];
  /** In words, the strongest reason first. */
  readonly why: readonly string[];
  readonly since: Instant | null;
}

export interface AccessReporter extends Reads {
  readonly participant: ParticipantId;
  readonly name: string;
  readonly sees: string;
  readonly since: Instant;
}

export interface AccessParty {
  readonly party: string;
  readonly role: Role | null;
  readonly toldAt: Instant;
  readonly told: 'in_daylight' | 'recorded';
  /** By name; nobody reads before they accepted. */
  readonly accepted: readonly string[];
  readonly left: 'breach' | 'removed' | null;
}

export interface FormerReader extends Reads {
  readonly name: string;
  readonly why: string;
  readonly ended: Instant | null;
}

export interface AccessView {
  readonly now: Instant;
  readonly state: CaseState;
  readonly policy: Policy;
  /** Who sees it, in a sentence, and the key of the policy that says so. */
  readonly rule: { readonly sentence: string; readonly key: string };
  readonly people: readonly AccessPerson[];
  readonly numberReaders: readonly AccessPerson[];
  /** Members of told parties, whether they have accepted or not. */
  readonly partyMembers: readonly AccessPerson[];
  readonly reporters: readonly AccessReporter[];
  readonly parties: readonly AccessParty[];
  /** Who has read it and may not any more. */
  readonly former: readonly FormerReader[];
  /** Reads by the program itself, and by who runs its command line. */
  readonly process: Reads;
}

const everybody = 10_000;

/**
 * Undefined where the case is not there for the actor, or they do not read the whole of it. Whoever was added by name and holds no role of the project
 * is told of the case and not of its people (L-37).
 */
export async function readAccess(world: World, actor: PersonActor | ProcessActor, id: CaseId): Promise<AccessView | undefined> {
  const view = await readCase(world, actor, id, 'access');
  if (view === undefined || view.reach !== 'everything') return undefined;
  if (actor.kind === 'person' && (actor.roles.length === 0 || isOutside(actor, view.policy))) return undefined;
  const [members, entries, sums] = await world.store.as(principalOf(actor), async ({ accounts, roster, audit }) => [
    await accounts.members(everybody),
    await roster.all(everybody),
    await audit.readersOf(id),
  ]);
  // Lists name other cases too, which the actor may not see: the process counts them.
  const listed = await world.store.as({ kind: 'process', project: actor.project }, ({ audit }) => audit.listedTo(id));
  return accessOf(view, { members, people: new Map(entries.map((one) => [one.state.person, one])), reads: readsOf(sums, listed) });
}

/** The same without the case itself: what the API and the command line say. */
export function accessJson({ state, policy, ...rest }: AccessView) {
  return {
    case: state.case,
    codename: state.codename,
    public: state.visibility === 'public',
    policy: policy.name,
    version: policy.version,
    ...rest,
  };
}

interface Known {
  readonly members: readonly Member[];
  readonly people: ReadonlyMap<PersonId, RosterEntry>;
  readonly reads: ReadonlyMap<string, Reads>;
}

const unread: Reads = { first: null, last: null, reads: 0, files: 0, listed: 0 };

function readsOf(sums: readonly ReaderSum[], listed: readonly Listed[]): ReadonlyMap<string, Reads> {
  const all = new Map<string, Reads>(sums.map(({ by, first, last, reads, files }) => [by, { first, last, reads, files, listed: 0 }]));
  for (const { by, times } of listed) all.set(by, { ...(all.get(by) ?? unread), listed: times });
  return all;
}

function accessOf(view: CaseView, known: Known): AccessView {
  const { state, policy, now, log } = view;
  const seers = whoCanSee(guarded(state, policy), known.members);
  const since = seenSince(log, policy, known.members);
  const people = seers.map((seer) => personOf(seer, since.get(seer.person), view, known));
  const inside = new Set(seers.filter(({ by }) => by.some(({ how }) => how !== 'public')).map(({ person }) => person));
  return {
    now,
    state,
    policy,
    rule: ruleOf(state, policy),
    people: people.filter(({ reach }) => reach === 'everything'),
    numberReaders: people.filter(({ reach }) => reach === 'for_a_number'),
    partyMembers: people.filter(({ reach }) => reach === 'party' || reach === 'terms'),
    reporters: state.reporters.map((reporter, index) => ({
      participant: reporter.participant,
      name: `Reporter ${index + 1}`,
      sees:
        reporter.from === null
          ? 'their own thread, and what is said to all reporters'
          : 'their own thread, in the report that belongs to this case',
      since: reporter.since,
      ...readBy(known, `reporter:${reporter.participant}`),
    })),
    parties: state.parties.flatMap(({ name, role, notifiedAt, told, accepted, left }): AccessParty[] =>
      notifiedAt === null || told === null
        ? []
        : [{ party: name, role, toldAt: notifiedAt, told, accepted: accepted.map((person) => nameOf(known, person)), left }],
    ),
    former: formerOf(log, inside, known),
    process: readBy(known, 'process'),
  };
}

function personOf({ person, reach, by }: Seer, since: Instant | undefined, { state, policy, log }: CaseView, known: Known): AccessPerson {
  const entry = known.people.get(person);
  const owner = state.owner === person;
  const held = by.flatMap(({ role }) => entry?.state.roles.filter((one) => one.role === role).map((one) => one.since) ?? []).sort()[0];
  const why = by.map(({ how, role }) => reasonOf(how, role, policy, addedTo(log, person), known));
  return {
    person,
    name: nameOf(known, person),
    organisation: entry?.details.organisation ?? null,
    owner,
    reach,
    why: owner ? ['owns this case', ...why] : why,
    since: since === undefined ? null : held !== undefined && held > since && !by.some(({ how }) => how === 'added') ? held : since,
    ...readBy(known, `person:${person}`),
  };
}

function reasonOf(how: Seer['by'][number]['how'], role: Role | null, policy: Policy, added: Event | undefined, known: Known): string {
  switch (how) {
    case 'role':
      return policy.visibility.onReceipt.some((one) => one === role) ? `${role}: reads every report` : `${role}: looks at reports first`;
    case 'added':
      if (added?.kind === 'reader-named') return 'let into the narrowed case by two people';
      if (added?.kind === 'person-added' && added.emergency !== undefined) return 'broke the glass, in an emergency';
      return added === undefined || added.by.kind !== 'person' ? 'added by name' : `added by ${nameOf(known, added.by.person)}`;
    case 'party':
      return `${role}: a party that was told`;
    case 'number':
      return `${role}: enters the CVE number; title and impact only`;
    case 'public':
      return 'everybody reads what is public';
  }
}

function addedTo(log: readonly Event[], person: PersonId): Event | undefined {
  return log.findLast((event) => (event.kind === 'person-added' || event.kind === 'reader-named') && event.person === person);
}

/** People alone: a reporter’s right to their own report does not end, and the process has no page. */
function formerOf(log: readonly Event[], inside: ReadonlySet<PersonId>, known: Known): readonly FormerReader[] {
  return [...known.reads].flatMap(([by, reads]): FormerReader[] => {
    const person = by.startsWith('person:') ? (by.slice('person:'.length) as PersonId) : undefined;
    if (person === undefined || inside.has(person)) return [];
    return [{ name: nameOf(known, person), ...endOf(log, person, known.people.get(person)?.state), ...reads }];
  });
}

function endOf(log: readonly Event[], person: PersonId, state: PersonState | undefined): Pick<FormerReader, 'why' | 'ended'> {
  if (state?.standing === 'suspended' || state?.standing === 'removed')
    return { why: `${state.standing} from the project`, ended: state.since };
  const removed = log.findLast((event) => event.kind === 'person-removed' && event.person === person);
  if (removed !== undefined) return { why: 'removed from this case', ended: removed.at };
  return { why: 'holds no role any more that sees it where it stands', ended: null };
}

function ruleOf(state: CaseState, policy: Policy): AccessView['rule'] {
  if (state.visibility === 'public')
    return { sentence: 'The case is public. Listed are those who read more of it than everybody.', key: 'publication.scope' };
  if (state.handling === 'held' || state.handling === 'spam')
    return { sentence: `The report is with those who moderate: ${rolesWith(policy, 'moderate').join(', ')}.`, key: 'intake.moderation' };
  const roles = policy.visibility.onReceipt.join(', ');
  return {
    sentence: `Every report is read from its arrival by: ${roles}. Others see this case when they are added by name.`,
    key: 'visibility.on_receipt',
  };
}

function nameOf({ people }: Known, person: PersonId): string {
  return people.get(person)?.details.name ?? 'a former member';
}

function readBy({ reads }: Known, by: string): Reads {
  return reads.get(by) ?? unread;
}

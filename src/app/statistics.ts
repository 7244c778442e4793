// SPDX-License-Identifier: Apache-2.0
// The public figures of a project: whether it keeps its word (VMT-35). From public cases in full; of private ones a band of their number, and whether one is past its cap.

import type { CaseState } from '../core/model/case.ts';
import type { ProjectId } from '../core/model/identifiers.ts';
import { openHandling } from '../core/model/regions.ts';
import type { Instant } from '../core/model/time.ts';
import { epoch } from '../core/model/time.ts';
import { bindingCap } from '../core/process/caps.ts';
import { acknowledgedAt, type Waits, waits } from '../core/process/cost.ts';
import { replay } from '../core/process/evolve.ts';
import { takenBackIn, unsaidEvents } from '../core/process/unsaid.ts';
import type { Transaction } from '../ports/store/store.ts';
import { isHeld } from './orders.ts';
import type { World } from './world.ts';

/** Counts below this are not told apart while somebody could infer an embargoed case from them. */
export const leastShown = 5;

export interface Spread {
  readonly cases: number;
  /** In hours; null where fewer than `leastShown` cases would speak. */
  readonly median: number | null;
  readonly p90: number | null;
}

export interface Statistics {
  readonly at: Instant;
  /** Private cases as they stood at the beginning of this month: a figure that nobody can move by sending a report and looking again. */
  readonly inPrivate: {
    readonly asOf: Instant;
    /** `fewer than 5`, `5 to 9`, `10 to 19` … */
    readonly cases: string;
    /** The same for each age since receipt. */
    readonly byAge: readonly { readonly age: string; readonly cases: string }[];
    /** Whether a private case is past its latest lawful date, because nobody agreed what to open: said whatever the number. */
    readonly pastTheirCap: boolean;
  };
  /** Everything below counts public cases only. */
  readonly quarters: readonly {
    /** `2026-Q4`, by the day on which they became public. */
    readonly quarter: string;
    readonly published: number;
    /** How they ended, by state of handling. */
    readonly ended: Readonly<Record<string, number>>;
    readonly hoursToFirstReply: Spread;
    readonly hoursToDecision: Spread;
    /** Until a fix was merged in the first branch (QEMU-24); cases without a merge are not counted. */
    readonly hoursToMerge: Spread;
    /** Hours until a case was public in which the last word was a reporter's, so that it waited for the team; and the other way round (VMT-26). */
    readonly hoursWaitingForTeam: Spread;
    readonly hoursWaitingForReporter: Spread;
    readonly daysPrivate: Spread;
    /** From the verdict that it is no flaw to be kept in confidence until it was public (QEMU-22); cases that were confirmed are not counted. */
    readonly hoursFromVerdictOut: Spread;
  }[];
  /** Public cases that are not ended yet, by age since receipt. */
  readonly openInPublic: readonly { readonly age: string; readonly cases: number }[];
  readonly embargoesEnded: Readonly<Record<string, number>>;
  readonly deviations: Readonly<Record<string, number>>;
  /** Cases that had been opened at their hard cap with what was agreed for it. */
  readonly openedAtCap: number;
}

/** More cases than are read for one page of figures. */
const most = 1000;

/** Undefined where the policy publishes none. */
export async function readStatistics(world: World, project: ProjectId): Promise<Statistics | undefined> {
  const now = world.clock.now();
  const visitor = { kind: 'anonymous', project } as const;
  const seen = await world.store.as(visitor, async ({ policies, cases }) => {
    const { policy } = await policies.active();
    return policy.publication.statistics === 'none'
      ? undefined
      : (await cases.published(most)).map(({ state }) => state).filter(({ handling }) => handling !== 'imported');
  });
  if (seen === undefined) return undefined;
  const [inPrivate, waited] = await world.store.as({ kind: 'process', project }, async (transaction) => [
    await privateFigures(world, project, transaction, now),
    await pacesOf(world, transaction, seen, now),
  ]);
  return { at: toTheHour(now), inPrivate, ...publicFigures(seen, waited, now) };
}

/** Figures of the hour, so that one who looks again and again learns no moment. */
function toTheHour(now: Instant): Instant {
  return `${now.slice(0, 13)}:00:00.000Z` as Instant;
}

const ages = [
  { age: 'up to 30 days', days: 30 },
  { age: '31 to 90 days', days: 90 },
  { age: 'longer than 90 days', days: Number.POSITIVE_INFINITY },
];

interface Pace extends Waits {
  readonly version: number;
  readonly firstReply: number | undefined;
}

/** How long cases waited, by the log of each: read once for each version of a case in the life of a process. */
const pacesKnown = new WeakMap<World, Map<string, Pace>>();

/** What is held may still be taken back: before its hold has passed it was not said, and the figure is not kept. */
async function pacesOf(
  world: World,
  { cases }: Transaction,
  states: readonly CaseState[],
  now: Instant,
): Promise<ReadonlyMap<string, Pace>> {
  const known = pacesKnown.get(world) ?? new Map<string, Pace>();
  pacesKnown.set(world, known);
  const paces = new Map(known);
  for (const { case: id, publicSince, marks, version } of states) {
    if (publicSince === null || known.get(id)?.version === version) continue;
    const log = await cases.log(id);
    const held = log.filter((event) => event.kind === 'message-sent' && isHeld(event, now)).map(({ seq }) => seq);
    const takenBack = takenBackIn(log);
    const unsaid = unsaidEvents(log, (message, to) => held.includes(message) || takenBack(message, to));
    const said = log.filter((event) => !unsaid.has(event));
    const firstReply = hours(marks.receipt, acknowledgedAt(log, said, marks.acknowledgement));
    const pace = { version, firstReply, ...waits(said, publicSince) };
    paces.set(id, pace);
    if (held.length === 0) known.set(id, pace);
  }
  return paces;
}

type Counted = Pick<Statistics['inPrivate'], 'asOf' | 'cases' | 'byAge'>;

/** What stood at the beginning of a month does not change any more: counted once in the life of a process. */
const counted = new WeakMap<World, Map<string, Counted>>();

async function privateFigures(world: World, project: ProjectId, { cases }: Transaction, now: Instant): Promise<Statistics['inPrivate']> {
  const asOf = `${now.slice(0, 7)}-01T00:00:00.000Z` as Instant;
  const known = counted.get(world) ?? new Map<string, Counted>();
  counted.set(world, known);
  const month = known.get(`${project} ${asOf}`) ?? (await countedAt(cases, asOf));
  known.set(`${project} ${asOf}`, month);
  const open = await cases.queue({ open: true, limit: most });
  const pastTheirCap = open.some(
    ({ state, policy }) =>
      state.visibility === 'private' && openHandling.includes(state.handling) && (bindingCap(state, policy)?.at ?? '9') <= now,
  );
  return { ...month, pastTheirCap };
}

async function countedAt(cases: Transaction['cases'], asOf: Instant): Promise<Counted> {
  const entries = [...(await cases.queue({ open: true, limit: most })), ...(await cases.queue({ open: false, limit: most }))];
  const then: CaseState[] = [];
  for (const { state, openedAt } of entries) {
    if (openedAt > asOf || (state.publicSince !== null && state.publicSince <= asOf)) continue;
    const log = (await cases.log(state.case)).filter((event) => event.at <= asOf);
    if (log.length > 0) then.push(replay(log));
  }
  const stood = then.filter(isCounted);
  const byAge = agesOf(stood, asOf).map(({ age, cases: number }) => ({ age, cases: band(number) }));
  return { asOf, cases: band(stood.length), byAge };
}

function agesOf(states: readonly CaseState[], at: Instant): readonly { readonly age: string; readonly cases: number }[] {
  const daysOf = ({ marks }: CaseState) => (epoch(at) - epoch(marks.receipt ?? at)) / 86_400_000;
  return ages.map(({ age, days }, index) => {
    const from = ages[index - 1]?.days ?? Number.NEGATIVE_INFINITY;
    return { age, cases: states.filter((state) => daysOf(state) > from && daysOf(state) <= days).length };
  });
}

/** A case that a person took up and that is private: what merely arrived, anybody can make many of. */
function isCounted({ visibility, handling, owner }: CaseState): boolean {
  return visibility === 'private' && owner !== null && handling !== 'received' && openHandling.includes(handling);
}

/** Never a number: one more or one less tells nothing but at an edge, and edges lie apart. */
export function band(cases: number): string {
  if (cases < leastShown) return `fewer than ${leastShown}`;
  let from = leastShown;
  while (cases >= from * 2) from *= 2;
  return `${from} to ${from * 2 - 1}`;
}

function publicFigures(
  states: readonly CaseState[],
  waited: ReadonlyMap<string, Pace>,
  now: Instant,
): Omit<Statistics, 'at' | 'inPrivate'> {
  const quarters = [...new Set(states.flatMap(({ publicSince }) => (publicSince === null ? [] : [quarterOf(publicSince)])))]
    .sort()
    .reverse();
  return {
    quarters: quarters.map((quarter) => {
      const mine = states.filter(({ publicSince }) => publicSince !== null && quarterOf(publicSince) === quarter);
      return {
        quarter,
        published: mine.length,
        ended: counts(mine.map(({ handling }) => handling)),
        hoursToFirstReply: spread(mine.map((state) => waited.get(state.case)?.firstReply)),
        hoursToDecision: spread(mine.map((state) => hours(state.marks.receipt, decidedAt(state)))),
        hoursToMerge: spread(mine.map((state) => hours(state.marks.receipt, mergedAt(state)))),
        hoursWaitingForTeam: spread(mine.map((state) => waited.get(state.case)?.team)),
        hoursWaitingForReporter: spread(mine.map((state) => waited.get(state.case)?.reporter)),
        daysPrivate: spread(mine.map((state) => inDays(hours(state.marks.receipt, state.publicSince ?? undefined)))),
        hoursFromVerdictOut: spread(mine.map(fromVerdictOut)),
      };
    }),
    openInPublic: agesOf(
      states.filter(({ handling }) => openHandling.includes(handling)),
      now,
    ),
    embargoesEnded: counts(states.flatMap(({ embargo }) => (embargo.exit === null ? [] : [embargo.exit]))),
    deviations: counts(states.flatMap(({ deviations }) => deviations.map((gate) => gate.split(':')[0] ?? gate))),
    openedAtCap: states.filter(({ embargo }) => embargo.exit === 'max_reached').length,
  };
}

/** `2026-Q4` */
function quarterOf(at: Instant): string {
  return `${at.slice(0, 4)}-Q${Math.ceil(Number(at.slice(5, 7)) / 3)}`;
}

function decidedAt({ marks, assessment, eligibility }: CaseState): Instant | undefined {
  return marks.confirmation ?? assessment?.at ?? eligibility?.at;
}

/** Nothing where it was public before, as a report that was sent in the open. */
function fromVerdictOut(state: CaseState): number | undefined {
  const { marks, eligibility, assessment, publicSince } = state;
  const out = marks.confirmation === undefined ? (assessment?.at ?? eligibility?.at) : undefined;
  return out === undefined || publicSince === null || publicSince < out ? undefined : hours(out, publicSince);
}

function mergedAt({ branches }: CaseState): Instant | undefined {
  return branches.flatMap((branch) => (branch.mergedAt === null ? [] : [branch.mergedAt])).sort()[0];
}

function hours(from: Instant | undefined, to: Instant | undefined): number | undefined {
  return from === undefined || to === undefined ? undefined : (epoch(to) - epoch(from)) / 3_600_000;
}

function inDays(value: number | undefined): number | undefined {
  return value === undefined ? undefined : value / 24;
}

/** Nearest rank, to a tenth; averages would be the loudest case's. */
function spread(values: readonly (number | undefined)[]): Spread {
  const known = values.filter((value) => value !== undefined).sort((one, other) => one - other);
  if (known.length < leastShown) return { cases: known.length, median: null, p90: null };
  const rank = (share: number) => Math.round((known[Math.max(0, Math.ceil(share * known.length) - 1)] ?? 0) * 10) / 10;
  return { cases: known.length, median: rank(0.5), p90: rank(0.9) };
}

function counts(words: readonly string[]): Readonly<Record<string, number>> {
  const counted: Record<string, number> = {};
  for (const word of [...words].sort()) counted[word] = (counted[word] ?? 0) + 1;
  return counted;
}

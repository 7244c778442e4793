// SPDX-License-Identifier: Apache-2.0
// Cases that belong together, as one reader sees them: looked up with the reader's own rights, so that a hidden case is not there (L-05, L-07).

import type { CaseState } from '../core/model/case.ts';
import { duplicatesOf } from '../core/model/case.ts';
import type { Event } from '../core/model/event.ts';
import type { CaseId, ContentId, ParticipantId } from '../core/model/identifiers.ts';
import { closedPieces } from '../core/model/record.ts';
import type { Handling } from '../core/model/regions.ts';
import type { Principal } from '../core/policy/access.ts';
import { canRead, reach } from '../core/policy/access.ts';
import type { Transaction } from '../ports/store/store.ts';

export interface RelatedCase {
  readonly as: 'duplicate_of' | 'duplicate' | 'split_from' | 'part';
  readonly case: CaseId;
  readonly codename: string;
  readonly handling: Handling;
  readonly public: boolean;
  /** Absent where the reader may not read it. */
  readonly title: string | undefined;
}

export interface Related {
  readonly cases: readonly RelatedCase[];
  /** Texts of attached reports, which are kept in the duplicates. */
  readonly texts: ReadonlyMap<ContentId, string>;
}

/** The related cases that `principal` reads, and of the attached reports what they may read there. */
export async function relatedTo(transaction: Transaction, principal: Principal, state: CaseState): Promise<Related> {
  const cases: RelatedCase[] = [];
  const texts = new Map<ContentId, string>();
  const relations = relationsOf(state);
  if (relations.length === 0) return { cases, texts };
  const records = new Map((await transaction.cases.findAll(relations.map(({ id }) => id))).map((record) => [record.state.case, record]));
  const wanted = [...records.values()].flatMap((record) => [record.state.title.id, ...reportIds(state, record.state.case)]);
  const found = await transaction.cases.textsOfAll([...records.keys()], wanted);
  for (const { id, as } of relations) {
    const record = records.get(id);
    if (record === undefined) continue;
    const reached = reach(principal, record.guarded);
    const { codename, handling, visibility, title, reporters } = record.state;
    const closed = closedPieces(record.state.record);
    const readable = (ref: typeof title) => canRead(principal, reached, { ...ref, closed: closed.has(ref.id) }, record.guarded);
    for (const ref of reporters.flatMap((one) => [...one.report, ...[one.name, one.creditName].filter((ref) => ref !== null)])) {
      const words = found.get(ref.id);
      if (words !== undefined && readable(ref)) texts.set(ref.id, words);
    }
    cases.push({
      as,
      case: id,
      codename,
      handling,
      public: visibility === 'public',
      title: readable(title) ? found.get(title.id) : undefined,
    });
  }
  return { cases, texts };
}

/**
 * A log as those outside the team read it: what names a case that they do not see did not happen for them (L-05).
 * `own`: for the reporter, whose page says that the report is known already, and never of which case.
 */
export function withoutHidden(log: readonly Event[], state: CaseState, seen: readonly RelatedCase[], own: boolean): readonly Event[] {
  const hidden = (id: CaseId) => !seen.some((one) => one.case === id);
  const stranger = (participant: ParticipantId) =>
    !state.reporters.some((one) => one.participant === participant && (one.from === null || !hidden(one.from)));
  const found = log.some(
    (event) => event.kind === 'fact-recorded' && event.fact === 'rediscovered' && !(event.participant && stranger(event.participant)),
  );
  const isTold = (event: Event): boolean => {
    switch (event.kind) {
      case 'report-attached':
      case 'report-detached':
        return !hidden(event.from);
      case 'fact-recorded':
      case 'credit-decided':
      case 'credit-requested':
        return event.participant === undefined || !stranger(event.participant);
      case 'rediscovery-asked':
      case 'rediscovery-answered':
        return found;
      case 'duplicate-marked':
        return own || !hidden(event.of);
      case 'case-split-off':
        return !hidden(event.from);
      case 'case-split':
        return !event.parts.some((part) => hidden(part.case));
      case 'duplicate-undone':
        return own || seen.some((one) => one.as === 'duplicate_of');
      case 'target-followed':
        return seen.some((one) => one.as === 'duplicate_of');
      case 'report-shared':
        return !hidden(event.with);
      case 'relations-updated':
      case 'shared-opened':
        return false;
      default:
        return true;
    }
  };
  return log.filter(isTold);
}

function relationsOf(state: CaseState): readonly { readonly id: CaseId; readonly as: RelatedCase['as'] }[] {
  return [
    ...(state.duplicateOf === null ? [] : [{ id: state.duplicateOf.case, as: 'duplicate_of' as const }]),
    ...duplicatesOf(state).map((id) => ({ id, as: 'duplicate' as const })),
    ...(state.splitFrom === null ? [] : [{ id: state.splitFrom, as: 'split_from' as const }]),
    ...state.parts.map((id) => ({ id, as: 'part' as const })),
  ];
}

export function reportIds(state: CaseState, from: CaseId): readonly ContentId[] {
  return state.reporters
    .filter((reporter) => reporter.from === from)
    .flatMap(({ report, name, creditName }) => [...report, ...[name, creditName].filter((ref) => ref !== null)].map((ref) => ref.id));
}

/** What binds a case to others, for whoever is told of this one alone. */
export const unrelated = { duplicateOf: null, splitFrom: null, parts: [], components: [], askedSince: null, untoldSince: null };

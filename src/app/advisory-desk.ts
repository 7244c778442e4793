// SPDX-License-Identifier: Apache-2.0
// The advisory as those who write and approve it look at it: its versions, who wrote which field and when, what changed since another version.

import { type Drafted, fieldsOf } from '../core/advisory/drafted.ts';
import { lineChanges, type TextChange } from '../core/advisory/text-changes.ts';
import {
  changesBetween,
  type FieldChange,
  type ReadVersion,
  type SavedVersion,
  savedVersions,
  versionBefore,
  type Writing,
  writersOf,
} from '../core/advisory/versions.ts';
import type { PersonActor } from '../core/model/actor.ts';
import { type AdvisoryDraft, advisoryDraft } from './advisory-draft.ts';
import { writtenNow } from './advisory-preview.ts';
import { draftOfRecord } from './archived.ts';
import type { CaseView } from './views.ts';
import type { World } from './world.ts';

export interface AdvisoryDesk {
  /** Oldest first. */
  readonly saved: readonly SavedVersion[];
  /** Of each field of the text that is looked at, by its place: who wrote it; null where it is not saved yet. */
  readonly writers: ReadonlyMap<string, Writing | null>;
  /** The version with which it is compared; null where there is none before. */
  readonly base: SavedVersion | null;
  readonly changes: readonly FieldChange[];
  /** The same as the lines of the text document, numbers and dates of today in both; empty where it cannot be made of one of them. */
  readonly lines: readonly TextChange[];
}

/** The draft that is kept, before the first one that of the archive; null while there is none, or where it is not read any more. */
export function keptDraft({ state, texts, archived }: Pick<CaseView, 'state' | 'texts' | 'archived'>): AdvisoryDraft | null {
  if (state.advisory.content !== null) return readDraft(texts.get(state.advisory.content.id));
  return archived === null ? null : draftOfRecord(archived);
}

/** `typed` stands in the place of what is kept; `since` names a version to compare with. */
export async function deskOf(
  world: World,
  actor: PersonActor,
  view: CaseView,
  typed: AdvisoryDraft | null,
  since: number | null,
): Promise<AdvisoryDesk> {
  const saved = savedVersions(view.log);
  const read = [
    ...archivedVersion(view),
    ...saved.flatMap(({ content, ...version }): readonly ReadVersion[] => {
      const drafted = readDraft(view.texts.get(content.id));
      return drafted === null ? [] : [{ ...version, drafted }];
    }),
  ];
  const kept = read.at(-1);
  const now = typed ?? kept?.drafted ?? null;
  if (now === null) return { saved, writers: new Map(), base: null, changes: [], lines: [] };
  const unsaved = typed !== null && (kept === undefined || changesBetween(kept.drafted, typed).length > 0);
  const current = unsaved || kept === undefined ? Number.POSITIVE_INFINITY : kept.version;
  const base = saved.find(({ version }) => version === since) ?? versionBefore(saved, current) ?? null;
  const before = read.find(({ version }) => version === (base?.version ?? 0))?.drafted;
  return {
    saved,
    writers: writersNow(read, now),
    base: before === undefined ? null : base,
    changes: before === undefined ? [] : changesBetween(before, now),
    lines: before === undefined ? [] : await documentLines(world, actor, view, before as AdvisoryDraft, now as AdvisoryDraft),
  };
}

/** What the archive had stands before every version that was saved here: who corrects it did not write all of it. */
function archivedVersion({ archived, log: [first] }: CaseView): readonly ReadVersion[] {
  if (archived === null || first === undefined) return [];
  return [{ version: 0, at: first.at, by: first.by, drafted: draftOfRecord(archived) }];
}

/** By place in `now`; a field whose text is in no version has no writer yet. */
function writersNow(read: readonly ReadVersion[], now: Drafted): AdvisoryDesk['writers'] {
  const writers = writersOf(read);
  const last = read.at(-1);
  const texts = new Map(last === undefined ? [] : fieldsOf(last.drafted).map(({ key, text }) => [key, text] as const));
  return new Map(
    fieldsOf(now).map(({ key, place, text }) => [place, texts.get(key) === text ? (writers.get(key) ?? null) : null] as const),
  );
}

async function documentLines(
  world: World,
  actor: PersonActor,
  view: CaseView,
  was: AdvisoryDraft,
  is: AdvisoryDraft,
): Promise<readonly TextChange[]> {
  const [before, after] = await Promise.all(
    [was, is].map(
      async (draft) => (await writtenNow(world, actor, view, draft))?.drafts.made.find(({ format }) => format === 'text')?.text,
    ),
  );
  return before === undefined || after === undefined ? [] : lineChanges(before, after);
}

function readDraft(text: string | undefined): AdvisoryDraft | null {
  if (text === undefined) return null;
  const parsed = advisoryDraft.safeParse(json(text));
  return parsed.success ? parsed.data : null;
}

/** A text out of which passages were struck may be no draft any more. */
function json(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}

// SPDX-License-Identifier: Apache-2.0
// The versions of an advisory as the log of its case tells them: who saved each, what became of it, and who wrote which field and when.

import type { ActorMark } from '../model/actor.ts';
import type { ContentRef } from '../model/content.ts';
import type { Event } from '../model/event.ts';
import type { Instant } from '../model/time.ts';
import { evolve, opened } from '../process/evolve.ts';
import { type Drafted, type DraftedField, fieldsOf } from './drafted.ts';
import { type TextChange, wordChanges } from './text-changes.ts';

export interface SavedVersion {
  /** As the case counts them; a correction that was begun takes a number of its own. */
  readonly version: number;
  readonly at: Instant;
  readonly by: ActorMark;
  readonly content: ContentRef;
  /** Somebody was asked to read it. */
  readonly submitted: boolean;
  readonly approved: boolean;
  /** Which version of the public advisory it became; null for one that the world never read. */
  readonly published: number | null;
}

/** Every version that was saved, oldest first. */
export function savedVersions(log: readonly Event[]): readonly SavedVersion[] {
  const [first, ...rest] = log;
  if (first === undefined) return [];
  const saved: SavedVersion[] = [];
  let state = opened(first);
  for (const event of rest) {
    const before = state.advisory;
    state = evolve(state, event);
    const { advisory } = state;
    if (event.kind === 'advisory-written') {
      const { at, by, advisory: content } = event;
      saved.push({ version: advisory.draft, at, by, content, submitted: false, approved: false, published: null });
    }
    const last = saved.pop();
    if (last === undefined) continue;
    saved.push({
      ...last,
      submitted: last.submitted || (advisory.state === 'in_review' && before.state !== 'in_review'),
      approved: last.approved || (advisory.state === 'approved' && before.state !== 'approved'),
      published: advisory.published > before.published ? advisory.published : last.published,
    });
  }
  return saved;
}

/**
 * The version with which a reader compares by itself: what the world reads, where there is such a one; else the one that somebody was asked to read last;
 * else the one before. `current`: the version that is looked at. Undefined where it is the first.
 */
export function versionBefore(saved: readonly SavedVersion[], current: number): SavedVersion | undefined {
  const earlier = saved.filter(({ version }) => version < current);
  return (
    earlier.findLast(({ published }) => published !== null) ?? earlier.findLast(({ submitted }) => submitted) ?? earlier.at(-1) ?? undefined
  );
}

export interface Writing {
  readonly by: ActorMark;
  readonly at: Instant;
  readonly version: number;
}

export interface ReadVersion extends Pick<SavedVersion, 'version' | 'at' | 'by'> {
  readonly drafted: Drafted;
}

/** Of each field of the last of these versions, by key: who gave it the text that it has now. A field that was emptied and written again is written anew. */
export function writersOf(versions: readonly ReadVersion[]): ReadonlyMap<string, Writing> {
  let known = new Map<string, { readonly text: string; readonly writing: Writing }>();
  for (const { drafted, version, at, by } of versions) {
    const written = { by, at, version };
    known = new Map(
      fieldsOf(drafted).map(({ key, text }) => {
        const before = known.get(key);
        return [key, before?.text === text ? before : { text, writing: written }] as const;
      }),
    );
  }
  return new Map([...known].map(([key, { writing }]) => [key, writing] as const));
}

export interface FieldChange extends Omit<DraftedField, 'text'> {
  /** Null: it was not there, or is not there any more; then `place` is where it stood. */
  readonly was: string | null;
  readonly is: string | null;
  /** Word by word, from what was to what is. */
  readonly words: readonly TextChange[];
}

/** What the second says otherwise than the first, in the order of the second; what is gone comes last. */
export function changesBetween(was: Drafted, is: Drafted): readonly FieldChange[] {
  const before = new Map(fieldsOf(was).map((one) => [one.key, one]));
  const after = fieldsOf(is);
  const there = new Set(after.map(({ key }) => key));
  const changed = after.flatMap((one) => {
    const old = before.get(one.key)?.text ?? null;
    return old === one.text ? [] : [change(one, old, one.text)];
  });
  const gone = [...before.values()].filter(({ key }) => !there.has(key)).map((one) => change(one, one.text, null));
  return [...changed, ...gone];
}

function change({ text: _, ...field }: DraftedField, was: string | null, is: string | null): FieldChange {
  return { ...field, was, is, words: wordChanges(was ?? '', is ?? '') };
}

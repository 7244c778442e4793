// SPDX-License-Identifier: Apache-2.0
// The stage of a simulation: its cases, each with its log, and who acts on them.

import type { Actor } from '../../core/model/actor.ts';
import type { CaseState } from '../../core/model/case.ts';
import type { Event, EventData } from '../../core/model/event.ts';
import { eventVersion } from '../../core/model/event.ts';
import type { CaseId } from '../../core/model/identifiers.ts';
import type { Instant } from '../../core/model/time.ts';
import type { Policy } from '../../core/policy/policy.ts';
import { markOf } from '../../core/process/situation.ts';
import type { Contents } from '../contents.ts';
import type { Script } from './script.ts';
import type { Entry } from './transcript.ts';

export interface Scene {
  /** As the script calls the case; null where it has one case, without a name. */
  readonly name: string | null;
  readonly state: CaseState;
  readonly log: readonly Event[];
}

export interface Stage {
  readonly script: Script;
  readonly policy: Policy;
  readonly contents: Contents;
  readonly random: (bytes: number) => Uint8Array;
  /** In the order in which they opened; a scene is replaced by the one after it. */
  readonly scenes: Map<CaseId, Scene>;
  /** Grows. */
  readonly entries: Entry[];
}

/** Who acts, when, and what had asked for it. */
export interface Cue {
  readonly actor: Actor;
  readonly who: string;
  readonly at: Instant;
  readonly clock: string | null;
  /** Names for the cases that the action opens. */
  readonly opens: readonly string[];
}

/** A case that opens, as the script calls it, with its first events. */
export interface Begun {
  readonly name: string | null;
  readonly data: readonly EventData[];
}

export function sceneOf(stage: Stage, id: CaseId): Scene {
  const scene = stage.scenes.get(id);
  if (scene === undefined) throw new Error(`there is no case ${id} on this stage`);
  return scene;
}

export function stamped(data: readonly EventData[], { actor, at }: Pick<Cue, 'actor' | 'at'>, version: number): readonly Event[] {
  return data.map((one, index): Event => ({ seq: version + index + 1, at, by: markOf(one, actor), v: eventVersion, ...one }));
}

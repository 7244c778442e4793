// SPDX-License-Identifier: Apache-2.0
// The release room: before anybody says go, what goes out in which format, what each cannot carry, and which cannot honestly be made at all.

import type { PersonActor } from '../core/model/actor.ts';
import type { CaseId } from '../core/model/identifiers.ts';
import { publishesAdvisory } from '../core/process/gates.ts';
import { channelKey } from '../core/process/steps/channels.ts';
import { writtenNow } from './advisory-preview.ts';
import type { LeftOut } from './documents.ts';
import { type Drafts, validated } from './documents.ts';
import { readCase } from './read.ts';
import type { CaseView } from './views.ts';
import type { World } from './world.ts';

export interface ReleaseRoom {
  readonly view: CaseView;
  /** Whether this disclosure has documents at all. */
  readonly publishes: boolean;
  /** As they would be now, in the order of the policy; null while there is no text. */
  readonly drafts: Drafts | null;
  /** What was signed and kept, and goes out as it is; null until then. */
  readonly kept: NonNullable<CaseView['state']['disclosure']['prepared']> | null;
  /** Channels in their order, each once the one before it allows. */
  readonly channels: readonly { readonly key: string; readonly confirmed: boolean; readonly channel: Channel }[];
  /** What has to be met before somebody can say go; undefined where this reader cannot. */
  readonly unmet: readonly string[] | undefined;
}

type Channel = CaseView['policy']['disclosure']['channels'][number];

/** For those who read the whole case; undefined for everybody else. @throws OutsideFailure temporary when the CSAF validator does not answer. */
export async function readReleaseRoom(world: World, actor: PersonActor, id: CaseId): Promise<ReleaseRoom | undefined> {
  const view = await readCase(world, actor, id, 'preview');
  if (view === undefined || view.reach !== 'everything') return undefined;
  const { state, policy } = view;
  const publishes = publishesAdvisory(state, policy);
  const drafts = publishes ? (await writtenNow(world, actor, view, null))?.drafts : undefined;
  const go = view.possibilities.find(({ action }) => action === 'approve-release');
  return {
    view,
    publishes,
    drafts: drafts === undefined ? null : await validated(world, drafts),
    kept: state.disclosure.prepared,
    channels: policy.disclosure.channels.map((channel, index) => {
      const key = channelKey(channel, index);
      return { key, channel, confirmed: state.disclosure.channels.some((one) => one.channel === key && one.state === 'confirmed') };
    }),
    unmet: go?.unmet.map(({ sentence }) => sentence),
  };
}

/** Formats of the policy that do not go out, as they stand now. */
export function leftOut({ drafts }: ReleaseRoom): readonly LeftOut[] {
  return drafts?.left ?? [];
}

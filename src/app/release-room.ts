// SPDX-License-Identifier: Apache-2.0
// The release room: before anybody says go, what goes out in which format, what each cannot carry, and which cannot honestly be made at all.

import type { PersonActor } from '../core/model/actor.ts';
import type { CaseId } from '../core/model/identifiers.ts';
import type { Instant } from '../core/model/time.ts';
import { publishesAdvisory } from '../core/process/gates.ts';
import { channelKey } from '../core/process/steps/channels.ts';
import { type FormatName, formats } from '../formats/index.ts';
import { writtenNow } from './advisory-preview.ts';
import type { LeftOut } from './documents.ts';
import { type Drafts, validated } from './documents.ts';
import { principalOf } from './principal.ts';
import { readCase } from './read.ts';
import { commandsFor } from './sign-documents.ts';
import { fingerprintsOf, signingOf } from './signing.ts';
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
  /** What a person signs of them: null where the program does, or nobody. */
  readonly signing: Signing | null;
  /** Channels in their order, each once the one before it allows. */
  readonly channels: readonly { readonly key: string; readonly confirmed: boolean; readonly channel: Channel }[];
  /** What has to be met before somebody can say go; undefined where this reader cannot. */
  readonly unmet: readonly string[] | undefined;
}

interface Signing {
  readonly waiting: readonly { readonly file: string; readonly how: 'clearsign' | 'detached' }[];
  /** One of them has to sign. */
  readonly keys: readonly { readonly fingerprint: string; readonly expires: Instant | null }[];
  /** Whether this reader may fetch the files and hand signatures in. */
  readonly isYours: boolean;
  readonly commands: readonly string[];
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
    signing: await signingFor(world, actor, view),
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

/** Who signs what of the documents that are kept; from their names alone, no byte of them is read. */
async function signingFor(world: World, actor: PersonActor, { state, policy, possibilities }: CaseView): Promise<Signing | null> {
  const { prepared, unsigned = null } = state.disclosure;
  if (prepared === null || unsigned === null) return null;
  const signing = await world.store.as(principalOf(actor), (transaction) => signingOf(world, actor.project, transaction, policy));
  const waiting = prepared.flatMap(({ file, format }) =>
    unsigned.includes(file) ? [{ file, how: formats[format as FormatName].signing }] : [],
  );
  return {
    waiting,
    keys: signing.by === 'people' ? signing.keys.map(({ fingerprint, expires }) => ({ fingerprint, expires })) : [],
    isYours: possibilities.some(({ action }) => action === 'sign-documents'),
    commands: commandsFor({ files: waiting, keys: fingerprintsOf(signing) }),
  };
}

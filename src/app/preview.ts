// SPDX-License-Identifier: Apache-2.0
// Before anything is opened: what the world will read, byte for byte, what is found in it, and what the hard cap would open. Made by what serves the public.

import type { PersonActor } from '../core/model/actor.ts';
import { duplicatesOf } from '../core/model/case.ts';
import type { AttachmentId, CaseId } from '../core/model/identifiers.ts';
import { undecidedPieces } from '../core/model/record.ts';
import type { Verifiable } from '../ports/store/cases.ts';
import { publishedState } from './as-published.ts';
import type { OpenFinding } from './findings.ts';
import { findingsOf, largestScanned } from './findings.ts';
import { openedView } from './opened.ts';
import { whole } from './pieces.ts';
import { principalOf } from './principal.ts';
import { readCase } from './read.ts';
import { withoutHidden } from './related.ts';
import type { CaseView } from './views.ts';
import type { World } from './world.ts';

export interface Preview {
  /** As those inside read it. */
  readonly inside: CaseView;
  /** As the world reads it, or would if it were published now. */
  readonly published: CaseView;
  /** As the world would read it at the hard cap; null where nothing is agreed, or it is public. */
  readonly atCap: CaseView | null;
  readonly findings: readonly OpenFinding[];
  readonly verifiable: Verifiable;
}

/** For those who read the whole case; undefined for everybody else. */
export async function readPreview(world: World, actor: PersonActor, id: CaseId): Promise<Preview | undefined> {
  const inside = await readCase(world, actor, id, 'preview');
  if (inside === undefined || inside.reach !== 'everything') return undefined;
  const published = asPublished(inside, false);
  const findings = await lookThrough(world, actor, inside, published);
  const verifiable = await world.store.as(principalOf(actor), ({ cases }) => cases.verifiable(id));
  const bundle = inside.state.visibility === 'private' && inside.state.bundle?.agreed === true;
  return {
    inside,
    published,
    atCap: bundle ? asPublished(inside, true) : null,
    findings,
    verifiable,
  };
}

/** What is found in what would be opened: in every text, and in files that are not too large. */
async function lookThrough(world: World, actor: PersonActor, inside: CaseView, published: CaseView): Promise<readonly OpenFinding[]> {
  const undecided = undecidedPieces(inside.state.record);
  const opens = [...published.attachments, ...inside.attachments.filter(({ ref }) => undecided.has(ref.id))];
  const scanned = opens.filter(({ ref }) => ref.bytes <= largestScanned).map(({ ref }) => ref.id);
  const files = await world.store.as(principalOf(actor), async ({ cases }) => {
    const found = new Map<AttachmentId, Uint8Array>();
    for (const file of scanned) {
      const attachment = await cases.attachment(inside.state.case, file);
      if (attachment !== undefined) found.set(file, await whole(attachment.bytes));
    }
    return found;
  });
  return findingsOf(inside, published, files);
}

/**
 * What nobody has decided on, and the version in which it was looked through: in the case, and in the reports that open with it; `bundleOnly`: in what the
 * hard cap would open. Undefined where the policy does not ask, or nothing is seen.
 */
export async function undecidedFindings(
  world: World,
  actor: PersonActor,
  id: CaseId,
  bundleOnly: boolean,
): Promise<{ readonly version: number; readonly open: number } | undefined> {
  const inside = await readCase(world, actor, id, 'action');
  if (inside === undefined || inside.reach !== 'everything' || inside.policy.publication.findings === 'shown') return undefined;
  const own = await openIn(world, actor, inside, bundleOnly);
  let beside = 0;
  for (const duplicate of bundleOnly ? [] : duplicatesOf(inside.state)) {
    const report = await readCase(world, actor, duplicate, 'action');
    if (report !== undefined && report.reach === 'everything') beside += await openIn(world, actor, report, false);
  }
  return { version: inside.state.version, open: own + beside };
}

async function openIn(world: World, actor: PersonActor, inside: CaseView, bundleOnly: boolean): Promise<number> {
  const published = bundleOnly ? asPublished(agreed(inside), true) : asPublished(inside, false);
  return (await lookThrough(world, actor, inside, published)).filter(({ status }) => status === 'open').length;
}

/** The proposal as if it were agreed to, which is when it says what opens. */
function agreed(view: CaseView): CaseView {
  const { bundle } = view.state;
  return bundle === null ? view : { ...view, state: { ...view.state, bundle: { ...bundle, agreed: true } } };
}

/** The case as it would be read if it were published at this moment; as it is read where it is public. */
export function asPublished(view: CaseView, bundleOnly: boolean): CaseView {
  const { state, policy, now } = view;
  if (state.visibility === 'public') return { ...openedView(view), possibilities: [] };
  // What is a duplicate of this case opens with it; of others that belong to it nothing is told before they are open.
  const related = view.related.filter((one) => one.public || one.as === 'duplicate');
  const log = withoutHidden(view.log, state, related, false);
  const published = publishedState(state, policy, now, bundleOnly);
  return { ...openedView({ ...view, related, log, state: published }), possibilities: [] };
}

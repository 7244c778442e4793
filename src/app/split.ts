// SPDX-License-Identifier: Apache-2.0
// Splitting: each part of a report becomes a case of its own, with the whole report copied and sealed under its own key (QEMU-11).

import type { ActionOf, SplitPart } from '../core/model/action.ts';
import type { Actor } from '../core/model/actor.ts';
import type { CaseState, Reporter } from '../core/model/case.ts';
import type { AttachmentRef, ContentRef } from '../core/model/content.ts';
import type { RecordState } from '../core/model/record.ts';
import { closedPieces, publicVersion } from '../core/model/record.ts';
import { partOpened, reportToSplit } from '../core/process/steps/flaws.ts';
import type { AttachmentInfo, CaseRecord } from '../ports/store/cases.ts';
import type { Transaction } from '../ports/store/store.ts';
import type { Contents } from './contents.ts';
import { newContents } from './contents.ts';
import { addLinks } from './intake.ts';
import { openIn } from './keep.ts';
import { whole } from './pieces.ts';
import type { World } from './world.ts';

interface Copied {
  readonly texts: ReadonlyMap<string, string>;
  readonly files: ReadonlyMap<string, { readonly info: AttachmentInfo; readonly bytes: Uint8Array }>;
}

/** Opens the parts in the transaction of the split: there is no moment at which a flaw stands in no case, or in two. */
export async function openParts(
  world: World,
  transaction: Transaction,
  actor: Actor,
  { state, policy }: CaseRecord,
  action: ActionOf<'split-case'>,
  said: Contents,
): Promise<void> {
  const report = reportToSplit(action, state);
  if (report === undefined) return;
  const copied = await read(transaction, state, report);
  for (const part of action.parts) {
    const contents = newContents(world.random);
    const events = partOpened(part, state, {
      ...copyOf(report, state.record, copied, contents),
      title: titleOf(part, report, said, contents),
    });
    await openIn(world, transaction, { actor, policy, policyRef: state.policy, events, contents });
    await addLinks(world, transaction, part.case, report.participant);
  }
}

async function read(transaction: Transaction, state: CaseState, report: Reporter): Promise<Copied> {
  const files = new Map<string, { info: AttachmentInfo; bytes: Uint8Array }>();
  for (const { id } of report.attachments) {
    const found = await transaction.cases.attachment(state.case, id);
    if (found !== undefined) files.set(id, { info: found.info, bytes: await whole(found.bytes) });
  }
  return { texts: await transaction.cases.texts(state.case), files };
}

/**
 * The same report under new ids, salts and hashes. What its reader may not read, or was destroyed, is left out. What is closed in this case stays
 * inside in the part as well: the copy stands for a text with passages struck out, and what is never opened is withheld.
 */
function copyOf(report: Reporter, record: RecordState, { texts, files }: Copied, contents: Contents): Reporter {
  const closed = closedPieces(record);
  const text = ({ id, hash: _, ...about }: ContentRef): readonly ContentRef[] => {
    const standing = publicVersion(record, id);
    const words = texts.get(standing);
    return words === undefined ? [] : [contents.text(closed.has(standing) ? { ...about, audience: 'withheld' } : about, words)];
  };
  const one = (ref: ContentRef | null) => (ref === null ? null : (text(ref)[0] ?? null));
  const file = ({ id, hash: _, bytes: __, ...open }: AttachmentRef): readonly AttachmentRef[] => {
    const found = files.get(id);
    const about = closed.has(id) ? { ...open, audience: 'withheld' as const } : open;
    return found === undefined ? [] : [contents.file(about, { ...found.info, bytes: found.bytes })];
  };
  return {
    ...report,
    report: report.report.flatMap(text),
    attachments: report.attachments.flatMap(file),
    name: one(report.name),
    address: one(report.address),
    creditName: one(report.creditName),
  };
}

/** The part's own title, which the reporter of the part may read as they do the first one. */
function titleOf(part: SplitPart, { participant }: Reporter, said: Contents, contents: Contents): ContentRef {
  const words = said.texts.find(({ ref }) => ref.id === part.title.id)?.text ?? '';
  return contents.text({ kind: 'title', audience: 'shared', participant }, words);
}

// SPDX-License-Identifier: Apache-2.0
// The policy's rules of intake, asked before a report is kept: files that are not taken, choices that are not offered, and whose turn it is.

import type { Origin } from '../core/model/case.ts';
import type { Refused } from '../core/model/refusal.ts';
import { refused } from '../core/model/refusal.ts';
import type { Instant } from '../core/model/time.ts';
import { answerRemarks, fileRemarks, turnOf } from '../core/policy/intake-rules.ts';
import type { Policy } from '../core/policy/policy.ts';
import type { Transaction } from '../ports/store/store.ts';
import { sha256 } from './encoding.ts';
import type { Submission, SubmittedFile } from './submission.ts';
import type { World } from './world.ts';

const origins: readonly Origin[] = ['manual', 'fuzzer', 'static_analysis', 'ai'];

/** What the form or the API does not take. Mail is never refused for it: what it brings is kept with the original. */
export function refusedByRules(submission: Submission, policy: Policy): Refused | undefined {
  if (!byForm(submission)) return undefined;
  const remarks = [
    ...answerRemarks(policy, submission.fields, Object.keys(submission.fields)),
    ...fileRemarks(policy, submission.files.map(sizeOf)),
  ];
  const broken = remarks.find(({ about }) => about === 'refused');
  return broken === undefined ? undefined : refused.invalid(broken.field, broken.sentence);
}

/** Of a mail, files of a refused ending stand in the original alone (QEMU-M3). */
export function filesTaken(submission: Submission, policy: Policy): readonly SubmittedFile[] {
  if (byForm(submission)) return submission.files;
  return submission.files.filter(
    (file) => file.purpose === 'original' || !fileRemarks(policy, [sizeOf(file)]).some(({ about }) => about === 'refused'),
  );
}

export function warningsOf({ files }: Submission, policy: Policy): readonly string[] {
  return fileRemarks(policy, files.map(sizeOf)).flatMap(({ about, sentence }) => (about === 'warned' ? [sentence] : []));
}

/** How it was found: as the door says, or as the form's own question was answered. */
export function originOf({ origin, fields }: Submission): Origin {
  return origin !== 'unknown' ? origin : (origins.find((one) => one === fields['found_with']) ?? 'unknown');
}

/**
 * Counts the report among those of its reporter today, and says when its turn comes; null is at once. A reporter is the account or the
 * address that they give, kept as a keyed hash; whoever gives neither cannot be told apart, and is not counted.
 */
export async function turn(
  world: World,
  { cases }: Transaction,
  submission: Submission,
  policy: Policy,
  now: Instant,
): Promise<Instant | null> {
  const { proof, address, project } = submission;
  const name = proof.by === 'nothing' ? address : JSON.stringify(proof);
  const { reportsPerDay } = policy.intake;
  if (name === null || reportsPerDay === null) return null;
  const scheme = `reports:${sha256(world.derive('message-id', 'reports-of', project, name.toLowerCase())).slice(0, 32)}`;
  const day = Number(now.slice(0, 10).replaceAll('-', ''));
  const running = await cases.nextNumber(scheme, day);
  await cases.takeNumber(scheme, day, running);
  return turnOf(running, reportsPerDay, now);
}

function sizeOf({ name, bytes, purpose }: SubmittedFile) {
  return { name: purpose === 'original' ? '' : name, bytes: purpose === 'original' ? 0 : bytes.length };
}

function byForm({ channel }: Submission): boolean {
  return channel === 'web' || channel === 'api';
}

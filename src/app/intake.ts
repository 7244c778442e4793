// SPDX-License-Identifier: Apache-2.0
// Intake: a report from any door becomes a case, durable before anyone is told so. The same submission twice is the same case.

import type { ActionOf } from '../core/model/action.ts';
import type { ReporterActor } from '../core/model/actor.ts';
import type { CaseState } from '../core/model/case.ts';
import type { AttachmentRef, ContentRef } from '../core/model/content.ts';
import type { CaseId, ParticipantId } from '../core/model/identifiers.ts';
import type { Refused } from '../core/model/refusal.ts';
import { isRefusal } from '../core/model/refusal.ts';
import type { Instant } from '../core/model/time.ts';
import { shifted } from '../core/model/time.ts';
import type { Policy } from '../core/policy/policy.ts';
import { propose } from '../core/policy/scope.ts';
import { submitReport } from '../core/process/steps/intake.ts';
import type { Transaction } from '../ports/store/store.ts';
import { codename } from './codename.ts';
import type { Contents } from './contents.ts';
import { newContents } from './contents.ts';
import { base32, sha256 } from './encoding.ts';
import { filesOf } from './files.ts';
import { filesTaken, originOf, refusedByRules, turn, warningsOf } from './intake-rules.ts';
import { openIn } from './keep.ts';
import { principalOf } from './principal.ts';
import type { Concerned, Routing } from './routing.ts';
import { routingAtReceipt, tellStrangers } from './routing.ts';
import { scan, summary } from './scan.ts';
import { endSecrets, secretStruck } from './sign-in/seen-secrets.ts';
import type { Seen } from './sign-in/tokens.ts';
import { secretOf, secretsIn, secretsInFile } from './sign-in/tokens.ts';
import type { Submission, SubmittedFile } from './submission.ts';
import type { World } from './world.ts';

export type { Submission, SubmittedFile } from './submission.ts';

export interface Received {
  readonly case: CaseId;
  readonly participant: ParticipantId;
  readonly codename: string;
  /** The return key, which opens the reporter's own thread; shown once. */
  readonly key: string;
  /** Address of the page that asks for it. */
  readonly page: string;
  readonly held: boolean;
  /** Everybody can read it from now on. */
  readonly public: boolean;
  /** Beyond what one reporter may send in a day: its turn comes then. */
  readonly queuedUntil: Instant | null;
  /** What the project would rather have had otherwise; it was taken all the same. */
  readonly warnings: readonly string[];
}

/** The form's field in which a reporter says how many separate flaws there are (QEMU-11). */
export const flawCount = 'separate_flaws';

/** How long a reporter's return key opens the thread. */
const keyDays = 365;

/** What a reporter is asked to accept; null where the policy asks for nothing. Without a text of the policy it says what the policy publishes. */
export function consentOf({ texts, publication }: Policy): string | null {
  if (texts.consent !== undefined) return texts.consent;
  return `${whatBecomesPublic(publication)} Remove what is private or secret before you send it.`;
}

function whatBecomesPublic({ scope, reports }: Policy['publication']): string {
  switch (scope) {
    case 'issue':
    case 'full_record':
      return reports === 'every_report'
        ? 'Everything you send here is meant to become public in the end.'
        : 'Everything you send here is meant to become public in the end, if it shows a flaw.';
    case 'notice':
      return reports === 'every_report'
        ? 'What is published in the end draws on what you send here. Should it be an ordinary bug, your report itself becomes public.'
        : 'What is published in the end draws on what you send here.';
    case 'fix_only':
      return 'What is published in the end is the fix. What you send here stays closed unless you agree that it is opened.';
  }
}

/** @throws OutsideFailure when it could not be kept; the sender must be told to try again. */
export async function receiveReport(world: World, submission: Submission): Promise<Received | Refused> {
  const seed = seedOf(world, submission);
  const secrets = secretsOf(submission);
  if (secrets.length > 0) await endSecrets(world, submission.project, secrets);
  const id = base32(seed.subarray(0, 16)) as CaseId;
  const participant = base32(seed.subarray(16, 32)) as ParticipantId;
  const actor: ReporterActor = { kind: 'reporter', project: submission.project, case: id, participant, proof: submission.proof };
  const routing = await routingAtReceipt(world, submission.project, id, concernedBy(submission));
  const kept = await world.store.as(principalOf(actor), async (transaction) => {
    const before = await transaction.cases.find(id);
    if (before !== undefined) return received(world, actor, before.state);
    return open(world, transaction, actor, submission, routing);
  });
  return isRefusal(kept) || secrets.length === 0 ? kept : { ...kept, warnings: [...kept.warnings, secretStruck] };
}

/** Keys of this site in what was sent; the report is kept without them (contents.ts). */
function secretsOf({ title, fields, name, files }: Submission): readonly Seen[] {
  const texts = [title, ...Object.values(fields), name ?? ''];
  return [...texts.flatMap(secretsIn), ...files.flatMap(({ bytes }) => secretsInFile(bytes))];
}

function concernedBy({ title, fields }: Submission): Concerned {
  return { component: fields['component'] ?? '', text: [title, ...Object.values(fields)].join('\n') };
}

/**
 * The answer to a repetition holds the reporter's return key, so only the same report under the same key by the same door is one.
 * Whoever guesses or shares a key sends a report of their own and learns nothing of another (L-23).
 */
function seedOf(world: World, submission: Submission): Uint8Array {
  const { project, channel, key } = submission;
  if (typeof key !== 'string') return world.derive('case', project, channel, key);
  const { title, fields, files, name, address, sensitive, origin, deadline, consented } = submission;
  const answers = Object.entries(fields).sort(([one], [other]) => (one < other ? -1 : 1));
  const sent = files.map((file) => [file.name, file.mediaType, file.purpose, sha256(file.bytes)]);
  const said = JSON.stringify([title, answers, sent, name, address, sensitive, origin, deadline, consented]);
  return world.derive('case', project, channel, key, sha256(said));
}

async function open(
  world: World,
  transaction: Transaction,
  actor: ReporterActor,
  submission: Submission,
  { owner, component, strangers }: Routing,
): Promise<Received | Refused> {
  const { policy, sha256: policyHash } = await transaction.policies.active();
  const policyRef = { name: policy.name, version: policy.version, sha256: policyHash };
  const contents = newContents(world.random);
  const now = world.clock.now();
  const refusal = refusedByRules(submission, policy);
  if (refusal !== undefined) return refusal;
  const queuedUntil = await turn(world, transaction, submission, policy, now);
  const action = {
    ...reportAction(world, actor, submission, policy, contents, now),
    component,
    ...(queuedUntil === null ? {} : { queuedUntil }),
  };
  const events = submitReport(action, { project: submission.project, policy, policyRef, now, ...(owner === undefined ? {} : { owner }) });
  if (isRefusal(events)) return events;
  const { state } = await openIn(world, transaction, { actor, policy, policyRef, events, contents });
  if (state.handling !== 'held') await tellStrangers(world, transaction, state.case, strangers, now);
  const result = { ...received(world, actor, state), warnings: warningsOf(submission, policy) };
  await addLinks(world, transaction, actor.case, actor.participant);
  return result;
}

/** The reporter's two ways back into a case: their return key, and the address for answers. */
export async function addLinks(world: World, transaction: Transaction, id: CaseId, participant: ParticipantId): Promise<void> {
  const expires = shifted(world.clock.now(), { hours: 24 * keyDays });
  for (const token of [returnKey, replyToken])
    await transaction.accounts.addCaseLink({ tokenHash: sha256(token(world, id, participant)), case: id, participant, expires });
}

/** The report as the action that opens a case; its texts and files go to `contents`. */
export function reportAction(
  world: Pick<World, 'random'>,
  actor: ReporterActor,
  submission: Submission,
  policy: Policy,
  contents: Contents,
  now: Instant,
): ActionOf<'submit-report'> {
  const { participant } = actor;
  const own = { audience: 'shared', participant } as const;
  const origin = originOf(submission);
  const keptBack = origin === 'ai' && policy.intake.foundByAi === 'public_without_reproducer';
  const proof = { audience: keptBack ? 'withheld' : 'proof', participant } as const;
  const entries = Object.entries(submission.fields).filter(([name, text]) => text.trim() !== '' && !kept.includes(name));
  const report = entries.map(
    ([field, text]): ContentRef =>
      field === 'description'
        ? contents.text({ kind: 'description', ...own }, text)
        : contents.text({ kind: 'field', field, ...(field === 'reproducer' ? proof : own) }, text),
  );
  const person = (kind: 'sender_name' | 'sender_address' | 'credit_name', text: string | null | undefined) =>
    text === null || text === undefined || text.trim() === ''
      ? null
      : contents.text({ kind, audience: 'withheld', participant }, text.trim());
  const asked = consentOf(policy);
  const proposal = propose(policy.eligibility.scope, submission.fields);
  return {
    kind: 'submit-report',
    case: actor.case,
    codename: codename(world.random),
    participant,
    channel: submission.channel,
    mailbox: submission.mailbox,
    member: submission.member,
    sensitive: submission.sensitive,
    answered: [...entries.map(([name]) => name), ...answeredElsewhere(submission)],
    title: contents.text({ kind: 'title', ...own }, submission.title),
    report,
    attachments: filesTaken(submission, policy).flatMap((file) =>
      file.purpose === 'original'
        ? [originalMail(contents, file, participant)]
        : filesOf(contents, { purpose: file.purpose, ...(file.purpose === 'reproducer' ? proof : own) }, file),
    ),
    name: person('sender_name', submission.name),
    address: person('sender_address', submission.address),
    creditName: person('credit_name', submission.fields['credit_name']),
    origin,
    deadline: submission.deadline,
    component: null,
    consent: submission.consented && asked !== null ? { text: sha256(asked), at: now } : null,
    ...(proposal === null ? {} : { proposal }),
    identified: submission.proof.by !== 'nothing',
    claims: submission.fields,
    ...(submission.exposedSince === undefined ? {} : { exposedSince: submission.exposedSince }),
    scan: summary(scan(`${submission.title}\n${entries.map(([, text]) => text).join('\n')}`)),
    flaws: flawsCounted(submission.fields[flawCount]),
  };
}

/** A mail as it came: its header names the sender and the way it took, so it is never opened (L-72). */
export function originalMail(contents: Contents, file: Omit<SubmittedFile, 'purpose'>, participant?: ParticipantId): AttachmentRef {
  return contents.file({ purpose: 'original', audience: 'withheld', ...(participant === undefined ? {} : { participant }) }, file);
}

/** Fields that have a place of their own beside the report's texts. */
const kept: readonly string[] = ['credit_name', 'deadline', flawCount];

/** What is no number between 1 and 99 is one flaw: a report is not refused for it. */
function flawsCounted(answer: string | undefined): number {
  return /^[1-9][0-9]?$/.test(answer?.trim() ?? '') ? Number(answer) : 1;
}

function answeredElsewhere(submission: Submission): readonly string[] {
  return [
    ...(submission.files.some((file) => file.purpose === 'patch') ? ['patch'] : []),
    ...(submission.files.some((file) => file.purpose === 'reproducer') ? ['reproducer'] : []),
    ...(submission.deadline === null ? [] : ['deadline']),
    ...(submission.fields['credit_name'] ? ['credit_name'] : []),
  ];
}

/** Token of a reporter's address for answers by mail: `reports+TOKEN@…` (L-42). */
export function replyToken(world: World, id: CaseId, participant: ParticipantId): string {
  return base32(world.derive('reply-address', id, participant).subarray(0, 20));
}

/** By which a reporter comes back to their own page; made of the case's own ids, so that a repeated report is answered with the same. */
export function returnKey(world: World, id: CaseId, participant: ParticipantId): string {
  return secretOf('return-key', world.derive('return-key', id, participant));
}

function received(world: World, actor: ReporterActor, { codename: name, handling, queuedUntil, visibility }: CaseState): Received {
  const { case: id, participant, project } = actor;
  return {
    case: id,
    participant,
    codename: name,
    key: returnKey(world, id, participant),
    page: `${world.baseUrl}/${project}/my-report`,
    held: handling === 'held',
    public: visibility === 'public',
    queuedUntil,
    warnings: [],
  };
}

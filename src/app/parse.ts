// SPDX-License-Identifier: Apache-2.0
// Bodies of actions, from JSON and from forms alike, parsed into precise actions: one table, the same words as everywhere.

import { z } from 'zod';
import type { ActionKind } from '../core/model/action.ts';
import type { CaseState } from '../core/model/case.ts';
import type { AttachmentRef, ContentKind, ContentRef } from '../core/model/content.ts';
import type { FlawId, ParticipantId, PersonId, Role } from '../core/model/identifiers.ts';
import { cveId } from '../core/model/identifiers.ts';
import { facts } from '../core/model/regions.ts';
import type { Instant } from '../core/model/time.ts';
import type { CaseAction } from '../core/process/decide.ts';
import { advisoryDraft, partsOf } from './advisory-draft.ts';
import type { Contents } from './contents.ts';
import { base32 } from './encoding.ts';
import { agreedInstant } from './instants.ts';

/** What a body may refer to: the case that its sender looked at, and where texts and files go. */
export interface BodyContext {
  readonly state: CaseState;
  readonly contents: Contents;
  readonly random: (bytes: number) => Uint8Array;
  /** Set when a reporter acts: their texts stand in their own thread. */
  readonly participant: ParticipantId | null;
}

export type ParsedBody = { readonly action: CaseAction } | { readonly problems: readonly Problem[] };

/** One thing that is missing or wrong in a body. `field` is a path with dots. */
export interface Problem {
  readonly field: string;
  readonly sentence: string;
}

/** Actions that people take through a door; the process alone takes the others. */
export type OfferedAction = Exclude<CaseAction['kind'], 'record-preparation' | 'publish-bundle' | 'remind'>;

interface Entry {
  readonly schema: z.ZodType;
  /** `body` is what `schema` gave. */
  readonly build: (body: never, context: BodyContext) => CaseAction;
}

function entry<Schema extends z.ZodType>(schema: Schema, build: (body: z.output<Schema>, context: BodyContext) => CaseAction): Entry {
  return { schema, build };
}

const empty = (value: unknown) => (typeof value === 'string' && value.trim() === '' ? undefined : value);
const text = z.preprocess(
  empty,
  z.string({ error: 'Please write something here.' }).max(200_000, 'This is longer than 200,000 characters.'),
);
const optionalText = z.preprocess(empty, z.string().max(200_000).optional());
const word = z.preprocess(empty, z.string({ error: 'Please choose or name one.' }).max(200));
const optionalWord = z.preprocess(empty, z.string().max(200).optional());
const listOf = <Item extends z.ZodType>(item: Item) =>
  z.preprocess((value) => (value === undefined || Array.isArray(value) ? value : [value]), z.array(item));
const onBranch = { branch: word, component: optionalWord };
const reason = { reason: text };
const nothing = z.object({});

const when = z.preprocess(
  empty,
  z.string({ error: 'Please give a date with hour and zone.' }).transform((value, context) => {
    const agreed = agreedInstant(value);
    if (agreed !== undefined) return agreed;
    context.addIssue({
      code: 'custom',
      message: 'Give date, hour and zone, as in 2026-12-02 15:00 UTC or 2026-12-02 16:00 Europe/Prague.',
    });
    return z.NEVER;
  }),
);

const upload = z.object({
  name: z.string().min(1).max(255),
  mediaType: z.string().max(255).default('application/octet-stream'),
  bytes: z.instanceof(Uint8Array),
});
const fileInput = z.union(
  [
    upload,
    z
      .object({ name: z.string().min(1).max(255), text: z.string().min(1) })
      .transform(({ name, text: body }) => ({ name, mediaType: 'text/plain', bytes: new TextEncoder().encode(body) })),
  ],
  { error: 'Please choose a file.' },
);

export const bodies: Readonly<Record<OfferedAction, Entry>> = {
  'release-report': entry(nothing, () => ({ kind: 'release-report' })),
  'discard-report': entry(z.object({ reason: optionalText }), (body, c) => ({
    kind: 'discard-report',
    reason: maybe(c, 'reason', 'team', body.reason),
  })),
  'take-up-case': entry(nothing, () => ({ kind: 'take-up-case' })),
  'add-person': entry(z.object({ person: word }), (body) => ({ kind: 'add-person', person: body.person as PersonId })),
  'remove-person': entry(z.object({ person: word }), (body) => ({ kind: 'remove-person', person: body.person as PersonId })),
  'assign-owner': entry(z.object({ person: word }), (body) => ({ kind: 'assign-owner', person: body.person as PersonId })),
  'decide-eligibility': entry(
    z.object({ verdict: z.enum(['in', 'out', 'elsewhere'], { error: 'Choose in, out or elsewhere.' }), rule: optionalWord, ...reason }),
    (body, c) => ({
      kind: 'decide-eligibility',
      verdict: body.verdict,
      rule: body.rule ?? null,
      reason: said(c, 'reason', 'team', body.reason),
    }),
  ),
  'confirm-flaw': entry(
    z.object({
      ...reason,
      flaws: z.preprocess(empty, z.coerce.number().int().min(1).max(20).default(1)),
      class: optionalWord,
      severity: z
        .union([z.string().transform((level) => ({ level, vector: undefined })), z.object({ level: optionalWord, vector: optionalWord })])
        .optional(),
      summary: optionalText,
      branches: listOf(z.union([branchLine(), z.object({ ...onBranch, group: word })])).optional(),
    }),
    (body, c) => ({
      kind: 'confirm-flaw',
      flaws: Array.from({ length: body.flaws }, () => base32(c.random(10)) as FlawId),
      class: body.class ?? null,
      severity: severityOf(body.severity),
      reason: said(c, 'reason', 'team', body.reason),
      summary: maybe(c, 'summary', 'team', body.summary),
      branches: (body.branches ?? []).flat().map(({ branch, component, group }) => ({ branch, component: component ?? null, group })),
    }),
  ),
  'dismiss-flaw': entry(z.object(reason), (body, c) => ({ kind: 'dismiss-flaw', reason: said(c, 'reason', 'shared', body.reason) })),
  'assess-severity': entry(z.object({ level: word, vector: optionalWord }), (body) => ({
    kind: 'assess-severity',
    level: body.level,
    vector: body.vector ?? null,
  })),
  'record-fact': entry(
    z.object({ fact: z.enum(facts, { error: `Choose one of ${facts.join(', ')}.` }), since: when, evidence: text }),
    (body, c) => ({
      kind: 'record-fact',
      fact: body.fact,
      since: body.since.at,
      evidence: said(c, 'evidence', 'team', body.evidence),
    }),
  ),
  'propose-embargo': entry(
    z.object({ until: when, reason: optionalText, restart: z.stringbool().or(z.boolean()).default(false) }),
    (body, c) => ({
      kind: 'propose-embargo',
      until: body.until.at,
      zone: body.until.zone,
      reason: maybe(c, 'reason', 'shared', body.reason),
      restart: body.restart,
    }),
  ),
  'agree-embargo': entry(nothing, () => ({ kind: 'agree-embargo' })),
  'refuse-embargo': entry(z.object(reason), (body, c) => ({ kind: 'refuse-embargo', reason: said(c, 'reason', 'shared', body.reason) })),
  'end-embargo': entry(
    z.object({ exit: z.enum(['early_agreed', 'leak', 'exploited'], { error: 'Say why it ends.' }), ...reason }),
    (body, c) => ({
      kind: 'end-embargo',
      exit: body.exit,
      reason: said(c, 'reason', 'team', body.reason),
    }),
  ),
  'propose-bundle': entry(z.object({ summary: text }), (body, c) => ({
    kind: 'propose-bundle',
    summary: said(c, 'summary', 'team', body.summary),
  })),
  'agree-bundle': entry(nothing, () => ({ kind: 'agree-bundle' })),
  'start-fixing': entry(nothing, () => ({ kind: 'start-fixing' })),
  'judge-branch': entry(z.object({ ...onBranch, group: word, affected: z.stringbool().or(z.boolean()) }), (body) => ({
    kind: 'judge-branch',
    ...branch(body),
    group: body.group,
    affected: body.affected,
  })),
  'add-patch': entry(z.object({ ...onBranch, patch: fileInput }), (body, c) => ({
    kind: 'add-patch',
    ...branch(body),
    patch: filed(c, body.patch),
    signedOff: /^Signed-off-by: \S/m.test(new TextDecoder().decode(body.patch.bytes)),
  })),
  'approve-patch': entry(z.object(onBranch), (body) => ({ kind: 'approve-patch', ...branch(body) })),
  'record-posting': entry(z.object({ ...onBranch, messageId: word }), (body) => ({
    kind: 'record-posting',
    ...branch(body),
    messageId: body.messageId,
  })),
  'record-merge': entry(z.object({ ...onBranch, commit: word }), (body) => ({
    kind: 'record-merge',
    ...branch(body),
    commit: body.commit,
  })),
  'record-release': entry(z.object({ ...onBranch, tag: word }), (body) => ({ kind: 'record-release', ...branch(body), tag: body.tag })),
  'request-cve': entry(z.object({ flaw: word }), (body) => ({ kind: 'request-cve', flaw: body.flaw as FlawId })),
  'record-cve': entry(
    z.object({
      flaw: word,
      number: word.transform((value, context) => {
        const id = cveId(value.trim());
        if (id !== undefined) return id;
        context.addIssue({ code: 'custom', message: 'A number looks like CVE-2026-12345.' });
        return z.NEVER;
      }),
    }),
    (body) => ({ kind: 'record-cve', flaw: body.flaw as FlawId, number: body.number }),
  ),
  'waive-cve': entry(z.object({ flaw: word, ...reason }), (body, c) => ({
    kind: 'waive-cve',
    flaw: body.flaw as FlawId,
    reason: said(c, 'reason', 'team', body.reason),
  })),
  'describe-impact': entry(z.object({ impact: text }), (body, c) => ({
    kind: 'describe-impact',
    impact: said(c, 'impact', 'shared', body.impact),
  })),
  'approve-impact': entry(nothing, () => ({ kind: 'approve-impact' })),
  'write-advisory': entry(z.object({ advisory: advisoryDraft }), (body, c) => ({
    kind: 'write-advisory',
    advisory: said(c, 'advisory', 'team', JSON.stringify(body.advisory)),
    parts: partsOf(body.advisory, c.state),
  })),
  'submit-advisory': entry(nothing, () => ({ kind: 'submit-advisory' })),
  'approve-advisory': entry(nothing, () => ({ kind: 'approve-advisory' })),
  'return-advisory': entry(z.object(reason), (body, c) => ({ kind: 'return-advisory', reason: said(c, 'reason', 'team', body.reason) })),
  'decide-credit': entry(
    z.object({
      participant: optionalWord,
      decision: z.enum(['named', 'pseudonym', 'declined'], { error: 'Choose named, pseudonym or declined.' }),
      name: optionalText,
    }),
    (body, c) => ({
      kind: 'decide-credit',
      participant: (body.participant ?? c.participant ?? '') as ParticipantId,
      decision: body.decision,
      name: body.decision === 'declined' ? null : maybe(c, 'credit_name', 'withheld', body.name),
    }),
  ),
  'go-on-call': entry(z.object({ role: word }), (body) => ({ kind: 'go-on-call', role: body.role as Role })),
  'approve-release': entry(nothing, () => ({ kind: 'approve-release' })),
  'stop-release': entry(z.object({ reason: optionalText }), (body, c) => ({
    kind: 'stop-release',
    reason: maybe(c, 'reason', 'team', body.reason),
  })),
  'publish-case': entry(nothing, () => ({ kind: 'publish-case' })),
  'confirm-channel': entry(z.object({ channel: word, evidence: optionalText }), (body, c) => ({
    kind: 'confirm-channel',
    channel: body.channel,
    evidence: maybe(c, 'evidence', 'team', body.evidence),
  })),
  'close-case': entry(nothing, () => ({ kind: 'close-case' })),
  'send-message': entry(z.object({ body: text, to: listOf(word).optional() }), (body, c) => ({
    kind: 'send-message',
    body: said(c, 'message', 'shared', body.body),
    to: (body.to as ParticipantId[] | undefined) ?? c.state.reporters.map((reporter) => reporter.participant),
  })),
  'answer-team': entry(z.object({ body: text, attachments: listOf(fileInput).optional() }), (body, c) => ({
    kind: 'answer-team',
    body: said(c, 'message', 'shared', body.body),
    attachments: (body.attachments ?? []).map((file) => filed(c, file, 'evidence')),
  })),
  'add-note': entry(z.object({ body: text }), (body, c) => ({ kind: 'add-note', body: said(c, 'note', 'team', body.body) })),
};

export function isOffered(kind: string): kind is OfferedAction {
  return Object.hasOwn(bodies, kind);
}

/** Parses a body for an action, or names every field that is missing or wrong; nothing is kept then. */
export function parseBody(kind: OfferedAction, body: unknown, context: BodyContext): ParsedBody {
  const { schema, build } = bodies[kind];
  const parsed = schema.safeParse(body);
  const deviation = optionalText.safeParse((body as { deviation?: unknown } | null)?.deviation);
  if (!parsed.success) return { problems: parsed.error.issues.map((issue) => ({ field: issue.path.join('.'), sentence: issue.message })) };
  const action = build(parsed.data as never, context);
  if (!deviation.success || deviation.data === undefined) return { action };
  return { action: { ...action, deviation: said(context, 'reason', 'shared', deviation.data) } };
}

/** Every action that a door offers, for registries and docs. */
export const offeredActions = Object.keys(bodies) as readonly (OfferedAction & ActionKind)[];

/** A severity without a level is none: an empty choice of a form. */
function severityOf(given: { readonly level?: string | undefined; readonly vector?: string | undefined } | undefined) {
  const level = given?.level?.trim() ?? '';
  return level === '' ? null : { level, vector: given?.vector ?? null };
}

function said(context: BodyContext, kind: ContentKind, audience: ContentRef['audience'], words: string): ContentRef {
  return context.contents.text({ kind, audience, ...thread(context) }, words);
}

function maybe(context: BodyContext, kind: ContentKind, audience: ContentRef['audience'], words: string | undefined): ContentRef | null {
  return words === undefined ? null : said(context, kind, audience, words);
}

function filed(
  context: BodyContext,
  file: { readonly name: string; readonly mediaType: string; readonly bytes: Uint8Array },
  purpose: AttachmentRef['purpose'] = 'patch',
): AttachmentRef {
  return context.contents.file({ purpose, audience: 'shared', ...thread(context) }, file);
}

function thread({ participant }: BodyContext): { readonly participant?: ParticipantId } {
  return participant === null ? {} : { participant };
}

function branch(body: { readonly branch: string; readonly component?: string | undefined }) {
  return { branch: body.branch, component: body.component ?? null };
}

/** `stable stable-9.2 nova`: group, branch, and the component where there are several; one line each. */
function branchLine() {
  return z.string().transform((lines) =>
    lines
      .split('\n')
      .map((line) => line.trim().split(/\s+/))
      .filter(([name]) => name !== undefined && name !== '')
      .map(([group = '', name = '', component]) => ({ branch: name, group, component })),
  );
}

export type { Instant };

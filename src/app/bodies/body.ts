// SPDX-License-Identifier: Apache-2.0
// What bodies of actions are made of: the fields that several share, and how texts and files become references.

import { z } from 'zod';
import type { CaseAction } from '../../core/model/action.ts';
import type { CaseState } from '../../core/model/case.ts';
import type { AttachmentRef, ContentKind, ContentRef } from '../../core/model/content.ts';
import type { Event } from '../../core/model/event.ts';
import type { ContentId, ParticipantId } from '../../core/model/identifiers.ts';
import type { Policy } from '../../core/policy/policy.ts';
import { type WithheldKind, withheldKinds } from '../../core/policy/words.ts';
import type { Contents } from '../contents.ts';
import { agreedInstant } from '../instants.ts';

/** What a body may refer to: the case that its sender looked at, and where texts and files go. */
export interface BodyContext {
  readonly state: CaseState;
  readonly policy: Policy;
  readonly contents: Contents;
  readonly random: (bytes: number) => Uint8Array;
  /** The log and the texts as the sender reads them: what an action says about them is looked up here. */
  readonly log: readonly Event[];
  readonly texts: ReadonlyMap<ContentId, string>;
  /** Set when a reporter acts: their texts stand in their own thread. */
  readonly participant: ParticipantId | null;
}

/** Actions that people take through a door; the process alone takes the others. */
export type OfferedAction = Exclude<
  CaseAction['kind'],
  | 'complete-import'
  | 'record-preparation'
  | 'publish-bundle'
  | 'publish-unfixed'
  | 'update-relations'
  | 'retire-branches'
  | 'open-proofs'
  | 'record-patch-check'
  | 'remind'
  | 'withdraw-message'
  | 'withdraw-party-message'
  | 'pass-on-case'
>;

export interface Entry {
  readonly schema: z.ZodType;
  /** `body` is what `schema` gave. */
  readonly build: (body: never, context: BodyContext) => CaseAction;
}

export type Entries = Readonly<Partial<Record<OfferedAction, Entry>>>;

export function entry<Schema extends z.ZodType>(
  schema: Schema,
  build: (body: z.output<Schema>, context: BodyContext) => CaseAction,
): Entry {
  return { schema, build };
}

/** A field of a form that was left empty is a field that is not there. */
export const empty = (value: unknown) => (typeof value === 'string' && value.trim() === '' ? undefined : value);
/** What to say of a field that has to be text: nothing is there, or something else is, as a commit of digits alone that YAML or JSON reads as a number. */
export const notText =
  (missing: string) =>
  ({ input }: { readonly input?: unknown }) =>
    input === undefined || input === null ? missing : `${found(input)} stands here; it has to be text. Write it in quotes.`;
const found = (input: unknown) =>
  typeof input === 'number'
    ? 'A number'
    : typeof input === 'boolean'
      ? 'A yes or no'
      : Array.isArray(input)
        ? 'A list'
        : 'Something that is not text';
export const text = z.preprocess(
  empty,
  z.string({ error: notText('Please write something here.') }).max(200_000, 'This is longer than 200,000 characters.'),
);
export const optionalText = z.preprocess(
  empty,
  z
    .string({ error: notText('Please write something here.') })
    .max(200_000)
    .optional(),
);
/** Names and words stand in the log as they are, and on one line: without control characters and halves of characters. */
export const oneLine = /^[^\p{Cc}\p{Cs}]*$/u;
export const notOneLine = 'One line, please, without control characters.';
export const word = z.preprocess(
  empty,
  z
    .string({ error: notText('Please choose or name one.') })
    .max(200)
    .regex(oneLine, notOneLine),
);
export const optionalWord = z.preprocess(
  empty,
  z
    .string({ error: notText('Please choose or name one.') })
    .max(200)
    .regex(oneLine, notOneLine)
    .optional(),
);
export const yesOrNo = z.union([z.stringbool(), z.boolean()], { error: 'Choose yes or no.' });
export const reason = { reason: text };
export const nothing = z.object({});

/** Marked at once as never to be opened, with the class of the reason; left empty it becomes public with the record. */
export const never = z.preprocess(
  empty,
  z.enum(withheldKinds, { error: `Choose one of ${withheldKinds.join(', ')}, or nothing.` }).optional(),
);
export const fate = (body: { readonly never?: WithheldKind | undefined }) => (body.never === undefined ? {} : { never: body.never });

/** One value of a form is a list of one. */
export const listOf = <Item extends z.ZodType>(item: Item) =>
  z.preprocess((value) => (value === undefined || Array.isArray(value) ? value : [value]), z.array(item));

export const when = z.preprocess(
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

const fileName = z.string().min(1).max(255).regex(oneLine, notOneLine);
const upload = z.object({
  name: fileName,
  mediaType: z.string().max(255).default('application/octet-stream'),
  bytes: z.instanceof(Uint8Array),
});
export const fileInput = z.union(
  [
    upload,
    z
      .object({ name: fileName, text: z.string().min(1) })
      .transform(({ name, text: body }) => ({ name, mediaType: 'text/plain', bytes: new TextEncoder().encode(body) })),
  ],
  { error: 'Please choose a file.' },
);

export function said(context: BodyContext, kind: ContentKind, audience: ContentRef['audience'], words: string): ContentRef {
  return context.contents.text({ kind, audience, ...thread(context) }, words);
}

export function maybe(
  context: BodyContext,
  kind: ContentKind,
  audience: ContentRef['audience'],
  words: string | undefined,
): ContentRef | null {
  return words === undefined ? null : said(context, kind, audience, words);
}

export function filed(
  context: BodyContext,
  file: { readonly name: string; readonly mediaType: string; readonly bytes: Uint8Array },
  purpose: AttachmentRef['purpose'],
): AttachmentRef {
  return context.contents.file({ purpose, audience: 'shared', ...thread(context) }, file);
}

export function thread({ participant }: BodyContext): { readonly participant?: ParticipantId } {
  return participant === null ? {} : { participant };
}

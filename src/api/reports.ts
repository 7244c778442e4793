// SPDX-License-Identifier: Apache-2.0
// Reports by API: the same intake as the form. The answer tells the codename and the reporter's return key, once.

import type { Context } from 'hono';
import { z } from 'zod';
import { notOneLine, oneLine } from '../app/bodies/body.ts';
import { base32 } from '../app/encoding.ts';
import { agreedInstant } from '../app/instants.ts';
import type { Submission } from '../app/intake.ts';
import { receiveReport } from '../app/intake.ts';
import type { World } from '../app/world.ts';
import type { ProjectId } from '../core/model/identifiers.ts';
import { isRefusal } from '../core/model/refusal.ts';
import { jsonBody } from './body.ts';
import { invalidBody, problem, refusalProblem } from './problem.ts';

const file = z.strictObject({
  name: z.string().min(1).max(255).regex(oneLine, notOneLine),
  mediaType: z.string().max(255).default('application/octet-stream'),
  purpose: z.enum(['evidence', 'reproducer', 'patch']).default('evidence'),
  base64: z.base64().describe('The bytes of the file.'),
});

export const reportBody = z.strictObject({
  title: z.string().trim().min(1, 'Give the report a title.').max(300),
  fields: z
    .record(z.string().regex(/^[a-z][a-z0-9_]*$/), z.string().max(200_000))
    .describe('Answers by field name; `description` is the report.'),
  sensitive: z.enum(['yes', 'unsure', 'no']).default('unsure').describe('Unsure means private (QEMU-14).'),
  origin: z.enum(['manual', 'fuzzer', 'static_analysis', 'ai', 'unknown']).default('unknown'),
  name: z.string().max(200).nullable().default(null),
  address: z.email().max(254).nullable().default(null),
  deadline: z.string().nullable().default(null).describe('Your own latest date: date, hour and zone.'),
  exposedSince: z.string().nullable().default(null).describe('It stood in public by mistake, since then: date, hour and zone.'),
  consent: z.boolean().default(false).describe('That what is sent becomes public in the end was read and accepted.'),
  files: z.array(file).max(20).default([]),
});

/** What nobody guesses: a UUID has 36 characters, 128 bits in base 64 have 22. */
const keyForm = /^[\x21-\x7e]{22,255}$/;

export async function postReport(world: World, context: Context, project: ProjectId): Promise<Response> {
  const key = context.req.header('Idempotency-Key') ?? base32(world.random(16));
  if (!keyForm.test(key))
    return problem(
      context,
      invalidBody([{ field: 'Idempotency-Key', sentence: 'Give a key of at least 22 random characters, such as a UUID.' }]),
    );
  const sent = await jsonBody(context);
  if ('malformed' in sent) return problem(context, sent.malformed);
  const parsed = reportBody.safeParse(sent.body);
  if (!parsed.success)
    return problem(context, invalidBody(parsed.error.issues.map((issue) => ({ field: issue.path.join('.'), sentence: issue.message }))));
  const { body, deadline } = { body: parsed.data, deadline: parsed.data.deadline === null ? null : agreedInstant(parsed.data.deadline) };
  const exposedSince = body.exposedSince === null ? null : agreedInstant(body.exposedSince);
  if (exposedSince === undefined)
    return problem(context, invalidBody([{ field: 'exposedSince', sentence: 'Give date, hour and zone, as in 2026-12-02 15:00 UTC.' }]));
  if (deadline === undefined)
    return problem(context, invalidBody([{ field: 'deadline', sentence: 'Give date, hour and zone, as in 2026-12-02 15:00 UTC.' }]));
  const received = await receiveReport(world, {
    ...submission(project, body, deadline?.at ?? null, key),
    ...(exposedSince === null ? {} : { exposedSince: exposedSince.at }),
  });
  if (isRefusal(received)) return problem(context, refusalProblem(received.refusal));
  const { case: id, codename, key: returnKey, page, held, public: open, queuedUntil, warnings } = received;
  return context.json({ case: id, codename, key: returnKey, page, held, public: open, queuedUntil, warnings }, 201);
}

function submission(project: ProjectId, body: z.output<typeof reportBody>, deadline: Submission['deadline'], key: string): Submission {
  return {
    project,
    channel: 'api',
    mailbox: null,
    proof: { by: 'nothing' },
    member: false,
    key,
    title: body.title,
    fields: body.fields,
    files: body.files.map(({ base64, ...rest }) => ({ ...rest, bytes: Buffer.from(base64, 'base64') })),
    name: body.name,
    address: body.address,
    sensitive: body.sensitive,
    origin: body.origin,
    deadline,
    consented: body.consent,
  };
}

// SPDX-License-Identifier: Apache-2.0
// The report of a script: the fields of the API's report, and the channel by which it came.

import { z } from 'zod';
import type { ReporterActor } from '../../core/model/actor.ts';
import type { CaseId, ParticipantId, ProjectId } from '../../core/model/identifiers.ts';
import { notText } from '../bodies/body.ts';
import { agreedInstant } from '../instants.ts';
import type { Submission } from '../intake.ts';

/** The reporter of every script; its participant is called so too, so that a script can name it. */
export const simulatedReporter: ReporterActor = {
  kind: 'reporter',
  project: 'simulated' as ProjectId,
  case: 'simulated' as CaseId,
  participant: 'reporter' as ParticipantId,
  proof: { by: 'nothing' },
};

const file = z.strictObject({ name: z.string().min(1), text: z.string(), purpose: z.enum(['evidence', 'reproducer', 'patch']) });

export const scriptedReport = z.strictObject({
  channel: z.enum(['web', 'api', 'mail', 'member_mail', 'gitlab', 'tracker']).default('web'),
  /** The address that received it, when mail did. */
  mailbox: z.string().nullable().default(null),
  /** Sent by a member. */
  member: z.boolean().default(false),
  title: z.string({ error: notText('A report has a title.') }).min(1, 'A report has a title.'),
  fields: z.record(z.string().regex(/^[a-z][a-z0-9_]*$/), z.string({ error: notText('Please write something here.') })),
  sensitive: z.enum(['yes', 'unsure', 'no']).default('unsure'),
  origin: z.enum(['manual', 'fuzzer', 'static_analysis', 'ai', 'unknown']).default('unknown'),
  name: z.string().nullable().default(null),
  deadline: z
    .string()
    .transform((text, context) => agreedInstant(text)?.at ?? hourless(context))
    .nullable()
    .default(null),
  consent: z.boolean().default(true),
  files: z.array(file).default([]),
});

export function submissionOf(report: z.output<typeof scriptedReport>): Submission {
  const { channel, mailbox, member, title, fields, sensitive, origin, name, deadline, consent, files } = report;
  return {
    project: simulatedReporter.project,
    channel,
    mailbox,
    proof: { by: 'nothing' },
    member,
    key: '',
    title,
    fields,
    files: files.map(({ text, ...rest }) => ({ ...rest, mediaType: 'text/plain', bytes: new TextEncoder().encode(text) })),
    name,
    address: 'reporter@example.org',
    sensitive,
    origin,
    deadline,
    consented: consent,
  };
}

function hourless(context: z.RefinementCtx): never {
  context.addIssue({ code: 'custom', message: 'Give date, hour and zone, as in 2026-12-02 15:00 UTC.' });
  return z.NEVER;
}

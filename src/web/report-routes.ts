// SPDX-License-Identifier: Apache-2.0
// Reporting by form: write, check the answers, send. Nothing is kept before it is sent, and nothing that was typed is lost when something is missing.

import type { Context } from 'hono';
import { base32 } from '../app/encoding.ts';
import { agreedInstant } from '../app/instants.ts';
import type { Submission } from '../app/intake.ts';
import { consentOf, receiveReport } from '../app/intake.ts';
import { scan } from '../app/scan.ts';
import type { World } from '../app/world.ts';
import type { Origin } from '../core/model/case.ts';
import { isRefusal } from '../core/model/refusal.ts';
import { answerRemarks } from '../core/policy/intake-rules.ts';
import type { Policy } from '../core/policy/policy.ts';
import type { Problem } from './fields.ts';
import type { SentForm } from './form-body.ts';
import { sentForm } from './form-body.ts';
import { ReceivedPage } from './pages/received.tsx';
import { ReportPage } from './pages/report.tsx';
import type { Found } from './pages/report-check.tsx';
import { ReportCheckPage } from './pages/report-check.tsx';
import { render } from './render.ts';
import { allFields } from './report-fields.ts';
import type { Visit } from './visit.ts';
import { activePolicy } from './visit.ts';

const origins: readonly Origin[] = ['manual', 'fuzzer', 'static_analysis', 'ai'];
/** Answers that have a place of their own in a submission. */
const apart: readonly string[] = ['title', 'name', 'address', 'sensitive', 'deadline', 'consent', 'csrf', 'idempotency-key'];

export async function writeReport(world: World, context: Context, visit: Visit): Promise<Response> {
  const form = context.req.method === 'POST' ? await sentForm(context.req.raw) : undefined;
  const policy = await activePolicy(world, visit.project);
  return context.html(
    render(
      ReportPage({ frame: visit.frame, policy, filled: { values: form?.values ?? {}, problems: [] }, idempotencyKey: keyOf(world, form) }),
    ),
  );
}

export async function checkReport(world: World, context: Context, visit: Visit): Promise<Response> {
  const form = await sentForm(context.req.raw);
  const policy = await activePolicy(world, visit.project);
  const problems = missing(form, policy);
  const filled = { values: form.values, problems };
  const idempotencyKey = keyOf(world, form);
  if (problems.length > 0) return context.html(render(ReportPage({ frame: visit.frame, policy, filled, idempotencyKey })), 422);
  return context.html(
    render(
      ReportCheckPage({ frame: visit.frame, policy, filled, idempotencyKey, findings: findings(form, policy), consent: consentOf(policy) }),
    ),
  );
}

export async function sendReport(world: World, context: Context, visit: Visit): Promise<Response> {
  const form = await sentForm(context.req.raw);
  const policy = await activePolicy(world, visit.project);
  const idempotencyKey = keyOf(world, form);
  const problemsBefore = missing(form, policy);
  if (problemsBefore.length > 0)
    return context.html(
      render(ReportPage({ frame: visit.frame, policy, filled: { values: form.values, problems: problemsBefore }, idempotencyKey })),
      422,
    );
  const received = await receiveReport(world, submission(visit, form, idempotencyKey));
  if (isRefusal(received)) {
    const problems: readonly Problem[] =
      received.refusal.kind === 'invalid'
        ? [received.refusal]
        : [{ field: 'description', sentence: 'This report cannot be taken as it is.' }];
    const filled = { values: form.values, problems };
    const atCheck = problems.every((problem) => ['consent', 'attachments'].includes(problem.field));
    const page = atCheck
      ? ReportCheckPage({
          frame: visit.frame,
          policy,
          filled,
          idempotencyKey,
          findings: findings(form, policy),
          consent: consentOf(policy),
        })
      : ReportPage({ frame: visit.frame, policy, filled, idempotencyKey });
    return context.html(render(page), 422);
  }
  return context.html(render(ReceivedPage({ frame: visit.frame, policy, received })), 201);
}

function submission(visit: Visit, form: SentForm, key: string): Submission {
  const of = (name: string) => form.values[name] ?? '';
  const fields = Object.fromEntries(Object.entries(form.values).filter(([name]) => !apart.includes(name)));
  const sensitive = of('sensitive');
  return {
    project: visit.project,
    channel: 'web',
    mailbox: null,
    proof: visit.actor?.proof ?? { by: 'nothing' },
    // Who has left may still have a session, and a role no more.
    member: (visit.actor?.roles.length ?? 0) > 0,
    key,
    title: of('title').trim(),
    fields,
    files: Object.entries(form.files).flatMap(([name, files]) =>
      files.map((file) => ({ ...file, purpose: name === 'patch' || name === 'reproducer' ? name : ('evidence' as const) })),
    ),
    name: of('name').trim() || null,
    address: of('address').trim() || null,
    sensitive: sensitive === 'yes' || sensitive === 'no' ? sensitive : 'unsure',
    origin: origins.find((origin) => origin === of('found_with')) ?? 'unknown',
    deadline: agreedInstant(of('deadline'))?.at ?? null,
    consented: of('consent') === 'yes',
  };
}

/** Everything that is missing or not of its form, each by the name of its field. Files are asked on the next page. */
function missing(form: SentForm, policy: Policy): readonly Problem[] {
  const asked = allFields(policy);
  const empty = asked.filter((field) => field.required && (form.values[field.name] ?? '').trim() === '');
  const unoffered = answerRemarks(policy, form.values, []).filter(({ about }) => about === 'refused');
  const deadline = (form.values['deadline'] ?? '').trim();
  const address = (form.values['address'] ?? '').trim();
  return [
    ...empty.map((field) => ({ field: field.name, sentence: `Please fill in “${field.label}”.` })),
    ...unoffered.map(({ field, sentence }) => ({ field, sentence })),
    ...(deadline !== '' && agreedInstant(deadline) === undefined
      ? [{ field: 'deadline', sentence: 'Give date, hour and zone, as in 2026-12-02 15:00 UTC.' }]
      : []),
    ...(address !== '' && !/^[^\s@<>(),;:"[\]\\]{1,64}@[^\s@<>(),;:"[\]\\]{1,253}$/.test(address)
      ? [{ field: 'address', sentence: 'This does not look like a mail address.' }]
      : []),
  ];
}

function findings(form: SentForm, policy: Policy): readonly Found[] {
  return allFields(policy)
    .filter((field) => !apart.includes(field.name) || field.name === 'title')
    .flatMap((field) =>
      scan(form.values[field.name] ?? '').map(({ line, from, to, sentence }) => ({ field: field.name, line, from, to, sentence })),
    );
}

function keyOf(world: World, form: SentForm | undefined): string {
  const given = form?.values['idempotency-key'] ?? '';
  return /^[0-9a-z]{26}$/.test(given) ? given : base32(world.random(16));
}

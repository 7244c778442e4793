// SPDX-License-Identifier: Apache-2.0
// The public form: how do I tell you safely, and is it complete? Three sections on one page, then a page to check the answers.

import { becomesPublic, readers } from '../../app/policy-text/sentences.ts';
import { closedSeason, closedSentence } from '../../core/policy/intake-rules.ts';
import type { Policy } from '../../core/policy/policy.ts';
import { ErrorSummary, Fields } from '../components/field.tsx';
import { Icon } from '../components/icon.tsx';
import { Layout } from '../components/layout.tsx';
import { Notice } from '../components/notice.tsx';
import { Facts, Head, Part } from '../components/part.tsx';
import { Post } from '../components/post.tsx';
import type { Field, Filled } from '../fields.ts';
import type { Frame } from '../frame.ts';
import { pathsOf } from '../paths.ts';
import { reportFields } from '../report-fields.ts';
import { ScopeAnswer } from './scope.tsx';

export interface ReportPageProps {
  readonly frame: Frame;
  readonly policy: Policy;
  readonly filled: Filled;
  /** Drawn once for this report: sending it twice is the same case. */
  readonly idempotencyKey: string;
}

export function ReportPage({ frame, policy, filled, idempotencyKey }: ReportPageProps) {
  const fields = reportFields(policy);
  const paths = pathsOf(frame.project.id);
  return (
    <Layout
      frame={frame}
      title="Report a vulnerability"
      current="report"
      band={{ standing: { kind: 'confidential' }, remark: readers(policy), unlabelled: true }}
    >
      <Head
        title="Report a vulnerability"
        eyebrow={[`Policy ${policy.name}, version ${policy.version}`, 'no account needed']}
        lead="Nothing is sent before you have seen it again on the next page."
      />
      <Steps at="write" />
      <Season frame={frame} policy={policy} />
      <div class="columns">
        <Post frame={frame} action={paths.checkReport} look="form">
          <input type="hidden" name="idempotency-key" value={idempotencyKey} />
          <ErrorSummary form="report" problems={filled.problems} />
          <Scope {...{ frame, policy, filled }} form={fields.scope} />
          <Section title="What" form={fields.what} filled={filled} />
          <Section title="Evidence" form={fields.evidence} filled={filled} remark="files are added on the next page" />
          <Section title="You" form={fields.you} filled={filled} />
          <p class="actions field">
            <button class="button is-primary" type="submit">
              Check your answers
            </button>
            <span class="label">Nothing is sent yet, and nothing is kept.</span>
          </p>
        </Post>
        <Beside frame={frame} policy={policy} />
      </div>
    </Layout>
  );
}

/** In a closed season: the project's own sentence, and what still gets through. */
function Season({ frame, policy }: Pick<ReportPageProps, 'frame' | 'policy'>) {
  const season = closedSeason(policy, frame.now, {});
  if (season === undefined) return null;
  return (
    <Notice title="Closed for now" tone="danger" icon="alert">
      <p class="said">{closedSentence(policy, season)}</p>
      {season.except.length === 0 ? null : <p>What still gets through: {season.except.map((one) => exceptions[one]).join('; ')}.</p>}
    </Notice>
  );
}

const exceptions = { exploited: 'a flaw that is being exploited', already_public: 'a flaw that is public already' } as const;

/** The questions of the scope table, before anything else is typed: it can be asked here, and nothing is kept of it (QEMU-21). */
function Scope({ frame, policy, filled, form }: Omit<ReportPageProps, 'idempotencyKey'> & { readonly form: readonly Field[] }) {
  if (form.length === 0) return null;
  const asked = form.some((field) => (filled.values[field.name] ?? '').trim() !== '');
  return (
    <Part title="In scope?" remark="a rule proposes, a person decides">
      <Fields form="report" fields={form} filled={filled} />
      <p class="actions field">
        <button class="button" type="submit" formaction={pathsOf(frame.project.id).report} formnovalidate>
          Ask the scope table
        </button>
        <span class="label">Nothing is sent or kept.</span>
      </p>
      {asked ? <ScopeAnswer policy={policy} answers={filled.values} ask /> : null}
    </Part>
  );
}

function Section({
  title,
  form,
  filled,
  remark,
}: {
  readonly title: string;
  readonly form: ReturnType<typeof reportFields>['what'];
  readonly filled: Filled;
  readonly remark?: string;
}) {
  if (form.length === 0) return null;
  return (
    <Part title={title} {...(remark === undefined ? {} : { remark })}>
      <Fields form="report" fields={form} filled={filled} />
    </Part>
  );
}

/** Where one is on the way. */
export function Steps({ at }: { readonly at: 'write' | 'check' | 'sent' }) {
  const steps = [
    { name: 'write', label: '1 Write' },
    { name: 'check', label: '2 Check and send' },
    { name: 'sent', label: '3 Received' },
  ] as const;
  const here = steps.findIndex((step) => step.name === at);
  return (
    <ol class="steps" aria-label="Steps">
      {steps.map((step, index) => (
        <li {...(index === here ? { 'aria-current': 'step' } : {})}>
          {index < here ? <Icon name="check" /> : null} {step.label}
        </li>
      ))}
    </ol>
  );
}

function Beside({ frame, policy }: { readonly frame: Frame; readonly policy: Policy }) {
  const { scope } = policy.eligibility;
  return (
    <aside class="side" aria-label="Before you send">
      <Part title="What becomes public">
        <Facts rows={becomesPublic(policy)} />
      </Part>
      {scope.length === 0 ? null : (
        <Part title="What is in scope" remark="a person decides">
          <ul class="stack">
            {scope.map((row) => (
              <li>
                {row.say}{' '}
                <span class="quiet">
                  ({row.proposes === 'in' ? 'in scope' : row.proposes === 'out' ? 'ordinary bug' : 'belongs elsewhere'})
                </span>
              </li>
            ))}
          </ul>
        </Part>
      )}
      <Part title="Rather not a form?">
        <p>
          The <a href={pathsOf(frame.project.id).policy}>policy</a> names the other ways to reach us.
        </p>
      </Part>
    </aside>
  );
}

// SPDX-License-Identifier: Apache-2.0
// Check your answers: the whole report as it will be kept, what looks like a secret marked in its line, files, consent; then it is sent.

import { becomesPublic, readers } from '../../app/policy-text/sentences.ts';
import type { Policy } from '../../core/policy/policy.ts';
import { ErrorSummary, Fields } from '../components/field.tsx';
import { Icon } from '../components/icon.tsx';
import { Layout } from '../components/layout.tsx';
import { Notice } from '../components/notice.tsx';
import { Facts, Head, Part } from '../components/part.tsx';
import { Post } from '../components/post.tsx';
import { type Field, type Filled, type Problem, untouched } from '../fields.ts';
import type { Frame } from '../frame.ts';
import { pathsOf } from '../paths.ts';
import { allFields, reportFiles } from '../report-fields.ts';
import { count } from '../words.ts';
import { Steps } from './report.tsx';
import { ScopeAnswer } from './scope.tsx';

/** Something in an answer that the reporter may not have meant to publish (QEMU-28). */
export interface Found {
  readonly field: string;
  /** 1 for the first line. */
  readonly line: number;
  /** Offsets within that line. */
  readonly from: number;
  readonly to: number;
  readonly sentence: string;
}

export interface ReportCheckPageProps {
  readonly frame: Frame;
  readonly policy: Policy;
  readonly filled: Filled;
  readonly idempotencyKey: string;
  readonly findings: readonly Found[];
  /** What the reporter accepts; null where the policy wants no consent. */
  readonly consent: string | null;
}

export function ReportCheckPage(props: ReportCheckPageProps) {
  const { frame, policy, filled, findings } = props;
  const all = allFields(policy);
  const given = all.filter((field) => field.required || (filled.values[field.name] ?? '').trim() !== '');
  return (
    <Layout
      frame={frame}
      title="Check your report"
      current="report"
      band={{ standing: { kind: 'confidential' }, remark: readers(policy), unlabelled: true }}
    >
      <Head title="Check your report" lead="This is what will be kept. Nothing has been sent yet." />
      <Steps at="check" />
      <div class="columns">
        <div>
          <ErrorSummary form="send" problems={filled.problems} />
          <Warnings findings={findings} fields={all} />
          <ScopeAnswer policy={policy} answers={filled.values} ask />
          <FoundByAi policy={policy} values={filled.values} />
          <Part title="Your answers" remark={<ChangeLink {...props} />}>
            <Facts
              roomy
              rows={given.map((field) => [field.label, <Answer field={field} filled={filled} findings={findings} />] as const)}
            />
            <NotGiven fields={all.filter((field) => !given.includes(field))} />
          </Part>
          <Send {...props} fields={all} />
        </div>
        <aside class="side" aria-label="What happens to it">
          <Part title="What becomes public">
            <Facts rows={becomesPublic(policy)} />
          </Part>
        </aside>
      </div>
    </Layout>
  );
}

/** One line for all that was left open: what is sent should be read, and not be sought among what is not. */
function NotGiven({ fields }: { readonly fields: readonly Field[] }) {
  if (fields.length === 0) return null;
  return <p class="label after">Left open, and not needed: {fields.map(({ label }) => label.replace(/\?$/, '')).join('; ')}.</p>;
}

/** Back to the first page with everything that was typed. */
function ChangeLink({ frame, policy, filled, idempotencyKey }: ReportCheckPageProps) {
  return (
    <Post frame={frame} action={pathsOf(frame.project.id).report}>
      <Hidden policy={policy} filled={filled} idempotencyKey={idempotencyKey} />
      <button class="button is-small" type="submit">
        Change answers
      </button>
    </Post>
  );
}

function Warnings({ findings, fields }: { readonly findings: readonly Found[]; readonly fields: readonly Field[] }) {
  if (findings.length === 0) return null;
  return (
    <Notice title={`${count(findings.length, 'line', 'lines')} to look at before you send`} tone="danger" icon="alert" alert>
      <p>What you send may become public in the end. You can send it all the same.</p>
      <ul>
        {findings.map((found) => (
          <li>
            <a href={`#answer-${found.field}`}>
              {fields.find((field) => field.name === found.field)?.label ?? found.field}, line {found.line}
            </a>
            : {found.sentence}
          </li>
        ))}
      </ul>
    </Notice>
  );
}

/** Said before it is sent: whoever reports what an AI found has to know that it starts in public (QEMU-M11). */
function FoundByAi({ policy, values }: { readonly policy: Policy; readonly values: Filled['values'] }) {
  const { foundByAi } = policy.intake;
  if (values['found_with'] !== 'ai' || (foundByAi !== 'public' && foundByAi !== 'public_without_reproducer')) return null;
  return (
    <Notice title="It will be public as soon as you send it" tone="danger" icon="alert">
      <p>
        What an AI found, others find as well; this project handles it in the open.
        {foundByAi === 'public_without_reproducer' ? ' The reproducer is kept back.' : ''}
      </p>
    </Notice>
  );
}

function Answer({ field, filled, findings }: { readonly field: Field; readonly filled: Filled; readonly findings: readonly Found[] }) {
  const value = filled.values[field.name] ?? '';
  const own = findings.filter((found) => found.field === field.name);
  if (value.trim() === '') return <span class="quiet">not given</span>;
  if (own.length > 0) return <Numbered id={`answer-${field.name}`} text={value} findings={own} />;
  return (
    <div class={'code' in field && field.code === true ? 'said is-code' : 'said'} dir="auto" id={`answer-${field.name}`}>
      {inWords(field, value)}
    </div>
  );
}

function inWords(field: Field, value: string): string {
  if (field.kind === 'tick') return value === 'yes' ? 'Yes' : 'No';
  return field.kind === 'choice' ? (field.options.find((option) => option.value === value)?.label ?? value) : value;
}

/** The text with its line numbers, and what was found marked. */
function Numbered({ id, text, findings }: { readonly id: string; readonly text: string; readonly findings: readonly Found[] }) {
  return (
    <ol class="lines" id={id}>
      {text.split('\n').map((line, index) => (
        <li {...(findings.some((found) => found.line === index + 1) ? { class: 'is-found' } : {})}>
          <span>
            <Marked line={line} findings={findings.filter((found) => found.line === index + 1)} />
          </span>
        </li>
      ))}
    </ol>
  );
}

function Marked({ line, findings }: { readonly line: string; readonly findings: readonly Found[] }) {
  const sorted = [...findings].sort((a, b) => a.from - b.from);
  const pieces = sorted.reduce<{ readonly at: number; readonly shown: readonly { readonly text: string; readonly found: boolean }[] }>(
    ({ at, shown }, found) => {
      const from = Math.max(at, found.from);
      const to = Math.max(from, found.to);
      return { at: to, shown: [...shown, { text: line.slice(at, from), found: false }, { text: line.slice(from, to), found: true }] };
    },
    { at: 0, shown: [] },
  );
  return (
    <>
      {pieces.shown.map(({ text, found }) => (text === '' ? null : found ? <mark>{text}</mark> : text))}
      {line.slice(pieces.at)}
    </>
  );
}

function Send({ frame, policy, filled, idempotencyKey, consent, fields }: ReportCheckPageProps & { readonly fields: readonly Field[] }) {
  const agreement: readonly Field[] =
    consent === null ? [] : [{ kind: 'tick', name: 'consent', label: 'I have read this, and I agree', required: true }];
  const problems: readonly Problem[] = filled.problems.filter((problem) => !fields.some((field) => field.name === problem.field));
  return (
    <Post frame={frame} action={pathsOf(frame.project.id).sendReport} look="form is-wide" files>
      <Hidden policy={policy} filled={filled} idempotencyKey={idempotencyKey} />
      <Part title="Files" remark="kept sealed; nobody can open them in the browser">
        <Fields form="send" fields={reportFiles(policy)} filled={{ ...untouched, problems }} />
      </Part>
      {consent === null ? null : (
        <Part title="Consent">
          <p class="said">{consent}</p>
          <Fields form="send" fields={agreement} filled={{ values: {}, problems }} />
        </Part>
      )}
      <p class="actions field">
        <button class="button is-primary" type="submit">
          <Icon name="mail" /> Send the report
        </button>
        <span class="label">It is on disk before we say that it is.</span>
      </p>
    </Post>
  );
}

/** The answers travel with the form; nothing of them is kept before they are sent. */
function Hidden({ policy, filled, idempotencyKey }: { readonly policy: Policy; readonly filled: Filled; readonly idempotencyKey: string }) {
  return (
    <>
      <input type="hidden" name="idempotency-key" value={idempotencyKey} />
      {allFields(policy).map(({ name }) => (
        <input type="hidden" name={name} value={filled.values[name] ?? ''} />
      ))}
    </>
  );
}

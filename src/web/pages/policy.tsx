// SPDX-License-Identifier: Apache-2.0
// The policy in words: how to report, what happens then, when it becomes public, and where each rule comes from. Public, made from the policy itself.

import type { TextPart } from '../../app/policy-text/policy-text.ts';
import { policyText, scopeTitle, undecidedTitle } from '../../app/policy-text/policy-text.ts';
import { becomesPublic, readers } from '../../app/policy-text/sentences.ts';
import type { Instant } from '../../core/model/time.ts';
import type { Policy } from '../../core/policy/policy.ts';
import { sections } from '../../core/policy/words.ts';
import { concernedBy } from '../../core/process/policy-change.ts';
import { Layout } from '../components/layout.tsx';
import { Moment } from '../components/moment.tsx';
import { Notice } from '../components/notice.tsx';
import { Facts, Head, Part } from '../components/part.tsx';
import type { Frame } from '../frame.ts';
import { pathsOf } from '../paths.ts';
import { asLabel } from '../words.ts';

export interface PolicyPageProps {
  readonly frame: Frame;
  readonly policy: Policy;
  /** When another version took its place; absent or null for the one that holds. */
  readonly superseded?: Instant | null;
}

export function PolicyPage({ frame, policy, superseded = null }: PolicyPageProps) {
  const paths = pathsOf(frame.project.id);
  const drawn = policyText(policy).parts.filter(({ title }) => !elsewhere.includes(title));
  return (
    <Layout
      frame={frame}
      title={policy.title}
      current="policy"
      published
      band={{ standing: { kind: 'public', since: null }, remark: 'Everybody can read this page.' }}
    >
      <Head
        title={policy.title}
        eyebrow={eyebrow(frame, policy, superseded === null)}
        lead="Made from the policy that this program follows: the text and what it does cannot differ."
      />
      {superseded === null ? null : (
        <Notice title="Superseded">
          <p>
            This version was valid until <Moment at={superseded} />. <a href={paths.policy}>The version that holds now</a>
          </p>
        </Notice>
      )}
      <div class="next">
        <p>
          <span class="label">Found something?</span>
          <strong>Report it here, without an account.</strong> {readers(policy)}
        </p>
        <a class="button is-primary" href={paths.report}>
          Report a vulnerability
        </a>
      </div>
      <div class="columns">
        <article class="reading">
          {drawn.slice(0, 1).map((part) => (
            <Sentences {...part} />
          ))}
          <Contact policy={policy} />
          <Scope policy={policy} />
          {drawn.slice(1).map((part) => (
            <Sentences {...part} />
          ))}
          <Unspecified policy={policy} />
        </article>
        <aside class="side" aria-label="At a glance">
          <Part title="What becomes public">
            <Facts rows={becomesPublic(policy)} />
          </Part>
          <Sources policy={policy} />
        </aside>
      </div>
    </Layout>
  );
}

function eyebrow(frame: Frame, policy: Policy, holds: boolean) {
  const paths = pathsOf(frame.project.id);
  const changers: readonly string[] = holds ? concernedBy({ policy }) : [];
  return [
    `${policy.name}, version ${policy.version}`,
    <>
      in force since <Moment at={policy.validFrom.at} zone={policy.validFrom.zone} />
    </>,
    <a href={paths.process}>How a case moves</a>,
    <a href={paths.policies}>All versions</a>,
    ...(frame.viewer?.roles.some((role) => changers.includes(role)) ? [<a href={paths.changes}>Change it</a>] : []),
  ];
}

/** Drawn as a table, beside the text, or at its end. */
const elsewhere: readonly string[] = [scopeTitle, undecidedTitle, 'Reasons', 'Sources'];

function Sentences({ title, sentences }: TextPart) {
  return (
    <>
      <h2>{title}</h2>
      <ul class="said-list">
        {sentences.map((sentence) => (
          <li>{sentence}</li>
        ))}
      </ul>
    </>
  );
}

function Contact({ policy: { contact } }: { readonly policy: Policy }) {
  if (contact.kind === 'mail')
    return (
      <p>
        Contact: <a href={`mailto:${contact.address}`}>{contact.address}</a>
      </p>
    );
  return <p>Contact: {contact.url.startsWith('https://') ? <a href={contact.url}>{contact.url}</a> : contact.url}</p>;
}

function Scope({ policy }: { readonly policy: Policy }) {
  const { scope } = policy.eligibility;
  if (scope.length === 0) return null;
  return (
    <>
      <h2>What counts</h2>
      <p>Read from the top; the first rule that fits proposes, and a person decides.</p>
      <table class="ledger folds">
        <thead>
          <tr>
            <th scope="col">Rule</th>
            <th scope="col">Proposes</th>
            <th scope="col">Why</th>
          </tr>
        </thead>
        <tbody>
          {scope.map((row) => (
            <tr id={`scope-${row.rule}`}>
              <th scope="row" class="id">
                {row.rule}
              </th>
              <td data-l="Proposes">
                {row.proposes === 'in' ? 'in scope' : row.proposes === 'out' ? 'out of scope' : 'belongs elsewhere'}
              </td>
              <td>{row.say}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </>
  );
}

function Unspecified({ policy }: { readonly policy: Policy }) {
  if (policy.unspecified.length === 0) return null;
  return (
    <>
      <h2>Not decided</h2>
      <p>The project’s own text does not say. A default acts until somebody decides.</p>
      <ul class="said-list">
        {policy.unspecified.map((key) => (
          <li class="id">{key}</li>
        ))}
      </ul>
    </>
  );
}

/** Where the rules come from, and why some are as they are. */
function Sources({ policy }: { readonly policy: Policy }) {
  const reasons = sections.flatMap((section) =>
    Object.entries(policy.origins[section].because).map(([key, because]) => [`${asLabel(section)}: ${key}`, because] as const),
  );
  return (
    <>
      <Part title="Sources">
        <Facts rows={Object.entries(policy.sources)} />
      </Part>
      {reasons.length === 0 ? null : (
        <Part title="Reasons">
          <ul class="stack">
            {reasons.map(([key, because]) => (
              <li>
                <span class="label id">{key}</span>
                <p>{because}</p>
              </li>
            ))}
          </ul>
        </Part>
      )}
    </>
  );
}

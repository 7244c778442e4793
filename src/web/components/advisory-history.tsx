// SPDX-License-Identifier: Apache-2.0
// What the project's repository says of branches, commits and tags, beside what is typed. A row goes into the form when somebody ticks it, and by nothing else.

import { type ProposedVersions, proposalName } from '../../app/affected-versions.ts';
import type { History, Proposal } from '../../core/advisory/affected.ts';
import type { Branch } from '../../core/model/advisory.ts';
import type { ProductRow } from '../advisory-form.ts';
import { branchColumns } from '../advisory-form.ts';
import { Part } from './part.tsx';

interface HistoryProps {
  /** Null until somebody asked. */
  readonly proposed: ProposedVersions | null;
  readonly products: readonly ProductRow[];
  /** Where the form is sent to be looked at. */
  readonly look: string;
}

const answers = {
  nothing_asked: 'No commit is named yet. Give one that brought the flaw in, or one that removed it; seven letters of its hash are enough.',
  no_repository: 'This project has no repository here. Whoever runs Daylight names a clone in the settings of the project.',
  no_answer: 'The repository gave no answer in time. Nothing was changed.',
} as const;

export function RepositoryHelp({ proposed, products, look }: HistoryProps) {
  return (
    <Part title="From the repository" remark="branches, copies and tags of the commits above" id="repository">
      {proposed === null ? null : (
        <div class="stack">
          {proposed.histories.length > 0 ? null : <p>No product is named yet. Name one above, with a commit.</p>}
          {proposed.histories.map((history, at) => (
            <Answer history={history} name={nameOf(products, at)} found={proposed.proposals.some(({ product }) => product === at)} />
          ))}
          {proposed.proposals.map((proposal, at) => (
            <Offer proposal={proposal} name={nameOf(products, proposal.product)} id={`take-${at}`} />
          ))}
        </div>
      )}
      <p class="actions">
        {proposed === null || proposed.proposals.length === 0 ? null : (
          <button class="button" type="submit" formaction={look} name="do" value="take">
            Put the ticked rows into the form
          </button>
        )}
        <button class="button" type="submit" formaction={look} name="do" value="look">
          Look in the repository
        </button>
        <span class="label">It proposes; you choose.</span>
      </p>
    </Part>
  );
}

function Answer({ history, name, found }: { readonly history: History; readonly name: string; readonly found: boolean }) {
  const { kind } = history;
  if (kind !== 'found')
    return (
      <p>
        <bdi>{name}</bdi>: {answers[kind]}
      </p>
    );
  const { unknown, named } = history;
  return (
    <p>
      <bdi>{name}</bdi>: {found ? 'the history says otherwise than the form in these branches.' : 'the history says what the form says.'}
      {unknown.length === 0 ? null : ` It does not know ${unknown.join(', ')}.`}
      {named.length === 0 ? null : ` By a trailer “Fixes” the flaw came in with ${named.join(', ')}.`}
    </p>
  );
}

function Offer({ proposal, name, id }: { readonly proposal: Proposal; readonly name: string; readonly id: string }) {
  const { branch, typed } = proposal;
  const rows = branchColumns.filter(({ name: column }) => column !== 'name');
  return (
    <div class="choice">
      <input type="checkbox" id={id} name="take" value={proposalName(proposal)} />
      <label for={id}>
        <bdi>
          {name}, {branch.name}
        </bdi>
        {typed === undefined ? ' · a new row' : ''}
      </label>
      <table class="ledger offer">
        <caption class="unseen">
          {name}, {branch.name}
        </caption>
        <thead>
          <tr>
            <td />
            {typed === undefined ? null : <th scope="col">In the form</th>}
            <th scope="col">Proposed</th>
          </tr>
        </thead>
        <tbody>
          {rows.map(({ name: column, label }) => (
            <tr>
              <th scope="row">{label}</th>
              {typed === undefined ? null : <td class="id">{cell(typed, column)}</td>}
              <td class="id">{cell(branch, column)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

function cell(branch: Branch, column: (typeof branchColumns)[number]['name']) {
  const said = column === 'status' ? branch.status.replace('-', ' ') : column === 'name' ? branch.name : (branch[column] ?? []).join(' ');
  return said === '' ? <span class="quiet">none</span> : said;
}

function nameOf(products: readonly ProductRow[], at: number): string {
  const name = products[at]?.name ?? '';
  return name === '' ? `Product ${at + 1}` : name;
}

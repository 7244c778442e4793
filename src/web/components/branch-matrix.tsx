// SPDX-License-Identifier: Apache-2.0
// The fix by component and branch: a shape in every cell, with its word for those who do not see shapes.

import type { BranchFix } from '../../core/model/case.ts';
import type { BranchState } from '../../core/model/regions.ts';
import { branchWords } from '../words.ts';
import { Scrolls } from './scrolls.tsx';

const full: readonly BranchState[] = ['patch_approved', 'posted', 'merged', 'released'];
const half: readonly BranchState[] = ['patch_private'];
const none: readonly BranchState[] = ['not_affected', 'wont_fix', 'left_to_downstream'];

/** `tests`: whether the reader sees what was tried, and a patch that was approved untried is flagged (VMT-25). */
export function BranchMatrix({ branches, tests = false }: { readonly branches: readonly BranchFix[]; readonly tests?: boolean }) {
  if (branches.length === 0) return <p class="quiet">No branch is judged yet.</p>;
  const names = [...new Set(branches.map((fix) => fix.branch))];
  const components = [...new Set(branches.map((fix) => fix.component))];
  if (components.length === 1) return <OneComponent branches={branches} tests={tests} />;
  return (
    <>
      <Scrolls label="State of the fix by component and branch">
        <table class="matrix">
          <caption class="unseen">State of the fix by component and branch</caption>
          <thead>
            <tr>
              <td />
              {names.map((name) => (
                <th scope="col">{name}</th>
              ))}
            </tr>
          </thead>
          <tbody>
            {components.map((component) => (
              <tr>
                <th scope="row">{component ?? 'the project'}</th>
                {names.map((name) => (
                  <td>
                    <Dot fix={branches.find((fix) => fix.branch === name && fix.component === component)} />
                  </td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </Scrolls>
      {tests ? <TriedList branches={branches} /> : null}
      <p class="key">
        <span>
          <Shape look="is-full" /> approved
        </span>
        <span>
          <Shape look="is-half" /> in review
        </span>
        <span>
          <Shape look="" /> no patch
        </span>
      </p>
    </>
  );
}

function OneComponent({ branches, tests }: { readonly branches: readonly BranchFix[]; readonly tests: boolean }) {
  return (
    <dl class="facts">
      {branches.map((fix) => (
        <>
          <dt class="id">{fix.branch}</dt>
          <dd>
            <Shape look={lookOf(fix)} /> {branchWords[fix.state]}
            {fix.required ? null : <span class="label">{fix.retired === true ? 'no longer maintained' : 'not required'}</span>}
            <Traces fix={fix} />
            {tests ? <Tried fix={fix} /> : null}
          </dd>
        </>
      ))}
    </dl>
  );
}

function Traces({ fix }: { readonly fix: BranchFix }) {
  const trace = fix.tag ?? fix.commit?.slice(0, 12) ?? fix.posted;
  return trace === null ? null : <span class="label id">{trace}</span>;
}

const tried: readonly BranchState[] = ['patch_private', 'patch_approved'];

function Tried({ fix }: { readonly fix: BranchFix }) {
  const last = fix.tests.at(-1);
  if (!tried.includes(fix.state)) return null;
  if (last !== undefined) return <span class="label">{last.passed ? 'test passed' : 'test failed'}</span>;
  return (
    <span class={fix.state === 'patch_approved' ? 'label is-warning' : 'label'}>
      {fix.state === 'patch_approved' ? 'approved without a test' : 'no test yet'}
    </span>
  );
}

/** Where a cell has no room for it: every approved patch that nobody is on record to have tried. */
function TriedList({ branches }: { readonly branches: readonly BranchFix[] }) {
  const untried = branches.filter((fix) => fix.state === 'patch_approved' && fix.tests.length === 0);
  if (untried.length === 0) return null;
  return <p class="after">Approved without a test: {untried.map((fix) => `${fix.component ?? ''} ${fix.branch}`.trim()).join(', ')}.</p>;
}

function Dot({ fix }: { readonly fix: BranchFix | undefined }) {
  if (fix === undefined || none.includes(fix.state))
    return (
      <>
        <span class="quiet" aria-hidden="true">
          –
        </span>
        <span class="unseen">{fix === undefined ? 'not judged' : branchWords[fix.state]}</span>
      </>
    );
  return (
    <>
      <Shape look={lookOf(fix)} />
      <span class="unseen">{branchWords[fix.state]}</span>
    </>
  );
}

function Shape({ look }: { readonly look: string }) {
  return <i class={look === '' ? 'dot' : `dot ${look}`} aria-hidden="true" />;
}

function lookOf({ state }: BranchFix): string {
  return full.includes(state) ? 'is-full' : half.includes(state) ? 'is-half' : '';
}

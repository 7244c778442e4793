// SPDX-License-Identifier: Apache-2.0
// The fix by component and branch: a shape in every cell, with its word for those who do not see shapes.

import type { BranchFix } from '../../core/model/case.ts';
import type { BranchState } from '../../core/model/regions.ts';
import { branchWords } from '../words.ts';
import { Scrolls } from './scrolls.tsx';

const full: readonly BranchState[] = ['patch_approved', 'posted', 'merged', 'released'];
const half: readonly BranchState[] = ['patch_private'];
const none: readonly BranchState[] = ['not_affected', 'wont_fix', 'left_to_downstream'];

export function BranchMatrix({ branches }: { readonly branches: readonly BranchFix[] }) {
  if (branches.length === 0) return <p class="quiet">No branch is judged yet.</p>;
  const names = [...new Set(branches.map((fix) => fix.branch))];
  const components = [...new Set(branches.map((fix) => fix.component))];
  if (components.length === 1) return <OneComponent branches={branches} />;
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

function OneComponent({ branches }: { readonly branches: readonly BranchFix[] }) {
  return (
    <dl class="facts">
      {branches.map((fix) => (
        <>
          <dt class="id">{fix.branch}</dt>
          <dd>
            <Shape look={lookOf(fix)} /> {branchWords[fix.state]}
            {fix.required ? null : <span class="label">not required</span>}
            <Traces fix={fix} />
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

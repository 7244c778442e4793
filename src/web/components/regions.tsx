// SPDX-License-Identifier: Apache-2.0
// The regions beside the handling: for each a word, and how many of its steps are done.

import type { CaseState } from '../../core/model/case.ts';
import type { BranchState, CveState } from '../../core/model/regions.ts';
import { count, plain } from '../words.ts';

interface Region {
  readonly name: string;
  readonly word: string;
  readonly done: number;
  readonly of: number;
}

const cveSteps: readonly CveState[] = ['undecided', 'required', 'requested', 'assigned', 'record_published'];
const branchSteps: readonly BranchState[] = ['affected', 'patch_private', 'patch_approved', 'posted', 'merged', 'released'];
const advisorySteps = ['none', 'draft', 'in_review', 'approved', 'published'];

function regionsOf(state: CaseState): readonly Region[] {
  return [
    { name: 'Visibility', word: state.visibility, done: state.visibility === 'public' ? 2 : 1, of: 2 },
    embargo(state),
    cve(state),
    branches(state),
    {
      name: 'Advisory',
      word: [plain(state.advisory.state), ...(state.advisory.draft > 0 ? [`version ${state.advisory.draft}`] : [])].join(', '),
      done: Math.max(0, advisorySteps.indexOf(state.advisory.state === 'errata' ? 'published' : state.advisory.state)),
      of: 4,
    },
  ];
}

function embargo({ embargo: { state } }: CaseState): Region {
  const done = { none: 0, proposed: 1, active: 2, revising: 2, exited: 3 }[state];
  return { name: 'Embargo', word: state === 'exited' ? 'ended' : state, done, of: 3 };
}

/** Of several flaws the one that is least far; those that need no number do not count. */
function cve({ flaws }: CaseState): Region {
  const needing = flaws.filter((flaw) => flaw.cve !== 'not_needed');
  const [least] = needing.map((flaw) => cveSteps.indexOf(flaw.cve)).sort((a, b) => a - b);
  if (flaws.length === 0) return { name: 'CVE', word: 'no flaw confirmed', done: 0, of: 4 };
  if (least === undefined) return { name: 'CVE', word: 'not needed', done: 4, of: 4 };
  return { name: 'CVE', word: plain(cveSteps[least] ?? needing[0]?.cve ?? 'undecided'), done: Math.max(0, least), of: 4 };
}

function branches({ branches: all }: CaseState): Region {
  const wanted = all.filter((fix) => fix.required && fix.state !== 'not_affected');
  const approved = wanted.filter((fix) => branchSteps.indexOf(fix.state) >= branchSteps.indexOf('patch_approved')).length;
  const word =
    wanted.length === 0
      ? all.length === 0
        ? 'none judged'
        : `${count(all.length, 'branch', 'branches')}, none required`
      : `${approved} of ${wanted.length} approved`;
  const [least] = wanted.map((fix) => branchSteps.indexOf(fix.state)).sort((a, b) => a - b);
  return { name: 'Branches', word, done: Math.max(0, least ?? 0), of: branchSteps.length - 1 };
}

export function Regions({ state }: { readonly state: CaseState }) {
  return (
    <dl class="regions">
      {regionsOf(state).map((region) => (
        <div>
          <dt>
            {region.name}{' '}
            <span class="quiet">
              {region.done} of {region.of}
            </span>
          </dt>
          <dd>
            {region.word}
            <Bar {...region} />
          </dd>
        </div>
      ))}
    </dl>
  );
}

function Bar({ done, of }: Region) {
  const width = 100 / of;
  return (
    <svg class="plot" width="100%" height="5" aria-hidden="true">
      {Array.from({ length: of }, (_, index) => (
        <rect
          class={index < done ? 'fill' : 'pale'}
          x={`${(index * width).toFixed(2)}%`}
          width={`${(width - 1.6).toFixed(2)}%`}
          height="5"
        />
      ))}
    </svg>
  );
}

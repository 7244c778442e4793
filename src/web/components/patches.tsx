// SPDX-License-Identifier: Apache-2.0
// The private patches: by branch their versions, votes, and what the process found of the latest; and those that came with a report.

import type { CaseView } from '../../app/views.ts';
import type { Finding } from '../../core/commits/lint.ts';
import { findingsOn } from '../../core/commits/of-branch.ts';
import type { BranchFix } from '../../core/model/case.ts';
import type { AttachmentRef } from '../../core/model/content.ts';
import { checkOf, isSignedOff, type PatchCheck } from '../../core/model/patches.ts';
import { wordsWanted } from '../../core/process/words-wanted.ts';
import { castOf } from '../cast.ts';
import type { Frame } from '../frame.ts';
import { appliesWords, signedWords } from '../patch-words.ts';
import { below, pathsOf } from '../paths.ts';
import { branchWords, count } from '../words.ts';
import { type Check, Checks } from './notice.tsx';
import { Part } from './part.tsx';

interface PatchesProps {
  readonly frame: Frame;
  readonly view: CaseView;
}

export function Patches({ frame, view }: PatchesProps) {
  const { state } = view;
  const proposed = state.reporters.flatMap((one) => one.attachments.filter(({ purpose }) => purpose === 'patch'));
  const branches = state.branches.filter(({ patches }) => patches.length > 0);
  if (branches.length + proposed.length === 0) return null;
  return (
    <Part title="Patches" id="patches" remark="private until they are posted">
      {proposed.length === 0 ? null : (
        <>
          <h3>Sent with the report</h3>
          {proposed.map((patch) => (
            <Checks rows={[fileRow(frame, view, patch, 'Patch'), ...checkRows(checkOf(state, patch.id))]} />
          ))}
        </>
      )}
      {branches.map((fix) => (
        <Branch frame={frame} view={view} fix={fix} />
      ))}
    </Part>
  );
}

function Branch({ frame, view, fix }: PatchesProps & { readonly fix: BranchFix }) {
  const { state, policy } = view;
  const latest = fix.patches.at(-1);
  if (latest === undefined) return null;
  const earlier = fix.patches.slice(0, -1);
  const findings = findingsOn(state, policy, latest.id, view.address) ?? [];
  return (
    <>
      <h3>
        {fix.component === null ? '' : `${fix.component}, `}
        {fix.branch} <small>{branchWords[fix.state]}</small>
      </h3>
      <Checks
        rows={[
          { ...fileRow(frame, view, latest, `Version ${fix.patches.length}`), remark: votes(view, fix) },
          ...checkRows(checkOf(state, latest.id), findings.some(isAboutSignOff)),
          ...findings.map(findingRow),
        ]}
      />
      {earlier.length === 0 ? null : (
        <details>
          <summary>{count(earlier.length, 'earlier version', 'earlier versions')}</summary>
          <Checks rows={earlier.map((patch, index) => fileRow(frame, view, patch, `Version ${index + 1}`))} />
        </details>
      )}
    </>
  );
}

function fileRow(frame: Frame, view: CaseView, patch: AttachmentRef, word: string): Check {
  const name = view.attachments.find(({ ref }) => ref.id === patch.id)?.name ?? patch.id;
  return {
    state: 'patch',
    text: (
      <>
        {word}:{' '}
        <a href={below.attachment(pathsOf(frame.project.id).case(view.state.case), patch.id)}>
          <bdi class="id">{name}</bdi>
        </a>
      </>
    ),
  };
}

/** Who wrote it, and who approved the version that stands: another version asks for every approval anew. */
function votes(view: CaseView, fix: BranchFix): string {
  const cast = castOf(view);
  const by = view.state.reporters.some((one) => one.participant === fix.patchedBy)
    ? cast.reporter(fix.patchedBy as never)
    : fix.patchedBy === null
      ? 'nobody on record'
      : cast.person(fix.patchedBy as never);
  const approved = fix.approvals.length === 0 ? 'nobody has approved it' : `approved by ${fix.approvals.map(cast.person).join(', ')}`;
  const wanted = wordsWanted(view.state, view.policy).filter(
    (one) => one.branch === fix.branch && (one.component ?? null) === fix.component,
  );
  const needed = wanted.map(({ action, of }) => `still needed${action === 'judge-backport' ? ' for the backport' : ''}: ${of}`);
  return [`by ${by}`, approved, ...needed].join(' · ');
}

/** Whether it applies, and whether it is signed off; the same words for its sender and for the team (QEMU-26). */
export function checkRows(check: PatchCheck | undefined, signedElsewhere = false): readonly Check[] {
  if (check === undefined) return [{ state: 'open', text: 'It is being checked. Look again in a minute.' }];
  const applies = { yes: 'met', no: 'wrong', not_checked: 'open' } as const;
  const signed: Check = { state: isSignedOff(check) ? 'met' : 'wrong', text: sentence(signedWords(check)) };
  return [{ state: applies[check.applies], text: sentence(appliesWords(check)) }, ...(signedElsewhere ? [] : [signed])];
}

function findingRow({ level, commit, sentence: says }: Finding): Check {
  return { state: level === 'fails' ? 'wrong' : 'alert', text: commit === null ? says : `Commit ${commit}: ${says}` };
}

function isAboutSignOff({ sentence: says, commit }: Finding): boolean {
  return commit === null ? says.startsWith('There is no commit message') : says.startsWith('Signed-off-by');
}

function sentence(words: string): string {
  return `${words.charAt(0).toUpperCase()}${words.slice(1)}.`;
}

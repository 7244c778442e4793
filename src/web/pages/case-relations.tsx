// SPDX-License-Identifier: Apache-2.0
// What a case belongs to and what belongs to it: duplicates, parts, components with their owners, and what is asked because of them.

import type { CaseView } from '../../app/views.ts';
import { rediscoveries } from '../../core/model/case.ts';
import { castOf } from '../cast.ts';
import { Moment } from '../components/moment.tsx';
import { type Check, Checks, Notice } from '../components/notice.tsx';
import { Part } from '../components/part.tsx';
import type { Frame } from '../frame.ts';
import { pathsOf } from '../paths.ts';
import { count, plain, relationWords } from '../words.ts';

interface Props {
  readonly frame: Frame;
  readonly view: CaseView;
}

/** What somebody has to decide because of another report: shown on top. */
export function RelationNotices({ frame, view }: Props) {
  const { state, policy } = view;
  const target = view.related.find((one) => one.as === 'duplicate_of');
  return (
    <>
      {state.askedSince === null || state.visibility === 'public' ? null : (
        <Notice title="Found again by somebody else: publish now?" icon="twin">
          <p>
            {count(rediscoveries(state), 'person has', 'people have')} found the same by themselves. Asked{' '}
            <Moment at={state.askedSince} now={view.now} />; the answer is kept on record. <a href="#do-answer-rediscovery">Answer</a>
          </p>
        </Notice>
      )}
      {state.duplicateOf === null ? null : (
        <Notice title="A duplicate" icon="twin">
          <p>
            This report belongs to{' '}
            {target === undefined ? (
              'a case that you do not see'
            ) : (
              <a href={pathsOf(frame.project.id).case(target.case)}>{target.codename}</a>
            )}
            . Its reporter is answered here, and it becomes public with the other.
          </p>
        </Notice>
      )}
      {state.flawsReported > 1 && policy.intake.oneFlawEach === 'required' ? (
        <Notice title={`The reporter names ${state.flawsReported} flaws`} icon="alert">
          <p>This policy wants a case for each. Split it, and each gets its own clocks and number.</p>
        </Notice>
      ) : null}
    </>
  );
}

/** The related cases that the reader sees; one that they do not see is not there. */
export function Relations({ project, view }: { readonly project: string; readonly view: CaseView }) {
  if (view.related.length === 0) return null;
  const rows = view.related.map(
    (one): Check => ({
      state: one.as === 'duplicate' || one.as === 'duplicate_of' ? 'twin' : 'open',
      text: (
        <>
          {relationWords[one.as]}: <a href={pathsOf(project).case(one.case)}>{one.codename}</a>
        </>
      ),
      remark: (
        <>
          {one.title === undefined ? null : <bdi>{one.title}</bdi>} {plain(one.handling)}
        </>
      ),
    }),
  );
  return (
    <Part title="Related cases" count={rows.length} id="related">
      <Checks rows={rows} />
    </Part>
  );
}

/** Each component with its owner; the publication waits for all of them (VMT-23). */
export function Components({ view }: Pick<Props, 'view'>) {
  const { components, branches } = view.state;
  if (components.length === 0) return null;
  const cast = castOf(view);
  const finished = components.filter((one) => one.finished).length;
  const rows = components.map(({ component, owner, finished: done }): Check => {
    const waiting = branches.filter(
      (fix) => fix.component === component && fix.required && ['affected', 'patch_private'].includes(fix.state),
    );
    const open =
      waiting.length === 0 ? 'not said to be finished' : `${count(waiting.length, 'branch', 'branches')} without an approved patch`;
    return {
      state: done ? 'met' : 'open',
      text: (
        <>
          <span class="id">{component}</span> {owner === null ? 'nobody looks after it' : cast.person(owner)}
        </>
      ),
      remark: done ? 'finished' : open,
    };
  });
  return (
    <Part title="Components" remark={`${finished} of ${rows.length} finished`} id="components">
      <Checks rows={rows} />
    </Part>
  );
}

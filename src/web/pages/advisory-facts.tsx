// SPDX-License-Identifier: Apache-2.0
// Beside the advisory: what comes from the case and is not typed, what the policy demands, and whose word is asked for.

import type { Child } from 'hono/jsx';
import type { CaseView } from '../../app/views.ts';
import { weaknessName } from '../../app/weaknesses.ts';
import type { ActionKind } from '../../core/model/action.ts';
import { wordsWanted } from '../../core/process/words-wanted.ts';
import { type FactPlace, factId } from '../advisory-places.ts';
import { castOf } from '../cast.ts';
import { ActionBody } from '../components/action-form.tsx';
import { Credits, Judged } from '../components/judged.tsx';
import { Moment } from '../components/moment.tsx';
import { type Check, Checks } from '../components/notice.tsx';
import { Facts, Part } from '../components/part.tsx';
import type { Frame } from '../frame.ts';
import { below } from '../paths.ts';
import { plain } from '../words.ts';

interface BesideProps {
  readonly frame: Frame;
  readonly view: CaseView;
  readonly base: string;
}

export function AdvisoryFacts({ view, base }: BesideProps) {
  const { state, policy } = view;
  const cast = castOf(view);
  const numbers = state.flaws.flatMap((flaw) => (flaw.number === null ? [] : [flaw.number]));
  const parts = policy.advisory.mustContain.map(
    (part): Check => ({ state: state.advisory.parts.includes(part) ? 'met' : 'open', text: plain(part) }),
  );
  const cwes = state.severity?.cwes ?? [];
  return (
    <>
      <Part title="Facts" remark="from the case, not typed">
        <Facts
          rows={[
            ['Number', <Fact of="number">{state.advisory.number ?? quiet('none yet')}</Fact>],
            ['CVE', <Fact of="cve">{numbers.length === 0 ? quiet('none assigned') : <span class="id">{numbers.join(', ')}</span>}</Fact>],
            ['Severity', <Fact of="severity">{severity(view, base)}</Fact>],
            [
              'Weaknesses',
              <Fact of="weaknesses">
                {cwes.length === 0
                  ? quiet('not recorded')
                  : cwes.map((id) => (
                      <span class="label">
                        <span class="id">{id}</span> {weaknessName(id) ?? ''}
                      </span>
                    ))}
              </Fact>,
            ],
            [
              'Credit',
              <Fact of="credit">
                <Credits view={view} />
              </Fact>,
            ],
            [
              'Reported',
              <Fact of="dates">{state.marks.receipt === undefined ? quiet('not known') : <Moment at={state.marks.receipt} />}</Fact>,
            ],
            ['Author', state.advisory.author === null ? quiet('nobody yet') : cast.person(state.advisory.author)],
            [
              'Approved by',
              state.advisory.approvals.length === 0 ? quiet('nobody yet') : state.advisory.approvals.map(cast.person).join(', '),
            ],
            ...needed(view),
          ]}
        />
      </Part>
      {parts.length === 0 ? null : (
        <Part title="The policy demands">
          <Checks rows={parts} />
        </Part>
      )}
    </>
  );
}

const quiet = (word: string): Child => <span class="quiet">{word}</span>;

/** What a finding leads to where no input is to blame. */
function Fact({ of, children }: { readonly of: FactPlace; readonly children?: Child }) {
  return (
    <span id={factId(of)} tabindex={-1}>
      {children}
    </span>
  );
}

function severity({ state, possibilities, archived }: CaseView, base: string): Child {
  const [judged] = archived?.severity ?? [];
  if (state.severity === null && judged !== undefined) return judged.level ?? judged.vector?.value ?? quiet('not recorded');
  const score = possibilities.some(({ action }) => action === 'assess-severity');
  return (
    <>
      {state.severity === null ? quiet('not recorded') : state.severity.level}
      {state.severity?.vector == null ? null : <span class="label id">{state.severity.vector}</span>}
      {state.severity === null ? null : <Judged severity={{ ...state.severity, cwes: [] }} />}
      {score ? (
        <span class="label">
          <a href={below.severity(base)}>Calculate and record it</a>
        </span>
      ) : null}
    </>
  );
}

/** Whose word is still asked for, while the advisory is in review. */
function needed({ state, policy }: CaseView): readonly (readonly [string, string])[] {
  return wordsWanted(state, policy).flatMap(({ action, of }) => (action === 'approve-advisory' ? [['Still needed', of] as const] : []));
}

const decisions: readonly ActionKind[] = ['submit-advisory', 'approve-advisory', 'return-advisory'];

export function Review({ frame, view, base }: BesideProps) {
  return (
    <Part title="Review">
      <p class="label">Whoever wrote it cannot approve it. Each word is given to the version that is kept.</p>
      {view.possibilities
        .filter((one) => decisions.includes(one.action))
        .map((possibility) => (
          <div class="after">
            <ActionBody frame={frame} view={view} base={base} possibility={possibility} open />
          </div>
        ))}
    </Part>
  );
}

// SPDX-License-Identifier: Apache-2.0
// The advisory, inside: what exactly will the world read? One form, the previews as they will be, and who may approve.

import type { CaseView } from '../../app/views.ts';
import type { ActionKind } from '../../core/model/action.ts';
import { wordsWanted } from '../../core/process/words-wanted.ts';
import type { AdvisoryValues } from '../advisory-form.ts';
import { advisoryFields } from '../advisory-form.ts';
import { castOf } from '../cast.ts';
import { ActionBody } from '../components/action-form.tsx';
import { BranchTables, References } from '../components/advisory-tables.tsx';
import { ErrorSummary, Fields } from '../components/field.tsx';
import { Layout } from '../components/layout.tsx';
import { type Check, Checks, Notice } from '../components/notice.tsx';
import { Facts, Head, Part } from '../components/part.tsx';
import { Post } from '../components/post.tsx';
import { Verbatim } from '../components/scrolls.tsx';
import type { Problem } from '../fields.ts';
import type { Frame } from '../frame.ts';
import { below, pathsOf } from '../paths.ts';
import { standingOf } from '../standing.ts';
import { plain } from '../words.ts';

export interface Preview {
  /** `Text`, `CSAF 2.0`, … */
  readonly name: string;
  readonly text: string;
}

export interface AdvisoryEditorPageProps {
  readonly frame: Frame;
  readonly view: CaseView;
  readonly values: AdvisoryValues;
  readonly problems: readonly Problem[];
  /** The documents of the version that is kept now; byte for byte what would go out. */
  readonly previews: readonly Preview[];
  /** Why a format cannot be made yet, in sentences. */
  readonly warnings: readonly string[];
  readonly done: ActionKind | null;
}

export function AdvisoryEditorPage(props: AdvisoryEditorPageProps) {
  const { frame, view, done } = props;
  const { state } = view;
  const caseAddress = pathsOf(frame.project.id).case(state.case);
  return (
    <Layout frame={frame} title={`${state.codename}, advisory`} band={{ standing: standingOf(state, view.now) }}>
      <Head
        title={`Advisory of ${state.codename}`}
        eyebrow={[
          <a href={caseAddress} data-key="g c">
            {state.codename}
          </a>,
          state.advisory.number ?? 'no number yet',
          `${plain(state.advisory.state)}${state.advisory.draft === 0 ? '' : `, version ${state.advisory.draft}`}`,
        ]}
        lead="Written for the one who runs the software: it says “you”, first whether you are affected, then what you do, then the story."
      />
      {done === null ? null : <Notice title="Saved" tone="done" icon="check" />}
      <div class="columns">
        <div>
          <Editor {...props} base={caseAddress} />
          <Previews {...props} />
        </div>
        <Beside {...props} base={caseAddress} />
      </div>
    </Layout>
  );
}

type Based = AdvisoryEditorPageProps & { readonly base: string };

function Editor({ frame, view, values, problems, base }: Based) {
  const { state, policy } = view;
  const writable = view.possibilities.some((one) => one.action === 'write-advisory' && one.unmet.length === 0);
  const filled = { values: values.texts, problems };
  const fields = advisoryFields(policy.advisory.mustContain);
  if (!writable)
    return (
      <Notice title="You can read this advisory, not write it" icon="note">
        <p>Where it stands now, writing is for others, or the policy publishes no advisory for such a case.</p>
      </Notice>
    );
  return (
    <Post frame={frame} action={below.action(base, 'write-advisory')} version={state.version} look="form is-wide">
      <ErrorSummary form="advisory" problems={problems} />
      <Fields form="advisory" fields={fields} filled={filled} />
      <div class="field">
        <div class="choice">
          <input type="checkbox" id="advisory-no-workaround" name="workarounds.none-known" value="yes" checked={values.noWorkaround} />
          <label for="advisory-no-workaround">Nothing helps without the fix</label>
          <span class="label">A statement; an empty field says nothing.</span>
        </div>
      </div>
      <BranchTables products={values.products} />
      <References references={values.references} />
      <p class="actions field">
        <button class="button is-primary" type="submit">
          Save version {state.advisory.draft + 1}
        </button>
        <span class="label">Nothing is published by saving.</span>
      </p>
    </Post>
  );
}

function Previews({ previews, warnings }: AdvisoryEditorPageProps) {
  return (
    <Part title="What the world would read" remark="the version kept now, byte for byte" id="previews">
      {warnings.length === 0 ? null : <Checks rows={warnings.map((sentence): Check => ({ state: 'alert', text: sentence }))} />}
      {previews.length === 0 ? <p class="quiet">Nothing is kept yet.</p> : null}
      {previews.map(({ name, text }, index) => (
        <details class="deed" open={index === 0}>
          <summary>{name}</summary>
          <Verbatim label={name} text={text} />
        </details>
      ))}
    </Part>
  );
}

/** Whose word is still asked for, while the advisory is in review. */
function needed({ state, policy }: CaseView): readonly (readonly [string, string])[] {
  return wordsWanted(state, policy).flatMap(({ action, of }) => (action === 'approve-advisory' ? [['Still needed', of] as const] : []));
}

const decisions: readonly ActionKind[] = ['submit-advisory', 'approve-advisory', 'return-advisory'];

function Beside({ frame, view, base }: Based) {
  const { state, policy } = view;
  const cast = castOf(view);
  const numbers = state.flaws.flatMap((flaw) => (flaw.number === null ? [] : [flaw.number]));
  const parts = policy.advisory.mustContain.map(
    (part): Check => ({ state: state.advisory.parts.includes(part) ? 'met' : 'open', text: plain(part) }),
  );
  return (
    <aside class="side" aria-label="Facts of the advisory">
      <Part title="Facts" remark="from the case, not typed">
        <Facts
          rows={[
            ['CVE', numbers.length === 0 ? <span class="quiet">none assigned</span> : <span class="id">{numbers.join(', ')}</span>],
            ['Severity', state.severity?.level ?? <span class="quiet">not recorded</span>],
            ['Author', state.advisory.author === null ? <span class="quiet">nobody yet</span> : cast.person(state.advisory.author)],
            [
              'Approved by',
              state.advisory.approvals.length === 0 ? (
                <span class="quiet">nobody yet</span>
              ) : (
                state.advisory.approvals.map(cast.person).join(', ')
              ),
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
      <Part title="Review">
        <p class="label">Whoever wrote it cannot approve it.</p>
        {view.possibilities
          .filter((one) => decisions.includes(one.action))
          .map((possibility) => (
            <div class="after">
              <ActionBody frame={frame} view={view} base={base} possibility={possibility} open />
            </div>
          ))}
      </Part>
    </aside>
  );
}

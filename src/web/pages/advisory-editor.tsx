// SPDX-License-Identifier: Apache-2.0
// The advisory, inside: what exactly will the world read? One form on one side, on the other what would come of it, and who may approve.

import type { Child } from 'hono/jsx';
import type { AdvisoryDesk } from '../../app/advisory-desk.ts';
import type { ProposedVersions } from '../../app/affected-versions.ts';
import type { CaseView } from '../../app/views.ts';
import type { ActionKind } from '../../core/model/action.ts';
import type { AdvisoryValues } from '../advisory-form.ts';
import { advisoryFields } from '../advisory-form.ts';
import type { Remark } from '../advisory-remarks.ts';
import { castOf } from '../cast.ts';
import { BesideField, type Besides } from '../components/advisory-beside.tsx';
import { AdvisoryChanges } from '../components/advisory-changes.tsx';
import { Documents, type ShownDocument } from '../components/advisory-documents.tsx';
import { Findings } from '../components/advisory-findings.tsx';
import { RepositoryHelp } from '../components/advisory-history.tsx';
import { BranchTables, References } from '../components/advisory-tables.tsx';
import { ErrorSummary, Fields } from '../components/field.tsx';
import { Layout } from '../components/layout.tsx';
import { Notice } from '../components/notice.tsx';
import { Head } from '../components/part.tsx';
import { Post } from '../components/post.tsx';
import type { Problem } from '../fields.ts';
import { fieldId } from '../fields.ts';
import type { Frame } from '../frame.ts';
import { below, pathsOf } from '../paths.ts';
import { standingOf } from '../standing.ts';
import { plain } from '../words.ts';
import { AdvisoryFacts, Review } from './advisory-facts.tsx';

export interface AdvisoryEditorPageProps {
  readonly frame: Frame;
  readonly view: CaseView;
  readonly values: AdvisoryValues;
  /** The version of the case of which the form was made: what came since is a conflict when it is saved. */
  readonly basedOn: number;
  readonly problems: readonly Problem[];
  /** Whether the documents are those of what is typed, and not those of the version that is kept. */
  readonly looked: boolean;
  readonly documents: readonly ShownDocument[];
  readonly remarks: readonly Remark[];
  readonly besides: Besides;
  /** What of the documents may still become other bytes, in sentences. */
  readonly open: readonly string[];
  readonly desk: Omit<AdvisoryDesk, 'changes'> & {
    readonly changes: readonly (AdvisoryDesk['changes'][number] & { readonly label: string })[];
  };
  readonly proposed: ProposedVersions | null;
  readonly done: ActionKind | null;
}

type Based = AdvisoryEditorPageProps & { readonly base: string };

export function AdvisoryEditorPage(props: AdvisoryEditorPageProps) {
  const { frame, view, done, looked, problems } = props;
  const { state } = view;
  const base = pathsOf(frame.project.id).case(state.case);
  const writable = view.possibilities.some((one) => one.action === 'write-advisory' && one.unmet.length === 0);
  return (
    <Layout frame={frame} title={`${state.codename}, advisory`} band={{ standing: standingOf(state, view.now) }} wide={writable}>
      <Head
        title={`Advisory of ${state.codename}`}
        eyebrow={[
          <a href={base} data-key="g c">
            {state.codename}
          </a>,
          state.advisory.number ?? 'no number yet',
          state.advisory.state === 'none'
            ? 'nothing written yet'
            : `${plain(state.advisory.state)}${state.advisory.draft === 0 ? '' : `, version ${state.advisory.draft}`}`,
        ]}
        lead="Written for the one who runs the software: it says “you”, first whether you are affected, then what you do, then the story."
      />
      {done === null ? null : <Notice title="Saved" tone="done" icon="check" />}
      {looked && problems.length === 0 ? (
        <Notice title="Looked at, not saved" icon="note">
          <p>The documents are those of what is in the form. Nothing was kept.</p>
        </Notice>
      ) : null}
      <div class={writable ? 'desk' : 'columns'}>
        {writable ? <Editor {...props} base={base} /> : <Reading {...props} base={base} />}
        <aside class="side" aria-label="What comes of it">
          {writable ? <Outcome {...props} base={base} /> : null}
          <Review frame={frame} view={view} base={base} />
          <AdvisoryFacts frame={frame} view={view} base={base} />
        </aside>
      </div>
    </Layout>
  );
}

/** For those who read and do not write: no input is there to lead to. */
function Reading(props: Based) {
  return (
    <div>
      <Notice title="You can read this advisory, not write it" icon="note">
        <p>Where it stands now, writing is for others, or the policy publishes no advisory for such a case.</p>
      </Notice>
      <Outcome {...props} remarks={props.remarks.map((one) => (one.id?.startsWith('fact-') ? one : { ...one, id: null }))} />
    </div>
  );
}

function Outcome({ documents, looked, remarks, open, desk, view, base }: Based): Child {
  const kept = view.state.advisory.state === 'none' ? 'nothing' : 'kept';
  return (
    <>
      <Findings remarks={remarks} open={open} written={looked || kept === 'kept'} />
      <Documents documents={documents} of={looked ? 'typed' : kept} />
      <AdvisoryChanges
        saved={desk.saved}
        base={desk.base}
        first={view.archived === null ? 'the first version' : 'since the version of the archive'}
        changes={desk.changes}
        lines={desk.lines}
        cast={castOf(view)}
        at={below.advisory(base)}
      />
    </>
  );
}

function Editor({ frame, view, values, basedOn, problems, besides, proposed, base }: Based) {
  const { state, policy } = view;
  const filled = { values: values.texts, problems };
  const fields = advisoryFields(policy.advisory.mustContain);
  const beside = (name: string) => <BesideField name={name} besides={besides} />;
  const afterHelp = fields.findIndex(({ name }) => name === 'workarounds') + 1;
  const said = { problems, besides };
  const look = below.advisory(base);
  return (
    <Post frame={frame} action={below.action(base, 'write-advisory')} version={basedOn} look="form is-wide" live={look}>
      {/* The return key saves, whatever buttons stand before the one that says so. */}
      <button type="submit" hidden>
        Save
      </button>
      <ErrorSummary form="advisory" problems={problems} />
      <Fields form="advisory" fields={fields.slice(0, afterHelp)} filled={filled} beside={beside} />
      <NothingHelps said={values.noWorkaround} />
      <Fields form="advisory" fields={fields.slice(afterHelp)} filled={filled} beside={beside} />
      <BranchTables products={values.products} said={said} />
      <RepositoryHelp proposed={proposed} products={values.products} look={look} />
      <References references={values.references} said={said} />
      <p class="actions field is-last">
        <button class="button is-primary" type="submit">
          Save version {state.advisory.draft + 1}
        </button>
        <button class="button" type="submit" formaction={look} name="do" value="preview">
          Preview
        </button>
        <span class="label" data-live-said="" role="status">
          Saving publishes nothing, and a preview keeps nothing.
        </span>
      </p>
    </Post>
  );
}

/** A statement of its own, at the field that it is about. */
function NothingHelps({ said }: { readonly said: boolean }) {
  const id = fieldId('advisory', 'no-workaround');
  return (
    <div class="choice">
      <input type="checkbox" id={id} name="workarounds.none-known" value="yes" checked={said} />
      <label for={id}>Nothing helps without the fix</label>
      <span class="label">A statement; an empty field says nothing.</span>
    </div>
  );
}

// SPDX-License-Identifier: Apache-2.0
// The page on which an advisory is written, with what would come of it: of what is kept, or of what is typed and not saved.

import type { Context } from 'hono';
import { deskOf, keptDraft } from '../app/advisory-desk.ts';
import { type AdvisoryDraft, advisoryDraft } from '../app/advisory-draft.ts';
import { type AdvisoryPreview, previewAdvisory } from '../app/advisory-preview.ts';
import { type ProposedVersions, proposeVersions, withChosen } from '../app/affected-versions.ts';
import { formatLabel, formatsOf } from '../app/publisher.ts';
import { readCase } from '../app/read.ts';
import type { CaseView } from '../app/views.ts';
import type { World } from '../app/world.ts';
import type { PersonActor } from '../core/model/actor.ts';
import type { CaseId } from '../core/model/identifiers.ts';
import type { AdvisoryValues } from './advisory-form.ts';
import { lookJson } from './advisory-look.ts';
import { editorPlace } from './advisory-places.ts';
import { besidesOf, remarksOf } from './advisory-remarks.ts';
import { draftOf, valuesFrom, valuesOf } from './advisory-values.ts';
import { castOf } from './cast.ts';
import type { ShownDocument } from './components/advisory-documents.tsx';
import { doneOf } from './done.ts';
import type { Problem } from './fields.ts';
import { type SentForm, seenIn, sentForm } from './form-body.ts';
import { AdvisoryEditorPage, type AdvisoryEditorPageProps } from './pages/advisory-editor.tsx';
import { render } from './render.ts';
import { signedOut } from './signed-out.ts';
import { formIsOurs, type Visit } from './visit.ts';

/** What the page is about: what is kept, or a form that somebody sent. */
interface Shown {
  readonly values: AdvisoryValues;
  /** Null: what is kept. */
  readonly form: SentForm | null;
  readonly problems: readonly Problem[];
  readonly proposed: ProposedVersions | null;
}

export async function advisoryPage(world: World, context: Context, visit: Visit): Promise<Response | undefined> {
  const view = await readable(world, context, visit);
  if (view === undefined || visit.actor === undefined) return undefined;
  const values = valuesFrom(keptDraft(view));
  const props = await editorProps(world, visit, visit.actor, view, { values, form: null, problems: [], proposed: null }, sinceOf(context));
  return context.html(render(AdvisoryEditorPage({ ...props, done: doneOf(context) })));
}

/** A form that came back with something to mend. */
export async function editor(
  world: World,
  context: Context,
  visit: Visit & { readonly actor: PersonActor },
  view: CaseView,
  form: SentForm,
  problems: readonly Problem[],
): Promise<Response> {
  const shown = { values: valuesOf(form), form, problems, proposed: null };
  return context.html(render(AdvisoryEditorPage(await editorProps(world, visit, visit.actor, view, shown, null))), 422);
}

/** What would come of a form that is not saved: nothing is kept by it, and all that was typed stays. */
export async function lookAtAdvisory(world: World, context: Context, visit: Visit): Promise<Response | undefined> {
  const sent = await sentForm(context.req.raw);
  if (visit.actor === undefined || !formIsOurs(world, visit, sent.values['csrf'])) return signedOut(context, visit, sent);
  const view = await readable(world, context, visit);
  if (view === undefined) return undefined;
  const shown = await helped(world, view, sent);
  const props = await editorProps(world, visit, visit.actor, view, shown, null);
  if (context.req.header('Accept') === 'application/json') return context.json(lookJson(props));
  return context.html(render(AdvisoryEditorPage(props)));
}

async function readable(world: World, context: Context, { actor }: Visit): Promise<CaseView | undefined> {
  const view = actor && (await readCase(world, actor, context.req.param('case') as CaseId, 'advisory'));
  return view?.reach === 'everything' ? view : undefined;
}

/** The form with what the repository says beside it, or with the rows of it that were ticked. */
async function helped(world: World, view: CaseView, form: SentForm): Promise<Shown> {
  const values = valuesOf(form);
  const plain = { values, form, problems: [], proposed: null };
  const wish = form.values['do'];
  if (wish !== 'look' && wish !== 'take') return plain;
  const draft = draftOf(values) as Partial<AdvisoryDraft>;
  const products = advisoryDraft.shape.products.safeParse(draft.products);
  if (!products.success) return plain;
  const proposed = await proposeVersions(world, view, products.data);
  if (wish === 'look') return { ...plain, proposed };
  const taken = withChosen({ ...(draft as AdvisoryDraft), products: products.data }, proposed, form.all('take'));
  const filled = { ...values, products: valuesFrom(taken).products };
  return { ...plain, values: filled, proposed: await proposeVersions(world, view, taken.products) };
}

async function editorProps(
  world: World,
  { frame }: Visit,
  actor: PersonActor,
  view: CaseView,
  { values, form, problems, proposed }: Shown,
  since: number | null,
): Promise<AdvisoryEditorPageProps> {
  const typed = form === null ? null : advisoryDraft.safeParse(draftOf(values));
  const draft = typed?.success === true ? typed.data : null;
  const wrong =
    typed?.success === false ? typed.error.issues.map(({ path, message }) => ({ field: path.join('.'), sentence: message })) : [];
  const unmade = form !== null && draft === null;
  const preview = unmade
    ? null
    : ((await previewAdvisory(world, actor, view, draft, form === null ? 'no validator' : 'everybody')) ?? null);
  const desk = await deskOf(world, actor, view, draft, since);
  return {
    frame,
    view,
    values,
    basedOn: form === null ? view.state.version : seenIn(form),
    problems: [...problems, ...wrong.filter(({ field }) => !problems.some((one) => one.field === field))],
    looked: form !== null,
    documents: documentsOf(view, preview, unmade),
    remarks: remarksOf(preview, values),
    besides: besidesOf(preview, desk, values, castOf(view)),
    open: preview?.open ?? [],
    desk: {
      ...desk,
      changes: desk.changes.map((one) => ({ ...one, label: labelOf(one, values) })),
    },
    proposed,
    done: null,
  };
}

/** Every format that the policy names, made or not. */
function documentsOf({ policy }: CaseView, preview: AdvisoryPreview | null, unmade: boolean): readonly ShownDocument[] {
  return formatsOf(policy).map((format) => {
    const made = preview?.documents.find((one) => one.format === format);
    const why = preview?.findings.find(
      ({ level, formats }) => (level === 'error' || level === 'later') && formats.includes(formatLabel(format)),
    );
    const left = unmade
      ? 'What is typed is no advisory yet: what to mend is said at the fields.'
      : preview === null
        ? 'Nothing is written yet.'
        : `${why?.level === 'later' ? 'Not made yet' : 'Not published'}: ${why?.message ?? ''}.`;
    return { format, label: formatLabel(format), text: made?.text ?? null, says: made === undefined ? left : saysOf(made) };
  });
}

function saysOf({ file, signature, sha256, text }: AdvisoryPreview['documents'][number]): string {
  const signed = { inside: 'its signature will stand inside', beside: `signed by ${file}.asc` } as const;
  const bytes = `${new TextEncoder().encode(text).length} bytes`;
  return [file, bytes, ...(signature === null ? [] : [signed[signature]]), ...(sha256 === null ? [] : [`SHA-256 ${sha256}`])].join(' · ');
}

function labelOf({ place, of, name, is }: ChangeOf, values: AdvisoryValues): string {
  const here = is === null ? undefined : editorPlace(place, values);
  return here?.label ?? [...of, name].filter((word) => word !== '').join(', ');
}

type ChangeOf = Omit<AdvisoryEditorPageProps['desk']['changes'][number], 'label'>;

function sinceOf(context: Context): number | null {
  const asked = context.req.query('since') ?? '';
  return /^[1-9]\d{0,5}$/.test(asked) ? Number(asked) : null;
}

// SPDX-License-Identifier: Apache-2.0
// What would be kept and published if this text were approved now: every document byte for byte, signatures apart, and what is found in it, field by field.

import type { PersonActor } from '../core/model/actor.ts';
import type { Advisory } from '../core/model/advisory.ts';
import { type CaseState, duplicatesOf } from '../core/model/case.ts';
import type { ProjectId } from '../core/model/identifiers.ts';
import type { Instant } from '../core/model/time.ts';
import type { Policy } from '../core/policy/policy.ts';
import { instantToCarry } from '../core/process/publication-instant.ts';
import { formats } from '../formats/index.ts';
import type { Publisher } from '../formats/publisher.ts';
import { OutsideFailure } from '../ports/failure.ts';
import type { AdvisoryDraft } from './advisory-draft.ts';
import { type AdvisoryFinding, findingsIn } from './advisory-findings.ts';
import { asArchived } from './archived.ts';
import { type Drafts, draftsOf, type Rendered, rendered, unsignedDocuments, validated } from './documents.ts';
import { advisoryOf } from './preparation.ts';
import { principalOf } from './principal.ts';
import { formatLabel, formatsOf, publisherOf } from './publisher.ts';
import { fingerprintsOf, signingOf } from './signing.ts';
import type { CaseView } from './views.ts';
import type { World } from './world.ts';

/** What would be kept of a document, its signature apart. */
export interface Previewed extends Pick<Rendered, 'format' | 'file' | 'mediaType'> {
  readonly label: string;
  readonly text: string;
  /** Of the kept bytes; null where these hold their signature. */
  readonly sha256: string | null;
  /** Where the signature will be; null where the policy wants none. */
  readonly signature: 'inside' | 'beside' | null;
}

export interface AdvisoryPreview {
  /** In the order of the policy. */
  readonly documents: readonly Previewed[];
  readonly findings: readonly AdvisoryFinding[];
  /** What of these bytes may still become others, in sentences. */
  readonly open: readonly string[];
}

interface Written {
  readonly advisory: Advisory;
  readonly publisher: Publisher;
  readonly drafts: Drafts;
  readonly published: Instant;
  readonly isSigned: boolean;
  /** Versions whose pages stay beside this one. */
  readonly earlier: readonly number[];
  /** Reports of others that count here and that this reader does not see. */
  readonly unseen: number;
}

/** `draft` stands in the place of what is kept. Undefined where there is neither. `asked`: whether the CSAF validator is asked, which takes seconds the first time. */
export async function previewAdvisory(
  world: World,
  actor: PersonActor,
  view: CaseView,
  draft: AdvisoryDraft | null,
  asked: 'everybody' | 'no validator',
): Promise<AdvisoryPreview | undefined> {
  const made = await writtenNow(world, actor, view, draft);
  if (made === undefined) return undefined;
  const answered = asked === 'everybody' ? await validatedNow(world, made.drafts) : { drafts: made.drafts, silent: null };
  const order = formatsOf(view.policy);
  const documents = unsigned(made, answered.drafts)
    .map((one) => previewed(one, made.isSigned))
    .toSorted((one, other) => order.indexOf(one.format) - order.indexOf(other.format));
  return {
    documents,
    findings: findingsIn(answered.drafts, awaited(view.state)),
    open: stillOpen(view, made, documents, asked === 'everybody' ? answered.silent : 'The CSAF validator is asked by “Preview”.'),
  };
}

/** A page that cannot be written is left out by name like any other format. */
function unsigned({ advisory, publisher, isSigned, earlier }: Written, { made, left }: Drafts): readonly Rendered[] {
  return left.some(({ format }) => format === 'html')
    ? made.map(({ format, text }) => rendered(advisory, format, text))
    : unsignedDocuments(advisory, publisher, made, isSigned, earlier);
}

function previewed({ format, file, mediaType, bytes, sha256 }: Rendered, isSigned: boolean): Previewed {
  const signature = isSigned ? (formats[format].signing === 'clearsign' ? 'inside' : 'beside') : null;
  const text = new TextDecoder().decode(bytes);
  return { format, label: formatLabel(format), file, mediaType, text, sha256: signature === 'inside' ? null : sha256, signature };
}

/** The documents as they stand now; undefined while there is no text. */
export async function writtenNow(
  world: World,
  actor: PersonActor,
  view: CaseView,
  draft: AdvisoryDraft | null,
): Promise<Written | undefined> {
  const { state, policy, now } = view;
  const text = state.advisory.content === null ? undefined : view.texts.get(state.advisory.content.id);
  if (draft === null && text === undefined && view.archived === null) return undefined;
  const published = instantToCarry(state, policy, now);
  const { advisory, unseen, earlier } = await world.store.as(principalOf(actor), async (transaction) => {
    const duplicates = duplicatesOf(state);
    const seen = await transaction.cases.findAll(duplicates);
    const made = await advisoryOf(transaction, view, draft, published, now);
    const kept = new Set((await transaction.documents.of(state.case)).map(({ version }) => version));
    return { advisory: made, unseen: duplicates.length - seen.length, earlier: [...kept].filter((version) => version < made.version) };
  });
  const isSigned = policy.disclosure.signed !== null;
  const publisher = asArchived(await publisherNow(world, actor.project, policy), advisory);
  return { advisory, publisher, drafts: draftsOf(advisory, publisher, formatsOf(policy)), published, isSigned, earlier, unseen };
}

/** A project whose key cannot be read now has pages that do not name it; that is found when documents are prepared. */
async function publisherNow(world: World, project: ProjectId, policy: Policy): Promise<Publisher> {
  try {
    const signing = await world.store.as({ kind: 'process', project }, (transaction) => signingOf(world, project, transaction, policy));
    return publisherOf(world, project, policy, fingerprintsOf(signing));
  } catch (failure) {
    if (failure instanceof OutsideFailure) return publisherOf(world, project, policy, []);
    throw failure;
  }
}

/** A validator that does not answer holds nobody up who writes. */
async function validatedNow(world: World, drafts: Drafts): Promise<{ readonly drafts: Drafts; readonly silent: string | null }> {
  try {
    return { drafts: await validated(world, drafts), silent: null };
  } catch (failure) {
    if (!(failure instanceof OutsideFailure)) throw failure;
    return { drafts, silent: 'The CSAF validator gives no answer just now: CSAF is not checked by it.' };
  }
}

function stillOpen(
  { state, now }: CaseView,
  { published, unseen, publisher, isSigned }: Written,
  documents: readonly Previewed[],
  validator: string | null,
): readonly string[] {
  const checksCsaf = documents.some(({ format }) => format === 'csaf' || format === 'csaf_vex');
  return [
    ...numberLater(state),
    ...(published === now && state.disclosure.begunAt === null
      ? ['No hour of publication is agreed: the documents carry this minute, and will carry that of the release.']
      : []),
    ...(isSigned && (publisher.keys ?? []).length === 0
      ? ['The signing key of the project cannot be read now: the HTML page does not name it.']
      : []),
    ...(unseen === 0 ? [] : [`Credit for ${unseen === 1 ? 'one report' : `${unseen} reports`} that you do not see is missing here.`]),
    ...(validator !== null && checksCsaf ? [validator] : []),
  ];
}

/** What the case has not yet: its number in the project's scheme, numbers of the flaws. */
function awaited({ advisory, flaws }: CaseState): readonly string[] {
  return [...(advisory.number === null ? ['id'] : []), ...(flaws.every(({ number }) => number === null) ? ['cves'] : [])];
}

function numberLater({ advisory, codename }: CaseState): readonly string[] {
  return advisory.number === null
    ? [`The number is given when the release is armed; until then ${codename} stands in its place, and in the names of the files.`]
    : [];
}

// SPDX-License-Identifier: Apache-2.0
// A correction of an imported advisory starts from the record that was kept of it: what an author writes takes its place in there, and all else stays as the archive has it.

import type { Advisory, Branch, Product, Reference } from '../core/model/advisory.ts';
import type { CaseState } from '../core/model/case.ts';
import type { ContentId, PersonId } from '../core/model/identifiers.ts';
import { type Instant, toTheMinute } from '../core/model/time.ts';
import type { Publisher } from '../formats/publisher.ts';
import type { Transaction } from '../ports/store/store.ts';
import { type AdvisoryDraft, errataOf, severityOf } from './advisory-draft.ts';
import { withBackports } from './backports.ts';

/** What was kept when the case was imported; null for a case that was reported. @throws Error where an imported case has no record: a bug. */
export async function archivedRecord({ documents }: Transaction, { case: id, imported }: CaseState): Promise<Advisory | null> {
  if (imported === null) return null;
  const kept = (await documents.of(id)).find(({ format, version }) => format === 'advisory' && version === imported.version);
  if (kept === undefined) throw new Error('an advisory that was imported has its record');
  return JSON.parse(new TextDecoder().decode(kept.bytes)) as Advisory;
}

const texts = ['title', 'summary', 'description', 'impact', 'conditions', 'detection', 'workarounds', 'solution', 'notes'] as const;
const ofProduct = ['name', 'repository', 'component', 'prose'] as const;
const ofBranch = ['name', 'status', 'introducedBy', 'fixedBy', 'vulnerableTags', 'fixedTags', 'note'] as const;
const ofReference = ['kind', 'url', 'title', 'branch'] as const;

/** What an author could have written of it. */
export function draftOfRecord(record: Advisory): AdvisoryDraft {
  const references = (record.references ?? []).filter(isWritable).map((one) => picked(one, ofReference));
  return {
    ...picked(record, texts),
    products: record.products.map((product) => ({
      ...picked(product, ofProduct),
      ...(product.branches === undefined ? {} : { branches: product.branches.map((branch) => picked(branch, ofBranch)) }),
    })),
    ...(references.length === 0 ? {} : { references }),
  } as AdvisoryDraft;
}

/** The record with this draft in it. What has the same name, or the same address, is the same, and keeps what a draft cannot say. */
function revised(record: Advisory, { products, references, ...draft }: AdvisoryDraft): Advisory {
  const { references: old = [], ...rest } = without(record, texts);
  const all = revisedReferences(old, references ?? []);
  return {
    ...rest,
    ...draft,
    products: products.map((product) => revisedProduct(record.products, product)),
    ...(all.length === 0 ? {} : { references: all }),
  } as Advisory;
}

function revisedProduct(before: readonly Product[], { branches, ...product }: AdvisoryDraft['products'][number]): Product {
  const old = before.find(({ name }) => name === product.name);
  const { branches: oldBranches = [], ...rest } = old === undefined ? ({} as Partial<Product>) : without(old, ofProduct);
  const revisedBranches = branches?.map((branch): Branch => {
    const known = oldBranches.find(({ name }) => name === branch.name);
    return { ...(known === undefined ? {} : without(known, ofBranch)), ...branch } as Branch;
  });
  return { ...rest, ...product, ...(revisedBranches === undefined ? {} : { branches: revisedBranches }) } as Product;
}

/** One that has no address is not in the draft, and stays where it stood before the next that has. */
function revisedReferences(before: readonly Reference[], written: NonNullable<AdvisoryDraft['references']>): readonly Reference[] {
  const named = (one: { readonly url?: string }) => before.find(({ url }) => url === one.url);
  const after = written.map((one) => ({ ...without(named(one) ?? one, ofReference), ...one }) as Reference);
  const unwritten = before.flatMap((one, at) => (isWritable(one) ? [] : [{ one, next: before.slice(at).find(isWritable)?.url }]));
  const placed = after.flatMap((one) => [...unwritten.filter(({ next }) => next === one.url).map((kept) => kept.one), one]);
  return [...placed, ...unwritten.map(({ one }) => one).filter((one) => !placed.includes(one))];
}

function isWritable({ url }: Reference): boolean {
  return url !== undefined;
}

/** The next version of an advisory from an archive: its record as it was kept, and what was written, judged and numbered since. */
export function assembledAgain(
  record: Advisory,
  draft: AdvisoryDraft,
  state: CaseState,
  texts: ReadonlyMap<ContentId, string>,
  now: Instant,
  names: ReadonlyMap<PersonId, string>,
): Advisory {
  const { cves: known = [], errata = [], ...rest } = revised(record, draft);
  const cves = state.flaws.flatMap(({ number }) => (number === null ? [] : [known.find(({ id }) => id === number) ?? { id: number }]));
  const severity = severityOf(state, names);
  return {
    ...rest,
    products: withBackports(rest.products, state),
    version: state.advisory.published + 1,
    errata: [...errata, ...errataOf(state, texts, now)],
    ...(cves.length === 0 ? {} : { cves }),
    ...(severity === undefined ? {} : { severity: [severity] }),
    dates: { ...rest.dates, modified: toTheMinute(now) },
  };
}

/** Addresses of people are in a record only where whoever took over the archive said that they are to be published. */
export function asArchived(publisher: Publisher, { credits = [] }: Advisory): Publisher {
  return credits.some(({ email }) => email !== undefined) ? { ...publisher, addresses: 'shown' } : publisher;
}

function picked<Of extends object, Name extends keyof Of>(of: Of, names: readonly Name[]): Pick<Of, Name> {
  return Object.fromEntries(names.flatMap((name) => (of[name] === undefined ? [] : [[name, of[name]]]))) as Pick<Of, Name>;
}

function without<Of extends object, Name extends keyof Of>(of: Of, names: readonly Name[]): Omit<Of, Name> {
  return Object.fromEntries(Object.entries(of).filter(([name]) => !names.includes(name as Name))) as Omit<Of, Name>;
}

// SPDX-License-Identifier: Apache-2.0
// The advisory between its form and its draft: rows and paragraphs become lists, empty ones nothing, and back again.

import type { AdvisoryDraft } from '../app/advisory-draft.ts';
import { type AdvisoryValues, emptyBranch } from './advisory-form.ts';
import type { SentForm } from './form-body.ts';

const paragraphs: readonly string[] = ['conditions', 'workarounds', 'notes'];
const single: readonly string[] = ['title', 'summary', 'description', 'impact', 'detection', 'solution'];
const branchLists = ['introducedBy', 'fixedBy', 'vulnerableTags', 'fixedTags'] as const;

/** What was typed, as the page shows it again. */
export function valuesOf(form: SentForm): AdvisoryValues {
  const of = (name: string) => form.values[name] ?? '';
  return {
    texts: Object.fromEntries([...single, ...paragraphs].map((name) => [name, of(name)])),
    noWorkaround: of('workarounds.none-known') === 'yes',
    products: indexes(form, /^products\.(\d+)\./).map((product) => ({
      name: of(`products.${product}.name`),
      repository: of(`products.${product}.repository`),
      component: of(`products.${product}.component`),
      prose: of(`products.${product}.prose`),
      branches: indexes(form, new RegExp(`^products\\.${product}\\.branches\\.(\\d+)\\.`))
        .map((branch) => rowOf(form, `products.${product}.branches.${branch}`))
        .filter((row) => row.name.trim() !== ''),
    })),
    references: indexes(form, /^references\.(\d+)\./)
      .map((index) => ({
        kind: of(`references.${index}.kind`),
        url: of(`references.${index}.url`),
        title: of(`references.${index}.title`),
      }))
      .filter((row) => row.url.trim() !== ''),
  };
}

/** The draft as the API takes it; a field that is empty is not said. */
export function draftOf({ texts, noWorkaround, products, references }: AdvisoryValues): object {
  const workarounds = noWorkaround ? 'none-known' : list(texts['workarounds']);
  return said({
    ...Object.fromEntries(single.map((name) => [name, text(texts[name])])),
    conditions: list(texts['conditions']),
    notes: list(texts['notes']),
    workarounds,
    products: products
      .filter((product) => product.name.trim() !== '')
      .map((product) =>
        said({
          name: product.name,
          repository: text(product.repository),
          component: text(product.component),
          prose: text(product.prose),
          branches:
            product.branches.length === 0
              ? undefined
              : product.branches.map((row) => said({ name: row.name, status: row.status, ...words(row) })),
        }),
      ),
    references:
      references.length === 0 ? undefined : references.map((row) => said({ kind: row.kind, url: text(row.url), title: text(row.title) })),
  });
}

/** A kept draft, as the form shows it. */
export function valuesFrom(draft: AdvisoryDraft | null): AdvisoryValues {
  const blocks = (all: readonly string[] | undefined) => (all ?? []).join('\n\n');
  return {
    texts: {
      ...Object.fromEntries(single.map((name) => [name, String(draft?.[name as 'title'] ?? '')])),
      conditions: blocks(draft?.conditions),
      notes: blocks(draft?.notes),
      workarounds: draft?.workarounds === 'none-known' ? '' : blocks(draft?.workarounds),
    },
    noWorkaround: draft?.workarounds === 'none-known',
    products: (draft?.products ?? []).map(({ name, repository = '', component = '', prose = '', branches = [] }) => ({
      name,
      repository,
      component,
      prose,
      branches: branches.map((branch) => ({
        ...emptyBranch,
        name: branch.name,
        status: branch.status,
        ...Object.fromEntries(branchLists.map((key) => [key, (branch[key] ?? []).join(' ')])),
      })),
    })),
    references: (draft?.references ?? []).map(({ kind, url = '', title = '' }) => ({ kind, url, title })),
  };
}

function rowOf(form: SentForm, prefix: string) {
  const of = (name: string) => form.values[`${prefix}.${name}`] ?? '';
  return {
    name: of('name'),
    status: of('status'),
    introducedBy: of('introducedBy'),
    fixedBy: of('fixedBy'),
    vulnerableTags: of('vulnerableTags'),
    fixedTags: of('fixedTags'),
  };
}

function words(row: ReturnType<typeof rowOf>) {
  return Object.fromEntries(
    branchLists.map((key) => [key, row[key].split(/[\s,]+/).filter((word) => word !== '')]).filter(([, all]) => (all?.length ?? 0) > 0),
  );
}

function indexes(form: SentForm, pattern: RegExp): readonly number[] {
  const found = Object.keys(form.values).flatMap((name) => pattern.exec(name)?.[1] ?? []);
  return [...new Set(found.map(Number))].sort((a, b) => a - b);
}

function list(typed: string | undefined): readonly string[] | undefined {
  const all = (typed ?? '')
    .split(/\n\s*\n/)
    .map((block) => block.replace(/^\s*\n|\s+$/g, ''))
    .filter((block) => block.trim() !== '');
  return all.length === 0 ? undefined : all;
}

function text(typed: string | undefined): string | undefined {
  return typed === undefined || typed.trim() === '' ? undefined : typed;
}

function said(object: Readonly<Record<string, unknown>>): object {
  return Object.fromEntries(Object.entries(object).filter(([, value]) => value !== undefined));
}

// SPDX-License-Identifier: Apache-2.0
// The advisory as an OpenStack security advisory in YAML: keys and their order as in the repository of OpenStack's advisories (CONTRACT 3.6).

import { Document, type ToStringOptions, visit } from 'yaml';
import type { Advisory, Credit, Cve, Product, Reference, Severity, Weakness } from '../core/model/advisory.ts';
import { dayOf, isDay } from '../core/model/day.ts';
import { blocksOf, isVerbatim, type Prose } from '../core/model/prose.ts';
import { isAffected } from './affected.ts';
import { type FormatRefusal, type Loss, refused, type Written } from './format.ts';
import { lossesBeside, lossesIn } from './losses.ts';
import { writeOssaVersions } from './ossa-versions.ts';

const noPlace = 'an OpenStack advisory has no place for it';
const carried = [
  'daylight',
  'id',
  'kind',
  'version',
  'errata',
  'title',
  'description',
  'products',
  'cves',
  'severity',
  'cwes',
  'credits',
  'dates',
  'references',
  'notes',
];

/** The keys of an advisory, in their order. */
export const ossaKeys = [
  'date',
  'id',
  'title',
  'description',
  'errata',
  'reference',
  'affected-products',
  'vulnerabilities',
  'reporters',
  'issues',
  'reviews',
  'notes',
  'errata_history',
] as const;

type Yaml = string | number | readonly Yaml[] | { readonly [key: string]: Yaml | undefined };

const layout: ToStringOptions = { lineWidth: 80, indentSeq: true };

export function writeOssa(advisory: Advisory): Written {
  const refusal = unsayable(advisory);
  if (refusal !== undefined) return { ok: false, refusal };
  const { published } = advisory.dates;
  if (published === undefined) return refused('no-date', 'dates.published', 'an OpenStack advisory begins with the day of its publication');
  const newest = advisory.errata?.at(-1);
  const body: Record<(typeof ossaKeys)[number], Yaml | undefined> = {
    date: dayOf(published),
    id: advisory.id,
    title: advisory.title,
    description: advisory.description,
    errata: newest?.reason,
    reference: discussionOf(advisory)?.url,
    'affected-products': advisory.products.filter(isAffected).map(productYaml),
    vulnerabilities: vulnerabilities(advisory),
    reporters: (advisory.credits ?? []).filter(isReporter).map((credit) => reporterYaml(credit, advisory)),
    issues: { links: (advisory.references ?? []).filter(isIssue).flatMap(({ url }) => url ?? []) },
    reviews: reviews(advisory),
    notes: advisory.notes,
    errata_history: history(advisory, dayOf(published)),
  };
  return { ok: true, text: laidOut(body), losses: lossesOf(advisory) };
}

function unsayable(advisory: Advisory): FormatRefusal | undefined {
  if (!/^[A-Z]+-\d{4}-\d{3,}$/.test(advisory.id))
    return { rule: 'number', place: 'id', message: `an OpenStack advisory is numbered OSSA-YYYY-NNN, not ${advisory.id}` };
  if (advisory.withdrawn !== undefined)
    return { rule: 'withdrawn', place: 'withdrawn', message: 'an OpenStack advisory cannot say that it is withdrawn' };
  if (!advisory.products.some(isAffected))
    return { rule: 'no-product', place: 'products', message: 'an OpenStack advisory names at least one affected product' };
  if (advisory.description === undefined)
    return { rule: 'no-description', place: 'description', message: 'an OpenStack advisory has a description' };
  return undefined;
}

/** Long texts are folded, and an empty line stands before each part, as in OpenStack's own files. */
function laidOut(body: Readonly<Record<string, Yaml | undefined>>): string {
  const kept = Object.entries(body).filter(([, value]) => value !== undefined && !(Array.isArray(value) && value.length === 0));
  const document = new Document(Object.fromEntries(kept));
  visit(document, {
    Pair: (key, pair, { length: depth }) => {
      if (key !== 0 && depth === 2) (pair.key as { spaceBefore?: boolean }).spaceBefore = true;
    },
    Scalar: (_, scalar) => {
      if (typeof scalar.value === 'number') scalar.minFractionDigits = 1;
      if (typeof scalar.value !== 'string' || !scalar.value.includes('\n')) return;
      const blocks = blocksOf(scalar.value as Prose);
      scalar.type = blocks.some(isVerbatim) ? 'BLOCK_LITERAL' : 'BLOCK_FOLDED';
      if (scalar.type === 'BLOCK_FOLDED') scalar.value = blocks.join('\n');
    },
  });
  return document.toString(layout);
}

function productYaml(product: Product): Yaml {
  return { product: product.name, version: versionsOf(product) };
}

/** Ranges, else the words of the record, else the releases and branches that have the flaw. The key must be there: what is not known is said so. */
function versionsOf({ ranges = [], prose, branches = [] }: Product): string {
  const affected = branches.filter(
    ({ status, vulnerableTags }) => vulnerableTags !== undefined || status === 'affected' || status === 'wont-fix',
  );
  const named = [...new Set(affected.flatMap(({ name, vulnerableTags }) => vulnerableTags ?? `branch ${name}`))];
  return writeOssaVersions(ranges) ?? prose ?? (named.length === 0 ? 'not specified' : named.join(', '));
}

function vulnerabilities(advisory: Advisory): readonly Yaml[] {
  const only = (advisory.cves ?? []).length === 1;
  const unread = (advisory.references ?? []).filter(isUnreadCve).map(({ id }) => ({ 'cve-id': `CVE-${id}` }));
  return [...(advisory.cves ?? []).map((cve) => vulnerability(cve, only, advisory)), ...unread];
}

function vulnerability(cve: Cve, only: boolean, advisory: Advisory): Yaml {
  const concerns = (of: { readonly cve?: Cve['id'] }) => of.cve === cve.id || (of.cve === undefined && only);
  const severity = (advisory.severity ?? []).find((each) => concerns(each) && isAssessment(each));
  const weakness = (advisory.cwes ?? []).find(concerns);
  return {
    'cve-id': cve.id,
    note: cve.note,
    'impact-assessment': severity === undefined ? undefined : assessment(severity),
    classification: weakness === undefined ? undefined : { source: weakness.by, type: 'CWE', detail: weakness.id ?? weakness.name },
  };
}

function isAssessment({ vector }: Severity): boolean {
  return vector === undefined || vector.system === 'CVSS:2.0';
}

function assessment({ by, level, vector }: Severity): Yaml {
  const scored = vector === undefined ? undefined : { type: 'CVSS2', score: vector.score, detail: vector.value };
  return { source: by, rating: level, assessment: scored };
}

function isReporter(credit: Credit): boolean {
  return (credit.kind === 'reporter' || credit.kind === 'finder') && credit.name !== undefined;
}

function reporterYaml(credit: Credit, { cves = [] }: Advisory): Yaml {
  return { name: credit.name, affiliation: credit.organisation, reported: credit.cves ?? cves.map(({ id }) => id) };
}

function discussionOf({ references = [] }: Advisory): Reference | undefined {
  return references.find(({ kind, url }) => kind === 'discussion' && url !== undefined);
}

function isIssue({ kind, url }: Reference): boolean {
  return (kind === 'bug' || kind === 'report') && url !== undefined;
}

function isUnreadCve({ kind, tracker, id }: Reference): boolean {
  return kind === 'advisory' && tracker === 'CVE' && id !== undefined;
}

/** Where the patch is of no branch that has a name, its review stands under `master`. */
function reviews({ references = [] }: Advisory): Yaml {
  const branches = new Map<string, string[]>();
  for (const { kind, url, branch, title } of references) {
    if (kind !== 'patch' || url === undefined) continue;
    const links = branches.get(branch ?? 'master') ?? [];
    branches.set(branch ?? 'master', [...links, title === undefined ? url : `${url} - ${title}`]);
  }
  return Object.fromEntries(branches);
}

function history(advisory: Advisory, published: string): readonly Yaml[] {
  if (advisory.errata === undefined) return [];
  const errata = advisory.errata.toReversed().map(({ version, date }) => `${dayOf(date)} - Errata ${version - 1}`);
  return [...errata, `${published} - Original Version`];
}

function lossesOf(advisory: Advisory): readonly Loss[] {
  const day = 'an OpenStack advisory gives the day only';
  const discussion = discussionOf(advisory);
  return [
    ...lossesBeside(advisory, carried, noPlace),
    ...(advisory.kind === 'advisory' ? [] : [{ field: 'kind', why: 'everything is an advisory there' }]),
    ...lossesIn(advisory.errata?.slice(0, -1), 'errata', (each, place) =>
      lossesBeside(each, ['version', 'date'], 'only the newest erratum gives its reason', `${place}.`),
    ),
    ...lossesIn(advisory.products, 'products', productLosses),
    ...lossesIn(advisory.cves, 'cves', (cve, place) => lossesBeside(cve, ['id', 'note'], noPlace, `${place}.`)),
    ...lossesIn(advisory.severity, 'severity', (each, place) => severityLosses(each, place, advisory)),
    ...lossesIn(advisory.cwes, 'cwes', (each, place) => weaknessLosses(each, place, advisory)),
    ...lossesIn(advisory.credits, 'credits', creditLosses),
    ...lossesBeside(advisory.dates, ['published', 'modified'], noPlace, 'dates.'),
    ...Object.entries(advisory.dates).flatMap(([name, when]) =>
      name === 'published' && !isDay(when) ? [{ field: `dates.${name}`, why: day }] : [],
    ),
    ...lossesIn(advisory.references, 'references', (each, place) => referenceLosses(each, place, discussion)),
  ];
}

function productLosses(product: Product, place: string): readonly Loss[] {
  if (!isAffected(product)) return [{ field: place, why: 'an OpenStack advisory lists affected products only' }];
  const branches =
    product.branches === undefined ? [] : [{ field: `${place}.branches`, why: 'versions stand there without their branches and commits' }];
  const unsaid = lossesIn(product.ranges, `${place}.ranges`, (range, at) =>
    range.status !== undefined
      ? [{ field: at, why: 'only affected versions have a place there' }]
      : range.branch === undefined
        ? []
        : [{ field: `${at}.branch`, why: noPlace }],
  );
  const prose =
    product.ranges !== undefined && product.prose !== undefined ? [{ field: `${place}.prose`, why: 'the ranges stand there instead' }] : [];
  return [...lossesBeside(product, ['name', 'ranges', 'prose', 'branches'], noPlace, `${place}.`), ...branches, ...unsaid, ...prose];
}

function severityLosses(each: Severity, place: string, { cves = [], severity = [] }: Advisory): readonly Loss[] {
  if (!isAssessment(each)) return [{ field: place, why: 'an OpenStack advisory knows CVSS 2.0 only' }];
  const same = severity.filter((other) => isAssessment(other) && other.cve === each.cve);
  if (cves.length === 0 || (each.cve === undefined && cves.length > 1))
    return [{ field: place, why: 'it stands with one CVE number there' }];
  if (same[0] !== each) return [{ field: place, why: 'one assessment for each number' }];
  return lossesBeside(each, ['by', 'level', 'vector', 'cve'], noPlace, `${place}.`);
}

function weaknessLosses(each: Weakness, place: string, { cves = [], cwes = [] }: Advisory): readonly Loss[] {
  if (cves.length === 0 || (each.cve === undefined && cves.length > 1))
    return [{ field: place, why: 'it stands with one CVE number there' }];
  if (cwes.filter((other) => other.cve === each.cve)[0] !== each) return [{ field: place, why: 'one weakness for each number' }];
  return each.id !== undefined && each.name !== undefined ? [{ field: `${place}.name`, why: 'the number stands there instead' }] : [];
}

function creditLosses(credit: Credit, place: string): readonly Loss[] {
  if (!isReporter(credit)) return [{ field: place, why: 'an OpenStack advisory credits reporters by name' }];
  return [
    ...(credit.kind === 'reporter' ? [] : [{ field: `${place}.kind`, why: 'everybody is a reporter there' }]),
    ...lossesBeside(credit, ['kind', 'name', 'organisation', 'cves'], noPlace, `${place}.`),
  ];
}

function referenceLosses(each: Reference, place: string, discussion: Reference | undefined): readonly Loss[] {
  if (each === discussion || isUnreadCve(each)) return [];
  if (each.kind === 'patch' && each.url !== undefined)
    return each.branch === undefined ? [{ field: `${place}.branch`, why: 'without a branch it stands under master' }] : [];
  if (!isIssue(each)) return [{ field: place, why: 'only reviews, issues and one discussion have a place there' }];
  return lossesBeside(each, ['kind', 'url', 'tracker', 'id'], noPlace, `${place}.`);
}

// SPDX-License-Identifier: Apache-2.0
// The advisory as a CVE record, format 5.1, with the container of the CNA (F8 to F13). It is about one number, credits in their own place, and refers to a public page.

import type { Advisory, Credit, Cve, Reference, Severity } from '../core/model/advisory.ts';
import type { Prose } from '../core/model/prose.ts';
import { cveAffected } from './cve-affected.ts';
import { cveLosses } from './cve-losses.ts';
import { described, fits, longestText, longestTitle, referenceAddress } from './cve-parts.ts';
import { creditTypes, metricKeys, referenceTags } from './cve-words.ts';
import { cvssJson } from './cvss-json.ts';
import type { FormatRefusal, Written } from './format.ts';
import { type Json, jsonText } from './json-document.ts';
import { advisoryPage, type Publisher } from './publisher.ts';
import { noneKnown } from './text-sections.ts';
import { timestamp } from './timestamps.ts';
import { namedIn } from './uncredited.ts';
import { exploitationWords } from './words.ts';

export function writeCve(advisory: Advisory, publisher: Publisher): Written {
  const refusal = unsayable(advisory, publisher);
  const [cve] = advisory.cves ?? [];
  const organisation = cve?.listing ?? publisher.cna;
  if (refusal !== undefined) return { ok: false, refusal };
  if (cve === undefined || organisation === undefined) return { ok: false, refusal: noOrganisation };
  const text = jsonText({
    dataType: 'CVE_RECORD',
    dataVersion: '5.1',
    cveMetadata: metadata(cve, organisation),
    containers: { cna: container(advisory, cve, publisher) },
  });
  return { ok: true, text, losses: cveLosses(advisory, publisher) };
}

const noOrganisation: FormatRefusal = {
  rule: 'no-organisation',
  place: 'cves[0].listing',
  message: 'a CVE record names the organisation that assigned the number; neither the advisory nor the policy knows it',
};

function unsayable(advisory: Advisory, publisher: Publisher): FormatRefusal | undefined {
  const { cves = [], products } = advisory;
  const ids = cves.map(({ id }) => id).join(', ');
  if (cves.length === 0) return { rule: 'no-number', place: 'cves', message: 'a CVE record is about a CVE id, and this advisory has none' };
  if (cves.length > 1) return { rule: 'several-numbers', place: 'cves', message: `a CVE record is about one number; choose one of ${ids}` };
  if (advisory.withdrawn !== undefined)
    return { rule: 'withdrawn', place: 'withdrawn', message: 'a number is rejected by its CNA, not by a published record' };
  if (!language(advisory, publisher).startsWith('en'))
    return { rule: 'not-english', place: 'language', message: 'a CVE record describes in English' };
  if (products.length === 0) return { rule: 'no-product', place: 'products', message: 'a CVE record names at least one product' };
  const text = described(advisory);
  if (text === undefined) return { rule: 'no-description', place: 'description', message: 'a CVE record has a description' };
  if (text.length > longestText)
    return {
      rule: 'too-long',
      place: 'description',
      message: `a CVE record describes in at most ${longestText} characters, not ${text.length}`,
    };
  const [name] = namedIn(text, advisory.credits ?? []);
  if (name !== undefined)
    return {
      rule: 'credit-in-description',
      place: 'description',
      message: `the description of a CVE record credits nobody (CNA 5.2.4), and this one names ${name}`,
    };
  if (references(advisory, publisher).length === 0)
    return { rule: 'no-reference', place: 'references', message: 'a CVE record refers to at least one public page (CNA 5.3.1)' };
  return undefined;
}

function language(advisory: Advisory, publisher: Publisher): string {
  return advisory.language ?? publisher.language;
}

type Organisation = { readonly organisation: string; readonly name?: string };

function metadata({ id, listing }: Cve, { organisation, name }: Organisation): Json {
  const at = (when: Parameters<typeof timestamp>[0] | undefined) => (when === undefined ? undefined : timestamp(when));
  return {
    cveId: id,
    assignerOrgId: organisation,
    assignerShortName: name,
    state: 'PUBLISHED',
    dateReserved: at(listing?.reserved),
    datePublished: at(listing?.published),
    dateUpdated: at(listing?.updated),
  };
}

function container(advisory: Advisory, cve: Cve, publisher: Publisher): Json {
  const lang = language(advisory, publisher);
  const spoken = (value: string) => ({ lang, value });
  const { published, modified } = advisory.dates;
  const writer = cve.listing?.writer ?? cve.listing ?? publisher.cna;
  const title = cve.title ?? advisory.title;
  return {
    providerMetadata: {
      orgId: writer?.organisation ?? '',
      shortName: writer?.name,
      dateUpdated: modified === undefined ? undefined : timestamp(modified),
    },
    datePublic: published === undefined ? undefined : timestamp(published),
    title: title.length > longestTitle || String(title) === cve.id ? undefined : title,
    descriptions: [spoken(described(advisory) ?? '')],
    affected: advisory.products.flatMap((product) => cveAffected(product, publisher)),
    problemTypes: (advisory.cwes ?? []).map(({ id, name }) => ({
      descriptions: [{ lang, description: name ?? id ?? '', cweId: id, type: id === undefined ? 'text' : 'CWE' }],
    })),
    references: references(advisory, publisher),
    impacts: (advisory.attackPatterns ?? []).map((capecId) => ({ capecId, descriptions: [spoken(capecId)] })),
    metrics: (advisory.severity ?? []).flatMap((each) => metrics(each, lang)),
    configurations: (advisory.conditions ?? []).filter(fits).map(spoken),
    workarounds: workarounds(advisory).filter(fits).map(spoken),
    solutions: [advisory.solution].filter((text) => text !== undefined && fits(text)).map((text) => spoken(text ?? '')),
    exploits: exploits(advisory).filter(fits).map(spoken),
    timeline: (advisory.timeline ?? []).map(({ at, text }) => ({ time: timestamp(at), lang, value: text })),
    credits: (advisory.credits ?? [])
      .filter(({ name }) => name !== undefined)
      .map((credit) => ({ lang, value: credited(credit), type: creditTypes[credit.kind] })),
    source: source(advisory),
    tags: cve.tags ?? [],
  };
}

function workarounds({ workarounds: ways }: Advisory): readonly Prose[] {
  return ways === 'none-known' ? [noneKnown] : (ways ?? []);
}

function exploits({ exploitation }: Advisory): readonly string[] {
  if (exploitation === undefined || exploitation.status === 'not-known') return [];
  const words = exploitationWords[exploitation.status];
  return [[`${words.slice(0, 1).toUpperCase()}${words.slice(1)}.`, exploitation.note].filter(Boolean).join('\n\n')];
}

function credited({ name, organisation }: Credit): string {
  return organisation === undefined ? `${name}` : `${name} (${organisation})`;
}

/** A level in words and a vector are two metrics there. */
function metrics({ by, level, scale, vector, reason }: Severity, lang: string): readonly Json[] {
  const scenarios = reason === undefined || !fits(reason) ? undefined : [{ lang, value: reason }];
  const score = vector === undefined ? undefined : cvssJson(vector);
  const type = scale?.name ?? `Severity by ${by}`;
  return [
    ...(level === undefined ? [] : [{ other: { type: type.slice(0, 128), content: { value: level, namespace: scale?.url } } }]),
    ...(vector === undefined || score === undefined ? [] : [{ format: 'CVSS', scenarios, [metricKeys[vector.system]]: score }]),
  ];
}

/** The page of the advisory itself first, where the publisher has one and the advisory does not list it. */
function references(advisory: Advisory, publisher: Publisher): readonly Json[] {
  const listed = (advisory.references ?? []).flatMap((each) => referenceJson(each, publisher));
  const page = advisoryPage(advisory.id, publisher);
  const own =
    page === undefined || (advisory.references ?? []).some(({ url }) => url === page)
      ? []
      : [{ url: page, name: advisory.id, tags: ['vendor-advisory'] }];
  return [...new Map([...own, ...listed].map((each) => [JSON.stringify(each), each])).values()];
}

function referenceJson(reference: Reference, publisher: Publisher): readonly Json[] {
  const url = referenceAddress(reference, publisher);
  const tag = referenceTags[reference.kind];
  return url === undefined ? [] : [{ url, name: reference.title, tags: reference.tags ?? (tag === undefined ? [] : [tag]) }];
}

/** The number that the advisory has beside its CVE id. */
function source({ id, aliases = [], cves = [] }: Advisory): Json | undefined {
  const advisory = cves.some((cve) => String(cve.id) === id) ? aliases[0] : id;
  return advisory === undefined ? undefined : { advisory, discovery: 'UNKNOWN' };
}

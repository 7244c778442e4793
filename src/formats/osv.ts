// SPDX-License-Identifier: Apache-2.0
// The advisory as an OSV record (OSV schema 1.7): machines ask it which commits and versions have the flaw.

import type { Advisory, Credit, Reference, Severity } from '../core/model/advisory.ts';
import { type Loss, refused, type Written } from './format.ts';
import { type Json, jsonText } from './json-document.ts';
import { kindLosses, lossesBeside, lossesIn } from './losses.ts';
import { affectedLosses, osvAffected } from './osv-affected.ts';
import { creditTypes, osvId, referenceTypes, severityTypes } from './osv-words.ts';
import { toMarkdown } from './prose-markdown.ts';
import { bugAddress, type Publisher } from './publisher.ts';
import { chapters, told } from './story.ts';
import { addressesWithheld } from './text.ts';
import { hourLosses, publicationOf, timestamp } from './timestamps.ts';
import { isUri } from './uri.ts';

const noPlace = 'OSV has no place for it';
const carried = [
  'daylight',
  'id',
  'kind',
  'version',
  'aliases',
  'related',
  'title',
  ...told,
  'products',
  'cves',
  'severity',
  'credits',
  'dates',
  'references',
];

export function writeOsv(advisory: Advisory, publisher: Publisher): Written {
  const { dates } = advisory;
  const out = publicationOf(advisory);
  const modified = dates.modified ?? out;
  if (modified === undefined) return refused('no-date', 'dates.published', 'an OSV record says when it was last changed');
  if (advisory.withdrawn !== undefined && dates.withdrawn === undefined)
    return refused('no-date', 'dates.withdrawn', 'an OSV record is withdrawn at a time; without one it would stand');
  const numbers = (advisory.cves ?? []).map(({ id }) => id as string).filter((id) => id !== advisory.id);
  const text = jsonText({
    schema_version: '1.7.0',
    id: osvId(advisory.id),
    modified: timestamp(modified),
    published: out === undefined ? undefined : timestamp(out),
    withdrawn: dates.withdrawn === undefined ? undefined : timestamp(dates.withdrawn),
    aliases: [...numbers, ...(advisory.aliases ?? [])],
    related: advisory.related ?? [],
    summary: advisory.title,
    details: details(advisory),
    severity: vectors(advisory).map(({ system, value }) => ({ type: severityTypes[system], score: value })),
    affected: advisory.products.flatMap((product) => osvAffected(product, publisher) ?? []),
    references: (advisory.references ?? []).flatMap((reference) => referenceJson(reference, publisher)),
    credits: (advisory.credits ?? []).flatMap((credit) => creditJson(credit, publisher)),
  });
  return { ok: true, text, losses: lossesOf(advisory, publisher) };
}

/** What is wrong comes without a heading: it is what readers of OSV expect there. */
function details(advisory: Advisory): string | undefined {
  const all = chapters(advisory).map(({ title, texts }) => {
    const words = texts.map(toMarkdown).join('\n\n');
    return title === 'Description' || title === 'Summary' ? words : `## ${title}\n\n${words}`;
  });
  return all.length === 0 ? undefined : all.join('\n\n');
}

/** One vector of each type, the first; OSV says who judged of none. */
function vectors({ severity = [] }: Advisory): readonly NonNullable<Severity['vector']>[] {
  const all = severity.flatMap(({ vector }) => vector ?? []);
  return all.filter((each, at) => all.findIndex(({ system }) => severityTypes[system] === severityTypes[each.system]) === at);
}

function address({ url, tracker, id }: Reference, publisher: Publisher): string | undefined {
  const found = url ?? (tracker === undefined || id === undefined ? undefined : bugAddress(tracker, id, publisher));
  return found !== undefined && isUri(found) ? found : undefined;
}

function referenceJson(reference: Reference, publisher: Publisher): readonly Json[] {
  const url = address(reference, publisher);
  return url === undefined ? [] : [{ type: referenceTypes[reference.kind], url }];
}

function creditJson({ kind, name, email, url }: Credit, publisher: Publisher): readonly Json[] {
  const shown = publisher.addresses === 'shown' ? email : undefined;
  const called = name ?? shown;
  const contact = [...(shown === undefined ? [] : [`mailto:${shown}`]), ...(url === undefined ? [] : [url])];
  return called === undefined ? [] : [{ name: called, contact, type: creditTypes[kind] }];
}

function lossesOf(advisory: Advisory, publisher: Publisher): readonly Loss[] {
  const kept = vectors(advisory);
  return [
    ...kindLosses(advisory, noPlace),
    ...lossesBeside(advisory, carried, noPlace),
    ...lossesIn(advisory.products, 'products', (product, place) => affectedLosses(product, place, publisher)),
    ...lossesIn(advisory.cves, 'cves', (cve, place) => lossesBeside(cve, ['id'], noPlace, `${place}.`)),
    ...lossesIn(advisory.severity, 'severity', (each, place) =>
      each.vector !== undefined && kept.includes(each.vector)
        ? lossesBeside(each, ['vector'], 'OSV has the vector only', `${place}.`)
        : [{ field: place, why: 'OSV has one vector of each kind, and no levels in words' }],
    ),
    ...lossesIn(advisory.credits, 'credits', (credit, place) => creditLosses(credit, place, publisher)),
    ...addressesWithheld(advisory, publisher),
    ...lossesBeside(advisory.dates, ['published', 'modified', 'withdrawn'], noPlace, 'dates.'),
    ...hourLosses(advisory.dates, ['published', 'modified', 'withdrawn']),
    ...lossesIn(advisory.references, 'references', (reference, place) => referenceLosses(reference, place, publisher)),
  ];
}

function creditLosses(credit: Credit, place: string, publisher: Publisher): readonly Loss[] {
  if (creditJson(credit, publisher).length === 0) return [{ field: place, why: 'OSV credits by name' }];
  return lossesBeside(credit, ['kind', 'name', 'email', 'url'], noPlace, `${place}.`);
}

function referenceLosses(reference: Reference, place: string, publisher: Publisher): readonly Loss[] {
  if (address(reference, publisher) === undefined) return [{ field: place, why: 'OSV refers to addresses only' }];
  const shared =
    reference.kind === 'bug' || reference.kind === 'record'
      ? [{ field: `${place}.kind`, why: `it is ${referenceTypes[reference.kind]} there` }]
      : [];
  return [...shared, ...lossesBeside(reference, ['kind', 'url'], noPlace, `${place}.`)];
}

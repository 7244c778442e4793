// SPDX-License-Identifier: Apache-2.0
// The advisory as a CSAF 2.0 document: as a security advisory (profile 4), or as a statement of what is affected and what is not (VEX, profile 5).

import type { Advisory, Reference } from '../core/model/advisory.ts';
import type { When } from '../core/model/day.ts';
import { csafLosses } from './csaf-losses.ts';
import { leavesOf, productTree } from './csaf-tree.ts';
import { vulnerabilities } from './csaf-vulnerability.ts';
import type { FormatRefusal, Written } from './format.ts';
import { type Json, sortedJsonText } from './json-document.ts';
import { advisoryPage, bugAddress, type Publisher } from './publisher.ts';
import { publicationOf, timestamp } from './timestamps.ts';
import { isUri } from './uri.ts';
import { referenceWords } from './words.ts';

type Profile = 'csaf_security_advisory' | 'csaf_vex';

export function writeCsaf(advisory: Advisory, publisher: Publisher): Written {
  return written(advisory, publisher, 'csaf_security_advisory');
}

export function writeCsafVex(advisory: Advisory, publisher: Publisher): Written {
  return written(advisory, publisher, 'csaf_vex');
}

function written(advisory: Advisory, publisher: Publisher, profile: Profile): Written {
  const refusal = unsayable(advisory, publisher);
  const released = publicationOf(advisory);
  if (refusal !== undefined) return { ok: false, refusal };
  if (released === undefined) return { ok: false, refusal: undated };
  const leaves = leavesOf(advisory.products);
  const text = sortedJsonText({
    document: documentOf(advisory, released, publisher, profile),
    product_tree: productTree(leaves, publisher),
    vulnerabilities: vulnerabilities(advisory, leaves, publisher),
  });
  return { ok: true, text, losses: csafLosses(advisory, publisher) };
}

const undated: FormatRefusal = { rule: 'no-date', place: 'dates.published', message: 'a CSAF document says when it was first released' };

function unsayable(advisory: Advisory, { namespace }: Publisher): FormatRefusal | undefined {
  if (namespace === undefined)
    return {
      rule: 'no-namespace',
      place: 'the policy',
      message: 'a CSAF document names the address that stands for its publisher; the policy knows none',
    };
  if (advisory.products.length === 0)
    return { rule: 'no-product', place: 'products', message: 'a CSAF advisory names at least one product' };
  if (advisory.withdrawn !== undefined)
    return { rule: 'withdrawn', place: 'withdrawn', message: 'CSAF 2.0 cannot say that an advisory is withdrawn' };
  return undefined;
}

function documentOf(advisory: Advisory, released: When, publisher: Publisher, profile: Profile): Json {
  return {
    aggregate_severity: aggregate(advisory),
    category: profile,
    csaf_version: '2.0',
    distribution: { tlp: { label: tlp(advisory), url: 'https://www.first.org/tlp/' } },
    lang: advisory.language ?? publisher.language,
    notes: documentNotes(advisory),
    publisher: { category: 'vendor', name: publisher.name, namespace: publisher.namespace ?? '' },
    references: references(advisory, publisher),
    title: advisory.title,
    tracking: tracking(advisory, released),
  };
}

function aggregate({ severity = [] }: Advisory): Json | undefined {
  const rated = severity.find(({ level }) => level !== undefined);
  const url = rated?.scale?.url;
  return rated?.level === undefined ? undefined : { namespace: url !== undefined && isUri(url) ? url : undefined, text: rated.level };
}

/** CSAF 2.0 has TLP 1: what is clear was called white, and AMBER+STRICT was AMBER. A published advisory is for everybody. */
function tlp({ tlp: label = 'CLEAR' }: Advisory): string {
  if (label === 'CLEAR') return 'WHITE';
  return label === 'AMBER+STRICT' ? 'AMBER' : label;
}

function documentNotes({ summary, notes = [] }: Advisory): readonly Json[] {
  const head = summary === undefined ? [] : [{ category: 'summary', text: summary as string, title: 'Summary' }];
  return [...head, ...notes.map((text) => ({ category: 'general', text, title: 'Note' }))];
}

function references(advisory: Advisory, publisher: Publisher): readonly Json[] {
  const page = advisoryPage(advisory.id, publisher);
  const own = page === undefined ? [] : [{ category: 'self', summary: advisory.id as string, url: page }];
  const others = (advisory.references ?? []).filter(({ url }) => url === undefined || url !== page);
  const all = [...own, ...others.flatMap((each) => referenceJson(each, publisher))];
  return [...new Map(all.map((each) => [JSON.stringify(each), each])).values()];
}

/** What it is stands in the summary: CSAF knows only that it is elsewhere. */
function referenceJson({ kind, url, tracker, id, title, branch }: Reference, publisher: Publisher): readonly Json[] {
  const address = url ?? (tracker === undefined || id === undefined ? undefined : bugAddress(tracker, id, publisher));
  const words = [referenceWords[kind], branch, title].filter(Boolean).join(', ');
  return address === undefined || !isUri(address) ? [] : [{ category: 'external', summary: words, url: address }];
}

interface Revision {
  readonly date: When;
  readonly number: number;
  readonly summary: string;
}

/** Numbers of revisions follow one another (CSAF 2.0 6.1.21) in the order of their dates (6.1.14). */
function tracking(advisory: Advisory, released: When): Json {
  const errata = (advisory.errata ?? []).map(({ date, reason }) => ({ date, summary: reason ?? 'Corrected.' }));
  const revisions = [{ date: released, summary: 'First publication.' }, ...errata].map(
    (each, at): Revision => ({ ...each, number: at + 1 }),
  );
  const last = revisions.at(-1)?.date ?? released;
  const current = [last, advisory.dates.modified ?? last].map(timestamp).sort().at(-1) ?? timestamp(last);
  return {
    aliases: advisory.aliases ?? [],
    current_release_date: current,
    generator: { engine: { name: 'Daylight' } },
    id: advisory.id,
    initial_release_date: timestamp(released),
    revision_history: revisions.map(({ date, number, summary }) => ({ date: timestamp(date), number: String(number), summary })),
    status: 'final',
    version: String(revisions.length),
  };
}

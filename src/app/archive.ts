// SPDX-License-Identifier: Apache-2.0
// An archive of advisories as it is read: each file by itself, and then what is odd about all of them together. Everything is told, nothing is mended. Pure.

import type { Advisory } from '../core/model/advisory.ts';
import { dayOf } from '../core/model/day.ts';
import type { ArchiveFormat } from '../core/model/imported.ts';
import type { Instant } from '../core/model/time.ts';
import type { Finding, FormatRefusal } from '../formats/format.ts';
import { formats } from '../formats/index.ts';
import { filled, present } from '../formats/optional.ts';
import type { Publisher } from '../formats/publisher.ts';
import { publicationOf } from '../formats/timestamps.ts';
import { sha256 } from './encoding.ts';
import { numberParts } from './numbering.ts';

export interface ArchiveFile {
  /** As a person finds it again: `2020/0003.xml`. */
  readonly name: string;
  readonly bytes: Uint8Array;
}

export interface ArchivedAdvisory {
  readonly file: ArchiveFile;
  /** SHA-256 of the file, hexadecimal. */
  readonly sha256: string;
  readonly advisory: Advisory;
}

/** Something odd, and in which file. */
export type Anomaly = Finding & { readonly file: string };

/** A file that holds no advisory that can be taken over, with the place in it. */
export type Unreadable = FormatRefusal & { readonly file: string };

export interface Archive {
  readonly format: ArchiveFormat;
  readonly addresses: Publisher['addresses'];
  /** In the order of their numbers. */
  readonly advisories: readonly ArchivedAdvisory[];
  readonly anomalies: readonly Anomaly[];
  readonly unreadable: readonly Unreadable[];
}

/** Who publishes, and by which scheme the project gives its own numbers. */
export interface ArchiveReader {
  readonly publisher: Publisher;
  /** `LSN-YYYY-NNNN`. */
  readonly scheme: string;
  readonly now: Instant;
}

export function readArchive(format: ArchiveFormat, files: readonly ArchiveFile[], reader: ArchiveReader): Archive {
  const all: ArchivedAdvisory[] = [];
  const anomalies: Anomaly[] = [];
  const { addresses } = reader.publisher;
  const unreadable: Unreadable[] = [];
  for (const file of files) {
    const read = formats[format].read(file.bytes, reader.publisher);
    const refusal = read.ok ? unpublished(read.advisory, reader.now) : read.refusal;
    if (refusal !== undefined) unreadable.push({ file: file.name, ...refusal });
    if (!read.ok || refusal !== undefined) continue;
    all.push({ file, sha256: sha256(file.bytes), advisory: addresses === 'shown' ? read.advisory : withoutAddresses(read.advisory) });
    const unnamed = addresses === 'shown' ? [] : namedByAddress(read.advisory);
    const found = [...read.findings, ...oddities(read.advisory, reader.scheme), ...unnamed];
    anomalies.push(...once(found).map((finding) => ({ file: file.name, ...finding })));
  }
  const { first, repeated } = byNumber(all);
  const advisories = first.sort((one, other) => (one.advisory.id < other.advisory.id ? -1 : 1));
  return {
    format,
    addresses,
    advisories,
    anomalies: [...anomalies, ...sharedNumbers(advisories)],
    unreadable: [...unreadable, ...repeated],
  };
}

/** What the archive does not say to be out is not put out by its import. */
function unpublished(advisory: Advisory, now: Instant): FormatRefusal | undefined {
  const { tlp = 'CLEAR' } = advisory;
  const out = publicationOf(advisory);
  if (out === undefined) return { rule: 'no-date', place: 'dates.published', message: 'it does not say when it was published' };
  if (dayOf(out) > dayOf(now)) return { rule: 'still-to-come', place: 'dates.published', message: `it is to be published on ${out}` };
  if (tlp !== 'CLEAR') return { rule: 'not-for-everybody', place: 'tlp', message: `it is marked TLP:${tlp}` };
  return undefined;
}

/** Archives print the addresses of people who were never asked: the file that is kept has them, and no document. */
function withoutAddresses({ credits, ...rest }: Advisory): Advisory {
  const named = (credits ?? []).flatMap(({ email: _, ...credit }) => (credit.name === undefined ? [] : [credit]));
  return { ...rest, ...present('credits', filled(named)) };
}

function namedByAddress({ credits = [] }: Advisory): readonly Finding[] {
  return credits.flatMap(({ name }, at) => {
    if (name !== undefined) return [];
    return [
      { place: `credits[${at}]`, rule: 'address-only', message: 'somebody is named by a mail address alone, which is not published' },
    ];
  });
}

function oddities({ id, products }: Advisory, scheme: string): readonly Finding[] {
  const foreign = numberParts(scheme, id) === undefined;
  return [
    ...(foreign ? [{ place: 'id', rule: 'other-scheme', message: `${id} is no number of this project's scheme, ${scheme}` }] : []),
    ...products.flatMap(({ name, prose }, at) =>
      prose === undefined
        ? []
        : [{ place: `products[${at}]`, rule: 'versions-in-prose', message: `the versions of ${name} are kept as words: ${prose}` }],
    ),
  ];
}

/** A reader of its own format tells of versions in words itself. */
function once(findings: readonly Finding[]): readonly Finding[] {
  const [first] = findings.filter(({ rule }) => rule === 'versions-in-prose');
  const said = first !== undefined && !first.place.startsWith('products[');
  return findings.filter(({ rule, place }) => !(said && rule === 'versions-in-prose' && place.startsWith('products[')));
}

/** Of two files with one number the first is taken; which of them is right is not for a program to say. */
function byNumber(all: readonly ArchivedAdvisory[]) {
  const first = new Map<string, ArchivedAdvisory>();
  const repeated: Unreadable[] = [];
  for (const one of all) {
    const { id } = one.advisory;
    const known = first.get(id);
    if (known === undefined) first.set(id, one);
    else
      repeated.push({ file: one.file.name, rule: 'number-twice', place: 'id', message: `${id} is also the number of ${known.file.name}` });
  }
  return { first: [...first.values()], repeated };
}

/** One CVE number stands on one flaw (CNA 4.2.11): where two advisories name it, one of them may be wrong, or both tell of the same. */
function sharedNumbers(all: readonly ArchivedAdvisory[]): readonly Anomaly[] {
  const names = new Map<string, ArchivedAdvisory>();
  return all.flatMap((one) =>
    (one.advisory.cves ?? []).flatMap(({ id }): Anomaly[] => {
      const known = names.get(id);
      if (known === undefined) names.set(id, one);
      if (known === undefined || known === one) return [];
      const message = `${one.advisory.id} names ${id}, which ${known.advisory.id} (${known.file.name}) names too: one number, two flaws`;
      return [{ file: one.file.name, place: 'cves', rule: 'number-on-two', message }];
    }),
  );
}

// SPDX-License-Identifier: Apache-2.0
// Invented advisories for a benchmark, in every format that can say them, of the size that published ones have.

import { createHash } from 'node:crypto';
import type { Advisory, Branch } from '../core/model/advisory.ts';
import type { Day } from '../core/model/day.ts';
import { day } from '../core/model/day.ts';
import type { CveId } from '../core/model/identifiers.ts';
import type { Line, Prose } from '../core/model/prose.ts';
import { instant } from '../core/model/time.ts';
import type { PublishedFile } from '../formats/format.ts';
import type { FormatName } from '../formats/index.ts';
import { formats } from '../formats/index.ts';
import type { Publisher } from '../formats/publisher.ts';
import type { SiteAdvisory, SiteDocument } from '../site/model.ts';

/** Every format of an advisory but the mails and the note; the page comes last, since it names the others. */
const written: readonly FormatName[] = ['text', 'lsn', 'ossa', 'rst', 'osv', 'cve', 'csaf', 'csaf_vex', 'openvex', 'markdown', 'advisory'];

/** Advisories of one year. */
const aYear = 400;

const utf8 = new TextEncoder();
const preparedAt = instant('2026-11-02T09:00:00Z');

/** `number` from 0 on: four hundred a year, the last one the newest. */
function inventedAdvisory(number: number): Advisory {
  const year = 2001 + Math.floor(number / aYear);
  const running = String((number % aYear) + 1).padStart(4, '0');
  const date = sure(
    day(`${year}-${String(1 + Math.floor((number % aYear) / 34)).padStart(2, '0')}-${String(1 + (number % 28)).padStart(2, '0')}`),
  );
  return {
    daylight: 'advisory/1',
    id: `BEN-${year}-${running}` as Line,
    kind: 'notice',
    version: 1,
    title: `A guest writes behind the ring of device ${number}` as Line,
    description:
      `The index of descriptor ${number} is not checked against the length of the ring.\n\n${'A guest that sets it beyond the end writes to memory of the host. '.repeat(8)}` as Prose,
    impact: 'A privileged guest can stop the process of the host, and perhaps run code in it.' as Prose,
    workarounds: ['Remove the device from the guest.' as Prose],
    products: [
      {
        name: 'bench' as Line,
        repository: 'bench.git' as Line,
        branches: ['master', 'v3-maint', 'v2-maint'].map((name) => branch(name, number)),
      },
    ],
    cves: [{ id: `CVE-1900-${10_000 + number}` as CveId }],
    credits: [
      { kind: 'reporter', name: `Reporter ${number % 97}` as Line },
      { kind: 'patcher', name: `Patcher ${number % 13}` as Line },
    ],
    severity: [{ by: 'the project' as Line, level: 'medium' as Line }],
    dates: { reported: date, published: date },
    references: [{ kind: 'bug', url: `https://bugs.example.org/${number}` as Line }],
    tlp: 'CLEAR',
    language: 'en' as Line,
  };
}

function branch(name: string, number: number): Branch {
  const hash = createHash('sha256').update(`${name} ${number}`).digest('hex').slice(0, 40) as Line;
  const tags = Array.from({ length: 6 }, (_, at) => `v${1 + (number % 9)}.${at}.0` as Line);
  return { name: name as Line, status: 'fixed', fixedBy: [hash], vulnerableTags: tags, fixedTags: [`v${1 + (number % 9)}.6.0` as Line] };
}

/** Rendered as for a publication, with a text in the place of each signature. */
export function renderedAdvisory(number: number, publisher: Publisher): SiteAdvisory {
  const advisory = inventedAdvisory(number);
  const made = written.flatMap((name) => document(name, advisory, publisher, []));
  const files = made.map(
    ({ format, file, sha256 }): PublishedFile => ({
      label: formats[format as FormatName].label as Line,
      href: file,
      sha256,
      signature: { href: `${file}.asc` },
    }),
  );
  const documents = [...made, ...document('html', advisory, publisher, files)];
  return { number: advisory.id, title: advisory.title, preparedAt, documents, record: null };
}

const signature = `-----BEGIN PGP SIGNATURE-----\n\n${'wnUEABYKAB0WIQQAAAAAAAAAAAAAAAAAAAAAAAAAAAUCaQAAAAAKCRAAAAAA\n'.repeat(4)}=abcd\n-----END PGP SIGNATURE-----\n`;

function document(name: FormatName, advisory: Advisory, publisher: Publisher, files: readonly PublishedFile[]): readonly SiteDocument[] {
  const { write, extension } = formats[name];
  const text = write(advisory, publisher, files);
  if (!text.ok) return [];
  const bytes = utf8.encode(text.text);
  const sha256 = createHash('sha256').update(bytes).digest('hex');
  return [{ version: advisory.version, format: name, file: `${advisory.id}${extension}`, bytes, sha256, signature }];
}

function sure(date: Day | undefined): Day {
  if (date === undefined) throw new Error('the calendar has this day');
  return date;
}

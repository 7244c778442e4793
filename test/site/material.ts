// SPDX-License-Identifier: Apache-2.0
// Sites to be looked at: the real archives where they are at hand, invented advisories, and a record, all through the writers themselves.

import { createHash } from 'node:crypto';
import type { Advisory } from '../../src/core/model/advisory.ts';
import type { Line } from '../../src/core/model/prose.ts';
import { instant } from '../../src/core/model/time.ts';
import type { PublishedFile } from '../../src/formats/format.ts';
import { type FormatName, formats } from '../../src/formats/index.ts';
import { builtInPublisher, type Publisher } from '../../src/formats/publisher.ts';
import type { SiteAdvisory, SiteDocument, SiteFile, SiteRecord, SiteSettings } from '../../src/site/model.ts';
import { wholeSite } from '../../src/site/site.ts';
import { siteAssets } from '../../src/web/site-assets.ts';

export const siteUrl = 'https://security.example.org';

/** In the order in which they are written; the page comes last, because it names the others. */
const all: readonly FormatName[] = ['text', 'lsn', 'ossa', 'osv', 'cve', 'csaf', 'csaf_vex', 'openvex', 'markdown', 'advisory'];

const utf8 = new TextEncoder();
const sha256 = (bytes: Uint8Array) => createHash('sha256').update(bytes).digest('hex');

/** As the publisher of a site writes: its pages point to the lists beside them. */
export function publisherOfSite(policy: string): Publisher {
  const publisher = builtInPublisher(policy) ?? builtInPublisher();
  if (publisher === undefined) throw new Error(policy);
  return {
    ...publisher,
    namespace: siteUrl,
    page: `${siteUrl}/{id}.html`,
    assets: { styles: ['assets/daylight.css'], icons: 'assets/icons.svg' },
    pages: {
      home: 'index.html',
      advisories: 'index.html',
      report: `${siteUrl}/report`,
      feed: 'atom.xml',
      csaf: 'csaf/index.html',
      key: 'key.asc',
    },
    keys: ['0123456789ABCDEF0123456789ABCDEF01234567'],
  };
}

/** Every format that can say it, as it would be kept; the signature is none, and looks like one. */
export function siteAdvisory(versions: readonly Advisory[], publisher: Publisher, record: string | null = null): SiteAdvisory {
  const [last] = versions.slice(-1);
  if (last === undefined) throw new Error('an advisory has a version');
  const documents = versions.flatMap((advisory) => documentsOf(advisory, publisher));
  return { number: last.id, title: last.title, preparedAt: instant('2026-11-02T09:00:00Z'), documents, record };
}

function documentsOf(advisory: Advisory, publisher: Publisher): readonly SiteDocument[] {
  const made = all.flatMap((name) => document(name, advisory, publisher, []));
  const files = made.map(
    ({ format, file, sha256: hash }): PublishedFile => ({
      label: formats[format as FormatName].label as Line,
      href: file,
      sha256: hash,
      signature: { href: `${file}.asc` },
    }),
  );
  return [...made, ...document('html', advisory, publisher, files)];
}

function document(name: FormatName, advisory: Advisory, publisher: Publisher, files: readonly PublishedFile[]): readonly SiteDocument[] {
  const { write, extension } = formats[name];
  const written = write(advisory, publisher, files);
  if (!written.ok) return [];
  const bytes = utf8.encode(written.text);
  const signature = '-----BEGIN PGP SIGNATURE-----\n\nno signature\n-----END PGP SIGNATURE-----\n';
  return [{ version: advisory.version, format: name, file: `${advisory.id}${extension}`, bytes, sha256: sha256(bytes), signature }];
}

export function settings(name = 'Wren security'): SiteSettings {
  const from = instant('2024-01-10T09:00:00Z');
  const policy = {
    name: 'wren',
    version: 2,
    title: 'How Wren handles vulnerabilities',
    sha256: 'a'.repeat(64),
    contact: 'security@wren.example',
  };
  const parts = [{ title: 'How to report', sentences: ['Write to security@wren.example.', 'You are answered within two days.'] }];
  return {
    name,
    url: siteUrl,
    report: `${siteUrl}/report`,
    namespace: siteUrl,
    keys: {
      armored: '-----BEGIN PGP PUBLIC KEY BLOCK-----\n',
      all: [
        {
          fingerprint: '0123456789ABCDEF0123456789ABCDEF01234567',
          names: ['Wren security <security@wren.example>'],
          algorithm: 'Ed25519',
          created: instant('2024-01-10T09:00:00Z'),
          expires: instant('2027-01-10T09:00:00Z'),
          armored: '-----BEGIN PGP PUBLIC KEY BLOCK-----\n',
          use: 'advisories',
          whose: 'person',
        },
        {
          fingerprint: '89ABCDEF0123456789ABCDEF0123456789ABCDEF',
          names: [],
          algorithm: '',
          created: null,
          expires: null,
          armored: '-----BEGIN PGP PUBLIC KEY BLOCK-----\n',
          use: 'former',
          whose: 'program',
        },
      ],
    },
    securityTxt: `Contact: mailto:security@wren.example\nExpires: 2027-06-01T00:00:00Z\nCSAF: ${siteUrl}/.well-known/csaf/provider-metadata.json\n`,
    policies: [
      { ...policy, from, until: null, text: 'policy:\n  name: wren\n  version: 2\n', parts, changed: 3 },
      { ...policy, version: 1, from: instant('2023-01-10T09:00:00Z'), until: from, text: 'policy:\n  name: wren\n', parts, changed: 0 },
    ],
    assets: siteAssets(),
  };
}

/** Paths with their bytes. @throws Error where a path comes twice. */
async function collected(files: AsyncIterable<SiteFile> | Iterable<SiteFile>): Promise<ReadonlyMap<string, Uint8Array>> {
  const found = new Map<string, Uint8Array>();
  for await (const { path, bytes } of files) {
    if (found.has(path)) throw new Error(`${path} comes twice`);
    found.set(path, bytes);
  }
  return found;
}

export function built(advisories: readonly SiteAdvisory[], records: readonly SiteRecord[] = [], site = settings()) {
  return collected(wholeSite(site, advisories, records));
}

/** An opened record of three events, its chain and hashes in order, with one text struck out. */
export function siteRecord(name = 'c1', number: string | null = null): SiteRecord {
  const hex = (text: string) => Buffer.from(text, 'hex');
  const hash = (...parts: readonly (string | Uint8Array)[]) =>
    parts.reduce((one, part) => one.update(part), createHash('sha256')).digest('hex');
  const salt = '00112233445566778899aabbccddeeff';
  const text = 'A guest writes behind the ring.\n\nRun <b>this</b> & that.';
  const ref = (id: string, kind: string) => ({ id, kind, audience: 'shared', hash: hash(hex(salt), id === 't1' ? text : 'gone') });
  const by = { kind: 'reporter', participant: 'p1' };
  const envelopes = [
    {
      seq: 1,
      at: '2026-11-02T09:00:00.000Z',
      v: 1,
      kind: 'report-submitted',
      by,
      project: 'wren',
      case: name,
      codename: 'tidal-heron',
      title: ref('t1', 'title'),
      report: [ref('t2', 'description')],
    },
    { seq: 2, at: '2026-11-02T10:00:00.000Z', v: 1, kind: 'case-taken-up', by: { kind: 'person', person: 'anna' } },
    { seq: 3, at: '2026-11-09T10:00:00.000Z', v: 1, kind: 'case-opened', by: { kind: 'process' } },
  ].map((one) => JSON.stringify(one));
  const start = hash(`wren/${name}`);
  let head = start;
  const events = envelopes.map((envelope, index) => {
    head = hash(hex(head), envelope);
    return { seq: index + 1, envelope, hash: head };
  });
  const record = {
    daylight: 'record/1',
    project: 'wren',
    case: name,
    codename: 'tidal-heron',
    title: 'A guest writes behind the ring',
    policy: { name: 'wren', version: 2, sha256: 'a'.repeat(64) },
    opened: 'full_record',
    publicSince: '2026-11-09T10:00:00.000Z',
    chain: { start, head, events },
    contents: [{ id: 't1', salt, text }],
    files: [],
    closed: [
      {
        piece: 't2',
        mark: 'struck_out',
        why: 'personal_data',
        since: '2026-11-03T09:00:00.000Z',
        afterPublication: false,
        destroyed: false,
        standsFor: null,
        opensAt: null,
      },
    ],
    cost: null,
  };
  const whole = { ...record, digest: hash(JSON.stringify(record)) };
  return { name, json: `${JSON.stringify(whole, null, 2)}\n`, number };
}

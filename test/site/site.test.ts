// SPDX-License-Identifier: Apache-2.0
// The public site as a whole: every address leads somewhere, every list names what there is, and one advisory more gives the same bytes as all at once.

import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { dirname, join, posix } from 'node:path';
import { describe, test } from 'node:test';
import fc from 'fast-check';
import { faultsIn } from '../../src/app/record-check.ts';
import type { Advisory } from '../../src/core/model/advisory.ts';
import type { Line, Prose } from '../../src/core/model/prose.ts';
import { manifestFile, manifestName, manifestOf, manifestWith } from '../../src/site/document-files.ts';
import { entryOf } from '../../src/site/entry.ts';
import { changedBy, siteIndex } from '../../src/site/site.ts';
import { archives } from '../formats/archives.ts';
import { judgeBy, noJudge } from '../formats/json-schemas.ts';
import { realData } from '../formats/places.ts';
import { htmlFaults, deadLinks as leadNowhere, markupFaults } from '../support/site-checks.ts';
import { built, publisherOfSite, settings, siteAdvisory, siteRecord, siteUrl } from './material.ts';

const text = (bytes: Uint8Array | undefined) => new TextDecoder().decode(bytes);
const wren = publisherOfSite('minimal');

function advisory(number: string, version = 1, published = `${number.slice(4, 8)}-05-0${Number(number.slice(-1)) || 1}`): Advisory {
  const errata = version === 1 ? {} : { errata: [{ version: 2, date: '2026-06-01' as never, reason: 'A branch was missing.' as Prose }] };
  return {
    daylight: 'advisory/1',
    id: number as Line,
    kind: 'advisory',
    version,
    ...errata,
    title: `A crash of <wren> & "others", number ${number}` as Line,
    description: 'The index is not checked.' as Prose,
    products: [{ name: 'wren' as Line, ranges: [{ scheme: 'semver', introduced: '1.0' as Line, fixed: '1.2' as Line }] }],
    cves: [{ id: `CVE-1900-${number.slice(-4)}` as never }],
    credits: [{ kind: 'reporter', name: 'Ada' as Line }],
    dates: { published: published as never, ...(version === 1 ? {} : { modified: '2026-06-01' as never }) },
    tlp: 'CLEAR',
    language: 'en' as Line,
  };
}

/** Faults of markup by page; every page of these files is looked at. */
function faultyPages(files: ReadonlyMap<string, Uint8Array>): readonly string[] {
  const pages = [...files].filter(([path]) => path.endsWith('.html'));
  assert.ok(pages.length > 3);
  return pages.flatMap(([path, bytes]) => [...markupFaults(text(bytes)), ...htmlFaults(text(bytes))].map((fault) => `${path}: ${fault}`));
}

const three = ['WRN-2025-0001', 'WRN-2026-0001', 'WRN-2026-0002'].map((number) => siteAdvisory([advisory(number)], wren));

/** Addresses that lead nowhere. */
const deadLinks = (files: ReadonlyMap<string, Uint8Array>) => leadNowhere(files, siteUrl, ['/report']);

describe('the public site', () => {
  test('a site without advisories is whole', async () => {
    const files = await built([]);
    assert.deepEqual(deadLinks(files), []);
    assert.deepEqual(faultyPages(files), []);
    assert.match(text(files.get('index.html')), /No advisory has been published yet/);
  });

  test('R-15 the same documents give the same bytes', async () => {
    assert.deepEqual(await built(three), await built(three.toReversed()));
  });

  test('one advisory more, a correction, a year that is new: file by file the same as the whole written anew', async () => {
    const corrected = siteAdvisory([advisory('WRN-2026-0001'), advisory('WRN-2026-0001', 2)], wren);
    const next = siteAdvisory([advisory('WRN-2027-0001')], wren);
    const files = new Map(await built(three));
    let index = siteIndex(three.map(entryOf));
    for (const added of [corrected, next]) {
      const changed = changedBy(settings(), index, added) ?? assert.fail('nothing of the version before has to go');
      index = changed.index;
      const folder = `${changed.year}/`;
      const manifest = manifestWith(text(files.get(folder + manifestName)), changed.own, folder);
      const others = [...changed.lists, manifest];
      for (const { path, bytes } of [...changed.own, ...others, manifestWith(text(files.get(manifestName)), others)])
        files.set(path, bytes);
    }
    const [first, , last] = three;
    assert.ok(first && last);
    const whole = await built([first, corrected, last, next]);
    assert.deepEqual([...files.keys()].sort(), [...whole.keys()].sort());
    for (const [path, bytes] of whole) assert.equal(text(files.get(path)), text(bytes), path);
  });

  test('a list of hashes with some files more is the list of all of them, wherever these fall', () => {
    const some = fc.dictionary(fc.stringMatching(/^[a-c.]{1,3}$/), fc.nat(255));
    const filesOf = (given: Readonly<Record<string, number>>) =>
      Object.entries(given).map(([path, byte]) => ({ path, bytes: Uint8Array.of(byte) }));
    fc.assert(
      fc.property(some, some, fc.constantFrom('', '2026/'), (before, more, folder) => {
        const list = text(manifestOf(filesOf(before), folder).bytes);
        const together = manifestFile(
          filesOf({ ...before, ...more }).map(({ path, bytes }) => [
            `${folder && '../'}${path}`,
            createHash('sha256').update(bytes).digest('hex'),
          ]),
          folder,
        );
        assert.equal(text(manifestWith(list, filesOf(more), folder).bytes), text(together.bytes));
      }),
    );
  });

  test('nothing is written before what it points to', async () => {
    const [first, ...others] = three;
    assert.ok(first);
    const { own, lists } = changedBy(settings(), siteIndex(others.map(entryOf)), first) ?? assert.fail();
    assert.ok(own.some(({ path }) => path === `${first.number}.html.asc`));
    assert.ok(lists.every(({ path }) => own.every((one) => one.path !== path)));
    assert.deepEqual(
      lists.slice(-2).map(({ path }) => path),
      ['index.html', 'index.json'],
    );
  });

  test('a correction that leaves out a format has the site written whole', async () => {
    const before = siteAdvisory([advisory('WRN-2026-0001')], wren);
    const corrected = siteAdvisory([advisory('WRN-2026-0001'), advisory('WRN-2026-0001', 2)], wren);
    const documents = corrected.documents.filter(({ format, version }) => version === 1 || format !== 'osv');
    assert.ok(changedBy(settings(), siteIndex([entryOf(before)]), corrected));
    assert.equal(changedBy(settings(), siteIndex([entryOf(before)]), { ...corrected, documents }), undefined);
  });

  test('an erratum keeps the version before it where it can be read, and every list says that it is corrected', async () => {
    const files = await built([siteAdvisory([advisory('WRN-2026-0001'), advisory('WRN-2026-0001', 2)], wren)]);
    assert.ok(files.has('WRN-2026-0001-v1.html') && files.has('WRN-2026-0001-v1.csaf.json'));
    assert.match(text(files.get('2026/index.html')), /corrected, version 2; before it: <a href="..\/WRN-2026-0001-v1.html">/);
    assert.match(text(files.get('atom.xml')), /<updated>2026-06-01T00:00:00Z<\/updated>\n<summary>CVE-1900-0001. Version 2.<\/summary>/);
    assert.match(text(files.get('csaf/changes.csv')), /^"2026\/wrn-2026-0001.json","2026-06-01T00:00:00Z"\n$/);
    assert.match(text(files.get('osv/all.json')), /"modified":"2026-06-01T00:00:00Z"/);
  });

  test('lists of all years stand in one order, whatever year a correction falls in', async () => {
    const old = siteAdvisory([advisory('WRN-2024-0001'), advisory('WRN-2024-0001', 2)], wren);
    const files = await built([...three, old, siteAdvisory([advisory('WRN-2026-0003', 1, '2026-07-01')], wren)]);
    const changes = text(files.get('csaf/changes.csv')).trimEnd().split('\n');
    const dates = ['2026-07-01', '2026-06-01', '2026-05-02', '2026-05-01', '2025-05-01'];
    assert.deepEqual(
      changes.map((line) => line.split(',')[1]),
      dates.map((day) => `"${day}T00:00:00Z"`),
    );
    assert.match(changes[1] ?? '', /^"2024\/wrn-2024-0001.json"/);
    const { feed } = JSON.parse(text(files.get('csaf/feed-tlp-white.json')));
    assert.equal(feed.updated, '2026-07-01T00:00:00Z');
    assert.deepEqual(
      feed.entry.map(({ updated }: { updated: string }) => updated.slice(0, 10)),
      dates,
    );
    const atom = [...text(files.get('atom.xml')).matchAll(/<updated>(.{10})/g)].map(([, day]) => day);
    assert.deepEqual(atom.slice(1), dates);
    const ids = JSON.parse(text(files.get('osv/all.json'))).map(({ id }: { id: string }) => id);
    assert.deepEqual(ids, ids.toSorted());
    assert.equal(ids.length, 5);
    const csaf = text(files.get('csaf/index.txt')).trimEnd().split('\n');
    assert.deepEqual(csaf, csaf.toSorted());
  });

  test('every file of a year stands in its machine index with the hash of its bytes', async () => {
    const files = await built(three);
    const { advisories } = JSON.parse(text(files.get('2026/index.json')));
    assert.deepEqual(
      advisories.map(({ number }: { number: string }) => number),
      ['WRN-2026-0002', 'WRN-2026-0001'],
    );
    for (const { file, sha256 } of advisories.flatMap((one: { files: object[] }) => one.files)) {
      assert.equal(
        createHash('sha256')
          .update(files.get(file) ?? '')
          .digest('hex'),
        sha256,
        file,
      );
      assert.equal(text(files.get(`${file}.sha256`)), `${sha256}  ${file}\n`);
    }
  });

  test('a record on the site is the file byte for byte, its page holds all of it, and what is struck out is marked', async () => {
    const record = siteRecord();
    const files = await built(three, [record]);
    const page = text(files.get('records/c1.html'));
    assert.deepEqual(deadLinks(files), []);
    assert.deepEqual(faultsIn(text(files.get('records/c1.json'))), []);
    const embedded = /<script type="application\/json" id="record">([\s\S]*?)<\/script>/.exec(page)?.[1] ?? '';
    assert.deepEqual(JSON.parse(embedded), JSON.parse(record.json));
    assert.match(page, /<span class="chip">Struck out: personal data<\/span>/);
    assert.match(page, /Run &lt;b&gt;this&lt;\/b&gt; &amp; that\./);
  });
});

/** CSAF 2.0 section 7.1: what makes a trusted provider (7.2.3), one by one; TLS and redirects are the web server's. */
describe('the CSAF provider', () => {
  const whole = built(three);
  const json = async (path: string) => JSON.parse(text((await whole).get(path)));

  test('7.1.2 and 7.1.11 every document has the name that its id gives, in the folder of its year', async () => {
    for (const number of ['2025-0001', '2026-0001', '2026-0002']) {
      const document = await json(`csaf/${number.slice(0, 4)}/wrn-${number}.json`);
      assert.equal(document.document.tracking.id, `WRN-${number}`);
      assert.equal(document.document.tracking.initial_release_date.slice(0, 4), number.slice(0, 4));
    }
  });

  test('7.1.7 and 7.1.9 provider-metadata.json is valid, at its place, and names key, lists and feed', async (t) => {
    const metadata = await json('.well-known/csaf/provider-metadata.json');
    assert.equal(metadata.role, 'csaf_trusted_provider');
    assert.equal(metadata.last_updated, '2026-05-02T00:00:00Z');
    assert.equal(metadata.distributions[0].directory_url, `${siteUrl}/csaf/`);
    const schema = realData('csaf/provider_json_schema.json');
    if ('skip' in schema || noJudge.skip !== undefined) return t.skip('skip' in schema ? schema.skip : noJudge.skip);
    const csaf = JSON.parse(readFileSync(join(dirname(schema.path), 'csaf_json_schema.json'), 'utf8'));
    const publisher = `${csaf.$id}#/properties/document/properties/publisher`;
    assert.deepEqual(judgeBy(schema.path, { [publisher]: csaf.properties.document.properties.publisher })(metadata), []);
  });

  test('7.1.8 security.txt says where it is', async () => {
    assert.match(text((await whole).get('.well-known/security.txt')), /^CSAF: https:\/\/.*\/provider-metadata\.json$/m);
  });

  test('7.1.12 index.txt names every document once', async () => {
    const listed = text((await whole).get('csaf/index.txt'))
      .trimEnd()
      .split('\n');
    const there = [...(await whole).keys()].filter((path) => /^csaf\/\d{4}\/[^/]+\.json$/.test(path)).map((path) => path.slice(5));
    assert.deepEqual(listed, there.sort());
  });

  test('7.1.13 changes.csv has the newest change first', async () => {
    const lines = text((await whole).get('csaf/changes.csv'))
      .trimEnd()
      .split('\n');
    assert.deepEqual(lines, [
      '"2026/wrn-2026-0002.json","2026-05-02T00:00:00Z"',
      '"2026/wrn-2026-0001.json","2026-05-01T00:00:00Z"',
      '"2025/wrn-2025-0001.json","2025-05-01T00:00:00Z"',
    ]);
  });

  test('7.1.14 each folder has a listing for people', async () => {
    const files = await whole;
    for (const folder of ['csaf', 'csaf/2025', 'csaf/2026']) assert.ok(files.has(`${folder}/index.html`), folder);
  });

  test('7.1.15 and 7.1.16 one feed has every document with hashes and signature, and the service document names it', async () => {
    const { feed } = await json('csaf/feed-tlp-white.json');
    const files = await whole;
    assert.equal(feed.entry.length, 3);
    for (const { link, content, format } of feed.entry) {
      assert.deepEqual(
        link.map(({ rel }: { rel: string }) => rel),
        ['self', 'hash', 'hash', 'signature'],
      );
      assert.equal(link[0].href, content.src);
      assert.equal(format.version, '2.0');
      for (const { href } of link) assert.ok(files.has(href.slice(siteUrl.length + 1)), href);
    }
    const { service } = await json('csaf/service.json');
    assert.equal(service.workspace[0].collection[0].href, feed.link[0].href);
  });

  test('7.1.18 to 7.1.20 hashes and signatures lie beside the documents, and the key is there', async () => {
    const files = await whole;
    const documents = [...files.keys()].filter((path) => /^csaf\/\d{4}\/[^/]+\.json$/.test(path));
    assert.equal(documents.length, 3);
    for (const path of documents) {
      const hash = createHash('sha512')
        .update(files.get(path) ?? '')
        .digest('hex');
      assert.equal(text(files.get(`${path}.sha512`)), `${hash}  ${posix.basename(path)}\n`);
      assert.ok(files.has(`${path}.asc`));
    }
    assert.ok(files.has('key.asc'));
  });
});

for (const { format, files: sources, read, skipped } of archives.filter((one) => one.format !== 'cve'))
  test(
    `LIBVIRT-14 VMT-41 the whole ${format} archive as a site: no address leads nowhere, XML is well formed, each advisory in every list`,
    skipped,
    async (t) => {
      const publisher = publisherOfSite(format === 'lsn' ? 'libvirt-2023' : 'openstack-vmt');
      const advisories = sources.map((file) => siteAdvisory([read(file)], publisher));
      const files = await built(advisories, [], settings(publisher.name));
      assert.deepEqual(deadLinks(files), []);
      assert.deepEqual(faultyPages(files), []);
      const years = new Set(advisories.map(({ number }) => number.split('-')[1]));
      assert.ok(years.size > 5);
      const listed = [...files]
        .filter(([path]) => /^\d{4}\/index\.html$/.test(path))
        .map(([, bytes]) => text(bytes))
        .join('');
      for (const { number } of advisories) assert.ok(listed.includes(`>${number}</a>`), number);
      assert.equal(JSON.parse(text(files.get('osv/all.json'))).length, advisories.length);
      const xml = ['atom.xml', ...(format === 'lsn' ? ['index.xml'] : [])];
      for (const path of xml) {
        const checked = spawnSync('xmllint', ['--noout', '-'], { input: files.get(path) ?? '' });
        if (checked.error !== undefined) return t.skip('no xmllint');
        assert.equal(String(checked.stderr), '', path);
      }
    },
  );

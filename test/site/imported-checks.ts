// SPDX-License-Identifier: Apache-2.0
// The checks of sites that were made from imported archives, for the tests that take some of them and those that take all.

import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { randomInt } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, test } from 'node:test';
import type { ProjectId } from '../../src/core/model/identifiers.ts';
import { type ImportedSite, importedSites, skipped, townProjects } from '../support/imported-site.ts';
import { randomFrom } from '../support/kill-run.ts';
import {
  deadLinks,
  flipped,
  htmlFaults,
  installed,
  markupFaults,
  oneOfEachKind,
  refusedBy,
  verified,
  write,
} from '../support/site-checks.ts';

const text = (bytes: Uint8Array | undefined) => new TextDecoder().decode(bytes);
const pages = ({ files }: ImportedSite) => [...files.keys()].filter((path) => path.endsWith('.html'));

/** @param every the first of each so many files of the archives is taken. @param places in how many random places a byte is flipped, in each site. */
export function checkImportedSites(every: number, places: number): void {
  const ends: (() => Promise<void>)[] = [];
  const folder = mkdtempSync(join(tmpdir(), 'daylight-imported-'));
  let sites: readonly ImportedSite[] = [];
  before(async () => {
    if (skipped.skip !== undefined) return;
    sites = await importedSites({ after: (done) => ends.push(done) }, every);
    for (const { project, files } of sites) write(join(folder, project), files);
  });
  after(async () => {
    for (const end of ends) await end();
    rmSync(folder, { recursive: true, force: true });
  });

  /** The same for the site of each project; a test that looks at none is none. */
  const each = async (look: (site: ImportedSite) => unknown) => {
    assert.equal(sites.length, townProjects.length);
    for (const site of sites) await look(site);
  };

  describe('LIBVIRT-14 VMT-40 VMT-41 the archives as they are published here', () => {
    test(
      'every file is an advisory on the site, in its year, with every format and its hashes; and the same again changes nothing',
      skipped,
      () =>
        each(async ({ files, imported, sources, again, world, project }) => {
          assert.equal(imported.exit, 0, imported.err.join('\n'));
          const said = JSON.parse(imported.out[0] ?? '');
          assert.deepEqual([said.imported, said.changed, said.refused, said.unreadable], [sources.length, [], [], []]);
          const published = await world.store.as({ kind: 'anonymous', project: project as ProjectId }, ({ documents }) =>
            documents.publishedNumbers(),
          );
          assert.equal(published.length, sources.length);
          for (const { number } of published) {
            const year = text(files.get(`${number.split('-')[1]}/index.html`));
            assert.ok(year.includes(`>${number}</a>`), number);
            for (const ending of ['.txt', '.html', '.json', '.json.asc', '.html.sha256', '.osv.json', '.csaf.json'])
              assert.ok(files.has(number + ending), `${number}${ending}: ${JSON.stringify(said.leftOut)}`);
          }
          const repeated = await again();
          assert.deepEqual([repeated.exit, JSON.parse(repeated.out[0] ?? '').known], [0, sources.length]);
        }),
    );

    test('no address leads nowhere, and every advisory leads to the lists, the feed and the CSAF documents', skipped, () =>
      each((site) => {
        const url = site.world.siteUrl(site.project as ProjectId);
        assert.deepEqual(deadLinks(site.files, url, []), []);
        const own = pages(site).filter((path) => /^[A-Z]+-\d{4}-\d+\.html$/.test(path));
        assert.equal(own.length, site.sources.length);
        for (const path of own)
          for (const target of ['index.html', 'atom.xml', 'csaf/index.html'])
            assert.ok(text(site.files.get(path)).includes(`href="${target}"`), `${path}: ${target}`);
      }),
    );

    test('every page is well-formed by a parser that forgives nothing, and needs no script', skipped, () =>
      each((site) => {
        assert.ok(pages(site).length > site.sources.length);
        for (const path of pages(site)) {
          const page = text(site.files.get(path));
          assert.deepEqual(markupFaults(page), [], path);
          const scripts = [...page.matchAll(/<script(?![^>]*type="application\/json")[^>]*>/g)].map(([tag]) => tag);
          // One page has a search, which shows itself where scripts run; everything it finds stands under the years.
          assert.ok(scripts.length === 0 || path === 'index.html', `${path}: ${scripts.join()}`);
          assert.doesNotMatch(page, /\son\w+=|href="javascript:/, path);
        }
      }),
    );

    test('every page is valid by the HTML standard', skipped, () =>
      each((site) => {
        assert.ok(pages(site).length > site.sources.length);
        for (const path of pages(site)) assert.deepEqual(htmlFaults(text(site.files.get(path))), [], path);
      }),
    );

    test('VMT-44 daylight verify accepts the whole, and finds a flipped byte in one file of each kind', skipped, () =>
      each(async ({ files, world }) => {
        const now = world.clock.now();
        const whole = await verified(files, now);
        assert.deepEqual([whole.exit, whole.err], [0, '']);
        const kinds = oneOfEachKind(files);
        assert.ok(kinds.length > 30, kinds.join());
        for (const path of kinds) {
          const bytes = files.get(path) as Uint8Array;
          const { exit } = await verified(flipped(files, path, Math.floor(bytes.length / 2)), now);
          assert.equal(exit, 1, path);
        }
      }),
    );

    test(`VMT-44 daylight verify finds a flipped byte in each of ${places} random places`, skipped, async (t) => {
      const seed = Number(process.env['DAYLIGHT_SEED'] ?? randomInt(1_000_000));
      t.diagnostic(`seed ${seed}; DAYLIGHT_SEED=${seed} flips the same bytes again`);
      const random = randomFrom(seed);
      await each(async ({ files, world }) => {
        const now = world.clock.now();
        const paths = [...files.keys()].sort();
        for (let flips = 0; flips < places; flips++) {
          const path = paths[Math.floor(random() * paths.length)] as string;
          const place = Math.floor(random() * (files.get(path) as Uint8Array).length);
          const { exit, err } = await verified(flipped(files, path, place), now);
          assert.equal(exit, 1, `${path}, byte ${place}`);
          assert.notEqual(err, '', `${path}, byte ${place}`);
        }
      });
    });

    const signatures = ({ project, files }: ImportedSite) =>
      [...files.keys()]
        .filter((path) => path.endsWith('.asc') && path !== 'key.asc' && !path.startsWith('keys/'))
        .map((path) => join(folder, project, path));
    const keyOf = ({ project }: ImportedSite) => join(folder, project, 'key.asc');
    const clear = ({ project, files }: ImportedSite) =>
      [...files]
        .filter(([, bytes]) => text(bytes.subarray(0, 34)).startsWith('-----BEGIN PGP SIGNED MESSAGE'))
        .map(([path]) => join(folder, project, path));
    const home = ({ project }: ImportedSite) => {
      const place = mkdtempSync(join(folder, `${project}-gpg-`));
      spawnSync('gpg', ['--homedir', place, '--batch', '--import', join(folder, project, 'key.asc')]);
      return ['--homedir', place, '--batch', '--no-auto-check-trustdb', '--trust-model', 'always', '--verify'];
    };
    const skip = (program: string) => ({ skip: skipped.skip ?? installed(program) });

    test('VMT-44 gpg verifies every detached signature', skip('gpg'), () =>
      each(async (site) => {
        const all = signatures(site);
        assert.ok(all.length > site.sources.length * 3);
        const gpg = home(site);
        assert.deepEqual(
          await refusedBy(
            'gpg',
            all.map((path) => [...gpg, path, path.slice(0, -4)]),
          ),
          [],
        );
      }),
    );

    test('VMT-44 sqv verifies every detached signature', skip('sqv'), () =>
      each(async (site) =>
        assert.deepEqual(
          await refusedBy(
            'sqv',
            signatures(site).map((path) => ['--keyring', keyOf(site), path, path.slice(0, -4)]),
          ),
          [],
        ),
      ),
    );

    test('VMT-44 gpg verifies every clear-signed text', skip('gpg'), () =>
      each(async (site) => {
        assert.ok(clear(site).length >= site.sources.length);
        const gpg = home(site);
        assert.deepEqual(
          await refusedBy(
            'gpg',
            clear(site).map((path) => [...gpg, path]),
          ),
          [],
        );
      }),
    );

    test('VMT-44 sq verifies every clear-signed text', skip('sq'), () =>
      each(async (site) =>
        assert.deepEqual(
          await refusedBy(
            'sq',
            clear(site).map((path) => ['verify', '--signer-cert', keyOf(site), path]),
          ),
          [],
        ),
      ),
    );
  });
}

// SPDX-License-Identifier: Apache-2.0
// An archive is taken over: first a dry run, then each file as a published advisory, all of them in one step, and the same again changes nothing.

import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { after, describe, test } from 'node:test';
import { importedCase } from '../../src/app/import-plan.ts';
import type { World } from '../../src/app/world.ts';
import type { ProjectId } from '../../src/core/model/identifiers.ts';
import { OutsideFailure } from '../../src/ports/failure.ts';
import { folderOf, notice, ossa, runImport } from '../support/import.ts';
import { town } from '../support/town.ts';

const projects = ['libvirt', 'heron', 'second', 'third', 'watched', 'broken', 'twice'].map((project) => ({
  project,
  policy: project === 'heron' ? 'openstack-vmt' : 'libvirt-2023',
  members: { anna: [project === 'heron' ? 'coordinator' : 'core'] },
}));
const libvirt = 'libvirt' as ProjectId;

const ends: (() => Promise<void>)[] = [];
after(async () => {
  for (const end of ends) await end();
});
const here = await town({ after: (done) => ends.push(done) }, projects);

/** The check of CSAF documents takes seconds to begin, and is tried on the real archives. */
const world: World = {
  ...here.world,
  csaf: { ...here.world.csaf, check: async (documents: readonly unknown[]) => documents.map(() => []) },
};

const numbersOf = (project: ProjectId) =>
  world.store.as({ kind: 'anonymous', project }, async ({ documents }) => (await documents.publishedNumbers()).map(({ number }) => number));

const counts = (out: readonly string[]) => out.slice(0, 5);

/** What anybody is answered on every address that would name an advisory. */
async function asStranger(project: string, number: string): Promise<readonly [path: string, status: number, text: string][]> {
  const paths = [
    '',
    'advisories',
    'advisories/index.html',
    'advisories/index.json',
    'advisories/atom.xml',
    `advisories/${number}.txt`,
    'statistics',
  ];
  return Promise.all(
    paths.map(async (path) => {
      const answer = await fetch(`${here.base}/${project}/${path}`);
      return [path, answer.status, await answer.text()] as [string, number, string];
    }),
  );
}

describe('daylight import', () => {
  test('dry run, import, again, a changed file, a bad file: counts, anomalies and exit codes', async (t) => {
    const files = {
      '2019/0001.xml': notice('2019-0001'),
      '2019/0002.xml': notice('2019-0002', { reported: '20190601' }),
      '2019/0003.xml': notice('2019-0003', { cve: '2019-90001', title: 'Another flaw' }),
      '2019/notes.txt': 'no advisory',
    };
    const folder = folderOf(t, files);
    const run = (...words: readonly string[]) => runImport(world, projects, ['lsn', '--project', 'libvirt', ...words]);
    const odd = [
      '[published-before-reported] 2019/0002.xml: dates.published: published on 2019-05-21, before it was reported on 2019-06-01',
      '[number-on-two] 2019/0003.xml: cves: LSN-2019-0003 names CVE-2019-90001, which LSN-2019-0001 (2019/0001.xml) names too: one number, two flaws',
    ];

    const first = await run(folder, '--dry-run');
    assert.equal(first.exit, 0);
    assert.deepEqual(counts(first.out), ['to import: 3', 'known: 0', 'changed: 0', 'refused: 0', 'unreadable: 0']);
    for (const line of odd) assert.ok(first.out.includes(line), `${line}\n${first.out.join('\n')}`);
    assert.deepEqual(await here.ask("select count(*)::int as cases from daylight.cases where project = 'libvirt'"), [{ cases: 0 }]);

    const done = await run(folder);
    assert.equal(done.exit, 0);
    assert.deepEqual(counts(done.out), ['imported: 3', 'known: 0', 'changed: 0', 'refused: 0', 'unreadable: 0']);
    for (const line of odd) assert.ok(done.out.includes(line), line);
    assert.deepEqual(done.err, ['3 of 3 advisories taken over']);
    assert.deepEqual(await numbersOf(libvirt), ['LSN-2019-0001', 'LSN-2019-0002', 'LSN-2019-0003']);

    const before = await here.ask("select state, head from daylight.cases where project = 'libvirt' order by case_id");
    const again = await run(folder, '--json');
    assert.equal(again.exit, 0);
    assert.deepEqual([JSON.parse(again.out[0] ?? '').imported, JSON.parse(again.out[0] ?? '').known], [0, 3]);
    assert.deepEqual(await here.ask("select state, head from daylight.cases where project = 'libvirt' order by case_id"), before);

    const page = await fetch(`${here.base}/libvirt/advisories/LSN-2019-0001.html`);
    assert.equal(page.status, 200);
    const other = folderOf(t, {
      'a.xml': notice('2019-0001', { title: 'Something else' }),
      'b.xml': '<security-notice>\n  <id>oops</security-notice>\n',
      'c.xml': notice('2019-0004').replace('<published>20190521</published>', ''),
      'd.xml': files['2019/0002.xml'].replaceAll('  ', '    '),
      'e.xml': notice('2019-0005').replace('20190521', '29990101'),
      'f.xml': notice('2019-0006'),
      'g.xml': notice('2019-0006'),
    });
    const changed = await run(other);
    assert.equal(changed.exit, 1, 'some of it could not be taken over');
    assert.deepEqual(counts(changed.out), ['imported: 1', 'known: 1', 'changed: 1', 'refused: 0', 'unreadable: 4']);
    const at = changed.out.indexOf(
      '[changed] a.xml: LSN-2019-0001 says something else than what is published; it stays as it is, and may need an erratum',
    );
    assert.equal(changed.out[at + 1], '  title: "A guest crashes the wren daemon, number 2019-0001" -> "Something else"');
    const bad = changed.out.filter((line) => line.startsWith('[unreadable]'));
    assert.match(bad[0] ?? '', /^\[unreadable\] b\.xml: .*line 2/);
    assert.deepEqual(bad.slice(1), [
      '[unreadable] c.xml: dates.published: it does not say when it was published',
      '[unreadable] e.xml: dates.published: it is to be published on 2999-01-01',
      '[unreadable] g.xml: id: LSN-2019-0006 is also the number of f.xml',
    ]);
    const still = await (await fetch(`${here.base}/libvirt/advisories/LSN-2019-0001.html`)).text();
    assert.ok(!still.includes('Something else'), 'what is published stays as it is');
    assert.equal(
      (await runImport(world, projects, ['lsn', '--project', 'libvirt', folderOf(t, { 'a.xml': notice('2019-0001', { title: 'x' }) })]))
        .exit,
      4,
    );
  });

  test('CNA 4.2.11 a number that an earlier import has on another flaw is told, by the dry run and on the case, and both stay as they were', async (t) => {
    const words = ['lsn', '--project', 'twice'];
    const run = (files: Readonly<Record<string, string>>, ...more: readonly string[]) =>
      runImport(world, projects, [...words, folderOf(t, files), ...more]);
    const first = { '1.xml': notice('2019-0001', { cve: '2019-90001' }) };
    assert.equal((await run(first)).exit, 0);
    const before = await here.ask("select state, head from daylight.cases where project = 'twice'");
    const other = { '2.xml': notice('2020-0002', { cve: '2019-90001', title: 'Another flaw' }), '3.xml': notice('2020-0003') };
    const odd =
      '[number-on-two] 2.xml: cves: LSN-2020-0002 names CVE-2019-90001, as LSN-2019-0001 does, which is here already: one number, two flaws';
    const dry = await run(other, '--dry-run');
    assert.deepEqual([dry.exit, dry.out.filter((line) => line.startsWith('[number-on-two]'))], [0, [odd]]);
    assert.ok(dry.out.includes('anomalies: 1 (number-on-two 1)'), dry.out.join('\n'));
    const done = await run(other, '--json');
    const said = JSON.parse(done.out[0] ?? '');
    assert.deepEqual([done.exit, said.imported, said.anomalies.map(({ rule }: { rule: string }) => rule)], [0, 2, ['number-on-two']]);
    const twice = 'twice' as ProjectId;
    const states = await world.store.as({ kind: 'process', project: twice }, async ({ cases }) => {
      const found = ['LSN-2019-0001', 'LSN-2020-0002', 'LSN-2020-0003'].map((number) => cases.find(importedCase(world, twice, number)));
      return (await Promise.all(found)).map((one) => one?.state);
    });
    assert.deepEqual(
      states.map((state) => [state?.flaws[0]?.number, state?.imported?.anomalies]),
      [
        ['CVE-2019-90001', undefined],
        ['CVE-2019-90001', ['number-on-two']],
        ['CVE-2019-90003', undefined],
      ],
    );
    const after = await here.ask(
      "select state, head from daylight.cases where project = 'twice' and state #>> '{advisory,number}' = 'LSN-2019-0001'",
    );
    assert.deepEqual(after, before, 'what was here is as it was');
    // Read again, each of the two tells of the other, and so does an archive that holds both: each once.
    const again = async (files: Readonly<Record<string, string>>) =>
      (await run(files, '--dry-run')).out.filter((line) => line.startsWith('[number-on-two]')).length;
    assert.deepEqual([await again(first), await again(other), await again({ ...first, ...other })], [1, 1, 1]);
  });

  test('an imported advisory is a case with its source, in every format of the policy, and the next number comes after it', async (t) => {
    const source = ossa('OSSA-2015-007', 'up to 1.2, all of Grizzly');
    const done = await runImport(world, projects, ['ossa', '--project', 'heron', folderOf(t, { 'OSSA-2015-007.yaml': source })]);
    assert.equal(done.exit, 0, done.out.join('\n'));
    assert.ok(done.out.some((line) => line.startsWith('[versions-in-prose] OSSA-2015-007.yaml: ')));
    const heron = 'heron' as ProjectId;
    const id = importedCase(world, heron, 'OSSA-2015-007');
    const kept = await world.store.as({ kind: 'process', project: heron }, async ({ cases, documents }) => ({
      record: await cases.find(id),
      documents: await documents.of(id),
      next: await cases.nextNumber('OSSA-YYYY-NNN', 2015),
    }));
    assert.equal(kept.record?.state.handling, 'imported');
    assert.deepEqual(kept.record?.state.imported?.published, '2015-06-02');
    assert.equal(kept.next, 8);
    const formats = kept.documents.map(({ format }) => format).sort();
    for (const format of ['advisory', 'html', 'ossa', 'text'])
      assert.ok(formats.includes(format), `${formats.join()} ${done.out.join('\n')}`);
    const text = async (file: string) => (await fetch(`${here.base}/heron/advisories/${file}`)).text();
    assert.match(await text('OSSA-2015-007.txt'), /up to 1\.2, all of Grizzly/);
    const page = await text('OSSA-2015-007.html');
    assert.match(page, /up to 1\.2, all of Grizzly/);
    for (const path of ['atom.xml', 'index.html']) assert.match(page, new RegExp(`href="${path}"`));
    assert.match(await text('index.html'), /2015-06-02|2 June 2015/);
    assert.match(await (await fetch(`${here.base}/heron/advisories`)).text(), /<time datetime="2015-06-02">2015-06-02<\/time>/);
    // The file as it was, for those inside; it may name people who were never asked.
    const token = await here.signIn('heron', 'anna');
    const files = await here.ask(`select purpose, audience from daylight.attachment where case_id = '${id}'`);
    assert.deepEqual(files, [{ purpose: 'original', audience: 'withheld' }]);
    const seen = await here.call(`/api/v1/heron/cases/${id}`, { token });
    assert.equal(seen.status, 200);
    assert.equal(seen.body.state.handling, 'imported');
    const casePage = async (headers: Record<string, string>) => {
      const answer = await fetch(`${here.base}/heron/cases/${id}`, { headers });
      assert.equal(answer.status, 200);
      return answer.text();
    };
    const [outside, inside] = [await casePage({}), await casePage({ Cookie: `daylight-heron=${token}` })];
    const [, origin = ''] = /(<h2>Where it came from<[\s\S]*?<\/section>)/.exec(inside) ?? [];
    for (const said of [createHash('sha256').update(source).digest('hex'), 'OSSA YAML', 'versions in prose', '2015-06-02'])
      assert.ok(origin.includes(said), `${said}: ${origin}`);
    assert.doesNotMatch(outside, /OSSA-2015-007\.yaml|Where it came from/, 'the file may name people who were never asked');
    const [, href = ''] = /href="([^"]+)"><bdi class="id">OSSA-2015-007\.yaml<\/bdi>/.exec(inside) ?? [];
    const original = await fetch(new URL(href, here.base), { headers: { Cookie: `daylight-heron=${token}` } });
    assert.equal(await original.text(), source);
    assert.notEqual((await fetch(new URL(href, here.base))).status, 200);
  });

  test('mail addresses of people in an archive are published only where somebody says so', async (t) => {
    const folder = folderOf(t, { '1.xml': notice('2019-0001') });
    const everything = async (project: string) => {
      const documents = await world.store.as({ kind: 'anonymous', project: project as ProjectId }, (seen) => seen.documents.published());
      assert.ok(documents.length > 3);
      return documents.map(({ bytes }) => new TextDecoder().decode(bytes)).join('\n');
    };
    assert.equal((await runImport(world, projects, ['lsn', '--project', 'second', folder])).exit, 0);
    assert.doesNotMatch(await everything('second'), /ada@wren\.example/);
    assert.match(await everything('second'), /Ada Wren/);
    assert.equal((await runImport(world, projects, ['lsn', '--project', 'third', '--with-addresses', folder])).exit, 0);
    assert.match(await everything('third'), /ada@wren\.example/);
  });

  test('L-38 while an archive is taken over nobody outside sees any of it, and then all of it at once', async (t) => {
    const of = 'watched' as ProjectId;
    const all = Array.from({ length: 26 }, (_, at) => `2019-${String(at + 1).padStart(4, '0')}`);
    const folder = folderOf(t, Object.fromEntries(all.map((id) => [`${id}.xml`, notice(id, { title: `The canary of ${id}` })])));
    const seen = new Set<number>();
    const told: string[] = [];
    let importing = true;
    const looking = (async () => {
      while (importing) {
        await new Promise((resolve) => setTimeout(resolve, 20));
        const there = (await numbersOf(of)).length;
        seen.add(there);
        if (there > 0) continue;
        const answers = await asStranger('watched', 'LSN-2019-0001');
        if ((await numbersOf(of)).length > 0) continue;
        for (const [path, , text] of answers) if (/canary|LSN-2019/.test(text)) told.push(path);
      }
    })();
    const done = await runImport(world, projects, ['lsn', '--project', 'watched', folder]);
    importing = false;
    await looking;
    seen.add((await numbersOf(of)).length);
    assert.equal(done.exit, 0);
    assert.deepEqual(done.err, ['25 of 26 advisories taken over', '26 of 26 advisories taken over']);
    assert.deepEqual([...seen].sort(), [0, 26]);
    assert.deepEqual(told, []);
    const after = await asStranger('watched', 'LSN-2019-0001');
    assert.ok(
      after.some(([, , text]) => /canary/.test(text)),
      'the look can find it',
    );
  });

  test('an import that ends in the middle leaves nothing public, and the next one completes it', async (t) => {
    const of = 'broken' as ProjectId;
    const all = ['2019-0001', '2019-0002', '2019-0003', '2019-0004'];
    const folder = folderOf(t, Object.fromEntries(all.map((id) => [`${id}.xml`, notice(id)])));
    const words = ['lsn', '--project', 'broken', folder];
    let calls = 0;
    const failing: World = {
      ...world,
      csaf: {
        ...world.csaf,
        check: async (documents: readonly unknown[]) => {
          calls += 1;
          if (calls === 3) throw new OutsideFailure('temporary', 'the machine was switched off');
          return documents.map(() => []);
        },
      },
    };
    await assert.rejects(runImport(failing, projects, words), /switched off/);
    const cases = () =>
      here.ask("select count(*)::int as all, count(*) filter (where public)::int as open from daylight.cases where project = 'broken'");
    assert.deepEqual(await cases(), [{ all: 2, open: 0 }]);
    assert.deepEqual(await numbersOf(of), []);
    const other = folderOf(t, { '9.xml': notice('2019-0009', { cve: '2019-90001' }) });
    const beside = (await runImport(world, projects, ['lsn', '--project', 'broken', other, '--dry-run'])).out.join('\n');
    assert.match(beside, /9\.xml: cves: LSN-2019-0009 names CVE-2019-90001, as another case of this project does/);
    assert.doesNotMatch(beside, /LSN-2019-0001/, 'what is not public is not named');
    const noSite: World = {
      ...world,
      site: { ...world.site, replace: () => Promise.reject(new OutsideFailure('temporary', 'the disk is full')) },
    };
    await assert.rejects(runImport(noSite, projects, words), /disk is full/);
    assert.deepEqual(await cases(), [{ all: 4, open: 4 }]);
    const done = await runImport(world, projects, words);
    assert.deepEqual(counts(done.out), ['imported: 0', 'known: 4', 'changed: 0', 'refused: 0', 'unreadable: 0']);
    assert.match(new TextDecoder().decode(await world.site.read(of, 'index.json')), /2019/);
  });

  test('what it is not asked for is said in one line', async () => {
    const said = async (...words: readonly string[]) => {
      const { exit, err } = await runImport(here.world, projects, words);
      return [exit, err[0]];
    };
    assert.deepEqual(await said('mbox', 'x'), [
      2,
      'daylight import: no format “mbox”; expected one of lsn, ossa, csaf, osv, cve, advisory',
    ]);
    assert.deepEqual(await said('lsn'), [2, 'daylight import: expected a file or a folder to read']);
    assert.deepEqual(await said('lsn', '/nowhere'), [
      3,
      `daylight import: expected --project, one of ${projects.map(({ project }) => project).join(', ')}`,
    ]);
    assert.deepEqual(await said('lsn', '/nowhere', '--project', 'libvirt'), [
      3,
      'daylight import: /nowhere: expected files that end in .xml',
    ]);
  });
});

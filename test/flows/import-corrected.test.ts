// SPDX-License-Identifier: Apache-2.0
// An imported advisory gets an erratum and a late number like any other: in every format, with its history, and nothing else on the site changes.

import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { importedCase } from '../../src/app/import-plan.ts';
import type { ProjectId } from '../../src/core/model/identifiers.ts';
import { folderOf, notice, runImport } from '../support/import.ts';
import { town } from '../support/town.ts';

// biome-ignore lint/suspicious/noExplicitAny: stories read what the API answers, whose shape they assert.
type Json = any;

const libvirt = 'libvirt' as ProjectId;
const preset = readFileSync(join(import.meta.dirname, '..', '..', '..', 'policies', 'libvirt-2023.yaml'), 'utf8');
const policy = preset.replace('formats: [text, html, lsn_xml]', 'formats: [text, html, lsn_xml, csaf, osv, markdown]');
const members = { anna: ['core'], viktor: ['core'], vera: ['vendor'] };
const projects = ['libvirt', 'named'].map((project) => ({ project, policy, members }));

const ends: (() => Promise<void>)[] = [];
after(async () => {
  for (const end of ends) await end();
});
const here = await town({ after: (done) => ends.push(done) }, projects);

const others = ['LSN-2019-0002', 'LSN-2019-0003', 'LSN-2020-0001'];

/** Every file of the site that is there, by its path. */
function siteNow(): ReadonlyMap<string, string> {
  const current = join(here.siteFolder, 'libvirt', 'current');
  const names = readdirSync(current, { recursive: true, withFileTypes: true }).filter((one) => one.isFile());
  const paths = names.map((one) => join(one.parentPath, one.name));
  return new Map(paths.map((path) => [path.slice(current.length + 1), readFileSync(path, 'latin1')]));
}

/** The people of one project at its imported cases. */
function inProject(project: ProjectId) {
  const at = (number: string) => `/api/v1/${project}/cases/${importedCase(here.world, project, number)}`;
  const read = async (name: string, path: string): Promise<Json> =>
    (await here.call(path, { token: await here.signIn(project, name) })).body;
  const see = (name: string, number: string) => read(name, at(number));
  const take = async (name: string, number: string, action: string, body: object = {}): Promise<void> => {
    const answer = await here.call(`${at(number)}/${action}`, { token: await here.signIn(project, name), body });
    assert.ok(answer.status < 300, `${name} ${action}: ${answer.status} ${JSON.stringify(answer.body)}`);
  };
  return {
    see,
    take,
    file: async (name: string): Promise<Json> => (await here.call(`/${project}/advisories/${name}`)).body,

    /** Written by one, approved by another. */
    async corrects(number: string, reason: string, change: object): Promise<Json> {
      await take('anna', number, 'correct-advisory', { reason });
      const { advisory } = await read('anna', `${at(number)}/advisory`);
      await take('anna', number, 'write-advisory', { advisory: { ...advisory, ...change } });
      await take('anna', number, 'submit-advisory');
      await take('viktor', number, 'approve-advisory');
      return advisory;
    },

    /** Two people say go, and the version stands on the site. */
    async goesOut(number: string, version: number, people: readonly string[]): Promise<Json> {
      for (const name of people) await take(name, number, 'approve-release');
      const channels = async () => (await see('anna', number)).state.disclosure.channels;
      await here.until(`version ${version} is out`, async () => (await see('anna', number)).state.advisory.published === version);
      await here.until('it is live', async () =>
        (await channels()).every((one: Json) => one.channel === '1:git' || one.state === 'confirmed'),
      );
      await take('anna', number, 'confirm-channel', { channel: '1:git', evidence: 'Pushed by hand.' });
      return (await see('anna', number)).state;
    },
  };
}

const { see, take, file, corrects, goesOut } = inProject(libvirt);

/** Files of others, documents and hashes and signatures, byte for byte as they were. */
function unchanged(before: ReadonlyMap<string, string>, now: ReadonlyMap<string, string>, numbers: readonly string[]): void {
  const theirs = [...before].filter(([path]) => numbers.some((number) => path.toUpperCase().includes(number)));
  assert.ok(theirs.length > numbers.length * 10, `${theirs.length} files`);
  for (const [path, bytes] of theirs) assert.equal(now.get(path), bytes, path);
}

test('I9 VMT-5 L-38 an imported notice is corrected by two people, and later gets a number: every format anew with its history, every other file as it was', async (t) => {
  const folder = folderOf(t, {
    '2019/0001.xml': notice('2019-0001'),
    '2019/0002.xml': notice('2019-0002'),
    '2019/0003.xml': notice('2019-0003').replace(/ {2}<reference>.*<\/reference>\n/, ''),
    '2020/0001.xml': notice('2020-0001').replace('20190521', '20200521'),
  });
  const done = await runImport(here.world, projects, ['lsn', '--project', 'libvirt', folder]);
  assert.equal(done.exit, 0, done.out.join('\n'));
  const number = 'LSN-2019-0001';
  const [before, record] = [siteNow(), await file(`${number}.json`)];

  const description = 'The index of the ring is not checked, nor is its length.';
  const found = await corrects(number, 'Canary-history: the daemon of the wren as well.', { description });
  assert.equal(found.description, 'The index of the ring is not checked.', 'the editor begins with what the archive has');
  const state = await goesOut(number, 2, ['anna', 'viktor']);
  assert.deepEqual([state.handling, state.advisory.state, state.advisory.published], ['imported', 'errata', 2]);

  const after = siteNow();
  unchanged(before, after, others);
  const kept = [...before].filter(([path]) => path.startsWith(`${number}.`) && !/\.sha(?:256|512)$/.test(path));
  for (const [path, bytes] of kept) {
    assert.equal(after.get(path.replace(number, `${number}-v1`)), bytes, `${path}: the first version stays readable`);
    assert.notEqual(after.get(path), bytes, `${path}: written anew`);
  }
  const formats = kept.map(([path]) => path).filter((path) => !path.endsWith('.asc'));
  assert.ok(formats.length >= 7, formats.join());
  for (const path of formats) assert.match(after.get(path) ?? '', /nor\s+is\s+its\s+length/, path);
  for (const path of ['.txt', '.html', '.csaf.json', '.json'].map((ending) => number + ending))
    assert.match(after.get(path) ?? '', /Canary-history/, `${path} tells why`);
  const { errata, version, dates, description: _, ...same } = await file(`${number}.json`);
  const { version: first, dates: were, description: was, ...all } = record;
  assert.deepEqual(same, all, 'what nobody wrote stays as the archive has it');
  assert.deepEqual([first, version, errata.length, dates.published], [1, 2, 1, were.published]);
  assert.ok(was !== description && dates.modified !== undefined);
  const { tracking } = (await file(`${number}.csaf.json`)).document;
  assert.deepEqual([tracking.version, tracking.revision_history.length], ['2', 2]);

  const late = 'LSN-2019-0003';
  const [{ flaw, cve }] = (await see('vera', late)).state.flaws;
  assert.equal(cve, 'undecided');
  await take('vera', late, 'record-cve', { flaw, number: 'CVE-1900-40001' });
  await take('anna', late, 'add-late-number');
  const numbered = await goesOut(late, 2, (await see('anna', late)).state.disclosure.armed ? [] : ['viktor']);
  assert.deepEqual([numbered.handling, numbered.advisory.numbers], ['imported', ['CVE-1900-40001']]);
  const last = siteNow();
  unchanged(after, last, [number, 'LSN-2019-0002', 'LSN-2020-0001']);
  for (const ending of ['.txt', '.html', '.xml', '.csaf.json', '.json'])
    assert.match(last.get(late + ending) ?? '', /(?:CVE-)?1900-40001/, ending);
  const again = await runImport(here.world, projects, ['lsn', '--project', 'libvirt', folder]);
  assert.deepEqual(again.out.slice(0, 2), ['imported: 0', 'known: 4'], 'the same archive again changes nothing');
});

test('VMT-11 P9 another flaw of an imported notice gets its number late, beside a first one that a second notice names too', async (t) => {
  const number = 'LSN-2018-0001';
  const folder = folderOf(t, { '1.xml': notice('2018-0001').replace('20190521', '20180521').replace('20190501', '20180501') });
  const done = await runImport(here.world, projects, ['lsn', '--project', 'libvirt', folder]);
  assert.equal(done.exit, 0, done.out.join('\n'));
  const [first, second] = ['CVE-2019-90001', 'CVE-1900-40002'];
  assert.ok(done.out.some((line) => line.startsWith('[number-on-two] 1.xml: ') && line.includes(`${first}, as LSN-2019-0001 does`)));
  await take('anna', number, 'add-flaw', { title: 'Its length' });
  const [, { flaw }] = (await see('vera', number)).state.flaws;
  await assert.rejects(take('vera', number, 'record-cve', { flaw, number: 'CVE-2019-90002' }), /422/, 'it stands on another notice');
  await take('vera', number, 'record-cve', { flaw, number: second });
  await take('anna', number, 'add-late-number');
  const { handling, advisory } = await goesOut(number, 2, (await see('anna', number)).state.disclosure.armed ? [] : ['viktor']);
  assert.deepEqual([handling, advisory.numbers], ['imported', [first, second]]);
  for (const ending of ['.txt', '.html', '.xml', '.csaf.json', '.osv.json', '.md', '.json'])
    for (const cve of ['2019-90001', '1900-40002'])
      assert.ok(
        siteNow()
          .get(number + ending)
          ?.includes(cve),
        `${number}${ending}: ${cve}`,
      );
});

test('addresses of people that an import published stand in its corrections too, and no others', async (t) => {
  const shown = inProject('named' as ProjectId);
  const number = 'LSN-2019-0001';
  const folder = folderOf(t, { '1.xml': notice('2019-0001') });
  const done = await runImport(here.world, projects, ['lsn', '--project', 'named', '--with-addresses', folder]);
  assert.equal(done.exit, 0, done.out.join('\n'));
  await shown.corrects(number, 'Its length as well.', { description: 'Canary-length: nor is its length.' });
  await shown.goesOut(number, 2, ['anna', 'viktor']);
  for (const ending of ['.txt', '.xml']) {
    const read = async (project: string) => (await fetch(`${here.base}/${project}/advisories/${number}${ending}`)).text();
    const [named, unnamed] = [await read('named'), await read('libvirt')];
    assert.match(named, /Canary-length/, 'the second version');
    assert.match(named, /ada@wren\.example/, ending);
    assert.match(unnamed, /nor\s+is\s+its\s+length/, 'the second version');
    assert.match(unnamed, /Ada Wren/);
    assert.doesNotMatch(unnamed, /ada@wren\.example/, ending);
  }
});

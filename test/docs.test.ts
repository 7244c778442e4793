// SPDX-License-Identifier: Apache-2.0
// The documents are true: links lead somewhere, what they name exists, what they show is what happens, what is generated is up to date.

import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { existsSync, globSync, readFileSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { test } from 'node:test';
import { promisify } from 'node:util';
import { readProjects } from '../src/app/projects.ts';
import { configOf } from '../src/config.ts';
import type { CaseAction } from '../src/core/model/action.ts';
import type { Actor } from '../src/core/model/actor.ts';
import type { CaseState } from '../src/core/model/case.ts';
import { isRefusal } from '../src/core/model/refusal.ts';
import { rowOf, table } from '../src/core/process/table.ts';
import { walk } from './core/walk.ts';
import { arrows } from './support/arrows.ts';
import { Bench, preset } from './support/core.ts';
import { deadLinks, examplesOf, misspelt, named, type Page, unfitWords, unlike } from './support/docs.ts';
import { presetNames, projectFolder } from './support/policies.ts';
import { policiesPage } from './support/policies-page.ts';
import { processPage } from './support/process-page.ts';

const read = (path: string): Page => ({ path, text: readFileSync(join(projectFolder, path), 'utf8') });
const readAll = (...patterns: readonly string[]) => globSync(patterns, { cwd: projectFolder }).sort().map(read);
const isThere = (path: string) => existsSync(join(projectFolder, path));

const pages = readAll('*.md', 'docs/**/*.md');
const policies = readAll('policies/*.yaml');
const sources = readAll('src/**/*.ts', 'src/**/*.tsx');
const page = (path: string): Page => pages.find((one) => one.path === path) ?? assert.fail(`${path} is missing`);

test('QEMU-53 every relative link leads somewhere', () => {
  assert.ok(pages.length >= 15, String(pages.length));
  assert.deepEqual(deadLinks(pages, isThere), []);
});

test('QEMU-53 a planted dead link is found', () => {
  const planted: Page = {
    path: 'docs/a.md',
    text: '# One two\n[x](../README.md) [y](b.md) [z](#one-two) [q](#three) `[code](c.md)` [w](https://example.org)\n',
  };
  const there = (path: string) => ['README.md', 'docs/a.md'].includes(path);
  assert.deepEqual(deadLinks([planted], there), ['docs/a.md: b.md', 'docs/a.md: #three']);
});

test('QEMU-53 the documents, the policies and the texts of the program are spelt right', () => {
  assert.deepEqual(misspelt([...pages, ...policies, ...sources]), []);
});

test('QEMU-53 a planted slip is found', () => {
  const planted = { path: 'a.md', text: 'Under\nembargos we recieve the the report; `seperate` is code.\n' };
  assert.deepEqual(misspelt([planted]), ['a.md:2: embargos', 'a.md:2: recieve', 'a.md:2: the the']);
});

test('no page names a machine or a thing that is not done', () => {
  assert.deepEqual(unfitWords([...pages, ...policies]), []);
  assert.deepEqual(unfitWords([{ path: 'a.md', text: 'See /home/me/x.\nTODO\n' }]), ['a.md:1: /home/', 'a.md:2: TODO']);
});

test('what the documents call as npm run is a script', () => {
  const { scripts } = JSON.parse(readFileSync(join(projectFolder, 'package.json'), 'utf8')) as { scripts: Record<string, string> };
  const called = [
    ...new Set(pages.flatMap((one) => named(one, /\bnpm (?:run )?(?!install\b|ci\b|exec\b|view\b|itself\b)([a-z]+)(?=[\s`)])/g))),
  ];
  assert.ok(called.includes('demo') && called.includes('check'), called.join());
  const spoken = ['run', 'packages', 'package', 'runs', 'name', 'silently', 'record'];
  assert.deepEqual(
    called.filter((name) => !(name in scripts) && !spoken.includes(name)),
    [],
  );
});

test('every command is documented, and what is documented is a command', async () => {
  const help = await daylight('daylight help');
  const commands = Array.from(help.slice(help.indexOf('\nCommands')).matchAll(/^ {2}([a-z-]+) /gm), ([, name = '']) => name);
  assert.ok(commands.length >= 6, help);
  const documented = named(page('docs/commands.md'), /^ {2}([a-z-]+) {2,}/gm);
  assert.deepEqual(documented.toSorted(), commands.toSorted());
  const used = pages.flatMap((one) => named(one, /(?:`|\$ |^)(?:bin\/)?daylight ([a-z][a-z-]*)/gm));
  assert.deepEqual(
    [...new Set(used)].filter((name) => name !== 'help' && !commands.includes(name)),
    [],
  );
});

for (const { command, output } of ['docs/commands.md', 'docs/writing-a-policy.md'].flatMap((path) => examplesOf(page(path)))) {
  test(`as documented: ${command}`, async () => {
    assert.ok(output.length > 0, 'an example shows what is printed');
    assert.equal(unlike(output, await daylight(command)), undefined);
  });
}

test('an example that prints something else is found', () => {
  assert.equal(unlike(['a', '…', 'c'], 'a\nb\nc\n'), undefined);
  assert.match(unlike(['a', 'c'], 'a\nb\nc\n') ?? '', /expected “c”, printed “b”/);
  assert.match(unlike(['a'], 'a\nb\n') ?? '', /beyond/);
});

const settingRows = Array.from(page('docs/operate.md').text.matchAll(/^\| `([A-Z_]+)` \|([^|]*)\|/gm), ([, name = '', value = '']) => ({
  name,
  value,
}));

test('the settings of docs/operate.md are those of src/config.ts', () => {
  const code = named(read('src/config.ts'), /'(DAYLIGHT_[A-Z_]+|DATABASE_URL)'/g);
  assert.deepEqual(settingRows.map(({ name }) => name).toSorted(), code.toSorted());
});

test('setting a documented default changes nothing', () => {
  const root = resolve('.');
  const literal = settingRows.flatMap(({ name, value }) => {
    const text = /^`([^`]+)`$/.exec(value.trim())?.[1];
    return text === undefined ? [] : [{ name, text }];
  });
  assert.ok(literal.length >= 6, JSON.stringify(literal));
  for (const { name, text } of literal) assert.deepEqual(configOf({ [name]: text }, root), configOf({}, root), name);
});

test('a setting without a documented default is off', () => {
  const off = settingRows.filter(({ value }) => value.trim() === '').map(({ name }) => name);
  assert.deepEqual(off.toSorted(), [
    'DATABASE_URL',
    'DAYLIGHT_GITLAB_TOKEN_FILE',
    'DAYLIGHT_LMTP_PORT',
    'DAYLIGHT_LMTP_SOCKET',
    'DAYLIGHT_OIDC_ACR',
    'DAYLIGHT_OIDC_CLIENT_ID',
    'DAYLIGHT_OIDC_ISSUER',
    'DAYLIGHT_OIDC_SECRET_FILE',
    'DAYLIGHT_REHEARSAL_CLOCK',
    'DAYLIGHT_SMTP_PORT',
    'DAYLIGHT_TOKEN',
  ]);
  const { databaseUrl, lmtp, clockFile, smtp, oidc } = configOf({}, projectFolder);
  assert.deepEqual([databaseUrl, lmtp, clockFile, smtp, oidc], [null, null, null, null, null]);
});

test('no page names a setting that does not exist', () => {
  const known = settingRows.map(({ name }) => name);
  const all = pages.flatMap((one) => named(one, /\b(DAYLIGHT_[A-Z_]+)\b/g));
  assert.deepEqual(
    all.filter((name) => !known.includes(name)),
    [],
  );
});

test('the list of projects in docs/operate.md can be read', () => {
  const yaml = /```yaml\n(.*?)```/s.exec(page('docs/operate.md').text)?.[1] ?? '';
  assert.deepEqual(
    readProjects('projects.yaml', yaml).map(({ project, policy, site }) => [project, policy, site]),
    [
      ['kettle', 'minimal', undefined],
      ['teapot', '/etc/daylight/teapot.yaml', 'https://security.teapot.example'],
    ],
  );
});

test('the events of the log in docs/operate.md are those of the code', () => {
  const code = sources.flatMap((one) => [
    ...named(one, /\blog\('([a-z]+(?:-[a-z]+)*)'/g),
    ...named(one, /\bevent: '([a-z]+(?:-[a-z]+)+)'/g),
  ]);
  const listed = page('docs/operate.md').text.split('## Logs')[1] ?? '';
  const documented = Array.from(listed.matchAll(/^\| (`.*?) \|/gm), ([, cell = '']) => cell).flatMap((cell) =>
    named({ path: '', text: cell }, /`([a-z-]+)`/g),
  );
  assert.deepEqual([...new Set(documented)].toSorted(), [...new Set(code)].toSorted());
});

test('source files that the documents name exist', () => {
  const missing = pages.flatMap((one) =>
    named(one, /`([\w/.-]+\.tsx?)`/g)
      .filter((file) => !['', 'src/', 'src/core/', 'src/core/process/', 'src/adapters/postgres/'].some((folder) => isThere(folder + file)))
      .filter((file) => file.includes('/'))
      .map((file) => `${one.path}: ${file}`),
  );
  assert.deepEqual(missing, []);
});

test('folders of the map in ARCHITECTURE.md exist, and every room of src is on it', () => {
  const map = page('ARCHITECTURE.md').text.split('## The map')[1]?.split('## ')[0] ?? '';
  const cells = named({ path: '', text: map }, /^\| (`.*?) \|/gm).join(' ');
  const folders = named({ path: '', text: cells }, /`([\w/.]+)`/g);
  assert.ok(folders.length > 15, folders.join());
  assert.deepEqual(
    folders.filter((folder) => !isThere(folder)),
    [],
  );
  const rooms = [...new Set(sources.map(({ path }) => path.split('/').slice(0, 2).join('/')))];
  assert.deepEqual(
    rooms.filter((room) => !folders.some((folder) => folder.startsWith(room))),
    [],
  );
});

test('the arrows of ARCHITECTURE.md are those that the test enforces', () => {
  const there = (room: string) => isThere(`src/${room}`);
  const rows = Array.from(
    page('ARCHITECTURE.md').text.matchAll(/^\| `([\w.]+)` \| ((?:`[\w.]+`(?:, )?)+|nothing) \|$/gm),
    ([, room = '', cell = '']) => [room, named({ path: '', text: cell }, /`([\w.]+)`/g).toSorted()],
  );
  const enforced = Object.entries(arrows)
    .filter(([room]) => there(room))
    .map(([room, to]) => [room, to.filter(there).toSorted()]);
  assert.deepEqual(Object.fromEntries(rows), Object.fromEntries(enforced));
});

test('buttons that README.md names are labels of the table', () => {
  const labels: readonly string[] = Object.values(table).map(({ label }) => label);
  const steps = page('README.md').text.split('## The first ten minutes')[1]?.split('\n## ')[0] ?? '';
  const pressed = named({ path: '', text: steps }, /[Pp]ress \*([^*]+)\*/g);
  assert.ok(pressed.length >= 4, pressed.join());
  assert.deepEqual(
    pressed.filter((label) => !labels.includes(label)),
    [],
  );
});

generated('docs/process.md', processPage);
generated('docs/policies.md', () => policiesPage(presetNames.map(preset)));

function generated(path: string, write: () => string): void {
  test(`${path} is what its generator writes`, () => {
    const text = write();
    if (process.env['UPDATE_GOLDEN'] === '1') writeFileSync(join(projectFolder, path), text);
    assert.equal(text, read(path).text, 'UPDATE_GOLDEN=1 writes it anew');
  });
}

test('an action moves a case only where the table, and so docs/process.md, says', (t) => {
  const astray = new Set<string>();
  let taken = 0;
  const take = Bench.prototype.try;
  t.mock.method(Bench.prototype, 'try', function (this: Bench, actor: Actor, action: CaseAction) {
    const before = this.state;
    const result = take.call(this, actor, action);
    taken += isRefusal(result) ? 0 : 1;
    for (const move of unlisted(action.kind, before, this.state)) astray.add(move);
    return result;
  });
  for (const name of presetNames) for (let seed = 1; seed <= 12; seed++) walk(preset(name), seed, 40, () => undefined);
  assert.ok(taken > 500, String(taken));
  assert.deepEqual([...astray].sort(), []);
});

/** Moves of this action that its row does not name. */
function unlisted(kind: CaseAction['kind'], before: CaseState, after: CaseState): readonly string[] {
  const to: Readonly<Record<string, readonly string[]>> = rowOf(kind).to;
  return standing(after)
    .filter(({ region, of, is }) => standing(before).find((one) => one.region === region && one.of === of)?.is !== is)
    .filter(({ region, is }) => !(to[region] ?? []).includes(is))
    .map(({ region, is }) => `${kind} -> ${region}: ${is}`);
}

/** Where a case stands; a flaw and a branch have a region each. */
function standing({ handling, visibility, embargo, advisory, flaws, branches }: CaseState) {
  return [
    { region: 'handling', of: '', is: handling },
    { region: 'visibility', of: '', is: visibility },
    { region: 'embargo', of: '', is: embargo.state },
    { region: 'advisory', of: '', is: advisory.state },
    ...flaws.map(({ flaw, cve }) => ({ region: 'cve', of: flaw, is: cve })),
    ...branches.map(({ branch, component, state }) => ({ region: 'branch', of: `${component} ${branch}`, is: state })),
  ];
}

/** What a command line prints, both streams together, run from the root of the checkout. */
async function daylight(line: string): Promise<string> {
  const script = `daylight() { "${process.execPath}" "${join(projectFolder, 'dist', 'src', 'main.js')}" "$@" 2>&1; }; ${line}; exit 0`;
  return (await promisify(execFile)('sh', ['-c', script], { cwd: projectFolder, maxBuffer: 1 << 24 })).stdout;
}

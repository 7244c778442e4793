// SPDX-License-Identifier: Apache-2.0
// By which ways anything leaves the program at all. Whoever adds another way, or a feature that this catalogue knows to leak, is sent here first.

import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import fc from 'fast-check';
import { exporterRules, jobRules } from '../../src/app/registry.ts';
import type { Instant } from '../../src/core/model/time.ts';
import { table } from '../../src/core/process/table.ts';
import { readPolicy } from '../../src/policy/read-policy.ts';
import { csafLists } from '../../src/site/csaf.ts';
import { entryOf } from '../../src/site/entry.ts';
import type { SiteSettings } from '../../src/site/model.ts';
import { testDatabase } from '../support/database.ts';
import { projectRoot } from '../support/embedded.ts';
import { type Module, parse, readModules } from '../support/source.ts';
import { village } from './village.ts';

const sources = readModules(join(projectRoot, 'src'), ['.ts', '.tsx']);
const members = { anna: ['team'] };
const { ask } = await testDatabase();

/** Files that can reach another program or machine, each with what it reaches. */
const ways: Readonly<Record<string, string>> = {
  'adapters/csaf/validator.ts': 'a process of our own that judges documents',
  'adapters/git/contains.ts': 'git on this machine, for the same clone as repository.ts',
  'adapters/git/history.ts': 'git on this machine, for a repository that whoever types the command names',
  'adapters/git/notices.ts': 'git, for what is public, to the repository that the operator names',
  'adapters/git/repository.ts': 'git on this machine, for a clone that the operator names',
  'adapters/oidc/gitlab.ts': 'the same sign-in service, by its own API: who belongs to a project',
  'adapters/oidc/provider.ts': 'the one sign-in service that the operator names',
  'adapters/sink/mail-sink.ts': 'nothing: it takes the demonstration’s mail',
  'adapters/site/files.ts': 'our own public page, at the address that the operator names',
  'adapters/site/exchange.ts': 'the system’s own programs that exchange two folders',
  'adapters/site/folder.ts': 'the system’s own program that writes what the disk still holds back',
  'adapters/smtp/relay.ts': 'the mail server that the operator names',
  'bench/bare-files.ts': 'the system’s own copy, against which a measurement is held',
  'bench/reading.ts': 'the doors that the measurement itself has opened on this machine',
  'bench/stylesheet.ts': 'a program of this machine that makes one page, against which a measurement is held',
  'cli/ask.ts': 'the server that whoever types the command names',
  'mail/listener.ts': 'nothing: it takes mail',
  'mail/gateway.ts': 'nothing: it takes mail',
  'mail/bounded.ts': 'a process of our own that parses',
  'mail/parse-worker.ts': 'the process that parses',
};
/** PostgreSQL: the database that the operator names, or our own. */
const ofTheDatabase = /^adapters\/postgres\//;
const reaching =
  /^(?:node:(?:net|tls|dgram|dns|http|https|http2|child_process|worker_threads)|pg|nodemailer|openid-client|smtp-server|undici|ws)(?:\/|$)/;

function reaches({ path, imports, code }: Module): boolean {
  const fetches = /(?<![.\w])fetch\(|\bnew WebSocket\b|\bnew EventSource\b/.test(code);
  return !ofTheDatabase.test(path) && (imports.some((name) => reaching.test(name)) || fetches);
}

test('L-15 L-60 L-68 nothing reaches another machine but the mail relay, the sign-in service, our own page and what an operator’s command names', () => {
  const found = sources.filter(reaches).map(({ path }) => path);
  // serve.ts has the type of an address that it listens on, and hands requests to the doors.
  assert.deepEqual(found.filter((path) => path !== 'serve.ts' && path !== 'app/sign-in/tokens.ts').sort(), Object.keys(ways).sort());
  const planted = parse('app/hook.ts', "// SPDX\nexport const tell = (url: string) => fetch(url, { method: 'POST' });\n");
  assert.ok(reaches(planted), 'a call that was added would be found');
});

test('L-15 L-68 there are no outgoing webhooks, no chat and no address of any that somebody could set', async (t) => {
  const here = await village((done) => t.after(done), [{ project: 'alpha', policy: 'minimal', members }]);
  const words = /hook|slack|mattermost|matrix|telegram|callback[-_]?url|push[-_]?url/i;
  const named = [...here.routes.map(({ path }) => path), ...Object.keys(jobRules)].filter((name) => words.test(name));
  assert.deepEqual(named, []);
  const schema = readFileSync(join(projectRoot, 'policies', 'policy.schema.json'), 'utf8');
  assert.deepEqual(
    [...schema.matchAll(/"(\w*(?:hook|url)\w*)":/gi)].map(([, name]) => name).filter((name) => words.test(name ?? '')),
    [],
  );
  const columns = await ask<{ name: string }>(
    "select table_name || '.' || column_name as name from information_schema.columns where table_schema = 'daylight'",
  );
  assert.ok(columns.length > 100);
  assert.deepEqual(
    columns.map(({ name }) => name).filter((name) => /hook|url|secret/.test(name)),
    [],
  );
});

test('L-04 L-09 the database keeps no rendered page and no index of words: what was said is sealed bytes, in two columns', async () => {
  const columns = await ask<{ name: string; type: string }>(
    "select table_name || '.' || column_name as name, udt_name as type from information_schema.columns where table_schema = 'daylight'",
  );
  assert.deepEqual(
    columns.filter(({ name, type }) => /html|rendered|excerpt|snippet|search|words/.test(name) || type === 'tsvector'),
    [],
  );
  assert.deepEqual(columns.flatMap(({ name, type }) => (/\.sealed$/.test(name) ? [`${name} ${type}`] : [])).sort(), [
    'attachment_chunk.sealed bytea',
    'content.sealed bytea',
    'reply_kept.sealed bytea',
  ]);
  const indexes = await ask<{ sql: string }>("select indexdef as sql from pg_indexes where schemaname = 'daylight'");
  assert.deepEqual(
    indexes
      .map(({ sql }) => sql)
      .filter((sql) => / ON daylight\.(?:content|attachment|attachment_chunk) /.test(sql) && !/_pkey|case_id/.test(sql)),
    [],
  );
  const [{ count: extensions } = { count: -1 }] = await ask<{ count: number }>(
    "select count(*)::integer as count from pg_extension where extname <> 'plpgsql'",
  );
  assert.equal(extensions, 0, 'no extension that searches');
});

test('L-09 no address takes words to search for: whatever is asked beside the known parameters changes no answer', async (t) => {
  const asked = sources.flatMap(({ path, code, text }) =>
    /\.query\(/.test(code) && /^(?:web|api)\//.test(path) ? [...text.matchAll(/req\.query\('(\w+)'\)/g)].map(([, name]) => name) : [],
  );
  assert.deepEqual([...new Set(asked)].sort(), ['after', 'done', 'order', 'said', 'sent', 'since']);
  const here = await village((done) => t.after(done), [{ project: 'alpha', policy: 'minimal', members: { ...members, cleo: [] } }]);
  const body = { title: 'Overflow', fields: { description: 'In the ring buffer' }, consent: true };
  assert.equal((await here.call('/api/v1/alpha/reports', { body })).status, 201);
  const session = await here.signIn('alpha', 'cleo');
  const headers = { Authorization: `Bearer ${session}`, Cookie: `__Host-daylight-alpha=${session}` };
  const paths = here.routes.filter(({ method, path }) => method === 'GET' && !/:(?!project)/.test(path)).map(({ path }) => path);
  assert.ok(paths.length > 15);
  for (const path of paths)
    for (const name of ['q', 'search', 'codename']) {
      const ask = (word: string) => here.request(`${path.replace(':project', 'alpha')}?${name}=${word}`, { headers }, 'the same');
      const [hit, miss] = [await ask('Overflow'), await ask('Nothing8')];
      const plain = (text: Buffer) => text.toString().replaceAll('Overflow', 'Nothing8');
      assert.deepEqual([hit.status, plain(hit.body)], [miss.status, plain(miss.body)], `${path}?${name}=`);
    }
});

test('L-17 R-17 nothing exports all cases at once: no route, action, job or format does; who adds one asks two people for it', async (t) => {
  const here = await village((done) => t.after(done), [{ project: 'alpha', policy: 'minimal', members }]);
  const words = /export|dump|backup|download-all|everything/i;
  const names = [...here.routes.map(({ path }) => path), ...Object.keys(table), ...Object.keys(jobRules), ...Object.keys(exporterRules)];
  assert.ok(names.length > 150 && words.test('export-all'));
  assert.deepEqual(
    names.filter((name) => words.test(name)),
    [],
  );
  // One document for each case, and of a case that is public.
  assert.deepEqual([...new Set(Object.values(exporterRules))], ['public']);
});

const published = '2026-05-05T12:00:00Z' as Instant;
const settings: SiteSettings = {
  name: 'alpha',
  url: 'https://alpha.example/site',
  report: 'https://alpha.example/report',
  namespace: 'https://alpha.example',
  keys: null,
  securityTxt: null,
  policies: [],
  assets: [],
};

test('L-62 nothing is written for a spreadsheet but the list that CSAF asks for, whose cells begin with a digit whatever an advisory is called', async (t) => {
  assert.deepEqual(
    sources.filter(({ text }) => /text\/csv|spreadsheetml|\.csv['"`]/.test(text)).map(({ path }) => path),
    ['site/csaf.ts'],
  );
  fc.assert(
    fc.property(fc.oneof(fc.string(), fc.constantFrom('=cmd|A0', '+1', '-1', '@x', '\t=1', '\0"=1')), (title) => {
      const csaf = { document: { title, tracking: { id: title, initial_release_date: published, current_release_date: published } } };
      const bytes = new TextEncoder().encode(JSON.stringify(csaf));
      const document = { version: 1, format: 'csaf', file: 'advisory.csaf.json', bytes, sha256: '', signature: null };
      const entry = entryOf({ number: title, title, preparedAt: published, documents: [document], record: null });
      const list = csafLists(settings, [[entry]]).find(({ path }) => path === 'csaf/changes.csv');
      const cells = new TextDecoder().decode(list?.bytes).trimEnd().split(',');
      assert.equal(cells.length, 2, JSON.stringify(cells));
      for (const cell of cells) assert.match(cell, /^"\d[^",\s]*"$/);
    }),
  );
  const here = await village((done) => t.after(done), [{ project: 'alpha', policy: 'minimal', members }]);
  const session = await here.signIn('alpha', 'anna');
  const headers = {
    Authorization: `Bearer ${session}`,
    Cookie: `__Host-daylight-alpha=${session}`,
    Accept: 'text/csv, application/vnd.ms-excel',
  };
  for (const { path } of here.routes.filter(({ method, path }) => method === 'GET' && !/:(?!project)/.test(path))) {
    const { headers: told } = await here.request(path.replace(':project', 'alpha'), { headers });
    assert.doesNotMatch(told['content-type'] ?? '', /csv|excel|spreadsheet|tab-separated/, path);
  }
});

test('L-66 what comes in is JSON, a form, YAML or XML without tags of its own: nothing that came in is ever run or made into an object of ours', () => {
  const running =
    /\beval\(|\bnew Function\(|\bdeserialize\(|\bvm\.|\brequire\(|\bcustomTags\b|\bgetPrototypeOf\b.*=|Object\.assign\(Object\.prototype/;
  const homes = sources.filter(({ code }) => running.test(code)).map(({ path }) => path);
  assert.deepEqual(homes, []);
  const names = sources.flatMap(({ path, imports }) =>
    imports.filter((name) => /^node:(?:vm|v8|repl|inspector)\b/.test(name)).map((name) => `${path} ${name}`),
  );
  assert.deepEqual(names, []);
  const packages = Object.keys(JSON.parse(readFileSync(join(projectRoot, 'package.json'), 'utf8')).dependencies as object);
  assert.deepEqual(
    packages.filter((name) => /js-yaml|serialize|pickle|bson|msgpack|node-serialize|handlebars|ejs|pug|mustache|nunjucks/.test(name)),
    [],
  );
  assert.ok(running.test("eval('1')") && running.test('deserialize(bytes)'), 'this search finds');
});

test('L-65 L-66 a policy file is data: tags, anchors that grow, and names of what objects have by themselves give nothing that runs', () => {
  const plain = readFileSync(join(projectRoot, 'policies', 'minimal.yaml'), 'utf8');
  const read = (text: string) => readPolicy('p.yaml', text);
  assert.ok('policy' in read(plain), 'the plain file is read');
  const before = Object.keys(Object.prototype).length;
  for (const line of [
    "evil: !!js/function 'function () { globalThis.daylightRan = true }'",
    'evil: !<tag:yaml.org,2002:js/regexp> /x/',
    '__proto__: { polluted: yes }',
    'constructor: { prototype: { polluted: yes } }',
    `evil: ${'&a ['.repeat(50)}x${']'.repeat(50)}`,
  ])
    assert.ok('problems' in read(`${plain}\n${line}\n`), line);
  assert.equal(Object.keys(Object.prototype).length, before);
  assert.ok(!('polluted' in {}) && !('daylightRan' in globalThis));
});

// SPDX-License-Identifier: Apache-2.0
// The registry is complete: every route, notice, job and document by which a case could leave has its rule, and what has none is found.

import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import type { Hono } from 'hono';
import { exporterRules, jobRules, noticeRules, projectNoticeRules, type RegisteredRoute } from '../../src/app/registry.ts';
import { formats } from '../../src/formats/index.ts';
import { projectRoot } from '../support/embedded.ts';
import { readModules } from '../support/source.ts';
import { openDoors } from './doors.ts';
import { village } from './village.ts';

const sources = readModules(join(projectRoot, 'src'), ['.ts', '.tsx']);
const textOf = (path: string) => readFileSync(join(projectRoot, 'src', path), 'utf8');
const sorted = (names: Iterable<string>) => [...new Set(names)].sort();

/** Handlers that the application has and the registry does not know. Middleware goes around routes and answers none by itself. */
function unregistered({ routes }: Hono, registered: readonly RegisteredRoute[]): readonly string[] {
  const known = new Set(registered.map(({ method, path }) => `${method} ${path}`));
  return routes
    .filter(({ method, path }) => !(method === 'ALL' && path.endsWith('*')))
    .map(({ method, path }) => `${method} ${path}`)
    .filter((one) => !known.has(one));
}

const demo = { people: [], replays: new Map(), sink: { list: async () => [], read: async () => new Uint8Array() } };
const settings = [{ project: 'alpha', title: 'alpha', policy: 'minimal', sender: { name: 'alpha', address: 'reports@alpha.example' } }];

test('L-01 every route of every door is registered with a rule, and one that is not is found', async (t) => {
  const here = await village((done) => t.after(done), [{ project: 'alpha', policy: 'minimal', members: {} }]);
  for (const { applications } of [here, openDoors(here.world, settings, demo)])
    for (const { name, application, routes } of applications) {
      assert.deepEqual(unregistered(application, routes), [], name);
      assert.equal(application.routes.filter(({ path }) => !path.endsWith('*')).length, routes.length, `${name} has a route twice`);
      assert.ok(routes.length > 5, name);
    }
  const [planted] = openDoors(here.world, settings).applications;
  planted?.application.get('/api/v1/:project/shortcut', (context) => context.text('the case'));
  planted?.application.all('/api/v1/:project/everything', (context) => context.text('the case'));
  assert.deepEqual(planted && unregistered(planted.application, planted.routes), [
    'GET /api/v1/:project/shortcut',
    'ALL /api/v1/:project/everything',
  ]);
});

test('L-01 the demonstration’s routes exist in the demonstration only', async (t) => {
  const here = await village((done) => t.after(done), [{ project: 'alpha', policy: 'minimal', members: {} }]);
  const paths = (doors: ReturnType<typeof openDoors>) => doors.routes.filter(({ rule }) => rule === 'demo').map(({ path }) => path);
  assert.deepEqual(paths(here), []);
  assert.ok(paths(openDoors(here.world, settings, demo)).length >= 3);
});

/** Calls that put a handler on an application without the registry. */
function shortcuts(code: string): readonly string[] {
  return [...code.matchAll(/\bapplication\s*\.\s*(?!use\b|onError\b|notFound\b|fetch\b|routes\b|request\b)\w+/g)].map(([found]) => found);
}

test('L-01 no door adds a handler but through the registry, and no door is missing here', () => {
  const doors = sources.filter(({ path, code }) => /\bnew Hono\b/.test(code) && path !== 'app/routes.ts');
  assert.deepEqual(
    doors.map(({ path }) => path),
    ['api/api.ts', 'web/web.ts'],
  );
  for (const { path, code } of sources.filter((module) => /^(api|web|mcp)\//.test(module.path))) {
    assert.deepEqual(shortcuts(code), [], path);
    for (const [, name] of code.matchAll(/\b(\w+)\s*=\s*new Hono\b/g)) assert.equal(name, 'application', path);
    assert.doesNotMatch(code, /\.(?:mount|basePath)\(/, path);
  }
  assert.deepEqual(shortcuts("application.get('/x', show); application.use(guard); application.route('/', other)"), [
    'application.get',
    'application.route',
  ]);
});

test('L-12 every notice has a rule, every file of notices is known here, and a rule without a notice is found', () => {
  const [, union = ''] = /export type NoticeName =((?:\s*\| '[\w-]+')+);/.exec(textOf('core/process/consequence.ts')) ?? [];
  const names = [...union.matchAll(/'([\w-]+)'/g)].map(([, name = '']) => name);
  assert.ok(names.length >= 10);
  assert.deepEqual(sorted(Object.keys(noticeRules)), sorted([...names, 'announcement', 'digest']));
  const writers = sources.filter(({ path }) => path.startsWith('notices/to-')).map(({ path }) => path);
  assert.deepEqual(writers, [
    'notices/to-administrator.ts',
    'notices/to-holder.ts',
    'notices/to-list.ts',
    'notices/to-member-digest.ts',
    'notices/to-member.ts',
    'notices/to-outsider.ts',
    'notices/to-person.ts',
    'notices/to-project.ts',
    'notices/to-reporter.ts',
  ]);
  const written = writers.flatMap((path) => {
    const [, extract = ''] = /export type \w+Notice = Extract<\s*NoticeName,([^>]*)>/.exec(textOf(path)) ?? [];
    return [...extract.matchAll(/'([\w-]+)'/g)].map(([, name = '']) => ({ path, name }));
  });
  for (const { path, name } of written) {
    const rule = noticeRules[name as keyof typeof noticeRules];
    assert.equal(rule === 'no content', /to-(member|outsider)\.ts$/.test(path), `${name}: ${rule}, but written by ${path}`);
  }
  assert.deepEqual(sorted(written.map(({ name }) => name)), sorted(names), 'each is written for somebody');
  const [, upkeep = ''] = /export type UpkeepNoticeName =([^;]*);/.exec(textOf('ports/store/project-mail.ts')) ?? [];
  const [, heads = ''] = /export type HeadNoticeName =([^;]*);/.exec(textOf('ports/store/project-mail.ts')) ?? [];
  const [, atTheDoor = ''] = /export type SignInNoticeName =([^;]*);/.exec(textOf('ports/store/project-mail.ts')) ?? [];
  const [, aboutPeople = ''] = /export type PersonNoticeName =([^;]*);/.exec(textOf('core/people/consequences.ts')) ?? [];
  assert.deepEqual(
    sorted([...`${upkeep}${heads}${atTheDoor}${aboutPeople}`.matchAll(/'([\w-]+)'/g)].map(([, name = '']) => name)),
    sorted(Object.keys(projectNoticeRules)),
    'mail of a project as a whole has its rules too',
  );
});

test('L-17 every job and every exporter has a rule, and nothing else has one', () => {
  const tasks = [...textOf('ports/store/jobs.ts').matchAll(/readonly task: ((?:'[\w-]+'(?: \| )?)+)/g)].flatMap(([, names = '']) =>
    [...names.matchAll(/'([\w-]+)'/g)].map(([, name = '']) => name),
  );
  const performed = [...textOf('app/jobs.ts').matchAll(/case '([\w-]+)'/g)].map(([, name = '']) => name);
  assert.ok(tasks.length >= 4);
  assert.deepEqual(sorted(Object.keys(jobRules)), sorted(tasks));
  assert.deepEqual(sorted(performed), sorted(tasks));
  assert.deepEqual(sorted(Object.keys(exporterRules)), sorted(Object.keys(formats)));
});

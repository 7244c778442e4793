// SPDX-License-Identifier: Apache-2.0
// `daylight policy simulate`: every folder of test/golden/simulate is a script and what it prints, to the byte; and scripts that cannot be played.

import assert from 'node:assert/strict';
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { openpgpVerifier } from '../../src/adapters/openpgp/verifier.ts';
import type { Transcript } from '../../src/app/simulate/transcript.ts';
import { runPolicy } from '../../src/cli/policy.ts';
import { instant } from '../../src/core/model/time.ts';
import { policyFolder, presetNames, projectFolder } from '../support/policies.ts';

const golden = join(projectFolder, 'test', 'golden', 'simulate');
const stories = readdirSync(golden).toSorted();

interface Ran {
  readonly code: number;
  readonly out: string;
  readonly err: string;
}

/** Runs the command over files of the disk and `files`. */
async function run(args: readonly string[], files: Readonly<Record<string, string>> = {}): Promise<Ran> {
  const out: string[] = [];
  const err: string[] = [];
  const code = await runPolicy(['simulate', ...args], {
    out: (line) => out.push(`${line}\n`),
    err: (line) => err.push(`${line}\n`),
    readPath: async (path) => files[path] ?? readFileSync(path, 'utf8'),
    presets: async () => presetNames,
    policyFolder,
    now: () => instant('2026-11-02T09:00:00Z'),
    verifier: openpgpVerifier,
    ask: async () => ({ failure: 'there is no server here' }),
  });
  return { code, out: out.join(''), err: err.join('') };
}

const script = (name: string) => join(golden, name, 'script.yaml');

for (const name of stories)
  test(`${readFileSync(script(name), 'utf8').split('\n')[0]?.replace(/^# /, '')} (simulate ${name})`, async () => {
    const { code, out, err } = await run(['--script', script(name)]);
    assert.deepEqual([code, err], [0, '']);
    const file = join(golden, name, 'expected.txt');
    if (process.env['UPDATE_GOLDEN'] !== undefined) writeFileSync(file, out);
    assert.ok(existsSync(file), `${file}: write it with UPDATE_GOLDEN=1`);
    assert.equal(out, readFileSync(file, 'utf8'));
  });

test('the same script gives the same bytes twice, and the same story as JSON', async () => {
  const [one, two] = [
    await run(['--script', script(stories[0] ?? ''), '--json']),
    await run(['--script', script(stories[0] ?? ''), '--json']),
  ];
  assert.equal(one.out, two.out);
  const transcript = JSON.parse(one.out) as Transcript;
  assert.ok(transcript.entries.some(({ refused }) => refused !== null) && transcript.entries.some(({ sent }) => sent.length > 0));
});

test('another policy than the script names is played when it is named', async () => {
  const { code, out } = await run(['minimal', '--script', 'x.yaml'], { 'x.yaml': playing('') });
  assert.equal(code, 0);
  assert.match(out, /^How we handle security reports \(minimal, version 1\)/);
});

const report = '- { at: 2026-11-02 09:00 UTC, who: reporter, does: submit-report, with: { title: x, fields: { description: y } } }';
const playing = (...lines: readonly string[]) =>
  ['policy: minimal', 'people: { ada: [team] }', 'play:', `  ${report}`, ...lines.map((line) => (line === '' ? '' : `  ${line}`)), ''].join(
    '\n',
  );

/** A script, and the one line that says what is wrong with it. */
const broken: readonly (readonly [what: string, text: string, line: string])[] = [
  ['no YAML', 'play: [', 'x.yaml:1: '],
  ['an empty file', '', 'x.yaml:1: Expected object, received null.'],
  ['no steps', 'policy: minimal\nplay: []', 'x.yaml:2: Expected at least one step; the first is submit-report.'],
  ['an unknown key', `${playing('')}\nbecause: no\n`, 'x.yaml:7: because is not known here.'],
  ['a bare date', playing('- { at: 2026-11-03, who: ada, does: take-up-case }'), 'x.yaml:5: Expected an instant with hour and zone'],
  [
    'a step back in time',
    playing('- { at: 2026-11-01 09:00 UTC, who: ada, does: take-up-case }'),
    'x.yaml:5: This lies before the step above it.',
  ],
  [
    'a stranger',
    playing('- { at: 2026-11-03 09:00 UTC, who: eve, does: take-up-case }'),
    'x.yaml:5: eve is neither reporter nor agent nor process nor one of people.',
  ],
  ['an unknown action', playing('- { at: 2026-11-03 09:00 UTC, who: ada, does: take-it }'), 'x.yaml:5: There is no action “take-it”.'],
  ['a second report', playing(report), 'x.yaml:5: A script begins with submit-report'],
  [
    'a field that is missing',
    playing('- { at: 2026-11-03 09:00 UTC, who: ada, does: add-note }'),
    'x.yaml:5: add-note, body: Please write something here. It takes body, attachments?',
  ],
  [
    'a field that takes other words',
    playing('- { at: 2026-11-03 09:00 UTC, who: ada, does: end-embargo, with: { exit: other, reason: Why } }'),
    'x.yaml:5: end-embargo, exit: Say why it ends. It takes exit (early_agreed, leak, exploited), reason, evidence?, since?.',
  ],
  [
    'a choice between yes and no that is neither',
    playing('- { at: 2026-11-03 09:00 UTC, who: ada, does: decide-withdrawal, with: { reason: Why } }'),
    'x.yaml:5: decide-withdrawal, accepted: Choose yes or no. It takes accepted, reason.',
  ],
  [
    'a field that the action has not',
    playing('- { at: 2026-11-03 09:00 UTC, who: ada, does: end-embargo, with: { cause: leak } }'),
    'x.yaml:5: end-embargo has no field cause. It takes exit (early_agreed, leak, exploited)',
  ],
  [
    'a field for an action without any',
    playing('- { at: 2026-11-03 09:00 UTC, who: ada, does: take-up-case, with: { owner: ada } }'),
    'x.yaml:5: take-up-case has no field owner. It takes none.',
  ],
  [
    'a version that YAML reads as a number',
    playing('').replace('description: y', 'description: y, version: 3.1'),
    'x.yaml:4: submit-report, fields.version: A number stands here; it has to be text. Write it in quotes.',
  ],
  [
    'a report without a title',
    playing('').replace('title: x, ', ''),
    'x.yaml:4: submit-report, title: A report has a title. It takes channel?',
  ],
  ['a member who is an agent', playing('').replace('[team]', '[agent]'), 'x.yaml:2: An agent is no member'],
  [
    'a case that it does not name',
    playing('- { at: 2026-11-03 09:00 UTC, case: other, who: ada, does: take-up-case }'),
    'x.yaml:5: other is not one of cases.',
  ],
  [
    'a case that has not begun',
    playing('- { at: 2026-11-03 09:00 UTC, case: two, who: ada, does: take-up-case }').replace('play:', 'cases: [one, two]\nplay:'),
    'x.yaml:6: The case two begins with submit-report or with a split, and once only.',
  ],
  [
    'cases that another step than a split opens',
    playing('- { at: 2026-11-03 09:00 UTC, who: ada, does: take-up-case, opens: [two] }').replace('play:', 'cases: [one, two]\nplay:'),
    'x.yaml:6: Only split-case opens other cases.',
  ],
  [
    'somebody who has left',
    playing('- { at: 2026-11-03 09:00 UTC, who: ada, does: take-up-case }').replace(
      '[team]',
      '{ roles: [team], until: 2026-11-02 12:00 UTC }',
    ),
    'x.yaml:5: ada is no member on that day.',
  ],
  [
    'a membership that ends before it begins',
    playing('').replace('[team]', '{ roles: [team], from: 2026-11-02 12:00 UTC, until: 2026-11-01 12:00 UTC }'),
    'x.yaml:2: This lies before the day from which they are a member.',
  ],
  [
    'a member who is called as one of those who are always there',
    playing('').replace('ada: [team]', 'agent: [team]'),
    'x.yaml:2: agent is always there and holds no role; give the member another name.',
  ],
  [
    'a commit of digits that YAML reads as a number',
    playing('- { at: 2026-11-03 09:00 UTC, who: ada, does: record-merge, with: { branch: main, commit: 1234567 } }'),
    'x.yaml:5: record-merge, commit: A number stands here; it has to be text. Write it in quotes.',
  ],
  [
    'a commit that is missing',
    playing('- { at: 2026-11-03 09:00 UTC, who: ada, does: record-merge, with: { branch: main } }'),
    'x.yaml:5: record-merge, commit: Please choose or name one.',
  ],
  ['a role that the policy lacks', playing('').replace('[team]', '[chief]'), 'x.yaml:2: The policy minimal declares no role chief.'],
];

for (const [what, text, line] of broken)
  test(`a script with ${what} ends with 1 and one line that names the place`, async () => {
    const { code, out, err } = await run(['--script', 'x.yaml'], { 'x.yaml': text });
    assert.deepEqual([code, out], [1, '']);
    assert.ok(err.startsWith(line) && err.indexOf('\n') === err.length - 1, err);
  });

test('a script that is not there ends with 3, and no script at all with 2', async () => {
  assert.equal((await run(['minimal', '--script', 'none-such.yaml'])).code, 3);
  assert.equal((await run(['minimal'])).code, 2);
});

test('a malformed list of branches is refused in words that show the right form', async () => {
  const script = (branches: string) => `policy: minimal
people: { ada: [team] }
play:
  - { at: 2026-11-02 09:00 UTC, who: reporter, does: submit-report, with: { title: A, fields: { description: B } } }
  - { at: 2026-11-02 10:00 UTC, who: ada, does: confirm-flaw, with: { reason: Seen., branches: ${branches} } }
`;
  for (const wrong of ['stable', '[{ name: v2 }]', '7', '[[stable, v2]]']) {
    const { code, err } = await run(['--script', 's.yaml'], { 's.yaml': script(wrong) });
    assert.equal(code, 1, wrong);
    assert.match(err, /confirm-flaw, branches\[0\]: Name one branch on a line, its group first: stable v2-maint\./, wrong);
  }
});

test('a release that waits for a second person says so', async () => {
  const { out } = await run(['--script', join(projectFolder, 'test/golden/simulate/15-tinwhistle/script.yaml')]);
  assert.match(out, /release: ada said go; still needed: another person/);
  assert.doesNotMatch(out, /\dT\d\d:\d\d:\d\d\.\d{3}Z/, 'and no instant is one for machines');
});

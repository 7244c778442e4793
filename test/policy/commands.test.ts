// SPDX-License-Identifier: Apache-2.0
// `daylight policy`: what each verb prints, and its exit code.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { generateProjectKey } from '../../src/adapters/openpgp/signer.ts';
import { openpgpVerifier } from '../../src/adapters/openpgp/verifier.ts';
import { runPolicy } from '../../src/cli/policy.ts';
import type { PolicyIo } from '../../src/cli/policy-files.ts';
import { instant } from '../../src/core/model/time.ts';
import { minimalAnd, presetNames, presetText } from '../support/policies.ts';

interface Ran {
  readonly code: number;
  readonly out: readonly string[];
  readonly err: readonly string[];
}

/** Runs the command over the presets and `files`, by their paths. */
async function run(args: readonly string[], files: Readonly<Record<string, string>> = {}): Promise<Ran> {
  const out: string[] = [];
  const err: string[] = [];
  const known: Readonly<Record<string, string>> = {
    ...Object.fromEntries(presetNames.map((name) => [`policies/${name}.yaml`, presetText(name)])),
    ...files,
  };
  const io: PolicyIo = {
    out: (line) => out.push(line),
    err: (line) => err.push(line),
    readPath: async (path) => known[path] ?? Promise.reject(Object.assign(new Error(path), { code: 'ENOENT' })),
    presets: async () => presetNames,
    policyFolder: 'policies',
    now: () => instant('2026-11-02T09:00:00Z'),
    verifier: openpgpVerifier,
    ask: async () => ({ failure: 'there is no server here' }),
  };
  return { code: await runPolicy(args, io), out, err };
}

test('list names every preset with its title', async () => {
  const { code, out } = await run(['list']);
  assert.equal(code, 0);
  assert.deepEqual(
    out.map((line) => line.split(' ')[0]),
    presetNames,
  );
  assert.match(out.join('\n'), /^qemu-2026 +QEMU security process$/m);
});

test('show prints each key with the value that acts, and says which are undecided', async () => {
  const { code, out } = await run(['show', 'libvirt-2023']);
  assert.equal(code, 0);
  assert.ok(out.includes('embargo.length[0].up_to: 2 weeks'));
  assert.ok(out.includes('clocks.acknowledge: 3 business days   # unspecified; this is the default'));
});

test('show --json prints the resolved policy', async () => {
  const { out } = await run(['show', 'minimal', '--json']);
  const policy: unknown = JSON.parse(out.join('\n'));
  assert.ok(typeof policy === 'object' && policy !== null && 'language' in policy && policy.language === 1);
});

test('check of a usable policy ends with 0 and lists what is undecided on standard output', async () => {
  const { code, out, err } = await run(['check', 'libvirt-2023']);
  assert.equal(code, 0);
  assert.deepEqual(err, []);
  assert.ok(
    out.includes(
      'libvirt-2023.yaml:172  gap            clocks.acknowledge is unspecified. Until decided: 3 business days. Reporters will ask.',
    ),
  );
});

test('check of a contradiction or an error ends with 1', async () => {
  const contradictory = await run(['check', 'x/ours.yaml'], { 'x/ours.yaml': minimalAnd('disclosure: { trigger: patch_posted }') });
  assert.equal(contradictory.code, 1);
  assert.match(contradictory.out.join('\n'), /^ours\.yaml:\d+ +contradiction +disclosure\.trigger is patch_posted/m);
  assert.equal((await run(['check', 'ours.yaml'], { 'ours.yaml': 'policy: [' })).code, 1);
});

test('check reads standard input', async () => {
  const { code, out } = await run(['check', '-'], { '-': '' });
  assert.deepEqual([code, out.length], [1, 1]);
});

test('check --json prints the problems', async () => {
  const { out } = await run(['check', 'qemu-2026', '--json']);
  const problems = JSON.parse(out.join('\n')) as readonly { readonly kind: string; readonly key: string }[];
  assert.ok(problems.some(({ kind, key }) => kind === 'gap' && key === 'publication.credit'));
});

test('diff prints the keys in which two policies act differently, defaults included', async () => {
  const { code, out } = await run(['diff', 'minimal', 'ours.yaml'], {
    'ours.yaml': minimalAnd('clocks: { fix: 60 days, claim: 24 hours }'),
  });
  assert.equal(code, 0);
  assert.deepEqual(out, ['clocks.fix: 30 days -> 60 days']);
});

test('diff names rows by their names, so that a row that moves is one line, and says what changes for reporters', async () => {
  const scope = (...rows: readonly string[]) => minimalAnd(`eligibility:\n  scope:\n${rows.map((row) => `    - ${row}\n`).join('')}`);
  const one = '{ rule: one, when: { version: ["1"] }, then: out, say: Too old. }';
  const two = '{ rule: two, when: { version: ["2"] }, then: in, say: Fine. }';
  const files = { 'a.yaml': scope(one, two), 'b.yaml': scope(two, one), 'c.yaml': scope(one, two.replace('Fine.', 'Good.')) };
  const reporters = ['What changes for reporters', '  what counts as a flaw, and what becomes of what does not'];
  assert.deepEqual((await run(['diff', 'a.yaml', 'b.yaml'], files)).out, ['eligibility.scope: one, two -> two, one', ...reporters]);
  assert.deepEqual((await run(['diff', 'a.yaml', 'c.yaml'], files)).out, ['eligibility.scope[two].say: Fine. -> Good.', ...reporters]);
});

test('LIBVIRT-19 diff of the two texts of libvirt says that the announcement changes', async () => {
  const { out } = await run(['diff', 'libvirt-2012', 'libvirt-2023']);
  assert.ok(out.includes('branches.should: stable -> none'));
  assert.ok(out.includes('  where the publication is announced'), out.join('\n'));
});

test('diff of a policy with itself prints nothing', async () => {
  for (const name of presetNames) assert.deepEqual((await run(['diff', name, name])).out, []);
});

test('a policy that cannot be used is neither shown nor compared', async () => {
  const { code, out, err } = await run(['show', 'ours.yaml'], { 'ours.yaml': 'daylight: 2' });
  assert.deepEqual([code, out], [1, []]);
  assert.match(err.join('\n'), /^ours\.yaml:1 +error +daylight: this program reads language 1 only\.$/m);
});

test('a policy that does not exist ends with 3', async () => {
  for (const args of [
    ['check', 'none-such'],
    ['show', 'none/such.yaml'],
    ['diff', 'minimal', 'none-such'],
  ])
    assert.equal((await run(args)).code, 3);
});

test('wrong usage ends with 2 and shows examples', async () => {
  for (const args of [[], ['show'], ['diff', 'minimal'], ['check', 'a', 'b'], ['explain', 'minimal'], ['show', '--yaml', 'minimal']]) {
    const { code, out, err } = await run(args);
    assert.deepEqual([code, out], [2, []]);
    assert.match(err.join('\n'), /^daylight policy (check|show|diff) /m);
  }
});

test('a verb without its policy says what it needs, and --help shows the verb alone', async () => {
  const without = await run(['security-txt']);
  assert.deepEqual([without.code, without.err.length], [2, 2]);
  assert.match(
    without.err.join('\n'),
    /^policy security-txt needs a policy: a preset such as libvirt-2023, or a file[\s\S]*policy security-txt qemu-2026/,
  );
  assert.match((await run(['simulate'])).err.join('\n'), /^policy simulate needs --script FILE/);
  assert.match((await run(['diff', 'minimal'])).err.join('\n'), /^policy diff needs two policies/);
  const help = await run(['simulate', '--help']);
  assert.equal(help.code, 0);
  assert.deepEqual([help.out.length, help.err], [1, []]);
  assert.match(help.out.join(''), /policy simulate --script story\.yaml/);
});

test('a script in the place of a policy is called so, and a policy in the place of a script', async () => {
  const files = {
    './story.yaml': 'play:\n  - { at: 2026-11-02 09:00 UTC, who: reporter, does: submit-report }\n',
    './ours.yaml': presetText('minimal'),
  };
  const checked = await run(['check', './story.yaml'], files);
  assert.equal(checked.code, 1);
  assert.match(checked.out.join('\n'), /story\.yaml:1 +error +this is a script for `policy simulate`, no policy/);
  const played = await run(['simulate', '--script', './ours.yaml'], files);
  assert.equal(played.code, 1);
  assert.match(played.err.join('\n'), /^\.\/ours\.yaml:\d+: This is a policy, no script\. A script has `play`/);
});

test('instants are said as dates that people read, with their zone, in differences as everywhere', async () => {
  const { out } = await run(['diff', 'minimal', 'libvirt-2023']);
  assert.match(out.join('\n'), /^policy\.valid_from: .* -> 2023-10-31 10:04 UTC$/m);
  for (const preset of presetNames) assert.doesNotMatch((await run(['show', preset])).out.join('\n'), /\dT\d\d:\d\d:\d\d/);
});

const ended = await generateProjectKey({ name: 'Ada', email: 'ada@small.example', now: '2026-01-01T00:00:00Z', expiresAfterDays: 30 });
const good = await generateProjectKey({ name: 'Ben', email: 'ben@small.example', now: '2026-01-01T00:00:00Z', expiresAfterDays: 400 });
const secretInDisguise = good.privateKeyArmored.replaceAll('PRIVATE KEY BLOCK', 'PUBLIC KEY BLOCK');

/** A policy that names these keys, each in an entry of its own, from line 3 of the section on. */
function naming(...keys: readonly string[]): string {
  const entries = keys.map((key) => `    - |\n${key.replaceAll(/^(?=.)/gm, '      ')}`);
  return minimalAnd(`disclosure:\n  signing_keys:\n${entries.join('')}`);
}

test('VMT-44 check takes a public key of a person, and says at its line that one is cut off, has ended, or is secret, without repeating it', async () => {
  const second = (text: string) => text.split('\n').lastIndexOf('    - |') + 1;
  const found = async (...keys: readonly string[]) => {
    const text = naming(...keys);
    const { code, out } = await run(['check', 'x/ours.yaml'], { 'x/ours.yaml': text });
    return { code, text, errors: out.filter((line) => / error /.test(line)) };
  };
  assert.deepEqual((await found(good.publicKeyArmored)).errors, []);
  const cases: readonly (readonly [string, RegExp])[] = [
    [ended.publicKeyArmored, /signing_keys\[1\] ended on 2026-01-31 00:00 UTC/],
    [good.privateKeyArmored, /signing_keys\[1\] is a secret key/],
    [secretInDisguise, /signing_keys\[1\] is a secret key/],
    [`${ended.publicKeyArmored.slice(0, 200)}\n`, /signing_keys\[1\] is not an armoured public key/],
    [ended.publicKeyArmored.replace(/^([A-Za-z0-9+/]{20})[A-Za-z0-9+/]{40}/m, '$1'), /signing_keys\[1\] is no public key that can be used/],
  ];
  for (const [key, expected] of cases) {
    const { code, text, errors } = await found(good.publicKeyArmored, key);
    assert.equal(code, 1);
    assert.equal(errors.length, 1, errors.join('\n'));
    assert.match(errors[0] ?? '', expected);
    assert.match(errors[0] ?? '', new RegExp(`^ours\\.yaml:${second(text)} `));
    for (const line of key.split('\n').filter((one) => one.length > 30 && !one.startsWith('-----')))
      assert.ok(!errors.join().includes(line));
  }
});

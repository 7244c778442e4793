// SPDX-License-Identifier: Apache-2.0
// `daylight validate` as a person meets it, and its own checks beside the published schemas: neither accepts what the other refuses.

import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, test } from 'node:test';
import { csafValidator } from '../../src/adapters/csaf/validator.ts';
import { validate } from '../../src/cli/validate.ts';
import { instant } from '../../src/core/model/time.ts';
import { checkCve } from '../../src/formats/cve-check.ts';
import { checkOsv } from '../../src/formats/osv-check.ts';
import { archives } from './archives.ts';
import { judgeBy, noJudge } from './json-schemas.ts';
import { goldens, realData } from './places.ts';

const files = new Map<string, string>();
for (const [name, path] of [
  ['a.yaml', '07-openstack/expected.yaml'],
  ['a.xml', '01-open-descriptor/expected.xml'],
  ['a.osv.json', '07-openstack/expected.osv.json'],
  ['a.json', '07-openstack/advisory.json'],
] as const)
  files.set(name, readFileSync(join(goldens, path), 'utf8'));
files.set('no.yaml', 'id: x y\n');
files.set('odd.yaml', `${files.get('a.yaml')}severity: low\n`);
files.set('no.json', '{');

const csaf = csafValidator();
const now = instant('2026-11-05T00:00:00.000Z');

async function run(...args: readonly string[]) {
  const out: string[] = [];
  const err: string[] = [];
  const readFile = async (path: string) => {
    const text = files.get(path);
    if (text === undefined) throw Object.assign(new Error(`ENOENT: ${path}`), { code: 'ENOENT' });
    return new TextEncoder().encode(text);
  };
  const io = {
    out: (line: string) => out.push(line),
    err: (line: string) => err.push(line),
    readFile,
    stdin: () => readFile('a.yaml'),
    now: () => now,
    csaf: (documents: readonly unknown[]) => csaf.check(documents, 'whole'),
  };
  return { exit: await validate(args, io), out, err };
}

describe('daylight validate', () => {
  test('a valid document has one line, warnings have theirs and make nothing invalid', async () => {
    assert.deepEqual(await run('--as', 'lsn', 'a.xml'), { exit: 0, out: ['a.xml: valid'], err: [] });
    const { exit, out } = await run('--as', 'ossa', '-');
    assert.equal(exit, 0);
    assert.deepEqual(out, [
      '-: warning: affected-products[1].version, line 18: kept as prose, for it is no list of ranges: every version before the reed release [versions-in-prose]',
      '-: valid',
    ]);
  });

  test('an error has its file, place and rule, and ends with 1', async () => {
    const { exit, out } = await run('--as', 'ossa', 'a.yaml', 'odd.yaml', 'no.yaml');
    assert.equal(exit, 1);
    assert.ok(out.includes('a.yaml: valid'));
    assert.ok(!out.includes('odd.yaml: valid'));
    assert.ok(out.some((line) => /^odd\.yaml: error: severity, line \d+: is not read \[unknown-field\]$/.test(line)));
    assert.equal(out.at(-1), 'no.yaml: error: id: expected an id as OSSA-2026-001, not x y [no-id]');
    assert.deepEqual((await run('--as', 'cve', 'no.json')).exit, 1);
    assert.deepEqual((await run('--as', 'advisory', 'a.json')).exit, 0);
  });

  test('--json has the same in a documented shape', async () => {
    const { out } = await run('--as', 'osv', '--json', 'a.osv.json');
    assert.deepEqual(JSON.parse(out.join('\n')), [{ file: 'a.osv.json', checks: [] }]);
  });

  for (const [name, args, expected, exit] of [
    ['no kind', ['a.xml'], /--as: expected one of csaf, osv, cve, lsn, ossa, advisory, oss-security, security-txt, not nothing/, 2],
    ['a kind that every object has', ['--as', 'constructor', 'a.xml'], /--as: expected one of/, 2],
    ['no file', ['--as', 'lsn'], /expected a FILE/, 2],
    ['a file that is not there', ['--as', 'lsn', 'none.xml'], /none\.xml: no such file/, 3],
    ['an option that nobody knows', ['--is', 'lsn'], /--is/, 2],
  ] as const) {
    test(`${name} is one line and its exit code`, async () => {
      const result = await run(...args);
      assert.equal(result.exit, exit);
      assert.equal(result.err.length, 1);
      assert.match(result.err[0] ?? '', expected);
    });
  }
});

describe('F20 security.txt', () => {
  const good = 'Contact: mailto:security@example.org\nExpires: 2027-10-01T00:00:00Z\n';
  for (const [name, text, rules] of [
    ['what must be there', good, []],
    [
      'a signed one',
      `-----BEGIN PGP SIGNED MESSAGE-----\nHash: SHA512\n\n${good}-----BEGIN PGP SIGNATURE-----\n\nabc\n-----END PGP SIGNATURE-----\n`,
      [],
    ],
    ['no contact', 'Expires: 2027-10-01T00:00:00Z\n', ['RFC 9116 2.5.3']],
    ['no end', 'Contact: https://example.org\n', ['RFC 9116 2.5.5']],
    ['an end that is past', good.replace('2027', '2025'), ['RFC 9116 2.5.5']],
    ['an end that is no time', good.replace('2027-10-01T00:00:00Z', 'soon'), ['RFC 9116 2.5.5']],
    ['two ends', `${good}Expires: 2027-10-01T00:00:00Z\n`, ['RFC 9116 2.5']],
    ['an address without mailto', good.replace('mailto:', ''), ['RFC 9116 2.5']],
    ['an address without encryption', `${good}Policy: http://example.org\n`, ['RFC 9116 2.5']],
    ['languages that are none', `${good}Preferred-Languages: english please\n`, ['RFC 9116 2.5.8']],
    ['a line that is no field', `${good}hello\n`, ['RFC 9116 2.2']],
  ] as const) {
    test(name, async () => {
      files.set('security.txt', text);
      const { out, exit } = await run('--as', 'security-txt', '--json', 'security.txt');
      const [{ checks }] = JSON.parse(out.join('\n')) as [{ checks: readonly { rule: string; level: string }[] }];
      assert.deepEqual(
        checks.map(({ rule }) => rule),
        rules,
      );
      assert.equal(exit, rules.length === 0 ? 0 : 1);
    });
  }

  test('more than a year ahead is a warning, a field of nobody a note', async () => {
    files.set('security.txt', `${good.replace('2027', '2030')}Song: la\n`);
    const { out, exit } = await run('--as', 'security-txt', 'security.txt');
    assert.equal(exit, 0);
    assert.deepEqual(
      out.map((line) => line.split(': ')[1]),
      ['note', 'warning', 'valid'],
    );
  });
});

/** Faults planted in a valid document: each path is set to each wrong value, or taken away. */
function planted(document: unknown): readonly unknown[] {
  const paths: (readonly string[])[] = [];
  const walk = (value: unknown, path: readonly string[]) => {
    if (path.length > 0) paths.push(path);
    if (typeof value === 'object' && value !== null)
      for (const key of Object.keys(value)) walk((value as Record<string, unknown>)[key], [...path, key]);
  };
  walk(document, []);
  const changed = (path: readonly string[], change: (parent: Record<string, unknown>, key: string) => void) => {
    const copy = structuredClone(document) as Record<string, unknown>;
    const parent = path.slice(0, -1).reduce((at, key) => at[key] as Record<string, unknown>, copy);
    change(parent, path.at(-1) ?? '');
    return copy;
  };
  return paths.flatMap((path) => [
    changed(path, (parent, key) => (parent[key] = 7)),
    changed(path, (parent, key) => (parent[key] = '')),
    changed(path, (parent, key) => (parent[key] = [])),
    ...(Number.isInteger(Number(path.at(-1))) ? [] : [changed(path, (parent, key) => delete parent[key])]),
  ]);
}

describe('the checks of the program beside the published schemas', () => {
  const real = archives.find(({ format }) => format === 'cve');
  assert.ok(real);
  const osv = realData('osv/osv-schema.json');
  const cve = realData('cve/CVE_JSON_bundled_5.1.1.json');

  test('what OSV refuses is refused', { ...('skip' in osv ? { skip: osv.skip } : noJudge) }, () => {
    const judge = judgeBy('path' in osv ? osv.path : '');
    const document: unknown = JSON.parse(files.get('a.osv.json') ?? '');
    const missed = planted(document).filter((each) => judge(each).length > 0 && errorsOf(checkOsv, each) === 0);
    assert.deepEqual(missed.slice(0, 3), []);
  });

  test('what the CVE schema refuses is refused, and every real record is accepted', { ...real.skipped, ...noJudge }, () => {
    const judge = judgeBy('path' in cve ? cve.path : '');
    for (const file of real.files) assert.equal(errorsOf(checkCve, JSON.parse(new TextDecoder().decode(real.bytes(file)))), 0, file);
    const written = JSON.parse(new TextDecoder().decode(real.bytes('CVE-2024-31463.json'))) as { containers: { adp?: unknown } };
    delete written.containers.adp;
    const missed = planted(written).filter((each) => judge(each).length > 0 && errorsOf(checkCve, each) === 0);
    assert.deepEqual(missed.slice(0, 3), []);
  });

  function errorsOf(check: typeof checkOsv, value: unknown): number {
    return check(new TextEncoder().encode(JSON.stringify(value)), value).filter(({ level }) => level === 'error').length;
  }
});

// SPDX-License-Identifier: Apache-2.0
// The published JSON Schema of the record, and how the JSON reader answers what is not one.

import assert from 'node:assert/strict';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, test } from 'node:test';
import { readAdvisoryJson } from '../../src/formats/advisory-json.ts';
import { advisoryJsonSchema } from '../../src/formats/advisory-schema.ts';
import { root, updating } from './places.ts';

const least = { daylight: 'advisory/1', id: 'ADV-2026-0001', kind: 'note', version: 1, title: 't', products: [], dates: {} };

function reading(value: unknown) {
  return readAdvisoryJson(new TextEncoder().encode(typeof value === 'string' ? value : JSON.stringify(value)));
}

function refusalOf(value: unknown): string {
  const result = reading(value);
  assert.ok(!result.ok, 'expected a refusal');
  return `${result.refusal.place}: ${result.refusal.message}`;
}

describe('the published schema', () => {
  test('docs/advisory.schema.json is the one the reader uses', () => {
    const path = join(root, 'docs/advisory.schema.json');
    const text = `${JSON.stringify(advisoryJsonSchema(), null, 2)}\n`;
    if (updating) writeFileSync(path, text);
    assert.equal(readFileSync(path, 'utf8'), text);
  });
});

describe('reading Daylight JSON', () => {
  test('accepts the least record', () => {
    assert.deepEqual(reading(least), { ok: true, advisory: least, findings: [] });
  });

  for (const [name, value, expected] of [
    ['no JSON', '{', /^the file: expected JSON/],
    ['another version', { ...least, daylight: 'advisory/2' }, /^daylight: expected "advisory\/1"$/],
    ['an unknown field', { ...least, titel: 'x' }, /^the record: Unrecognized key: "titel"$/],
    ['an empty text', { ...least, summary: '' }, /^summary: expected a text; leave out what is empty$/],
    ['a text of white space', { ...least, summary: ' \n ' }, /^summary: expected a text$/],
    ['an empty list', { ...least, notes: [] }, /^notes: expected at least one; leave out what is empty$/],
    [
      'half a character',
      '{"daylight":"advisory/1","id":"A","kind":"note","version":1,"title":"\\ud800","products":[],"dates":{}}',
      /^title: /,
    ],
    ['an id that names another folder', { ...least, id: '../../etc/passwd' }, /^id: expected an id as LSN-2026-0003$/],
    ['a day that is not in the calendar', { ...least, dates: { reported: '2026-02-30' } }, /^dates\.reported: expected a day/],
    ['a time without zone', { ...least, dates: { reported: '2026-02-03T10:00:00' } }, /^dates\.reported: expected a day/],
    ['a time without its separators', { ...least, dates: { reported: '20260203T100000Z' } }, /^dates\.reported: expected a day/],
    ['a credit for nobody', { ...least, credits: [{ kind: 'reporter' }] }, /^credits\[0\]: expected name or email$/],
    ['a reference to nothing', { ...least, references: [{ kind: 'web' }] }, /^references\[0\]: expected url or tracker$/],
    [
      'a tracker without number',
      { ...least, references: [{ kind: 'bug', tracker: 'x' }] },
      /^references\[0\]: expected tracker and id together$/,
    ],
    ['a CVE id with words behind it', { ...least, cves: [{ id: 'CVE-2026-12345 pending' }] }, /^cves\[0\]\.id: expected a CVE id/],
    ['a prototype', '{"__proto__":{"kind":"note"}}', /: /],
  ] as const) {
    test(`refuses ${name}, and says where and what was expected`, () => {
      assert.match(refusalOf(value), expected);
    });
  }

  test('refuses bytes that are not UTF-8', () => {
    const result = readAdvisoryJson(Uint8Array.of(0x7b, 0xff, 0x7d));
    assert.ok(!result.ok && result.refusal.rule === 'not-json');
  });

  test('puts white space in order, and nothing else', () => {
    const result = reading({ ...least, title: ' two \n lines ', description: 'a\n  b\n\n\n    x\ty\n' });
    assert.ok(result.ok);
    assert.equal(result.advisory.title, 'two lines');
    assert.equal(result.advisory.description, 'a b\n\n    x        y');
  });

  test('keeps a day a day, and brings an instant to UTC', () => {
    const result = reading({ ...least, dates: { reported: '2026-02-03', published: '2026-02-04T01:00:00+02:00' } });
    assert.ok(result.ok);
    assert.deepEqual(result.advisory.dates, { reported: '2026-02-03', published: '2026-02-03T23:00:00.000Z' });
  });

  test('tells of dates in an impossible order, of numbers and branches named twice, of versions that do not rise', () => {
    const branch = { name: 'main', status: 'unknown' };
    const result = reading({
      ...least,
      version: 2,
      errata: [{ version: 3, date: '2026-01-01' }],
      cves: [{ id: 'CVE-1900-1000' }, { id: 'CVE-1900-1000' }],
      products: [{ name: 'p', branches: [branch, branch] }],
      dates: { reported: '2026-01-02', published: '2026-01-01', modified: '2025-12-31' },
    });
    assert.ok(result.ok);
    assert.deepEqual(
      result.findings.map(({ rule }) => rule),
      ['published-before-reported', 'modified-before-published', 'number-twice', 'branch-twice', 'version-order'],
    );
  });
});

// SPDX-License-Identifier: Apache-2.0
// The plain-text form: widths, states of branches, what stands when something is missing.

import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, test } from 'node:test';
import type { Advisory, VersionRange } from '../../src/core/model/advisory.ts';
import type { When } from '../../src/core/model/day.ts';
import type { Line } from '../../src/core/model/prose.ts';
import { formats } from '../../src/formats/index.ts';
import { builtInPublisher, type Publisher } from '../../src/formats/publisher.ts';
import { spoken, spokenRange } from '../../src/formats/words.ts';
import { columns, wrap } from '../../src/formats/wrap.ts';
import { goldens } from './places.ts';

const plain = builtInPublisher() as Publisher;

function golden(name: string): Advisory {
  const result = formats.advisory.read(readFileSync(join(goldens, name, 'advisory.json')));
  assert.ok(result.ok);
  return result.advisory;
}

function text(advisory: Advisory, publisher = plain): string {
  const result = formats.text.write(advisory, publisher);
  assert.ok(result.ok);
  return result.text;
}

describe('columns', () => {
  test('wide characters take two, marks none', () => {
    assert.equal(columns('abc'), 3);
    assert.equal(columns('脆弱性'), 6);
    assert.equal(columns('m\u0301'), 1);
  });

  test('words are wrapped at the width, longer ones left whole', () => {
    assert.deepEqual(wrap('one two three', 7), ['one two', 'three']);
    assert.deepEqual(wrap(`a ${'b'.repeat(9)} c`, 5), ['a', 'b'.repeat(9), 'c']);
  });
});

describe('words for codes', () => {
  const range = (parts: Readonly<Record<string, string>>) => spokenRange({ scheme: 'semver', ...parts } as unknown as VersionRange);
  for (const [parts, words] of [
    [{}, 'all versions'],
    [{ introduced: '1', fixed: '2' }, '1 and later, before 2'],
    [{ introduced: '1', lastAffected: '2' }, '1 up to and including 2'],
    [{ introduced: '1' }, '1 and later'],
    [{ fixed: '2' }, 'before 2'],
    [{ lastAffected: '2' }, 'up to and including 2'],
    [{ exact: '2' }, '2'],
    [{ status: 'not-affected', exact: '2' }, 'not affected: 2'],
    [{ scheme: 'deb', branch: 'sid', exact: '2' }, '2 (sid, Debian)'],
  ] as const) {
    test(`range ${JSON.stringify(parts)} is "${words}"`, () => {
      assert.equal(range(parts), words);
    });
  }

  test('a day has no hour, an instant has its zone, seconds only where there are any', () => {
    assert.equal(spoken('2026-11-17' as When), '2026-11-17');
    assert.equal(spoken('2026-11-17T15:00:00.000Z' as When), '2026-11-17 15:00 UTC');
    assert.equal(spoken('2026-11-17T15:00:09.000Z' as When), '2026-11-17 15:00:09 UTC');
    assert.equal(spoken('2026-11-17T15:00:00.250Z' as When), '2026-11-17 15:00:00.250 UTC');
  });
});

describe('the text form', () => {
  test('67 branches: those alike share a line, each is named with its state', () => {
    const advisory = golden('05-many-branches');
    const document = text(advisory);
    assert.ok(document.split('\n').length < 150);
    const words = new Set(document.split(/[\s,]+/));
    for (const { name } of advisory.products[0]?.branches ?? []) assert.ok(words.has(name), name);
    assert.match(document, /Branches: v1\.0-maint, [^:]*\n {6}Status: affected, not fixed\n/);
  });

  test('VMT-8 states conditions, workaround or that none is known', () => {
    assert.match(
      text(golden('02-every-field')),
      /Only if all of these hold:\n\n1\. {2}you run an affected version, as listed below;\n2\. /,
    );
    assert.match(text(golden('01-open-descriptor')), /\nWorkaround\n-{10}\n\nThere is no known workaround for this issue\.\n/);
    assert.doesNotMatch(text(golden('03-minimal')), /Workaround/);
  });

  test('a notice of libvirt keeps its shape however much more the record says', () => {
    const document = text(golden('02-every-field'), { ...plain, textLayout: 'libvirt' });
    const order = [
      'Summary:',
      'Reported on:',
      'Published on:',
      'Fixed on:',
      'Reported by:',
      'Patched by:',
      'See also:',
      '\nDescription\n',
      '\nImpact\n',
      '\nWorkaround\n',
      '\nAffected product\n',
    ];
    const places = order.map((each) => document.indexOf(each));
    assert.deepEqual(
      places,
      places.toSorted((first, second) => first - second),
    );
    assert.ok(!places.includes(-1));
  });

  test('a mail address in a credit is shown only when the publisher shows addresses', () => {
    const advisory: Advisory = {
      ...golden('03-minimal'),
      credits: [{ kind: 'reporter', name: 'N' as Line, email: 'n@example.org' as Line }],
    };
    assert.match(text(advisory, { ...plain, addresses: 'shown' }), /Reported by: N <n@example\.org>/);
    assert.doesNotMatch(text(advisory), /example\.org/);
  });
});

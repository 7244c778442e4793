// SPDX-License-Identifier: Apache-2.0
// OpenStack advisories that were never published: what the reader refuses, what it tells, and what the writers will not say.

import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, test } from 'node:test';
import type { Advisory } from '../../src/core/model/advisory.ts';
import type { Line, Prose } from '../../src/core/model/prose.ts';
import { formats } from '../../src/formats/index.ts';
import { builtInPublisher, type Publisher } from '../../src/formats/publisher.ts';
import { goldens } from './places.ts';

const openstack = builtInPublisher('openstack-vmt') as Publisher;
const least = 'date: 2026-05-19\nid: OSSA-2026-001\ntitle: T\ndescription: D\n';

function read(yaml: string) {
  return formats.ossa.read(new TextEncoder().encode(yaml));
}

function rules(yaml: string): readonly string[] {
  const result = read(yaml);
  assert.ok(result.ok, JSON.stringify(result));
  return result.findings.map(({ rule }) => rule);
}

function advisoryOf(yaml: string): Advisory {
  const result = read(yaml);
  assert.ok(result.ok, JSON.stringify(result));
  return result.advisory;
}

const product = (version: string) => `${least}affected-products:\n  - product: heron\n    version: ${version}\n`;

describe('what is not an OpenStack advisory is refused with its place', () => {
  for (const [name, yaml, rule, place] of [
    ['nothing', '', 'empty', /^the file$/],
    ['a list', '- a', 'not-an-advisory', /^line 1$/],
    ['no YAML', 'a: [', 'not-yaml', /^line \d+$/],
    ['an alias, which can be made to fill the memory', 'a: &a [x]\nb: [*a, *a]', 'alias', /^line 2$/],
    ['a key twice', 'id: a\nid: b', 'not-yaml', /^line 2$/],
    ['no id', 'title: T', 'no-id', /^id$/],
    ['an id that is a path', 'id: ../../x\ntitle: T', 'no-id', /^id$/],
    ['no title', 'id: OSSA-2026-001', 'no-title', /^title$/],
  ] as const) {
    test(name, () => {
      const result = read(yaml);
      assert.ok(!result.ok);
      assert.equal(result.refusal.rule, rule);
      assert.match(result.refusal.place, place);
    });
  }

  test('a file that is too large, or not in UTF-8', () => {
    const large = read(`${least}notes: ['${'x'.repeat(4 * 1024 * 1024)}']`);
    assert.ok(!large.ok && large.refusal.rule === 'too-large');
    const broken = formats.ossa.read(Uint8Array.of(0x61, 0xff));
    assert.ok(!broken.ok && broken.refusal.rule === 'not-utf-8');
  });
});

describe('LIBVIRT-14 what is odd in an OpenStack advisory is told, not mended', () => {
  for (const [name, inner, rule] of [
    ['an id of another form', 'x', 'id-form'],
    ['a key that nobody knows', 'severity: low\n', 'unknown-field'],
    ['a number that is pending', 'vulnerabilities:\n  - cve-id: CVE-2026-pending\n', 'cve-form'],
    ['a note that is a map', 'notes:\n  - a: b\n', 'field-form'],
    ['an empty note', "notes:\n  - ''\n", 'field-form'],
    ['a history without date', 'errata_history:\n  - Errata 1\n', 'history-form'],
    [
      'credit for a number that is not here',
      'vulnerabilities:\n  - cve-id: CVE-1900-1000\nreporters:\n  - name: N\n    reported: [CVE-1900-2000]\n',
      'not-among-vulnerabilities',
    ],
    [
      'a score that is none',
      'vulnerabilities:\n  - cve-id: CVE-1900-1000\n    impact-assessment: {source: S, assessment: {type: CVSS2, score: high, detail: d}}\n',
      'score-form',
    ],
    [
      'a weakness without number',
      'vulnerabilities:\n  - cve-id: CVE-1900-1000\n    classification: {source: S, type: CWE, detail: unknown}\n',
      'weakness-form',
    ],
  ] as const) {
    test(name, () => {
      assert.deepEqual(rules(inner === 'x' ? least.replace('OSSA-2026-001', 'OSSA-26-1') : `${least}${inner}`), [rule]);
    });
  }

  test('a day that is not in the calendar', () => {
    assert.deepEqual(rules(least.replace('2026-05-19', '2026-02-30')), ['date']);
  });
});

describe('VMT-40 the versions of an OpenStack advisory', () => {
  for (const [text, ranges] of [
    ['"<19.0.3"', [{ scheme: 'ossa', fixed: '19.0.3' }]],
    ['">=20.0.0 <20.1.1"', [{ scheme: 'ossa', introduced: '20.0.0', fixed: '20.1.1' }]],
    [
      '">=20.0.0<20.1.1, ==21.0.0"',
      [
        { scheme: 'ossa', introduced: '20.0.0', fixed: '20.1.1' },
        { scheme: 'ossa', exact: '21.0.0' },
      ],
    ],
    ['"<=2.1"', [{ scheme: 'ossa', lastAffected: '2.1' }]],
    ['">=2.1"', [{ scheme: 'ossa', introduced: '2.1' }]],
  ] as const) {
    test(`${text} is read as ranges and written again`, () => {
      const [read] = advisoryOf(product(text)).products;
      assert.deepEqual(read?.ranges, ranges);
      const written = formats.ossa.write(advisoryOf(product(text)));
      assert.ok(written.ok);
      assert.deepEqual(advisoryOf(written.text).products, [read]);
    });
  }

  for (const text of ['All versions', 'Folsom, Grizzly', 'up to 2.1', 'TODO', '"<2.1, and friends"', '"<2.1 >=3"']) {
    test(`${text} stays the words it is, and is told`, () => {
      const result = read(product(text));
      assert.ok(result.ok);
      assert.equal(result.advisory.products[0]?.prose, text.replaceAll('"', ''));
      assert.deepEqual(
        result.findings.map(({ rule }) => rule),
        ['versions-in-prose'],
      );
    });
  }
});

describe('an OpenStack document that cannot be written honestly is refused by name', () => {
  const whole = formats.advisory.read(readFileSync(join(goldens, '07-openstack/advisory.json')));
  assert.ok(whole.ok);
  const { advisory } = whole;
  const { description: _, ...undescribed } = advisory;
  for (const [name, record, rule] of [
    ['another numbering', { ...advisory, id: 'x' as Line }, 'number'],
    ['a withdrawn advisory', { ...advisory, withdrawn: 'w' as Prose }, 'withdrawn'],
    ['no product', { ...advisory, products: [] }, 'no-product'],
    ['no description', undescribed, 'no-description'],
    ['no day of publication', { ...advisory, dates: {} }, 'no-date'],
  ] as const) {
    test(`YAML: ${name}`, () => {
      const result = formats.ossa.write(record);
      assert.ok(!result.ok);
      assert.equal(result.refusal.rule, rule);
    });
  }

  test('a note that recommends nothing, or says nothing', () => {
    const { notes: _n, ...silent } = advisory;
    const idle = formats.ossn.write(silent, openstack);
    assert.ok(!idle.ok && idle.refusal.rule === 'no-action');
    const empty = formats.ossn.write({ ...undescribed, workarounds: 'none-known' }, openstack);
    assert.ok(!empty.ok && empty.refusal.rule === 'no-summary');
  });

  test('words that reStructuredText would take for markup stay words', () => {
    const marked = formats.rst.write({ ...advisory, description: 'a *b* `c` d_ |e| f_g \\h https://x.example/a_*' as Prose }, openstack);
    assert.ok(marked.ok);
    assert.match(marked.text, /^a \\\*b\\\* \\`c\\` d\\_ \\\|e\\\| f_g \\\\h https:\/\/x\.example\/a_\*$/m);
  });
});

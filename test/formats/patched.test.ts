// SPDX-License-Identifier: Apache-2.0
// What a scanner is told of a flaw whose fix is a patch without a release, and of commits on branches of which some are not fixed.

import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import type { Advisory, Product } from '../../src/core/model/advisory.ts';
import type { CveId } from '../../src/core/model/identifiers.ts';
import type { Line, Prose } from '../../src/core/model/prose.ts';
import { formats } from '../../src/formats/index.ts';
import { builtInPublisher, type Publisher } from '../../src/formats/publisher.ts';

const openstack = builtInPublisher('openstack-vmt') as Publisher;
const line = (text: string) => text as Line;
const patched: Advisory = {
  daylight: 'advisory/1',
  id: line('OSSA-1900-001'),
  kind: 'advisory',
  version: 1,
  title: line('A hole in Heron'),
  description: 'Heron lets anyone in.' as Prose,
  products: [{ name: line('heron'), prose: line('All versions') }],
  cves: [{ id: 'CVE-1900-1000' as CveId }],
  dates: { published: '1900-02-01' as Advisory['dates']['published'] } as Advisory['dates'],
  references: [
    { kind: 'patch', branch: line('amber'), url: line('https://review.example/1') },
    { kind: 'bug', url: line('https://bugs.example/2') },
  ],
};

function written(format: 'csaf' | 'csaf_vex' | 'cve' | 'openvex', advisory: Advisory) {
  const result = formats[format].write(advisory, openstack);
  assert.ok(result.ok, JSON.stringify(result));
  return JSON.parse(result.text);
}

function remediations(advisory: Advisory): readonly (readonly [string, string])[] {
  return written('csaf', advisory).vulnerabilities[0].remediations.map((each: { category: string; details: string }) => [
    each.category,
    each.details,
  ]);
}

describe('a fix that is a patch and no release', () => {
  const words = 'This advisory names no fixed version. The fix is in: amber https://review.example/1.';

  test('CSAF does not say that none is available, it names the patches', () => {
    assert.deepEqual(remediations(patched), [['vendor_fix', words]]);
  });

  test('that no workaround is known is said beside the patches, and told as lost where a release stands instead', () => {
    const unworked = { ...patched, workarounds: 'none-known' } as const;
    assert.deepEqual(remediations(unworked), [['vendor_fix', `${words} There is no known workaround for this issue.`]]);
    const lost = (advisory: Advisory) => formats.csaf.write(advisory, openstack);
    const ranges = [{ scheme: 'semver', fixed: line('2.0.0') }] as const;
    const told = [unworked, { ...unworked, products: [{ name: line('heron'), ranges }] }].map((advisory) => {
      const result = lost(advisory);
      return result.ok && result.losses.some(({ field }) => field === 'workarounds');
    });
    assert.deepEqual(told, [false, true]);
  });

  test('so does OpenVEX', () => {
    assert.equal(written('openvex', patched).statements[0].action_statement, words);
  });

  test('where neither patch nor commit is named, none is available', () => {
    assert.deepEqual(remediations({ ...patched, references: [] }), [['none_available', 'This advisory names no fixed version.']]);
  });

  test('where a release is named, it is the answer', () => {
    const ranges = [{ scheme: 'semver', fixed: line('2.0.0') }] as const;
    assert.deepEqual(remediations({ ...patched, products: [{ name: line('heron'), ranges }] }), [
      ['vendor_fix', 'Update to a fixed version: heron 2.0.0.'],
    ]);
  });
});

describe('commits of branches in a CVE record', () => {
  const [broken, other, mended] = ['a', 'b', 'c'].map((letter) => line(letter.repeat(40))) as [Line, Line, Line];
  const product: Product = {
    name: line('heron'),
    repository: line('https://git.example/heron'),
    branches: [
      { name: line('main'), status: 'fixed', introducedBy: [broken], fixedBy: [mended] },
      { name: line('amber'), status: 'affected', introducedBy: [broken, other] },
    ],
  };

  test('the fix of one branch is in no range that the unfixed branch leaves open; what is fixed nowhere stays open', () => {
    const { affected } = written('cve', { ...patched, products: [product] }).containers.cna;
    assert.deepEqual(
      affected.flatMap(({ versions }: { versions: { version: string; lessThan: string }[] }) =>
        versions.map(({ version, lessThan }) => [version, lessThan]),
      ),
      [
        [broken, mended],
        [other, '*'],
      ],
    );
  });
});

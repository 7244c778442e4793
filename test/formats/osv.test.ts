// SPDX-License-Identifier: Apache-2.0
// OSV: what is written of invented and of real advisories is valid by the published schema, and comes back with the same meaning.

import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, test } from 'node:test';
import type { Advisory } from '../../src/core/model/advisory.ts';
import type { When } from '../../src/core/model/day.ts';
import type { Line, Prose } from '../../src/core/model/prose.ts';
import { formats } from '../../src/formats/index.ts';
import { builtInPublisher, type Publisher } from '../../src/formats/publisher.ts';
import { archives } from './archives.ts';
import { judgeBy, noJudge } from './json-schemas.ts';
import { goldens, realData } from './places.ts';

const plain = builtInPublisher() as Publisher;
const libvirt = builtInPublisher('libvirt-2023') as Publisher;
const schema = realData('osv/osv-schema.json');
const skipped = 'skip' in schema ? { skip: schema.skip } : noJudge;

function golden(name: string): Advisory {
  const result = formats.advisory.read(readFileSync(join(goldens, name, 'advisory.json')));
  assert.ok(result.ok);
  return result.advisory;
}

interface Osv {
  readonly id: string;
  readonly published?: string;
  readonly withdrawn?: string;
  readonly summary: string;
  readonly aliases?: readonly string[];
  readonly affected: readonly {
    readonly package?: object;
    readonly versions?: readonly string[];
    readonly ranges?: readonly { readonly type: string; readonly repo?: string; readonly events: readonly object[] }[];
    readonly database_specific: object;
  }[];
}

function written(advisory: Advisory, publisher = plain): Osv {
  const result = formats.osv.write(advisory, publisher);
  assert.ok(result.ok, JSON.stringify(result));
  return JSON.parse(result.text) as Osv;
}

function read(osv: unknown) {
  const result = formats.osv.read(new TextEncoder().encode(JSON.stringify(osv)));
  assert.ok(result.ok, JSON.stringify(result));
  return result;
}

const least = { id: 'x_ADV-2026-0001', modified: '2026-01-02T03:04:05Z', summary: 's' };

describe('VMT-5 an advisory as OSV', () => {
  test('LSN is registered; a project whose prefix is not has x_ before it, and loses it on reading', () => {
    assert.equal(written(golden('01-open-descriptor'), libvirt).id, 'LSN-2020-0003');
    assert.equal(written(golden('07-openstack')).id, 'x_OSSA-2026-004');
    assert.equal(read(written(golden('07-openstack'))).advisory.id, 'OSSA-2026-004');
  });

  test('commits of all branches are one range with several fixed events', () => {
    const [affected] = written(golden('02-every-field')).affected;
    assert.deepEqual(affected?.ranges?.[0], {
      type: 'GIT',
      repo: 'https://git.example.org/wren/aviary',
      events: [{ introduced: '1'.repeat(40) }, { fixed: '2'.repeat(40) }, { fixed: '23'.repeat(20) }],
    });
  });

  test('versions are one range for each branch, and a package is named only where there is an ecosystem', () => {
    const [heron, client] = written(golden('07-openstack')).affected;
    assert.deepEqual(heron?.ranges, [
      { type: 'SEMVER', events: [{ introduced: '0' }, { fixed: '19.0.3' }] },
      { type: 'SEMVER', events: [{ introduced: '20.0.0' }, { fixed: '20.1.1' }] },
    ]);
    assert.deepEqual(heron.versions, ['21.0.0']);
    assert.equal(heron.package, undefined);
    assert.deepEqual(client?.database_specific, { product: 'python-heronclient', versions: ['every version before the reed release'] });
    assert.deepEqual(written(golden('02-every-field')).affected[0]?.package, {
      ecosystem: 'Debian:12',
      name: 'aviary-server',
      purl: 'pkg:generic/aviary@4.2.0',
    });
  });

  test('a withdrawn advisory is withdrawn there, and without a time it is refused', () => {
    const advisory = { ...golden('01-open-descriptor'), withdrawn: 'no flaw' as Prose };
    const refusal = formats.osv.write(advisory, libvirt);
    assert.ok(!refusal.ok && refusal.refusal.place === 'dates.withdrawn');
    const dated = { ...advisory, dates: { ...advisory.dates, withdrawn: '2026-01-02T03:04:05.000Z' as When } };
    assert.equal(written(dated, libvirt).withdrawn, '2026-01-02T03:04:05Z');
  });

  test('a day is written as its first second, and that the hour is not known is told', () => {
    const result = formats.osv.write(golden('07-openstack'), plain);
    assert.ok(result.ok);
    assert.ok(result.losses.some(({ field, why }) => field === 'dates.published' && /not the hour/.test(why)));
  });

  test('what was never dated is refused by name', () => {
    const result = formats.osv.write({ ...golden('07-openstack'), dates: {} }, plain);
    assert.ok(!result.ok && result.refusal.rule === 'no-date');
  });

  test('an address with a blank in it is no address there, and is told', () => {
    const url = 'https://example.org/a b' as Line;
    const result = formats.osv.write({ ...golden('07-openstack'), references: [{ kind: 'web', url }] }, plain);
    assert.ok(result.ok);
    assert.doesNotMatch(result.text, /example\.org/);
    assert.ok(result.losses.some(({ field }) => field === 'references[0]'));
  });
});

describe('what is odd in an OSV record is told, not mended', () => {
  for (const [name, osv, rule] of [
    ['a key of a database', { ...least, upstream: ['A-1'] }, 'not-read'],
    ['a time that is none', { ...least, published: '2026-02-30T00:00:00Z' }, 'date'],
    ['a severity that is no vector', { ...least, severity: [{ type: 'HOUSE', score: '7' }] }, 'severity-type'],
    ['a type of credit that nobody knows', { ...least, credits: [{ name: 'N', type: 'BYSTANDER' }] }, 'credit-type'],
    ['a type of reference that nobody knows', { ...least, references: [{ type: 'SONG', url: 'https://example.org' }] }, 'reference-type'],
    [
      'an end without a beginning',
      { ...least, affected: [{ package: { ecosystem: 'PyPI', name: 'p' }, ranges: [{ type: 'ECOSYSTEM', events: [{ fixed: '1' }] }] }] },
      'event',
    ],
    ['a product without name', { ...least, affected: [{}] }, 'no-name'],
    ['no summary', { id: least.id, modified: least.modified }, 'no-title'],
    ['changed before it was published', { ...least, published: '2026-02-01T00:00:00Z' }, 'modified-before-published'],
  ] as const) {
    test(name, () => {
      assert.deepEqual(
        read(osv).findings.map((finding) => finding.rule),
        [rule],
      );
    });
  }

  test('what is no OSV record is refused with its place', () => {
    for (const [osv, place] of [
      [{ modified: 'x' }, 'id'],
      [{ ...least, affected: [{ ranges: [{ type: 'MOON', events: [{}] }] }] }, 'affected[0].ranges[0].type'],
      [{ ...least, id: '../x' }, 'id'],
    ] as const) {
      const result = formats.osv.read(new TextEncoder().encode(JSON.stringify(osv)));
      assert.ok(!result.ok);
      assert.equal(result.refusal.place, place);
    }
  });

  test('Markdown keeps its code, lists and headings apart', () => {
    const { advisory } = read({ ...least, details: 'One\ntwo\n\n# Head\n- a\n- b\n```sh\nrun  me\n```\nend \\<b>' });
    assert.equal(advisory.description, 'One two\n\n# Head\n\n- a\n\n- b\n\n    run  me\n\nend <b>');
    const again = read(written(advisory));
    assert.equal(again.advisory.description, advisory.description);
  });
});

describe('the published OSV schema', () => {
  test('accepts every golden record that can be written', { ...skipped }, () => {
    const judge = judgeBy('path' in schema ? schema.path : '');
    for (const name of ['01-open-descriptor', '02-every-field', '04-hostile-text', '05-many-branches', '07-openstack'])
      assert.deepEqual(judge(written(golden(name))), [], name);
    assert.notDeepEqual(judge({ ...written(golden('07-openstack')), id: 'OSSA-2026-004' }), []);
  });

  for (const archive of archives) {
    test(`accepts every real ${archive.format} document, and reads back to the same record of OSV`, {
      ...archive.skipped,
      ...skipped,
    }, () => {
      const judge = judgeBy('path' in schema ? schema.path : '');
      assert.ok(archive.files.length >= 20);
      for (const file of archive.files) {
        const osv = written(archive.read(file), archive.publisher);
        assert.deepEqual(judge(osv), [], file);
        assert.deepEqual(written(read(osv).advisory, archive.publisher), osv, file);
      }
    });
  }
});

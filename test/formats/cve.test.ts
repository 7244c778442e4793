// SPDX-License-Identifier: Apache-2.0
// CVE records: what is written is valid by the published schema and keeps the rules of CNAs; real records keep their meaning.

import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, test } from 'node:test';
import type { Advisory } from '../../src/core/model/advisory.ts';
import type { CveId } from '../../src/core/model/identifiers.ts';
import type { Line, Prose } from '../../src/core/model/prose.ts';
import { formats } from '../../src/formats/index.ts';
import { onlyOf } from '../../src/formats/one-number.ts';
import { builtInPublisher, type Publisher } from '../../src/formats/publisher.ts';
import { archives } from './archives.ts';
import { judgeBy, noJudge } from './json-schemas.ts';
import { goldens, realData } from './places.ts';
import { differences, squeezed } from './same-meaning.ts';

const libvirt = builtInPublisher('libvirt-2023') as Publisher;
const openstack = builtInPublisher('openstack-vmt') as Publisher;
const schema = realData('cve/CVE_JSON_bundled_5.1.1.json');
const skipped = 'skip' in schema ? { skip: schema.skip } : noJudge;

function golden(name: string): Advisory {
  const result = formats.advisory.read(readFileSync(join(goldens, name, 'advisory.json')));
  assert.ok(result.ok);
  return result.advisory;
}

interface Record {
  readonly cveMetadata: { readonly cveId: string; readonly assignerShortName?: string };
  readonly containers: {
    readonly cna: {
      readonly descriptions: readonly { readonly value: string }[];
      readonly credits?: readonly object[];
      readonly references: readonly { readonly url: string }[];
      readonly affected: readonly { readonly repo?: string; readonly product?: string; readonly versions?: readonly object[] }[];
    };
  };
}

function written(advisory: Advisory, publisher: Publisher): Record {
  const result = formats.cve.write(advisory, publisher);
  assert.ok(result.ok, JSON.stringify(result));
  return JSON.parse(result.text) as Record;
}

function refusalOf(advisory: Advisory, publisher = openstack): string {
  const result = formats.cve.write(advisory, publisher);
  assert.ok(!result.ok, 'expected a refusal');
  return result.refusal.rule;
}

const heron = golden('07-openstack');
const first = onlyOf(heron, 'CVE-1900-1201' as CveId);

describe('F8 an advisory as a CVE record', () => {
  test('VMT-11 of several numbers one is chosen, with its own credits', () => {
    assert.equal(refusalOf(heron), 'several-numbers');
    const { cveMetadata, containers } = written(first, openstack);
    assert.deepEqual(cveMetadata, {
      cveId: 'CVE-1900-1201',
      assignerOrgId: openstack.cna?.organisation,
      assignerShortName: 'mitre',
      state: 'PUBLISHED',
    });
    assert.deepEqual(containers.cna.credits, [{ lang: 'en', value: 'Ida Crane (Still Water)', type: 'reporter' }]);
  });

  test('F12 the description credits nobody: the clause that does stands in the credits only, and that is told', () => {
    const result = formats.cve.write(first, openstack);
    assert.ok(result.ok);
    const { value } = (JSON.parse(result.text) as Record).containers.cna.descriptions[0] ?? { value: '' };
    assert.match(value, /^Reported: a vulnerability in the token store of Heron\. By asking twice/);
    assert.ok(result.losses.some(({ field }) => field === 'description'));
  });

  test('F12 a name further on in the description is refused', () => {
    assert.equal(refusalOf({ ...first, description: 'A flaw. Ida Crane found it.' as Prose }), 'credit-in-description');
  });

  test('F11 the public page of the advisory comes first among the references', () => {
    assert.equal(written(first, openstack).containers.cna.references[0]?.url, 'https://security.openstack.org/ossa/OSSA-2026-004.html');
    const { references: _, ...unreferenced } = first;
    assert.equal(refusalOf({ ...unreferenced, id: 'HRN-2026-004' as Line }), 'no-reference');
  });

  test('commits stand in an entry of their own, with the address of the repository', () => {
    const { affected } = written(golden('01-open-descriptor'), libvirt).containers.cna;
    assert.deepEqual(
      affected.map(({ repo }) => repo),
      [undefined, 'https://gitlab.com/libvirt/libvirt'],
    );
    assert.deepEqual(affected[1]?.versions, [
      {
        version: 'a30078cb832646177defd256e77c632905f1e6d0',
        status: 'affected',
        versionType: 'git',
        lessThan: '22494556542c676d1b9e7f1c1f2ea13ac17e1e3e',
      },
    ]);
  });

  const { cves: _c, ...unnumbered } = first;
  const { description: _d, ...undescribed } = first;
  for (const [name, advisory, rule] of [
    ['no CVE id', unnumbered, 'no-number'],
    ['no description', undescribed, 'no-description'],
    ['no product', { ...first, products: [] }, 'no-product'],
    ['another language', { ...first, language: 'de' as Line }, 'not-english'],
    ['a withdrawn advisory', { ...first, withdrawn: 'w' as Prose }, 'withdrawn'],
    ['a description that is too long', { ...first, description: 'x'.repeat(5000) as Prose }, 'too-long'],
  ] as const) {
    test(`${name} is refused by name`, () => {
      assert.equal(refusalOf(advisory), rule);
    });
  }

  test('without an organisation that assigned the number there is no record', () => {
    assert.equal(refusalOf(first, builtInPublisher() as Publisher), 'no-organisation');
  });
});

/** Of a real record: what is compared. Words of others are theirs; times are compared as instants; defaults are spelled out. */
function meaning(record: unknown): unknown {
  const copy = structuredClone(record) as {
    containers: { adp?: unknown; cna: { credits?: { type?: string }[]; metrics?: { format?: string }[] } };
  };
  delete copy.containers.adp;
  for (const credit of copy.containers.cna.credits ?? []) credit.type ??= 'finder';
  for (const metric of copy.containers.cna.metrics ?? [])
    if (Object.keys(metric).some((key) => key.startsWith('cvss'))) metric.format ??= 'CVSS';
  const spelled = JSON.stringify(copy, (_, value) => {
    if (typeof value !== 'string' || !/^\d{4}-\d{2}-\d{2}T/.test(value)) return value as unknown;
    return new Date(/(?:Z|[+-]\d{2}:\d{2})$/.test(value) ? value : `${value}Z`).toISOString();
  });
  return squeezed(JSON.parse(spelled));
}

/** Keys that organisations add are theirs: told when a record is read, and not written again. */
const own = /^containers\.cna\.x_/;

/** Real documents that name people in the midst of their description: no record is made of them (CNA 5.2.4). */
const refusals: { readonly [file: string]: string } = {
  'OSSA-2012-008.yaml': 'OSSA-2012-008.yaml: credit-in-description',
  'OSSA-2013-029.yaml': 'OSSA-2013-029.yaml: credit-in-description',
  'OSSA-2014-026.yaml': 'OSSA-2014-026.yaml: credit-in-description',
};

describe('the published CVE schema', () => {
  test('accepts every golden record that can be written', { ...skipped }, () => {
    const judge = judgeBy('path' in schema ? schema.path : '');
    const documents: readonly (readonly [Advisory, Publisher])[] = [
      [golden('01-open-descriptor'), libvirt],
      [first, openstack],
      [onlyOf(golden('02-every-field'), 'CVE-1900-0007' as CveId), openstack],
    ];
    for (const [advisory, publisher] of documents) assert.deepEqual(judge(written(advisory, publisher)), [], advisory.id);
    assert.notDeepEqual(judge({ ...written(first, openstack), dataVersion: 6 }), []);
  });

  for (const archive of archives) {
    test(`accepts every number of every real ${archive.format} document`, { ...archive.skipped, ...skipped }, () => {
      const judge = judgeBy('path' in schema ? schema.path : '');
      const documents = archive.files.flatMap((file) => {
        const advisory = archive.read(file);
        return (advisory.cves ?? []).map(({ id }) => [file, onlyOf(advisory, id)] as const);
      });
      assert.ok(documents.length >= 20);
      const refused: string[] = [];
      for (const [file, advisory] of documents) {
        const result = formats.cve.write(advisory, archive.publisher);
        if (result.ok) assert.deepEqual(judge(JSON.parse(result.text)), [], file);
        else refused.push(`${file}: ${result.refusal.rule}`);
      }
      assert.deepEqual(new Set(refused), new Set(archive.files.flatMap((file) => refusals[file] ?? [])));
    });
  }
});

describe('real CVE records', () => {
  const archive = archives.find(({ format }) => format === 'cve');
  assert.ok(archive);

  test('every key of the CNA is written again as it was read, but for keys of its own', { ...archive.skipped }, () => {
    assert.ok(archive.files.length >= 30);
    for (const file of archive.files) {
      const before: unknown = JSON.parse(readFileSync(join(realPath(), file), 'utf8'));
      const changed = differences(meaning(before), meaning(written(archive.read(file), archive.publisher)));
      assert.deepEqual(
        changed.filter(({ place }) => !own.test(place)),
        [],
        file,
      );
    }
  });

  test('what stands for nothing, and a sentence where a name should stand, are told', { ...archive.skipped }, () => {
    const told = (rule: string) =>
      archive.files.filter((file) => {
        const result = formats.cve.read(archive.bytes(file));
        return result.ok && result.findings.some((finding) => finding.rule === rule);
      });
    const holding = (words: RegExp) =>
      archive.files.filter((file) =>
        words.test(JSON.stringify((JSON.parse(readFileSync(join(realPath(), file), 'utf8')) as Record).containers.cna)),
      );
    assert.deepEqual(told('placeholder'), holding(/"product":"n\/a"/));
    assert.deepEqual(told('credit-in-words'), holding(/would like to thank|(?:reported|discovered) by/));
  });

  function realPath(): string {
    const data = realData('cve');
    return 'path' in data ? data.path : '';
  }
});

describe('what is no published CVE record is refused with its place', () => {
  const least = {
    dataType: 'CVE_RECORD',
    dataVersion: '5.1',
    cveMetadata: { cveId: 'CVE-1900-1000', state: 'PUBLISHED', assignerOrgId: 'o' },
    containers: {
      cna: { providerMetadata: { orgId: 'o' }, descriptions: [{ lang: 'en', value: 'd' }], affected: [{ product: 'p' }], references: [] },
    },
  };
  for (const [name, record, place] of [
    ['a rejected number', { ...least, cveMetadata: { ...least.cveMetadata, state: 'REJECTED' } }, 'cveMetadata.state'],
    ['a number of another form', { ...least, cveMetadata: { ...least.cveMetadata, cveId: 'CVE-1' } }, 'cveMetadata.cveId'],
    ['a record of version 4', { ...least, dataVersion: '4.0' }, 'dataVersion'],
    ['a record without container', { ...least, containers: {} }, 'containers.cna'],
  ] as const) {
    test(name, () => {
      const result = formats.cve.read(new TextEncoder().encode(JSON.stringify(record)));
      assert.ok(!result.ok);
      assert.equal(result.refusal.place, place);
    });
  }

  test('the least record is read', () => {
    const result = formats.cve.read(new TextEncoder().encode(JSON.stringify(least)));
    assert.ok(result.ok);
    assert.deepEqual(
      result.findings.map(({ rule }) => rule),
      ['no-title'],
    );
  });
});

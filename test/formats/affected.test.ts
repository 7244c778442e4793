// SPDX-License-Identifier: Apache-2.0
// Who is affected: what a record says of the versions that it does not name (`defaultStatus`) turns into no format as its opposite, and no release is promised to whom it does not help.

import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import type { Advisory } from '../../src/core/model/advisory.ts';
import { type FormatName, formats } from '../../src/formats/index.ts';
import { builtInPublisher, type Publisher } from '../../src/formats/publisher.ts';

const openstack = builtInPublisher('openstack-vmt') as Publisher;

/** As most records are written: the versions with the flaw, and that no other has it; or the other way round. */
const kettle = {
  vendor: 'acme',
  product: 'kettle',
  defaultStatus: 'unaffected',
  versions: [{ version: '1.0.0', lessThan: '1.2.3', status: 'affected', versionType: 'semver' }],
};
const teapot = {
  vendor: 'acme',
  product: 'teapot',
  defaultStatus: 'affected',
  versions: [{ version: '2.0.0', lessThan: '*', status: 'unaffected', versionType: 'semver' }],
};
const cup = { vendor: 'acme', product: 'cup', defaultStatus: 'unknown', versions: [{ version: '2.0.0', status: 'affected' }] };
const saucer = { vendor: 'acme', product: 'saucer', defaultStatus: 'affected' };
const spoon = { vendor: 'acme', product: 'spoon', defaultStatus: 'unaffected' };
const fork = { vendor: 'acme', product: 'fork', defaultStatus: 'unknown' };

function read(...affected: readonly object[]): Advisory {
  const org = { orgId: '53f830b8-0a3f-465b-8143-3b8a9948e749', shortName: 'acme' };
  const record = {
    dataType: 'CVE_RECORD',
    dataVersion: '5.1',
    cveMetadata: { cveId: 'CVE-1900-10001', assignerOrgId: org.orgId, state: 'PUBLISHED' },
    containers: {
      cna: {
        providerMetadata: org,
        datePublic: '2026-01-05T10:00:00.000Z',
        title: 'It boils over',
        descriptions: [{ lang: 'en', value: 'It boils over when nobody looks. '.repeat(40) }],
        affected,
        references: [{ url: 'https://example.org/1' }],
      },
    },
  };
  const result = formats.cve.read(new TextEncoder().encode(JSON.stringify(record)));
  assert.ok(result.ok, JSON.stringify(result));
  return result.advisory;
}

function written(format: FormatName, advisory: Advisory): string {
  const result = formats[format].write(advisory, openstack);
  assert.ok(result.ok, JSON.stringify(result));
  return result.text;
}

const all = read(kettle, teapot, cup, saucer, spoon, fork);

/** What a reader sees of the answer on the page. */
function answer(advisory: Advisory): string {
  const [section = ''] = /<section class="verdict".*?<\/section>/s.exec(written('html', advisory)) ?? [];
  return section
    .replaceAll(/<[^>]+>/g, ' ')
    .replaceAll(/\s+/g, ' ')
    .trim();
}

describe('F10 the versions that a record does not name', () => {
  test('the page says yes for what has affected versions, no only for what has none, and what is not known', () => {
    assert.equal(
      answer(all),
      'Am I affected? No: spoon is not affected. Not known: fork. Yes, if you run: ' +
        'kettle 1.0.0 and later, before 1.2.3 teapot, any version but 2.0.0 and later cup 2.0.0 saucer, any version',
    );
  });

  test('the text says it of all other versions', () => {
    const text = written('text', all);
    for (const [name, state] of [
      ['kettle', 'no other version is affected'],
      ['teapot', 'all other versions are affected'],
      ['cup', 'not known of other versions'],
      ['saucer', 'affected'],
      ['spoon', 'not affected'],
      ['fork', 'not known'],
    ])
      assert.match(text, new RegExp(`Name: ${name}\\n(?: +Versions: .*\\n)? +Status: ${state}\\n`));
  });

  test('OSV lists what has affected versions, and tells by name what it leaves out', () => {
    const result = formats.osv.write(all, openstack);
    assert.ok(result.ok);
    const { affected } = JSON.parse(result.text) as { affected: { database_specific: { product: string }; ranges?: readonly object[] }[] };
    assert.deepEqual(
      affected.map((each) => each.database_specific.product),
      ['kettle', 'teapot', 'cup', 'saucer'],
    );
    assert.deepEqual(affected[0]?.ranges, [{ type: 'SEMVER', events: [{ introduced: '1.0.0' }, { fixed: '1.2.3' }] }]);
    const lost = result.losses.filter(({ why }) => why === 'OSV lists affected products only').map(({ field }) => field);
    assert.deepEqual(lost, ['products[4]', 'products[5]']);
  });

  test('OpenVEX calls a product affected as soon as a version is, and names a release only to those whom it helps', () => {
    const { statements } = JSON.parse(written('openvex', all)) as {
      statements: { products: { '@id': string }[]; status: string; action_statement?: string }[];
    };
    assert.deepEqual(
      statements.map(({ products, status, action_statement }) => [
        products.map((product) => product['@id'].split('/').at(-1)).join(' '),
        status,
        action_statement,
      ]),
      [
        ['kettle', 'affected', 'Update to a fixed version: kettle 1.2.3.'],
        ['teapot cup saucer', 'affected', 'This advisory names no fixed version.'],
        ['spoon', 'not_affected', undefined],
        ['fork', 'under_investigation', undefined],
      ],
    );
  });

  test('CSAF names a release only to those whom it helps', () => {
    const { vulnerabilities, product_tree } = JSON.parse(written('csaf', all)) as {
      vulnerabilities: { remediations: { category: string; product_ids: string[] }[] }[];
      product_tree: object;
    };
    const names = new Map(
      [...JSON.stringify(product_tree).matchAll(/"name":"([^"]+)","product_id":"([^"]+)"/g)].map(([, name, id]) => [id, name]),
    );
    assert.deepEqual(
      vulnerabilities[0]?.remediations.map(({ category, product_ids }) => [category, product_ids.map((id) => names.get(id))]),
      [
        ['vendor_fix', ['acme kettle vers:semver/>=1.0.0|<1.2.3']],
        ['none_available', ['acme cup 2.0.0', 'acme saucer']],
      ],
    );
  });

  test('a page, a note and a notice of OpenStack, and the subject of a mail, name what is affected', () => {
    const advisory = { ...all, id: 'OSSA-2026-001' as Advisory['id'], workarounds: 'none-known' as const };
    for (const format of ['rst', 'ossn', 'ossa'] as const) {
      const text = written(format, advisory);
      assert.match(text, /saucer/);
      assert.doesNotMatch(text, /spoon|fork/, format);
    }
    assert.match(written('announce', all), /^Subject: \[CVE-1900-10001\] kettle, teapot and 2 more: It boils over\n/);
    assert.match(written('oss_security', read(kettle, spoon)), /^Subject: kettle 1\.0\.0 [^\n]+: It boils over \(CVE-1900-10001\)\n/);
    assert.match(written('announce', read(spoon)), /^Subject: \[CVE-1900-10001\] spoon: /);
  });

  test('what it says is the same when it is written as a CVE record again', () => {
    const again = formats.cve.read(new TextEncoder().encode(written('cve', all)));
    assert.ok(again.ok);
    assert.deepEqual(again.advisory.products, all.products);
  });
});

test('VMT-5 products of one name are told apart by their packages', () => {
  const system = { vendor: 'acme', product: 'Acme Linux 9', collectionURL: 'https://example.org/packages/', defaultStatus: 'affected' };
  const advisory = read({ ...system, packageName: 'grafana' }, { ...system, packageName: 'golang', defaultStatus: 'unaffected' });
  assert.equal(
    answer(advisory),
    'Am I affected? No: Acme Linux 9, golang is not affected. Yes, if you run: Acme Linux 9, grafana, any version',
  );
  const ids = [...written('openvex', advisory).matchAll(/"@id": ".*product\/([^"]+)"/g)].map(([, id]) => id);
  assert.deepEqual(ids, ['Acme%20Linux%209%2C%20grafana', 'Acme%20Linux%209%2C%20golang']);
  for (const name of ['acme Acme Linux 9, grafana', 'acme Acme Linux 9, golang'])
    assert.ok(written('csaf', advisory).includes(`"${name}"`), name);
});

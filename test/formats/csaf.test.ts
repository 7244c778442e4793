// SPDX-License-Identifier: Apache-2.0
// CSAF 2.0: what is written passes every test of the CSAF validator, as a security advisory and as VEX, for invented and for real advisories.

import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, test } from 'node:test';
import { csafValidator } from '../../src/adapters/csaf/validator.ts';
import type { Advisory } from '../../src/core/model/advisory.ts';
import type { Prose } from '../../src/core/model/prose.ts';
import { formats } from '../../src/formats/index.ts';
import { builtInPublisher, type Publisher } from '../../src/formats/publisher.ts';
import { archives } from './archives.ts';
import { goldens } from './places.ts';

const libvirt = builtInPublisher('libvirt-2023') as Publisher;
const openstack = builtInPublisher('openstack-vmt') as Publisher;
const profiles = ['csaf', 'csaf_vex'] as const;
const skipped = isInstalled() ? {} : { skip: 'the CSAF validator is not installed' };

function isInstalled(): boolean {
  try {
    import.meta.resolve('@secvisogram/csaf-validator-lib/validate.js');
    return true;
  } catch {
    return false;
  }
}

function golden(name: string): Advisory {
  const result = formats.advisory.read(readFileSync(join(goldens, name, 'advisory.json')));
  assert.ok(result.ok);
  return result.advisory;
}

interface Csaf {
  readonly product_tree: object;
  readonly document: {
    readonly category: string;
    readonly tracking: { readonly version: string; readonly revision_history: readonly object[] };
  };
  readonly vulnerabilities: readonly {
    readonly cve?: string;
    readonly product_status: Readonly<Record<string, readonly string[]>>;
    readonly remediations?: readonly { readonly category: string }[];
    readonly scores?: readonly object[];
    readonly acknowledgments?: readonly { readonly names: readonly string[] }[];
    readonly flags?: readonly { readonly label: string }[];
  }[];
}

function written(advisory: Advisory, publisher: Publisher, profile: (typeof profiles)[number] = 'csaf'): Csaf {
  const result = formats[profile].write(advisory, publisher);
  assert.ok(result.ok, JSON.stringify(result));
  return JSON.parse(result.text) as Csaf;
}

/** Of each document the errors, under its name where it has any. */
async function errors(documents: Readonly<Record<string, Csaf>>): Promise<Readonly<Record<string, readonly string[]>>> {
  const answers = await csafValidator().check(Object.values(documents), 'whole');
  const found = Object.keys(documents).map((name, at) => {
    const wrong = (answers[at] ?? []).filter(({ level }) => level === 'error');
    return [name, wrong.map(({ place, rule, message }) => `${place}: ${message} [${rule}]`)] as const;
  });
  return Object.fromEntries(found.filter(([, all]) => all.length > 0));
}

describe('VMT-5 an advisory as CSAF', () => {
  test('each number has its own states, credits and remediations', () => {
    const { vulnerabilities, document } = written(golden('07-openstack'), openstack);
    assert.equal(document.category, 'csaf_security_advisory');
    assert.deepEqual(
      vulnerabilities.map(({ cve, acknowledgments }) => [cve, acknowledgments?.[0]?.names[0]]),
      [
        ['CVE-1900-1201', 'Ida Crane'],
        ['CVE-1900-1202', 'Otto Reed'],
      ],
    );
    assert.deepEqual(vulnerabilities[0]?.product_status['fixed']?.length, 2);
    assert.deepEqual(
      vulnerabilities[0]?.remediations?.map(({ category }) => category),
      ['vendor_fix', 'none_available'],
    );
    assert.deepEqual([document.tracking.version, document.tracking.revision_history.length], ['2', 2]);
  });

  test('a branch that will not be fixed, and a product that is not affected, say so', () => {
    const [first] = written(golden('02-every-field'), openstack, 'csaf_vex').vulnerabilities;
    assert.ok(first);
    assert.ok(first.remediations?.some(({ category }) => category === 'no_fix_planned'));
    assert.deepEqual(
      first.flags?.map(({ label }) => label),
      ['vulnerable_code_not_present', 'vulnerable_code_not_in_execute_path'],
    );
  });

  test('VMT-34 an advisory without score has none, and a score that does not follow from its vector is left out and told', () => {
    assert.equal(written(golden('07-openstack'), openstack).vulnerabilities[0]?.scores, undefined);
    const vector = { system: 'CVSS:3.1', value: 'CVSS:3.1/AV:N/AC:L/PR:L/UI:N/S:U/C:H/I:N/A:N' as never, score: 9.9 } as const;
    const result = formats.csaf.write({ ...golden('07-openstack'), severity: [{ by: 'N' as never, vector }] }, openstack);
    assert.ok(result.ok);
    assert.doesNotMatch(result.text, /cvss_v3/);
    assert.ok(result.losses.some(({ field }) => field === 'severity[0].vector'));
  });

  test('VMT-34 a score of metrics of time or environment stands under its own name beside the base score, and is read again', () => {
    const result = formats.csaf.write(scoredLater, openstack);
    assert.ok(result.ok);
    const document = JSON.parse(result.text) as Csaf;
    const scores = document.vulnerabilities[0]?.scores as readonly Record<string, Record<string, unknown>>[];
    const [newer, older] = [scores[0]?.['cvss_v3'], scores[1]?.['cvss_v2']];
    assert.deepEqual([newer?.['baseScore'], newer?.['baseSeverity']], [9.6, 'CRITICAL']);
    assert.deepEqual([newer?.['temporalScore'], newer?.['temporalSeverity']], [9.2, 'CRITICAL']);
    assert.deepEqual([older?.['baseScore'], older?.['temporalScore'], older?.['temporalSeverity']], [7.5, 6.4, undefined]);
    assert.deepEqual(
      again(document)
        .severity?.slice(0, 2)
        .flatMap(({ vector }) => vector ?? []),
      scoredLater.severity?.flatMap(({ vector }) => vector ?? []),
    );
  });

  for (const [name, advisory, publisher, rule] of [
    ['a publisher without an address', golden('07-openstack'), builtInPublisher() as Publisher, 'no-namespace'],
    ['no product', { ...golden('07-openstack'), products: [] }, openstack, 'no-product'],
    ['no day of publication', { ...golden('07-openstack'), dates: {} }, openstack, 'no-date'],
    ['a withdrawn advisory', { ...golden('07-openstack'), withdrawn: 'w' as Prose }, openstack, 'withdrawn'],
  ] as const) {
    test(`${name} is refused by name`, () => {
      const result = formats.csaf.write(advisory, publisher);
      assert.ok(!result.ok);
      assert.equal(result.refusal.rule, rule);
    });
  }
});

/** What a document says of each number, by the names of products: the same in whatever order the tree has them. */
function statements(document: Csaf): unknown {
  const names = new Map<string, string>();
  const walk = (value: unknown): void => {
    if (typeof value !== 'object' || value === null) return;
    if ('product_id' in value && 'name' in value) names.set(String(value.product_id), String(value.name));
    for (const each of Object.values(value)) walk(each);
  };
  walk(document.product_tree);
  return document.vulnerabilities.map(({ cve, product_status: states, flags, acknowledgments, scores }) => ({
    cve,
    states: Object.entries(states).map(([state, ids]) => [state, ids.map((id) => names.get(id)).toSorted()]),
    flags: flags?.map(({ label }) => label).toSorted(),
    thanked: acknowledgments?.map((each) => each.names.join()),
    vectors: scores?.length,
  }));
}

function again(document: Csaf): Advisory {
  const result = formats.csaf.read(new TextEncoder().encode(JSON.stringify(document)));
  assert.ok(result.ok, JSON.stringify(result));
  return result.advisory;
}

describe('reading CSAF', () => {
  test('a document that was read says the same of every number when it is written again', () => {
    for (const name of ['01-open-descriptor', '02-every-field', '05-many-branches', '07-openstack']) {
      const document = written(golden(name), libvirt);
      assert.deepEqual(statements(written(again(document), libvirt)), statements(document), name);
    }
  });

  for (const archive of archives.filter(({ format }) => format !== 'cve')) {
    test(`so does every real ${archive.format} document`, { ...archive.skipped }, () => {
      for (const file of archive.files) {
        const document = written(archive.read(file), archive.publisher);
        assert.deepEqual(statements(written(again(document), archive.publisher)), statements(document), file);
      }
    });
  }

  test('that no fix is planned is not kept, and it says so by name', () => {
    const document = written(golden('01-open-descriptor'), libvirt);
    const planted = { category: 'no_fix_planned', details: 'It is too old.', product_ids: [] };
    const vulnerabilities = document.vulnerabilities.map((one) => ({ ...one, remediations: [planted] }));
    const read = formats.csaf.read(new TextEncoder().encode(JSON.stringify({ ...document, vulnerabilities })));
    assert.ok(read.ok);
    assert.deepEqual(
      read.findings.filter(({ place }) => place.includes('remediations')).map(({ place, rule }) => [place, rule]),
      [['vulnerabilities[0].remediations[0]', 'not-read']],
    );
  });

  test('dates, revisions, texts and credits come back', () => {
    const advisory = golden('07-openstack');
    const read = again(written(advisory, openstack));
    assert.equal(read.description, advisory.description);
    assert.deepEqual(
      read.errata?.map(({ version, reason }) => [version, reason]),
      [[2, 'The patch of the oldest branch was missing.']],
    );
    assert.deepEqual(read.credits, advisory.credits);
    assert.deepEqual([read.dates.published?.slice(0, 10), read.dates.modified?.slice(0, 10)], ['2026-05-19', '2026-05-21']);
  });

  test('a document whose id would be another folder is refused', () => {
    const { document, ...rest } = written(golden('07-openstack'), openstack);
    const elsewhere = { ...rest, document: { ...document, tracking: { ...document.tracking, id: '../../etc/passwd' } } };
    const result = formats.csaf.read(new TextEncoder().encode(JSON.stringify(elsewhere)));
    assert.ok(!result.ok);
    assert.deepEqual([result.refusal.rule, result.refusal.place], ['no-id', 'document.tracking.id']);
  });

  test('what is no CSAF 2.0 document is refused with its place', () => {
    for (const [change, place] of [
      [{ document: {} }, 'document.category'],
      [{ document: { ...written(golden('07-openstack'), openstack).document, csaf_version: '2.1' } }, 'document.csaf_version'],
    ] as const) {
      const result = formats.csaf.read(new TextEncoder().encode(JSON.stringify(change)));
      assert.ok(!result.ok);
      assert.equal(result.refusal.place, place);
    }
  });
});

/** Scores of CVSS 3.1 and 2.0 by vectors with metrics of time. */
const scoredLater: Advisory = {
  ...golden('07-openstack'),
  severity: [
    { system: 'CVSS:3.1', value: 'CVSS:3.1/AV:N/AC:L/PR:L/UI:N/S:C/C:H/I:N/A:H/E:X/RL:O/RC:C' as never, score: 9.2 } as const,
    { system: 'CVSS:2.0', value: 'AV:N/AC:L/Au:N/C:P/I:P/A:P/E:U/RL:ND/RC:ND' as never, score: 6.4 } as const,
  ].map((vector) => ({ by: 'N' as never, vector })),
};

const invented = ['01-open-descriptor', '02-every-field', '04-hostile-text', '05-many-branches', '07-openstack'];

describe('the CSAF validator: schema, mandatory, optional and informative tests without network', () => {
  test('accepts golden and real advisories in both profiles, and finds a planted error', { ...skipped }, async () => {
    const ours = [...invented.map((name) => [name, golden(name), libvirt] as const), ['scores of time', scoredLater, openstack] as const];
    const real = archives
      .filter(({ format }) => format !== 'cve')
      .flatMap((archive) =>
        archive.files.filter((_, at) => at % 6 === 0).map((file) => [file, archive.read(file), archive.publisher] as const),
      );
    const documents = [...ours, ...real].flatMap(([name, advisory, publisher]) =>
      profiles.map((profile) => [`${name} ${profile}`, written(advisory, publisher, profile)] as const),
    );
    const document = written(golden('07-openstack'), openstack);
    const planted = { ...document, document: { ...document.document, tracking: { ...document.document.tracking, version: '7' } } };
    const found = await errors({ ...Object.fromEntries(documents), planted });
    assert.deepEqual(Object.keys(found), ['planted']);
    assert.match(found['planted']?.join() ?? '', /\[CSAF 6\.1\.16\]/);
  });
});

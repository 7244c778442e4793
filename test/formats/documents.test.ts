// SPDX-License-Identifier: Apache-2.0
// The documents of one advisory: every format that the policy names, and those that cannot be made honestly left out by name.

import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, test } from 'node:test';
import { csafValidator } from '../../src/adapters/csaf/validator.ts';
import { draftsOf, signedDocuments, sure, validated } from '../../src/app/documents.ts';
import { formatsOf, publisherUnder } from '../../src/app/publisher.ts';
import type { Advisory } from '../../src/core/model/advisory.ts';
import { type FormatName, formats } from '../../src/formats/index.ts';
import { builtInPublisher, type Publisher } from '../../src/formats/publisher.ts';
import { readPolicy } from '../../src/policy/read-policy.ts';
import type { CsafValidator } from '../../src/ports/csaf-validator.ts';
import { OutsideFailure } from '../../src/ports/failure.ts';
import { presetText } from '../support/policies.ts';
import { samplePolicy } from '../web/sample-policy.ts';
import { goldens } from './places.ts';

const libvirt = builtInPublisher('libvirt-2023') as Publisher;
const read = formats.advisory.read(readFileSync(join(goldens, '01-open-descriptor', 'advisory.json')));
assert.ok(read.ok);
const notice: Advisory = read.advisory;
const { cves: _numbers, ...numberless } = notice;
const all: readonly FormatName[] = ['text', 'html', 'lsn', 'csaf', 'osv', 'cve', 'openvex', 'markdown', 'ossa', 'advisory'];

const refusing: CsafValidator = {
  check: async (documents) => documents.map(() => [{ level: 'error', place: '/document', rule: 'CSAF 6.1.21', message: 'planted' }]),
};
const missing: CsafValidator = {
  check: async () => {
    throw new OutsideFailure('permanent', 'the validator is not installed');
  },
};

describe('VMT-5 LIBVIRT-16 the documents of an advisory', () => {
  test('every format that a policy can name is written, text first and the record last', () => {
    const { made } = draftsOf(notice, libvirt, all);
    const policy = { ...samplePolicy, advisory: { ...samplePolicy.advisory, formats: ['csaf', 'text', 'openvex', 'ossa_yaml'] as const } };
    assert.deepEqual(formatsOf(policy), ['text', 'csaf', 'openvex', 'ossa', 'advisory']);
    for (const format of ['text', 'html', 'lsn', 'csaf', 'osv', 'advisory'])
      assert.ok(
        made.some((one) => one.format === format),
        format,
      );
  });

  test('a policy file alone tells who publishes, where, and in whose name CVE records are', () => {
    const read = readPolicy('openstack-vmt.yaml', presetText('openstack-vmt'));
    assert.ok('policy' in read);
    const { namespace, page, prefix, cna } = publisherUnder(read.policy);
    assert.deepEqual(
      [namespace, page, prefix, cna?.organisation],
      ['https://security.openstack.org', 'https://security.openstack.org/{id}.html', 'OSSA', '8254265b-2729-46b6-b9e3-3dfca2d5bfca'],
    );
  });

  test('F11 without a CVE id no CVE record is made, and it says so by name; the others are', () => {
    const { made, left } = draftsOf(numberless, libvirt, all);
    assert.deepEqual(
      left.map(({ format, rule }) => [format, rule]),
      [
        ['cve', 'no-number'],
        ['ossa', 'id-form'],
      ],
    );
    assert.equal(made.length, all.length - 2);
    assert.doesNotThrow(() => sure({ made, left }));
  });

  test('what the CSAF validator finds wrong is left out with its rule, and so is what nobody can check', async () => {
    const drafts = draftsOf(notice, libvirt, all);
    const wrong = await validated({ csaf: refusing }, drafts);
    const { errors: found, ...told } = wrong.left.at(-1) ?? assert.fail('nothing is left out');
    assert.deepEqual(told, { format: 'csaf', rule: 'CSAF 6.1.21', why: '/document: planted' });
    assert.deepEqual(
      found.map(({ place }) => place),
      ['/document'],
    );
    assert.equal((await validated({ csaf: missing }, drafts)).left.at(-1)?.rule, 'not-checked');
    assert.ok((await validated({ csaf: csafValidator() }, drafts)).made.some(({ format }) => format === 'csaf'));
  });

  test('an advisory that people cannot read is not published at all', () => {
    const left = [{ format: 'html' as const, rule: 'planted', why: 'planted', errors: [] }];
    assert.throws(() => sure({ made: [], left }), /html: planted/);
  });

  test('the same advisory gives the same bytes', async () => {
    const once = await signedDocuments(notice, libvirt, draftsOf(notice, libvirt, all).made, null);
    const again = await signedDocuments(notice, libvirt, draftsOf(notice, libvirt, all).made, null);
    assert.deepEqual(once, again);
  });
});

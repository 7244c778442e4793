// SPDX-License-Identifier: Apache-2.0
// The page, SECURITY.md and security.txt are made from one policy: they agree, and each keeps its own rules.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { htmlPage, markdownPage, securityMd, securityTxt } from '../../src/app/policy-text/documents.ts';
import { contactUris } from '../../src/app/policy-text/policy-text.ts';
import { expiresAt } from '../../src/app/security-txt.ts';
import { instant } from '../../src/core/model/time.ts';
import type { Policy } from '../../src/core/policy/policy.ts';
import { readPolicy } from '../../src/policy/read-policy.ts';
import { minimalAnd, presetNames, presetText } from '../support/policies.ts';

const now = instant('2026-11-02T09:00:00Z');
const addresses = {
  policy: 'https://security.example.org/demo/policy',
  report: 'https://security.example.org/demo/report',
  advisories: 'https://security.example.org/demo/advisories',
  key: 'https://security.example.org/demo/advisories/key.asc',
  canonical: 'https://security.example.org/demo/.well-known/security.txt',
};

function policyOf(text: string): Policy {
  const read = readPolicy('x.yaml', text);
  assert.ok('policy' in read, JSON.stringify(read));
  return read.policy;
}

/** What a reader sees of a page: no tags, no attributes. */
const visible = (html: string) =>
  html.replaceAll(/<[^>]*>/g, ' ').replaceAll(/&#(\d+);/g, (_, code: string) => String.fromCharCode(Number(code)));

for (const name of presetNames) {
  const policy = policyOf(presetText(name));
  const contact = policy.contact.kind === 'mail' ? policy.contact.address : policy.contact.url;

  test(`VMT-38 LIBVIRT-8 QEMU-3 ${name}: page, SECURITY.md and security.txt name the same contact, in text that is seen`, () => {
    for (const text of [visible(htmlPage(policy)), markdownPage(policy), securityMd(policy, addresses)]) {
      assert.ok(text.includes(contact), text.slice(0, 300));
      assert.ok(text.includes(`${policy.name}, version ${policy.version}`));
    }
    const [first] = contactUris(policy);
    assert.ok(securityTxt(policy, now, addresses).includes(`\nContact: ${first}\n`));
    assert.ok(first?.endsWith(contact));
  });

  test(`F20 ${name}: security.txt has its contacts one a line, expires once and in less than a year, and all addresses are https`, () => {
    const lines = securityTxt(policy, now, addresses).trimEnd().split('\n');
    const values = (field: string) => lines.flatMap((line) => (line.startsWith(`${field}: `) ? [line.slice(field.length + 2)] : []));
    assert.deepEqual(values('Contact'), [...contactUris(policy), addresses.report]);
    assert.deepEqual(values('Expires'), ['2027-10-28T09:00:00Z']);
    assert.ok(expiresAt(now) < '2027-11-02T09:00:00.000Z');
    assert.ok(lines.every((line) => /^(?:#|Contact|Expires|Preferred-Languages|Canonical|Policy|Acknowledgments|Encryption)/.test(line)));
    for (const field of ['Canonical', 'Policy', 'Acknowledgments', 'Encryption']) assert.match(values(field).join(), /^https:/);
  });

  test(`LIBVIRT-2 ${name}: the page lists contact, embargo, CVE numbers, branches and disclosure, and what nobody decided`, () => {
    for (const text of [visible(htmlPage(policy)), markdownPage(policy)]) {
      for (const part of ['How to report', 'What we promise', 'Embargo', 'CVE numbers', 'Branches', 'Disclosure'])
        assert.ok(text.includes(part), `${part} is missing`);
      const undecided = policy.unspecified.length === 0 ? 0 : 1;
      assert.equal(text.split('The project does not say').length - 1, undecided, 'said once, for all keys');
      for (const key of policy.unspecified) assert.ok(text.includes(key), key);
    }
  });
}

test('LIBVIRT-7 an old address is no contact, and the address of a redirection is none either', () => {
  assert.deepEqual(contactUris(policyOf(presetText('libvirt-2023'))), ['mailto:security@lists.libvirt.org']);
  assert.deepEqual(contactUris(policyOf(presetText('qemu-2026'))), ['https://gitlab.com/qemu-project/qemu/-/work_items/new']);
});

test('each mailbox that takes reports is a contact of its own, none twice', () => {
  const two = policyOf(minimalAnd('intake: { channels: [{ mail: security@example.org }, { mail: other@example.org }] }'));
  assert.deepEqual(contactUris(two), ['mailto:security@example.org', 'mailto:other@example.org']);
});

test('what a policy says stays text in HTML', () => {
  const hostile = { ...policyOf(presetText('minimal')), title: '<script>alert(1)</script>' };
  assert.ok(!htmlPage(hostile).includes('<script>'));
});

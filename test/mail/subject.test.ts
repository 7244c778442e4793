// SPDX-License-Identifier: Apache-2.0
// Subjects of announcements: an empty field leaves no blank, no bracket and no mark behind, and what a field says is never touched.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { toList } from '../../src/notices/to-list.ts';

const openstack = '[{advisory_id}] {component}: {title} ({cve})';
const vague = 'Vulnerability in OpenStack {component} ({cve})';
const of = (
  subject: string | null,
  changes: { title?: string; cves?: readonly string[]; component?: string | null; version?: number } = {},
) =>
  toList({
    subject,
    number: 'OSSA-2026-001',
    title: 'A volume leaks',
    cves: ['CVE-2026-1'],
    component: null,
    version: 1,
    document: '',
    ...changes,
  }).subject;

test('VMT-43 a subject without a component has no dangling colon and no double blank', () => {
  assert.equal(of(openstack, { component: 'Cinder' }), '[OSSA-2026-001] Cinder: A volume leaks (CVE-2026-1)');
  assert.equal(of(openstack), '[OSSA-2026-001] A volume leaks (CVE-2026-1)');
  assert.equal(of(openstack, { cves: [] }), '[OSSA-2026-001] A volume leaks');
  assert.equal(of(vague), 'Vulnerability in OpenStack (CVE-2026-1)');
  assert.equal(of(vague, { cves: [] }), 'Vulnerability in OpenStack');
  assert.equal(of(null, { cves: [] }), 'OSSA-2026-001: A volume leaks');
  assert.equal(of('{title} {component}:', {}), 'A volume leaks');
});

test('VMT-43 what the fields say stays as it is, and one line', () => {
  assert.equal(
    of(openstack, { title: 'free() called twice: once (in exit)', cves: [] }),
    '[OSSA-2026-001] free() called twice: once (in exit)',
  );
  assert.equal(of(openstack, { title: 'A [] : b\n c' }), '[OSSA-2026-001] A [] : b c (CVE-2026-1)');
  assert.equal(of(openstack, { version: 2 }), '[OSSA-2026-001] A volume leaks (CVE-2026-1), version 2');
});

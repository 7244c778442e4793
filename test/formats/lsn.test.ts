// SPDX-License-Identifier: Apache-2.0
// libvirt notices that were never published: what the reader refuses (L-64), what it tells, and what the writer will not say.

import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, test } from 'node:test';
import type { Advisory } from '../../src/core/model/advisory.ts';
import type { Line } from '../../src/core/model/prose.ts';
import { formats } from '../../src/formats/index.ts';
import { builtInPublisher, type Publisher } from '../../src/formats/publisher.ts';

const libvirt = builtInPublisher('libvirt-2023') as Publisher;
const start = '<security-notice xmlns="http://security.libvirt.org/xmlns/security-notice/1.0">';
const rest = '<product name="p"><branch><name>b</name><tag state="fixed">v1</tag></branch></product></security-notice>';

function read(xml: string) {
  return formats.lsn.read(new TextEncoder().encode(xml), libvirt);
}

function notice(inner: string): string {
  return `${start}<id>2026-0001</id><summary>s</summary>${inner}${rest}`;
}

function advisoryOf(xml: string): Advisory {
  const result = read(xml);
  assert.ok(result.ok, JSON.stringify(result));
  return result.advisory;
}

function rules(xml: string): readonly string[] {
  const result = read(xml);
  assert.ok(result.ok, JSON.stringify(result));
  return result.findings.map(({ rule }) => rule);
}

function refusal(xml: string) {
  const result = read(xml);
  assert.ok(!result.ok, 'expected a refusal');
  return result.refusal;
}

describe('L-64 XML is read without document type and entities', () => {
  test('an external entity is refused with line and column, and its file is never read', () => {
    const folder = mkdtempSync(join(tmpdir(), 'canary-'));
    const canary = join(folder, 'secret');
    writeFileSync(canary, 'canary-4711');
    try {
      const xml = `<?xml version="1.0"?>\n<!DOCTYPE security-notice [<!ENTITY x SYSTEM "file://${canary}">]>\n${notice('<impact>&x;</impact>')}`;
      const { rule, place, message } = refusal(xml);
      assert.equal(rule, 'doctype');
      assert.match(place, /^line 2, column \d+$/);
      assert.doesNotMatch(message, /canary/);
    } finally {
      rmSync(folder, { recursive: true });
    }
  });

  test('a document type is refused also when it declares nothing', () => {
    assert.equal(refusal(`<!DOCTYPE security-notice>${notice('')}`).rule, 'doctype');
  });

  test('a thousand entities within entities are refused before they grow', () => {
    const entities = Array.from({ length: 20 }, (_, at) => `<!ENTITY e${at + 1} "${`&e${at};`.repeat(10)}">`).join('');
    assert.equal(refusal(`<!DOCTYPE x [<!ENTITY e0 "ha">${entities}]>${notice('<impact>&e20;</impact>')}`).rule, 'doctype');
  });

  test('an entity that nobody declared is refused, the five of XML and numbers are read', () => {
    assert.equal(refusal(notice('<impact>&nbsp;</impact>')).rule, 'malformed');
    assert.equal(advisoryOf(notice('<impact>&lt;&amp;&gt;&apos;&quot;&#233;</impact>')).impact, '<&>\'"é');
  });

  test('an include and a style sheet are not followed', () => {
    const included = '<xi:include xmlns:xi="http://www.w3.org/2001/XInclude" href="file:///etc/passwd"/>';
    assert.deepEqual(rules(`<?xml-stylesheet href="file:///etc/passwd"?>${notice(included)}`), ['unknown-element']);
  });

  test('a document too large, too deep or of too many elements is refused', () => {
    assert.equal(refusal(notice(`<impact>${' '.repeat(4 * 1024 * 1024)}</impact>`)).rule, 'too-large');
    assert.equal(refusal(`${'<a>'.repeat(50)}${'</a>'.repeat(50)}`).rule, 'too-large');
    assert.equal(refusal(notice('<a/>'.repeat(100_001))).rule, 'too-large');
  });

  test('another encoding than UTF-8 is refused, declared or found', () => {
    assert.equal(refusal(`<?xml version="1.0" encoding="ISO-8859-1"?>${notice('')}`).rule, 'encoding');
    const wide = formats.lsn.read(new Uint8Array(Buffer.from(notice(''), 'utf16le')), libvirt);
    assert.ok(!wide.ok);
    const broken = formats.lsn.read(Uint8Array.of(0x3c, 0xff, 0x3e), libvirt);
    assert.ok(!broken.ok && broken.refusal.rule === 'encoding');
  });
});

describe('what is not a notice is refused with its place', () => {
  for (const [name, xml, rule, place] of [
    ['nothing', '', 'malformed', /^line 1/],
    ['text', 'hello', 'malformed', /^line 1/],
    ['an element that is not closed', `${start}\n<id>`, 'malformed', /^line 2, column \d+$/],
    ['a character that XML does not have', `${start}\n<id>\u0001</id>`, 'malformed', /^line 2, column 5$/],
    ['another element', '<feed/>', 'not-a-notice', /^line 1$/],
    ['a notice of no namespace', '<security-notice/>', 'not-a-notice', /^line 1$/],
    ['a notice without number', `${start}<summary>s</summary></security-notice>`, 'no-id', /^line 1$/],
    ['a notice without summary', `${start}<id>2026-0001</id></security-notice>`, 'no-summary', /^line 1$/],
    ['a number that is a path', `${start}<id>/../../x</id><summary>s</summary></security-notice>`, 'no-id', /^id$/],
  ] as const) {
    test(name, () => {
      const found = refusal(xml);
      assert.equal(found.rule, rule);
      assert.match(found.place, place);
    });
  }
});

describe('LIBVIRT-14 what is odd in a notice is told, not mended', () => {
  for (const [name, inner, rule] of [
    [
      'published before reported',
      '<lifecycle><reported>20260102</reported><published>20260101</published></lifecycle>',
      'published-before-reported',
    ],
    ['a day that is not in the calendar', '<lifecycle><reported>20260230</reported></lifecycle>', 'date'],
    ['a date in another form', '<lifecycle><reported>2026-01-02</reported></lifecycle>', 'date'],
    ['text between elements', '<credits>ppp</credits>', 'stray-text'],
    ['an element that nobody knows', '<severity>low</severity>', 'unknown-element'],
    ['an element of another namespace', '<impact xmlns="urn:x">x</impact>', 'unknown-element'],
    ['a second impact', '<impact>1</impact><impact>2</impact>', 'repeated'],
    ['an empty impact', '<impact> </impact>', 'empty'],
    ['an attribute that nobody knows', '<impact lang="en">x</impact>', 'unknown-attribute'],
    ['a credit for nobody', '<credits><reporter></reporter></credits>', 'nobody'],
    ['a CVE id with its prefix', '<reference><advisory type="CVE" id="CVE-2026-1234"/></reference>', 'advisory-form'],
    ['a bug without number', '<reference><bug tracker="redhat"/></reference>', 'no-id'],
    [
      'the same CVE id twice',
      '<reference><advisory type="CVE" id="2026-1234"/><advisory type="CVE" id="2026-1234"/></reference>',
      'number-twice',
    ],
  ] as const) {
    test(name, () => {
      assert.deepEqual(rules(notice(inner)), [rule]);
    });
  }

  test('branches: an unknown state, none at all, one without name, one without anything', () => {
    const product = (inner: string) =>
      `${start}<id>2026-0001</id><summary>s</summary><product name="p">${inner}</product></security-notice>`;
    assert.deepEqual(rules(product('<branch><name>b</name><tag state="broken">v1</tag></branch>')), ['state', 'empty-branch']);
    assert.deepEqual(rules(product('')), ['product-form']);
    assert.deepEqual(rules(product('<branch><tag state="fixed">v1</tag></branch>')), ['no-name', 'product-form']);
    assert.deepEqual(rules(product('<branch><name>b</name></branch>')), ['empty-branch']);
  });

  test('a malformed number of an advisory is kept as the reference it is, and written so again', () => {
    const advisory = advisoryOf(notice('<reference><advisory type="CVE" id="CVE-2026-1234"/></reference>'));
    assert.equal(advisory.cves, undefined);
    assert.deepEqual(advisory.references, [{ kind: 'advisory', tracker: 'CVE', id: 'CVE-2026-1234' }]);
    const written = formats.lsn.write(advisory, libvirt);
    assert.ok(written.ok);
    assert.deepEqual(written.losses, []);
    assert.deepEqual(advisoryOf(written.text), advisory);
  });

  test('the indentation of an editor is not meant, four spaces more are', () => {
    const text = (inner: string) => advisoryOf(notice(`<impact>${inner}</impact>`)).impact;
    assert.equal(text('<![CDATA[one\n         two\n\t three]]>'), 'one two three');
    assert.equal(text('\n   <![CDATA[one\n  two\n\n      cmd -x]]>\n'), 'one two\n\n    cmd -x');
    assert.equal(text('<![CDATA[\n  one\n  two]]>'), 'one two');
    assert.equal(text('\n      one\n          two\n'), 'one two');
  });
});

describe('a libvirt notice that cannot be written honestly is refused by name', () => {
  const record: Advisory = advisoryOf(notice(''));
  const [product] = record.products;
  assert.ok(product);
  for (const [name, advisory, rule] of [
    ['another numbering', { ...record, id: 'OSSA-2026-001' as Line }, 'number'],
    ['no product', { ...record, products: [] }, 'one-product'],
    ['two products', { ...record, products: [product, product] }, 'one-product'],
    ['no branch', { ...record, products: [{ name: 'p' as Line }] }, 'branch'],
    [
      'no affected branch',
      { ...record, products: [{ name: 'p' as Line, branches: [{ name: 'b' as Line, status: 'not-affected' }] }] },
      'branch',
    ],
    ['a withdrawn advisory', { ...record, withdrawn: 'x' as NonNullable<Advisory['withdrawn']> }, 'withdrawn'],
  ] as const) {
    test(name, () => {
      const result = formats.lsn.write(advisory, libvirt);
      assert.ok(!result.ok);
      assert.equal(result.refusal.rule, rule);
    });
  }

  test('addresses are left out when the publisher does not show them, and that is said', () => {
    const advisory: Advisory = { ...record, credits: [{ kind: 'reporter', name: 'N' as Line, email: 'n@example.org' as Line }] };
    const result = formats.lsn.write(advisory, { ...libvirt, addresses: 'withheld' });
    assert.ok(result.ok);
    assert.doesNotMatch(result.text, /n@example\.org/);
    assert.deepEqual(result.losses, [{ field: 'credits[0].email', why: 'the publisher does not show mail addresses' }]);
  });
});

// SPDX-License-Identifier: Apache-2.0
// Mails to lists: their subjects, the rules of oss-security, OpenVEX and Markdown beside them.

import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, test } from 'node:test';
import type { Advisory } from '../../src/core/model/advisory.ts';
import type { Prose } from '../../src/core/model/prose.ts';
import { formats } from '../../src/formats/index.ts';
import { checkOssSecurity } from '../../src/formats/oss-security-check.ts';
import { builtInPublisher, type Publisher } from '../../src/formats/publisher.ts';
import { archives } from './archives.ts';
import { goldens } from './places.ts';

const openstack = builtInPublisher('openstack-vmt') as Publisher;

function golden(name: string): Advisory {
  const result = formats.advisory.read(readFileSync(join(goldens, name, 'advisory.json')));
  assert.ok(result.ok);
  return result.advisory;
}

function written(kind: 'announce' | 'oss_security' | 'markdown' | 'openvex', advisory: Advisory, publisher = openstack): string {
  const result = formats[kind].write(advisory, publisher);
  assert.ok(result.ok, JSON.stringify(result));
  return result.text;
}

const heron = golden('07-openstack');

describe('VMT-43 mails to lists', () => {
  test('the subject of an announcement has number, software, title and CVE ids', () => {
    assert.match(
      written('announce', heron),
      /^Subject: \[OSSA-2026-004\] heron, python-heronclient: Heron lends tokens of sleeping users \(CVE-1900-1201, CVE-1900-1202\)\n\n/,
    );
  });

  test('the subject of a mail to oss-security has software, versions and what is wrong', () => {
    assert.match(
      written('oss_security', heron),
      /^Subject: heron, python-heronclient before 19\.0\.3, 20\.0\.0 and later, before 20\.1\.1, .*: Heron lends tokens/,
    );
  });

  test('what says nothing itself is refused as the list would', () => {
    const { description: _d, notes: _n, credits: _c, references: _r, errata: _e, ...bare } = heron;
    const result = formats.oss_security.write({ ...bare, products: bare.products.slice(1) }, openstack);
    assert.ok(!result.ok && result.refusal.rule === 'links-only', JSON.stringify(result));
    const none = formats.oss_security.write({ ...heron, products: [] }, openstack);
    assert.ok(!none.ok && none.refusal.rule === 'subject-software');
  });

  const body = 'AI was not used. '.repeat(20);
  for (const [name, mail, rules] of [
    ['a good mail', `Subject: heron 1.2: token lent\nTo: oss-security@lists.openwall.com\n\n${body}`, []],
    ['a number alone', `Subject: CVE-2099-99999\n\n${body}`, ['subject-number-only']],
    ['no subject', `To: a@example.org\n\n${body}`, ['subject']],
    ['the mark of the private list', `Subject: [vs] heron 1.2 lends tokens\n\n${body}`, ['subject-private']],
    ['software alone', `Subject: heron 1.2\n\n${body}`, ['subject-kind']],
    ['no version', `Subject: heron lends tokens\n\n${body}`, ['subject-versions']],
    ['links only', 'Subject: heron 1.2: token lent\n\nAI: https://example.org/a\n', ['links-only']],
    ['HTML', `Subject: heron 1.2: token lent\n\n<html>${body}`, ['not-plain']],
    ['nothing of tools', `Subject: heron 1.2: token lent\n\n${'a word of it '.repeat(30)}`, ['tools']],
    ['another list', `Subject: heron 1.2: token lent\nCc: x <heron-devel@example.org>\n\n${body}`, ['other-lists']],
  ] as const) {
    test(`oss-security: ${name}`, () => {
      assert.deepEqual(
        checkOssSecurity(new TextEncoder().encode(mail)).map(({ rule }) => rule),
        rules,
      );
    });
  }

  for (const archive of archives) {
    test(`every real ${archive.format} document can be announced`, { ...archive.skipped }, () => {
      for (const file of archive.files) {
        const advisory = archive.read(file);
        assert.match(written('announce', advisory, archive.publisher), /^Subject: \S.*\n\n/, file);
        assert.match(written('markdown', advisory, archive.publisher), /^# \S/, file);
      }
    });
  }
});

describe('OpenVEX', () => {
  interface Vex {
    readonly version: number;
    readonly statements: readonly {
      readonly vulnerability: { readonly name: string };
      readonly status: string;
      readonly products: readonly { readonly '@id': string }[];
      readonly justification?: string;
      readonly impact_statement?: string;
      readonly action_statement?: string;
    }[];
  }
  const vex = (advisory: Advisory) => JSON.parse(written('openvex', advisory)) as Vex;

  test('each number has a statement for each state, and every state says what the specification asks of it', () => {
    for (const name of ['02-every-field', '05-many-branches', '07-openstack'] as const) {
      const { statements } = vex(golden(name));
      assert.ok(statements.length > 0);
      for (const { status, products, justification, impact_statement, action_statement } of statements) {
        assert.ok(products.every((product) => URL.canParse(product['@id'])));
        assert.equal(status === 'not_affected', (justification ?? impact_statement) !== undefined);
        assert.equal(status === 'affected', action_statement !== undefined);
      }
    }
  });

  test('the version is the one of the advisory, and fixed versions are what to do', () => {
    const { version, statements } = vex(heron);
    assert.equal(version, 2);
    assert.equal(statements[0]?.action_statement, 'Update to a fixed version: heron 19.0.3, 20.1.1.');
  });

  test('a publisher without an address, and a withdrawn advisory, are refused by name', () => {
    const plain = formats.openvex.write(heron, builtInPublisher() as Publisher);
    assert.ok(!plain.ok && plain.refusal.rule === 'no-namespace');
    const withdrawn = formats.openvex.write({ ...heron, withdrawn: 'w' as Prose }, openstack);
    assert.ok(!withdrawn.ok && withdrawn.refusal.rule === 'withdrawn');
  });
});

describe('Markdown', () => {
  test('words that would be markup stay words, and code is fenced by more backticks than it has', () => {
    const text = written('markdown', { ...heron, description: '# a *b* <i> [c](d)\n\n1. e\n\n    ```\n    f\n    ```' as Prose });
    assert.match(text, /^\\# a \\\*b\\\* \\<i\\> \\\[c\\\]\(d\)$/m);
    assert.match(text, /^1\\\. e$/m);
    assert.match(text, /^````\n```\nf\n```\n````$/m);
  });
});

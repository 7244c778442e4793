// SPDX-License-Identifier: Apache-2.0
// The address grammar and the reading of address fields: one reading for every text, or none.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { address, oneLine } from '../../src/mail/address.ts';
import { mailboxes } from '../../src/mail/mailboxes.ts';
import { processorTime } from '../support/processor-time.ts';

const plain: readonly (readonly [string, string])[] = [
  ['ada@reporter.example', 'ada@reporter.example'],
  ['Ada.B+tag@Reporter.EXAMPLE', 'Ada.B+tag@reporter.example'],
  ["o'hara@reporter.example", "o'hara@reporter.example"],
  ['root@localhost', 'root@localhost'],
  ['ada@bücher.example', 'ada@xn--bcher-kva.example'],
  ['ada@例え.test', 'ada@xn--r8jz45g.test'],
  ['ada@1.example', 'ada@1.example'],
  [`${'a'.repeat(64)}@reporter.example`, `${'a'.repeat(64)}@reporter.example`],
];

for (const [text, expected] of plain) {
  test(`the address ${text.slice(0, 40)} is read as ${expected.slice(0, 40)}`, () => assert.equal(address(text), expected));
}

const hostile: readonly string[] = [
  '',
  '@',
  'ada',
  '@reporter.example',
  'ada@',
  'ada@@reporter.example',
  'ada@a@reporter.example',
  '"ada lovelace"@reporter.example',
  '"ada@evil.example"@reporter.example',
  'ada(comment)@reporter.example',
  'ada@reporter.example(comment)',
  'ada @reporter.example',
  'ada@reporter.example ',
  'ada@ reporter.example',
  'ada\r\n@reporter.example',
  'ada@reporter.example\r\nRCPT TO:<eve@evil.example>',
  'ada\u0000@reporter.example',
  'ada@reporter.example\u0000',
  '.ada@reporter.example',
  'ada.@reporter.example',
  'a..da@reporter.example',
  'ada@reporter..example',
  'ada@-reporter.example',
  'ada@reporter-.example',
  'ada@reporter.example.',
  'ada@[192.0.2.1]',
  'ada@[IPv6:2001:db8::1]',
  'ada@192.0.2.1',
  'ada@reporter_team.example',
  'ada@reporter%2eexample',
  'ada@exa%6dple.com',
  'ada@reporter.example:25',
  'ada@reporter.example/x',
  'ada@reporter\u00ad.example\u0000',
  'jürgen@reporter.example',
  '=?utf-8?q?ada?=@reporter.example',
  '<ada@reporter.example>',
  'ada@reporter.example,eve@evil.example',
  `${'a'.repeat(65)}@reporter.example`,
  `ada@${'a'.repeat(64)}.example`,
  `ada@${'a.'.repeat(130)}example`,
];

for (const text of hostile) {
  test(`L-26 no address is read from ${JSON.stringify(text).slice(0, 60)}`, () => assert.equal(address(text), undefined));
}

test('L-26 whatever is read as an address is plain ASCII with one @ and reads as itself again', () => {
  const hostileText = fc.oneof(
    fc.emailAddress(),
    fc.string({ unit: fc.constantFrom(...'ab@."\\()<>,;: \r\n\u0000\u200b\u00fc\u3002\uff0e=?-_%/') }),
    fc.tuple(fc.string({ unit: 'binary' }), fc.domain()).map(([local, domain]) => `${local}@${domain}`),
  );
  const seen = { read: 0 };
  fc.assert(
    fc.property(hostileText, (text) => {
      const read = address(text);
      if (read === undefined) return;
      seen.read += 1;
      assert.match(read, /^[\x21-\x7e]+$/);
      assert.equal(read.split('@').length, 2);
      assert.doesNotMatch(read, /["(),:;<>[\\\]]/);
      assert.equal(address(read), read);
    }),
    { numRuns: 5_000 },
  );
  assert.ok(seen.read > 500, 'the property must have seen real addresses');
});

interface Case {
  readonly field: string;
  readonly read: readonly (readonly [string, string])[];
  readonly unfitting?: number;
}

const lists: readonly Case[] = [
  { field: 'ada@reporter.example', read: [['', 'ada@reporter.example']] },
  { field: 'Ada Lovelace <ada@reporter.example>', read: [['Ada Lovelace', 'ada@reporter.example']] },
  { field: '"Lovelace, Ada" <ada@reporter.example>', read: [['Lovelace, Ada', 'ada@reporter.example']] },
  { field: '"say \\"hi\\"" <ada@reporter.example>', read: [['say "hi"', 'ada@reporter.example']] },
  { field: 'ada@reporter.example (Ada)', read: [['Ada', 'ada@reporter.example']] },
  { field: '=?utf-8?q?J=C3=BCrgen?= <j@reporter.example>', read: [['Jürgen', 'j@reporter.example']] },
  {
    field: 'a@x.example, B <b@x.example>;',
    read: [
      ['', 'a@x.example'],
      ['B', 'b@x.example'],
    ],
  },
  {
    field: 'Team: a@x.example, B <b@x.example>;',
    read: [
      ['', 'a@x.example'],
      ['B', 'b@x.example'],
    ],
  },
  { field: 'undisclosed-recipients:;', read: [] },
  { field: '', read: [] },
  { field: '<ada@reporter.example>', read: [['', 'ada@reporter.example']] },
  { field: '"ada@evil.example" <ada@reporter.example>', read: [['ada@evil.example', 'ada@reporter.example']] },
  // An encoded word can hold any text, but it is decoded after the structure is known.
  { field: '=?utf-8?q?=3Ceve=40evil.example=3E=2C?= <ada@reporter.example>', read: [['<eve@evil.example>,', 'ada@reporter.example']] },
  { field: '<ada@reporter.example> <eve@evil.example>', read: [], unfitting: 1 },
  { field: '<ada@reporter.example> eve@evil.example', read: [], unfitting: 1 },
  { field: '"ada@reporter.example"', read: [], unfitting: 1 },
  { field: '"ada"@reporter.example', read: [], unfitting: 1 },
  { field: 'evil: ada@reporter.example', read: [], unfitting: 1 },
  { field: 'ada@reporter.example>', read: [], unfitting: 1 },
  { field: 'Ada <ada@reporter.example', read: [], unfitting: 1 },
  { field: '"Ada <ada@reporter.example>', read: [], unfitting: 1 },
  { field: 'Ada (Lovelace <ada@reporter.example>', read: [], unfitting: 1 },
  { field: 'Ada <ada@reporter.example\u0000>', read: [], unfitting: 1 },
  { field: 'Whomever', read: [], unfitting: 1 },
];

for (const { field, read, unfitting = 0 } of lists) {
  test(`the field ${JSON.stringify(field)} names ${read.length} mailboxes`, () => {
    const found = mailboxes(field);
    assert.deepEqual(
      found.fitting.map(({ name, address }) => [name, address]),
      read,
    );
    assert.equal(found.unfitting, unfitting);
  });
}

test('L-50 a field of opening marks is read in linear time', () => {
  for (const unit of ['"\\"', '<(', '((', '"', '(\\', ',,', ': ']) {
    const field = unit.repeat(500_000);
    assert.ok(processorTime(() => mailboxes(field)) < 2_000, `${unit} took too long`);
  }
});

test('L-53 one line of text holds no control, direction or zero-width characters', () => {
  assert.equal(oneLine('a\r\n b\u202ec\u0000d\u200be\ufeff\u001b[31m', 100), 'a bcde [31m');
  assert.equal(oneLine('x'.repeat(50), 10), `${'x'.repeat(9)}…`);
  assert.equal(oneLine('\ud800x', 10), '\ufffdx');
});

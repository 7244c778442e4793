// SPDX-License-Identifier: Apache-2.0
// What every relay must do, whatever stands behind it.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { OutsideFailure } from '../../src/ports/failure.ts';
import type { OutgoingMail, Relay } from '../../src/ports/relay.ts';

/** One relay whose outside misbehaves as asked, and what reached the other side. */
export interface RelayUnderTest {
  readonly relay: Relay;
  /** Envelope recipients of the messages that were taken, one entry for each message. */
  readonly taken: () => readonly (readonly string[])[];
  /** Whether anything at all was said to the outside. */
  readonly disturbed: () => boolean;
}

/** How the outside behaves. */
export type Outside =
  | 'well'
  | 'busy greeting'
  | 'defers sender'
  | 'defers recipient'
  | 'refuses recipient'
  | 'defers message'
  | 'refuses message'
  | 'drops in data'
  | 'drops after data'
  | 'drops after 250'
  | 'silent'
  | 'not there';

export const outgoing: OutgoingMail = {
  messageId: '<notice.1@project.example>',
  date: '2026-03-02T10:00:00.000Z',
  from: { name: 'Project Security', address: 'security@project.example' },
  to: { name: 'Ada Lovelace', address: 'ada@reporter.example' },
  envelopeFrom: 'reports+0123456789abcdefghjkmnpqrs@project.example',
  subject: '[tidal-heron] Question',
  text: 'Which version is it?\n',
  headers: { 'Auto-Submitted': 'auto-generated' },
};

const outcomes: readonly (readonly [Outside, 'sent' | 'temporary' | 'permanent'])[] = [
  ['well', 'sent'],
  ['busy greeting', 'temporary'],
  ['defers sender', 'temporary'],
  ['defers recipient', 'temporary'],
  ['refuses recipient', 'permanent'],
  ['defers message', 'temporary'],
  ['refuses message', 'permanent'],
  ['drops in data', 'temporary'],
  ['drops after data', 'temporary'],
  ['drops after 250', 'sent'],
  ['silent', 'temporary'],
  ['not there', 'temporary'],
];

/** Mails that no relay may try to send (L-48). */
const unsafe: readonly (readonly [string, Partial<OutgoingMail>])[] = [
  ['a line end in the recipient', { to: { name: '', address: 'ada@reporter.example\r\nRCPT TO:<eve@evil.example>' } }],
  ['a quoted local part', { to: { name: '', address: '"ada@evil.example"@reporter.example' } }],
  ['a comment in the recipient', { to: { name: '', address: 'ada(x)@reporter.example' } }],
  ['two recipients in one', { to: { name: '', address: 'ada@reporter.example,eve@evil.example' } }],
  ['a recipient in angle brackets', { to: { name: '', address: '<ada@reporter.example>' } }],
  ['an international domain that was not converted', { to: { name: '', address: 'ada@bücher.example' } }],
  ['an address literal', { to: { name: '', address: 'ada@[192.0.2.1]' } }],
  ['an over-long local part', { to: { name: '', address: `${'a'.repeat(65)}@reporter.example` } }],
  ['an over-long domain', { to: { name: '', address: `ada@${'a.'.repeat(128)}example` } }],
  ['a line end in a name', { from: { name: 'x\r\nBcc: eve@evil.example', address: 'security@project.example' } }],
  ['a line end in the envelope sender', { envelopeFrom: 'a@project.example>\r\nRCPT TO:<eve@evil.example' }],
  ['a line end in the subject', { subject: 'x\r\nBcc: eve@evil.example' }],
  ['a line end in a header', { headers: { 'List-Id': 'x\r\nBcc: eve@evil.example' } }],
  ['a header name that is none', { headers: { 'X: y\r\nBcc': 'eve@evil.example' } }],
  ['a second recipient field', { headers: { Bcc: 'eve@evil.example' } }],
  ['a line end in a message id', { inReplyTo: '<a@b>\r\nBcc: eve@evil.example' }],
  ['a date that is none', { date: 'tomorrow' }],
];

/** Registers the suite against the relays that `make` gives. */
export function relayContract(name: string, make: (outside: Outside) => Promise<RelayUnderTest>): void {
  for (const [outside, outcome] of outcomes) {
    test(`relay ${name}: when the other side behaves like "${outside}" the mail is ${outcome}`, async () => {
      const under = await make(outside);
      const result = await under.relay.send(outgoing).then(
        () => 'sent',
        (failure: unknown) => {
          assert.ok(failure instanceof OutsideFailure, String(failure));
          assert.doesNotMatch(failure.message, /@/, 'a failure names no address');
          return failure.lasting;
        },
      );
      assert.equal(result, outcome);
      assert.equal(under.taken().length, outcome === 'sent' ? 1 : 0);
    });
  }

  for (const [what, part] of unsafe) {
    test(`L-48 relay ${name}: ${what} is a permanent failure before anything is said`, async () => {
      const under = await make('well');
      await assert.rejects(
        under.relay.send({ ...outgoing, ...part }),
        (failure) => failure instanceof OutsideFailure && failure.lasting === 'permanent',
      );
      assert.equal(under.disturbed(), false);
      assert.deepEqual(under.taken(), []);
    });
  }

  test(`L-36 relay ${name}: 200 mails are 200 messages with one recipient each`, async () => {
    const under = await make('well');
    const addresses = Array.from({ length: 200 }, (_, index) => `vendor${index}@downstream.example`);
    for (const address of addresses) await under.relay.send({ ...outgoing, messageId: `<notice.${address}>`, to: { name: '', address } });
    assert.deepEqual(
      under.taken(),
      addresses.map((address) => [address]),
    );
  });
}

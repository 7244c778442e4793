// SPDX-License-Identifier: Apache-2.0
// Our own secrets are known wherever they turn up, by their form alone, and nothing else is taken for one.

import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import { test } from 'node:test';
import fc from 'fast-check';
import { hasForm, newSecret, type SecretKind, secretsIn, withoutSecrets } from '../../src/app/sign-in/tokens.ts';

const kinds: readonly SecretKind[] = ['session', 'enrolment', 'return-key', 'reporter-link', 'reporter-session', 'api-token'];

test('L-32 every kind of secret is found in any text by its prefix and checksum, and struck', () => {
  fc.assert(
    fc.property(fc.constantFrom(...kinds), fc.string(), fc.string(), (kind, before, after) => {
      const secret = newSecret(kind, randomBytes);
      const text = `${before} ${secret}\n${after}`;
      assert.ok(hasForm(kind, secret));
      const found = secretsIn(text).filter((one) => one.token === secret);
      assert.deepEqual(
        found.map((one) => one.kind),
        [kind],
      );
      assert.ok(!withoutSecrets(text, secretsIn(text)).includes(secret));
    }),
  );
});

test('L-32 a secret with one letter changed is none of ours: the checksum tells', () => {
  for (const kind of kinds)
    for (let round = 0; round < 200; round++) {
      const secret = newSecret(kind, randomBytes);
      const at = 4 + (round % (secret.length - 4));
      const other = secret[at] === '0' ? '1' : '0';
      const slip = secret.slice(0, at) + other + secret.slice(at + 1);
      assert.ok(!hasForm(kind, slip), slip);
      assert.deepEqual(secretsIn(`Bearer ${slip}`), []);
    }
});

test('L-32 reply addresses are found where they stand, a word of 32 letters alone is not taken for one', () => {
  const word = '0123456789abcdefghjkmnpqrstvwxyz';
  assert.deepEqual(
    secretsIn(`https://x.example/libvirt/${word} and reports+${word.toUpperCase()}@reply.example, commit ${word}`).map(
      ({ kind, token }) => [kind, token],
    ),
    [['reply-address', word]],
  );
});

test('a secret has 128 random bits or more', () => {
  const asked: number[] = [];
  const counted = (bytes: number) => {
    asked.push(bytes);
    return randomBytes(bytes);
  };
  for (const kind of kinds) newSecret(kind, counted);
  assert.ok(asked.length === kinds.length && asked.every((bytes) => bytes * 8 >= 128), String(asked));
});

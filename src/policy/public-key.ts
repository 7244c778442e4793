// SPDX-License-Identifier: Apache-2.0
// An armoured OpenPGP public key as it stands in a policy file (RFC 9580 section 6). Messages never repeat it: a key that was pasted by mistake may be a secret one.

import { z } from 'zod';
import { expected, refuse } from './shapes.ts';

const armor =
  /^-----BEGIN PGP PUBLIC KEY BLOCK-----\n(?:[!-9;-~]+: [ -~]*\n)*\n((?:[A-Za-z0-9+/]{1,76}\n)*[A-Za-z0-9+/]{0,76}={0,2}\n)(?:=[A-Za-z0-9+/]{4}\n)?-----END PGP PUBLIC KEY BLOCK-----\n$/;
const anArmoredKey = 'an armoured public key, as `gpg --armor --export` writes it, with a `|` before it';
const tooLong = 64 * 1024;

/** One armoured block, LF line ends. Whether it holds a key that can sign is found by who has an OpenPGP library (app/signing-keys.ts). */
export const publicKey = z
  .string({ error: ({ input }) => expected(anArmoredKey)({ input: typeof input === 'object' ? undefined : input }) })
  .transform((given, context): string => {
    const text = `${given.replaceAll(/[ \t\r]*\n/g, '\n').trim()}\n`;
    if (text.includes('PRIVATE KEY BLOCK')) return refuse(context, isSecret);
    if (text.length > tooLong) return refuse(context, ' is longer than 65536 characters.');
    const body = armor.exec(text)?.[1];
    if (body === undefined) return refuse(context, ` is not ${anArmoredKey}.`);
    const [head = 0] = Buffer.from(body.replaceAll('\n', ''), 'base64');
    return refusedTag(tagOf(head)) === undefined ? text : refuse(context, refusedTag(tagOf(head)) ?? '');
  });

const isSecret =
  ' is a secret key, and a policy is public: whoever reads it can sign. Take it out, revoke it, and name the public key of another.';

/** RFC 9580 section 4.2: the type of the first packet, in either form of its head. */
function tagOf(head: number): number {
  return (head & 0x40) === 0 ? (head >> 2) & 0x0f : head & 0x3f;
}

/** RFC 9580 section 5: 5 is a secret key, whatever the line above it says; 6 a public one. */
function refusedTag(tag: number): string | undefined {
  if (tag === 5) return isSecret;
  return tag === 6 ? undefined : ` is not ${anArmoredKey}.`;
}

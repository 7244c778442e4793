// SPDX-License-Identifier: Apache-2.0
// Which cryptography there is: one hash, one cipher in one file, randomness of the machine; whatever else somebody adds is found here first.

import assert from 'node:assert/strict';
import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { projectRoot } from './support/embedded.ts';

interface Source {
  readonly path: string;
  readonly text: string;
}

const sources: readonly Source[] = globSync('src/**/*.{ts,tsx,js}', { cwd: projectRoot }).map((path) => ({
  path,
  text: readFileSync(join(projectRoot, path), 'utf8'),
}));

/** Each use of node:crypto that names an algorithm, with what it names. */
function named(all: readonly Source[]): readonly string[] {
  return all.flatMap(({ path, text }) =>
    Array.from(
      text.matchAll(
        /\b(createHash|createHmac|hkdfSync|hkdf|pbkdf2Sync|pbkdf2|createCipheriv|createSign|createVerify)\(([^;]*?)\)(?=[;.,)\s])/g,
      ),
      ([, call = '', words = '']) => `${path}: ${call} ${/'([a-z0-9-]+)'(?!.*'[a-z]+\d+')/.exec(words)?.[1] ?? words.split(',')[0]}`,
    ),
  );
}

/** SHA-256 in every use, and AES-256-GCM where contents are sealed. */
function strange(all: readonly Source[]): readonly string[] {
  const approved = /: (createHash|createHmac|hkdfSync|pbkdf2Sync) sha256$/;
  return named(all).filter((use) => !approved.test(use) && use !== 'src/adapters/postgres/seal.ts: createCipheriv cipher');
}

test('the only hash is SHA-256 and the only cipher AES-256-GCM, in one file', () => {
  assert.ok(named(sources).length >= 15, named(sources).join('\n'));
  assert.deepEqual(strange(sources), []);
  const seal = sources.find(({ path }) => path === 'src/adapters/postgres/seal.ts')?.text ?? '';
  assert.match(seal, /^const cipher = 'aes-256-gcm';$/m);
  assert.match(seal, /^const nonceLength = 12;\nconst tagLength = 16;$/m);
  const elsewhere = sources.filter(({ path, text }) => /aes-|Cipheriv\(|\bcrypto\.subtle\b/.test(text) && !path.endsWith('seal.ts'));
  assert.deepEqual(
    elsewhere.map(({ path }) => path),
    [],
  );
});

test('a planted hash, cipher or mode is found', () => {
  const planted = [
    { path: 'a.ts', text: "const id = createHash('md5').update(text);" },
    { path: 'b.ts', text: "createHmac('sha1', key).digest();" },
    { path: 'c.ts', text: "const encryption = createCipheriv('aes-256-ecb', key, null);" },
    { path: 'd.ts', text: "const hash = createHash('sha256').update(text);" },
  ];
  assert.deepEqual(strange(planted), ['a.ts: createHash md5', 'b.ts: createHmac sha1', 'c.ts: createCipheriv aes-256-ecb']);
});

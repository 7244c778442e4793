// SPDX-License-Identifier: Apache-2.0
// Which cryptography there is: one hash, one cipher in two files, randomness of the machine; whatever else somebody adds is found here first.

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

/** Where contents are sealed, and where a form waits under a key that its sender's browser holds. */
const sealing = ['src/adapters/postgres/seal.ts', 'src/app/sign-in/parked.ts'];

/** SHA-256 in every use, and AES-256-GCM where something is sealed. */
function strange(all: readonly Source[]): readonly string[] {
  const approved = /: (createHash|createHmac|hkdfSync|pbkdf2Sync) sha256$/;
  // CSAF 2.0 section 7.1.18 lets a provider choose between the two; who downloads may know only the longer one.
  const ofDownloads = 'src/site/document-files.ts: createHash sha512';
  return named(all).filter(
    (use) => !approved.test(use) && use !== ofDownloads && !sealing.some((path) => use === `${path}: createCipheriv cipher`),
  );
}

test('the only hash is SHA-256 and the only cipher AES-256-GCM, in the two files that seal', () => {
  assert.ok(named(sources).length >= 15, named(sources).join('\n'));
  assert.deepEqual(strange(sources), []);
  for (const path of sealing) {
    const text = sources.find((one) => one.path === path)?.text ?? '';
    assert.match(text, /^const cipher = 'aes-256-gcm';$/m);
    assert.match(text, /^const nonceLength = 12;\nconst tagLength = 16;$/m);
  }
  const elsewhere = sources.filter(({ path, text }) => /aes-|Cipheriv\(|\bcrypto\.subtle\b/.test(text) && !sealing.includes(path));
  assert.deepEqual(
    elsewhere.map(({ path }) => path),
    [],
  );
});

/** Comparisons by `===` of what is called a secret with anything but a literal: how long they take tells how much was right. */
function compared(all: readonly Source[]): readonly string[] {
  const secret = /(?:token|secret|csrf|challenge|verifier|nonce|browser|session|password)s?(?:Hash)?$/i;
  const literal = /^(?:''|""|'[^']*'|null|undefined|true|false|\d+|typeof)$/;
  return all.flatMap(({ path, text }) =>
    text.split('\n').flatMap((line, index) =>
      [...line.matchAll(/([\w.?]+(?:\[['\w]+\])?)(\([^()]*\))?\s*[!=]==\s*('[^']*'|[\w.?]+(?:\[['\w]+\])?)/g)].flatMap(
        ([found, left = '', , right = '']) => {
          const names = [left, right].map((side) => side.replace(/\['?(\w+)'?\]$/, '.$1'));
          const isSecret = names.some((name) => secret.test(name.split('.').at(-1) ?? ''));
          return isSecret && !names.some((name) => literal.test(name)) && !/typeof /.test(line) ? [`${path}:${index + 1}: ${found}`] : [];
        },
      ),
    ),
  );
}

test('L-24 no secret is compared by ===: it is looked up by its hash, or compared in constant time', () => {
  assert.deepEqual(compared(sources.filter(({ path }) => !path.includes('/assets/'))), []);
  const planted = (text: string) => compared([{ path: 'a.ts', text }]).length;
  assert.equal(planted("if (given === token) open();\nif (row.tokenHash !== hash) no();\nreturn data['csrf'] === sent;"), 3);
  assert.equal(planted("if (session === '') none();\nif (token === undefined) none();\nif (typeof token !== 'string') none();"), 0);
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

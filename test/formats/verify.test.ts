// SPDX-License-Identifier: Apache-2.0
// `daylight verify DIR`: published files as they were signed pass, and a byte that differs is found wherever it stands.

import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { createHash, randomInt } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, describe, test } from 'node:test';
import { generateProjectKey, openpgpSigner } from '../../src/adapters/openpgp/signer.ts';
import { openpgpVerifier } from '../../src/adapters/openpgp/verifier.ts';
import { draftsOf, signedDocuments } from '../../src/app/documents.ts';
import { verify } from '../../src/cli/verify.ts';
import { type Instant, instant } from '../../src/core/model/time.ts';
import { type FormatName, formats } from '../../src/formats/index.ts';
import { builtInPublisher, type Publisher } from '../../src/formats/publisher.ts';
import { filesOf, manifestName, manifestOf } from '../../src/site/document-files.ts';
import { goldens } from './places.ts';

const folder = mkdtempSync(join(tmpdir(), 'daylight-verify-'));
after(() => rmSync(folder, { recursive: true, force: true }));

const now = instant('2026-11-20T10:00:00Z');
const ends = instant('2026-12-20T09:00:00Z');
const pair = await generateProjectKey({
  name: 'Heron',
  email: 'security@heron.example',
  now: '2026-11-20T09:00:00Z',
  expiresAfterDays: 30,
});
const site = await signedSite(now, ['text', 'html', 'lsn', 'csaf', 'osv', 'markdown', 'openvex', 'advisory']);

/** As the site is written: every document with what proves it, the key, a page, and the list of all. */
async function signedSite(at: Instant, names: readonly FormatName[]): Promise<ReadonlyMap<string, Uint8Array>> {
  const signer = await openpgpSigner({ privateKeyArmored: pair.privateKeyArmored, clock: { now: () => at } });
  const read = formats.advisory.read(readFileSync(join(goldens, '01-open-descriptor', 'advisory.json')));
  assert.ok(read.ok);
  const publisher = builtInPublisher('libvirt-2023') as Publisher;
  const documents = await signedDocuments(read.advisory, publisher, draftsOf(read.advisory, publisher, names).made, signer);
  const files = [
    ...documents.flatMap((one) => filesOf(one, one.file)),
    { path: 'key.asc', bytes: new TextEncoder().encode(pair.publicKeyArmored) },
    { path: 'assets/daylight.css', bytes: new TextEncoder().encode('body {}\n') },
  ];
  return new Map([...files, manifestOf(files)].map(({ path, bytes }) => [path, bytes]));
}

async function run(files: ReadonlyMap<string, Uint8Array>, args: readonly string[] = [], path = '.', at: Instant = now) {
  const out: string[] = [];
  const err: string[] = [];
  const readFile = async (file: string) => {
    const bytes = files.get(file);
    if (bytes === undefined) throw new Error(`no such file: ${file}`);
    return bytes;
  };
  const exit = await verify([path, ...args], {
    out: (line) => out.push(line),
    err: (line) => err.push(line),
    readFile,
    readPath: async (file) => new TextDecoder().decode(await readFile(file)),
    filesBelow: async (below) => (below === '.' ? [...files.keys()].sort() : undefined),
    verifier: openpgpVerifier,
    now: () => at,
  });
  return { exit, out: out.join('\n'), err: err.join('\n') };
}

/** The same files with one bit of one of them changed. */
function flipped(path: string, place: number, files = site): ReadonlyMap<string, Uint8Array> {
  const bytes = files.get(path) as Uint8Array;
  return new Map([...files, [path, bytes.with(place, (bytes[place] as number) ^ (1 << (place % 8)))]]);
}

describe('VMT-44 daylight verify', () => {
  test('what was published passes, and says with which key', async () => {
    const { exit, out, err } = await run(site);
    assert.deepEqual([exit, err], [0, '']);
    assert.match(out, new RegExp(`key: ${pair.fingerprint}, Heron <security@heron\\.example>, valid to 2026-12-20`));
    assert.match(out, /\[ok\] signatures: 8\n\[ok\] hashes: 16\n\[ok\] list of all files: compared/);
    assert.equal((await run(site, ['--fingerprint', pair.fingerprint])).exit, 0);
    assert.match((await run(site, ['--fingerprint', '0'.repeat(40)])).err, /fingerprint is/);
  });

  test('one file is checked with what lies beside it', async () => {
    assert.match((await run(site, [], 'LSN-2020-0003.csaf.json')).out, /signatures: 1\n\[ok\] hashes: 2/);
    const other = await run(flipped('LSN-2020-0003.csaf.json', 40), [], 'LSN-2020-0003.csaf.json');
    assert.equal(other.exit, 1);
    assert.equal((await run(site, [], 'LSN-2026-0009.txt')).exit, 3);
    assert.match((await run(new Map([['a.txt', new Uint8Array(3)]]))).err, /nothing here to verify/);
  });

  test('a flipped byte is found in one file of each kind, and in 200 random places', async (t) => {
    for (const path of site.keys()) {
      const { exit, err } = await run(flipped(path, Math.floor((site.get(path)?.length ?? 0) / 2)));
      assert.equal(exit, 1, path);
      assert.ok(err.includes(path) || path === manifestName, `${path}: ${err}`);
    }
    const seed = process.env['DAYLIGHT_SEED'] ?? String(randomInt(1_000_000));
    t.diagnostic(`seed ${seed}; DAYLIGHT_SEED=${seed} takes the same places again`);
    const small = await signedSite(now, ['text', 'csaf']);
    for (let count = 0; count < 200; count++) {
      const drawn = createHash('sha256').update(`${seed} ${count}`).digest();
      const path = [...small.keys()][drawn.readUInt32BE(0) % small.size] as string;
      const place = drawn.readUInt32BE(4) % (small.get(path) as Uint8Array).length;
      assert.equal((await run(flipped(path, place, small))).exit, 1, `${path}, byte ${place}`);
    }
  });

  test('the signatures alone find a changed document where there is no list and no hash', async () => {
    const signed = (files: ReadonlyMap<string, Uint8Array>) =>
      new Map([...files].filter(([path]) => path !== manifestName && !path.endsWith('.sha256') && !path.endsWith('.sha512')));
    assert.equal((await run(signed(site))).exit, 0);
    for (const path of [...site.keys()].filter((one) => /^LSN.*\.(?:txt|html|xml|json|md)$/.test(one)))
      assert.equal((await run(signed(flipped(path, 120)))).exit, 1, path);
    const more = new Map([
      ...signed(site),
      ['LSN-2020-0003.txt', Buffer.concat([site.get('LSN-2020-0003.txt') ?? Buffer.alloc(0), Buffer.from('more\n')])],
    ]);
    assert.match((await run(more)).err, /Something follows the signature/);
  });

  test('what a key signed before it ended stays signed, and what it signs after does not count', async () => {
    const later = instant('2028-01-01T00:00:00Z');
    const { exit, out } = await run(site, [], '.', later);
    assert.equal(exit, 0);
    assert.match(out, /ended on 2026-12-20: what it signed before counts/);
    const bytes = new TextEncoder().encode('late');
    const keys = await openpgpVerifier.keys(pair.publicKeyArmored);
    assert.deepEqual(
      keys.map(({ expires }) => expires),
      [ends],
    );
    const before = await openpgpSigner({ privateKeyArmored: pair.privateKeyArmored, clock: { now: () => now } });
    assert.deepEqual(await openpgpVerifier.detached(bytes, await before.detach(bytes), keys), { at: now, fingerprint: pair.fingerprint });
    const other = await openpgpVerifier.detached(bytes, await before.detach(new Uint8Array(4)), keys);
    assert.ok('fault' in other);
  });

  for (const [program, args] of [
    ['gpg', (home: string) => ['--homedir', home, '--batch', '--faked-system-time', '20261121T000000', '--verify']],
    ['sqv', (home: string) => ['--keyring', join(home, 'key.asc')]],
  ] as const) {
    test(`${program} verifies every detached signature`, { skip: installed(program) }, () => {
      for (const [path, bytes] of site) if (!path.includes('/')) writeFileSync(join(folder, path), bytes, { mode: 0o600 });
      if (program === 'gpg') spawnSync('gpg', ['--homedir', folder, '--batch', '--import', join(folder, 'key.asc')]);
      for (const path of [...site.keys()].filter((one) => one.endsWith('.asc') && one !== 'key.asc')) {
        const said = spawnSync(program, [...args(folder), join(folder, path), join(folder, path.slice(0, -4))], { encoding: 'utf8' });
        assert.equal(said.status, 0, `${path}: ${said.stderr}`);
      }
    });
  }
});

function installed(program: string): string | false {
  return spawnSync(program, ['--version']).status === 0 ? false : `${program} is not installed`;
}

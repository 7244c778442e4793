// SPDX-License-Identifier: Apache-2.0
// Signatures of people's own keys: gpg and sq make them, the program takes those that hold and no others, and gpg, sq and sqv verify what is published then.

import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, describe, test } from 'node:test';
import { openpgpVerifier } from '../../src/adapters/openpgp/verifier.ts';
import { unsignedDocuments } from '../../src/app/documents.ts';
import { offByADay, signedNow, withSignature } from '../../src/app/signing.ts';
import { tar } from '../../src/app/tar.ts';
import type { CaseId } from '../../src/core/model/identifiers.ts';
import { instant } from '../../src/core/model/time.ts';
import { formats } from '../../src/formats/index.ts';
import { builtInPublisher } from '../../src/formats/publisher.ts';
import { gpgKey, sqKey, verdicts, withoutPrograms } from '../support/person-keys.ts';
import { goldens } from './places.ts';

const made = '2026-11-02T08:00:00Z';
const hour = '2026-11-02T09:00:00Z';
const publisher = builtInPublisher('libvirt-2023');

function advisory() {
  const read = formats.advisory.read(readFileSync(join(goldens, '01-open-descriptor', 'advisory.json')));
  assert.ok(read.ok);
  return read.advisory;
}

describe('VMT-44 signatures of a person’s own key', { skip: withoutPrograms }, () => {
  const undo: (() => void)[] = [];
  after(() => {
    for (const one of undo) one();
  });
  const later = (done: () => void) => undo.push(done);
  const setUp = async () => {
    assert.ok(publisher !== undefined);
    const ada = gpgKey(later, 'ada', made, 30);
    const ben = sqKey(later, 'ben', made);
    const eve = gpgKey(later, 'eve', made);
    const keys = (await Promise.all([ada, ben].map((one) => openpgpVerifier.keys(one.publicKey)))).flat();
    const names = ['text', 'html', 'lsn', 'csaf', 'advisory'] as const;
    const drafts = names.map((format) => {
      const written = formats[format].write(advisory(), publisher, []);
      assert.ok(written.ok);
      return { format, text: written.text, losses: [], remarks: [] };
    });
    const rendered = unsignedDocuments(advisory(), publisher, drafts, true);
    const one = (format: string) => {
      const found = rendered.find((document) => document.format === format);
      assert.ok(found !== undefined, format);
      return found;
    };
    return { ada, ben, eve, keys, rendered, text: one('text'), page: one('html'), xml: one('lsn') };
  };
  let before: ReturnType<typeof setUp> | undefined;
  const all = () => {
    before ??= setUp();
    return before;
  };

  test('the keys are read with their ends, and as one file they are the same keys', async () => {
    const { ada, ben, keys } = await all();
    assert.deepEqual(
      keys.map(({ fingerprint }) => fingerprint),
      [ada.fingerprint, ben.fingerprint],
    );
    assert.deepEqual(keys.map(({ algorithm, signs, revoked, expires }) => [algorithm, signs, revoked, expires?.slice(0, 10)]).slice(0, 1), [
      ['Ed25519', true, false, '2026-12-02'],
    ]);
    const ring = await openpgpVerifier.ring(keys.map(({ armored }) => armored));
    assert.equal(ring.split('BEGIN PGP PUBLIC KEY BLOCK').length, 2);
    assert.deepEqual(
      (await openpgpVerifier.keys(ring)).map(({ fingerprint }) => fingerprint),
      [ada.fingerprint, ben.fingerprint],
    );
    assert.deepEqual(await openpgpVerifier.keys(ada.publicKey.slice(0, 200)), []);
  });

  test('what gpg and sq sign is taken, and gpg, sq and sqv verify it with the published keys', async () => {
    const { ada, ben, keys, text, page } = await all();
    const check = verdicts(later, await openpgpVerifier.ring(keys.map(({ armored }) => armored)), '2026-11-20T00:00:00Z');
    for (const key of [ada, ben]) {
      const clear = await withSignature(openpgpVerifier, text, key.sign('clearsign', text.bytes, hour), keys);
      assert.ok(!('fault' in clear), JSON.stringify(clear));
      assert.deepEqual([clear.at, clear.fingerprint], [instant(hour), key.fingerprint]);
      assert.notEqual(clear.document.sha256, text.sha256);
      const said = check.clear(new TextDecoder().decode(clear.document.bytes));
      assert.deepEqual([said.gpg.status, said.sq.status], [0, 0], said.gpg.said + said.sq.said);
      const apart = await withSignature(openpgpVerifier, page, key.sign('detached', page.bytes, hour), keys);
      assert.ok(!('fault' in apart), JSON.stringify(apart));
      assert.deepEqual(apart.document.bytes, page.bytes);
      const heard = check.detached(apart.document.bytes, apart.document.signature ?? '');
      assert.deepEqual([heard.gpg.status, heard.sqv.status], [0, 0], heard.gpg.said + heard.sqv.said);
    }
  });

  test('another key, another file, another text, another kind and a key that had ended are refused', async () => {
    const { ada, eve, keys, text, page, xml } = await all();
    const faults: readonly (readonly [string, Promise<object>])[] = [
      ['another key', withSignature(openpgpVerifier, page, eve.sign('detached', page.bytes, hour), keys)],
      ['another file', withSignature(openpgpVerifier, page, ada.sign('detached', xml.bytes, hour), keys)],
      ['another text', withSignature(openpgpVerifier, text, ada.sign('clearsign', Buffer.from('Another text.\n'), hour), keys)],
      ['apart where inside is asked', withSignature(openpgpVerifier, text, ada.sign('detached', text.bytes, hour), keys)],
      ['inside where apart is asked', withSignature(openpgpVerifier, page, ada.sign('clearsign', text.bytes, hour), keys)],
      ['a key that had ended', withSignature(openpgpVerifier, page, ada.sign('detached', page.bytes, '2027-01-20T09:00:00Z'), keys)],
      ['words before it', withSignature(openpgpVerifier, text, `Read this.\n${ada.sign('clearsign', text.bytes, hour)}`, keys)],
      ['no signature', withSignature(openpgpVerifier, page, 'nothing', keys)],
    ];
    for (const [what, answer] of faults) assert.ok('fault' in (await answer), what);
    const cut = ada.sign('clearsign', text.bytes, hour).replace('descriptor', 'descriptors');
    assert.ok('fault' in (await withSignature(openpgpVerifier, text, cut, keys)), 'a text that was touched afterwards');
  });

  test('the page tells no hash that hangs on a signature, and what was signed before is not asked for again', async () => {
    const { ada, keys, rendered, text, page, xml } = await all();
    const shown = new TextDecoder().decode(page.bytes);
    assert.ok(shown.includes(xml.sha256) && !shown.includes(text.sha256));
    const one = { case: 'case' as CaseId, number: 'LSN-2020-0003', version: 1, title: '', preparedAt: instant(hour) };
    const signed = await Promise.all(
      [text, xml].map(async (document) => {
        const how = document.format === 'text' ? 'clearsign' : 'detached';
        const taken = await withSignature(openpgpVerifier, document, ada.sign(how, document.bytes, hour), keys);
        assert.ok(!('fault' in taken));
        return { ...taken.document, ...one };
      }),
    );
    const changed = rendered.map((document) =>
      document === xml ? { ...xml, bytes: Buffer.from(`${Buffer.from(xml.bytes)}<!-- -->`) } : document,
    );
    const again = await signedNow({ verifier: openpgpVerifier }, { by: 'people', keys }, changed, signed);
    assert.ok(!again.unsigned?.includes(text.file), 'the same bytes keep their signature');
    assert.ok(again.unsigned?.includes(xml.file), 'what changed is asked for');
    assert.equal(again.documents.find(({ file }) => file === text.file)?.sha256, signed[0]?.sha256);
    const others = await signedNow({ verifier: openpgpVerifier }, { by: 'people', keys: keys.slice(1) }, rendered, signed);
    assert.equal(others.unsigned?.length, rendered.length, 'a key that is named no more counts no more');
  });
});

test('a signer’s clock may be off by hours, and not by a day', () => {
  const at = instant(hour);
  const off = (when: string) => offByADay(instant(when), at, at);
  assert.deepEqual(['2026-11-01T09:30Z', '2026-11-02T09:30Z', '2026-11-03T08:30Z'].map(off), [false, false, false]);
  assert.deepEqual(['2026-11-01T08:30Z', '2026-11-03T09:30Z'].map(off), [true, true]);
});

test('an archive holds each file byte for byte, whatever its length, and the same files make the same archive', () => {
  const files = [0, 1, 511, 512, 513].map((length) => ({ name: `tidal-heron/${length}.txt`, bytes: new Uint8Array(length).fill(65) }));
  const archive = tar(files, 1_000_000);
  assert.deepEqual(tar(files, 1_000_000), archive);
  assert.equal(archive.length % 512, 0);
  let at = 0;
  for (const { name, bytes } of files) {
    assert.equal(Buffer.from(archive.subarray(at, at + name.length)).toString(), name);
    assert.equal(Number.parseInt(Buffer.from(archive.subarray(at + 124, at + 135)).toString(), 8), bytes.length);
    assert.deepEqual(archive.subarray(at + 512, at + 512 + bytes.length), bytes);
    at += 512 + Math.ceil(bytes.length / 512) * 512;
  }
  assert.throws(() => tar([{ name: 'x'.repeat(101), bytes: new Uint8Array() }], 0), RangeError);
});

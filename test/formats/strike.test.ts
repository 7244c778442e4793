// SPDX-License-Identifier: Apache-2.0
// Striking out: whatever passages are hidden, nothing of them and nothing of their length is left, and everything else stands to the letter.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { metadataIn, withoutMetadata } from '../../src/app/file-metadata.ts';
import { fits, markOf, placesOf, type Span, struckOut } from '../../src/app/strike.ts';

const mark = markOf('tokens');

test('QEMU-28 the mark is the same for one character and for a thousand', () => {
  const short = struckOut('a b c', [{ why: 'tokens', spans: [[2, 3]] }]);
  const long = struckOut(`a ${'x'.repeat(1000)} c`, [{ why: 'tokens', spans: [[2, 1002]] }]);
  assert.equal(short, `a ${mark} c`);
  assert.equal(long, short);
});

test('QEMU-28 passages that touch or overlap become one mark, and so tell nothing of where one ends', () => {
  const apart = struckOut('abcdef', [
    { why: 'tokens', spans: [[1, 2]] },
    { why: 'personal_data', spans: [[2, 4]] },
  ]);
  assert.equal(apart, `a${mark}ef`);
  assert.equal(
    struckOut('abcdef', [
      { why: 'tokens', spans: [[1, 4]] },
      { why: 'tokens', spans: [[2, 3]] },
    ]),
    `a${mark}ef`,
  );
});

test('QEMU-28 over any text and any passages: what is outside them stays, in order, and what is inside is gone', () => {
  const span = fc.tuple(fc.nat(40), fc.integer({ min: 1, max: 8 })).map(([from, length]): Span => [from, from + length]);
  fc.assert(
    fc.property(fc.string({ unit: 'grapheme', minLength: 1, maxLength: 40 }), fc.array(span, { maxLength: 5 }), (text, drawn) => {
      const spans = drawn.filter((one) => fits(text, one));
      const kept = [...text].map((character, index) => (spans.some(([from, to]) => index >= from && index < to) ? null : character));
      const expected = kept.map((one, index) => one ?? (index === 0 || kept[index - 1] !== null ? mark : '')).join('');
      const made = struckOut(text, [{ why: 'tokens', spans }]);
      const touching = spans.some(([, to]) => spans.some(([from]) => from === to));
      if (!touching) assert.equal(made, expected);
      assert.equal(made.split(mark).join('').length <= text.length, true);
    }),
  );
});

test('QEMU-28 a passage is found wherever it stands, counted in characters and not in halves of them', () => {
  assert.deepEqual(placesOf('💥 key 💥 key', 'key'), [
    [2, 5],
    [8, 11],
  ]);
  assert.deepEqual(placesOf('aaaa', 'aa'), [
    [0, 2],
    [2, 4],
  ]);
  assert.deepEqual(placesOf('nothing', 'else'), []);
});

const chunk = (name: string, data: Buffer) => {
  const length = Buffer.alloc(4);
  length.writeUInt32BE(data.length);
  return Buffer.concat([length, Buffer.from(name), data, Buffer.alloc(4)]);
};
const png = (...chunks: readonly Buffer[]) =>
  Buffer.concat([Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]), ...chunks, chunk('IEND', Buffer.alloc(0))]);
const segment = (marker: number, data: Buffer) => {
  const head = Buffer.from([0xff, marker, 0, 0]);
  head.writeUInt16BE(data.length + 2, 2);
  return Buffer.concat([head, data]);
};
const jpeg = (...segments: readonly Buffer[]) =>
  Buffer.concat([Buffer.from([0xff, 0xd8]), ...segments, Buffer.from([0xff, 0xda, 0, 2]), Buffer.from('scan'), Buffer.from([0xff, 0xd9])]);

test('L-72 a picture loses its metadata and keeps everything else; one without any is left as it is', () => {
  const header = chunk('IHDR', Buffer.alloc(13));
  const told = png(
    header,
    chunk('tEXt', Buffer.from('Author\0Rita')),
    chunk('IDAT', Buffer.from('pixels')),
    chunk('eXIf', Buffer.from('GPS')),
  );
  assert.equal(metadataIn(told).length, 1);
  assert.deepEqual(Buffer.from(withoutMetadata(told) ?? []), png(header, chunk('IDAT', Buffer.from('pixels'))));
  assert.equal(withoutMetadata(png(header)), undefined);
  const frame = segment(0xe0, Buffer.from('JFIF\0'));
  const photo = jpeg(
    frame,
    segment(0xe1, Buffer.from('Exif\0\0GPS')),
    segment(0xfe, Buffer.from('by Rita')),
    segment(0xdb, Buffer.from('table')),
  );
  assert.deepEqual(Buffer.from(withoutMetadata(photo) ?? []), jpeg(frame, segment(0xdb, Buffer.from('table'))));
  assert.equal(withoutMetadata(jpeg(frame)), undefined);
  assert.deepEqual(metadataIn(Buffer.from('%PDF-1.7\n1 0 obj << /Author (Rita) >>')).length, 1);
  assert.deepEqual(metadataIn(Buffer.from('plain text')), []);
});

test('L-50 a picture that is cut off or says wrong lengths is taken apart without an end', () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 200 }), fc.constantFrom(0, 1), (tail, kind) => {
      const start = kind === 0 ? [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a] : [0xff, 0xd8, 0xff];
      const bytes = Buffer.from([...start, ...tail]);
      assert.ok((withoutMetadata(bytes)?.length ?? 0) <= bytes.length);
      assert.ok(metadataIn(bytes).length <= 1);
    }),
  );
});

// SPDX-License-Identifier: Apache-2.0
// What holds of every advisory record, whatever is in it.

import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import fc from 'fast-check';
import type { Advisory } from '../../src/core/model/advisory.ts';
import { line, prose } from '../../src/core/model/prose.ts';
import type { Written } from '../../src/formats/format.ts';
import { type FormatName, formats } from '../../src/formats/index.ts';
import { builtInPublisher, type Publisher } from '../../src/formats/publisher.ts';
import { columns, pageWidth } from '../../src/formats/wrap.ts';
import { anyAdvisory, anyNotice, anyProse } from './arbitrary-advisory.ts';

const plain = builtInPublisher() as Publisher;
const libvirt = builtInPublisher('libvirt-2023') as Publisher;
const publishers = [plain, libvirt];
const runs = { numRuns: 60 };

function written(result: Written): string {
  assert.ok(result.ok, JSON.stringify(result));
  return result.text;
}

function bytes(text: string): Uint8Array {
  return new TextEncoder().encode(text);
}

describe('the forms of text', () => {
  test('a line and a text are canonical: made twice they stay the same', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        const [single, blocks] = [line(text), prose(text)];
        if (single !== undefined) assert.equal(line(single), single);
        if (blocks !== undefined) assert.equal(prose(blocks), blocks);
        assert.equal(single === undefined, blocks === undefined);
      }),
    );
  });
});

describe('every format', () => {
  test('gives the same text for the same record and leaves the record alone', () => {
    fc.assert(
      fc.property(anyAdvisory(), (advisory) => {
        const before = JSON.stringify(advisory);
        for (const { write } of Object.values(formats)) {
          assert.deepEqual(write(advisory, libvirt), write(structuredClone(advisory), libvirt));
        }
        assert.equal(JSON.stringify(advisory), before);
      }),
      runs,
    );
  });

  test('ends its lines with LF, and writes no control character', () => {
    fc.assert(
      fc.property(
        anyAdvisory(),
        fc.constantFrom<FormatName>('text', 'html', 'lsn'),
        fc.constantFrom(...publishers),
        (advisory, name, publisher) => {
          const result = formats[name].write(advisory, publisher);
          if (result.ok) assert.doesNotMatch(result.text, /[\u0000-\u0009\u000b-\u001f]/);
        },
      ),
      runs,
    );
  });
});

describe('LIBVIRT-16 text', () => {
  test('no line is wider than 72 columns unless one word is', () => {
    fc.assert(
      fc.property(anyAdvisory(anyProse(false)), fc.constantFrom(...publishers), (advisory, publisher) => {
        const reasons = (advisory.severity ?? []).map(({ reason }) => reason);
        fc.pre(reasons.every((reason) => reason === undefined || !/^ {4}/m.test(reason)));
        for (const each of written(formats.text.write(advisory, publisher)).split('\n')) {
          const before = columns(each.slice(0, each.lastIndexOf(' ') + 1));
          assert.ok(columns(each) <= pageWidth || before <= 30, `${columns(each)} columns: ${each}`);
        }
      }),
      runs,
    );
  });

  test('no line ends in a space, so that a clear signature covers what is read (RFC 9580 7.1)', () => {
    fc.assert(
      fc.property(anyAdvisory(), fc.constantFrom(...publishers), (advisory, publisher) => {
        assert.doesNotMatch(written(formats.text.write(advisory, publisher)), / $/m);
      }),
      runs,
    );
  });
});

describe('LIBVIRT-14 libvirt XML', () => {
  test('a record without loss is read back equal', () => {
    let equal = 0;
    fc.assert(
      fc.property(anyNotice(), (advisory) => {
        const result = formats.lsn.write(advisory, libvirt);
        assert.ok(result.ok, JSON.stringify(result));
        const again = formats.lsn.read(bytes(result.text), libvirt);
        assert.ok(again.ok, JSON.stringify(again));
        if (result.losses.length > 0) return;
        assert.deepEqual(again.advisory, advisory);
        equal += 1;
      }),
      { numRuns: 120 },
    );
    assert.ok(equal > 60, `only ${equal} records without loss`);
  });

  test('any record is refused by name or well-formed, and what is left out is said', () => {
    fc.assert(
      fc.property(anyAdvisory(), (advisory) => {
        const result = formats.lsn.write(advisory, libvirt);
        if (!result.ok) return assert.match(result.refusal.rule, /^(?:number|withdrawn|one-product|branch)$/);
        const again = formats.lsn.read(bytes(result.text), libvirt);
        assert.ok(again.ok, JSON.stringify(again));
        if (result.losses.length === 0) assert.deepEqual(again.advisory, advisory);
      }),
      { numRuns: 120 },
    );
  });
});

describe('Daylight JSON', () => {
  test('any record is read back equal, and the order of keys makes no difference', () => {
    fc.assert(
      fc.property(anyAdvisory(), (advisory) => {
        const text = written(formats.advisory.write(advisory));
        const again = formats.advisory.read(bytes(text));
        assert.ok(again.ok, JSON.stringify(again));
        assert.deepEqual(again.advisory, advisory);
        assert.equal(written(formats.advisory.write(turned(advisory))), text);
      }),
      runs,
    );
  });
});

/** The same record with the keys of every object the other way round. */
function turned<T>(value: T): T {
  if (Array.isArray(value)) return value.map(turned) as T;
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value)
      .reverse()
      .map(([key, each]) => [key, turned(each)]),
  ) as T;
}

const tags = new Set(
  'a article aside b body br dd details div dl dt footer h1 h2 h3 head header html li link main meta nav ol p pre s section small span strong summary svg table tbody td th thead time title tr ul use'.split(
    ' ',
  ),
);
const attributes = new Set(
  'aria-current aria-hidden aria-label aria-labelledby charset class content data-l datetime height href http-equiv id lang name rel role scope tabindex width'.split(
    ' ',
  ),
);

/** Fails for a tag, attribute, address or stray character that the page's own templates do not have. */
function assertInert(page: string): void {
  const rest = page
    .replace(/^<!doctype html>\n/, '')
    .replace(/<(\/?)([a-z0-9]+)((?: [a-z-]+="[^"<>]*")*)(\/?)>/g, (_, _close, tag, held) => {
      assert.ok(tags.has(tag), `a tag ${tag}`);
      for (const [, name = '', value = ''] of held.matchAll(/ ([a-z-]+)="([^"]*)"/g)) {
        assert.ok(attributes.has(name), `an attribute ${name}`);
        if (name === 'href') assert.match(value, /^(?:https?:|mailto:|#|\/static\/)/);
      }
      return '';
    });
  assert.doesNotMatch(rest, /[<>"']/);
  assert.doesNotMatch(rest.replaceAll(/&(?:amp|lt|gt|quot|#39);/g, ''), /&/);
}

describe('LIBVIRT-16 HTML', () => {
  test('nothing of a record becomes markup, script, style or an unsafe address', () => {
    fc.assert(
      fc.property(anyAdvisory(), fc.constantFrom(...publishers), (advisory: Advisory, publisher) => {
        assertInert(written(formats.html.write(advisory, publisher)));
      }),
      runs,
    );
  });

  test('the check itself finds a planted script, handler and address', () => {
    for (const planted of ['<script>', '<p onclick="x">', '<a href="javascript:x">', 'a < b', '&copy;']) {
      assert.throws(() => assertInert(`<!doctype html>\n<p>${planted}</p>`), planted);
    }
  });
});

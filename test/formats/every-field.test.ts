// SPDX-License-Identifier: Apache-2.0
// Nothing of a record is lost in silence: each of its texts is in the document, or its place is named as lost.

import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, test } from 'node:test';
import type { Advisory } from '../../src/core/model/advisory.ts';
import type { When } from '../../src/core/model/day.ts';
import { advisoryJsonSchema } from '../../src/formats/advisory-schema.ts';
import { formats } from '../../src/formats/index.ts';
import { builtInPublisher, type Publisher } from '../../src/formats/publisher.ts';
import { spoken } from '../../src/formats/words.ts';
import { goldens } from './places.ts';

const plain = builtInPublisher() as Publisher;

function everyField(): Advisory {
  const result = formats.advisory.read(readFileSync(join(goldens, '02-every-field/advisory.json')));
  assert.ok(result.ok);
  return result.advisory;
}

type Leaf = readonly [place: string, key: string, text: string];

function leaves(value: unknown, place = '', key = ''): readonly Leaf[] {
  if (typeof value === 'string' || typeof value === 'number')
    return String(value)
      .split('\n\n')
      .map((block) => [place, key, block]);
  if (Array.isArray(value)) return value.flatMap((each, at) => leaves(each, `${place}[${at}]`, key));
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([name, each]) => leaves(each, place === '' ? name : `${place}.${name}`, name));
}

/** Codes that people are told in words; the words have their own tests. */
const codes = new Set(['daylight', 'kind', 'status', 'justification', 'scheme', 'system', 'tlp']);

/** Text as people compare it: entities resolved, tags gone, white space one space. */
function readable(document: string): string {
  const entities: Readonly<Record<string, string>> = { lt: '<', gt: '>', quot: '"', '#39': "'", amp: '&' };
  return document
    .replaceAll(/<[^>]*>/g, (tag) => ` ${tag.slice(1, -1)} `)
    .replaceAll(/\\(?=[\\`*_[\]<>&|~#+=.)-])/g, '')
    .replaceAll(/&(lt|gt|quot|#39|amp);/g, (_, name) => entities[name] ?? '')
    .replaceAll(/\s+/g, ' ');
}

const times = new Set(['reported', 'reserved', 'updated', 'fixed', 'published', 'modified', 'withdrawn', 'date', 'at']);

function asShown(key: string, text: string): string {
  if (times.has(key) && /^\d{4}-\d{2}-\d{2}(?:T|$)/.test(text)) return spoken(text as When);
  return text.replaceAll(/\s+/g, ' ').trim();
}

describe('nothing is lost in silence', () => {
  for (const name of ['text', 'html', 'markdown'] as const) {
    for (const layout of ['plain', 'libvirt'] as const) {
      test(`${name}, ${layout}: every text is shown or named`, () => {
        const advisory = everyField();
        const result = formats[name].write(advisory, { ...plain, textLayout: layout });
        assert.ok(result.ok);
        const document = readable(result.text);
        const lost = result.losses.map(({ field }) => field);
        for (const [place, key, text] of leaves(advisory)) {
          if (codes.has(key) || lost.some((field) => place.startsWith(field))) continue;
          assert.ok(document.toLowerCase().includes(asShown(key, text).toLowerCase()), `${place}: ${text}`);
        }
      });
    }
  }

  test('libvirt XML: every text is shown or named', () => {
    const { withdrawn: _, products, ...advisory } = everyField();
    const result = formats.lsn.write({ ...advisory, id: 'ADV-2026-0007' as Advisory['id'], products: products.slice(0, 1) }, plain);
    assert.ok(result.ok);
    const document = readable(result.text.replaceAll(/<!\[CDATA\[|\]\]>/g, ''));
    const lost = result.losses.map(({ field }) => field);
    for (const [place, key, text] of leaves({ ...advisory, products: products.slice(0, 1) })) {
      if (codes.has(key) || key === 'id' || key === 'version' || lost.some((field) => place.startsWith(field))) continue;
      const shown = times.has(key) ? text.slice(0, 10).replaceAll('-', '') : asShown(key, text);
      assert.ok(document.includes(shown), `${place}: ${text}`);
    }
  });

  test('the record of this test has every field that there is', () => {
    const advisory: Advisory = { ...everyField(), withdrawn: 'x' as NonNullable<Advisory['withdrawn']> };
    const there = new Set(leaves(advisory).map(([place]) => place.replaceAll(/\[\d+\]/g, '')));
    const missing = fieldsOf(advisoryJsonSchema()).filter(
      (field) => ![...there].some((place) => place === field || place.startsWith(`${field}.`)),
    );
    assert.deepEqual(missing, ['dates.withdrawn']);
  });
});

interface Schema {
  readonly $ref?: string;
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly items?: Schema;
  readonly anyOf?: readonly Schema[];
}

function fieldsOf(schema: Schema & { readonly $defs?: Readonly<Record<string, Schema>> }): readonly string[] {
  const definition = (each: Schema): Schema => (each.$ref === undefined ? each : (schema.$defs?.[each.$ref.replace('#/$defs/', '')] ?? {}));
  const fields = (each: Schema, place: string): readonly string[] => {
    const resolved = definition(each);
    if (resolved.items !== undefined) return fields(resolved.items, place);
    const inner = Object.entries(resolved.properties ?? {});
    if (inner.length === 0) return [place];
    return inner.flatMap(([name, property]) => fields(property, place === '' ? name : `${place}.${name}`));
  };
  return fields(schema, '');
}

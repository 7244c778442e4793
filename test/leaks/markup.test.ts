// SPDX-License-Identifier: Apache-2.0
// What people write stays text: on every page and in every published document the same elements stand as with harmless words of the same shape.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { XmlElement } from '../../src/formats/xml.ts';
import { parseXml } from '../../src/formats/xml.ts';
import { beginnings, toldTwice, withoutRemarks } from './hostile.ts';
import { payloads } from './payloads.ts';

/** The strict form that our writers use: anything else that begins with `<` is markup which somebody else wrote. */
const tag = /<(?:!doctype html|!--[^<>]*--|(\/?)([a-zA-Z][\w:-]*)((?:\s+[\w:-]+(?:="[^"<>]*")?)*)\s*\/?)>/gi;

/** Attributes whose value does something: it must not come from a text. */
const weighty = /^(?:href|src|srcdoc|srcset|action|formaction|style|http-equiv|content|id|class|name|xmlns|type|on\w+)$/;

/** Elements, each with its attributes; values only where they do something. Sorted: lists that follow random ids are in another order in each town. */
function structure(markup: string): readonly string[] {
  const rest = markup.replace(tag, '');
  const stray = rest.indexOf('<');
  assert.equal(stray, -1, `a bracket that opens nothing of ours: ${rest.slice(Math.max(0, stray - 60), stray + 60)}`);
  const all = [...markup.matchAll(tag)].map(([, end = '', name = '', attributes = '']) => {
    const given = [...attributes.matchAll(/([\w:-]+)(?:="([^"]*)")?/g)].map(([, key = '', value]) =>
      weighty.test(key) ? `${key}=${value}` : key,
    );
    return [end + name, ...given].join(' ');
  });
  return all.toSorted();
}

/** The same of an XML document, read by a parser that knows no document type and no entities. */
function tree({ name, namespace, attributes, children }: XmlElement): readonly unknown[] {
  return [namespace, name, [...attributes.keys()], children.map(tree)];
}

const shapes: Readonly<Record<string, (document: string) => unknown>> = {
  'text/html': structure,
  'application/xml': (document) => tree(parseXml(new TextEncoder().encode(document))),
  'application/json': (document) => shapeOf(JSON.parse(document)),
  'text/plain': headings,
  'text/javascript': (document) => shapeOf(JSON.parse(`[${document.slice('siteSearch('.length, -');\n'.length)}]`)),
};

/** What is a key and what is a value, without the values. */
function shapeOf(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(shapeOf);
  if (typeof value !== 'object' || value === null) return typeof value;
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, shapeOf(inner)]));
}

/** Lines at the margin which begin a part of the document: what is written by people stands indented, or after a name and a colon. */
function headings(document: string): readonly string[] {
  return document.split('\n').flatMap((line) => /^(?:-----[A-Z ]+-----|[A-Z][A-Za-z ]*:?$|[A-Z][A-Za-z ]*: )/.exec(line)?.[0] ?? []);
}

const used = new Set<string>();

for (const preset of Object.keys(beginnings))
  test(`L-04 L-53 L-54 what is written under ${preset} is text on every page and in every document`, async (t) => {
    const told = await toldTwice((done) => t.after(done), preset);
    for (const text of told.used) used.add(text);
    for (const { name, type, hostile, plain } of told.served) {
      const shape = shapes[type];
      assert.ok(shape, `${name} is ${type}, and this test knows no shape for it`);
      assert.deepEqual(shape(withoutRemarks(hostile)), shape(withoutRemarks(plain)), name);
    }
    const pages = told.served.filter(({ type }) => type === 'text/html').map(({ hostile }) => hostile);
    assert.ok(
      pages.some((page) => page.includes('&lt;script&gt;daylightXss()&lt;/script&gt;')),
      'the texts stand on the pages',
    );
    const kinds = [...new Set(told.served.map(({ type }) => type))].sort();
    t.diagnostic(`${told.served.length} pages and documents, ${kinds.join(', ')}; ${told.used.size} texts`);
  });

test('L-54 every text of the corpus was written somewhere, and there are more than four hundred', () => {
  assert.ok(payloads.length > 400);
  assert.equal(used.size, payloads.length);
});

test('L-54 markup that somebody else wrote has another structure, so these tests can tell', () => {
  const plain = '<!doctype html><p class="x">xxx</p>';
  for (const other of ['<p class="x"><b>x</b></p>', '<p class="x" onclick="x">xxx</p>', '<p class="y">xxx</p>'])
    assert.notDeepEqual(structure(`<!doctype html>${other}`), structure(plain));
  for (const stray of ['<p class="x">x < y</p>', '<p class="x"><img src=x></p>', '<p class="x"><xss a=b>x</p>'])
    assert.throws(() => structure(stray), /opens nothing of ours/);
});

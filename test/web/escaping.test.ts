// SPDX-License-Identifier: Apache-2.0
// No text that people write becomes markup: hostile text in every field changes no element and no attribute of any page.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { gallery } from './gallery.ts';
import { hostile } from './hostile.ts';
import { elements, shape, textOf } from './html.ts';

const harmless = new Map(gallery((text) => `${text} x`).map(({ name, html }) => [name, shape(html)]));

test('L-53 L-54 hostile text in every field of every page creates no element and no attribute', () => {
  // A few at a time in one text: what is between them cannot hide that one of them got through.
  assert.ok(hostile.length >= 3000);
  const batches = Array.from({ length: Math.ceil(hostile.length / 100) }, (_, index) => hostile.slice(index * 100, index * 100 + 100));
  for (const batch of batches) {
    const payload = batch.join(' ').replaceAll('\n', ' ');
    for (const { name, html } of gallery((text) => `${text} ${payload}`))
      assert.ok(shape(html) === harmless.get(name), `${name}: one of ${payload}`);
  }
});

test('L-53 hostile text is shown as it was written', () => {
  const payload = '<script>alert("1")</script> & \'x\'';
  const shown = gallery((text) => `${text} ${payload}`).filter(({ html }) => textOf(html).includes(payload));
  assert.ok(shown.length >= 25, `${shown.length} pages show it`);
});

test('the test of escaping would see an element that gets through', () => {
  const [first] = gallery();
  assert.ok(first !== undefined);
  assert.notEqual(shape(first.html.replace('</main>', '<img src="x" onerror="alert(1)"></main>')), shape(first.html));
});

test('L-54 no page has a style attribute, a style element, an event handler or a script of its own', () => {
  for (const { name, html } of gallery()) {
    for (const { tag, attributes } of elements(html)) {
      assert.notEqual(tag, 'style', name);
      for (const [attribute] of attributes)
        assert.ok(attribute !== 'style' && !attribute.startsWith('on'), `${name}: <${tag} ${attribute}>`);
      if (tag === 'script')
        assert.ok(
          attributes.some(([attribute, value]) => attribute === 'src' && value.startsWith('/static/')),
          name,
        );
    }
    assert.equal(/<script[^>]*>[^<]/.test(html), false, `${name}: a script with content`);
  }
});

test('L-57 L-59 no page loads anything from elsewhere or describes itself to link previews', () => {
  const loading = ['src', 'srcset', 'data', 'poster', 'action', 'formaction', 'background', 'ping'];
  for (const { name, html } of gallery()) {
    for (const { tag, attributes } of elements(html)) {
      assert.ok(!['img', 'iframe', 'object', 'embed', 'video', 'audio', 'base'].includes(tag), `${name}: <${tag}>`);
      for (const [attribute, value] of attributes) {
        if (loading.includes(attribute)) assert.ok(value.startsWith('/'), `${name}: <${tag} ${attribute}="${value}">`);
        if (tag === 'link' && attribute === 'href') assert.match(value, /^\/(?!\/)/, `${name}: <link href="${value}">`);
        if (tag === 'link' && attribute === 'rel') assert.match(value, /^(?:preload|icon|stylesheet)$/, `${name}: <link rel="${value}">`);
        // OpenGraph is `property`, Twitter cards and descriptions are `name`, schema.org is `itemprop`.
        assert.ok(!['property', 'itemprop', 'itemscope', 'typeof', 'vocab'].includes(attribute), `${name}: <${tag} ${attribute}>`);
        if (tag === 'meta' && attribute === 'name') assert.match(value, /^(?:viewport|robots)$/, `${name}: <meta name="${value}">`);
      }
    }
  }
});

test('L-54 a link never has a scheme that runs', () => {
  for (const { name, html } of gallery((text) => `javascript:alert(1)//${text}`))
    for (const { attributes } of elements(html))
      for (const [attribute, value] of attributes)
        if (attribute === 'href' || attribute === 'action')
          assert.match(value, /^(?:\/|#|https:\/\/|mailto:)/, `${name}: ${attribute}="${value}"`);
});

// SPDX-License-Identifier: Apache-2.0
// The public page: what it answers, in which order, and that it needs nothing from elsewhere.

import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, test } from 'node:test';
import type { Advisory } from '../../src/core/model/advisory.ts';
import type { Line } from '../../src/core/model/prose.ts';
import type { PublishedFile } from '../../src/formats/format.ts';
import { formats } from '../../src/formats/index.ts';
import { builtInPublisher, type Publisher } from '../../src/formats/publisher.ts';
import { goldens } from './places.ts';

const plain = builtInPublisher() as Publisher;
const libvirt = builtInPublisher('libvirt-2023') as Publisher;

function golden(name: string): Advisory {
  const result = formats.advisory.read(readFileSync(join(goldens, name, 'advisory.json')));
  assert.ok(result.ok);
  return result.advisory;
}

function page(advisory: Advisory, publisher = plain, files: readonly PublishedFile[] = []): string {
  const result = formats.html.write(advisory, publisher, files);
  assert.ok(result.ok);
  return result.text;
}

describe('the public page', () => {
  test('answers in the order of the reader: affected, what to do, fixed in, then the story', () => {
    const headings = [...page(golden('02-every-field')).matchAll(/<h2 id="([^"]+)"/g)].map(([, id]) => id);
    assert.deepEqual(headings, ['am-i', 'what', 'fixed', 'how', 'severity', 'credit', 'when', 'more', 'notes', 'errata']);
  });

  test('a version before it is a link where its page is kept, stands struck out where it is not, and is no format', () => {
    const corrected = golden('02-every-field');
    const before: PublishedFile = { label: 'Version 1' as Line, href: `${corrected.id}-v1.html`, version: 1 };
    const linked = page(corrected, plain, [before]);
    assert.match(linked, new RegExp(`<a href="${corrected.id}-v1\\.html">1</a>, replaced`));
    assert.doesNotMatch(linked, /id="formats"/);
    assert.match(page(corrected), /<s>1<\/s>, replaced/);
  });

  test('every part has a place in the list of contents, and every address on the page leads somewhere', () => {
    const text = page(golden('02-every-field'));
    const ids = new Set([...text.matchAll(/ id="([^"]+)"/g)].map(([, id]) => id));
    const inside = [...text.matchAll(/href="#([^"]+)"/g)].map(([, id]) => id);
    assert.ok(inside.length >= 10);
    for (const id of inside) assert.ok(ids.has(id), `#${id}`);
    assert.equal(ids.size, [...text.matchAll(/ id="/g)].length, 'an id is used twice');
  });

  test('what is not published is marked confidential, first thing and in the title', () => {
    const text = page(golden('03-minimal'));
    assert.match(text, /<title>\[C\] ADV-2026-0001: /);
    assert.match(text, /<body>\n<section class="band is-confidential"/);
    assert.match(page(golden('06-not-affected')), /<body>\n<section class="band is-public"/);
  });

  test('VMT-8 says that no workaround is known only when the record says so', () => {
    assert.match(page(golden('01-open-descriptor'), libvirt), /No workaround is known\./);
    assert.doesNotMatch(page(golden('03-minimal')), /No workaround is known/);
  });

  test('VMT-34 is complete without any severity, and a score names who gave it', () => {
    assert.doesNotMatch(page(golden('01-open-descriptor'), libvirt), /How severe|<dt>Severity/);
    assert.match(page(golden('02-every-field')), /Medium 6\.5.*judged by Wren security team/);
  });

  test('VMT-41 links patches and reports, commits of known repositories too', () => {
    assert.match(page(golden('02-every-field')), /<dt>Patch<\/dt><dd>.*<a href="https:\/\/git\.example\.org\/wren\/aviary\/commit\/2222">/);
    const commit = 'https://gitlab.com/libvirt/libvirt/-/commit/22494556542c676d1b9e7f1c1f2ea13ac17e1e3e';
    assert.ok(page(golden('01-open-descriptor'), libvirt).includes(`<a href="${commit}"><span class="id">22494556542c</span></a>`));
  });

  test('VMT-42 thanks who is to be thanked', () => {
    assert.match(page(golden('01-open-descriptor'), libvirt), /<dt>Reported by<\/dt><dd>Cédric Jeanneret<\/dd>/);
  });

  test('67 branches fit: the unfixed alike are one row, and each can be found', () => {
    const advisory = golden('05-many-branches');
    const text = page(advisory, libvirt);
    assert.ok([...text.matchAll(/<tr><th scope="row">/g)].length <= 20);
    for (const { name } of advisory.products[0]?.branches ?? []) assert.match(text, new RegExp(`[>, ]${name.replaceAll('.', '[.]')}[<,]`));
  });

  test('a product that is not affected is the answer, with the reason', () => {
    assert.match(page(golden('06-not-affected')), /No: inkwell is not affected, because the vulnerable code is never run\./);
  });

  test('where no fix is named but a range is spared, the advice is to change to that', () => {
    const { solution: _, workarounds: _w, ...minimal } = golden('03-minimal');
    const ranges = [{ scheme: 'semver', status: 'not-affected', introduced: '2.0.0' as Line }] as const;
    const text = page({ ...minimal, products: [{ name: 'inkwell' as Line, status: 'affected', ranges }] });
    assert.match(text, /Change to a version <a href="#fixed">that is not affected<\/a>/);
  });

  test('addresses appear only when the publisher shows them', () => {
    const advisory = golden('05-many-branches');
    assert.ok(page(advisory, libvirt).includes('watch@night.example'));
    assert.ok(!page(advisory, plain).includes('watch@night.example'));
  });

  test('lists the other formats with hash and signature, and how to check them', () => {
    const files: readonly PublishedFile[] = [
      { label: 'Text' as Line, href: '0003.txt', sha256: '9b'.repeat(32), signature: 'inside' },
      { label: 'libvirt XML' as Line, href: '/lsn/0003.xml', sha256: '41'.repeat(32), signature: { href: '/lsn/0003.xml.asc' } },
    ];
    const text = page(golden('01-open-descriptor'), { ...libvirt, keys: ['A'.repeat(40)] }, files);
    assert.ok(text.includes('<td data-l="Signature">in the file</td>'));
    assert.ok(text.includes('<a href="/lsn/0003.xml.asc">0003.xml.asc</a>'));
    assert.ok(text.includes('$ gpg --verify 0003.xml.asc 0003.xml'));
    assert.doesNotMatch(page(golden('01-open-descriptor'), libvirt), /id="formats"/);
  });

  test('loads its styles and symbols from the given place and nothing else', () => {
    const assets = { styles: ['/static/page.4711.css'], icons: '/static/icons.4711.svg' };
    const text = page(golden('02-every-field'), { ...libvirt, assets });
    assert.deepEqual(
      [...text.matchAll(/<(?:link|use|img|script|iframe)[^>]*(?:href|src)="([^"#]*)/g)]
        .map(([, address]) => address)
        .filter((each) => !/4711/.test(each ?? '')),
      [],
    );
    assert.match(text, /http-equiv="Content-Security-Policy" content="default-src &#39;none&#39;; style-src &#39;self&#39;;/);
  });
});

// SPDX-License-Identifier: Apache-2.0
// The real archive of OpenStack's advisories, where it is at hand: read, written again, and compared key by key.

import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, test } from 'node:test';
import { parse } from 'yaml';
import { formats } from '../../src/formats/index.ts';
import { builtInPublisher, type Publisher } from '../../src/formats/publisher.ts';
import { realData } from './places.ts';
import { differences, squeezed } from './same-meaning.ts';

const openstack = builtInPublisher('openstack-vmt') as Publisher;
const archive = realData('ossa');
const files =
  'path' in archive
    ? readdirSync(archive.path)
        .filter((file) => file.endsWith('.yaml'))
        .sort()
    : [];
const skipped = 'skip' in archive ? { skip: archive.skip } : {};

function bytesOf(file: string): Uint8Array {
  return readFileSync(join('path' in archive ? archive.path : '', file));
}

function read(file: string) {
  const result = formats.ossa.read(bytesOf(file));
  assert.ok(result.ok, `${file}: ${JSON.stringify(result)}`);
  return result;
}

function written(file: string): string {
  const result = formats.ossa.write(read(file).advisory);
  assert.ok(result.ok, `${file}: ${JSON.stringify(result)}`);
  assert.deepEqual(result.losses, [], file);
  return result.text;
}

/** Every scalar as the text that stands there; spaces between and within bounds of versions mean nothing. */
function tree(text: string): unknown {
  return squeezed(parse(text, { schema: 'failsafe' }));
}

function told(rule: string): readonly string[] {
  return files.filter((file) => read(file).findings.some((finding) => finding.rule === rule));
}

/** What is written otherwise than it was read, and why that means the same. */
const otherwise: readonly { readonly place: RegExp; readonly files: RegExp; readonly why: string }[] = [
  { place: /^(?:issues|reviews)\.type$/, files: /./, why: 'which program a link leads to stands in the link' },
  { place: /^type$/, files: /^OSSA-2016-008/, why: 'the same word, a level too high; told as unknown-field' },
  {
    place: /^affected-products\[\d+\]\.version$/,
    files: /^OSSA-201[5-9]|^OSSA-2014-015/,
    why: 'the same bounds; a comma inside a range is told as range-joined',
  },
  {
    place: /^vulnerabilities\[\d+\]\.(?:cve-id|note)$/,
    files: /^OSSA-2016-004/,
    why: 'the words behind the number are its note; told as cve-form',
  },
];

/** Whether both say the same in another spelling: spaces within bounds, `4` and `4.0`, and `UNKNOWN`, which is no affiliation. */
function sameOf(place: string, before: unknown, after: unknown): boolean {
  const bounds = (text: unknown) => (typeof text === 'string' ? text.replaceAll(/[\s,=]/g, '') : text);
  if (place.endsWith('.version')) return bounds(before) === bounds(after);
  if (place.endsWith('.score')) return Number(before) === Number(after);
  return place.endsWith('.affiliation') && before === 'UNKNOWN' && after === undefined;
}

describe('LIBVIRT-14 VMT-40 the archive of OpenStack advisories', () => {
  test('every advisory is read, written and read as the same record', { ...skipped }, () => {
    assert.ok(files.length >= 100, `${files.length} advisories`);
    for (const file of files) {
      const again = formats.ossa.read(new TextEncoder().encode(written(file)));
      assert.ok(again.ok);
      assert.deepEqual(again.advisory, read(file).advisory, file);
    }
  });

  test('every key and word of every file is written again, but for the exceptions that are listed', { ...skipped }, () => {
    for (const file of files) {
      const changed = differences(tree(new TextDecoder().decode(bytesOf(file))), tree(written(file)));
      const unexplained = changed.filter(({ place, before, after }) => {
        const listed = otherwise.some((each) => each.place.test(place) && each.files.test(file));
        return !listed && !sameOf(place, before, after);
      });
      assert.deepEqual(unexplained, [], file);
    }
  });

  test('what is no number, or has words behind it, is told', { ...skipped }, () => {
    const odd = files.filter((file) => /cve-id: (?!["']?CVE-\d{4}-\d{4,}["']?\s*$)/m.test(new TextDecoder().decode(bytesOf(file))));
    assert.deepEqual(told('cve-form'), odd);
  });

  test('versions that are no ranges stay the words they were, and are told', { ...skipped }, () => {
    const prose = files.filter((file) => read(file).advisory.products.some((product) => product.prose !== undefined));
    assert.ok(prose.length > 50);
    assert.deepEqual(told('versions-in-prose'), prose);
    for (const file of prose)
      for (const product of read(file).advisory.products) assert.equal(product.prose === undefined, product.ranges !== undefined, file);
  });

  test('every advisory can be written as page, text and HTML, in lines of 72 columns where words allow', { ...skipped }, () => {
    for (const file of files) {
      const { advisory } = read(file);
      for (const name of ['rst', 'text', 'html'] as const) assert.ok(formats[name].write(advisory, openstack).ok, `${file} as ${name}`);
      const page = formats.rst.write(advisory, openstack);
      assert.ok(page.ok);
      const [, title] = page.text.split('\n');
      const wide = page.text
        .split('\n')
        .filter((each) => each !== title && each.length > 72 && /\S\s+\S/.test(each.slice(0, 72).trimStart().replace(/^- /, '')));
      assert.deepEqual(wide, [], file);
    }
  });
});

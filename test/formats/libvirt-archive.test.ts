// SPDX-License-Identifier: Apache-2.0
// The real archive of libvirt's notices, where it is at hand: read, written again, and compared with what libvirt published.

import assert from 'node:assert/strict';
import { execFileSync, spawnSync } from 'node:child_process';
import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, test } from 'node:test';
import type { Advisory } from '../../src/core/model/advisory.ts';
import { formats } from '../../src/formats/index.ts';
import { builtInPublisher, type Publisher } from '../../src/formats/publisher.ts';
import { parseXml, type XmlElement } from '../../src/formats/xml.ts';
import { realData } from './places.ts';

const libvirt = builtInPublisher('libvirt-2023') as Publisher;
const notices = realData('libvirt-notices');
const texts = realData('libvirt-notices-text');

function folder(data: typeof notices): string {
  return 'path' in data ? data.path : '';
}

const files = 'path' in notices ? globSync('*/*.xml', { cwd: notices.path }).sort() : [];
const published = 'path' in texts ? globSync('*.txt', { cwd: texts.path }).sort() : [];

function read(file: string) {
  const result = formats.lsn.read(readFileSync(join(folder(notices), file)), libvirt);
  assert.ok(result.ok, `${file}: ${JSON.stringify(result)}`);
  return result;
}

function write(advisory: Advisory): string {
  const result = formats.lsn.write(advisory, libvirt);
  assert.ok(result.ok, JSON.stringify(result));
  assert.deepEqual(result.losses, []);
  return result.text;
}

/** Names, attributes and words of a document; white space, quoting, and the order of different kinds of elements mean nothing. */
function meaning(element: XmlElement): unknown {
  const words = `${element.text} ${element.cdata ?? ''}`.replaceAll(/\s+/g, ' ').trim();
  const kind = ({ name, attributes }: XmlElement) => `${name} ${attributes.get('state') ?? ''}`;
  const children = element.children.toSorted((first, second) => kind(first).localeCompare(kind(second)));
  const text = children.length > 0 ? '' : words;
  return [element.name, element.namespace, [...element.attributes].sort(), text, children.map(meaning)];
}

const linter = 'xmllint';
const skipped = 'skip' in notices ? { skip: notices.skip } : {};

describe('LIBVIRT-14 the archive of notices', () => {
  test('every notice is read, written and read with the same meaning', { ...skipped }, () => {
    assert.ok(files.length >= 20, `${files.length} notices`);
    for (const file of files) {
      const bytes = readFileSync(join(folder(notices), file));
      const { advisory } = read(file);
      const text = write(advisory);
      assert.deepEqual(meaning(parseXml(new TextEncoder().encode(text))), meaning(parseXml(bytes)), file);
      const again = formats.lsn.read(new TextEncoder().encode(text), libvirt);
      assert.ok(again.ok);
      assert.deepEqual(again.advisory, advisory, file);
    }
  });

  test('exactly the notices that were published before they were reported are told', { ...skipped }, () => {
    const date = (text: string, name: string) => new RegExp(`<${name}>(\\d{8})</${name}>`).exec(text)?.[1] ?? '';
    const odd = files.filter((file) => {
      const text = readFileSync(join(folder(notices), file), 'utf8');
      return date(text, 'published') < date(text, 'reported');
    });
    const told = files.filter((file) => read(file).findings.some(({ rule }) => rule === 'published-before-reported'));
    assert.ok(odd.length >= 3);
    assert.deepEqual(told, odd);
  });

  test('the stray letters in 2014/0010 are told with their line', { ...skipped }, (context) => {
    if (!files.includes('2014/0010.xml')) return context.skip('this notice is not there');
    const { findings } = read('2014/0010.xml');
    assert.deepEqual(findings, [
      { place: 'reference, line 55', rule: 'stray-text', message: 'text between the elements is not read: ppp' },
    ]);
  });

  test('every notice keeps its meaning as Daylight JSON, and can be written as text and page', { ...skipped }, () => {
    for (const file of files) {
      const { advisory } = read(file);
      const json = formats.advisory.write(advisory);
      assert.ok(json.ok);
      const again = formats.advisory.read(new TextEncoder().encode(json.text));
      assert.ok(again.ok);
      assert.deepEqual(again.advisory, advisory);
      for (const name of ['text', 'html'] as const) assert.ok(formats[name].write(advisory, libvirt).ok);
    }
  });

  const missing = spawnSync(linter, ['--version']).error === undefined ? undefined : 'xmllint is not installed';
  test('xmllint accepts what is written', { ...('skip' in notices ? skipped : missing === undefined ? {} : { skip: missing }) }, () => {
    for (const file of files) execFileSync(linter, ['--noout', '--nonet', '-'], { input: write(read(file).advisory) });
  });
});

describe('LIBVIRT-16 text as libvirt publishes it', () => {
  test('the rendering is the published one, white space aside', { ...('skip' in texts ? { skip: texts.skip } : skipped) }, () => {
    assert.ok(published.length >= 6, `${published.length} texts`);
    const squeezed = (text: string) => text.replaceAll(/\s+/g, ' ').trim();
    for (const file of published) {
      const { advisory } = read(file.replace('-', '/').replace('.txt', '.xml'));
      const result = formats.text.write(advisory, libvirt);
      assert.ok(result.ok);
      const expected = readFileSync(join(folder(texts), file), 'utf8');
      assert.equal(squeezed(result.text), squeezed(expected), file);
      assert.equal(result.text.trimEnd(), expected.replaceAll(/ +$/gm, '').trimEnd(), `${file}, line by line`);
    }
  });
});

// SPDX-License-Identifier: Apache-2.0
// Golden documents: a new case is a folder with an advisory.json; UPDATE_GOLDEN=1 writes what is expected of it.

import assert from 'node:assert/strict';
import { existsSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, test } from 'node:test';
import type { Advisory } from '../../src/core/model/advisory.ts';
import { type FormatName, formats, isFormatName } from '../../src/formats/index.ts';
import { builtInPublisher, type Publisher } from '../../src/formats/publisher.ts';
import { goldens, updating } from './places.ts';

const kinds = Object.keys(formats).filter((name): name is Exclude<FormatName, 'advisory'> => isFormatName(name) && name !== 'advisory');

function publisherOf(advisory: Advisory): Publisher {
  const publisher = builtInPublisher(advisory.policy) ?? builtInPublisher();
  assert.ok(publisher);
  return publisher;
}

function read(folder: string): Advisory {
  const result = formats.advisory.read(readFileSync(join(folder, 'advisory.json')));
  assert.ok(result.ok, JSON.stringify(result));
  assert.deepEqual(result.findings, []);
  return result.advisory;
}

/** What is compared: the documents by extension, and one file of all that they do not say. */
function rendered(advisory: Advisory): ReadonlyMap<string, string> {
  const files = new Map<string, string>();
  const unsaid: string[] = [];
  for (const kind of kinds) {
    const result = formats[kind].write(advisory, publisherOf(advisory));
    if (result.ok) files.set(`expected${formats[kind].extension}`, result.text);
    else unsaid.push(`${kind}: refused: ${result.refusal.place}: ${result.refusal.message} [${result.refusal.rule}]`);
    if (result.ok) unsaid.push(...result.losses.map(({ field, why }) => `${kind}: lost: ${field}: ${why}`));
  }
  return files.set('unsaid.txt', unsaid.map((line) => `${line}\n`).join(''));
}

describe('LIBVIRT-16 one record renders as text, HTML, XML and every other format', () => {
  for (const name of readdirSync(goldens).sort()) {
    const folder = join(goldens, name);
    test(`${name} gives the golden documents`, () => {
      const files = rendered(read(folder));
      for (const file of [...kinds.map((kind) => `expected${formats[kind].extension}`), 'unsaid.txt']) {
        const path = join(folder, file);
        const text = files.get(file);
        if (updating && text === undefined) rmSync(path, { force: true });
        else if (updating) writeFileSync(path, text ?? '');
        assert.equal(text, existsSync(path) ? readFileSync(path, 'utf8') : undefined, path);
      }
    });

    test(`${name} is written as the JSON it was read from, in meaning`, () => {
      const written = formats.advisory.write(read(folder));
      assert.ok(written.ok);
      assert.deepEqual(JSON.parse(written.text), JSON.parse(readFileSync(join(folder, 'advisory.json'), 'utf8')));
    });
  }
});

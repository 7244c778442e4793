// SPDX-License-Identifier: Apache-2.0
// Real archives of advisories, where they are at hand, as sources for every other format.

import assert from 'node:assert/strict';
import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Advisory } from '../../src/core/model/advisory.ts';
import { formats } from '../../src/formats/index.ts';
import { builtInPublisher, type Publisher } from '../../src/formats/publisher.ts';
import { realData } from './places.ts';

export interface Archive {
  readonly format: 'lsn' | 'ossa' | 'cve';
  readonly files: readonly string[];
  /** To be spread into a test's options. */
  readonly skipped: { readonly skip?: string };
  readonly publisher: Publisher;
  readonly bytes: (file: string) => Uint8Array;
  readonly read: (file: string) => Advisory;
}

function archive(format: Archive['format'], folder: string, pattern: string, policy: string): Archive {
  const data = realData(folder);
  const publisher = builtInPublisher(policy) ?? builtInPublisher();
  assert.ok(publisher);
  const bytes = (file: string) => readFileSync(join('path' in data ? data.path : '', file));
  const read = (file: string) => {
    const result = formats[format].read(bytes(file), publisher);
    assert.ok(result.ok, `${file}: ${JSON.stringify(result)}`);
    return result.advisory;
  };
  const files = 'path' in data ? globSync(pattern, { cwd: data.path }).sort() : [];
  return { format, files, skipped: 'skip' in data ? { skip: data.skip } : {}, publisher, bytes, read };
}

export const archives: readonly Archive[] = [
  archive('lsn', 'libvirt-notices', '*/*.xml', 'libvirt-2023'),
  archive('ossa', 'ossa', '*.yaml', 'openstack-vmt'),
  archive('cve', 'cve', 'CVE-*.json', 'minimal'),
];

// SPDX-License-Identifier: Apache-2.0
// Where the tests of the formats find their files: the project's own goldens, and real notices when they are there.

import { existsSync } from 'node:fs';
import { join } from 'node:path';

/** Of the checkout; tests run from `dist/test/formats`. */
export const root = join(import.meta.dirname, '../../..');

export const goldens = join(root, 'test/golden/formats');

const shared = process.env['DAYLIGHT_SHARED_DATA'] ?? join(root, '../shared/data');

/** A folder of real data, or the reason why a test must skip. */
export function realData(folder: string): { readonly path: string } | { readonly skip: string } {
  const path = join(shared, folder);
  return existsSync(path) ? { path } : { skip: `no real data at ${path}` };
}

/** Set to write expectations anew instead of comparing them. */
export const updating = process.env['UPDATE_GOLDEN'] === '1';

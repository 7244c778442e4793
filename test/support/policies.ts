// SPDX-License-Identifier: Apache-2.0
// Policy files for tests: the presets, a small policy to vary, and a preset under other names.

import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseDocument, visit } from 'yaml';

export const projectFolder = join(import.meta.dirname, '..', '..', '..');
export const policyFolder = join(projectFolder, 'policies');

/** The names of the presets, in the order of the alphabet. */
export const presetNames: readonly string[] = readdirSync(policyFolder)
  .filter((file) => file.endsWith('.yaml'))
  .map((file) => file.slice(0, -'.yaml'.length))
  .toSorted();

export function presetText(name: string): string {
  return readFileSync(join(policyFolder, `${name}.yaml`), 'utf8');
}

/** The smallest preset, and `more` after it: a section that it does not have. */
export function minimalAnd(more: string): string {
  return `${presetText('minimal')}\n${more}\n`;
}

/** `text` with the name `from` (of a policy, a role, a class …) spelt `to`, wherever it stands as a key or as a value by itself; sentences keep their words. */
export function renamed(text: string, from: string, to: string): string {
  const document = parseDocument(text);
  visit(document, {
    Scalar: (_key, node) => {
      if (node.value === from) node.value = to;
    },
  });
  return document.toString({ lineWidth: 0 });
}

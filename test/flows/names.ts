// SPDX-License-Identifier: Apache-2.0
// Presets under other names: the policy and every role that it declares are spelt otherwise, and everything else stays to the letter.

import { parse } from 'yaml';
import { presetText, renamed } from '../support/policies.ts';

export interface Names {
  /** The policy to install, as a name of a preset or as a text. */
  policy(preset: string): string;
  role(name: string): string;
  /** A text with the names as the preset spells them. */
  back(text: string): string;
}

export const asTheyAre: Names = { policy: (preset) => preset, role: (name) => name, back: (text) => text };

/** Every name in letters that no word has in a row, as long as before, so that no line breaks elsewhere. */
export function otherwise(preset: string): Names {
  const { policy, roles } = parse(presetText(preset)) as { policy: { name: string }; roles: Record<string, unknown> };
  const declared = [policy.name, ...Object.keys(roles).filter((name) => !['source', 'because'].includes(name))];
  const other = new Map(declared.map((name, index) => [name, turned(name, index)]));
  return {
    policy: (name) => [...other].reduce((text, [from, to]) => renamed(text, from, to), presetText(name)),
    role: (name) => other.get(name) ?? name,
    // A page says `core reviewer` where the policy writes `core_reviewer`.
    back: (text) =>
      [...other].reduce((all, [from, to]) => all.replaceAll(to, from).replaceAll(to.replaceAll('_', ' '), from.replaceAll('_', ' ')), text),
  };
}

function turned(name: string, index: number): string {
  return name.replace(/[a-z]/g, (_, at: number) => (at === 0 ? 'q' : ('xzjkvw'[(index + at) % 6] ?? 'x')));
}

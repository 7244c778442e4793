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

/** Every name turned by half the alphabet: as long as before, so that no line breaks elsewhere. */
export function otherwise(preset: string): Names {
  const { policy, roles } = parse(presetText(preset)) as { policy: { name: string }; roles: Record<string, unknown> };
  const declared = [policy.name, ...Object.keys(roles).filter((name) => !['source', 'because'].includes(name))];
  const other = new Map(declared.map((name) => [name, turned(name)]));
  return {
    policy: (name) => [...other].reduce((text, [from, to]) => renamed(text, from, to), presetText(name)),
    role: (name) => other.get(name) ?? name,
    back: (text) => [...other].reduce((all, [from, to]) => all.replaceAll(to, from), text),
  };
}

function turned(name: string): string {
  return name.replace(/[a-z]/g, (letter) => String.fromCharCode(((letter.charCodeAt(0) - 97 + 13) % 26) + 97));
}

// SPDX-License-Identifier: Apache-2.0
// Symbols from the sprite. A symbol never stands without its word, beside it or for the ear only.

import { symbols } from '../assets.ts';

export type IconName =
  | 'lock'
  | 'clock'
  | 'ring'
  | 'flask'
  | 'patch'
  | 'twin'
  | 'mail'
  | 'agent'
  | 'note'
  | 'person'
  | 'check'
  | 'cross'
  | 'alert'
  | 'open'
  | 'key'
  | 'daylight';

export function Icon({ name, tone }: { readonly name: IconName; readonly tone?: string }) {
  return (
    <svg class={tone === undefined ? 'icon' : `icon is-${tone}`} width="16" height="16" aria-hidden="true">
      <use href={`${symbols.url}#${name}`} />
    </svg>
  );
}

/** Severity as a word of the policy's scale and a glyph of four steps; only the highest uses the colour of danger. */
export function SeverityMark({ level, scale }: { readonly level: string; readonly scale: readonly string[] }) {
  const place = scale.indexOf(level);
  const step = place < 0 ? 1 : Math.max(1, Math.round(((place + 1) / scale.length) * 4));
  return (
    <span class={step === 4 && scale.length > 2 ? 'mark wrong' : 'mark'}>
      <svg class="icon level" width="22" height="16" aria-hidden="true">
        <use href={`${symbols.url}#level-${step}`} />
      </svg>
      {level}
    </span>
  );
}

/** FIRST TLP 2.0: capitals, no spaces, FIRST's own colours, and nowhere else. */
export function Tlp({ label }: { readonly label: 'TLP:AMBER+STRICT' | 'TLP:CLEAR' }) {
  return <span class={label === 'TLP:CLEAR' ? 'tlp' : 'tlp is-amber'}>{label}</span>;
}

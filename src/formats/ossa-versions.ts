// SPDX-License-Identifier: Apache-2.0
// The `version` of an OpenStack advisory: a list of ranges such as `<10.0.8, >=11.0.0 <11.0.7, ==12.0.0`, read and written (CONTRACT 3.3).

import type { VersionRange } from '../core/model/advisory.ts';
import { type Line, line } from '../core/model/prose.ts';

export interface OssaVersions {
  /** Nothing where a part is no range: then the text is kept as prose. */
  readonly ranges: readonly VersionRange[] | undefined;
  /** Bounds that a comma parts and that only together make a range, as they were written. */
  readonly joined: readonly string[];
}

interface Bound {
  readonly sign: '>=' | '<=' | '<' | '==';
  readonly version: Line;
}

const bound = /(>=|<=|==|<)?\s*(\d[0-9A-Za-z.+-]*)/y;

export function readOssaVersions(text: string): OssaVersions {
  const parts = text
    .split(/,| and /)
    .map((part) => part.trim())
    .filter((part) => part !== '')
    .map(boundsOf);
  const known = parts.filter((part) => part !== undefined);
  if (known.length === 0 || known.length < parts.length) return { ranges: undefined, joined: [] };
  const joined: string[] = [];
  const ranges = pairs(known, joined).map(rangeOf);
  const complete = ranges.filter((range) => range !== undefined);
  return complete.length === ranges.length ? { ranges: complete, joined } : { ranges: undefined, joined: [] };
}

/** The bounds of one part, or nothing where it says anything else. */
function boundsOf(part: string): readonly Bound[] | undefined {
  const bounds: Bound[] = [];
  bound.lastIndex = 0;
  for (let at = 0; at < part.length; at = bound.lastIndex) {
    const found = bound.exec(part);
    const version = line(found?.[2] ?? '');
    if (found === null || version === undefined) return undefined;
    bounds.push({ sign: (found[1] ?? '==') as Bound['sign'], version });
    while (part[bound.lastIndex] === ' ') bound.lastIndex += 1;
  }
  return bounds;
}

/** `>=2015.1.0, <=2015.1.1` is one range that somebody parted with a comma: a lower bound alone goes with the upper bound alone behind it. */
function pairs(parts: readonly (readonly Bound[])[], joined: string[]): readonly (readonly Bound[])[] {
  const whole: (readonly Bound[])[] = [];
  for (const part of parts) {
    const [lower, second] = whole.at(-1) ?? [];
    const [upper, other] = part;
    const fits = lower?.sign === '>=' && second === undefined && (upper?.sign === '<=' || upper?.sign === '<') && other === undefined;
    if (fits && lower !== undefined && upper !== undefined) {
      whole[whole.length - 1] = [lower, upper];
      joined.push(`>=${lower.version}, ${upper.sign}${upper.version}`);
    } else whole.push(part);
  }
  return whole;
}

function rangeOf(bounds: readonly Bound[]): VersionRange | undefined {
  const signs = bounds.map(({ sign }) => sign).join(' ');
  const [first, second] = bounds.map(({ version }) => version);
  if (first === undefined) return undefined;
  switch (signs) {
    case '==':
      return { scheme: 'ossa', exact: first };
    case '>=':
      return { scheme: 'ossa', introduced: first };
    case '<':
      return { scheme: 'ossa', fixed: first };
    case '<=':
      return { scheme: 'ossa', lastAffected: first };
    case '>= <':
      return second === undefined ? undefined : { scheme: 'ossa', introduced: first, fixed: second };
    case '>= <=':
      return second === undefined ? undefined : { scheme: 'ossa', introduced: first, lastAffected: second };
    default:
      return undefined;
  }
}

/** The ranges as such a list; one that is not of affected versions has no place in it. */
export function writeOssaVersions(ranges: readonly VersionRange[]): Line | undefined {
  return line(
    ranges
      .filter(({ status }) => status === undefined)
      .map(({ introduced, fixed, lastAffected, exact }) => {
        if (exact !== undefined) return `==${exact}`;
        const lower = introduced === undefined ? [] : [`>=${introduced}`];
        const upper = fixed !== undefined ? [`<${fixed}`] : lastAffected !== undefined ? [`<=${lastAffected}`] : [];
        return [...lower, ...upper].join(' ') || '>=0';
      })
      .join(', '),
  );
}

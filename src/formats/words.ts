// SPDX-License-Identifier: Apache-2.0
// The words that text and page share for what the record says in codes: dates, ranges, states, kinds.

import type {
  Advisory,
  Branch,
  Credit,
  Cve,
  Exploitation,
  Justification,
  Product,
  Reference,
  Severity,
  Status,
  VersionRange,
  Weakness,
} from '../core/model/advisory.ts';
import type { When } from '../core/model/day.ts';
import { isDay } from '../core/model/day.ts';
import type { Publisher } from './publisher.ts';

/** `2026-11-05`, or `2026-11-17 15:00 UTC`; seconds only where there are any. */
export function spoken(when: When): string {
  if (isDay(when)) return when;
  const seconds = when
    .slice(16, 23)
    .replace(/\.000$/, '')
    .replace(/^:00$/, '');
  return `${when.slice(0, 10)} ${when.slice(11, 16)}${seconds} UTC`;
}

export const kindWords: Readonly<Record<Advisory['kind'], string>> = {
  advisory: 'security advisory',
  note: 'security note',
  notice: 'security notice',
};

const schemeWords: Readonly<Partial<Record<VersionRange['scheme'], string>>> = {
  git: 'commits',
  pep440: 'PEP 440',
  rpm: 'RPM',
  deb: 'Debian',
};

export function spokenRange(range: VersionRange): string {
  const state = { 'not-affected': 'not affected: ', unknown: 'not known: ' } as const;
  return (range.status === undefined ? '' : state[range.status]) + spokenVersions(range);
}

/** Where one version should stand: a range in words or signs, or a word for none. */
export function isNoVersion(version: string): boolean {
  return /[<>=,*]| (?:to|through|before|and) |^(?:n\/a|all|none|unknown|unspecified)$/i.test(version);
}

/** Which versions, and nothing of their state. */
export function spokenVersions(range: VersionRange): string {
  const remarks = [range.branch, range.schemeName ?? schemeWords[range.scheme]].filter((remark) => remark !== undefined);
  return span(range) + (remarks.length === 0 ? '' : ` (${remarks.join(', ')})`);
}

function span(range: VersionRange): string {
  const { introduced, fixed, lastAffected, exact } = range;
  const parts = [
    exact,
    introduced === undefined ? undefined : fixed === undefined && lastAffected !== undefined ? introduced : `${introduced} and later`,
    fixed === undefined ? undefined : `before ${fixed}`,
    lastAffected === undefined ? undefined : `up to and including ${lastAffected}`,
  ].filter((part) => part !== undefined);
  return parts.length === 0 ? 'all versions' : parts.join(introduced !== undefined && fixed !== undefined ? ', ' : ' ');
}

export const statusWords: Readonly<Record<Status, string>> = {
  affected: 'affected, not fixed',
  fixed: 'fixed',
  'not-affected': 'not affected',
  unknown: 'not known',
  'wont-fix': 'affected, will not be fixed',
};

const otherVersions: Readonly<Record<Status, string>> = {
  affected: 'all other versions are affected',
  fixed: 'all other versions are fixed',
  'not-affected': 'no other version is affected',
  unknown: 'not known of other versions',
  'wont-fix': 'all other versions are affected and will not be fixed',
};

/** A product as a whole, or what its ranges leave. Whether a fix is there is what branches say; of a product the record knows it not. */
export function spokenState({ status, ranges }: Product): string | undefined {
  if (status === undefined) return undefined;
  if (ranges !== undefined) return otherVersions[status];
  return status === 'affected' ? 'affected' : statusWords[status];
}

export const justificationWords: Readonly<Record<Justification, string>> = {
  component_not_present: 'the vulnerable component is not part of it',
  vulnerable_code_not_present: 'the vulnerable code is not part of it',
  vulnerable_code_not_in_execute_path: 'the vulnerable code is never run',
  vulnerable_code_cannot_be_controlled_by_adversary: 'an attacker cannot reach the vulnerable code',
  inline_mitigations_already_exist: 'it has built-in protection',
};

export const exploitationWords: Readonly<Record<Exploitation['status'], string>> = {
  'not-known': 'not known',
  'proof-of-concept': 'a proof of concept is public',
  active: 'yes, attacks have been seen',
};

export const creditWords: Readonly<Record<Credit['kind'], string>> = {
  reporter: 'Reported by',
  finder: 'Found by',
  patcher: 'Patched by',
  reviewer: 'Reviewed by',
  verifier: 'Verified by',
  analyst: 'Analysed by',
  coordinator: 'Coordinated by',
  tool: 'Found with',
  sponsor: 'Sponsored by',
  other: 'Thanks to',
};

export const referenceWords: Readonly<Record<Reference['kind'], string>> = {
  patch: 'Patch',
  introduced: 'Introduced',
  report: 'Report',
  bug: 'Bug',
  advisory: 'Advisory',
  article: 'Article',
  discussion: 'Discussion',
  detection: 'Detection',
  evidence: 'Evidence',
  package: 'Package',
  record: 'Record',
  web: 'Web',
};

/** Kinds in the order of the table above, each with what the record has of it. */
export function byKind<K extends string, T extends { readonly kind: K }>(
  words: Readonly<Record<K, string>>,
  all: readonly T[],
): readonly (readonly [string, readonly T[]])[] {
  const kinds = Object.entries<string>(words).map(([kind, word]) => [word, all.filter((each) => each.kind === kind)] as const);
  return kinds.filter(([, some]) => some.length > 0);
}

/** Who is thanked, in one line: `Ada Lovelace <ada@example.org>, Analytical Engines`. */
export function spokenCredit(credit: Credit, publisher: Publisher): string {
  const address = publisher.addresses === 'shown' && credit.email !== undefined ? `<${credit.email}>` : undefined;
  const who = [credit.name, address].filter((part) => part !== undefined).join(' ') || 'somebody known by address only';
  return [who, credit.organisation, credit.url, credit.cves?.join(', ')].filter((part) => part !== undefined).join(', ');
}

/** `Medium 6.5`, or the level or the score alone. */
export function spokenLevel(severity: Severity): string {
  const level = severity.level === undefined ? undefined : severity.level.slice(0, 1).toUpperCase() + severity.level.slice(1);
  return [level, severity.vector?.score?.toFixed(1)].filter((part) => part !== undefined).join(' ') || 'not rated in words';
}

/** Who judged, and on which scale. */
export function spokenJudge({ by, scale }: Severity): string {
  return [by, scale?.name, scale?.url].filter((part) => part !== undefined).join(', ');
}

/** What the CVE list says of a number, in one line; nothing where the record does not know. */
export function spokenListing({ tags, listing }: Cve): string | undefined {
  const { organisation, name, writer, reserved, published, updated } = listing ?? {};
  const dates = Object.entries({ reserved, published, updated }).flatMap(([word, at]) =>
    at === undefined ? [] : [`${word} ${spoken(at)}`],
  );
  const by = organisation === undefined ? [] : [`listed by ${name === undefined ? '' : `${name}, `}${organisation}`];
  const wrote = writer === undefined ? [] : [`written by ${writer.name === undefined ? '' : `${writer.name}, `}${writer.organisation}`];
  const parts = [...(tags ?? []), ...by, ...wrote, ...dates];
  return parts.length === 0 ? undefined : parts.join('; ');
}

/** `CWE-476 NULL Pointer Dereference`, with the number it belongs to. */
export function spokenWeakness({ id, name, by, cve }: Weakness): string {
  const remark = [cve, by === undefined ? undefined : `by ${by}`].filter((part) => part !== undefined).join(', ');
  return [id, name, remark === '' ? undefined : `(${remark})`].filter((part) => part !== undefined).join(' ');
}

/** The number in its tracker as people write it: `redhat bug #681730`. */
export function spokenBug(reference: Reference): string | undefined {
  return reference.tracker === undefined ? undefined : `${reference.tracker} bug #${reference.id ?? ''}`;
}

/** Branches of which only the name differs and that have neither release nor fix, so that 60 old branches are one line, below the others. */
export function grouped(branches: readonly Branch[]): readonly (readonly [Branch, ...Branch[]])[] {
  const groups = new Map<string, [Branch, ...Branch[]]>();
  branches.forEach((branch, at) => {
    const alone = (branch.vulnerableTags ?? []).length + (branch.fixedTags ?? []).length + (branch.fixedBy ?? []).length > 0;
    const key = alone ? `${at}` : JSON.stringify([branch.status, branch.justification, branch.introducedBy, branch.note]);
    const group = groups.get(key);
    if (group === undefined) groups.set(key, [branch]);
    else group.push(branch);
  });
  return [...groups.values()].sort((first, second) => Number(first.length > 1) - Number(second.length > 1));
}

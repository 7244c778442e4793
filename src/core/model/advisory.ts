// SPDX-License-Identifier: Apache-2.0
// The advisory record: what a project says about one vulnerability, once; every published format is a view of it (docs/advisory-record.md).

import type { creditKinds, referenceKinds, statuses } from './advisory-words.ts';
import type { CveId } from './identifiers.ts';
import { type Instant, Temporal } from './time.ts';

/** One line of text: not empty, no line breaks, single spaces, none at the ends. Made by `line`. */
export type Line = string & { readonly form: 'line' };

/**
 * Plain text in blocks, not empty; one empty line stands between two blocks. A flowed block is one line with single spaces, to be
 * wrapped by whoever shows it. A verbatim block (commands, a log) has four spaces before each of its lines, which stay as they are.
 * No markup. Made by `prose`.
 */
export type Prose = string & { readonly form: 'prose' };

/** A date without an hour, `YYYY-MM-DD`: what archives know. It is never turned into an instant. Made by `day`. */
export type Day = string & { readonly unit: 'day' };

/** When something happened, as precisely as it is known: 10 characters are a day, 24 an instant. */
export type When = Day | Instant;

export interface Advisory {
  readonly daylight: 'advisory/1';
  /** As it is published, prefix and all: `LSN-2026-0003`, `OSSA-2026-001`. The scheme is the policy's (`advisory.id`). */
  readonly id: Line;
  /** Other numbers of the same flaw, CVE ids apart: `GHSA-…`. */
  readonly aliases?: readonly Line[];
  /** Numbers of other flaws that a reader should know of. */
  readonly related?: readonly Line[];
  readonly kind: 'advisory' | 'note' | 'notice';
  /** 1 at first publication; each erratum adds one. */
  readonly version: number;
  /** Versions 2 and later, oldest first. */
  readonly errata?: readonly Erratum[];
  readonly title: Line;
  /** For somebody who reads two sentences. */
  readonly summary?: Prose;
  /** What is wrong. Names nobody: credits have their own place (CNA 5.2.4). */
  readonly description?: Prose;
  /** What an attacker gains. */
  readonly impact?: Prose;
  /** All must hold for a reader to be affected (VMT-8). */
  readonly conditions?: readonly Prose[];
  /** How a reader can tell: commands, log lines (OSPS-VM-04.01). */
  readonly detection?: Prose;
  /** What helps without the fix. `none-known` is a statement; absent says nothing (VMT-8). */
  readonly workarounds?: readonly Prose[] | 'none-known';
  /** What removes the flaw: upgrade, configuration, rebuild. */
  readonly solution?: Prose;
  readonly exploitation?: Exploitation;
  readonly products: readonly Product[];
  readonly cves?: readonly Cve[];
  /** Several when several judged; a score always names who gave it (VMT-34). */
  readonly severity?: readonly Severity[];
  readonly cwes?: readonly Weakness[];
  /** `CAPEC-…`. */
  readonly attackPatterns?: readonly Line[];
  readonly ssvc?: readonly Ssvc[];
  readonly credits?: readonly Credit[];
  readonly dates: Dates;
  /** Steps that a reader may know, oldest first. */
  readonly timeline?: readonly Step[];
  readonly references?: readonly Reference[];
  readonly notes?: readonly Prose[];
  /** FIRST TLP 2.0, exactly so written. */
  readonly tlp?: Tlp;
  /** BCP 47: `en`, `de-CH`. */
  readonly language?: Line;
  /** The policy under which it was written: `libvirt-2023`. */
  readonly policy?: Line;
  /** Said of an advisory that should not have been: the reason; the day is `dates.withdrawn`. */
  readonly withdrawn?: Prose;
}

export interface Erratum {
  readonly version: number;
  readonly date: When;
  readonly reason?: Prose;
}

export interface Exploitation {
  readonly status: 'not-known' | 'proof-of-concept' | 'active';
  readonly note?: Prose;
}

export type Status = (typeof statuses)[number];

/** Why a product or branch is not affected (OpenVEX and CSAF flags, the same five). */
export type Justification =
  | 'component_not_present'
  | 'vulnerable_code_not_present'
  | 'vulnerable_code_not_in_execute_path'
  | 'vulnerable_code_cannot_be_controlled_by_adversary'
  | 'inline_mitigations_already_exist';

export interface Product {
  readonly name: Line;
  readonly vendor?: Line;
  /** A URL, or the project's short name for it (`libvirt.git`), which the publisher can resolve. */
  readonly repository?: Line;
  /** Part of the product: subsystem, driver, module. */
  readonly component?: Line;
  readonly purl?: Line;
  readonly cpe?: Line;
  /** As OSV names it: `PyPI`, `Debian:12`. */
  readonly ecosystem?: Line;
  readonly platforms?: readonly Line[];
  readonly files?: readonly Line[];
  readonly routines?: readonly Line[];
  /** Of the product as a whole, where branches and ranges do not tell. */
  readonly status?: Status;
  readonly justification?: Justification;
  /** Only these numbers concern the product; absent: all. */
  readonly cves?: readonly CveId[];
  readonly branches?: readonly Branch[];
  readonly ranges?: readonly VersionRange[];
  /** What the source says of versions, verbatim, where it could not be read as ranges. */
  readonly prose?: Line;
}

export interface Branch {
  readonly name: Line;
  readonly status: Status;
  readonly justification?: Justification;
  /** Commits that brought the flaw in, full hashes. */
  readonly introducedBy?: readonly Line[];
  /** Commits that removed it. */
  readonly fixedBy?: readonly Line[];
  /** Releases of the branch that have the flaw, oldest first. */
  readonly vulnerableTags?: readonly Line[];
  /** Releases that have it no more: usually the first one only. */
  readonly fixedTags?: readonly Line[];
  readonly note?: Line;
}

/** Versions from `introduced` (absent: from the beginning) to before `fixed`, or up to `lastAffected`; or `exact` alone. `scheme` says how to order them. */
export interface VersionRange {
  readonly scheme: 'semver' | 'git' | 'pep440' | 'rpm' | 'deb' | 'ossa' | 'other';
  /** Absent: affected. */
  readonly status?: 'not-affected' | 'unknown';
  /** The branch whose releases these are. */
  readonly branch?: Line;
  readonly introduced?: Line;
  readonly fixed?: Line;
  readonly lastAffected?: Line;
  readonly exact?: Line;
}

export interface Cve {
  readonly id: CveId;
  readonly title?: Line;
  readonly note?: Prose;
}

export interface Severity {
  /** Who judged. */
  readonly by: Line;
  /** In the judge's own scale: `medium`, `important`. */
  readonly level?: Line;
  readonly vector?: { readonly system: 'CVSS:2.0' | 'CVSS:3.0' | 'CVSS:3.1' | 'CVSS:4.0'; readonly value: Line; readonly score?: number };
  readonly reason?: Prose;
  /** Only of this number; absent: of all. */
  readonly cve?: CveId;
}

/** At least one of `id` (`CWE-476`) and `name`. */
export interface Weakness {
  readonly id?: Line;
  readonly name?: Line;
  readonly cve?: CveId;
}

export interface Ssvc {
  readonly by: Line;
  readonly role?: Line;
  readonly version?: Line;
  readonly at?: When;
  /** Decision points in the order of the tree: `Exploitation` = `none`. */
  readonly points: readonly { readonly name: Line; readonly value: Line }[];
  readonly decision?: Line;
  readonly cve?: CveId;
}

/** Somebody who wants no name is not here. At least one of `name` and `email`; whether the address is shown is the publisher's choice. */
export interface Credit {
  readonly kind: (typeof creditKinds)[number];
  readonly name?: Line;
  readonly email?: Line;
  readonly organisation?: Line;
  readonly url?: Line;
  /** What they found, when an advisory has several numbers. */
  readonly cves?: readonly CveId[];
}

export interface Dates {
  readonly reported?: When;
  readonly fixed?: When;
  /** First publication. */
  readonly published?: When;
  readonly modified?: When;
  readonly withdrawn?: When;
}

export interface Step {
  readonly at: When;
  readonly text: Line;
}

/** `url`, or `tracker` with `id`, or both. */
export interface Reference {
  readonly kind: (typeof referenceKinds)[number];
  readonly url?: Line;
  /** Short name of a tracker (`redhat`, `launchpad`) and the number there. */
  readonly tracker?: Line;
  readonly id?: Line;
  readonly title?: Line;
  readonly branch?: Line;
}

export type Tlp = 'CLEAR' | 'GREEN' | 'AMBER' | 'AMBER+STRICT' | 'RED';

// Line ends and spaces of text files; no-break spaces are the writer's intention and stay.
const blank = /[ \t\r\n\v\f\u0085\u2028\u2029]+/g;

/** `text` as one line, or nothing when no characters are left. */
export function line(text: string): Line | undefined {
  const single = text.toWellFormed().replace(blank, ' ').trim();
  return single === '' ? undefined : (single as Line);
}

/** `text` in the white space of `Prose`, or nothing when no characters are left: empty lines part the blocks, tabs are eight columns. */
export function prose(text: string): Prose | undefined {
  const lines = text
    .toWellFormed()
    .replace(/\r\n?|[\v\f\u0085\u2028\u2029]/g, '\n')
    .split('\n');
  const blocks: string[][] = [[]];
  for (const each of lines.map(untabbed)) {
    if (each === '') blocks.push([]);
    else if (isVerbatim(each) !== isVerbatim(blocks.at(-1)?.at(-1) ?? each)) blocks.push([each]);
    else blocks.at(-1)?.push(each);
  }
  const joined = blocks
    .map(joinBlock)
    .filter((block) => block !== '')
    .join('\n\n');
  return joined === '' ? undefined : (joined as Prose);
}

function joinBlock(lines: readonly string[]): string {
  return isVerbatim(lines[0] ?? '') ? lines.join('\n') : lines.join(' ').replace(blank, ' ').trim();
}

/** Whether a line or block of `Prose` is to be shown as it stands. */
export function isVerbatim(block: string): boolean {
  return block.startsWith('    ');
}

/** The blocks of `text`, in order. */
export function blocksOf(text: Prose): readonly string[] {
  return text.split('\n\n');
}

function untabbed(each: string): string {
  return each.replaceAll('\t', '        ').trimEnd();
}

/** The day that `text` names, `YYYY-MM-DD` or `YYYYMMDD`, or nothing when the calendar has no such day. */
export function day(text: string): Day | undefined {
  if (!/^\d{4}-?\d{2}-?\d{2}$/.test(text)) return undefined;
  try {
    return Temporal.PlainDate.from(text).toString() as Day;
  } catch {
    return undefined;
  }
}

/** The UTC day of `when`. */
export function dayOf(when: When): Day {
  return when.slice(0, 10) as Day;
}

export function isDay(when: When): when is Day {
  return when.length === 10;
}

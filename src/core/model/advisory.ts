// SPDX-License-Identifier: Apache-2.0
// The advisory record: what a project says about one vulnerability, once; every published format is a view of it (docs/advisory-record.md).

import type { creditKinds, referenceKinds, statuses } from './advisory-words.ts';
import type { When } from './day.ts';
import type { CveId } from './identifiers.ts';
import type { Line, Prose } from './prose.ts';

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
  /** Its name in a collection of packages: `openstack-heat`, where the product is a whole distribution. */
  readonly package?: Line;
  /** Address of that collection. */
  readonly collection?: Line;
  readonly cpe?: Line;
  /** Further names of the same list. */
  readonly otherCpes?: readonly Line[];
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
  /** What a source calls a scheme that is `other`: `custom`, `maven`. */
  readonly schemeName?: Line;
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
  /** What the CVE list says of the number itself: `disputed`. */
  readonly tags?: readonly Line[];
  /** Who keeps the number's record in the CVE list, and since when. */
  readonly listing?: Listing;
}

export interface Listing {
  /** The organisation's UUID in the CVE program. */
  readonly organisation: Line;
  readonly name?: Line;
  /** Who wrote the record, where it is somebody else. */
  readonly writer?: { readonly organisation: Line; readonly name?: Line };
  readonly reserved?: When;
  readonly published?: When;
  readonly updated?: When;
}

export interface Severity {
  /** Who judged. */
  readonly by: Line;
  /** In the judge's own scale: `medium`, `important`. */
  readonly level?: Line;
  /** The scale's name and address, where a judge names them. */
  readonly scale?: { readonly name: Line; readonly url?: Line };
  readonly vector?: { readonly system: 'CVSS:2.0' | 'CVSS:3.0' | 'CVSS:3.1' | 'CVSS:4.0'; readonly value: Line; readonly score?: number };
  readonly reason?: Prose;
  /** Only of this number; absent: of all. */
  readonly cve?: CveId;
}

/** At least one of `id` (`CWE-476`) and `name`. */
export interface Weakness {
  readonly id?: Line;
  readonly name?: Line;
  /** Who judged, where that is known. */
  readonly by?: Line;
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
  /** In the words of the source: `vdb-entry`, `x_transferred`. */
  readonly tags?: readonly Line[];
}

export type Tlp = 'CLEAR' | 'GREEN' | 'AMBER' | 'AMBER+STRICT' | 'RED';

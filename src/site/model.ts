// SPDX-License-Identifier: Apache-2.0
// What a public site is made from: documents that were signed and kept, the policies that held, opened records. Nothing here is rendered anew.

import type { Advisory } from '../core/model/advisory.ts';
import type { When } from '../core/model/day.ts';
import type { Instant } from '../core/model/time.ts';

export interface SiteFile {
  /** Relative, with `/`, without `.` or `..` parts. */
  readonly path: string;
  readonly bytes: Uint8Array;
}

/** One advisory in one format, as it was kept. */
export interface SiteDocument {
  readonly version: number;
  readonly format: string;
  readonly file: string;
  readonly bytes: Uint8Array;
  readonly sha256: string;
  /** Armoured; null for none, or for one that the file itself carries. */
  readonly signature: string | null;
}

export interface SiteAdvisory {
  readonly number: string;
  readonly title: string;
  readonly preparedAt: Instant;
  /** Every published version. */
  readonly documents: readonly SiteDocument[];
  /** The opened record of its case, by the name of its page; null where nothing is opened. */
  readonly record: string | null;
}

/** A record as its file gives it, and how much of it a page needs to know. */
export interface SiteRecord {
  /** Codename of the case: `tidal-heron`. */
  readonly name: string;
  /** `record.json`, byte for byte. */
  readonly json: string;
  readonly number: string | null;
}

export interface SitePolicy {
  readonly name: string;
  readonly version: number;
  readonly title: string;
  readonly from: Instant;
  /** Null for the one that holds. */
  readonly until: Instant | null;
  readonly sha256: string;
  readonly text: string;
  readonly contact: string;
  readonly parts: readonly { readonly title: string; readonly sentences: readonly string[] }[];
  /** How many keys act differently than in the version before. */
  readonly changed: number;
}

/** One public key of the project, and what it signs. */
export interface SiteKey {
  /** 40 upper-case hexadecimal digits. */
  readonly fingerprint: string;
  readonly names: readonly string[];
  /** `Ed25519`; empty where it is of a kind that is not read here. */
  readonly algorithm: string;
  readonly created: Instant | null;
  /** Null: never. */
  readonly expires: Instant | null;
  readonly armored: string;
  /** `repository`: commits of the repository of notices alone. */
  readonly use: 'advisories' | 'repository' | 'former';
  readonly whose: 'person' | 'program';
}

/** What all pages of a site share. */
export interface SiteSettings {
  /** At the head of every page: `libvirt security`. */
  readonly name: string;
  /** Where the site lies, no slash at the end. Lists for machines name whole addresses. */
  readonly url: string;
  /** Address of the page that takes reports. */
  readonly report: string;
  /** The address that stands for the publisher in CSAF. */
  readonly namespace: string;
  /** Null where nothing is signed. `armored`: all of them in one block, those that sign now first. */
  readonly keys: { readonly armored: string; readonly all: readonly SiteKey[] } | null;
  /** The whole file; null where it cannot be made. */
  readonly securityTxt: string | null;
  /** The newest first. */
  readonly policies: readonly SitePolicy[];
  readonly assets: readonly SiteFile[];
}

/** What lists say of an advisory, and what the machine index of its year keeps: from it alone every list can be written anew. */
export interface Entry {
  readonly number: string;
  readonly title: string;
  readonly year: string;
  readonly kind: Advisory['kind'];
  readonly version: number;
  readonly published: When;
  /** Of the version that stands. */
  readonly updated: When;
  readonly withdrawn: boolean;
  readonly cves: readonly string[];
  /** In the judge's own scale, as a page says it: `Medium 6.5`. */
  readonly severity: { readonly level: string | null; readonly words: string } | null;
  readonly summary: string | null;
  readonly credits: readonly { readonly kind: string; readonly name: string; readonly organisation: string | null }[];
  readonly page: string;
  readonly record: string | null;
  readonly files: readonly EntryFile[];
  /** Versions before the one that stands, oldest first. */
  readonly earlier: readonly { readonly version: number; readonly page: string }[];
  readonly csaf: CsafEntry | null;
  readonly osv: { readonly id: string; readonly modified: string } | null;
}

export interface EntryFile {
  readonly version: number;
  readonly format: string;
  readonly file: string;
  readonly sha256: string;
  readonly signature: string | null;
}

export interface CsafEntry {
  readonly id: string;
  readonly title: string;
  /** `2026/lsn-2026-0003.json`, below the folder of CSAF documents. */
  readonly path: string;
  readonly initial: string;
  readonly current: string;
  readonly signed: boolean;
}

// SPDX-License-Identifier: Apache-2.0
// The words of OSV beside those of the record, for both directions. Source: OSV schema 1.7.

import type { Credit, Reference, Severity } from '../core/model/advisory.ts';

/** Prefixes of databases that OSV knows; a project without one writes `x_` before its ids. */
const registered =
  /^(?:ASB-A|PUB-A|ALPINE|ALSA|ALBA|ALEA|AZL|BELL|BIT|CGA|CLEANSTART|CLSA|CURL|CVE|DEBIAN|DHI|DRUPAL|DSA|DLA|ELA|DTSA|ECHO|EEF|FreeBSD|GHSA|GO|GSD|HSEC|JLSEC|KUBE|LBSEC|LSN|MAL|MINI|MGASA|OESA|OSEC|OSV|openSUSE-SU|PHSA|PSF|PYSEC|RHBA|RHEA|RHSA|RLSA|RXSA|RSEC|ROOT|RUSTSEC|SUSE-[SRFO]U|UBUNTU|USN|V8)-/;

export function isRegistered(id: string): boolean {
  return registered.test(id);
}

export function osvId(id: string): string {
  return isRegistered(id) ? id : `x_${id}`;
}

/** The id as its project writes it. */
export function fromOsvId(id: string): string {
  return id.startsWith('x_') ? id.slice(2) : id;
}

export const creditTypes: Readonly<Record<Credit['kind'], string>> = {
  reporter: 'REPORTER',
  finder: 'FINDER',
  patcher: 'REMEDIATION_DEVELOPER',
  reviewer: 'REMEDIATION_REVIEWER',
  verifier: 'REMEDIATION_VERIFIER',
  analyst: 'ANALYST',
  coordinator: 'COORDINATOR',
  tool: 'TOOL',
  sponsor: 'SPONSOR',
  other: 'OTHER',
};

/** Kinds that share a type come back as the first of them. */
export const referenceTypes: Readonly<Record<Reference['kind'], string>> = {
  patch: 'FIX',
  introduced: 'INTRODUCED',
  report: 'REPORT',
  bug: 'REPORT',
  advisory: 'ADVISORY',
  article: 'ARTICLE',
  discussion: 'DISCUSSION',
  detection: 'DETECTION',
  evidence: 'EVIDENCE',
  package: 'PACKAGE',
  web: 'WEB',
  record: 'WEB',
};

export const severityTypes: Readonly<Record<NonNullable<Severity['vector']>['system'], string>> = {
  'CVSS:2.0': 'CVSS_V2',
  'CVSS:3.0': 'CVSS_V3',
  'CVSS:3.1': 'CVSS_V3',
  'CVSS:4.0': 'CVSS_V4',
};

/** The record's word for a word of a document, or nothing for one that is not in the table. */
export function kindFor<K extends string>(table: Readonly<Record<K, string>>, word: string | undefined): K | undefined {
  return Object.entries<string>(table).find(([, each]) => each === word)?.[0] as K | undefined;
}

/** Semantic Versioning 2.0.0, item 9 and 10 as its own regular expression has them. */
export function isSemver(version: string): boolean {
  return /^(?:0|[1-9]\d*)\.(?:0|[1-9]\d*)\.(?:0|[1-9]\d*)(?:-[0-9A-Za-z-]+(?:\.[0-9A-Za-z-]+)*)?(?:\+[0-9A-Za-z-]+(?:\.[0-9A-Za-z-]+)*)?$/.test(
    version,
  );
}

export function isFullHash(commit: string): boolean {
  return /^(?:[a-f0-9]{40}|[a-f0-9]{64})$/.test(commit);
}

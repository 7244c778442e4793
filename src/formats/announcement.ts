// SPDX-License-Identifier: Apache-2.0
// The advisory as the body of a mail to a list, its subject in the first line: for announcement lists, and for oss-security with that list's rules (VMT-43).

import type { Advisory, Product } from '../core/model/advisory.ts';
import { visible } from './characters.ts';
import { refused, type Written } from './format.ts';
import { checkOssSecurity } from './oss-security-check.ts';
import type { Publisher } from './publisher.ts';
import { writeText } from './text.ts';
import { spokenRange } from './words.ts';

/** `[OSSA-2026-004] heron: Tokens are lent (CVE-1900-1201)`. */
export function writeAnnouncement(advisory: Advisory, publisher: Publisher): Written {
  return mail(`[${advisory.id}] ${names(advisory.products)}${advisory.title}${numbers(advisory)}`, advisory, publisher);
}

/** Software, versions and what is wrong stand in the subject; refused where the list would refuse it. */
export function writeOssSecurity(advisory: Advisory, publisher: Publisher): Written {
  if (advisory.products.length === 0)
    return refused('subject-software', 'products', 'the subject of a mail to oss-security names the software');
  const versions = short(
    advisory.products
      .map(versionsOf)
      .filter((text) => text !== '')
      .join('; '),
  );
  const software = [...new Set(advisory.products.map(({ name }) => name))].join(', ');
  const written = mail(`${[software, versions].filter(Boolean).join(' ')}: ${advisory.title}${numbers(advisory)}`, advisory, publisher);
  if (!written.ok) return written;
  const [fault] = checkOssSecurity(new TextEncoder().encode(written.text)).filter(({ level }) => level === 'error');
  return fault === undefined ? written : refused(fault.rule, fault.place, fault.message);
}

function mail(subject: string, advisory: Advisory, publisher: Publisher): Written {
  const written = writeText(advisory, publisher);
  return written.ok ? { ...written, text: `Subject: ${visible(subject)}\n\n${written.text}` } : written;
}

function names(products: readonly Product[]): string {
  const all = [...new Set(products.map(({ name }) => name))];
  return all.length === 0 ? '' : `${all.join(', ')}: `;
}

function numbers({ cves = [] }: Advisory): string {
  return cves.length === 0 ? '' : ` (${cves.map(({ id }) => id).join(', ')})`;
}

function versionsOf({ ranges, prose, branches = [] }: Product): string {
  if (ranges !== undefined)
    return ranges
      .filter(({ status }) => status === undefined)
      .map(spokenRange)
      .join(', ');
  const tags = branches.flatMap(({ vulnerableTags = [] }) => vulnerableTags);
  return prose ?? (tags.length > 1 ? `${tags[0]} to ${tags.at(-1)}` : (tags[0] ?? ''));
}

const subjectMost = 80;

/** Long lists of versions stand in the body. */
function short(text: string): string {
  return text.length <= subjectMost ? text : `${text.slice(0, subjectMost).replace(/[,;]?\s+\S*$/, '')} and others`;
}

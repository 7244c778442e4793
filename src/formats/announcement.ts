// SPDX-License-Identifier: Apache-2.0
// The advisory as the body of a mail to a list, its subject in the first line: for announcement lists, and for oss-security with that list's rules (VMT-43).

import type { Advisory, Cve, Product } from '../core/model/advisory.ts';
import { isAffected } from './affected.ts';
import { visible } from './characters.ts';
import { refused, type Written } from './format.ts';
import { checkOssSecurity } from './oss-security-check.ts';
import type { Publisher } from './publisher.ts';
import { writeText } from './text.ts';
import { spokenRange } from './words.ts';

/** `[OSSA-2026-004] heron: Tokens are lent (CVE-1900-1201)`. */
export function writeAnnouncement(advisory: Advisory, publisher: Publisher): Written {
  return mail(`[${advisory.id}] ${named(softwareOf(advisory))}${advisory.title}${otherNumbers(advisory)}`, advisory, publisher);
}

/** Software, versions and what is wrong stand in the subject; refused where the list would refuse it. */
export function writeOssSecurity(advisory: Advisory, publisher: Publisher): Written {
  const software = softwareOf(advisory);
  if (software === '') return refused('subject-software', 'products', 'the subject of a mail to oss-security names the software');
  const versions = short(
    advisory.products
      .filter(isAffected)
      .map(versionsOf)
      .filter((text) => text !== '')
      .join('; '),
  );
  const written = mail(
    `${[software, versions].filter(Boolean).join(' ')}: ${advisory.title}${bracketed(advisory.cves ?? [])}`,
    advisory,
    publisher,
  );
  if (!written.ok) return written;
  const [fault] = checkOssSecurity(new TextEncoder().encode(written.text)).filter(({ level }) => level === 'error');
  return fault === undefined ? written : refused(fault.rule, fault.place, fault.message);
}

function mail(subject: string, advisory: Advisory, publisher: Publisher): Written {
  const written = writeText(advisory, publisher);
  return written.ok ? { ...written, text: `Subject: ${visible(subject)}\n\n${written.text}` } : written;
}

function named(software: string): string {
  return software === '' ? '' : `${software}: `;
}

/** Of so many products each is named. */
const namedMost = 3;

/** What is affected, else what is spared, each name once; of many the first ones and how many more there are. */
function softwareOf({ products }: Advisory): string {
  const about = products.some(isAffected) ? products.filter(isAffected) : products;
  const all = [...new Set(about.map(({ name }) => name))];
  const more = all.length - namedMost + 1;
  return all.length <= namedMost ? all.join(', ') : `${all.slice(0, -more).join(', ')} and ${more} more`;
}

/** Those that do not stand in front already. */
function otherNumbers({ id, cves = [] }: Advisory): string {
  return bracketed(cves.filter((cve) => `${cve.id}` !== `${id}`));
}

function bracketed(cves: readonly Cve[]): string {
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

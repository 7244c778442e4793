// SPDX-License-Identifier: Apache-2.0
// An OSV record as an advisory record. Events of versions become ranges, those of commits a branch of its own; what is not read is told.

import type { Advisory, Credit, Reference, Severity } from '../core/model/advisory.ts';
import type { When } from '../core/model/day.ts';
import { cveId } from '../core/model/identifiers.ts';
import { type Line, line } from '../core/model/prose.ts';
import { anomaliesOf } from './anomalies.ts';
import { type Finding, isAdvisoryId, type Read, refused } from './format.ts';
import { readJson } from './json-document.ts';
import { filled, present } from './optional.ts';
import { readOsvAffected } from './osv-affected-read.ts';
import { type OsvRecord, osvSchema } from './osv-schema.ts';
import { creditTypes, fromOsvId, kindFor, referenceTypes } from './osv-words.ts';
import { fromMarkdown } from './prose-markdown.ts';
import { readTimestamp } from './timestamps.ts';

const known = [
  'schema_version',
  'id',
  'modified',
  'published',
  'withdrawn',
  'aliases',
  'related',
  'summary',
  'details',
  'severity',
  'affected',
  'references',
  'credits',
];

export function readOsv(bytes: Uint8Array): Read {
  const read = readJson(bytes, osvSchema, 'not-osv', 'an OSV record');
  return read.ok ? advisoryOf(read.value) : read;
}

function advisoryOf(osv: OsvRecord): Read {
  const notes: Finding[] = [];
  const id = line(fromOsvId(osv.id));
  if (id === undefined || !isAdvisoryId(id)) return refused('no-id', 'id', `expected an id as LSN-2026-0003, not ${osv.id}`);
  const title = line(osv.summary ?? '');
  if (title === undefined) notes.push({ place: 'summary', rule: 'no-title', message: 'the id stands where a title should' });
  for (const key of Object.keys(osv)) if (!known.includes(key)) notes.push({ place: key, rule: 'not-read', message: 'is not read' });
  const aliases = (osv.aliases ?? []).flatMap((alias) => line(alias) ?? []);
  const numbers = [id, ...aliases].flatMap((alias) => cveId(alias) ?? []);
  const withdrawn = dateIn(osv, 'withdrawn', notes);
  const advisory: Advisory = {
    daylight: 'advisory/1',
    id,
    ...present('aliases', filled(aliases.filter((alias) => cveId(alias) === undefined))),
    ...present('related', filled((osv.related ?? []).flatMap((each) => line(each) ?? []))),
    kind: 'advisory',
    version: 1,
    title: title ?? id,
    ...present('description', osv.details === undefined ? undefined : fromMarkdown(osv.details)),
    products: (osv.affected ?? []).map((affected, at) => readOsvAffected(affected, `affected[${at}]`, notes)),
    ...present('cves', filled(numbers.map((number) => ({ id: number })))),
    ...present('severity', filled(readSeverity(osv, notes))),
    ...present('credits', filled((osv.credits ?? []).flatMap((each, at) => readCredit(each, at, notes)))),
    dates: {
      ...present('published', dateIn(osv, 'published', notes)),
      ...present('modified', dateIn(osv, 'modified', notes)),
      ...present('withdrawn', withdrawn),
    },
    ...present('references', filled((osv.references ?? []).flatMap((each, at) => readReference(each, at, notes)))),
  };
  return { ok: true, advisory, findings: [...notes, ...anomaliesOf(advisory)] };
}

function dateIn(osv: OsvRecord, key: 'published' | 'modified' | 'withdrawn', notes: Finding[]): When | undefined {
  const text = osv[key];
  const when = text === undefined ? undefined : readTimestamp(text);
  if (text !== undefined && when === undefined) notes.push({ place: key, rule: 'date', message: `expected a time in UTC, not ${text}` });
  return when;
}

/** Who judged is not said in OSV: the database that has the record answers for it. */
function readSeverity(osv: OsvRecord, notes: Finding[]): readonly Severity[] {
  return (osv.severity ?? []).flatMap(({ type, score }, at): Severity[] => {
    const value = line(score);
    const by = (osv.id.split('-')[0] ?? osv.id) as Line;
    const system = systemOf(type, score);
    if (value !== undefined && system !== undefined) return [{ by, vector: { system, value } }];
    if (value !== undefined && type === 'Ubuntu') return [{ by: 'Ubuntu' as Line, level: value }];
    notes.push({ place: `severity[${at}]`, rule: 'severity-type', message: `expected a CVSS vector, not ${type} ${score}` });
    return [];
  });
}

function systemOf(type: string, score: string): NonNullable<Severity['vector']>['system'] | undefined {
  if (type === 'CVSS_V2') return 'CVSS:2.0';
  if (type === 'CVSS_V3') return score.startsWith('CVSS:3.0/') ? 'CVSS:3.0' : 'CVSS:3.1';
  return type === 'CVSS_V4' ? 'CVSS:4.0' : undefined;
}

function readCredit(each: NonNullable<OsvRecord['credits']>[number], at: number, notes: Finding[]): readonly Credit[] {
  const name = line(each.name);
  if (name === undefined) return [];
  const kind = each.type === undefined ? 'other' : kindFor(creditTypes, each.type);
  if (kind === undefined) notes.push({ place: `credits[${at}].type`, rule: 'credit-type', message: `${each.type} is not a type of OSV` });
  const contacts = each.contact ?? [];
  const mail = contacts.find((contact) => contact.startsWith('mailto:'))?.slice('mailto:'.length);
  const url = contacts.find((contact) => /^https?:/.test(contact));
  const read = [mail === undefined ? '' : `mailto:${mail}`, url ?? ''];
  for (const contact of contacts)
    if (!read.includes(contact)) notes.push({ place: `credits[${at}].contact`, rule: 'not-read', message: `${contact} is not read` });
  return [{ kind: kind ?? 'other', name, ...present('email', line(mail ?? '')), ...present('url', line(url ?? '')) }];
}

function readReference(each: NonNullable<OsvRecord['references']>[number], at: number, notes: Finding[]): readonly Reference[] {
  const url = line(each.url);
  const kind = each.type === 'GIT' ? 'web' : kindFor(referenceTypes, each.type);
  if (kind === undefined || each.type === 'GIT')
    notes.push({ place: `references[${at}].type`, rule: 'reference-type', message: `${each.type} is read as WEB` });
  return url === undefined ? [] : [{ kind: kind ?? 'web', url }];
}

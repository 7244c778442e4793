// SPDX-License-Identifier: Apache-2.0
// An OpenStack security advisory (OSSA) in YAML as an advisory record. Prose about versions is kept as it stands; what is odd is told.

import type { Advisory, Credit, Cve, Erratum, Product, Reference, Severity, Weakness } from '../core/model/advisory.ts';
import { type Day, day } from '../core/model/day.ts';
import { cveId } from '../core/model/identifiers.ts';
import { type Line, line, type Prose, prose } from '../core/model/prose.ts';
import { anomaliesOf } from './anomalies.ts';
import { isAdvisoryId, type Read, refused } from './format.ts';
import { filled, present } from './optional.ts';
import { ossaKeys } from './ossa.ts';
import { Fields } from './ossa-fields.ts';
import { readOssaVersions } from './ossa-versions.ts';
import { parseYaml, YamlError, type YamlValue } from './yaml.ts';

export function readOssa(bytes: Uint8Array): Read {
  try {
    return readAdvisory(parseYaml(bytes));
  } catch (error) {
    if (error instanceof YamlError) return refused(error.rule, error.place, error.message);
    throw error;
  }
}

function readAdvisory(root: YamlValue): Read {
  const fields = Fields.of(root, '', ossaKeys);
  if (fields === undefined) return refused('not-an-advisory', `line ${root.line}`, 'expected a map that begins with date, id and title');
  const id = fields.line('id');
  const title = fields.line('title');
  if (id === undefined || !isAdvisoryId(id)) return refused('no-id', 'id', `expected an id as OSSA-2026-001, not ${id ?? 'nothing'}`);
  if (title === undefined) return refused('no-title', 'title', 'expected a title');
  if (!/^OSSA-\d{4}-\d{3,}$/.test(id)) fields.note('id', 'id-form', `expected OSSA-YYYY-NNN, not ${id}`);
  const history = readHistory(fields);
  const numbers = readVulnerabilities(fields);
  const advisory: Advisory = {
    daylight: 'advisory/1',
    id,
    kind: 'advisory',
    version: history.version,
    ...present('errata', history.errata),
    title,
    ...present('description', fields.prose('description')),
    products: fields.maps('affected-products', ['product', 'version']).flatMap(readProduct),
    ...numbers.known,
    ...present('credits', readReporters(fields, numbers.named)),
    dates: { ...present('published', dayIn(fields, 'date')), ...present('modified', history.errata?.at(-1)?.date) },
    ...present('references', filled([...readReference(fields), ...numbers.unread, ...readIssues(fields), ...readReviews(fields)])),
    ...present('notes', filled([...history.loose, ...fields.proses('notes')])),
  };
  return { ok: true, advisory, findings: [...fields.findings, ...anomaliesOf(advisory)] };
}

function dayIn(fields: Fields, key: string): Day | undefined {
  const text = fields.line(key);
  const read = text === undefined ? undefined : day(text);
  if (read === undefined) fields.note(key, 'date', `expected a day YYYY-MM-DD, not ${text ?? 'nothing'}`);
  return read;
}

interface History {
  readonly version: number;
  readonly errata: readonly Erratum[] | undefined;
  /** What the errata say where no entry of the history has a number. */
  readonly loose: readonly Prose[];
}

/** Newest first in the file; its one text tells of the newest. `Errata 1` is the second version. */
function readHistory(fields: Fields): History {
  const reason = fields.prose('errata');
  const errata = fields.texts('errata_history').flatMap((entry): Erratum[] => {
    const [, on = '', number] = /^(\S+) - (?:Errata (\d+)|Original Version)$/.exec(entry) ?? [];
    const date = day(on);
    if (date === undefined) fields.note('errata_history', 'history-form', `expected YYYY-MM-DD - Errata N, not ${entry}`);
    return date === undefined || number === undefined ? [] : [{ version: Number(number) + 1, date }];
  });
  const [newest, ...older] = errata.sort((first, second) => second.version - first.version);
  if (newest === undefined) return { version: 1, errata: undefined, loose: reason === undefined ? [] : [reason] };
  return { version: newest.version, errata: [...older.toReversed(), { ...newest, ...present('reason', reason) }], loose: [] };
}

function readProduct(fields: Fields): readonly Product[] {
  const name = fields.line('product');
  const text = fields.line('version');
  if (name === undefined) return [];
  if (text === undefined) return [{ name }];
  const { ranges, joined } = readOssaVersions(text);
  for (const pair of joined) fields.note('version', 'range-joined', `${pair} is read as one range`);
  if (ranges !== undefined) return [{ name, ranges }];
  fields.note('version', 'versions-in-prose', `kept as prose, for it is no list of ranges: ${text}`);
  return [{ name, prose: text }];
}

interface Numbers {
  readonly known: Pick<Advisory, 'cves' | 'severity' | 'cwes'>;
  /** Every id, in order, as it is written. */
  readonly named: readonly Line[];
  /** What stands where an id should and is none. */
  readonly unread: readonly Reference[];
}

function readVulnerabilities(fields: Fields): Numbers {
  const rows = fields.maps('vulnerabilities', ['cve-id', 'note', 'impact-assessment', 'classification']).flatMap((row) => {
    const written = row.line('cve-id');
    if (written === undefined) return [];
    const [, id = written, remark = ''] = /^(CVE-\S+) \((.+)\)$/.exec(written) ?? [];
    const cve = cveId(id);
    if (cve === undefined || remark !== '') row.note('cve-id', 'cve-form', `expected CVE-YYYY-NNNN, not ${written}`);
    return [{ row, id: id as Line, cve, note: row.prose('note') ?? prose(remark) }];
  });
  const cves = rows.flatMap(({ cve, note }): Cve[] => (cve === undefined ? [] : [{ id: cve, ...present('note', note) }]));
  const several = rows.length > 1;
  const of = (cve: Cve['id'] | undefined) => (several ? present('cve', cve) : {});
  return {
    known: {
      ...present('cves', filled(cves)),
      ...present(
        'severity',
        filled(rows.flatMap(({ row, cve }) => readAssessment(row).map((each): Severity => ({ ...each, ...of(cve) })))),
      ),
      ...present('cwes', filled(rows.flatMap(({ row, cve }) => readClass(row).map((each): Weakness => ({ ...each, ...of(cve) }))))),
    },
    named: rows.map(({ id }) => id),
    unread: rows.flatMap(({ id, cve }): Reference[] =>
      cve === undefined ? [{ kind: 'advisory', tracker: 'CVE' as Line, id: id.replace(/^CVE-/, '') as Line }] : [],
    ),
  };
}

function readAssessment(row: Fields): readonly Severity[] {
  const given = row.map('impact-assessment', ['source', 'rating', 'assessment']);
  const by = given?.line('source');
  if (given === undefined || by === undefined) return [];
  const score = given.map('assessment', ['type', 'score', 'detail']);
  const value = score?.line('detail');
  const vector = score === undefined || value === undefined ? undefined : { system: 'CVSS:2.0' as const, value, ...scoreIn(score) };
  if (score !== undefined && score.line('type') !== 'CVSS2') score.note('type', 'score-form', 'expected CVSS2');
  return [{ by, ...present('level', given.line('rating')), ...present('vector', score?.line('type') === 'CVSS2' ? vector : undefined) }];
}

function scoreIn(score: Fields): { readonly score?: number } {
  const text = score.line('score');
  const number = Number(text);
  if (text !== undefined && number >= 0 && number <= 10) return { score: number };
  score.note('score', 'score-form', `expected a score from 0 to 10, not ${text ?? 'nothing'}`);
  return {};
}

function readClass(row: Fields): readonly Weakness[] {
  const given = row.map('classification', ['source', 'type', 'detail']);
  const detail = given?.line('detail');
  if (given === undefined || detail === undefined) return [];
  const by = present('by', given.line('source'));
  if (/^CWE-\d+$/.test(detail)) return [{ id: detail, ...by }];
  given.note('detail', 'weakness-form', `expected CWE-NNN, not ${detail}`);
  return [{ name: detail, ...by }];
}

/** Who is affiliated to `UNKNOWN` is shown with no organisation, as OpenStack's own pages do. */
function readReporters(fields: Fields, named: readonly Line[]): readonly Credit[] | undefined {
  const credits = fields.maps('reporters', ['name', 'affiliation', 'reported']).flatMap((row): Credit[] => {
    const name = row.line('name');
    const organisation = row.line('affiliation');
    const reported = row.texts('reported');
    const others = reported.filter((id) => !named.includes(id as Line));
    for (const id of others) row.note('reported', 'not-among-vulnerabilities', `${id} is not a number of this advisory`);
    const some = reported.length < named.length || others.length > 0;
    const cves = some ? filled(reported.flatMap((id) => cveId(id) ?? [])) : undefined;
    const known = organisation === 'UNKNOWN' ? undefined : organisation;
    return name === undefined ? [] : [{ kind: 'reporter', name, ...present('organisation', known), ...present('cves', cves) }];
  });
  return filled(credits);
}

function readReference(fields: Fields): readonly Reference[] {
  const url = fields.line('reference');
  return url === undefined ? [] : [{ kind: 'discussion', url }];
}

const launchpad = /^https?:\/\/(?:bugs\.)?launchpad\.net\/(?:bugs\/|[^?]*\/\+bug\/)(\d+)$/;

function readIssues(fields: Fields): readonly Reference[] {
  const issues = fields.map('issues', ['links', 'type']);
  return (issues?.texts('links') ?? []).flatMap((text): Reference[] => {
    const url = line(text);
    const number = line(launchpad.exec(text)?.[1] ?? '');
    const tracked = number === undefined ? {} : { tracker: 'launchpad' as Line, id: number };
    return url === undefined ? [] : [{ kind: 'bug', url, ...tracked }];
  });
}

/** A review may carry a remark: `https://review.openstack.org/135616 - original`. */
function readReviews(fields: Fields): readonly Reference[] {
  const reviews = fields.map('reviews');
  return (reviews?.keys() ?? [])
    .filter((branch) => branch !== 'type')
    .flatMap((branch) =>
      (reviews?.texts(branch) ?? []).flatMap((text): Reference[] => {
        const [, address = text, remark = ''] = /^(\S+)\s+-\s+(.*)$/.exec(text) ?? [];
        const url = line(address);
        return url === undefined ? [] : [{ kind: 'patch', url, ...present('title', line(remark)), ...present('branch', line(branch)) }];
      }),
    );
}

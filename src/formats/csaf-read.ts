// SPDX-License-Identifier: Apache-2.0
// A CSAF 2.0 document as an advisory record: texts, numbers, products with their states, scores, credits. What has no place in the record is told.

import type { Advisory, Credit, Cve, Erratum, Reference, Severity, Weakness } from '../core/model/advisory.ts';
import { cveId } from '../core/model/identifiers.ts';
import { type Line, line, type Prose, prose } from '../core/model/prose.ts';
import { anomaliesOf } from './anomalies.ts';
import { readCsafProducts } from './csaf-products-read.ts';
import { type CsafDocument, type CsafVulnerability, csafSchema } from './csaf-schema.ts';
import { type Finding, isAdvisoryId, type Read, refused } from './format.ts';
import { readJson } from './json-document.ts';
import { filled, present } from './optional.ts';
import { kindFor } from './osv-words.ts';
import { readTimestamp } from './timestamps.ts';
import { creditWords, referenceWords } from './words.ts';

export function readCsaf(bytes: Uint8Array): Read {
  const read = readJson(bytes, csafSchema, 'not-csaf', 'a CSAF document');
  return read.ok ? advisoryOf(read.value) : read;
}

function advisoryOf(csaf: CsafDocument): Read {
  const { document, vulnerabilities = [] } = csaf;
  const notes: Finding[] = [];
  const id = line(document.tracking.id);
  const title = line(document.title);
  if (id === undefined || !isAdvisoryId(id))
    return refused('no-id', 'document.tracking.id', `expected an id as LSN-2026-0003, not ${document.tracking.id}`);
  if (title === undefined) return refused('no-title', 'document.title', 'expected a title');
  const [first] = vulnerabilities;
  const errata = readErrata(document);
  const noted = (noteTitle: string) =>
    texts((first?.notes ?? []).filter((note) => note.category === 'details' && note.title === noteTitle).map(({ text }) => text));
  const advisory: Advisory = {
    daylight: 'advisory/1',
    id,
    ...present('aliases', filled((document.tracking.aliases ?? []).flatMap((alias) => line(alias) ?? []))),
    kind: 'advisory',
    version: (errata?.length ?? 0) + 1,
    ...present('errata', errata),
    title,
    ...present('summary', texts((document.notes ?? []).filter(({ category }) => category === 'summary').map(({ text }) => text))[0]),
    ...present('description', texts((first?.notes ?? []).filter(({ category }) => category === 'description').map(({ text }) => text))[0]),
    ...present('impact', noted('Impact')[0]),
    ...present('conditions', filled(noted('Condition'))),
    ...present('detection', noted('Detection')[0]),
    ...present('workarounds', filled(texts(remedies(vulnerabilities, ['workaround', 'mitigation'])))),
    ...present('solution', texts(remedies(vulnerabilities, ['vendor_fix']))[0]),
    products: readCsafProducts(csaf),
    ...present('cves', filled(vulnerabilities.flatMap((each) => readNumber(each, title)))),
    ...present('severity', filled(readSeverity(csaf))),
    ...present('cwes', filled(vulnerabilities.flatMap((each) => readWeakness(each, vulnerabilities.length > 1)))),
    ...present('credits', filled(readCredits(csaf))),
    dates: readDates(csaf),
    ...present('references', filled(readReferences(csaf))),
    ...present('notes', filled(texts((document.notes ?? []).filter(({ category }) => category !== 'summary').map(({ text }) => text)))),
    ...present('tlp', tlps[document.distribution?.tlp?.label ?? '']),
    ...present('language', line(document.lang ?? '')),
  };
  return { ok: true, advisory, findings: [...notes, ...unread(csaf), ...anomaliesOf(advisory)] };
}

const tlps: Readonly<Record<string, NonNullable<Advisory['tlp']>>> = { WHITE: 'CLEAR', GREEN: 'GREEN', AMBER: 'AMBER', RED: 'RED' };

function texts(all: readonly string[]): readonly Prose[] {
  return all.flatMap((text) => prose(text) ?? []);
}

/** The rest, among them that no fix is planned, has no place in the record; that none is available says nothing. */
const remediesRead: readonly string[] = ['workaround', 'mitigation', 'vendor_fix', 'none_available'];

/** Said once for all numbers where it is the same. */
function remedies(vulnerabilities: readonly CsafVulnerability[], categories: readonly string[]): readonly string[] {
  const all = vulnerabilities.flatMap(({ remediations = [] }) =>
    remediations.filter(({ category }) => categories.includes(category)).map(({ details }) => details),
  );
  return [...new Set(all)];
}

/** The first revision is the publication itself; later ones are errata, counted from 2. */
function readErrata({ tracking }: CsafDocument['document']): readonly Erratum[] | undefined {
  const later = tracking.revision_history.slice(1).flatMap(({ date, summary }, at): readonly Erratum[] => {
    const when = readTimestamp(date);
    return when === undefined
      ? []
      : [{ version: at + 2, date: when, ...present('reason', summary === 'Corrected.' ? undefined : prose(summary)) }];
  });
  return filled(later);
}

function readNumber({ cve, title, notes = [] }: CsafVulnerability, ofDocument: Line): readonly Cve[] {
  const id = cveId(cve ?? '');
  const own = line(title ?? '');
  const note = texts(notes.filter(({ category, title: of }) => category === 'other' && of === 'Number').map(({ text }) => text))[0];
  return id === undefined ? [] : [{ id, ...present('title', own === ofDocument ? undefined : own), ...present('note', note) }];
}

function readSeverity({ document, vulnerabilities = [] }: CsafDocument): readonly Severity[] {
  const by = line(document.publisher.name) ?? ('unknown' as Line);
  const rated = line(document.aggregate_severity?.text ?? '');
  const url = line(document.aggregate_severity?.namespace ?? '');
  const overall: readonly Severity[] =
    rated === undefined ? [] : [{ by, level: rated, ...(url === undefined ? {} : { scale: { name: url, url } }) }];
  const scored = vulnerabilities.flatMap(({ cve, scores = [] }) =>
    scores.flatMap(({ cvss_v2: second, cvss_v3: third }) =>
      [second, third].flatMap((score): readonly Severity[] => {
        const value = line(score?.vectorString ?? '');
        if (score === undefined || value === undefined) return [];
        const system = score === second ? 'CVSS:2.0' : value.startsWith('CVSS:3.0/') ? 'CVSS:3.0' : 'CVSS:3.1';
        return [
          {
            by,
            vector: { system, value, score: score.environmentalScore ?? score.temporalScore ?? score.baseScore },
            ...present('cve', vulnerabilities.length > 1 ? cveId(cve ?? '') : undefined),
          },
        ];
      }),
    ),
  );
  return [...overall, ...scored];
}

function readWeakness({ cwe, cve }: CsafVulnerability, several: boolean): readonly Weakness[] {
  const [id, name] = [line(cwe?.id ?? ''), line(cwe?.name ?? '')];
  return id === undefined ? [] : [{ id, ...present('name', name), ...present('cve', several ? cveId(cve ?? '') : undefined) }];
}

/** Whoever is thanked for every number is thanked for the whole. */
function readCredits({ document, vulnerabilities = [] }: CsafDocument): readonly Credit[] {
  const all = new Map<string, { readonly credit: Credit; readonly numbers: NonNullable<Credit['cves']>[number][] }>();
  for (const { acknowledgments = [], cve } of [
    { acknowledgments: document.acknowledgments ?? [] },
    ...vulnerabilities,
  ] as readonly CsafVulnerability[])
    for (const { names = [], organization, summary, urls = [] } of acknowledgments)
      for (const each of names.length === 0 && organization !== undefined ? [organization] : names) {
        const name = line(each);
        if (name === undefined) continue;
        const kind = kindFor(creditWords, summary) ?? 'other';
        const organisation = names.length === 0 ? undefined : line(organization ?? '');
        const credit: Credit = { kind, name, ...present('organisation', organisation), ...present('url', line(urls[0] ?? '')) };
        const known = all.get(JSON.stringify(credit)) ?? { credit, numbers: [] };
        const number = cveId(cve ?? '');
        if (number !== undefined) known.numbers.push(number);
        all.set(JSON.stringify(credit), known);
      }
  return [...all.values()].map(({ credit, numbers }) =>
    numbers.length === 0 || numbers.length === vulnerabilities.length ? credit : { ...credit, cves: numbers },
  );
}

function readDates({ document: { tracking }, vulnerabilities = [] }: CsafDocument): Advisory['dates'] {
  const published = readTimestamp(tracking.initial_release_date);
  const current = readTimestamp(tracking.current_release_date);
  const reported = readTimestamp(vulnerabilities[0]?.discovery_date ?? '');
  return {
    ...present('reported', reported),
    ...present('published', published),
    ...present('modified', current === published ? undefined : current),
  };
}

/** What a reference is stands in its summary, where this program wrote it: `Patch, master`. */
function readReferences({ document, vulnerabilities = [] }: CsafDocument): readonly Reference[] {
  const all = [...(document.references ?? []), ...vulnerabilities.flatMap(({ references = [] }) => references)];
  const read = all.flatMap(({ summary, url, category }): readonly Reference[] => {
    const address = line(url);
    const [word = '', ...rest] = summary.split(', ');
    const kind = category === 'self' ? 'advisory' : kindFor(referenceWords, word);
    const title = line(kind === undefined ? summary : rest.join(', '));
    return address === undefined ? [] : [{ kind: kind ?? 'web', url: address, ...present('title', title) }];
  });
  const bugs = vulnerabilities.flatMap(({ ids = [] }) =>
    ids.flatMap(({ system_name: system, text }): readonly Reference[] => {
      const [tracker, id] = [line(system), line(text)];
      return tracker === undefined || id === undefined || text === document.tracking.id ? [] : [{ kind: 'bug', tracker, id }];
    }),
  );
  return [...new Map([...read, ...bugs].map((each) => [JSON.stringify(each), each])).values()];
}

function unread({ vulnerabilities = [] }: CsafDocument): readonly Finding[] {
  const titles = new Set(['Impact', 'Condition', 'Detection']);
  return vulnerabilities.flatMap(({ notes = [], threats = [], remediations = [] }, at) => {
    const place = `vulnerabilities[${at}]`;
    const others = notes.filter(
      ({ category, title }) =>
        category !== 'description' && !(category === 'details' && titles.has(title ?? '')) && !(category === 'other' && title === 'Number'),
    );
    const further =
      at === 0
        ? []
        : notes.filter(
            ({ category, text }) =>
              category === 'description' && text !== vulnerabilities[0]?.notes?.find((note) => note.category === 'description')?.text,
          );
    return [...others, ...further]
      .map(
        ({ title, category }): Finding => ({
          place: `${place}.notes`,
          rule: 'not-read',
          message: `a note is not read: ${title ?? category}`,
        }),
      )
      .concat(
        threats.map(
          ({ category }): Finding => ({ place: `${place}.threats`, rule: 'not-read', message: `a threat is not read: ${category}` }),
        ),
      )
      .concat(
        remediations.flatMap(({ category, details }, one): readonly Finding[] =>
          remediesRead.includes(category)
            ? []
            : [
                {
                  place: `${place}.remediations[${one}]`,
                  rule: 'not-read',
                  message: `a remediation is not read: ${category}, “${details}”`,
                },
              ],
        ),
      );
  });
}

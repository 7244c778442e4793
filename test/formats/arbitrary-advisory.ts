// SPDX-License-Identifier: Apache-2.0
// Any advisory record, for properties: ordinary words beside everything that has ever broken a document.

import fc from 'fast-check';
import type { Advisory } from '../../src/core/model/advisory.ts';
import { day, type When } from '../../src/core/model/day.ts';
import { type CveId, cveId } from '../../src/core/model/identifiers.ts';
import { type Line, line, type Prose, prose } from '../../src/core/model/prose.ts';
import { fromEpoch } from '../../src/core/model/time.ts';

const nasty = [
  '<script>alert(1)</script>',
  ']]>',
  '<![CDATA[',
  '&amp;&#x41;&e;',
  '"\' onload=x',
  '--><!--',
  'javascript:alert(1)',
  'https://example.org/?a=1&b="',
  '\u202egnisrever\u202c',
  '\u0000\u0007\u001b[2J\u009b',
  '\ufffe\uffff',
  'שלום',
  '脆弱性',
  '👩‍👩‍👧',
  'm\u0301\u0302',
  '{{7*7}}',
  '-----',
  'W'.repeat(90),
];

const word = fc.oneof(
  { weight: 4, arbitrary: fc.stringMatching(/^[a-z]{1,12}$/) },
  { weight: 1, arbitrary: fc.constantFrom(...nasty) },
  { weight: 1, arbitrary: fc.string({ unit: 'binary', maxLength: 8 }) },
);

function words(most: number) {
  return fc.array(word, { minLength: 1, maxLength: most }).map((all) => all.join(' '));
}

const anyLine: fc.Arbitrary<Line> = words(12).map((text) => line(text) ?? ('x' as Line));

const verbatim = fc.array(words(6), { minLength: 1, maxLength: 3 }).map((lines) => lines.map((each) => `    ${each}`).join('\n'));

/** With or without blocks that are shown as they stand. */
export function anyProse(withVerbatim = true): fc.Arbitrary<Prose> {
  const block = withVerbatim ? fc.oneof({ weight: 3, arbitrary: words(40) }, { weight: 1, arbitrary: verbatim }) : words(40);
  return fc.array(block, { minLength: 1, maxLength: 3 }).map((blocks) => prose(blocks.join('\n\n')) ?? ('x' as Prose));
}

const anyDay: fc.Arbitrary<When> = fc
  .date({ min: new Date('1990-01-01'), max: new Date('2090-01-01'), noInvalidDate: true })
  .map((date) => day(date.toISOString().slice(0, 10)) ?? ('2000-01-01' as When));
const anyWhen = fc.oneof(anyDay, fc.integer({ min: 0, max: 4e12 }).map(fromEpoch));
const anyCve = fc.integer({ min: 1000, max: 99_999_999 }).map((number) => cveId(`CVE-1900-${number}`) ?? ('' as CveId));
const anyHash = fc.stringMatching(/^[0-9a-f]{40}$/).map((hash) => hash as Line);

function some<T>(item: fc.Arbitrary<T>) {
  return fc.array(item, { minLength: 1, maxLength: 3 });
}

/** A record of which every key but those named may be missing. */
function partly<T extends object, K extends keyof T>(model: { [k in keyof T]: fc.Arbitrary<T[k]> }, requiredKeys: K[]) {
  return fc.record(model, { requiredKeys, noNullPrototype: true }) as unknown as fc.Arbitrary<T>;
}

const status = fc.constantFrom('affected', 'fixed', 'not-affected', 'unknown', 'wont-fix');
const justification = fc.constantFrom('component_not_present', 'vulnerable_code_not_present', 'inline_mitigations_already_exist');

const branch = partly(
  {
    name: anyLine,
    status,
    justification,
    introducedBy: some(anyHash),
    fixedBy: some(anyHash),
    vulnerableTags: some(anyLine),
    fixedTags: some(anyLine),
    note: anyLine,
  },
  ['name', 'status'],
);

const range = partly(
  {
    scheme: fc.constantFrom('semver', 'git', 'rpm', 'ossa'),
    status: fc.constantFrom('not-affected', 'unknown'),
    branch: anyLine,
    introduced: anyLine,
    fixed: anyLine,
    lastAffected: anyLine,
    exact: anyLine,
  },
  ['scheme'],
);

const product = partly(
  {
    name: anyLine,
    vendor: anyLine,
    repository: anyLine,
    component: anyLine,
    purl: anyLine,
    cpe: anyLine,
    ecosystem: anyLine,
    platforms: some(anyLine),
    files: some(anyLine),
    routines: some(anyLine),
    status,
    justification,
    cves: some(anyCve),
    branches: some(branch),
    ranges: some(range),
    prose: anyLine,
  },
  ['name'],
);

const severity = partly(
  {
    by: anyLine,
    level: fc.oneof(fc.constantFrom('low', 'Critical'), anyLine),
    vector: partly({ system: fc.constantFrom('CVSS:2.0', 'CVSS:4.0'), value: anyLine, score: fc.constantFrom(0, 4.4, 10) }, [
      'system',
      'value',
    ]),
    reason: anyProse(),
    cve: anyCve,
  },
  ['by'],
);

const ssvc = partly(
  {
    by: anyLine,
    role: anyLine,
    version: anyLine,
    at: anyWhen,
    points: some(fc.record({ name: anyLine, value: anyLine }, { noNullPrototype: true })),
    decision: anyLine,
    cve: anyCve,
  },
  ['by', 'points'],
);

const credit = partly(
  {
    kind: fc.constantFrom('reporter', 'patcher', 'finder', 'tool'),
    name: anyLine,
    email: anyLine,
    organisation: anyLine,
    url: anyLine,
    cves: some(anyCve),
  },
  ['kind', 'name'],
);

const reference = fc.oneof(
  partly({ kind: fc.constantFrom('patch', 'web', 'record'), url: anyLine, title: anyLine, branch: anyLine }, ['kind', 'url']),
  fc.record(
    { kind: fc.constantFrom('bug', 'report'), tracker: fc.oneof(fc.constantFrom('redhat', 'constructor'), anyLine), id: anyLine },
    { noNullPrototype: true },
  ),
);

/** `text` makes the prose of the record. */
export function anyAdvisory(text: fc.Arbitrary<Prose> = anyProse()): fc.Arbitrary<Advisory> {
  const model = {
    daylight: fc.constant('advisory/1'),
    id: fc.constantFrom('LSN-2026-0001', 'OSSA-2026-001', 'x'),
    aliases: some(anyLine),
    related: some(anyLine),
    kind: fc.constantFrom('advisory', 'note', 'notice'),
    version: fc.integer({ min: 1, max: 5 }),
    errata: some(partly({ version: fc.integer({ min: 2, max: 5 }), date: anyWhen, reason: text }, ['version', 'date'])),
    title: anyLine,
    summary: text,
    description: text,
    impact: text,
    conditions: some(text),
    detection: text,
    workarounds: fc.oneof(fc.constant('none-known'), some(text)),
    solution: text,
    exploitation: partly({ status: fc.constantFrom('not-known', 'active'), note: text }, ['status']),
    products: fc.array(product, { maxLength: 2 }),
    cves: some(partly({ id: anyCve, title: anyLine, note: text }, ['id'])),
    severity: some(severity),
    cwes: some(partly({ id: anyLine, name: anyLine, cve: anyCve }, ['id'])),
    attackPatterns: some(anyLine),
    ssvc: some(ssvc),
    credits: some(credit),
    dates: partly({ reported: anyWhen, fixed: anyWhen, published: anyWhen, modified: anyWhen, withdrawn: anyWhen }, []),
    timeline: some(fc.record({ at: anyWhen, text: anyLine }, { noNullPrototype: true })),
    references: some(reference),
    notes: some(text),
    tlp: fc.constantFrom('CLEAR', 'GREEN', 'AMBER', 'AMBER+STRICT', 'RED'),
    language: fc.constantFrom('en', 'de-CH'),
    policy: anyLine,
    withdrawn: text,
  };
  return fc.record(model, {
    requiredKeys: ['daylight', 'id', 'kind', 'version', 'title', 'products', 'dates'],
    noNullPrototype: true,
  }) as unknown as fc.Arbitrary<Advisory>;
}

/** A record with nothing in it that a libvirt notice could not hold. */
export function anyNotice(): fc.Arbitrary<Advisory> {
  const lists = (state: 'affected' | 'fixed') =>
    partly(
      {
        name: anyLine,
        status: fc.constant(state),
        introducedBy: some(anyHash),
        vulnerableTags: some(anyLine),
        ...(state === 'fixed' ? { fixedBy: some(anyHash), fixedTags: some(anyLine) } : {}),
      },
      ['name', 'status', state === 'fixed' ? ('fixedBy' as never) : 'introducedBy'],
    );
  const unknown = fc.record({ name: anyLine, status: fc.constant('unknown') }, { noNullPrototype: true });
  const model = {
    daylight: fc.constant('advisory/1'),
    id: fc.integer({ min: 1, max: 9999 }).map((number) => `LSN-2026-${String(number).padStart(4, '0')}`),
    kind: fc.constant('notice'),
    version: fc.constant(1),
    title: anyLine,
    description: anyProse(),
    impact: anyProse(),
    workarounds: fc.oneof(fc.constant('none-known'), fc.array(anyProse(), { minLength: 1, maxLength: 1 })),
    products: fc
      .tuple(anyLine, fc.option(anyLine, { nil: undefined }), some(fc.oneof(lists('affected'), lists('fixed'), unknown)))
      .map(([name, repository, branches]) => [{ name, ...(repository === undefined ? {} : { repository }), branches }]),
    cves: fc.uniqueArray(anyCve, { minLength: 1, maxLength: 3 }).map((ids) => ids.map((id) => ({ id }))),
    credits: fc
      .tuple(
        some(partly({ kind: fc.constant('reporter'), name: anyLine, email: anyLine }, ['kind', 'name'])),
        some(fc.record({ kind: fc.constant('patcher'), email: anyLine }, { noNullPrototype: true })),
      )
      .map(([reporters, patchers]) => [...reporters, ...patchers]),
    dates: partly({ reported: anyDay, fixed: anyDay, published: anyDay }, []),
    references: some(fc.record({ kind: fc.constant('bug'), tracker: anyLine, id: anyLine }, { noNullPrototype: true })),
  };
  const record = fc.record(model, {
    requiredKeys: ['daylight', 'id', 'kind', 'version', 'title', 'products', 'dates'],
    noNullPrototype: true,
  });
  return record.map(sayable) as unknown as fc.Arbitrary<Advisory>;
}

/** The same without the characters that XML cannot hold. */
function sayable<T>(value: T): T {
  if (typeof value === 'string') return value.replaceAll(/[\u0000-\u0008\u000e-\u001f\ufffe\uffff]/g, '?') as T;
  if (Array.isArray(value)) return value.map(sayable) as T;
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, each]) => [key, sayable(each)])) as T;
}

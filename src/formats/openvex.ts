// SPDX-License-Identifier: Apache-2.0
// The advisory as an OpenVEX document (specification 0.2.0): for each number, which products are affected, fixed or not, and what to do.

import type { Advisory, Product, Status } from '../core/model/advisory.ts';
import { noneNamed, productName, spokenFix, spokenPatches, wholeStatus } from './affected.ts';
import { type FormatRefusal, type Loss, refused, type Written } from './format.ts';
import { type Json, jsonText } from './json-document.ts';
import { lossesBeside, lossesIn } from './losses.ts';
import { onlyOf } from './one-number.ts';
import type { Publisher } from './publisher.ts';
import { noneKnown } from './text-sections.ts';
import { hourLosses, publicationOf, timestamp } from './timestamps.ts';

const states: Readonly<Record<Status, string>> = {
  affected: 'affected',
  'wont-fix': 'affected',
  fixed: 'fixed',
  'not-affected': 'not_affected',
  unknown: 'under_investigation',
};

export function writeOpenVex(advisory: Advisory, publisher: Publisher): Written {
  const { namespace } = publisher;
  const first = publicationOf(advisory);
  const made = advisory.dates.modified ?? first;
  const refusal = unsayable(advisory);
  if (refusal !== undefined) return { ok: false, refusal };
  if (namespace === undefined)
    return refused('no-namespace', 'the policy', 'an OpenVEX document is named by an address of its publisher; the policy knows none');
  if (made === undefined) return refused('no-date', 'dates.published', 'an OpenVEX document says when it was made');
  const text = jsonText({
    '@context': 'https://openvex.dev/ns/v0.2.0',
    '@id': `${namespace}/openvex/${advisory.id}`,
    author: publisher.name,
    timestamp: timestamp(first ?? made),
    last_updated: first === undefined || made === first ? undefined : timestamp(made),
    version: advisory.version,
    statements: statements(advisory, namespace),
  });
  return { ok: true, text, losses: lossesOf(advisory) };
}

function unsayable(advisory: Advisory): FormatRefusal | undefined {
  if (advisory.withdrawn !== undefined)
    return { rule: 'withdrawn', place: 'withdrawn', message: 'OpenVEX cannot say that an advisory is withdrawn' };
  return advisory.products.length === 0
    ? { rule: 'no-product', place: 'products', message: 'an OpenVEX statement is about a product' }
    : undefined;
}

function statements(advisory: Advisory, namespace: string): readonly Json[] {
  const { cves = [], aliases = [] } = advisory;
  if (cves.length === 0) return ofNumber(advisory, { name: advisory.id, aliases }, namespace);
  return cves.flatMap(({ id }) =>
    ofNumber(onlyOf(advisory, id), { name: id, aliases: `${id}` === `${advisory.id}` ? aliases : [advisory.id, ...aliases] }, namespace),
  );
}

/** One statement for each state that products of the number have; the reason belongs to the state, and what to do to those that have a fix. */
function ofNumber(advisory: Advisory, vulnerability: Json, namespace: string): readonly Json[] {
  const said = advisory.products.flatMap((product) => subjects(product, advisory.products, namespace));
  const groups = Map.groupBy(said, ({ status, justification, fix }) => `${states[status]} ${justification ?? ''} ${fix !== ''}`);
  return [...groups.values()].map((group) => {
    const { status, justification } = group[0] ?? { status: 'unknown' };
    const affected = states[status] === 'affected';
    return {
      vulnerability,
      products: group.map(({ subject }) => subject),
      status: states[status],
      justification: status === 'not-affected' ? justification : undefined,
      impact_statement: status === 'not-affected' && justification === undefined ? 'The flaw does not affect it.' : undefined,
      action_statement: affected ? action(advisory, [...new Set(group.map(({ fix }) => fix))].filter(Boolean).join('; ')) : undefined,
    };
  });
}

interface Subject {
  readonly subject: Json;
  readonly status: Status;
  readonly justification?: string;
  /** Releases of its product that have the fix. */
  readonly fix: string;
}

/** A product as a whole, and each of its branches, which is a part of it. */
function subjects(product: Product, products: readonly Product[], namespace: string): readonly Subject[] {
  const { branches = [], purl, cpe, justification } = product;
  const named = `${namespace}/product/${encodeURIComponent(productName(product, products))}`;
  const address = purl ?? named;
  const fix = spokenFix([product], products);
  const identifiers =
    purl === undefined && cpe === undefined ? undefined : { purl, [cpe?.startsWith('cpe:2.3:') === true ? 'cpe23' : 'cpe22']: cpe };
  const whole = wholeStatus(product) ?? (branches.length === 0 ? 'affected' : undefined);
  return [
    ...(whole === undefined
      ? []
      : [{ subject: { '@id': address, identifiers }, status: whole, fix, ...(justification === undefined ? {} : { justification }) }]),
    ...branches.map((branch) => ({
      subject: { '@id': `${named}/${encodeURIComponent(branch.name)}` },
      status: branch.status,
      fix,
      ...(branch.justification === undefined ? {} : { justification: branch.justification }),
    })),
  ];
}

/** An affected product needs an answer (OpenVEX, action_statement), if only that there is none. */
function action(advisory: Advisory, versions: string): string {
  const { solution, workarounds } = advisory;
  const ways = workarounds === 'none-known' ? [noneKnown] : (workarounds ?? []);
  const fix = solution ?? (versions === '' ? spokenPatches(advisory) : `Update to a fixed version: ${versions}.`);
  return [fix, ...ways].filter((text) => text !== undefined).join('\n\n') || noneNamed;
}

const carried = ['daylight', 'id', 'aliases', 'kind', 'version', 'workarounds', 'solution', 'products', 'cves', 'dates'];
const noPlace = 'OpenVEX has no place for it';

function lossesOf(advisory: Advisory): readonly Loss[] {
  return [
    ...lossesBeside(advisory, carried, noPlace),
    ...lossesIn(advisory.products, 'products', (product, place) => [
      ...lossesBeside(product, ['name', 'purl', 'cpe', 'status', 'justification', 'cves', 'branches'], noPlace, `${place}.`),
      ...lossesIn(product.branches, `${place}.branches`, (branch, at) =>
        lossesBeside(branch, ['name', 'status', 'justification'], noPlace, `${at}.`),
      ),
    ]),
    ...lossesIn(advisory.cves, 'cves', (cve, place) => lossesBeside(cve, ['id'], noPlace, `${place}.`)),
    ...lossesBeside(advisory.dates, ['published', 'modified'], noPlace, 'dates.'),
    ...hourLosses(advisory.dates, ['published', 'modified']),
  ];
}

// SPDX-License-Identifier: Apache-2.0
// What a CSAF document does not carry of an advisory, by name.

import type { Advisory, Product, Reference, Severity } from '../core/model/advisory.ts';
import { spokenFix } from './affected.ts';
import { contradictsVector } from './cvss-score.ts';
import { cweName } from './cwe-names.ts';
import type { Loss } from './format.ts';
import { lossesBeside, lossesIn } from './losses.ts';
import { bugAddress, type Publisher } from './publisher.ts';
import { addressesWithheld } from './text.ts';
import { hourLosses, noHour } from './timestamps.ts';
import { isUri } from './uri.ts';

const noPlace = 'CSAF has no place for it';
const carried = [
  'daylight',
  'id',
  'aliases',
  'kind',
  'version',
  'errata',
  'title',
  'summary',
  'description',
  'impact',
  'conditions',
  'detection',
  'workarounds',
  'solution',
  'exploitation',
  'products',
  'cves',
  'severity',
  'cwes',
  'credits',
  'dates',
  'timeline',
  'references',
  'notes',
  'tlp',
  'language',
];

export function csafLosses(advisory: Advisory, publisher: Publisher): readonly Loss[] {
  const revisions = 1 + (advisory.errata ?? []).length;
  return [
    ...lossesBeside(advisory, carried, noPlace),
    ...(advisory.kind === 'note' ? [{ field: 'kind', why: 'it is a security advisory there' }] : []),
    ...(advisory.version === revisions ? [] : [{ field: 'version', why: `revisions follow one another there; this is the ${revisions}.` }]),
    ...(advisory.workarounds === 'none-known' && (advisory.solution !== undefined || spokenFix(advisory.products) !== '')
      ? [{ field: 'workarounds', why: 'that none is known stands there only where no release and no solution is named' }]
      : []),
    ...lossesIn(advisory.errata, 'errata', ({ date }, place) => (date.length === 10 ? [{ field: `${place}.date`, why: noHour }] : [])),
    ...lossesIn(advisory.products, 'products', productLosses),
    ...lossesIn(advisory.cves, 'cves', (cve, place) => lossesBeside(cve, ['id', 'title', 'note'], noPlace, `${place}.`)),
    ...lossesIn(advisory.severity, 'severity', (each, place) => severityLosses(each, place, advisory)),
    ...lossesIn(advisory.cwes, 'cwes', ({ id }, place) =>
      id === undefined || cweName(id) === undefined
        ? [{ field: place, why: 'a weakness needs a known number there; it stands in a note' }]
        : [],
    ),
    ...lossesIn(advisory.credits, 'credits', (credit, place) =>
      credit.name === undefined
        ? [{ field: place, why: 'CSAF credits by name' }]
        : lossesBeside(credit, ['kind', 'name', 'organisation', 'url', 'cves', 'email'], noPlace, `${place}.`),
    ),
    ...(publisher.addresses === 'withheld'
      ? addressesWithheld(advisory, publisher)
      : lossesIn(advisory.credits, 'credits', ({ email }, place) =>
          email === undefined ? [] : [{ field: `${place}.email`, why: noPlace }],
        )),
    ...lossesBeside(advisory.dates, ['reported', 'published', 'modified'], noPlace, 'dates.'),
    ...hourLosses(advisory.dates, ['reported', 'published', 'modified']),
    ...lossesIn(advisory.references, 'references', (each, place) => referenceLosses(each, place, publisher)),
    ...(advisory.tlp === 'AMBER+STRICT' ? [{ field: 'tlp', why: 'CSAF 2.0 has TLP 1: AMBER stands there' }] : []),
  ];
}

function productLosses(product: Product, place: string): readonly Loss[] {
  const { branches = [], ranges } = product;
  const versions = branches.length + (ranges ?? []).length;
  const named = versions <= 1 && (branches[0]?.vulnerableTags ?? []).length <= 1 && ranges?.[0]?.fixed === undefined ? ['purl', 'cpe'] : [];
  const prose = ranges === undefined ? ['prose'] : [];
  const status = versions === 0 ? ['status', 'justification'] : [];
  return [
    ...lossesBeside(product, ['name', 'vendor', 'cves', 'branches', 'ranges', ...named, ...prose, ...status], noPlace, `${place}.`),
    ...(branches.some(({ vulnerableTags = [], fixedTags = [] }) => vulnerableTags.length + fixedTags.length > 0)
      ? [{ field: `${place}.branches`, why: 'releases stand there without the names and notes of their branches' }]
      : []),
    ...lossesIn(ranges, `${place}.ranges`, (range, at) =>
      lossesBeside(range, ['scheme', 'status', 'introduced', 'fixed', 'lastAffected', 'exact'], noPlace, `${at}.`),
    ),
  ];
}

function severityLosses({ vector }: Severity, place: string, { severity = [] }: Advisory): readonly Loss[] {
  if (vector === undefined) return [];
  if (vector.system === 'CVSS:4.0') return [{ field: `${place}.vector`, why: 'CSAF 2.0 does not know CVSS 4.0' }];
  if (vector.score === undefined) return [{ field: `${place}.vector`, why: 'CSAF demands the score beside the vector' }];
  if (contradictsVector(vector))
    return [{ field: `${place}.vector`, why: 'the score does not follow from the vector, and CSAF is checked for that' }];
  const same = severity.filter(
    (each) =>
      each.vector?.score !== undefined &&
      (each.vector.system === 'CVSS:2.0') === (vector.system === 'CVSS:2.0') &&
      each.vector.system !== 'CVSS:4.0',
  );
  return same.length > 1 && same[0]?.vector !== vector
    ? [{ field: `${place}.vector`, why: 'CSAF has one score of each version for a product' }]
    : [];
}

function referenceLosses(each: Reference, place: string, publisher: Publisher): readonly Loss[] {
  const address = each.url ?? (each.tracker === undefined ? undefined : bugAddress(each.tracker, each.id ?? '', publisher));
  if (address !== undefined && isUri(address))
    return lossesBeside(each, ['kind', 'url', 'tracker', 'id', 'title', 'branch'], noPlace, `${place}.`);
  return each.tracker === undefined ? [{ field: place, why: 'CSAF refers to addresses only' }] : [];
}

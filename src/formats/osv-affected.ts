// SPDX-License-Identifier: Apache-2.0
// The affected products of an advisory as OSV has them: one range of commits for all branches, one range of versions for each.

import type { Branch, Product, VersionRange } from '../core/model/advisory.ts';
import { isAffected } from './affected.ts';
import type { Loss } from './format.ts';
import type { Json } from './json-document.ts';
import { lossesBeside, lossesIn } from './losses.ts';
import { isFullHash, isSemver } from './osv-words.ts';
import { type Publisher, repositoryAddress } from './publisher.ts';
import { isUri } from './uri.ts';
import { isNoVersion, spokenRange } from './words.ts';

type Event = { readonly introduced: string } | { readonly fixed: string } | { readonly last_affected: string };

/** Nothing for a product that is not affected, or of which it is not known: OSV lists what is. */
export function osvAffected(product: Product, publisher: Publisher): Json | undefined {
  if (!isAffected(product)) return undefined;
  const sorted = (product.ranges ?? []).map((range) => ({ range, as: placeOfRange(range, product, publisher) }));
  const spoken = sorted.filter(({ as }) => as === 'words').map(({ range }) => spokenRange(range));
  const tags = (product.branches ?? []).flatMap(({ vulnerableTags = [] }) => vulnerableTags);
  const exact = sorted.filter(({ as }) => as === 'version').map(({ range }) => `${range.exact}`);
  const ranges: readonly Json[] = [
    ...commitRange(product, publisher),
    ...sorted.flatMap(({ range, as }) => (as === 'SEMVER' || as === 'ECOSYSTEM' ? [{ type: as, events: [...eventsOf(range)] }] : [])),
    ...sorted.flatMap(({ range, as }) =>
      as === 'GIT' ? [{ type: as, repo: repositoryAddress(product.repository ?? '', publisher), events: [...eventsOf(range)] }] : [],
    ),
  ];
  const prose = [...spoken, ...(product.prose === undefined ? [] : [product.prose])];
  return {
    package:
      product.ecosystem === undefined
        ? undefined
        : { ecosystem: product.ecosystem, name: product.package ?? product.name, purl: product.purl },
    ranges,
    versions: [...new Set([...exact, ...tags])],
    database_specific: { product: product.name, versions: prose.length === 0 ? undefined : prose },
  };
}

/** OSV knows commits, semantic versions, and versions of an ecosystem; what is none of them stands in words. */
function placeOfRange(
  range: VersionRange,
  product: Product,
  publisher: Publisher,
): 'GIT' | 'SEMVER' | 'ECOSYSTEM' | 'version' | 'words' | 'nowhere' {
  if (range.status !== undefined) return 'nowhere';
  if (range.exact !== undefined) return isNoVersion(range.exact) ? 'words' : 'version';
  const bounds = [range.introduced, range.fixed, range.lastAffected].filter((bound) => bound !== undefined && bound !== '0');
  if (range.scheme === 'git')
    return addressOf(product, publisher) !== undefined && bounds.every((bound) => isFullHash(bound ?? '')) ? 'GIT' : 'words';
  if ((range.scheme === 'semver' || range.scheme === 'ossa') && bounds.every((bound) => isSemver(bound ?? ''))) return 'SEMVER';
  return product.ecosystem === undefined ? 'words' : 'ECOSYSTEM';
}

/** A fixed version and a last affected one exclude each other; the fixed one says more. */
function eventsOf({ introduced, fixed, lastAffected }: VersionRange): readonly Event[] {
  const end = fixed !== undefined ? [{ fixed }] : lastAffected !== undefined ? [{ last_affected: lastAffected }] : [];
  return [{ introduced: introduced ?? '0' }, ...end];
}

/** Commits that brought the flaw in and took it out, of all branches: history itself says which belong together. */
function commitRange(product: Product, publisher: Publisher): readonly Json[] {
  const branches = (product.branches ?? []).filter(({ status }) => status !== 'not-affected' && status !== 'unknown');
  const introduced = [...new Set(branches.flatMap(({ introducedBy = [] }) => introducedBy.filter(isFullHash)))];
  const fixed = [...new Set(branches.flatMap(({ fixedBy = [] }) => fixedBy.filter(isFullHash)))];
  const repo = addressOf(product, publisher);
  if (repo === undefined || introduced.length + fixed.length === 0) return [];
  const starts = introduced.length === 0 ? ['0'] : introduced;
  return [
    { type: 'GIT', repo, events: [...starts.map((commit) => ({ introduced: commit })), ...fixed.map((commit) => ({ fixed: commit }))] },
  ];
}

function addressOf({ repository }: Product, publisher: Publisher): string | undefined {
  const address = repository === undefined ? undefined : repositoryAddress(repository, publisher);
  return address !== undefined && isUri(address) ? address : undefined;
}

const noPlace = 'OSV has no place for it';

export function affectedLosses(product: Product, place: string, publisher: Publisher): readonly Loss[] {
  if (!isAffected(product)) return [{ field: place, why: 'OSV lists affected products only' }];
  const packaged = product.ecosystem === undefined ? [] : ['package', 'purl'];
  const repository = addressOf(product, publisher) !== undefined && commitRange(product, publisher).length > 0 ? ['repository'] : [];
  const status = product.status === 'affected' ? ['status'] : [];
  return [
    ...lossesBeside(
      product,
      ['name', 'ecosystem', 'branches', 'ranges', 'prose', ...packaged, ...repository, ...status],
      noPlace,
      `${place}.`,
    ),
    ...lossesIn(product.ranges, `${place}.ranges`, (range, at) => rangeLosses(range, at, product, publisher)),
    ...branchLosses(product.branches ?? [], `${place}.branches`, addressOf(product, publisher) === undefined),
  ];
}

function rangeLosses(range: VersionRange, place: string, product: Product, publisher: Publisher): readonly Loss[] {
  const as = placeOfRange(range, product, publisher);
  if (as === 'nowhere') return [{ field: place, why: 'OSV lists affected versions only' }];
  if (as === 'words') return [{ field: place, why: 'no versions that OSV can order; they stand there in words' }];
  const both =
    range.fixed !== undefined && range.lastAffected !== undefined
      ? [{ field: `${place}.lastAffected`, why: 'the fixed version stands there instead' }]
      : [];
  const scheme = as === 'ECOSYSTEM' || as === 'version' ? ['schemeName'] : [];
  return [...lossesBeside(range, ['scheme', 'introduced', 'fixed', 'lastAffected', 'exact', ...scheme], noPlace, `${place}.`), ...both];
}

/** Many branches, one line: their commits and releases are there, their names and states are not. */
function branchLosses(branches: readonly Branch[], place: string, homeless: boolean): readonly Loss[] {
  if (branches.length === 0) return [];
  const commits = branches.flatMap(({ introducedBy = [], fixedBy = [] }) => [...introducedBy, ...fixedBy]);
  const short = commits.filter((commit) => !isFullHash(commit));
  return [
    { field: place, why: 'commits and affected releases stand there without the names and states of branches, and without fixed releases' },
    ...(homeless && commits.length > 0 ? [{ field: `${place}[].fixedBy`, why: 'commits need the address of their repository' }] : []),
    ...(short.length === 0 ? [] : [{ field: `${place}[].introducedBy`, why: `no full hashes: ${[...new Set(short)].join(', ')}` }]),
  ];
}

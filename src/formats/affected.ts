// SPDX-License-Identifier: Apache-2.0
// Which products an advisory calls affected, and how each is called. A status is that of the versions which no range and no branch names (CVE record 5.1, `defaultStatus`).

import type { Advisory, Branch, Product, Status, VersionRange } from '../core/model/advisory.ts';

/** Whether the flaw is in some version of it, as far as the record says. */
export function isAffected({ status, ranges = [], branches = [] }: Product): boolean {
  if (status === undefined || status === 'affected' || status === 'fixed' || status === 'wont-fix') return true;
  return ranges.some(isAffectedRange) || branches.some(isAffectedBranch);
}

/** The flaw is in no version of it. */
export function isSpared(product: Product): boolean {
  return product.status === 'not-affected' && !isAffected(product);
}

/** Of a product as a whole, where a format asks for one word: affected as soon as some version is. */
export function wholeStatus(product: Product): Status | undefined {
  const { status } = product;
  return (status === 'not-affected' || status === 'unknown') && isAffected(product) ? 'affected' : status;
}

export function isAffectedRange({ status }: VersionRange): boolean {
  return status === undefined;
}

function isAffectedBranch({ status }: Branch): boolean {
  return status !== 'not-affected' && status !== 'unknown';
}

/** Where neither a release nor anything else is said to help. */
export const noneNamed = 'This advisory names no fixed version.';

/** That no release is named, and what is: the patches and commits of the fix. Nothing where a release is named or neither is. */
export function spokenPatches({ products, references = [] }: Advisory): string | undefined {
  if (spokenFix(products) !== '') return undefined;
  const patches = references.flatMap(({ kind, branch, url }) =>
    kind !== 'patch' || url === undefined ? [] : [[branch, url].filter(Boolean).join(' ')],
  );
  const commits = products.flatMap(({ branches = [] }) =>
    branches.flatMap(({ name, fixedBy = [] }) => fixedBy.map((commit) => `${name} ${commit}`)),
  );
  const all = [...new Set([...patches, ...commits])];
  return all.length === 0 ? undefined : `${noneNamed} The fix is in: ${all.join('; ')}.`;
}

/** Its name, with the package where several of the advisory's products have one name. */
export function productName({ name, package: packageName }: Product, products: readonly Product[]): string {
  const namesakes = products.filter((each) => each.name === name);
  return packageName === undefined || packageName === name || namesakes.length < 2 ? name : `${name}, ${packageName}`;
}

/** `kettle 1.2.3, 1.4.1; cup 2.0`: releases that have the fix; empty when the record names none. `among` tells products of one name apart. */
export function spokenFix(products: readonly Product[], among = products): string {
  const fixed = products.flatMap((product) => {
    const { ranges = [], branches = [] } = product;
    const versions = [
      ...ranges.filter(isAffectedRange).flatMap(({ fixed: end }) => end ?? []),
      ...branches.flatMap(({ fixedTags = [] }) => fixedTags),
    ];
    return versions.length === 0 ? [] : [`${productName(product, among)} ${[...new Set(versions)].join(', ')}`];
  });
  return fixed.join('; ');
}

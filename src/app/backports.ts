// SPDX-License-Identifier: Apache-2.0
// Backports in a later version of an advisory: what was merged since stands in it with its hash, as the log has it and not as somebody typed it (LIBVIRT-41, P19).

import type { Branch, Product } from '../core/model/advisory.ts';
import type { BranchFix, CaseState } from '../core/model/case.ts';
import { line } from '../core/model/prose.ts';

/** The products of a draft, with the commits of branches that were fixed after the first version. What its author wrote of a branch stays. */
export function withBackports(products: readonly Product[], { advisory, branches }: CaseState): readonly Product[] {
  if (advisory.published === 0) return products;
  const merged = branches.filter(({ state, commit }) => (state === 'merged' || state === 'released') && commit !== null);
  return products.map((product, index) => {
    const own = merged.filter((fix) => belongsTo(fix, product, index, products));
    return own.length === 0 ? product : { ...product, branches: own.reduce(withCommit, product.branches ?? []) };
  });
}

/** A branch that some product names is that product’s; any other belongs to the product of its component, or to the first. */
function belongsTo(fix: BranchFix, product: Product, index: number, all: readonly Product[]): boolean {
  const names = (one: Product) => (one.branches ?? []).some(({ name }) => name === fix.branch);
  const ofComponent = (one: Product) => fix.component !== null && one.component === fix.component;
  const found = all.findIndex((one) => names(one) && (fix.component === null || ofComponent(one)));
  const home = found >= 0 ? found : Math.max(0, all.findIndex(ofComponent));
  return index === home && product === all[home];
}

function withCommit(branches: readonly Branch[], { branch, commit, tag }: BranchFix): readonly Branch[] {
  const name = line(branch);
  const hash = line(commit ?? '');
  const release = line(tag ?? '');
  if (name === undefined || hash === undefined) return branches;
  const fixed = { status: 'fixed' as const, fixedBy: [hash], ...(release === undefined ? {} : { fixedTags: [release] }) };
  const written = branches.find((one) => one.name === branch);
  if (written === undefined) return [...branches, { name, ...fixed }];
  return (written.fixedBy ?? []).length > 0 ? branches : branches.map((one) => (one === written ? { ...one, ...fixed } : one));
}

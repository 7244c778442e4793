// SPDX-License-Identifier: Apache-2.0
// Affected versions as the history of a repository tells them, proposed row by row beside what an author typed. Nothing is taken over but what a person chose.

import type { Branch, Product } from '../model/advisory.ts';
import type { BranchFix } from '../model/case.ts';
import { type Line, line } from '../model/prose.ts';

/** What the repository is asked about: commits by hash, of which 7 letters are enough. */
export interface AskedCommits {
  readonly introduced: readonly string[];
  readonly fixed: readonly string[];
}

/** One branch of the repository, with what of the asked commits it holds: themselves, or copies that were picked for it. */
export interface BranchHistory {
  readonly branch: string;
  readonly introducedBy: readonly string[];
  readonly fixedBy: readonly string[];
  /** Oldest first; for a branch beside the main one only its own. */
  readonly tagsWithFlaw: readonly string[];
  readonly tagsWithFix: readonly string[];
}

export type History =
  | {
      readonly kind: 'found';
      readonly branches: readonly BranchHistory[];
      /** Hashes that the repository does not know. */
      readonly unknown: readonly string[];
      /** Commits that a fix names in a trailer `Fixes:`, and nobody typed. */
      readonly named: readonly string[];
    }
  /** Nothing was asked, no repository is configured, git gave no answer in time. */
  | { readonly kind: 'nothing_asked' | 'no_repository' | 'no_answer' };

export interface Proposal {
  /** The product's place in the draft, and what the row is called there. */
  readonly product: number;
  readonly branch: Branch;
  /** The row that it would stand in the place of; undefined for a new one. */
  readonly typed: Branch | undefined;
}

const hash = /^[0-9a-f]{7,64}$/;

/** Commits of the product's rows, and for the first product those that the case itself knows to be merged. */
export function askedOf(products: readonly Product[], at: number, fixes: readonly BranchFix[]): AskedCommits {
  const rows = products[at]?.branches ?? [];
  const merged = at === 0 ? fixes.flatMap(({ commit }) => (commit === null ? [] : [commit])) : [];
  const hashes = (all: readonly string[]) => [...new Set(all.map((one) => one.toLowerCase()).filter((one) => hash.test(one)))];
  return {
    introduced: hashes(rows.flatMap(({ introducedBy }) => introducedBy ?? [])),
    fixed: hashes([...rows.flatMap(({ fixedBy }) => fixedBy ?? []), ...merged]),
  };
}

/** Rows that would say another thing than what stands there; a branch that the flaw never reached is proposed only where it was typed. */
export function proposalsOf(product: Product, at: number, { kind, ...history }: History): readonly Proposal[] {
  if (kind !== 'found' || !('branches' in history)) return [];
  return history.branches.flatMap((found) => {
    const typed = product.branches?.find(({ name }) => name === found.branch);
    const branch = rowOf(found, typed);
    if (branch === undefined || (typed === undefined && branch.status === 'not-affected') || (typed !== undefined && same(branch, typed)))
      return [];
    return [{ product: at, branch, typed }];
  });
}

/** The products with these rows in the place of those of the same name, new ones at the end. */
export function withProposals(products: readonly Product[], chosen: readonly Proposal[]): readonly Product[] {
  return products.map((product, at) => {
    const own = chosen.filter((one) => one.product === at).map(({ branch }) => branch);
    if (own.length === 0) return product;
    const rows = product.branches ?? [];
    const replaced = rows.map((row) => own.find(({ name }) => name === row.name) ?? row);
    return { ...product, branches: [...replaced, ...own.filter(({ name }) => !rows.some((row) => row.name === name))] };
  });
}

/** A word that the history cannot know, such as that no fix will come, stays as it was typed. */
function rowOf(found: BranchHistory, typed: Branch | undefined): Branch | undefined {
  const name = line(found.branch);
  if (name === undefined) return undefined;
  const reached = found.introducedBy.length > 0 || found.tagsWithFlaw.length > 0;
  const status = found.fixedBy.length > 0 ? 'fixed' : reached ? (typed?.status === 'wont-fix' ? 'wont-fix' : 'affected') : 'not-affected';
  const [firstFixed] = found.tagsWithFix;
  return {
    name,
    status,
    ...listed('introducedBy', found.introducedBy),
    ...listed('fixedBy', found.fixedBy),
    ...listed('vulnerableTags', found.tagsWithFlaw),
    ...listed('fixedTags', firstFixed === undefined ? [] : [firstFixed]),
    ...(typed?.note === undefined ? {} : { note: typed.note }),
  };
}

type ListName = 'introducedBy' | 'fixedBy' | 'vulnerableTags' | 'fixedTags';

function listed(name: ListName, all: readonly string[]): Partial<Record<ListName, readonly Line[]>> {
  const lines = all.flatMap((one) => line(one) ?? []);
  return lines.length === 0 ? {} : { [name]: lines };
}

function same(one: Branch, other: Branch): boolean {
  const lists = ['introducedBy', 'fixedBy', 'vulnerableTags', 'fixedTags'] as const;
  const told = (row: Branch) => JSON.stringify([row.status, ...lists.map((name) => row[name] ?? [])]);
  return told(one) === told(other);
}

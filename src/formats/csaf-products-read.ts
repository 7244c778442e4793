// SPDX-License-Identifier: Apache-2.0
// The product tree of a CSAF document with the states of its versions, as products of the advisory record.

import type { Branch, Justification, Product, Status, VersionRange } from '../core/model/advisory.ts';
import { cveId } from '../core/model/identifiers.ts';
import { type Line, line } from '../core/model/prose.ts';
import type { CsafBranch, CsafDocument, CsafFullName, CsafVulnerability } from './csaf-schema.ts';
import { filled, present } from './optional.ts';

interface Leaf {
  readonly full: CsafFullName;
  readonly vendor?: string;
  readonly product: string;
  readonly version?: { readonly name: string; readonly isRange: boolean };
}

const statuses: Readonly<Record<string, Status>> = {
  known_affected: 'affected',
  first_affected: 'affected',
  last_affected: 'affected',
  fixed: 'fixed',
  first_fixed: 'fixed',
  known_not_affected: 'not-affected',
  under_investigation: 'unknown',
};

/** A product of which all numbers say the same stands once; otherwise once for each number, which it names. */
export function readCsafProducts({ product_tree: tree, vulnerabilities = [] }: CsafDocument): readonly Product[] {
  const leaves = [
    ...(tree?.branches ?? []).flatMap((branch) => leavesOf(branch, {})),
    ...(tree?.full_product_names ?? []).map((full): Leaf => ({ full, product: full.name })),
    ...(tree?.relationships ?? []).map(({ full_product_name: full }): Leaf => ({ full, product: full.name })),
  ];
  return [...Map.groupBy(leaves, ({ vendor, product }) => JSON.stringify([vendor, product])).values()].flatMap((group) => {
    const each = vulnerabilities.map((vulnerability) => ({
      number: cveId(vulnerability.cve ?? ''),
      product: productOf(group, vulnerability),
    }));
    const said = each.flatMap(({ number, product }) => (product === undefined ? [] : [{ number, product }]));
    const [first] = said;
    if (first === undefined) return [];
    const same = said.length === each.length && said.every(({ product }) => JSON.stringify(product) === JSON.stringify(first.product));
    return same
      ? [first.product]
      : said.map(({ number, product }) => ({ ...product, ...present('cves', number === undefined ? undefined : [number]) }));
  });
}

function leavesOf(branch: CsafBranch, above: { readonly vendor?: string; readonly product?: string }): readonly Leaf[] {
  const at = {
    ...above,
    ...(branch.category === 'vendor' ? { vendor: branch.name } : {}),
    ...(branch.category === 'product_name' ? { product: branch.name } : {}),
  };
  const isRange = branch.category === 'product_version_range';
  const version = branch.category === 'vendor' || branch.category === 'product_name' ? {} : { version: { name: branch.name, isRange } };
  const { product: full } = branch;
  const own: readonly Leaf[] =
    full === undefined
      ? []
      : [{ full, product: at.product ?? full.name, ...(at.vendor === undefined ? {} : { vendor: at.vendor }), ...version }];
  return [...own, ...(branch.branches ?? []).flatMap((child) => leavesOf(child, at))];
}

function productOf(group: readonly Leaf[], { product_status: states = {}, flags = [] }: CsafVulnerability): Product | undefined {
  const stateOf = ({ full }: Leaf) =>
    Object.entries(states).find(([state, ids]) => state in statuses && ids.includes(full.product_id))?.[0];
  const reasonOf = ({ full }: Leaf) =>
    flags.find(({ product_ids = [] }) => product_ids.includes(full.product_id))?.label as Justification | undefined;
  const said = group.flatMap((leaf) => {
    const status = statuses[stateOf(leaf) ?? ''];
    return status === undefined ? [] : [{ leaf, status, justification: reasonOf(leaf) }];
  });
  const [first] = said;
  const name = line(first?.leaf.product ?? '');
  if (first === undefined || name === undefined) return undefined;
  const whole = said.find(({ leaf }) => leaf.version === undefined || leaf.version.name === 'all versions');
  const helper = group.length === 1 ? first.leaf.full.product_identification_helper : undefined;
  const versions = said.filter((each) => each !== whole);
  const [alone] = versions;
  const words =
    versions.length === 1 && whole === undefined && alone?.status === 'affected' && isWords(alone.leaf)
      ? line(alone.leaf.version?.name ?? '')
      : undefined;
  return {
    name,
    ...present('vendor', line(first.leaf.vendor ?? '')),
    ...present('purl', line(helper?.purl ?? '')),
    ...present('cpe', line(helper?.cpe ?? '')),
    ...present('status', whole?.status),
    ...present('justification', whole?.justification),
    ...present('branches', filled(words === undefined ? branchesOf(versions) : [])),
    ...present('ranges', filled(words === undefined ? versions.flatMap(rangeOf) : [])),
    ...present('prose', words),
  };
}

interface Said {
  readonly leaf: Leaf;
  readonly status: Status;
  readonly justification: Justification | undefined;
}

const branchWord = /^branch (.+)$/;

function isWords({ version }: Leaf): boolean {
  return version?.isRange === true && !version.name.startsWith('vers:') && !branchWord.test(version.name);
}

/** Branches under their names, and all fixed releases under one. */
function branchesOf(versions: readonly Said[]): readonly Branch[] {
  const named = versions.flatMap(({ leaf, status, justification }): readonly Branch[] => {
    const name = line(branchWord.exec(leaf.version?.name ?? '')?.[1] ?? '');
    return name === undefined ? [] : [{ name, status, ...present('justification', justification) }];
  });
  const fixed = versions
    .filter(({ leaf, status }) => status === 'fixed' && !branchWord.test(leaf.version?.name ?? ''))
    .flatMap(({ leaf }) => line(leaf.version?.name ?? '') ?? []);
  return [...named, ...(fixed.length === 0 ? [] : [{ name: 'releases' as Line, status: 'fixed' as const, fixedTags: fixed }])];
}

const schemes: Readonly<Record<string, VersionRange['scheme']>> = { semver: 'semver', pypi: 'pep440', rpm: 'rpm', deb: 'deb', git: 'git' };

function rangeOf({ leaf, status }: Said): readonly VersionRange[] {
  const name = leaf.version?.name ?? '';
  const state = status === 'not-affected' || status === 'unknown' ? { status } : {};
  if (status === 'fixed' || branchWord.test(name)) return [];
  const [, type = '', bounds = ''] = /^vers:([a-z0-9.+-]+)\/(.*)$/.exec(name) ?? [];
  const exact = line(name);
  if (type === '') return exact === undefined ? [] : [{ scheme: 'other', ...state, exact }];
  const bound = (sign: string) => {
    const found = bounds.split('|').find((each) => /^[<>=]*/.exec(each)?.[0] === sign);
    return found === undefined ? undefined : line(decoded(found.slice(sign.length)));
  };
  return [
    {
      scheme: schemes[type] ?? 'other',
      ...state,
      ...present('introduced', bound('>=')),
      ...present('fixed', bound('<')),
      ...present('lastAffected', bound('<=')),
    },
  ];
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

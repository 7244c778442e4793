// SPDX-License-Identifier: Apache-2.0
// The products of an advisory as CSAF's product tree: vendor, product, version; each version has an id to which everything else refers.

import type { Branch, Justification, Product, VersionRange } from '../core/model/advisory.ts';
import type { CveId } from '../core/model/identifiers.ts';
import { productName } from './affected.ts';
import type { Json } from './json-document.ts';
import { isSemver } from './osv-words.ts';
import type { Publisher } from './publisher.ts';

export type State = 'known_affected' | 'fixed' | 'known_not_affected' | 'under_investigation';

/** One version, or all of a product where no version is named. */
export interface Leaf {
  readonly id: string;
  readonly product: Product;
  /** What the product is called among the others. */
  readonly name: string;
  readonly version?: { readonly category: 'product_version' | 'product_version_range'; readonly name: string };
  readonly state: State;
  readonly justification?: Justification;
  /** Affected, and no fix will come. */
  readonly unfixed?: boolean;
  /** Only these numbers concern it. */
  readonly cves?: readonly CveId[];
}

type Said = Omit<Leaf, 'id' | 'product' | 'name' | 'cves'>;

const states = {
  affected: 'known_affected',
  'wont-fix': 'known_affected',
  fixed: 'fixed',
  'not-affected': 'known_not_affected',
  unknown: 'under_investigation',
} as const;

/** Every version once: what is said of it first stands, for a version cannot be affected and fixed (CSAF 2.0 6.1.6). */
export function leavesOf(products: readonly Product[]): readonly Leaf[] {
  const all = products.flatMap((product) => {
    const said = [...(product.ranges ?? []).flatMap(ofRange), ...(product.branches ?? []).flatMap(ofBranch), ...ofProse(product)];
    const whole: Said = {
      state: states[product.status ?? 'affected'],
      ...(product.justification === undefined ? {} : { justification: product.justification }),
      ...(product.status === 'wont-fix' ? { unfixed: true } : {}),
    };
    const first = new Map(said.toReversed().map((each) => [`${each.version?.name}`, each]));
    const unique = said.filter((each) => first.get(`${each.version?.name}`) === each);
    return (unique.length === 0 ? [whole] : unique).map((each) => ({
      ...each,
      product,
      name: productName(product, products),
      ...(product.cves === undefined ? {} : { cves: product.cves }),
    }));
  });
  return all.map((leaf, at) => ({ ...leaf, id: `CSAFPID-${String(at + 1).padStart(4, '0')}` }));
}

// CSAF 2.0 6.1.31: words and signs that would make a version a range.
const rangeWords = /[<>]|(?:^|\s)(?:after|all|before|earlier|later|prior|versions)(?:\s|$)/i;

function version(name: string, state: State, more: Partial<Said> = {}): Said {
  return { version: { category: rangeWords.test(name) ? 'product_version_range' : 'product_version', name }, state, ...more };
}

/** A fixed version is one of its own beside the range that it ends. */
function ofRange(range: VersionRange): readonly Said[] {
  const state = range.status === undefined ? 'known_affected' : states[range.status];
  if (range.exact !== undefined) return [version(range.exact, state)];
  const fixed = range.fixed === undefined || range.status !== undefined ? [] : [version(range.fixed, 'fixed')];
  return [{ version: { category: 'product_version_range', name: vers(range) }, state }, ...fixed];
}

const versTypes: Readonly<Record<VersionRange['scheme'], string>> = {
  semver: 'semver',
  pep440: 'pypi',
  rpm: 'rpm',
  deb: 'deb',
  git: 'git',
  ossa: 'generic',
  other: 'generic',
};

/** Package-URL VERS: `vers:semver/>=3.9.0|<4.2.1`; `*` stands for all versions. */
function vers({ scheme, introduced, fixed, lastAffected }: VersionRange): string {
  const bounds = [introduced, fixed, lastAffected].filter((bound) => bound !== undefined && bound !== '0');
  const type = scheme === 'ossa' && bounds.length > 0 && bounds.every((bound) => isSemver(bound ?? '')) ? 'semver' : versTypes[scheme];
  const lower = introduced === undefined || introduced === '0' ? [] : [`>=${encodeURIComponent(introduced)}`];
  const upper =
    fixed !== undefined ? [`<${encodeURIComponent(fixed)}`] : lastAffected !== undefined ? [`<=${encodeURIComponent(lastAffected)}`] : [];
  return `vers:${type}/${[...lower, ...upper].join('|') || '*'}`;
}

/** Releases where the branch names any, else the branch itself, in words. */
function ofBranch(branch: Branch): readonly Said[] {
  const { name, status, vulnerableTags = [], fixedTags = [], justification } = branch;
  const unfixed = status === 'wont-fix' ? { unfixed: true } : {};
  const releases = [
    ...fixedTags.map((tag) => version(tag, 'fixed')),
    ...vulnerableTags.map((tag) => version(tag, 'known_affected', unfixed)),
  ];
  const itself: Said = {
    version: { category: 'product_version_range', name: `branch ${name}` },
    state: states[status],
    ...unfixed,
    ...(justification === undefined ? {} : { justification }),
  };
  return releases.length > 0 ? releases : [itself];
}

function ofProse({ prose, ranges }: Product): readonly Said[] {
  return prose === undefined || ranges !== undefined
    ? []
    : [{ version: { category: 'product_version_range', name: prose }, state: 'known_affected' }];
}

/** `vendor` and `product_name` above the versions; vendors and products keep the order of the record. */
export function productTree(leaves: readonly Leaf[], publisher: Publisher): Json {
  const vendors = Map.groupBy(leaves, ({ product }) => vendorOf(product, publisher));
  const branches = [...vendors].map(([vendor, ofVendor]) => ({
    category: 'vendor',
    name: vendor,
    branches: [...Map.groupBy(ofVendor, ({ name }) => name)].map(([name, ofProduct]) => productBranch(name, ofProduct, publisher)),
  }));
  return { branches };
}

/** Without versions the product itself has the id. */
function productBranch(name: string, leaves: readonly Leaf[], publisher: Publisher): Json {
  const versions = leaves.flatMap((leaf) =>
    leaf.version === undefined
      ? []
      : [{ category: leaf.version.category, name: leaf.version.name, product: fullName(leaf, leaves.length === 1, publisher) }],
  );
  const [whole] = leaves.filter((leaf) => leaf.version === undefined);
  if (versions.length === 0 && whole !== undefined) return { category: 'product_name', name, product: fullName(whole, true, publisher) };
  const rest =
    whole === undefined ? [] : [{ category: 'product_version_range', name: 'all versions', product: fullName(whole, false, publisher) }];
  return { category: 'product_name', name, branches: [...rest, ...versions] };
}

function vendorOf(product: Product, publisher: Publisher): string {
  return product.vendor ?? publisher.vendor ?? publisher.name;
}

/** Package names of the product say which version they mean, so they stand only where there is one. */
function fullName({ id, product, name, version: at }: Leaf, alone: boolean, publisher: Publisher): Json {
  const helper = alone && (product.cpe ?? product.purl) !== undefined ? { cpe: product.cpe, purl: product.purl } : undefined;
  return {
    name: [vendorOf(product, publisher), name, at?.name].filter(Boolean).join(' '),
    product_id: id,
    product_identification_helper: helper,
  };
}

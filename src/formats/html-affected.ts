// SPDX-License-Identifier: Apache-2.0
// The first half of the public page: am I affected, what do I do, in which release of which branch is it fixed (VMT-8).

import type { Advisory, Branch, Product, VersionRange } from '../core/model/advisory.ts';
import type { Line } from '../core/model/prose.ts';
import { isAffected, isAffectedRange, isSpared, productName } from './affected.ts';
import { code, commit, facts, isEmpty, type Page, type Part, paragraphs, part } from './html-parts.ts';
import { type Content, html, joined, link, type Markup } from './markup.ts';
import { repositoryAddress } from './publisher.ts';
import { grouped, justificationWords, spokenRange, spokenState, spokenVersions, statusWords } from './words.ts';

/** Up to so many names stand side by side; more can be unfolded. */
const few = 3;

export function verdict(advisory: Advisory): Markup {
  return html`<section class="verdict" aria-labelledby="am-i">
<h2 id="am-i">Am I affected?</h2>
${answer(advisory)}
${paragraphs(advisory.detection, 'How to tell')}</section>
`;
}

function answer(advisory: Advisory): Content {
  const { products } = advisory;
  const name = (product: Product) => [productName(product, products), product.component].filter((each) => each !== undefined).join(', ');
  const spared = [
    ...products.filter(isSpared).map((product) => html`<p>No: ${name(product)} is not affected${because(product)}.</p>\n`),
    ...products
      .filter((product) => !isAffected(product) && !isSpared(product))
      .map((product) => html`<p>Not known: ${name(product)}.</p>\n`),
  ];
  const which = products.filter(isAffected).map((product) => html`<li><span>${versionsOf(product, name(product))}</span></li>\n`);
  const conditions = (advisory.conditions ?? []).map((text, at) => html`<li><div>${paragraphs(text, `Condition ${at + 1}`)}</div></li>\n`);
  if (which.length + conditions.length === 0) return spared;
  if (conditions.length === 0) return [spared, html`<p>Yes, if you run:</p>\n<ul>\n${which}</ul>`];
  const first = which.length > 1 ? [html`<li><span>you run one of these:</span><ul>${which}</ul></li>\n`] : which;
  const lead = first.length + conditions.length === 1 ? 'Yes, if this is true:' : 'Yes, if all of these are true:';
  return [spared, html`<p>${lead}</p>\n<ol class="numbered">\n${first}${conditions}</ol>`];
}

function because({ justification }: Product): Content {
  return justification && `, because ${justificationWords[justification]}`;
}

function versionsOf(product: Product, name: string): Content {
  const ranges = (product.ranges ?? []).filter(isAffectedRange);
  const branches = (product.branches ?? []).filter(
    (branch) => branch.status !== 'not-affected' && (branch.vulnerableTags ?? []).length > 0,
  );
  const said = [
    ...ranges.map((range) => html`<strong>${spokenRange(range)}</strong>`),
    ...(product.prose === undefined ? [] : [html`<strong>${product.prose}</strong>`]),
    ...(ranges.length > 0 ? [] : branches.slice(0, 1).map((branch) => html`<strong>${span(branch.vulnerableTags ?? [])}</strong>`)),
    ...(ranges.length > 0 || branches.length < 2 ? [] : [html`<a href="#fixed">releases of ${branches.length - 1} more branches</a>`]),
  ];
  if (said.length > 0) return [name, ' ', joined(said, '; ')];
  if ((product.branches ?? []).length > 0) return [name, ': see the ', html`<a href="#fixed">branches below</a>`];
  if (product.status === undefined) return [name, '; this advisory does not say which versions'];
  const others = (product.ranges ?? []).map((range) => html`<strong>${spokenVersions(range)}</strong>`);
  if (product.status === 'fixed') return [name, ': ', statusWords.fixed];
  return [name, ', any version', others.length === 0 ? undefined : [' but ', joined(others, '; ')]];
}

function span(tags: readonly Line[]): string {
  if (tags.length <= few) return tags.join(', ');
  return `${tags[0]} to ${tags.at(-1)}, ${tags.length} releases`;
}

export function remedy(advisory: Advisory): Part | undefined {
  const { solution, workarounds } = advisory;
  const without =
    workarounds === undefined
      ? undefined
      : workarounds === 'none-known'
        ? html`<p>No workaround is known.</p>`
        : [html`<p>Without the fix, this helps:</p>\n`, workarounds.map((text, at) => paragraphs(text, `Workaround ${at + 1}`))];
  const fix = solution === undefined ? usualFix(advisory) : paragraphs(solution, 'Solution');
  const nothing = html`<p>This advisory names neither a fixed release nor a workaround.</p>`;
  return part('what', 'What do I do?', isEmpty([fix, without]) ? nothing : [fix, without]);
}

/** What the table below tells where nobody has written a solution. */
function usualFix(advisory: Advisory): Content {
  const branches = advisory.products.flatMap((product) => product.branches ?? []);
  const ranges = advisory.products.flatMap((product) => product.ranges ?? []);
  if (branches.some(({ fixedTags }) => fixedTags !== undefined) || ranges.some(({ fixed }) => fixed !== undefined)) {
    return html`<p>Upgrade to a release <a href="#fixed">in which it is fixed</a>.</p>\n`;
  }
  if (ranges.some(({ status }) => status === 'not-affected'))
    return html`<p>Change to a version <a href="#fixed">that is not affected</a>.</p>\n`;
  return branches.some(({ fixedBy }) => fixedBy !== undefined)
    ? html`<p>Apply <a href="#fixed">the fix of your branch</a>.</p>\n`
    : undefined;
}

export function fixedIn(advisory: Advisory, page: Page): Part | undefined {
  const several = advisory.products.length > 1;
  return part(
    'fixed',
    'Fixed in',
    advisory.products.map((product) => [
      several ? html`<h3 class="after">${productName(product, advisory.products)}</h3>\n` : undefined,
      oneProduct(product, page, several),
    ]),
  );
}

function oneProduct(product: Product, page: Page, several: boolean): Content {
  const since = commonOrigin(product.branches ?? []);
  const origin =
    since === undefined ? undefined : html`<p class="label after">Introduced by ${joined(commits(since, product, page), ', ')}.</p>\n`;
  const branches = grouped(product.branches ?? []).map((group) => branchRow(group, product, page, since === undefined));
  const rows = [...(product.ranges ?? []).map(rangeRow), ...branches];
  const table = html`<table class="ledger folds">
<thead><tr><th scope="col">Branch</th><th scope="col">Affected</th><th scope="col">Fixed in</th><th scope="col">Commit</th></tr></thead>
<tbody>
${rows}</tbody>
</table>
`;
  return [rows.length === 0 ? undefined : table, origin, productFacts(product, page, several)];
}

/** The commits that brought the flaw into all branches, where they are the same. */
function commonOrigin(branches: readonly Branch[]): readonly Line[] | undefined {
  const origins = branches.filter(({ status }) => status !== 'not-affected').map(({ introducedBy }) => introducedBy ?? []);
  const first = origins[0] ?? [];
  return first.length > 0 && origins.every((each) => each.join() === first.join()) ? first : undefined;
}

function commits(hashes: readonly Line[] | undefined, product: Product, page: Page): readonly Content[] {
  return (hashes ?? []).map((hash) => commit(hash, product.repository, page.publisher));
}

function productFacts(product: Product, page: Page, several: boolean): Content {
  const repository = product.repository === undefined ? undefined : repositoryAddress(product.repository, page.publisher);
  const state = [spokenState(product), product.justification && justificationWords[product.justification]];
  const cpes = [...(product.cpe === undefined ? [] : [product.cpe]), ...(product.otherCpes ?? [])];
  const list = (values: readonly string[] | undefined) => (values === undefined ? undefined : joined(values.map(code), ', '));
  return facts(
    [
      ['Product', several ? undefined : product.name],
      ['State', state.filter((each) => each !== undefined).join(': ') || undefined],
      ['Versions', product.prose],
      ['Vendor', product.vendor],
      ['Component', product.component],
      ['Repository', repository === undefined ? undefined : link(repository, repository)],
      ['Platforms', list(product.platforms)],
      ['Files', list(product.files)],
      ['Routines', list(product.routines)],
      ['Numbers', list(product.cves)],
      ['Package', product.package],
      ['Collection', product.collection === undefined ? undefined : link(product.collection, product.collection)],
      ['purl', code(product.purl)],
      ['Ecosystem', product.ecosystem],
      ['CPE', list(cpes.length === 0 ? undefined : cpes)],
    ],
    'facts is-roomy after',
  );
}

function rangeRow(range: VersionRange): Markup {
  const fixed = range.fixed === undefined || range.status !== undefined ? undefined : html`<strong>${range.fixed}</strong>`;
  return html`<tr><th scope="row">${range.branch ?? 'versions'}</th><td data-l="Affected">${spokenRange(range)}</td><td data-l="Fixed in">${fixed}</td><td></td></tr>\n`;
}

function branchRow([branch, ...others]: readonly [Branch, ...Branch[]], product: Product, page: Page, origin: boolean): Markup {
  return html`<tr><th scope="row">${unfolded(
    [branch, ...others].map(({ name }) => name),
    'branches',
  )}</th><td data-l="Affected">${affectedCell(branch, origin ? commits(branch.introducedBy, product, page) : [])}</td><td data-l="Fixed in">${fixedCell(branch)}</td><td data-l="Commit">${joined(commits(branch.fixedBy, product, page), ' ')}</td></tr>\n`;
}

/** A few names as they are; many behind their number. */
function unfolded(names: readonly string[], noun: string): Content {
  return names.length <= few ? names.join(', ') : html`<details><summary>${names.length} ${noun}</summary>${names.join(', ')}</details>`;
}

function affectedCell(branch: Branch, since: readonly Content[]): Content {
  if (branch.status === 'not-affected') return ['no', branch.justification && `: ${justificationWords[branch.justification]}`];
  const tags = branch.vulnerableTags ?? [];
  const releases =
    tags.length <= few
      ? tags.join(', ')
      : html`${tags[0]} to ${tags.at(-1)} <details><summary>all ${tags.length} releases</summary>${tags.join(', ')}</details>`;
  const state = branch.status === 'unknown' ? statusWords.unknown : 'yes';
  return [tags.length === 0 ? state : releases, since.length === 0 ? undefined : html`<small>since ${joined(since, ' ')}</small>`];
}

function fixedCell(branch: Branch): Content {
  const tags = branch.fixedTags ?? [];
  const note = branch.note === undefined ? undefined : html`<small>${branch.note}</small>`;
  if (tags.length > 0) return [html`<strong>${tags.join(', ')}</strong>`, note];
  const words = {
    affected: 'not fixed',
    fixed: 'in the branch',
    'not-affected': 'nothing to do',
    unknown: statusWords.unknown,
    'wont-fix': 'will not be fixed; change to another branch',
  };
  return [html`<span class="quiet">${words[branch.status]}</span>`, note];
}

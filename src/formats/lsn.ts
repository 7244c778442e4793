// SPDX-License-Identifier: Apache-2.0
// The advisory as a libvirt security notice in XML, namespace http://security.libvirt.org/xmlns/security-notice/1.0 (LIBVIRT-14, LIBVIRT-16).

import type { Advisory, Branch, Credit, Product, Reference } from '../core/model/advisory.ts';
import { dayOf, isDay, type When } from '../core/model/day.ts';
import { blocksOf, isVerbatim, type Prose } from '../core/model/prose.ts';
import { charactersLost } from './characters.ts';
import type { FormatRefusal, Loss, Written } from './format.ts';
import type { Publisher } from './publisher.ts';
import { noneKnown } from './text-sections.ts';
import { xmlAttribute, xmlCdata, xmlText } from './xml.ts';

export const lsnNamespace = 'http://security.libvirt.org/xmlns/security-notice/1.0';

/** What a notice has a place for; of every other field of a record its absence is reported. */
const carried: ReadonlySet<string> = new Set([
  'daylight',
  'id',
  'kind',
  'version',
  'title',
  'description',
  'impact',
  'workarounds',
  'products',
  'cves',
  'credits',
  'dates',
  'references',
]);
const noPlace = 'a libvirt notice has no place for it';

export function writeLsn(advisory: Advisory, publisher: Publisher): Written {
  const refusal = unsayable(advisory, publisher);
  const [product] = advisory.products;
  if (refusal !== undefined || product === undefined) return { ok: false, refusal: refusal ?? noProduct };
  const number = advisory.id.slice(publisher.prefix.length + 1);
  const parts = [
    [`  <id>${xmlText(number)}</id>`],
    [`  <summary>${xmlText(advisory.title)}</summary>`],
    freeText('description', advisory.description),
    freeText('impact', advisory.impact),
    freeText('workaround', workaround(advisory)),
    element(
      '  ',
      'credits',
      (advisory.credits ?? []).flatMap((credit) => creditXml(credit, publisher)),
    ),
    element('  ', 'lifecycle', lifecycle(advisory)),
    element('  ', 'reference', references(advisory)),
    productXml(product),
  ].filter((part) => part.length > 0);
  const text = [`<security-notice xmlns="${lsnNamespace}">`, ...parts.flatMap((part) => [...part, '']), '</security-notice>', ''].join(
    '\n',
  );
  return { ok: true, text, losses: lossesOf(advisory, product, publisher) };
}

const noProduct: FormatRefusal = { rule: 'one-product', place: 'products', message: 'a libvirt notice is about one product' };

/** What a reader of the notice would take for something else, were it written. */
function unsayable(advisory: Advisory, publisher: Publisher): FormatRefusal | undefined {
  const form = `${publisher.prefix}-YYYY-NNNN`;
  if (!advisory.id.startsWith(`${publisher.prefix}-`) || !/^\d{4}-\d{4}$/.test(advisory.id.slice(publisher.prefix.length + 1))) {
    return { rule: 'number', place: 'id', message: `a libvirt notice is numbered ${form}, not ${advisory.id}` };
  }
  if (advisory.withdrawn !== undefined)
    return { rule: 'withdrawn', place: 'withdrawn', message: 'a libvirt notice cannot say that it is withdrawn' };
  if (advisory.products.length !== 1) return { ...noProduct, message: `${noProduct.message}, not ${advisory.products.length}` };
  const branches = advisory.products[0]?.branches ?? [];
  if (branches.some((branch) => branch.status !== 'not-affected')) return undefined;
  return {
    rule: 'branch',
    place: 'products[0].branches',
    message: 'a libvirt notice says which branches are affected; the record names none',
  };
}

function element(indent: string, name: string, inner: readonly string[]): readonly string[] {
  return inner.length === 0 ? [] : [`${indent}<${name}>`, ...inner, `${indent}</${name}>`];
}

function workaround({ workarounds }: Advisory): Prose | undefined {
  if (workarounds === undefined || workarounds === 'none-known') return workarounds && noneKnown;
  // Blocks with an empty line between two are prose again.
  return workarounds.join('\n\n') as Prose;
}

/** Flowed blocks are wrapped; a reader joins their lines again. */
function freeText(name: string, text: Prose | undefined): readonly string[] {
  return text === undefined ? [] : element('  ', name, [xmlCdata(blocksOf(text).map(laidOut).join('\n\n'))]);
}

function laidOut(block: string): string {
  return isVerbatim(block) ? block : block.replace(/(.{1,72})(?: |$)/gu, '$1\n').trimEnd();
}

function creditXml(credit: Credit, publisher: Publisher): readonly string[] {
  if (credit.kind !== 'reporter' && credit.kind !== 'patcher') return [];
  const email = publisher.addresses === 'shown' ? credit.email : undefined;
  const name = credit.name === undefined ? [] : [`      <name>${xmlText(credit.name)}</name>`];
  return element('    ', credit.kind, [...name, ...(email === undefined ? [] : [`      <email>${xmlText(email)}</email>`])]);
}

const milestones = ['reported', 'published', 'fixed'] as const;

function lifecycle({ dates }: Advisory): readonly string[] {
  const compact = (when: When) => dayOf(when).replaceAll('-', '');
  return milestones.flatMap((name) => (dates[name] === undefined ? [] : [`    <${name}>${compact(dates[name])}</${name}>`]));
}

function references(advisory: Advisory): readonly string[] {
  const cves = (advisory.cves ?? []).map(({ id }) => `    <advisory type="CVE" id="${xmlAttribute(id.slice('CVE-'.length))}"/>`);
  const unread = (advisory.references ?? []).filter(isUnreadCve).map(({ id }) => `    <advisory type="CVE" id="${xmlAttribute(id)}"/>`);
  const bugs = (advisory.references ?? [])
    .filter(isBug)
    .map(({ tracker, id }) => `    <bug tracker="${xmlAttribute(tracker)}" id="${xmlAttribute(id)}"/>`);
  return [...cves, ...unread, ...bugs];
}

function isBug(reference: Reference): reference is Reference & Required<Pick<Reference, 'tracker' | 'id'>> {
  return reference.kind === 'bug' && reference.tracker !== undefined && reference.id !== undefined;
}

/** What an archive calls a CVE id and is none: kept as it stands, so that nothing of the archive is lost. */
function isUnreadCve(reference: Reference): reference is Reference & Required<Pick<Reference, 'id'>> {
  return reference.kind === 'advisory' && reference.tracker === 'CVE' && reference.id !== undefined;
}

function productXml(product: Product): readonly string[] {
  const repository = product.repository === undefined ? [] : [`    <repository>${xmlText(product.repository)}</repository>`];
  const branches = (product.branches ?? []).filter((branch) => branch.status !== 'not-affected').flatMap(branchXml);
  return [`  <product name="${xmlAttribute(product.name)}">`, ...repository, ...branches, '  </product>'];
}

function branchXml(branch: Branch): readonly string[] {
  const all = (name: string, state: string, values: readonly string[] | undefined) =>
    (values ?? []).map((value) => `      <${name} state="${state}">${xmlText(value)}</${name}>`);
  return element('    ', 'branch', [
    `      <name>${xmlText(branch.name)}</name>`,
    ...all('tag', 'vulnerable', branch.vulnerableTags),
    ...all('change', 'vulnerable', branch.introducedBy),
    ...all('tag', 'fixed', branch.fixedTags),
    ...all('change', 'fixed', branch.fixedBy),
  ]);
}

/** The state that a notice shows: it has no word for it, only the lists. */
export function shownStatus(branch: Omit<Branch, 'status'>): Branch['status'] {
  if ((branch.fixedTags ?? []).length + (branch.fixedBy ?? []).length > 0) return 'fixed';
  return (branch.vulnerableTags ?? []).length + (branch.introducedBy ?? []).length > 0 ? 'affected' : 'unknown';
}

function lossesOf(advisory: Advisory, product: Product, publisher: Publisher): readonly Loss[] {
  const fields = Object.keys(advisory).filter((field) => !carried.has(field));
  return [
    ...fields.map((field) => ({ field, why: noPlace })),
    ...(advisory.kind === 'notice' ? [] : [{ field: 'kind', why: 'everything is a notice there' }]),
    ...(advisory.version === 1 ? [] : [{ field: 'version', why: noPlace }]),
    ...rest('products[0]', product, ['name', 'repository', 'branches']),
    ...(product.branches ?? []).flatMap((branch, at) => branchLosses(branch, `products[0].branches[${at}]`)),
    ...(advisory.cves ?? []).flatMap((cve, at) => rest(`cves[${at}]`, cve, ['id'])),
    ...(advisory.credits ?? []).flatMap((credit, at) => creditLosses(credit, `credits[${at}]`, publisher)),
    ...(advisory.references ?? []).flatMap((reference, at) => referenceLosses(reference, `references[${at}]`)),
    ...Object.entries(advisory.dates).flatMap(([name, when]) => dateLosses(name, when)),
    ...(Array.isArray(advisory.workarounds) && advisory.workarounds.length > 1 ? [{ field: 'workarounds', why: 'written as one' }] : []),
    ...charactersLost(advisory, 'xml'),
  ];
}

function rest(place: string, of: object, kept: readonly string[]): readonly Loss[] {
  return Object.keys(of)
    .filter((field) => !kept.includes(field))
    .map((field) => ({ field: `${place}.${field}`, why: noPlace }));
}

function branchLosses(branch: Branch, place: string): readonly Loss[] {
  if (branch.status === 'not-affected') return [{ field: place, why: 'a libvirt notice lists no branch that is not affected' }];
  const status =
    branch.status === shownStatus(branch)
      ? []
      : [{ field: `${place}.status`, why: `its lists of releases and commits say: ${shownStatus(branch)}` }];
  return [...status, ...rest(place, branch, ['name', 'status', 'vulnerableTags', 'introducedBy', 'fixedTags', 'fixedBy'])];
}

function creditLosses(credit: Credit, place: string, publisher: Publisher): readonly Loss[] {
  if (credit.kind !== 'reporter' && credit.kind !== 'patcher')
    return [{ field: place, why: 'a libvirt notice credits reporters and patchers only' }];
  const withheld = credit.email !== undefined && publisher.addresses === 'withheld';
  return [
    ...(withheld ? [{ field: `${place}.email`, why: 'the publisher does not show mail addresses' }] : []),
    ...rest(place, credit, ['kind', 'name', 'email']),
  ];
}

function referenceLosses(reference: Reference, place: string): readonly Loss[] {
  return isBug(reference) || isUnreadCve(reference)
    ? rest(place, reference, ['kind', 'tracker', 'id'])
    : [{ field: place, why: 'a libvirt notice refers to CVE ids and bug numbers only' }];
}

function dateLosses(name: string, when: When): readonly Loss[] {
  if (!milestones.some((each) => each === name)) return [{ field: `dates.${name}`, why: noPlace }];
  return isDay(when) ? [] : [{ field: `dates.${name}`, why: 'a libvirt notice gives the day only' }];
}

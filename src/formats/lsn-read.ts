// SPDX-License-Identifier: Apache-2.0
// A libvirt security notice as an advisory record (LIBVIRT-14). What is odd in it is told, what has no meaning is left out and told too.

import type { Advisory, Branch, Credit, Product, Reference } from '../core/model/advisory.ts';
import { type Day, day } from '../core/model/day.ts';
import { cveId } from '../core/model/identifiers.ts';
import { type Line, line, type Prose } from '../core/model/prose.ts';
import { anomaliesOf } from './anomalies.ts';
import { type Finding, isAdvisoryId, type Read, refused } from './format.ts';
import { lsnNamespace, shownStatus } from './lsn.ts';
import { leafLine, leafProse, type Notes, named, note, only, structure } from './lsn-elements.ts';
import { filled, present } from './optional.ts';
import type { Publisher } from './publisher.ts';
import { noneKnown } from './text-sections.ts';
import { parseXml, type XmlElement, XmlError } from './xml.ts';

export function readLsn(bytes: Uint8Array, publisher: Publisher): Read {
  try {
    return readNotice(parseXml(bytes), publisher);
  } catch (error) {
    if (error instanceof XmlError) return refused(error.rule, error.place, error.message);
    throw error;
  }
}

function readNotice(root: XmlElement, publisher: Publisher): Read {
  if (root.name !== 'security-notice' || root.namespace !== lsnNamespace) {
    return refused('not-a-notice', `line ${root.line}`, `expected <security-notice> in the namespace ${lsnNamespace}, not <${root.name}>`);
  }
  const notes: Finding[] = [];
  structure(root, '', ['id', 'summary', 'description', 'impact', 'workaround', 'credits', 'lifecycle', 'reference', 'product'], notes);
  const number = leafLine(only(root, 'id', notes), 'id', notes);
  const title = leafLine(only(root, 'summary', notes), 'summary', notes);
  if (number === undefined) return refused('no-id', `line ${root.line}`, 'expected an <id>');
  if (title === undefined) return refused('no-summary', `line ${root.line}`, 'expected a <summary>');
  const id = `${publisher.prefix}-${number}`;
  if (!isAdvisoryId(id)) return refused('no-id', 'id', `expected YYYY-NNNN, not ${number}`);
  if (!/^\d{4}-\d{4}$/.test(number)) notes.push({ place: 'id', rule: 'id-form', message: `expected YYYY-NNNN, not ${number}` });
  const advisory: Advisory = {
    daylight: 'advisory/1',
    id: id as Line,
    kind: 'notice',
    version: 1,
    title,
    ...present('description', leafProse(only(root, 'description', notes), 'description', notes)),
    ...present('impact', leafProse(only(root, 'impact', notes), 'impact', notes)),
    ...present('workarounds', workarounds(leafProse(only(root, 'workaround', notes), 'workaround', notes))),
    products: named(root, 'product').flatMap((product) => readProduct(product, notes)),
    ...readReferences(only(root, 'reference', notes), notes),
    ...present('credits', filled(readCredits(only(root, 'credits', notes), notes))),
    dates: readDates(only(root, 'lifecycle', notes), notes),
  };
  return { ok: true, advisory, findings: [...notes, ...productFindings(advisory), ...anomaliesOf(advisory)] };
}

function workarounds(text: Prose | undefined): Advisory['workarounds'] {
  if (text === undefined) return undefined;
  return text === noneKnown ? 'none-known' : [text];
}

function productFindings(advisory: Advisory): readonly Finding[] {
  const branches = advisory.products.flatMap((product) => product.branches ?? []);
  if (branches.length > 0 && advisory.products.length === 1) return [];
  return [{ place: 'product', rule: 'product-form', message: 'expected one <product> with one <branch> or more' }];
}

function readProduct(element: XmlElement, notes: Notes): readonly Product[] {
  structure(element, 'product', ['repository', 'branch'], notes, ['name']);
  const name = line(element.attributes.get('name') ?? '');
  if (name === undefined) {
    note(notes, element, 'product', 'no-name', 'expected an attribute name');
    return [];
  }
  const repository = leafLine(only(element, 'repository', notes), 'product/repository', notes);
  const branches = named(element, 'branch').flatMap((branch) => readBranch(branch, notes));
  return [{ name, ...present('repository', repository), ...present('branches', filled(branches)) }];
}

function readBranch(element: XmlElement, notes: Notes): readonly Branch[] {
  const place = 'product/branch';
  structure(element, place, ['name', 'tag', 'change'], notes);
  const name = leafLine(only(element, 'name', notes), `${place}/name`, notes);
  if (name === undefined) {
    note(notes, element, place, 'no-name', 'expected a <name>');
    return [];
  }
  const all = (kind: 'tag' | 'change', state: 'vulnerable' | 'fixed') =>
    filled(
      named(element, kind)
        .filter((child) => child.attributes.get('state') === state)
        .flatMap((child) => leafLine(child, `${place}/${kind}`, notes, ['state']) ?? []),
    );
  for (const child of [...named(element, 'tag'), ...named(element, 'change')]) {
    const stated = /^(?:vulnerable|fixed)$/.test(child.attributes.get('state') ?? '');
    if (!stated) note(notes, child, `${place}/${child.name}`, 'state', 'expected state="vulnerable" or state="fixed"');
  }
  const lists = {
    ...present('introducedBy', all('change', 'vulnerable')),
    ...present('fixedBy', all('change', 'fixed')),
    ...present('vulnerableTags', all('tag', 'vulnerable')),
    ...present('fixedTags', all('tag', 'fixed')),
  };
  const status = shownStatus({ name, ...lists });
  if (status === 'unknown') note(notes, element, place, 'empty-branch', `branch ${name} names neither release nor commit`);
  return [{ name, status, ...lists }];
}

function readReferences(element: XmlElement | undefined, notes: Notes): Pick<Advisory, 'cves' | 'references'> {
  if (element === undefined) return {};
  structure(element, 'reference', ['advisory', 'bug'], notes);
  const advisories = named(element, 'advisory');
  const cves = advisories.flatMap((child) => readCve(child) ?? []);
  const others = [...advisories.filter((child) => readCve(child) === undefined), ...named(element, 'bug')].flatMap((child) =>
    readReference(child, notes),
  );
  return { ...present('cves', filled(cves)), ...present('references', filled(others)) };
}

function readCve(element: XmlElement): NonNullable<Advisory['cves']>[number] | undefined {
  if (element.attributes.get('type') !== 'CVE') return undefined;
  const id = cveId(`CVE-${element.attributes.get('id') ?? ''}`);
  return id === undefined ? undefined : { id };
}

function readReference(element: XmlElement, notes: Notes): readonly Reference[] {
  const kind = element.name === 'bug' ? 'bug' : 'advisory';
  const place = `reference/${kind}`;
  const source = kind === 'bug' ? 'tracker' : 'type';
  const tracker = line(element.attributes.get(source) ?? '');
  const id = line(element.attributes.get('id') ?? '');
  if (kind === 'advisory') note(notes, element, place, 'advisory-form', 'expected type="CVE" and an id YYYY-NNNN without CVE-');
  if (tracker === undefined || id === undefined) {
    note(notes, element, place, 'no-id', `expected the attributes ${source} and id`);
    return [];
  }
  return [{ kind, tracker, id }];
}

function readCredits(element: XmlElement | undefined, notes: Notes): readonly Credit[] {
  if (element === undefined) return [];
  structure(element, 'credits', ['reporter', 'patcher'], notes);
  return [...named(element, 'reporter'), ...named(element, 'patcher')].flatMap((child) => readCredit(child, notes));
}

function readCredit(element: XmlElement, notes: Notes): readonly Credit[] {
  const kind = element.name === 'reporter' ? 'reporter' : 'patcher';
  const place = `credits/${kind}`;
  structure(element, place, ['name', 'email'], notes);
  const name = leafLine(only(element, 'name', notes), `${place}/name`, notes);
  const email = leafLine(only(element, 'email', notes), `${place}/email`, notes);
  if (name !== undefined || email !== undefined) return [{ kind, ...present('name', name), ...present('email', email) }];
  note(notes, element, place, 'nobody', 'expected a <name> or an <email>');
  return [];
}

function readDates(element: XmlElement | undefined, notes: Notes): Advisory['dates'] {
  if (element === undefined) return {};
  structure(element, 'lifecycle', ['reported', 'published', 'fixed'], notes);
  const date = (name: string): Day | undefined => {
    const child = only(element, name, notes);
    const text = leafLine(child, `lifecycle/${name}`, notes);
    const parsed = text !== undefined && /^\d{8}$/.test(text) ? day(text) : undefined;
    if (child !== undefined && text !== undefined && parsed === undefined)
      note(notes, child, `lifecycle/${name}`, 'date', `expected a day YYYYMMDD, not ${text}`);
    return parsed;
  };
  return { ...present('reported', date('reported')), ...present('fixed', date('fixed')), ...present('published', date('published')) };
}

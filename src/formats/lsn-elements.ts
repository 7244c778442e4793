// SPDX-License-Identifier: Apache-2.0
// The leaves of a libvirt notice: their text, and a finding for everything that is not what the notice's description lays down.

import { type Line, line, type Prose, prose } from '../core/model/prose.ts';
import type { Finding } from './format.ts';
import { lsnNamespace } from './lsn.ts';
import type { XmlElement } from './xml.ts';

export type Notes = Finding[];

export function note(notes: Notes, element: XmlElement, place: string, rule: string, message: string): void {
  notes.push({ place: `${place}, line ${element.line}`.replace(/^, /, ''), rule, message });
}

/** The children called `name`, in order. */
export function named(element: XmlElement, name: string): readonly XmlElement[] {
  return element.children.filter((child) => child.name === name && child.namespace === lsnNamespace);
}

/** The first child called `name`; a second one is told. */
export function only(element: XmlElement, name: string, notes: Notes): XmlElement | undefined {
  const [first, second] = named(element, name);
  if (second !== undefined) note(notes, second, `${element.name}/${name}`, 'repeated', `only the first <${name}> is read`);
  return first;
}

/** Tells of children, attributes and text that `element`, which holds elements, should not have. */
export function structure(
  element: XmlElement,
  place: string,
  children: readonly string[],
  notes: Notes,
  attributes: readonly string[] = [],
): void {
  for (const child of element.children) {
    const known = children.includes(child.name) && child.namespace === lsnNamespace;
    if (!known) note(notes, child, place, 'unknown-element', `<${child.name}> is not read`);
  }
  const stray = line(element.text + (element.cdata ?? ''));
  if (stray !== undefined) note(notes, element, place, 'stray-text', `text between the elements is not read: ${stray}`);
  unknownAttributes(element, place, attributes, notes);
}

function unknownAttributes(element: XmlElement, place: string, known: readonly string[], notes: Notes): void {
  for (const name of element.attributes.keys()) {
    if (!known.includes(name)) note(notes, element, place, 'unknown-attribute', `the attribute ${name} is not read`);
  }
}

function leaf(element: XmlElement, place: string, notes: Notes, attributes: readonly string[]): void {
  for (const child of element.children) note(notes, child, place, 'unknown-element', `<${child.name}> is not read`);
  unknownAttributes(element, place, attributes, notes);
}

/** The text of `element` as one line; an empty element is told and is as if absent. */
export function leafLine(
  element: XmlElement | undefined,
  place: string,
  notes: Notes,
  attributes: readonly string[] = [],
): Line | undefined {
  if (element === undefined) return undefined;
  leaf(element, place, notes, attributes);
  return told(line(element.text + (element.cdata ?? '')), element, place, notes);
}

/** The text of `element` in blocks. Authors indent as their editors do, so only what stands four spaces beyond that is verbatim. */
export function leafProse(element: XmlElement | undefined, place: string, notes: Notes): Prose | undefined {
  if (element === undefined) return undefined;
  leaf(element, place, notes, []);
  const whole = element.cdata !== undefined && element.text.trim() === '';
  const text = whole ? hung(element.cdata ?? '') : (element.text + (element.cdata ?? '')).replaceAll(/^[ \t]+/gm, '');
  return told(prose(text), element, place, notes);
}

function told<T>(value: T | undefined, element: XmlElement, place: string, notes: Notes): T | undefined {
  if (value === undefined) note(notes, element, place, 'empty', 'is empty, and as if it were not there');
  return value;
}

/** `text` without the indentation that its second line has, where it goes on from the first; or its first, where that starts on a line of its own. */
function hung(text: string): string {
  const own = /^\s*\n/.test(text);
  const lines = text
    .replace(/^\s*\n/, '')
    .replaceAll('\t', '        ')
    .split('\n');
  const model = own ? (lines[0] ?? '') : /^ /.test(lines[0] ?? '') ? '' : (lines[1] ?? '');
  const width = model.length - model.trimStart().length;
  return lines.map((each, at) => (at === 0 && !own ? each : each.replace(new RegExp(`^ {0,${width}}`), ''))).join('\n');
}

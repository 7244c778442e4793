// SPDX-License-Identifier: Apache-2.0
// XML as it is read here: elements, attributes and text, within bounds; no document type, no entities of its own (L-64).

import { SaxesParser } from 'saxes';
import { xmlCharacters } from './characters.ts';

export interface XmlElement {
  /** Without prefix. */
  readonly name: string;
  readonly namespace: string;
  readonly attributes: ReadonlyMap<string, string>;
  readonly children: readonly XmlElement[];
  /** Character data outside CDATA sections, white space and all. */
  readonly text: string;
  /** All CDATA sections joined; absent where there are none. */
  readonly cdata?: string;
  /** Where the start tag ends, counted from 1. */
  readonly line: number;
}

/** Why a document is not read: malformed, too large, or made of what is not allowed here. Line and column are counted from 1. */
export class XmlError extends Error {
  readonly rule: 'malformed' | 'doctype' | 'too-large' | 'encoding';
  readonly place: string;

  constructor(rule: XmlError['rule'], place: string, message: string) {
    super(message);
    this.name = 'XmlError';
    this.rule = rule;
    this.place = place;
  }
}

const most = { bytes: 4 * 1024 * 1024, depth: 16, elements: 100_000 } as const;

interface Open {
  name: string;
  namespace: string;
  attributes: Map<string, string>;
  children: XmlElement[];
  text: string;
  cdata?: string;
  line: number;
}

/** The root element of the UTF-8 document `bytes`. @throws XmlError */
export function parseXml(bytes: Uint8Array): XmlElement {
  const text = decoded(bytes);
  const parser = new SaxesParser({ xmlns: true, position: true });
  const document: Open = { name: '', namespace: '', attributes: new Map(), children: [], text: '', line: 1 };
  const open: Open[] = [document];
  let elements = 0;
  const place = () => `line ${parser.line}, column ${Math.max(1, parser.column)}`;
  parser.on('error', (error) => {
    throw new XmlError('malformed', place(), error.message.replace(/^\d+:\d+: /, ''));
  });
  parser.on('doctype', () => {
    throw new XmlError('doctype', place(), 'a document type is not allowed, nor are entities of its own');
  });
  parser.on('xmldecl', ({ encoding }) => {
    if (encoding !== undefined && !/^utf-?8$/i.test(encoding)) throw new XmlError('encoding', place(), `expected UTF-8, not ${encoding}`);
  });
  parser.on('opentag', (tag) => {
    elements += 1;
    if (elements > most.elements || open.length > most.depth) throw new XmlError('too-large', place(), 'too many elements, or too deep');
    const attributes = new Map(
      Object.values(tag.attributes)
        .filter(({ prefix, name }) => prefix !== 'xmlns' && name !== 'xmlns')
        .map(({ local, value }) => [local, value]),
    );
    open.push({ name: tag.local, namespace: tag.uri, attributes, children: [], text: '', line: parser.line });
  });
  parser.on('text', (data) => {
    const last = open.at(-1);
    if (last !== undefined) last.text += data;
  });
  parser.on('cdata', (data) => {
    const last = open.at(-1);
    if (last !== undefined) last.cdata = (last.cdata ?? '') + data;
  });
  parser.on('closetag', () => {
    const done = open.pop();
    if (done !== undefined) open.at(-1)?.children.push(done);
  });
  parser.write(text).close();
  const root = document.children[0];
  if (root === undefined) throw new XmlError('malformed', 'line 1', 'expected one element');
  return root;
}

function decoded(bytes: Uint8Array): string {
  if (bytes.length > most.bytes) throw new XmlError('too-large', 'line 1', `expected at most ${most.bytes} bytes, not ${bytes.length}`);
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    throw new XmlError('encoding', 'line 1', 'expected UTF-8');
  }
}

/** `value` as the text of an element. */
export function xmlText(value: string): string {
  return xmlCharacters(value).replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}

/** `value`, one line, as an attribute in double quotes. */
export function xmlAttribute(value: string): string {
  return xmlText(value).replaceAll('"', '&quot;');
}

/** `value` as CDATA; where it says `]]>` itself, the section is parted. */
export function xmlCdata(value: string): string {
  return `<![CDATA[${xmlCharacters(value).replaceAll(']]>', ']]]]><![CDATA[>')}]]>`;
}

// SPDX-License-Identifier: Apache-2.0
// What a format is: a view of the advisory record, what it cannot carry said by name, and what reading one may find.

import type { Advisory } from '../core/model/advisory.ts';
import type { Line } from '../core/model/prose.ts';
import type { Publisher } from './publisher.ts';

/** Something the record says and the document does not. `field` is the place in the record: `severity[0].vector`. */
export interface Loss {
  readonly field: string;
  readonly why: string;
}

/** Something odd in a document that was read all the same. Nothing is mended: the record holds what the document says, or nothing. */
export interface Finding {
  /** Where in the document, for a person: `lifecycle/published, line 45`. */
  readonly place: string;
  /** Stable name: `published-before-reported`. */
  readonly rule: string;
  readonly message: string;
}

/** Why a document cannot be written honestly, or cannot be read at all. */
export interface FormatRefusal {
  readonly rule: string;
  /** Where in the document, or in the record when writing. */
  readonly place: string;
  readonly message: string;
}

/** `text` is the whole document, LF line ends, to be encoded as UTF-8. */
export type Written = { readonly ok: true; readonly text: string; readonly losses: readonly Loss[] } | Refused;

export type Read = { readonly ok: true; readonly advisory: Advisory; readonly findings: readonly Finding[] } | Refused;

export interface Refused {
  readonly ok: false;
  readonly refusal: FormatRefusal;
}

export function refused(rule: string, place: string, message: string): Refused {
  return { ok: false, refusal: { rule, place, message } };
}

/** Whether `text` can be an advisory's id: it becomes part of file names, addresses and mail subjects. */
export function isAdvisoryId(text: string): boolean {
  return /^[A-Za-z0-9][A-Za-z0-9._:+-]{0,127}$/.test(text);
}

/** A document of the same advisory in another format, or the page of a version before, as the page lists it. */
export interface PublishedFile {
  readonly label: Line;
  /** Relative to the page, or absolute. */
  readonly href: string;
  /** 64 lower-case hexadecimal digits. */
  readonly sha256?: string;
  /** Of a version before this one, whose page it is. */
  readonly version?: number;
  /** The detached signature's file, or `inside` for one that the file itself carries; absent for none. */
  readonly signature?: { readonly href: string } | 'inside';
}

export interface Format {
  /** As a person calls it: `libvirt notice (XML)`. */
  readonly label: string;
  /** With its dot; the file is called by the advisory's id. */
  readonly extension: string;
  readonly mediaType: string;
  /** How its signature is carried (VMT-44). */
  readonly signing: 'clearsign' | 'detached';
  /** Pure: the same record, publisher and files give the same bytes. */
  readonly write: (advisory: Advisory, publisher: Publisher, files?: readonly PublishedFile[]) => Written;
  readonly read?: (bytes: Uint8Array, publisher: Publisher) => Read;
  /** The policy that fits a document of this format when nobody names one. */
  readonly usualPolicy?: string;
}

// SPDX-License-Identifier: Apache-2.0
// What a document does not carry, told by name: the same few questions for every format.

import type { Advisory } from '../core/model/advisory.ts';
import type { Loss } from './format.ts';

/** A loss for each field of `of` that is not among `carried`. */
export function lossesBeside(of: object, carried: readonly string[], why: string, place = ''): readonly Loss[] {
  return Object.keys(of)
    .filter((field) => !carried.includes(field))
    .map((field) => ({ field: `${place}${field}`, why }));
}

/** A format that knows one kind of document and no versions of it tells of any other; the first version of an advisory is no loss. */
export function kindLosses({ kind, version }: Advisory, why: string): readonly Loss[] {
  return [...(kind === 'advisory' ? [] : [{ field: 'kind', why }]), ...(version === 1 ? [] : [{ field: 'version', why }])];
}

/** The losses of each entry of a list, each under its place: `products[0].purl`. */
export function lossesIn<T>(
  list: readonly T[] | undefined,
  name: string,
  of: (entry: T, place: string) => readonly Loss[],
): readonly Loss[] {
  return (list ?? []).flatMap((entry, at) => of(entry, `${name}[${at}]`));
}

// SPDX-License-Identifier: Apache-2.0
// Beside a field of the advisory: who wrote it and when, and what is found in what it says. A script fills the same place again after a pause.

import type { Beside } from '../advisory-remarks.ts';
import { levelWords } from '../advisory-remarks.ts';
import { fieldId } from '../fields.ts';

export type Besides = ReadonlyMap<string, Beside>;

export function BesideField({ name, besides }: { readonly name: string; readonly besides: Besides }) {
  const id = fieldId('advisory', name);
  const { written, remarks } = besides.get(name) ?? { written: null, remarks: [] };
  return (
    <div class="beside" id={`${id}-beside`}>
      <span class="label" data-written={id}>
        {written === null ? '' : <bdi>{written}</bdi>}
      </span>
      <ul data-remarks={id}>
        {remarks.map(({ level, sentence }) => (
          <li class={`is-${level}`}>
            <b>{levelWords[level]}.</b> {sentence}
          </li>
        ))}
      </ul>
    </div>
  );
}

/** Of every input whose name begins so, each sentence once: a row of a table has one place for all its cells. */
export function merged(besides: Besides, prefix: string, name: string): Besides {
  const own = [...besides].filter(([input]) => input === name || input.startsWith(prefix)).map(([, beside]) => beside);
  const written = [...new Set(own.flatMap((one) => one.written ?? []))].join('; ');
  const remarks = own.flatMap((one) => one.remarks);
  const once = remarks.filter((one, at) => remarks.findIndex((other) => other.sentence === one.sentence) === at);
  return new Map([[name, { written: written === '' ? null : written, remarks: once }]]);
}

// SPDX-License-Identifier: Apache-2.0
// What a list says of one advisory, made once: one advisory more does not make ten thousand lines anew.

import type { Entry } from './model.ts';

/** The same as `make`, remembered for as long as the entry is: an advisory that changes has another entry. */
export function perEntry<Part>(make: (entry: Entry) => Part): (entry: Entry) => Part {
  const made = new WeakMap<Entry, { readonly part: Part }>();
  return (entry) => {
    const known = made.get(entry) ?? { part: make(entry) };
    made.set(entry, known);
    return known.part;
  };
}

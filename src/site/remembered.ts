// SPDX-License-Identifier: Apache-2.0
// What a list says of one advisory, or of a year, made once: one advisory more does not make ten thousand lines anew.

/** The same as `make`, remembered for as long as its subject is: an advisory that changes has another entry, and its year another list of them. */
export function remembered<Subject extends object, Part>(make: (subject: Subject) => Part): (subject: Subject) => Part {
  const made = new WeakMap<Subject, { readonly part: Part }>();
  return (subject) => {
    const known = made.get(subject) ?? { part: make(subject) };
    made.set(subject, known);
    return known.part;
  };
}

// SPDX-License-Identifier: Apache-2.0
// Words of the model as people read them, and numbers with their nouns.

/** A word of the model as a person reads it: `fix_ready` is “fix ready”, `report-arrived` “report arrived”. */
export function plain(word: string): string {
  return word.replace(/[_-]/g, ' ');
}

/** `1 person`, `7 people` */
export function count(number: number, one: string, many: string): string {
  return `${number} ${number === 1 ? one : many}`;
}

// SPDX-License-Identifier: Apache-2.0
// A project's own file of who looks after what, whichever of the two forms it was written in: MAINTAINERS or CODEOWNERS.

export interface Caretaker {
  /** As the file spells it; for `@name` of a forge the name. */
  readonly name: string;
  /** Null where the file names an account and no address. */
  readonly address: string | null;
  readonly role: 'maintainer' | 'reviewer';
}

/** One section of the file: people, lists, and the paths that are theirs. */
export interface Subsystem {
  readonly title: string;
  /** `Supported`, `Maintained`, `Orphan`, as far as the file says. */
  readonly status: string | null;
  readonly people: readonly Caretaker[];
  readonly lists: readonly string[];
  /** Path patterns as they stand in the file, and those that are taken out again. */
  readonly files: readonly string[];
  readonly excluded: readonly string[];
  /** Regular expressions over whole paths (`N:`). */
  readonly expressions: readonly string[];
}

export interface MaintainersFile {
  readonly form: 'maintainers' | 'codeowners';
  readonly subsystems: readonly Subsystem[];
}

const empty: Omit<Subsystem, 'title'> = { status: null, people: [], lists: [], files: [], excluded: [], expressions: [] };

export function subsystem(title: string, given: Partial<Subsystem>): Subsystem {
  return { ...empty, title, ...given };
}

/** `Name <address>`, an address alone, or an account such as `@name`. Nothing where there is neither. */
export function caretaker(text: string, role: Caretaker['role']): Caretaker | undefined {
  const [, named = '', bracketed] = /^"?([^"<]*?)"?\s*<([^<>\s]+@[^<>\s]+)>/.exec(text) ?? [];
  if (bracketed !== undefined) return { name: named.trim() === '' ? bracketed : named.trim(), address: bracketed.toLowerCase(), role };
  if (/^@[\w./-]+$/.test(text)) return { name: text.slice(1), address: null, role };
  return /^[^\s@<>]+@[^\s@<>]+$/.test(text) ? { name: text, address: text.toLowerCase(), role } : undefined;
}

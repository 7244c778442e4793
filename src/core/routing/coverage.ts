// SPDX-License-Identifier: Apache-2.0
// Coverage: who of the project's own file has no account, and which paths nobody would be asked about (QEMU-6).

import type { Caretaker, MaintainersFile, Subsystem } from './file.ts';

/** An account as far as it can be matched with the file: by address, or by the name of a forge. It decides who is asked, and grants nothing (L-26). */
export interface Account {
  readonly name: string;
  readonly address: string | null;
}

export interface Coverage {
  readonly withoutAccount: readonly { readonly person: Caretaker; readonly subsystems: readonly string[] }[];
  /** Sections that nobody with an account looks after, with their paths. */
  readonly uncovered: readonly Subsystem[];
}

export function coverage(file: MaintainersFile, accounts: readonly Account[]): Coverage {
  const missing = new Map<string, { person: Caretaker; subsystems: string[] }>();
  for (const { title, people } of file.subsystems)
    for (const person of people.filter((one) => one.role === 'maintainer' && accountOf(one, accounts) === undefined)) {
      const key = person.address ?? person.name;
      const entry = missing.get(key) ?? { person, subsystems: [] };
      entry.subsystems.push(title);
      missing.set(key, entry);
    }
  const uncovered = file.subsystems.filter(({ people }) => !people.some((one) => accountOf(one, accounts) !== undefined));
  return { withoutAccount: [...missing.values()], uncovered };
}

export function accountOf<One extends Account>({ name, address }: Caretaker, accounts: readonly One[]): One | undefined {
  return accounts.find((one) =>
    address === null ? one.name.toLowerCase() === name.toLowerCase() : one.address?.toLowerCase() === address,
  );
}

// SPDX-License-Identifier: Apache-2.0
// MAINTAINERS in the form that Linux, QEMU and U-Boot share: a title on a line of its own, then lines of one letter, a colon and a value.

import type { Caretaker, MaintainersFile, Subsystem } from './file.ts';
import { caretaker, subsystem } from './file.ts';

const entry = /^([A-Z]):\s*(.*?)\s*$/;

/** Whatever stands before the first section, the key to the letters included, names nobody and is left out. */
export function parseMaintainers(text: string): MaintainersFile {
  const subsystems: Subsystem[] = [];
  let title = '';
  let lines: [letter: string, value: string][] = [];
  const close = () => {
    const made = sectionOf(title, lines);
    if (made !== undefined) subsystems.push(made);
    lines = [];
  };
  for (const line of text.split(/\r?\n/)) {
    const [, letter, value] = entry.exec(line) ?? [];
    if (letter !== undefined && value !== undefined) lines.push([letter, value]);
    else if (/^[^\s#]/.test(line) && !/^[-=*.]{2,}/.test(line)) {
      close();
      title = line.trim();
    }
  }
  close();
  return { form: 'maintainers', subsystems };
}

function sectionOf(title: string, lines: readonly (readonly [string, string])[]): Subsystem | undefined {
  const of = (letter: string) => lines.filter(([one]) => one === letter).map(([, value]) => value);
  const people = (letter: string, role: Caretaker['role']) => of(letter).flatMap((value) => caretaker(value, role) ?? []);
  const files = of('F').filter((one) => one !== '');
  const expressions = of('N');
  if (title === '' || files.length + expressions.length === 0) return undefined;
  return subsystem(title, {
    status: of('S')[0] ?? null,
    people: [...people('M', 'maintainer'), ...people('R', 'reviewer')],
    lists: of('L').flatMap((value) => /[^\s<>()]+@[^\s<>()]+/.exec(value)?.[0].toLowerCase() ?? []),
    files,
    excluded: of('X'),
    expressions,
  });
}

// SPDX-License-Identifier: Apache-2.0
// The daily mail to those who run the system: where the chains of a project end. Hashes and counts, and nothing of any case.

import type { Notice } from './notice.ts';
import { wrapped } from './notice.ts';

/** The lines stand as they are, so that the mail as a whole can be given to `daylight audit verify --against`. */
export function headNotice(title: string, lines: readonly string[]): Notice {
  const why =
    'This is where the chains of the audit end today. Keep this mail on another machine: with it, “daylight audit verify --against” finds a chain whose end was cut off later, which no chain shows by itself.';
  return { subject: `[${title}] Where the audit stands today`, text: `${wrapped(why)}\n${lines.join('\n')}\n` };
}

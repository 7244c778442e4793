// SPDX-License-Identifier: Apache-2.0
// The clocks of access: who was let in until a date is out at that instant.

import type { CaseState } from '../../model/case.ts';
import type { PersonId } from '../../model/identifiers.ts';
import type { Deadline } from './clock.ts';

export function accessClocks({ guestsUntil, visibility }: CaseState): readonly Deadline[] {
  if (visibility === 'public') return [];
  return Object.entries(guestsUntil).map(([person, at]): Deadline => {
    return { clock: 'guest.until', at, action: { kind: 'remove-person', person: person as PersonId } };
  });
}

// SPDX-License-Identifier: Apache-2.0
// Advisory numbers in a project's own scheme: `LSN-YYYY-NNNN`, Y the year and N a running number of at least so many digits.

import type { Instant } from '../core/model/time.ts';

export function numberYear(at: Instant): number {
  return Number(at.slice(0, 4));
}

export function numberOf(scheme: string, year: number, running: number): string {
  return scheme.replace(/Y+/, String(year)).replace(/N{2,}/, (digits) => String(running).padStart(digits.length, '0'));
}

// SPDX-License-Identifier: Apache-2.0
// Advisory numbers in a project's own scheme: `LSN-YYYY-NNNN`, Y the year and N a running number of at least so many digits.

import type { Instant } from '../core/model/time.ts';

export function numberYear(at: Instant): number {
  return Number(at.slice(0, 4));
}

export function numberOf(scheme: string, year: number, running: number): string {
  return scheme.replace(/Y+/, String(year)).replace(/N{2,}/, (digits) => String(running).padStart(digits.length, '0'));
}

/** Year and running number of an advisory's number in the scheme; undefined for one of another scheme. */
export function numberParts(scheme: string, number: string): { readonly year: number; readonly running: number } | undefined {
  const literal = (text: string) => text.replaceAll(/[.*+?^${}()|[\]\\]/g, '\\$&');
  const pattern = literal(scheme).replace(/Y+/, '(?<year>\\d{4})').replace(/N{2,}/, '(?<running>\\d+)');
  const { year, running } = new RegExp(`^${pattern}$`).exec(number)?.groups ?? {};
  return year === undefined || running === undefined ? undefined : { year: Number(year), running: Number(running) };
}

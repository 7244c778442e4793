// SPDX-License-Identifier: Apache-2.0
// The schema's single values: names, texts, numbers, addresses, and the quantities of values.ts.

import { z } from 'zod';
import type { Role } from '../core/model/identifiers.ts';
import type { Contact } from '../core/policy/policy.ts';
import { clockEvents } from '../core/policy/words.ts';
import { didYouMean } from './nearest.ts';
import { expected, listOf, nonEmptyListOf, shown } from './shapes.ts';
import { forms, toDays, toDeadline, toDuration, toHour, toRange, toZone, toZonedInstant } from './values.ts';

const anInstant = 'a moment with its zone, such as `2026-07-28 00:00 UTC`';
const aDeadline = 'a deadline such as `90 days from receipt`';

/** A text of the form `form`, which messages call `what`. */
export function matching(form: RegExp, what: string) {
  return z.string({ error: expected(what) }).regex(form, { error: expected(what) });
}

/** A text that has a form and still may name nothing real: `convert` then gives undefined. */
function converted<T>(form: RegExp, what: string, convert: (text: string) => T | undefined) {
  return matching(form, what).transform((text, context): T => {
    const value = convert(text);
    if (value !== undefined) return value;
    context.issues.push({ code: 'custom', input: text, message: `: ${shown(text)} is not ${what}.` });
    return z.NEVER;
  });
}

/** No control characters, and none that reorder what is shown (CVE-2021-42574). */
const oneLine = /^[^\p{Cc}\u2028\u2029\u202a-\u202e\u2066-\u2069]*\n?$/u;
const manyLines = /^(?:[^\p{Cc}\u202a-\u202e\u2066-\u2069]|[\n\t])*$/u;

export const name = matching(/^[a-z][a-z0-9_-]{0,39}$/, 'a name in lower case, beginning with a letter');
export const role = name.transform((text) => text as Role);
export const roles = listOf(role);
export const someRoles = nonEmptyListOf(role);
/** A name that the project chooses and that may have capitals: a class, a form field. */
export const ownName = matching(/^[A-Za-z][A-Za-z0-9_-]{0,39}$/, 'a name of letters, digits, _ and -');
export const names = listOf(ownName);

export const text = matching(oneLine, 'one line of text')
  .max(2000, { error: ' is longer than 2000 characters.' })
  .transform((value) => value.replace(/\n$/, ''));
export const texts = listOf(text);
export const template = matching(manyLines, 'text').max(10_000, { error: ' is longer than 10000 characters.' });

export const count = z
  .int({ error: expected('a whole number') })
  .min(1, { error: ' is less than 1.' })
  .max(1_000_000, { error: ' is more than 1000000.' });

export const address = matching(
  /^[A-Za-z0-9._%+=-]{1,64}@[A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+)+$/,
  'a mail address such as security@example.org',
);
export const url = matching(/^https:\/\/[A-Za-z0-9.-]+(?::\d+)?(?:[/?#][!-~]*)?$/, 'a web address that begins with https://');
export const contact = z.string({ error: expected('a mail address or a web address') }).transform((value, context): Contact => {
  if (address.safeParse(value).success) return { kind: 'mail', address: value };
  if (url.safeParse(value).success) return { kind: 'url', url: value };
  context.issues.push({
    code: 'custom',
    input: value,
    message: expected('a mail address or a web address that begins with https://')({ input: value }),
  });
  return z.NEVER;
});

export const duration = matching(forms.duration, 'a duration such as `14 days`, `24 hours`, `5 business days` or `at once`').transform(
  toDuration,
);
export const range = converted(forms.range, 'a duration or a range such as `5 to 10 business days`', toRange);
export const zone = converted(/^[A-Za-z][A-Za-z0-9_+/-]*$/, 'an IANA time zone such as UTC or Europe/Stockholm', toZone);
export const hour = converted(forms.hour, 'an hour with its zone, such as `15:00 UTC`', toHour);
export const days = converted(
  forms.days,
  'a day such as `2026-12-25`, or a span of at most a year such as `2026-12-24 to 2027-01-01`',
  toDays,
);

export const instant = z
  .string({ error: expected(anInstant) })
  .regex(forms.instant, {
    error: ({ input }) => (forms.days.test(String(input)) ? bareDate(String(input)) : expected(anInstant)({ input })),
  })
  .transform((value, context) => {
    const at = toZonedInstant(value);
    if (at !== undefined) return at;
    context.issues.push({
      code: 'custom',
      input: value,
      message: `: no such moment as ${shown(value)}; the day or the zone does not exist, or the clock there skips or repeats that time.`,
    });
    return z.NEVER;
  });

export const deadline = z
  .string({ error: expected(aDeadline) })
  .regex(forms.deadline, { error: ({ input }) => unknownEvent(String(input)) })
  .transform(toDeadline);

function bareDate(date: string): string {
  return `: ${shown(date)} is a bare date; say the hour and the zone, as in \`${date.slice(0, 10)} 00:00 UTC\`.`;
}

function unknownEvent(input: string): string {
  const event = / from (\w+)$/.exec(input)?.[1];
  if (event === undefined || !forms.duration.test(input.slice(0, input.lastIndexOf(' from ')))) return expected(aDeadline)({ input });
  return `: \`${event}\` is not known.${didYouMean(event, clockEvents) || ` One of ${clockEvents.join(', ')}.`}`;
}

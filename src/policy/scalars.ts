// SPDX-License-Identifier: Apache-2.0
// The schema's single values: names, texts, numbers, addresses, and the quantities of values.ts.

import { z } from 'zod';
import type { Role } from '../core/model/identifiers.ts';
import type { Contact } from '../core/policy/policy.ts';
import { clockEvents } from '../core/policy/words.ts';
import { didYouMean } from './nearest.ts';
import { expected, listOf, nonEmptyListOf, refuse } from './shapes.ts';
import { shown } from './shown.ts';
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
    return refuse(context, `: ${shown(text)} is not ${what}.`);
  });
}

/** No control characters, and none that reorder what is shown (CVE-2021-42574). */
const oneLine = /^[^\u0000-\u001f\u007f-\u009f\u2028-\u202e\u2066-\u2069]*\n?$/;
const manyLines = /^(?:[^\u0000-\u001f\u007f-\u009f\u202a-\u202e\u2066-\u2069]|[\n\t])*$/;

export const name = matching(/^[a-z][a-z0-9_-]{0,39}$/, 'a name in lower case, beginning with a letter');
export const uuid = matching(
  /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/,
  'an organisation’s id as 53f830b8-0a3f-465b-8143-3b8a9948e749, in lower case',
);
export const role = name.transform((text) => text as Role);
export const roles = listOf(role);
export const someRoles = nonEmptyListOf(role);
/** A name that the project chooses and that may have capitals: a class, a form field. */
export const ownName = matching(/^[A-Za-z][A-Za-z0-9_-]{0,39}$/, 'a name of letters, digits, _ and -');
export const names = listOf(ownName);

export const text = z
  .string({ error: expected('one line of text, in quotes where it looks like a number') })
  .regex(oneLine, { error: expected('one line of text') })
  .max(2000, { error: ' is longer than 2000 characters.' })
  .transform((value) => value.replace(/\n$/, ''))
  .meta({ id: 'text' });
export const texts = listOf(text);
export const template = matching(manyLines, 'text').max(10_000, { error: ' is longer than 10000 characters.' }).meta({ id: 'template' });

export const count = z
  .int({ error: expected('a whole number') })
  .min(1, { error: ' is less than 1.' })
  .max(1_000_000, { error: ' is more than 1000000.' });

const addressForm = /^[A-Za-z0-9._%+=-]{1,64}@[A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+)+$/;
const urlForm = /^https:\/\/[A-Za-z0-9.-]+(?::\d+)?(?:[/?#][!-~]*)?$/;
export const address = matching(addressForm, 'a mail address such as security@example.org').meta({ id: 'address' });
export const url = matching(urlForm, 'a web address that begins with https://');
export const contact = matching(
  new RegExp(`${addressForm.source}|${urlForm.source}`),
  'a mail address, or a web address that begins with https://',
).transform((value): Contact => (urlForm.test(value) ? { kind: 'url', url: value } : { kind: 'mail', address: value }));

export const duration = matching(forms.duration, 'a duration such as `14 days`, `24 hours`, `5 business days` or `at once`')
  .transform(toDuration)
  .meta({ id: 'duration' });
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
    return refuse(
      context,
      `: no such moment as ${shown(value)}; the day or the zone does not exist, or the clock there skips or repeats that time.`,
    );
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
  return `: ${shown(event)} is not known.${didYouMean(event, clockEvents) || ` One of ${clockEvents.join(', ')}.`}`;
}

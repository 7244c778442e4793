// SPDX-License-Identifier: Apache-2.0
// When somebody wants mail: the hour of their digest and their quiet hours, in their own zone; and until when one mail waits for that.

import { type Instant, instant, Temporal } from '../model/time.ts';
import type { Urgency } from '../policy/words.ts';

export interface MailHours {
  /** IANA zone in which the hours are meant. */
  readonly zone: string;
  /** Hour of the day of the digest; null: nothing is gathered. */
  readonly digestAt: number | null;
  /** From and to, `HH:MM`, over midnight where `to` is not after `from`; null: no hours are quiet. */
  readonly quiet: { readonly from: string; readonly to: string } | null;
}

/** Until when a mail waits that was asked for at `asked`; null: it goes now. Asked again at that instant it goes, unless the hours were changed. */
export function waitsUntil(
  urgency: Urgency,
  { asked, now, pagesGoThrough }: { readonly asked: Instant; readonly now: Instant; readonly pagesGoThrough: boolean },
  hours: MailHours,
): Instant | null {
  if (urgency === 'digest' && hours.digestAt !== null) {
    const due = nextHour(asked, hours.digestAt, hours.zone);
    if (due > now) return due;
  }
  return urgency === 'page' && pagesGoThrough ? null : quietEnd(now, hours);
}

/** The first time after `asked` at which clocks in that zone show the full hour. */
function nextHour(asked: Instant, hour: number, zone: string): Instant {
  const local = Temporal.Instant.from(asked).toZonedDateTimeISO(zone);
  const today = at(local.toPlainDate(), { hour, minute: 0 }, zone);
  return today > asked ? today : at(local.toPlainDate().add({ days: 1 }), { hour, minute: 0 }, zone);
}

/** The end of the quiet hours that hold now. Where a change of the clocks leaves nothing of them there is none to wait for. */
function quietEnd(now: Instant, { zone, quiet }: MailHours): Instant | null {
  if (quiet === null) return null;
  const local = Temporal.Instant.from(now).toZonedDateTimeISO(zone);
  const [from, to] = [Temporal.PlainTime.from(quiet.from), Temporal.PlainTime.from(quiet.to)];
  const time = local.toPlainTime();
  const after = Temporal.PlainTime.compare(time, from) >= 0;
  const before = Temporal.PlainTime.compare(time, to) < 0;
  const overMidnight = Temporal.PlainTime.compare(to, from) <= 0;
  if (overMidnight ? !after && !before : !after || !before) return null;
  const end = at(overMidnight && after ? local.toPlainDate().add({ days: 1 }) : local.toPlainDate(), to, zone);
  return end > now ? end : null;
}

function at(day: Temporal.PlainDate, { hour, minute }: { readonly hour: number; readonly minute: number }, zone: string): Instant {
  return instant(day.toZonedDateTime({ timeZone: zone, plainTime: { hour, minute } }).toInstant());
}

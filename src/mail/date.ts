// SPDX-License-Identifier: Apache-2.0
// The Date field of a mail as an instant. The machine's own zone never takes part.

const months = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec'];
// RFC 5322 section 4.3: the zone names that mean one offset, in minutes. Any other name says nothing and is read as UTC.
const zones: Readonly<Record<string, number>> = { EST: -300, EDT: -240, CST: -360, CDT: -300, MST: -420, MDT: -360, PST: -480, PDT: -420 };
const form =
  /^(?:[a-z]{3,9},? +)?(\d{1,2})[ -]([a-z]{3})[a-z]*[ -](\d{2,4}),? +(\d{1,2}):(\d{2})(?::(\d{2})(?:\.\d+)?)?(?: *([+-]\d{4}|[a-z]{1,5}))?(?: |$)/i;

/** The instant as `YYYY-MM-DDTHH:MM:SS.000Z` (RFC 5322 sections 3.3 and 4.3), or nothing when the field is no date with a time of day. */
export function mailDate(field: string): string | undefined {
  const match = form.exec(
    field
      .slice(0, 200)
      .replaceAll(/\([^()]*\)/g, ' ')
      .replaceAll(/\s+/g, ' ')
      .trim(),
  );
  if (match === null) return undefined;
  const [, day = '', monthName = '', yearText = '', hour = '', minute = '', second = '0', zone = ''] = match;
  const month = months.indexOf(monthName.toLowerCase());
  const numbers = { day: Number(day), hour: Number(hour), minute: Number(minute), second: Number(second) };
  if (month < 0 || numbers.day < 1 || numbers.hour > 23 || numbers.minute > 59 || numbers.second > 60) return undefined;
  const year = fullYear(yearText);
  const local = Date.UTC(year, month, numbers.day, numbers.hour, numbers.minute, Math.min(numbers.second, 59));
  if (year < 1970 || year > 9999 || new Date(local).getUTCDate() !== numbers.day) return undefined;
  return new Date(local - offset(zone) * 60_000).toISOString();
}

// RFC 5322 section 4.3: two digits below 50 mean 2000 to 2049, the rest and all three digits count from 1900.
function fullYear(text: string): number {
  const year = Number(text);
  if (text.length === 4) return year;
  return text.length === 2 && year < 50 ? 2000 + year : 1900 + year;
}

function offset(zone: string): number {
  if (!/^[+-]/.test(zone)) return zones[zone.toUpperCase()] ?? 0;
  const minutes = Number(zone.slice(1, 3)) * 60 + Number(zone.slice(3, 5));
  return zone.startsWith('-') ? -minutes : minutes;
}

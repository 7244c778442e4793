// SPDX-License-Identifier: Apache-2.0
// A resolved policy back in the words of the language: for messages, for `policy show` and for comparing two policies.

import { Temporal } from '../core/model/time.ts';
import { type Condition, conditionText } from '../core/policy/conditions.ts';
import type { Policy } from '../core/policy/policy.ts';
import { type Duration, durationText, type ZonedInstant } from '../core/policy/quantities.ts';
import { sections } from '../core/policy/words.ts';

export interface Entry {
  /** The key path as a file spells it: `embargo.length[0].up_to`. */
  readonly key: string;
  /** The value that acts: `3 business days`, `severity_at_least: high`, `none`. */
  readonly text: string;
}

/** Below these keys stand names that the project chose, which are left as they are. */
const namesBelow =
  /^(?:roles|texts|policy\.sources|labels\.(?:handling|cve|fix)|intake\.form\.(?:choices|help)|eligibility\.classes|branches\.groups|.*\.when)$/;

/** Every key with the value that acts, in the order of the language. */
export function entries(policy: Policy): readonly Entry[] {
  const { language, origins: _origins, unspecified: _unspecified, ...rest } = policy;
  const inSections = Object.entries(rest).filter(([key]) => (sections as readonly string[]).includes(key));
  const ofPolicy = Object.entries(rest).filter(([key]) => !(sections as readonly string[]).includes(key));
  const ordered = inSections.toSorted(
    ([a], [b]) => (sections as readonly string[]).indexOf(a) - (sections as readonly string[]).indexOf(b),
  );
  return [
    { key: 'daylight', text: String(language) },
    ...ofPolicy.flatMap(([key, value]) => flat(`policy.${snake(key)}`, value)),
    ...ordered.flatMap(([key, value]) => flat(key, value)),
  ];
}

/** What acts at `key` and below; nothing where the resolved policy has no such place. */
export function valueText(policy: Policy, key: string): string | undefined {
  const below = entries(policy).filter((entry) => entry.key === key || entry.key.startsWith(`${key}.`) || entry.key.startsWith(`${key}[`));
  if (below.length === 0) return undefined;
  return below
    .map((entry) => (entry.key === key ? entry.text : `${entry.key.slice(key.length).replace(/^\./, '')} ${entry.text}`))
    .join('; ');
}

function flat(key: string, value: unknown): readonly Entry[] {
  if (Array.isArray(value) && value.some(isRow)) return value.flatMap((row, position) => flat(`${key}[${position}]`, row));
  if (!isRow(value)) return [{ key, text: spelt(value) }];
  const items = Object.entries(value);
  if (items.length === 0) return [{ key, text: 'none' }];
  return items.flatMap(([name, item]) => flat(`${key}.${namesBelow.test(key) ? name : snake(name)}`, item));
}

/** Whether a value is spelt key by key: a map that stands for more than one word of the file. */
function isRow(value: unknown): value is object {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return false;
  if ('kind' in value) return !isCondition(value) && Object.keys(value).length > 1;
  return quantityText(value) === undefined;
}

function isCondition(value: object): value is Condition {
  const others = Object.keys(value).filter((key) => key !== 'kind');
  return others.length === 1 && ['level', 'roles', 'purposes', 'groups'].includes(others[0] ?? '');
}

function spelt(value: unknown): string {
  if (value === null) return 'none';
  if (typeof value !== 'object') return String(value);
  if (Array.isArray(value)) return value.length === 0 ? 'none' : value.map(spelt).join(', ');
  const quantity = quantityText(value);
  if (quantity !== undefined) return quantity;
  return 'kind' in value ? conditionText(value as Condition) : 'none';
}

/** Durations, ranges, deadlines, moments, hours and spans of days, as a file writes them. */
function quantityText(value: object): string | undefined {
  if ('amount' in value) return durationText(value as unknown as Duration);
  if ('least' in value && 'most' in value) return rangeText(spelt(value.least), spelt(value.most));
  if ('duration' in value && 'from' in value) {
    const limited = 'applies' in value && value.applies === 'without_embargo';
    return `${spelt(value.duration)} from ${value.from}${limited ? ', where no embargo runs' : ''}`;
  }
  if ('at' in value && 'zone' in value) return instantText(value as ZonedInstant);
  if ('minute' in value && 'hour' in value && 'zone' in value) return `${pad(value.hour)}:${pad(value.minute)} ${value.zone}`;
  if ('from' in value && 'to' in value) return value.from === value.to ? String(value.from) : `${value.from} to ${value.to}`;
  return undefined;
}

/** `2026-07-01 09:00 Europe/Stockholm`, as a file writes it. */
function instantText({ at, zone }: ZonedInstant): string {
  const there = Temporal.Instant.from(at).toZonedDateTimeISO(zone);
  return `${there.toPlainDate()} ${there.toPlainTime().toString({ smallestUnit: 'minute' })} ${zone}`;
}

function rangeText(least: string, most: string): string {
  return least === most ? most : `${Number.parseInt(least, 10)} to ${most}`;
}

function pad(number: unknown): string {
  return String(number).padStart(2, '0');
}

function snake(key: string): string {
  return key.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);
}

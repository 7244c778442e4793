// SPDX-License-Identifier: Apache-2.0
// A resolved value in the words of the language, for messages: `3 business days`, `severity_at_least: high`, `none`.

import { type Condition, conditionText } from '../core/policy/conditions.ts';
import type { Policy } from '../core/policy/policy.ts';
import type { Duration } from '../core/policy/quantities.ts';

/** `1 month`, `5 business days`, `at once`. */
export function durationText(duration: Duration): string {
  if (duration === 'at once') return duration;
  return `${duration.amount} ${duration.amount === 1 ? duration.unit.replace(/s$/, '') : duration.unit}`;
}

/** What acts at `key`, a path as the file spells it; nothing where the resolved policy has no such place. */
export function valueText(policy: Policy, key: string): string | undefined {
  let value: unknown = policy;
  for (const step of key.replace(/^policy\./, '').split(/\.|\[|\]\.?/)) {
    if (step === '') continue;
    if (typeof value !== 'object' || value === null) return undefined;
    value =
      Reflect.get(value, step) ??
      Reflect.get(
        value,
        step.replace(/_(.)/g, (_, letter: string) => letter.toUpperCase()),
      );
  }
  return value === undefined ? undefined : spelt(value);
}

function spelt(value: unknown): string {
  if (value === null) return 'none';
  if (typeof value !== 'object') return String(value);
  if (Array.isArray(value)) return value.length === 0 ? 'none' : value.map(spelt).join(', ');
  return mapText(value);
}

/** The maps that a resolved policy has where the file has one value; any other is spelt key by key. */
function mapText(value: object): string {
  if ('amount' in value) return durationText(value as unknown as Duration);
  if ('least' in value && 'most' in value) return rangeText(spelt(value.least), spelt(value.most));
  if ('duration' in value && 'from' in value)
    return deadlineText(spelt(value.duration), spelt(value.from), 'applies' in value ? value.applies : 'always');
  if ('upTo' in value) return `up to ${spelt(value.upTo)}`;
  if ('approvals' in value && 'by' in value) return `${value.approvals} of ${spelt(value.by)}`;
  if ('age' in value) return `no older than ${spelt(value.age)}`;
  if ('delay' in value) return `${spelt(value.delay)} after disclosure`;
  if ('hour' in value && 'zone' in value && 'minute' in value) return `${pad(value.hour)}:${pad(value.minute)} ${value.zone}`;
  if ('kind' in value) return conditionText(value as Condition);
  const entries = Object.entries(value).map(
    ([key, item]) => `${key.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`)} ${spelt(item)}`,
  );
  return entries.length === 0 ? 'none' : entries.join('; ');
}

function rangeText(least: string, most: string): string {
  return least === most ? most : `${Number.parseInt(least, 10)} to ${most}`;
}

function deadlineText(duration: string, event: string, applies: unknown): string {
  return `${duration} from ${event}${applies === 'without_embargo' ? ', where no embargo runs' : ''}`;
}

function pad(number: unknown): string {
  return String(number).padStart(2, '0');
}

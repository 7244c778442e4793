// SPDX-License-Identifier: Apache-2.0
// Two policies beside each other, by meaning: the keys in which they act differently, rows by their names, and what of it reporters notice.

import type { Policy } from '../core/policy/policy.ts';
import { entries } from './spelling.ts';

export interface Difference {
  /** As the file spells it; a row of a list by its name, `eligibility.scope[emulation].say`. */
  readonly key: string;
  /** Undefined where that policy has no such key: a role, a row, a class of the other. */
  readonly before: string | undefined;
  readonly after: string | undefined;
  /** What changes for somebody who reports, in a few words; null where nothing does. */
  readonly forReporters: string | null;
}

/** In the order of `before`, then what only `after` has. A default counts as its value: what differs is what happens. */
export function differences(before: Policy, after: Policy): readonly Difference[] {
  const was = named(before);
  const is = named(after);
  return [...new Set([...was.keys(), ...is.keys()])]
    .filter((key) => was.get(key) !== is.get(key))
    .map((key) => ({ key, before: was.get(key), after: is.get(key), forReporters: noticed(key) }));
}

/** What reporters notice, by the beginning of the key. */
const noticeable: readonly (readonly [key: string, words: string])[] = [
  ['policy.contact', 'where to write to'],
  ['intake.channels', 'where and how to report'],
  ['intake.form', 'what a report has to say'],
  ['intake.attachments', 'which files may come with a report'],
  ['intake.moderation', 'whether a moderator reads a report first'],
  ['intake', 'how a report is taken in'],
  ['visibility', 'who reads a report'],
  ['duplicates', 'what a second reporter learns, and who is credited'],
  ['eligibility', 'what counts as a flaw, and what becomes of what does not'],
  ['embargo', 'whether, how long and by whose word a report is kept from the public'],
  ['cve', 'whether a flaw gets a number, and from whom'],
  ['disclosure.channels', 'where the publication is announced'],
  ['disclosure', 'when and how a report becomes public'],
  ['publication.credit', 'who is offered credit'],
  ['publication', 'what of a report becomes public'],
  ['clocks.acknowledge', 'how soon a reporter hears from a person'],
  ['clocks.update_reporter', 'how often a reporter gets news'],
  ['texts', 'what reporters are told'],
];

function noticed(key: string): string | null {
  return (
    noticeable.find(([beginning]) => key === beginning || key.startsWith(`${beginning}.`) || key.startsWith(`${beginning}[`))?.[1] ?? null
  );
}

/** What acts, by key: each list of rows as their names in order, because the order acts too, and each row under its name. */
function named(policy: Policy): ReadonlyMap<string, string> {
  const lists = rowNames(policy);
  const orders = Object.entries(lists).map(([list, names]) => [list, names.length === 0 ? 'none' : names.join(', ')] as const);
  return new Map([...entries(policy).map(({ key, text }) => [rowNamed(lists, key), text] as const), ...orders]);
}

type RowNames = Readonly<Record<string, readonly string[]>>;

function rowNames({ eligibility, downstream, intake, disclosure }: Policy): RowNames {
  return {
    'eligibility.scope': eligibility.scope.map(({ rule }) => rule),
    'downstream.parties': downstream.parties.map(({ name }) => name),
    'intake.channels': intake.channels.map((channel) => ('address' in channel ? `${channel.kind} ${channel.address}` : channel.kind)),
    'disclosure.channels': disclosure.channels.map((channel) => ('lists' in channel ? `mail ${channel.lists.join(' ')}` : channel.kind)),
  };
}

function rowNamed(lists: RowNames, key: string): string {
  const [, list = '', position = '', rest = ''] = /^([a-z_.]+)\[(\d+)\](.*)$/.exec(key) ?? [];
  const own = lists[list] ?? [];
  const name = own[Number(position)];
  // Two rows of one name keep their places: a place is better than a row that is not shown.
  return name === undefined || own.filter((one) => one === name).length > 1 ? key : `${list}[${name}]${rest}`;
}

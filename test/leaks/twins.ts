// SPDX-License-Identifier: Apache-2.0
// Two towns asked the same: each answer of the one beside that of the other, byte by byte.

import type { Asked, Crawled } from './crawl.ts';
import type { Answer } from './village.ts';

export interface Twins {
  /** Without the hidden case. */
  readonly town: Crawled;
  /** With it. */
  readonly twin: Crawled;
}

/** Shows who has read a case and how often, by the database's own clock. */
const readings = /\/access$/;

/** Everything of an answer but the date on which it was given; the instants at which a case was read are those of the machine. */
function exact(path: string, { status, headers, body }: Answer): string {
  const { date, ...others } = headers;
  const text = body.toString('latin1');
  const told = readings.test(path)
    ? text.replace(/("(?:first|last)":)"[^"]*"|(data-l="Last opened"><time )[^/]*(?=<\/time>)/g, '$1$2')
    : text;
  return JSON.stringify([status, others, told]);
}

/** Where two answers part, with some of what stands before and behind. */
function apart(without: string, within: string): string {
  let at = 0;
  while (without[at] === within[at]) at += 1;
  const around = (text: string) => text.slice(Math.max(0, at - 200), at + 300);
  return `  without: ${around(without)}\n  with:    ${around(within)}`;
}

export interface Compared {
  readonly without: Answer;
  /** What to print where the two differ. */
  readonly difference: string | null;
}

/** One request to both. What is random while it is answered follows from `seed`. */
export async function askBoth({ town, twin }: Twins, { who, path, init }: Asked, seed: string): Promise<Compared> {
  const [without, within] = await Promise.all([town, twin].map(({ here }) => here.request(path, init, seed)));
  if (without === undefined || within === undefined) throw new Error('two answers');
  const [one, other] = [exact(path, without), exact(path, within)];
  const difference = one === other ? null : `${who} ${init.method} ${path}\n${apart(one, other)}`;
  return { without, difference };
}

/** Nothing can come of it in either town, and it counts nothing that the others change. */
const idle = ({ init, path, idle: said }: Asked) => (init.method !== 'POST' || said === true) && !readings.test(path);

/** Takes from the list what may be asked now: what changes nothing side by side, what may change something alone and in its order. */
export function together<Item>(rest: Item[], asked: (item: Item) => Asked): readonly Item[] {
  const changes = rest.findIndex((item) => !idle(asked(item)));
  return rest.splice(0, Math.max(1, Math.min(12, changes === -1 ? 12 : changes)));
}

/** What of this is answered otherwise in the one town than in the other. */
export async function differing(twins: Twins, asked: readonly Asked[], seed = 'request'): Promise<readonly string[]> {
  const found: string[] = [];
  const rest = asked.map((one, index) => ({ one, index }));
  while (rest.length > 0) {
    const now = together(rest, ({ one }) => one);
    const compared = await Promise.all(now.map(({ one, index }) => askBoth(twins, one, `${seed} ${index}`)));
    found.push(...compared.flatMap(({ difference }) => difference ?? []));
  }
  return found;
}

/** Mails that went to these addresses' owners, one line each, without the random name of each; a former member's from the removal on. */
export function mailsTo(
  { here }: Crawled,
  outsider: (address: string) => boolean,
  removed: string,
): ReadonlyMap<string, readonly string[]> {
  const mails = new Map<string, string[]>();
  for (const { messageId, ...mail } of here.relay.sent) {
    const { address } = mail.to;
    if (!outsider(address) || (address === 'rhea@members.example' && mail.date <= removed)) continue;
    mails.set(address, [...(mails.get(address) ?? []), JSON.stringify(mail)]);
  }
  return mails;
}

// SPDX-License-Identifier: Apache-2.0
// A tale: a story told through the API in a town of its own, with everything that came out of it written down, so that two tellings can be compared.

import assert from 'node:assert/strict';
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { TestContext } from 'node:test';
import type { ProjectId } from '../../src/core/model/identifiers.ts';
import type { Answer, Town } from '../support/town.ts';
import { town } from '../support/town.ts';
import type { Names } from './names.ts';

// biome-ignore lint/suspicious/noExplicitAny: stories read what the API answers, whose shape they assert.
type Json = any;

export interface Tale {
  readonly here: Town;
  /** Sends a report as somebody unknown; the case that it opens is the tale's. */
  report(body: object): Promise<Sent>;
  /** A member takes an action on the case, which has to succeed. */
  take(name: string, action: string, body?: object): Promise<Json>;
  /** The same, and the answer whatever it is. */
  try(name: string, action: string, body?: object, headers?: Record<string, string>): Promise<Answer>;
  /** The reporter takes an action by the return key. */
  mine(action: string, body?: object): Promise<Json>;
  tryMine(action: string, body?: object): Promise<Answer>;
  /** The case as a member, the reporter (`reporter`) or a visitor (`anyone`) sees it. */
  see(who: string): Promise<Answer>;
  /** State of the case as a member sees it who sees everything. */
  state(): Promise<Json>;
  until(what: string, holds: (state: Json) => boolean): Promise<void>;
  /** Everything that the tellers got to see, left by mail, or stands on the site. */
  transcript(): Promise<string>;
}

export interface Sent {
  readonly case: string;
  readonly codename: string;
  /** Path of the reporter's own thread in the API. */
  readonly mine: string;
  readonly held: boolean;
}

export interface Stage {
  readonly project: string;
  readonly policy: string;
  /** Members with their roles, in the preset's own names. */
  readonly members: Readonly<Record<string, readonly string[]>>;
  /** Somebody who sees everything. */
  readonly insider: string;
}

const key = '00000000-0000-4000-8000-000000000001';

export async function tale(t: TestContext, names: Names, { project, policy, members, insider }: Stage): Promise<Tale> {
  const cast = Object.fromEntries(Object.entries(members).map(([person, roles]) => [person, roles.map(names.role)]));
  const here = await town(t, [{ project, policy: names.policy(policy), members: cast }]);
  const logged: string[] = [];
  Object.assign(here.world, { log: (event: string, ids: object) => logged.push(`${event} ${JSON.stringify(ids)}`) });
  const told: string[] = [];
  let sent: Sent = { case: '', codename: '', mine: '', held: false };
  const call = async (who: string, path: string, body?: object, headers: Record<string, string> = {}): Promise<Answer> => {
    const token = Object.hasOwn(members, who) ? { token: await here.signIn(project, who) } : {};
    const answer = await here.call(path, { ...token, ...(body === undefined ? {} : { body }), headers });
    told.push(`${who} ${body === undefined ? 'GET' : 'POST'} ${path} ${answer.status} ${JSON.stringify(answer.body, byText)}`);
    return answer;
  };
  const good = (answer: Answer, what: string): Json => {
    assert.ok(answer.status < 300, `${what}: ${answer.status} ${JSON.stringify(answer.body)}`);
    return answer.body;
  };
  /** Nothing is due any more: mail is written with the rights of the moment, so a story that goes on too soon would tell another tale. */
  const calm = () =>
    here.until('nothing is due', () =>
      here.world.store.as({ kind: 'process', project: project as ProjectId }, async ({ cases, outbox }) => {
        const due = [await cases.due(here.now(), 1), await outbox.due(here.now(), 1)];
        return due.every((one) => one.length === 0);
      }),
    );
  /** A patch is looked at beside the story; what was found stands at a certain place in the log only when the story waits for it. */
  const looked = () =>
    here.until('every patch is checked', async () => {
      // Nobody of the team sees a held report, and nothing of it is looked at.
      const { branches = [], patchChecks = [] }: Json = (await self.state()) ?? {};
      const added: Json[] = branches.flatMap(({ patches }: Json) => patches);
      return added.every(({ id }) => patchChecks.some(({ patch }: Json) => patch === id));
    });
  const done = async (answer: Answer, what: string): Promise<Json> => {
    const body = good(answer, what);
    await calm();
    if (sent.case !== '') await looked();
    return body;
  };
  const self: Tale = {
    here,
    async report(body) {
      const answer = await done(await call('anyone', `/api/v1/${project}/reports`, body, { 'Idempotency-Key': key }), 'report');
      const mine = `${answer.key}@/api/v1/${project}/my-report`;
      sent = { case: answer.case, codename: answer.codename, mine, held: answer.held };
      return sent;
    },
    take: async (name, action, body = {}) => done(await self.try(name, action, body), `${name} ${action}`),
    try: (name, action, body = {}, headers) => call(name, `/api/v1/${project}/cases/${sent.case}/${action}`, body, headers),
    mine: async (action, body = {}) => done(await self.tryMine(action, body), `reporter ${action}`),
    tryMine: (action, body = {}) => call('reporter', `${sent.mine}/${action}`, body),
    see: (who) => call(who, who === 'reporter' ? sent.mine : `/api/v1/${project}/cases/${sent.case}`),
    async state() {
      const answer = await here.call(`/api/v1/${project}/cases/${sent.case}`, { token: await here.signIn(project, insider) });
      return answer.body.state;
    },
    async until(what, holds) {
      try {
        await here.until(what, async () => holds(await self.state()));
      } catch (error) {
        const { body } = await self.see(insider);
        const waiting = body.messages.filter((one: Json) => one.state !== 'sent');
        throw new Error(JSON.stringify({ what, logged, disclosure: body.state.disclosure, waiting }), { cause: error });
      }
    },
    async transcript() {
      for (const who of [...Object.keys(members), 'reporter', 'anyone']) await self.see(who);
      // The link of a mail is good once, and another one each time.
      const mails = here.relay.sent
        .map(({ to, subject, text, headers }) =>
          JSON.stringify({ to, subject, text: text.replace(/\bdlr[0-9a-z]{35}\b/g, '<link>'), headers }),
        )
        .sort();
      const files = await site(join(here.siteFolder, project));
      return plain([...told, ...mails, ...files].map(names.back).join('\n'), here.base, sent);
    },
  };
  return self;
}

/** What is listed by random ids is told in the order of what stands there; which of two lists gets its mail first is chance as well. */
function byText(name: string, value: unknown): unknown {
  if (name === 'messages' && Array.isArray(value)) return value.map(announcement).toSorted(inWords);
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return value;
  if ('channel' in value && 'kind' in value && String(value.channel).endsWith(':mail')) return { ...value, channel: 'mail' };
  const entries = Object.entries(value);
  const listed = entries.length > 0 && entries.every(([id]) => /^[0-9a-hjkmnp-tv-z]{26}$/.test(id));
  return listed ? Object.fromEntries(entries.toSorted(([, one], [, other]) => inWords(one, other))) : value;
}

function announcement(message: object): object {
  return 'notice' in message && message.notice === 'announcement' ? { ...message, seq: 0 } : message;
}

/** The order of two values by their texts, ids apart. */
function inWords(one: unknown, other: unknown): number {
  const [first, second] = [one, other].map((value) => JSON.stringify(value).replace(/"id":"[^"]*"/, '')) as [string, string];
  return first < second ? -1 : 1;
}

async function site(folder: string): Promise<readonly string[]> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true }).catch(() => []);
  const paths = entries.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name));
  const files = await Promise.all(
    paths.sort().map(async (path) => `${path.slice(folder.length)}\n${inOrder(path, await readFile(path, 'utf8'))}`),
  );
  return files.map((file) => file.replace(/^\/?(releases|versions)\/[^/]+/, ''));
}

/** A record lists its contents by their random ids; here they stand by what they say. Its page holds the same file once more. */
function inOrder(path: string, text: string): string {
  if (/\/records\/[^/]+\.html$/.test(path)) return text.replace(/<script type="application\/json"[\s\S]*?<\/script>/, '<record>');
  if (!/\/records\/(?!index\.json)[^/]+\.json$/.test(path)) return text;
  const record = JSON.parse(text) as { readonly contents: readonly { readonly text: string | null }[] };
  const contents = record.contents.toSorted((one, other) => (String(one.text) < String(other.text) ? -1 : 1));
  return JSON.stringify({ ...record, contents }, null, 2);
}

/** Without what chance decides: ids, keys, hashes, signatures, the codename, the port, and where lines that hold them break. */
function plain(text: string, base: string, sent: Sent): string {
  const seen = new Map<string, string>();
  const same = (kind: string) => (found: string) => {
    const name = seen.get(found) ?? `<${kind} ${seen.size + 1}>`;
    seen.set(found, name);
    return name;
  };
  return text
    .replaceAll(base, '<base>')
    .replaceAll(sent.codename, '<codename>')
    .replace(/\bdlk[0-9a-z]{35}\b/g, '<key>')
    .replace(/-----BEGIN PGP (SIGNATURE|PUBLIC KEY BLOCK)-----[\s\S]*?-----END PGP \1-----/g, '<$1>')
    .replace(/\b[0-9A-F]{4}( ?[0-9A-F]{4}){9}\b/g, '<fingerprint>')
    .replace(/\b[0-9A-F]{16}(?=\.asc)/g, '<key>')
    .replace(/\b[0-9a-f]{128}\b|\b[0-9a-f]{64}\b/g, same('hash'))
    .replace(/\b(?:[0-9a-hjkmnp-tv-z]{32}|[0-9a-hjkmnp-tv-z]{26}|[0-9a-hjkmnp-tv-z]{16})\b/g, same('id'))
    .replace(/kept as \d+/g, 'kept')
    .replace(/(?:\\n|\s)+/g, ' ');
}

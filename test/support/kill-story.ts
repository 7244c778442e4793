// SPDX-License-Identifier: Apache-2.0
// A story of libvirt 2023 as a client tells it who may be cut off at any word: it asks again until it is answered, and notes what it was told.

import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
import type { Instant } from '../../src/core/model/time.ts';
import { instant } from '../../src/core/model/time.ts';
import { type Answer, type Arrival, ask, mail } from './kill-clients.ts';
import type { Program } from './kill-harness.ts';
import { hashOf, type Ledger, type Taken } from './kill-ledger.ts';

export const mailbox = 'security@lists.libvirt.org';
export const list = 'announce@lists.libvirt.org';

export const projects = `
- project: libvirt
  title: libvirt
  policy: libvirt-2023
  sender: { name: libvirt security, address: reports@libvirt.example }
`;

export const members = { anna: ['core'], viktor: ['vendor'], mo: ['moderator'] } as const;
type Name = keyof typeof members;

export interface Stage {
  readonly program: Program;
  readonly ledger: Ledger;
  /** Session of each member. */
  readonly tokens: Readonly<Record<Name, string>>;
  readonly arrivals: readonly Arrival[];
}

/** The little of a case's state that stories look at. */
interface Stand {
  readonly handling: string;
  readonly visibility: string;
  readonly embargo: { readonly state: string; readonly until: string };
  readonly flaws: readonly { readonly flaw: string }[];
  readonly disclosure: {
    readonly prepared: object | null;
    readonly channels: readonly { readonly channel: string; readonly state: string }[];
  };
}

interface Seen {
  readonly version: number;
  readonly state: Stand;
  readonly log: readonly {
    readonly seq: number;
    readonly kind: string;
    readonly by: { readonly kind: string; readonly person?: string };
  }[];
}

/** Where a story ends, without what differs from one story to the next. */
export interface End {
  readonly kinds: readonly string[];
  readonly patchesChecked: number;
  readonly state: object;
}

export type Step = readonly [name: string, take: () => Promise<void>];

/** Longer than what a dead worker left behind may lie: it is looked for each minute. */
const patience = 90_000;

/** Asks until there is an answer that is no "try again". */
async function insist(what: string, once: () => Promise<Answer | undefined>): Promise<{ readonly answer: Answer; readonly sent: number }> {
  const until = performance.now() + patience;
  let last = '';
  for (let sent = 1; performance.now() < until; sent++) {
    const answer = await once();
    last = ` (${answer?.status ?? 'no answer'})`;
    if (answer !== undefined && answer.status !== 503) return { answer, sent };
    await pause(40);
  }
  throw new Error(`a minute without an answer: ${what}${last}`);
}

/** Sends one report by the API until it is answered. @returns its case and the reporter's return key */
export async function reportByApi({ program, ledger }: Stage, title: string): Promise<{ readonly case: string; readonly key: string }> {
  const [description, file] = [`${title}\n${randomBytes(200).toString('base64')}`, randomBytes(20_000)];
  const body = {
    title,
    fields: { description },
    name: 'R. E. Porter',
    address: 'reporter@reporters.example',
    consent: true,
    files: [{ name: 'trace.bin', base64: file.toString('base64') }],
  };
  const headers = { 'Idempotency-Key': randomBytes(12).toString('hex') };
  const { answer, sent } = await insist(title, () => ask(`${program.http}/api/v1/libvirt/reports`, { body, headers }));
  assert.equal(answer.status, 201, JSON.stringify(answer.body));
  ledger.reports.push({ door: 'api', case: answer.body.case, pieces: [hashOf(description), hashOf(file)], sent });
  return answer.body;
}

/** A message of some 12 kB that nobody sent before. */
export function messageOf(mark: string): string {
  const head = ['From: ada@reporter.example', `To: ${mailbox}`, `Subject: Report ${mark}`, `Message-ID: <${mark}@reporter.example>`, ''];
  const lines = Array.from({ length: 200 }, () => randomBytes(45).toString('base64'));
  return [...head, ...lines, ''].join('\r\n');
}

/** Sends one report by mail until it is answered. */
export async function reportByMail({ program, ledger }: Stage, door: 'smtp' | 'lmtp'): Promise<void> {
  const raw = messageOf(randomBytes(12).toString('hex'));
  const { answer, sent } = await insist(`mail by ${door}`, async () => {
    const code = await mail(program[door], mailbox, raw);
    return code === undefined || code === 451 || code === 421 ? undefined : { status: code, body: '' };
  });
  assert.equal(answer.status, 250);
  ledger.reports.push({ door, case: null, pieces: [hashOf(raw)], sent });
}

/** Discards every report that waits for a moderator, the story's own excepted. */
export async function moderate(stage: Stage): Promise<void> {
  const { answer } = await insist('the queue', () => ask(`${stage.program.http}/api/v1/libvirt/cases`, as(stage.tokens.mo)));
  for (const { state, title } of answer.body.rows)
    if (state.handling === 'held' && !title.startsWith('Story')) await act(stage, state.case, 'mo', 'discard-report');
}

function as(token: string) {
  return { headers: { Authorization: `Bearer ${token}` } };
}

/** The case as one of these sees it, the first who may. */
async function look(stage: Stage, id: string, name: Name, ...others: readonly Name[]): Promise<Seen> {
  const { answer } = await insist('the case', () => ask(`${stage.program.http}/api/v1/libvirt/cases/${id}`, as(stage.tokens[name])));
  const [next, ...rest] = others;
  if (answer.status === 404 && next !== undefined) return look(stage, id, next, ...rest);
  assert.equal(answer.status, 200, `${name} looks: ${JSON.stringify(answer.body)}`);
  return answer.body;
}

/**
 * Takes an action once. After an attempt without an answer the log says whether it was taken; it is tried again only when not.
 * `If-Match` makes an attempt that arrives late a conflict.
 */
async function act(stage: Stage, id: string, name: Name | { readonly key: string }, action: string, body: object = {}): Promise<void> {
  const watcher = typeof name === 'string' ? name : 'anna';
  const url =
    typeof name === 'string'
      ? `${stage.program.http}/api/v1/libvirt/cases/${id}/${action}`
      : `${stage.program.http}/api/v1/libvirt/my-report/${action}`;
  const token = as(typeof name === 'string' ? stage.tokens[name] : name.key).headers;
  let lostAt: number | undefined;
  const until = performance.now() + patience;
  while (performance.now() < until) {
    // A moderator who lets a report through sees it no more.
    const seen = await look(stage, id, watcher, ...(lostAt === undefined ? [] : (['viktor'] as const)));
    const found = lostAt === undefined ? [] : eventsOf(seen, name, lostAt);
    if (found.length > 0) return void stage.ledger.actions.push({ case: id, action, answered: false, events: found });
    const version = typeof name === 'string' ? seen.version : await versionTo(stage, name.key);
    const answer = await ask(url, { body, headers: { ...token, 'If-Match': `"${version}"` } });
    if (answer?.status === 200) {
      const events = typeof name === 'string' ? numbered(answer) : eventsOf(await look(stage, id, watcher), name, seen.version);
      return void stage.ledger.actions.push({ case: id, action, answered: true, events });
    }
    if (answer === undefined || answer.status === 503) lostAt ??= seen.version;
    else assert.equal(answer.status, 412, `${action}: ${JSON.stringify(answer.body)}`);
    await pause(40);
  }
  throw new Error(`a minute without an answer: ${action}`);
}

/** The version of the case to its reporter, who is told of a part of it. */
async function versionTo({ program }: Stage, key: string): Promise<number> {
  const { answer } = await insist('the own report', () => ask(`${program.http}/api/v1/libvirt/my-report`, as(key)));
  assert.equal(answer.status, 200, `a reporter looks: ${JSON.stringify(answer.body)}`);
  return answer.body.version;
}

/** What an answer says that happened, with the numbers that follow from the version of the case after it. */
function numbered({ body }: Answer): Taken['events'] {
  const kinds: readonly string[] = body.events;
  return kinds.map((kind, at) => ({ seq: body.version - kinds.length + 1 + at, kind }));
}

function eventsOf({ log }: Seen, name: Name | object, after: number): Taken['events'] {
  const mine = log.filter(({ seq, by }) => seq > after && (typeof name === 'string' ? by.person === name : by.kind === 'reporter'));
  return mine.map(({ seq, kind }) => ({ seq, kind }));
}

/** Waits until the case is as it should be. */
async function becomes(stage: Stage, id: string, what: string, holds: (state: Stand) => boolean): Promise<void> {
  const until = performance.now() + patience;
  while (performance.now() < until) {
    if (holds((await look(stage, id, 'viktor')).state)) return;
    await pause(50);
  }
  throw new Error(`a minute and a half without: ${what}`);
}

const patch = 'Subject: close the descriptor\n\nSigned-off-by: anna <anna@members.example>\n---\n';

function advisoryOf(title: string): object {
  const branch = { name: 'master', status: 'fixed', introducedBy: ['a'.repeat(40)], fixedBy: ['b'.repeat(40)], vulnerableTags: ['v6.2.0'] };
  return {
    title,
    summary: 'A descriptor of the device mapper is left open.',
    description: 'The library opens a control file and does not close it.',
    impact: 'Whoever takes over a guest process reaches the device mapper.',
    workarounds: 'none-known',
    products: [{ name: 'libvirt', repository: 'libvirt.git', branches: [{ ...branch, fixedTags: ['v6.6.0'] }] }],
  };
}

/** The whole story of one report, step by step; `end` reads where it stands after the last. */
export function story(stage: Stage, number: number): { readonly steps: readonly Step[]; end(): Promise<End> } {
  const title = `Story ${number}`;
  let id = '';
  let key = '';
  let until: Instant;
  const { program } = stage;
  const by = (name: Name, action: string, body: object | (() => object | Promise<object>) = {}): Step => [
    action,
    async () => act(stage, id, name, action, typeof body === 'function' ? await body() : body),
  ];
  const waits = (what: string, holds: (state: Stand) => boolean): Step => [what, () => becomes(stage, id, what, holds)];
  const steps: readonly Step[] = [
    [
      'submit-report',
      async () => {
        const told = await reportByApi(stage, title);
        id = told.case;
        key = told.key;
      },
    ],
    by('mo', 'release-report'),
    by('anna', 'take-up-case'),
    by('anna', 'confirm-flaw', { reason: 'Seen in the open files.', severity: 'moderate', summary: 'A descriptor leaks.' }),
    by('viktor', 'agree-bundle'),
    by('anna', 'add-patch', { branch: 'master', patch: { name: 'fix.patch', text: patch } }),
    by('viktor', 'approve-patch', { branch: 'master' }),
    by('viktor', 'record-cve', async () => ({
      flaw: (await look(stage, id, 'viktor')).state.flaws[0]?.flaw,
      number: `CVE-1900-${10_000 + number}`,
    })),
    by('anna', 'write-advisory', { advisory: advisoryOf(title) }),
    by('anna', 'submit-advisory'),
    by('viktor', 'approve-advisory'),
    ['decide-credit', () => act(stage, id, { key }, 'decide-credit', { decision: 'named', name: 'R. E. Porter' })],
    by('anna', 'approve-release'),
    by('viktor', 'approve-release'),
    waits('the documents are prepared', (state) => state.disclosure.prepared !== null),
    [
      'the hour',
      async () => {
        until = instant((await look(stage, id, 'viktor')).state.embargo.until);
        await program.setClock(until);
        await becomes(stage, id, 'the case is public', (state) => state.visibility === 'public');
      },
    ],
    waits('the announcement left', ({ disclosure }) =>
      disclosure.channels.some((one) => one.channel === '2:mail' && one.state === 'confirmed'),
    ),
    by('anna', 'confirm-channel', { channel: '1:git', evidence: 'Pushed by hand.' }),
    waits('the case is disclosed', (state) => state.handling === 'disclosed'),
  ];
  const end = async (): Promise<End> => {
    const { state, log } = await look(stage, id, 'viktor');
    const { handling, visibility, embargo, disclosure } = state;
    // A patch is looked at beside the story, so at no certain place in it.
    const beside = ['reminder-due', 'patch-checked'];
    return {
      kinds: log.filter(({ kind }) => !beside.includes(kind)).map(({ kind, by: { kind: whose } }) => `${whose} ${kind}`),
      patchesChecked: log.filter(({ kind }) => kind === 'patch-checked').length,
      state: { handling, visibility, embargo: embargo.state, channels: disclosure.channels.map((one) => one.state) },
    };
  };
  return { steps, end };
}

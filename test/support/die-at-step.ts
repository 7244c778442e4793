// SPDX-License-Identifier: Apache-2.0
// Preloaded into the program: counts what it does to the world (commits, files of the site, programs, requests, lines of mail) and ends it with SIGKILL at the step that a file asks for.

import childProcess from 'node:child_process';
import fs from 'node:fs';
import { syncBuiltinESMExports } from 'node:module';
import { Socket } from 'node:net';
import pg from 'pg';

/** Holds the number of the step; 0 only counts, and without the file nothing is counted. The labels of the steps go to `.log` beside it. */
const order = process.env['DAYLIGHT_DIE_AT'] ?? '';
const relay = Number(process.env['DAYLIGHT_RELAY']?.split(':').at(-1));
const { existsSync, readFileSync, appendFileSync } = fs;
let count = 0;

function step(label: string): void {
  if (!existsSync(order)) {
    count = 0;
    return;
  }
  count += 1;
  appendFileSync(`${order}.log`, `${label}\n`);
  if (count === Number(readFileSync(order, 'utf8'))) process.kill(process.pid, 'SIGKILL');
}

type Work = (...words: readonly unknown[]) => unknown;
/** What a call does, or undefined when it is no step. */
type Label = (words: readonly unknown[], self: object) => string | undefined;

/** A step before each call of `name`, and one after its promise is kept where there is one. */
function watch(home: object, name: string, label: Label): void {
  const methods = home as Record<string, Work>;
  const work = methods[name] as Work;
  methods[name] = function (this: object, ...words: readonly unknown[]) {
    const what = label(words, this);
    if (what === undefined) return work.apply(this, [...words]);
    step(what);
    const answer = work.apply(this, [...words]);
    return answer instanceof Promise
      ? answer.then((value) => {
          step(`${what}, done`);
          return value;
        })
      : answer;
  };
}

const inSite: (what: string) => Label = (what) => (words) => {
  const path = words.findLast((word) => typeof word === 'string' && /\/(?:site|notices)\//.test(word));
  return path === undefined ? undefined : `${what} ${String(path).split(/\/(?:site|notices)\//)[1]}`;
};

for (const name of ['writeFileSync', 'writeFile', 'renameSync', 'rmSync']) watch(fs, name, inSite(name));
for (const name of ['writeFile', 'rename', 'symlink', 'rm']) watch(fs.promises, name, inSite(name));
watch(childProcess, 'spawn', ([program, words]) => (program === 'git' ? `git ${(words as readonly string[])[0]}` : undefined));
watch(childProcess, 'execFile', ([program]) => (program === 'sync' ? 'sync' : undefined));
syncBuiltinESMExports();
watch(globalThis, 'fetch', ([url]) => `ask ${new URL(String(url)).pathname}`);
watch(Socket.prototype, 'write', ([bytes], self) => {
  if ((self as Socket).remotePort !== relay) return undefined;
  return `mail ${/^(?:EHLO|MAIL|RCPT|DATA|QUIT)/.exec(String(bytes))?.[0] ?? 'text'}`;
});

/** What the transaction of a connection has changed; one that only read is no step. */
const changed = new WeakMap<object, string>();

watch(pg.Client.prototype, 'query', ([query], self) => {
  const text = typeof query === 'string' ? query : String((query as { readonly text?: string }).text);
  if (/^\s*(?:begin|rollback)/i.test(text)) changed.delete(self);
  const [, table] = /(?:insert into|^\s*update|delete from) (?:daylight\.)?(\w+)/i.exec(text) ?? [];
  const what = text.includes('enqueue_job') ? 'job' : table;
  // A row that says who read something is no step of what is done.
  if (what !== undefined && what !== 'read_log') changed.set(self, what);
  if (!/^\s*commit/i.test(text)) return undefined;
  const done = changed.get(self);
  changed.delete(self);
  return done === undefined ? undefined : `commit ${done}`;
});

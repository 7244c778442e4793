// SPDX-License-Identifier: Apache-2.0
// the system calls of an intake. The log record of its commit is written and flushed before anybody is told that the report is kept.

import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { before, describe, test } from 'node:test';
import { ask, mail, startRelay } from '../support/kill-clients.ts';
import { program } from '../support/kill-harness.ts';
import { cannotKill, prepare, start } from '../support/kill-run.ts';
import { mailbox, messageOf, projects } from '../support/kill-story.ts';

const calls = 'fsync,fdatasync,pwrite64,pwritev2,sendto,write,writev,recvfrom,read';
const strace = (file: string) => ['strace', '-f', '--seccomp-bpf', '-qqq', '-yy', '-s', '160', '-o', file, '-e', `trace=${calls}`];

function cannotTrace(): string | false {
  const [command = '', ...words] = strace('/dev/null');
  const trial = spawnSync(command, [...words, 'true'], { stdio: 'ignore' });
  if (trial.error !== undefined) return 'strace is not installed';
  return trial.status === 0 ? false : 'strace may not trace here';
}

interface Call {
  readonly pid: string;
  readonly name: string;
  /** What stands in the brackets, the parts of an interrupted line together, and the result. */
  readonly text: string;
  /** Numbers of the lines where it began and where it was done. */
  readonly from: number;
  readonly to: number;
}

/** The calls of a trace. Lines of other processes may stand between the two halves of one. */
function callsOf(trace: string): readonly Call[] {
  const open = new Map<string, { readonly name: string; readonly text: string; readonly from: number }>();
  return trace.split('\n').flatMap((line, at): Call[] => {
    const resumed = /^(\d+) +<\.\.\. (\w+) resumed>(.*)$/.exec(line);
    if (resumed !== null) {
      const [, pid = '', name = '', rest = ''] = resumed;
      const begun = open.get(pid);
      open.delete(pid);
      return begun === undefined ? [] : [{ pid, name, text: begun.text + rest, from: begun.from, to: at }];
    }
    const [, pid = '', name = '', text = ''] = /^(\d+) +(\w+)\((.*)$/.exec(line) ?? [];
    const half = / *<unfinished \.\.\.>$/.exec(text);
    if (half === null) return name === '' ? [] : [{ pid, name, text, from: at, to: at }];
    open.set(pid, { name, text: text.slice(0, half.index), from: at });
    return [];
  });
}

const log = /<[^>]*\/pg_wal\/[0-9A-F]{24}>/;

/**
 * What is missing between the intake's statement and the answer, or the calls that prove it: the backend that keeps the report is told to
 * commit, a log record is written after that, flushed, only then the backend says COMMIT, and only then the answer leaves.
 */
function proof(trace: string, answer: RegExp): readonly Call[] | string {
  const all = callsOf(trace);
  const answered = all.find((call) => /^writev?$/.test(call.name) && answer.test(call.text));
  if (answered === undefined) return 'no answer';
  const inside = all.filter((call) => call.to < answered.from);
  // Named once, with its text, when it is prepared; later calls give the name alone.
  const statement = /(.{24})\\0\\n {4}with opened as/.exec(trace)?.[1];
  const kept = inside.findLast((call) => call.name === 'recvfrom' && statement !== undefined && call.text.includes(statement));
  if (kept === undefined) return 'no statement that keeps a report';
  const commit = inside.find(
    (call) => call.from > kept.to && call.pid === kept.pid && call.name === 'recvfrom' && /"Q[^"]*commit/.test(call.text),
  );
  if (commit === undefined) return 'no commit was asked for';
  const told = inside.find(
    (call) => call.from > commit.to && call.pid === kept.pid && call.name === 'sendto' && call.text.includes('COMMIT\\0'),
  );
  if (told === undefined) return 'no commit was confirmed before the answer';
  const between = inside.filter((call) => call.from > commit.to && call.to < told.from && log.test(call.text));
  const written = between.find((call) => call.name === 'pwrite64');
  if (written === undefined) return 'no log record was written before the commit was confirmed';
  const flushed = between.find(
    (call) => call.name === 'fdatasync' && call.pid === written.pid && call.from > written.to && / = 0$/.test(call.text),
  );
  if (flushed === undefined) return 'the log was not flushed before the commit was confirmed';
  return [kept, commit, written, flushed, told, answered];
}

const answers = { 'the API says 201': /"HTTP\/1\.1 201 /, 'SMTP says 250': /"250 2\.6\.0 / };

describe('R-03 the log is flushed before the answer', { skip: cannotKill || cannotTrace(), timeout: 120_000 }, () => {
  let trace = '';

  before(async () => {
    const folder = await mkdtemp(join(tmpdir(), 'daylight-trace-'));
    const relay = await startRelay(async () => undefined);
    const traced = await program({ projects, clock: start, relay: relay.port, under: strace(join(folder, 'trace')) });
    try {
      await prepare(traced);
      await traced.start();
      const headers = { 'Idempotency-Key': randomBytes(16).toString('hex') };
      const body = { title: 'Traced', fields: { description: 'A report for the trace.' }, consent: true };
      assert.equal((await ask(`${traced.http}/api/v1/libvirt/reports`, { body, headers }))?.status, 201);
      assert.equal(await mail(traced.smtp, mailbox, messageOf('traced')), 250);
      await traced.stop();
      trace = await readFile(join(folder, 'trace'), 'utf8');
    } finally {
      await traced.remove();
      await relay.stop();
      await rm(folder, { recursive: true });
    }
  });

  for (const [name, answer] of Object.entries(answers)) {
    test(`R-03 when ${name}, the log record of the report's commit has been flushed`, (t) => {
      const found = proof(trace, answer);
      assert.ok(typeof found !== 'string', `${found}`);
      for (const call of found) t.diagnostic(`${call.pid} ${call.name}(${call.text.slice(0, 200)}`);
    });
  }

  test('a trace without the flush, or with the flush after the answer, proves nothing', () => {
    const lines = trace.split('\n');
    const flushes = lines.filter((line) => line.includes('fdatasync') && log.test(line));
    const rest = lines.filter((line) => !flushes.includes(line));
    assert.ok(flushes.length > 0);
    const late = [...rest, ...flushes].join('\n');
    for (const answer of Object.values(answers)) {
      assert.equal(proof(rest.join('\n'), answer), 'the log was not flushed before the commit was confirmed');
      assert.equal(proof(late, answer), 'the log was not flushed before the commit was confirmed');
    }
  });
});

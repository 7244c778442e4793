// SPDX-License-Identifier: Apache-2.0
// Parsing with a bound on time and memory. A mail that goes over it is a value all the same: `unparsable`, its raw bytes with the caller (L-50).

import { Worker } from 'node:worker_threads';
import type { ParsedMail } from './parsed.ts';
import { salvage } from './salvage.ts';

export interface ParseBounds {
  readonly milliseconds: number;
  readonly megabytes: number;
  /** The thread ends when it had nothing to do for so long, and gives its memory back. */
  readonly idleMilliseconds: number;
}

export interface MailParser {
  /** Never rejects. Mails are parsed one after the other; each has the whole bound to itself. */
  readonly parse: (raw: Uint8Array) => Promise<ParsedMail>;
  /** Ends the thread; mails that still wait become `unparsable`. */
  readonly stop: () => Promise<void>;
}

interface Waiting {
  readonly raw: Uint8Array;
  readonly done: (mail: ParsedMail) => void;
}

const usual: ParseBounds = { milliseconds: 5_000, megabytes: 256, idleMilliseconds: 30_000 };

// Sent ahead, so that the thread need not wait for the next mail; few and small enough that a kill costs little to repeat.
const mostAhead = 16;
const mostBytesAhead = 4 * 1024 * 1024;

/** A parser in a thread of its own, started by the first mail and again after every mail that killed it. It keeps the process alive only while it reads. */
export function startMailParser(bounds: ParseBounds = usual): MailParser {
  const queue: Waiting[] = [];
  /** With the thread, in its order: the first is the one it reads now. */
  const sent: Waiting[] = [];
  let worker: Worker | undefined;
  let timer: NodeJS.Timeout | undefined;

  const watch = () => {
    clearTimeout(timer);
    const busy = sent.length > 0;
    timer = busy
      ? setTimeout(() => fail('Reading the mail took longer than it may, and was stopped.'), bounds.milliseconds)
      : setTimeout(stopWorker, bounds.idleMilliseconds);
    timer.unref();
    if (busy) worker?.ref();
    else worker?.unref();
  };
  const settle = (mail: ParsedMail) => {
    sent.shift()?.done(mail);
    feed();
    watch();
  };
  const fail = (problem: string) => {
    stopWorker();
    const [killer, ...harmless] = sent.splice(0);
    queue.unshift(...harmless);
    if (killer !== undefined) killer.done(salvage(killer.raw, problem));
    feed();
    watch();
  };
  const stopWorker = () => {
    const old = worker;
    worker = undefined;
    old?.removeAllListeners();
    // A listener stays, for the last error of a thread that is already on its way out.
    old?.on('error', () => undefined);
    return old?.terminate();
  };
  const started = () => {
    const thread = new Worker(new URL('./parse-worker.js', import.meta.url), {
      resourceLimits: { maxOldGenerationSizeMb: bounds.megabytes, maxYoungGenerationSizeMb: 32 },
    });
    thread.on('message', settle);
    thread.on('error', () => fail('Reading the mail took more memory than it may, and was stopped.'));
    thread.on('exit', () => fail('Reading the mail failed, and was stopped.'));
    return thread;
  };
  const feed = () => {
    for (let next = queue[0]; next !== undefined && room(sent, next); next = queue[0]) {
      queue.shift();
      sent.push(next);
      worker ??= started();
      worker.postMessage(next.raw);
    }
  };

  return {
    parse: (raw) =>
      new Promise((done) => {
        queue.push({ raw, done });
        const idle = sent.length === 0;
        feed();
        if (idle) watch();
      }),
    stop: async () => {
      clearTimeout(timer);
      for (const waiting of [...sent.splice(0), ...queue.splice(0)])
        waiting.done(salvage(waiting.raw, 'The mail was not read: the parser was stopping.'));
      await stopWorker();
    },
  };
}

function room(sent: readonly Waiting[], next: Waiting): boolean {
  const bytes = sent.reduce((sum, waiting) => sum + waiting.raw.length, next.raw.length);
  return sent.length === 0 || (sent.length < mostAhead && bytes <= mostBytesAhead);
}

let shared: MailParser | undefined;

/** One mail, parsed within the usual bounds (256 MB, 5 s) by the one parser of this process. */
export function parseBounded(raw: Uint8Array): Promise<ParsedMail> {
  shared ??= startMailParser();
  return shared.parse(raw);
}

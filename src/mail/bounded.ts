// SPDX-License-Identifier: Apache-2.0
// Parsing with a bound on time and memory. A mail that goes over it is a value all the same: `unparsable`, its raw bytes with the caller (L-50).

import { Worker } from 'node:worker_threads';
import type { ParsedMail } from './parsed.ts';
import { salvage } from './salvage.ts';

export interface ParseBounds {
  /** Of processor time for one mail. On the clock it may take six times as long, since a machine that is busy elsewhere is not the mail's fault. */
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

/** How many times its bound of processor time a mail may take on the clock. */
const patience = 6;

const usual: ParseBounds = { milliseconds: 5_000, megabytes: 256, idleMilliseconds: 30_000 };

// Sent ahead, so that the thread need not wait for the next mail; few and small enough that a kill costs little to repeat.
const mostAhead = 16;
const mostBytesAhead = 4 * 1024 * 1024;

/** A parser in a thread of its own, started by the first mail and again after every mail that killed it. */
export function startMailParser(bounds: ParseBounds = usual): MailParser {
  const thread = new ParserThread(bounds);
  return {
    parse: (raw) => new Promise((done) => thread.add({ raw, done })),
    stop: () => thread.stop(),
  };
}

/** The thread, what waits for it and what it has; it keeps the process alive only while it reads. */
class ParserThread {
  readonly #bounds: ParseBounds;
  readonly #queue: Waiting[] = [];
  /** With the thread, in its order: the first is the one it reads now. */
  readonly #sent: Waiting[] = [];
  /** What the thread had used when it began the mail that it reads now, in milliseconds; it writes this itself. */
  readonly #usedBefore = new Float64Array(new SharedArrayBuffer(8));
  #worker: Worker | undefined;
  #timer: NodeJS.Timeout | undefined;

  constructor(bounds: ParseBounds) {
    this.#bounds = bounds;
  }

  add(waiting: Waiting): void {
    this.#queue.push(waiting);
    const idle = this.#sent.length === 0;
    this.#feed();
    // The clock of the mail that is being read runs on.
    if (idle) this.#watch();
  }

  async stop(): Promise<void> {
    clearTimeout(this.#timer);
    const unread = [...this.#sent.splice(0), ...this.#queue.splice(0)];
    for (const { raw, done } of unread) done(salvage(raw, 'The mail was not read: the parser was stopping.'));
    await this.#end();
  }

  #feed(): void {
    for (let next = this.#queue[0]; next !== undefined && room(this.#sent, next); next = this.#queue[0]) {
      this.#queue.shift();
      this.#sent.push(next);
      this.#worker ??= this.#start();
      this.#worker.postMessage(next.raw);
    }
  }

  #watch(): void {
    clearTimeout(this.#timer);
    const busy = this.#sent.length > 0;
    const { milliseconds, idleMilliseconds } = this.#bounds;
    this.#timer = busy ? setTimeout(() => this.#late(milliseconds), milliseconds) : setTimeout(() => this.#end(), idleMilliseconds);
    this.#timer.unref();
    if (busy) this.#worker?.ref();
    else this.#worker?.unref();
  }

  /** Asked after `waited` milliseconds on one mail: it goes on while it had less than its bound of the processor. */
  async #late(waited: number): Promise<void> {
    const reading = this.#sent[0];
    const left = this.#bounds.milliseconds - (await this.#used());
    if (this.#sent[0] !== reading) return;
    if (left <= 0 || waited >= patience * this.#bounds.milliseconds)
      return this.#fail('Reading the mail took longer than it may, and was stopped.');
    const more = Math.max(left, this.#bounds.milliseconds / 10);
    this.#timer = setTimeout(() => this.#late(waited + more), more).unref();
  }

  /** Processor milliseconds of the mail that is being read. Node before 24.6 cannot tell them of another thread: there the clock alone counts. */
  async #used(): Promise<number> {
    const worker = this.#worker;
    if (worker === undefined || !('cpuUsage' in worker)) return Number.POSITIVE_INFINITY;
    // A thread that is still starting has used nothing yet.
    const total = await worker.cpuUsage().catch(() => ({ user: 0, system: 0 }));
    return (total.user + total.system) / 1000 - (this.#usedBefore[0] ?? 0);
  }

  #settle(mail: ParsedMail): void {
    this.#sent.shift()?.done(mail);
    this.#feed();
    this.#watch();
  }

  /** The mail being read is the one to blame; those behind it are read again. */
  #fail(problem: string): void {
    void this.#end();
    const [killer, ...harmless] = this.#sent.splice(0);
    this.#queue.unshift(...harmless);
    killer?.done(salvage(killer.raw, problem));
    this.#feed();
    this.#watch();
  }

  #start(): Worker {
    this.#usedBefore[0] = 0;
    const worker = new Worker(new URL('./parse-worker.js', import.meta.url), {
      workerData: this.#usedBefore,
      resourceLimits: { maxOldGenerationSizeMb: this.#bounds.megabytes, maxYoungGenerationSizeMb: 32 },
    });
    worker.on('message', (mail: ParsedMail) => this.#settle(mail));
    worker.on('error', () => this.#fail('Reading the mail took more memory than it may, and was stopped.'));
    worker.on('exit', () => this.#fail('Reading the mail failed, and was stopped.'));
    return worker;
  }

  async #end(): Promise<void> {
    const worker = this.#worker;
    this.#worker = undefined;
    worker?.removeAllListeners();
    // A listener stays, for the last error of a thread that is already on its way out.
    worker?.on('error', () => undefined);
    await worker?.terminate();
  }
}

function room(sent: readonly Waiting[], next: Waiting): boolean {
  const bytes = sent.reduce((sum, waiting) => sum + waiting.raw.length, next.raw.length);
  return sent.length === 0 || (sent.length < mostAhead && bytes <= mostBytesAhead);
}

let shared: MailParser | undefined;

/** One mail, parsed within the usual bounds (256 MB, 5 s of processor time) by the one parser of this process. */
export function parseBounded(raw: Uint8Array): Promise<ParsedMail> {
  shared ??= startMailParser();
  return shared.parse(raw);
}

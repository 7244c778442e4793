// SPDX-License-Identifier: Apache-2.0
// The thread in which mails are parsed, in order, so that it can be killed without harm (L-50). Started by bounded.ts only.

import { parentPort, workerData } from 'node:worker_threads';
import { GatheredBlob } from './gather.ts';
import { parse } from './parse.ts';

Object.assign(globalThis, { Blob: GatheredBlob });

/** Where bounded.ts reads how much this thread had used when it began a mail, in milliseconds. */
const usedBefore: Float64Array = workerData;

// Parsing is asynchronous in places; the chain keeps the answers in the order of the mails.
let last: Promise<void> = Promise.resolve();

parentPort?.on('message', (raw: Uint8Array) => {
  last = last
    .then(() => {
      const { user, system } = process.threadCpuUsage();
      usedBefore[0] = (user + system) / 1000;
      return parse(raw);
    })
    .then((mail) => {
      const handedOver = new Set(mail.attachments.map((file) => file.content.buffer as ArrayBuffer));
      parentPort?.postMessage(mail, [...handedOver]);
    });
});

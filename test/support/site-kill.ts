// SPDX-License-Identifier: Apache-2.0
// kill -9 while a site is put out: whoever looks afterwards finds the old one or the new one, whole.

import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { openpgpVerifier } from '../../src/adapters/openpgp/verifier.ts';
import { fileSite } from '../../src/adapters/site/files.ts';
import { verifyFolder } from '../../src/app/verify-folder.ts';
import type { SiteFile } from '../../src/ports/site.ts';
import { filesOf, manifestName, manifestOf } from '../../src/site/document-files.ts';

const ends = ['txt', 'html', 'xml', 'csaf.json', 'osv.json', 'cve.json', 'openvex.json', 'md', 'json'];

/** One of two sites with the same paths and other bytes, every format with its hashes, and the list of all. */
function siteNumber(which: number): readonly SiteFile[] {
  const files = ends.flatMap((end) =>
    filesOf({ bytes: new TextEncoder().encode(`${which} ${end}\n`.repeat(500)), signature: null }, `HERON-2026-0001.${end}`),
  );
  return [...files, manifestOf(files)];
}

/** What a kill finds this program at, when it is started by itself: one site after the other, built anew and changed in place by turns. */
async function writeOn(root: string): Promise<void> {
  const site = fileSite(root);
  process.stdout.write('writing\n');
  for (;;) {
    await site.replace('heron', siteNumber(0));
    await site.change('heron', siteNumber(1));
  }
}

/** Kills the writer at `rounds` random instants and looks after each. @returns how often each of the two stood */
export async function killSite(rounds: number, seed: string): Promise<readonly [number, number]> {
  const root = await mkdtemp(join(tmpdir(), 'daylight-site-'));
  const stood: [number, number] = [0, 0];
  try {
    for (let round = 0; round < rounds; round++) {
      const drawn = createHash('sha256').update(`${seed} ${round}`).digest().readUInt32BE(0);
      await killedAfter(root, drawn % 120);
      // Whoever asks next carries a change to its end.
      await fileSite(root).read('heron', manifestName);
      const which = await standing(join(root, 'heron', 'current'));
      stood[which] += 1;
    }
    return stood;
  } finally {
    await rm(root, { recursive: true, force: true });
  }
}

async function killedAfter(root: string, milliseconds: number): Promise<void> {
  const writer = spawn(process.execPath, [import.meta.filename, root], { stdio: ['ignore', 'pipe', 'inherit'] });
  await once(writer.stdout, 'data');
  while (!(await readdir(join(root, 'heron')).catch((): string[] => [])).includes('current')) await pause(2);
  await pause(milliseconds);
  const gone = once(writer, 'exit');
  writer.kill('SIGKILL');
  await gone;
}

async function standing(folder: string): Promise<0 | 1> {
  const paths = (await readdir(folder)).filter((path) => !path.endsWith('.fresh')).sort();
  const found = await verifyFolder({ paths, read: (path) => readFile(join(folder, path)) }, [], openpgpVerifier);
  assert.deepEqual(found.faults, [], 'a mixture');
  assert.deepEqual([found.hashes.length, found.listed], [ends.length * 2, true], 'all of it is there');
  return (await readFile(join(folder, 'HERON-2026-0001.txt'), 'utf8')).startsWith('0') ? 0 : 1;
}

if (process.argv[1] === import.meta.filename) await writeOn(process.argv[2] ?? '');

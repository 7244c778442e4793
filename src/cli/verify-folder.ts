// SPDX-License-Identifier: Apache-2.0
// `daylight verify DIR|FILE`: published files by their signatures and hashes, and opened records by their chains. No server, no network.

import { basename, dirname, join } from 'node:path';
import { type Folder, type Verified, verifyFolder } from '../app/verify-folder.ts';
import type { Instant } from '../core/model/time.ts';
import { visible } from '../formats/characters.ts';

type Verifier = Parameters<typeof verifyFolder>[2];
type PublicKey = Awaited<ReturnType<Verifier['keys']>>[number];

export interface FolderIo {
  out(line: string): void;
  err(line: string): void;
  /** @throws Error when the file cannot be read. */
  readFile(path: string): Promise<Uint8Array>;
  /** Paths of the files below a folder, relative and in order; undefined for what is no folder. */
  filesBelow(path: string): Promise<readonly string[] | undefined>;
  readonly verifier: Verifier;
  readonly now: () => Instant;
}

export interface KeyAsked {
  /** File of the public key; else `key.asc` beside the files. */
  readonly key?: string;
  /** Fingerprints of the keys that count; absent: every key that is there. */
  readonly fingerprint?: readonly string[];
  readonly json: boolean;
}

/** Exit code: 0 all of it fits, 1 something does not or there was nothing to verify, 3 no such file. */
export async function verifyPublished(path: string, asked: KeyAsked, io: FolderIo): Promise<number> {
  const folder = await folderAt(path, io);
  if (folder === undefined) {
    io.err(visible(`daylight verify: ${path}: no such file or folder`));
    return 3;
  }
  const { keys, beside, fault } = await theKeys(folder, asked, io);
  const found = await verifyFolder(folder, keys, io.verifier);
  const empty = found.signatures.length + found.hashes.length + found.records.length + found.faults.length === 0 && !found.listed;
  const faults = [
    ...(fault === undefined ? [] : [fault]),
    ...found.faults,
    ...(empty ? [{ path, sentence: 'There is nothing here to verify: no signature, no hash and no record.' }] : []),
  ];
  if (asked.json) io.out(JSON.stringify({ path, keys: keys.map((key) => keyJson(key, beside)), ...found, faults }, null, 2));
  else {
    for (const { path: file, sentence } of faults) io.err(visible(`${file}: ${sentence}`.replaceAll('\n', ' ')));
    for (const line of told(found, keys, beside, io.now())) io.out(visible(line));
  }
  return faults.length === 0 ? 0 : 1;
}

/** A folder whole, or one file with what proves it. */
async function folderAt(path: string, io: FolderIo): Promise<Folder | undefined> {
  const below = await io.filesBelow(path);
  if (below !== undefined) return { paths: below, read: (file) => io.readFile(join(path, file)) };
  const [home, name] = [dirname(path), basename(path)];
  const around = await io.filesBelow(home);
  if (around === undefined || !around.includes(name)) return undefined;
  const proofs = ['.asc', '.sha256', '.sha512'].map((end) => name + end);
  const paths = around.filter((file) => file === name || file === 'key.asc' || proofs.includes(file));
  return { paths, read: (file) => io.readFile(join(home, file)) };
}

interface Keys {
  readonly keys: readonly PublicKey[];
  readonly beside: boolean;
  readonly fault?: { readonly path: string; readonly sentence: string };
}

async function theKeys(folder: Folder, asked: KeyAsked, io: FolderIo): Promise<Keys> {
  const beside = asked.key === undefined;
  const file = asked.key ?? 'key.asc';
  if (beside && !folder.paths.includes(file)) return { keys: [], beside };
  const bytes = await (beside ? folder.read(file) : io.readFile(file)).catch(() => undefined);
  const all = bytes === undefined ? [] : await io.verifier.keys(new TextDecoder().decode(bytes));
  if (all.length === 0) return { keys: [], beside, fault: { path: file, sentence: 'It is no public key that can be used.' } };
  const wanted = asked.fingerprint?.map((one) => one.replaceAll(/[\s:]/g, '').toUpperCase());
  const keys = all.filter(({ fingerprint }) => wanted?.includes(fingerprint) ?? true);
  if (keys.length > 0) return { keys, beside };
  const there = all.map(({ fingerprint }) => fingerprint).join(', ');
  return { keys: all, beside, fault: { path: file, sentence: `The key’s fingerprint is ${there}, not ${wanted?.join(', ')}.` } };
}

function keyJson({ fingerprint, names, expires }: PublicKey, beside: boolean) {
  return { fingerprint, names, expires, beside_the_files: beside };
}

function told(found: Verified, keys: readonly PublicKey[], beside: boolean, now: Instant): readonly string[] {
  const { signatures, hashes, records, listed } = found;
  return [
    ...keys.map((key) => `key: ${key.fingerprint}, ${key.names.join(', ')}${ending(key, now)}`),
    ...(keys.length > 0 && beside ? ['The key lay beside the files: compare its fingerprint with one that you have from elsewhere.'] : []),
    `[${signatures.length > 0 ? 'ok' : '--'}] signatures: ${signatures.length}`,
    `[${hashes.length > 0 ? 'ok' : '--'}] hashes: ${hashes.length}`,
    `[${listed ? 'ok' : '--'}] list of all files: ${listed ? 'compared' : 'there is none'}`,
    `[${records.length > 0 ? 'ok' : '--'}] opened records, chain and hashes: ${records.length}`,
  ];
}

function ending({ expires }: PublicKey, now: Instant): string {
  if (expires === null) return '';
  return expires > now ? `, valid to ${expires.slice(0, 10)}` : `, ended on ${expires.slice(0, 10)}: what it signed before counts`;
}

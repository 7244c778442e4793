// SPDX-License-Identifier: Apache-2.0
// Whether a folder of published files is what its signatures, its hashes and the chains of its opened records say: every mismatch by its file.

import { createHash } from 'node:crypto';
import { posix } from 'node:path';
import type { Checked, PublicKey, Verifier } from '../ports/verifier.ts';
import { hashed, manifestFile, manifestName } from '../site/document-files.ts';
import { faultsIn, isRecordFile } from './record-check.ts';

export interface Folder {
  /** Relative, with `/`, in order. */
  readonly paths: readonly string[];
  /** @throws Error when a file cannot be read. */
  read(path: string): Promise<Uint8Array>;
}

export interface Verified {
  readonly signatures: readonly string[];
  readonly hashes: readonly string[];
  readonly records: readonly string[];
  /** Whether one list of hashes covers every file. */
  readonly listed: boolean;
  readonly faults: readonly { readonly path: string; readonly sentence: string }[];
}

type Kind = 'signature' | 'hash' | 'record';
interface Look {
  readonly kind: Kind;
  readonly path: string;
  readonly fault: string | null;
}

const clearSigned = '-----BEGIN PGP SIGNED MESSAGE-----';
const publicKey = '-----BEGIN PGP PUBLIC KEY BLOCK-----';

/** `keys`: whose signatures count; none where nobody has one. */
export async function verifyFolder(folder: Folder, keys: readonly PublicKey[], verifier: Verifier): Promise<Verified> {
  const looks: Look[] = [];
  for (const path of folder.paths) looks.push(...(await lookAt(path, folder, keys, verifier)));
  const manifest = await manifestFaults(folder);
  const good = (kind: Kind) => looks.filter((look) => look.kind === kind && look.fault === null).map(({ path }) => path);
  const wrong = looks.flatMap(({ path, fault }) => (fault === null ? [] : [{ path, sentence: fault }]));
  return {
    signatures: good('signature'),
    hashes: good('hash'),
    records: good('record'),
    listed: manifest !== undefined,
    faults: [...wrong, ...(manifest ?? [])],
  };
}

async function lookAt(path: string, folder: Folder, keys: readonly PublicKey[], verifier: Verifier): Promise<readonly Look[]> {
  const sum = /\.(sha256|sha512)$/.exec(path)?.[1];
  if (sum === 'sha256' || sum === 'sha512') return [{ kind: 'hash', path, fault: await hashFault(path, sum, folder) }];
  const bytes = await folder.read(path);
  const head = start(bytes);
  if (path.endsWith('.asc') && !head.startsWith(publicKey))
    return [{ kind: 'signature', path, fault: await detachedFault(path, bytes, folder, keys, verifier) }];
  if (head.startsWith(clearSigned)) return [{ kind: 'signature', path, fault: await clearFault(bytes, keys, verifier) }];
  if (isRecordFile(path, head)) {
    const [first] = faultsIn(text(bytes));
    return [{ kind: 'record', path, fault: first === undefined ? null : `${first.place}: ${first.sentence}` }];
  }
  return [];
}

async function hashFault(path: string, algorithm: 'sha256' | 'sha512', folder: Folder): Promise<string | null> {
  const of = path.slice(0, -algorithm.length - 1);
  if (!folder.paths.includes(of)) return `It is the hash of ${of}, which is not there.`;
  const said = text(await folder.read(path));
  return said === hashed(await folder.read(of), of, algorithm) ? null : `${of} has another hash than this file says.`;
}

async function detachedFault(path: string, signature: Uint8Array, folder: Folder, keys: readonly PublicKey[], verifier: Verifier) {
  const of = path.slice(0, -'.asc'.length);
  if (!folder.paths.includes(of)) return `It signs ${of}, which is not there.`;
  if (keys.length === 0) return noKey;
  return faultOf(await verifier.detached(await folder.read(of), text(signature), keys));
}

async function clearFault(bytes: Uint8Array, keys: readonly PublicKey[], verifier: Verifier): Promise<string | null> {
  if (keys.length === 0) return noKey;
  const said = text(bytes);
  // RFC 9580 section 7.1: what stands before or after is not signed.
  if (!said.endsWith('\n-----END PGP SIGNATURE-----\n')) return 'Something follows the signature, or it is cut off.';
  return faultOf(await verifier.clear(said, keys));
}

const noKey = 'There is no key to check the signature with; name one with --key.';

function faultOf(checked: Checked): string | null {
  return 'fault' in checked ? checked.fault : null;
}

/** Undefined without a list; else what the lists say otherwise than the files: between them they have every file but the first of them. */
async function manifestFaults(folder: Folder): Promise<Verified['faults'] | undefined> {
  if (!folder.paths.includes(manifestName)) return undefined;
  const lists = folder.paths.filter((path) => path === manifestName || path.endsWith(`/${manifestName}`));
  const said = new Map<string, string>();
  const faults: Verified['faults'][number][] = [];
  for (const list of lists) {
    const written = text(await folder.read(list));
    const place = list.slice(0, -manifestName.length);
    const lines = linesOf(written);
    if (text(manifestFile(lines, place).bytes) !== written)
      faults.push({ path: list, sentence: 'It is written in another way than such a list is.' });
    for (const [path, hash] of lines) said.set(posix.normalize(posix.join(place, path)), hash);
  }
  for (const path of folder.paths.filter((one) => one !== manifestName)) {
    const hash = createHash('sha256')
      .update(await folder.read(path))
      .digest('hex');
    if (!said.has(path)) faults.push({ path, sentence: `${manifestName} does not list it.` });
    else if (said.get(path) !== hash) faults.push({ path, sentence: `${manifestName} has another hash for it.` });
  }
  const there = new Set(folder.paths);
  const gone = [...said.keys()].filter((path) => !there.has(path));
  return [...faults, ...gone.map((path) => ({ path: manifestName, sentence: `It lists ${JSON.stringify(path)}, which is not there.` }))];
}

function linesOf(list: string): ReadonlyMap<string, string> {
  return new Map(list.split('\n').flatMap((line) => (line === '' ? [] : [[line.slice(66), line.slice(0, 64)] as const])));
}

/** What is no UTF-8 is taken byte by byte, so that it passes for nothing else. */
function text(bytes: Uint8Array): string {
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    return new TextDecoder('latin1').decode(bytes);
  }
}

function start(bytes: Uint8Array): string {
  return text(bytes).slice(0, 80);
}

// SPDX-License-Identifier: Apache-2.0
// What a whole public site is held to, as somebody outside would: addresses, markup, signatures, and the bytes that `daylight verify` finds.

import assert from 'node:assert/strict';
import { spawn, spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join, posix } from 'node:path';
import { HtmlValidate, StaticConfigLoader } from 'html-validate';
import { SaxesParser } from 'saxes';
import { openpgpVerifier } from '../../src/adapters/openpgp/verifier.ts';
import { verify } from '../../src/cli/verify.ts';
import type { Instant } from '../../src/core/model/time.ts';
import type { PublicKey, Verifier } from '../../src/ports/verifier.ts';

export type Files = ReadonlyMap<string, Uint8Array>;

const text = (bytes: Uint8Array | undefined) => new TextDecoder().decode(bytes);

/** Addresses of its pages and feeds that lead nowhere within it. @param url where it lies. */
export function deadLinks(files: Files, url: string, outside: readonly string[]): readonly string[] {
  return [...files].flatMap(([path, bytes]) => {
    if (!/\.html$|^(?:atom|index)\.xml$/.test(path)) return [];
    const page = text(bytes).replaceAll(/<script type="application\/json"[\s\S]*?<\/script>/g, '');
    const addresses = [...page.matchAll(/(?:href|src|security-notice name)="([^"]*)"/g)].map(([, address = '']) =>
      address.replaceAll('&amp;', '&'),
    );
    return addresses.flatMap((address) => {
      const own = address.startsWith(`${url}/`) ? `/${address.slice(url.length + 1)}` : address;
      if (/^[a-z]+:/.test(own) || outside.includes(own)) return [];
      const [file = '', anchor] = own.split('#');
      const target =
        file === '' ? path : posix.normalize(own.startsWith('/') ? file.slice(1) : posix.join(posix.dirname(path), decodeURI(file)));
      const found = files.get(target);
      if (found === undefined) return [`${path} -> ${address}`];
      return anchor === undefined || text(found).includes(`id="${anchor}"`) ? [] : [`${path} -> ${address}: no such place`];
    });
  });
}

/** HTML Living Standard section 13.1.2: elements that have no end tag. */
const ended = /<(area|base|br|col|embed|hr|img|input|link|meta|source|track|wbr)((?:\s[^<>]*)?)>/g;
/** Attributes whose presence alone says what they say. */
const bare = /(<[a-z][^<>]*?\s)(hidden|defer|async|open|required|disabled|checked|selected|reversed|novalidate)(?=[\s>/])(?!=)/g;

/**
 * What a parser that forgives nothing finds in a page: elements that are not closed in their order, attributes without quotes or twice, a bare `<` or `&`,
 * an id that is there twice. Stricter than HTML, which lets some of it pass.
 */
export function markupFaults(page: string): readonly string[] {
  const faults: string[] = [];
  const ids = new Set<string>();
  const parser = new SaxesParser({ xmlns: false });
  parser.on('error', (error) => faults.push(error.message));
  parser.on('opentag', ({ attributes }) => {
    const { id } = attributes;
    if (id !== undefined && ids.size === ids.add(id).size) faults.push(`id ${id} is there twice`);
  });
  const body = page.replace(/^<!doctype html>\n/, '');
  if (body === page) faults.push('no <!doctype html> in the first line');
  parser.write(body.replaceAll(ended, '<$1$2/>').replaceAll(bare, '$1$2=""')).close();
  return faults;
}

/** A `details` is no sectioning content (section 4.11.1), so that it may stand in a `th`; the tables of the validator still have it as one. */
const elements = ['html5', { details: { inherit: 'details', sectioning: false } }];

const validator = new HtmlValidate(new StaticConfigLoader({ root: true, extends: ['html-validate:standard'], elements }));

/** Where a page departs from the HTML Living Standard: elements where they may not be, attributes and values that do not exist, addresses of labels that lead nowhere. */
export function htmlFaults(page: string): readonly string[] {
  const { results } = validator.validateStringSync(page);
  return results.flatMap(({ messages }) => messages.map(({ line, ruleId, message }) => `line ${line}, ${ruleId}: ${message}`));
}

/** The same answers, each asked once: what a signature says of the same bytes does not change between two looks at a site. */
function remembering(verifier: Verifier): Verifier {
  const known = new Map<string, Promise<unknown>>();
  const once = <Answer>(parts: readonly (string | Uint8Array)[], ask: () => Promise<Answer>): Promise<Answer> => {
    const name = parts.reduce((hash, part) => hash.update(part), createHash('sha256')).digest('hex');
    const answer = (known.get(name) as Promise<Answer> | undefined) ?? ask();
    known.set(name, answer);
    return answer;
  };
  const names = (keys: readonly PublicKey[]) => keys.map(({ fingerprint }) => fingerprint);
  return {
    keys: verifier.keys,
    ring: verifier.ring,
    detached: (bytes, signature, keys) => once([bytes, signature, ...names(keys)], () => verifier.detached(bytes, signature, keys)),
    clear: (said, keys) => once([said, ...names(keys)], () => verifier.clear(said, keys)),
  };
}

const verifier = remembering(openpgpVerifier);

/** `daylight verify` of these files, in memory. */
export async function verified(files: Files, at: Instant): Promise<{ readonly exit: number; readonly out: string; readonly err: string }> {
  const out: string[] = [];
  const err: string[] = [];
  const readFile = async (file: string) => {
    const bytes = files.get(file);
    if (bytes === undefined) throw new Error(`no such file: ${file}`);
    return bytes;
  };
  const exit = await verify(['.'], {
    out: (line) => out.push(line),
    err: (line) => err.push(line),
    readFile,
    readPath: async (file) => text(await readFile(file)),
    filesBelow: async (below) => (below === '.' ? [...files.keys()].sort() : undefined),
    verifier,
    now: () => at,
  });
  return { exit, out: out.join('\n'), err: err.join('\n') };
}

/** One file of each kind: by what its name ends in, where it lies, and whether it stands for one advisory. */
export function oneOfEachKind(files: Files): readonly string[] {
  const kinds = new Map<string, string>();
  for (const path of files.keys()) {
    const [folder = '', name = path] = path.includes('/')
      ? [posix.dirname(path).replace(/\d{4}/, 'YYYY'), posix.basename(path)]
      : ['', path];
    const kind = /\d{4}/.test(name) ? name.slice(name.indexOf('.')) : name;
    if (!kinds.has(`${folder}/${kind}`)) kinds.set(`${folder}/${kind}`, path);
  }
  return [...kinds.values()];
}

export function flipped(files: Files, path: string, place: number): Files {
  const bytes = files.get(path) as Uint8Array;
  return new Map([...files, [path, bytes.with(place, (bytes[place] as number) ^ (1 << (place % 8)))]]);
}

export function write(folder: string, files: Files): void {
  for (const [path, bytes] of files) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), bytes);
  }
}

export function installed(program: string): string | false {
  return spawnSync(program, ['--version']).status === 0 ? false : `${program} is not installed`;
}

/** How many run at one time. */
const lanes = 4;

/** Runs a program for each of these, and names those for which it says no. */
export async function refusedBy(program: string, all: readonly (readonly string[])[]): Promise<readonly string[]> {
  const refused: string[] = [];
  const left = [...all];
  const lane = async () => {
    for (let args = left.shift(); args !== undefined; args = left.shift()) {
      const child = spawn(program, args, { stdio: ['ignore', 'ignore', 'pipe'] });
      let said = '';
      child.stderr.on('data', (bytes) => {
        said += bytes;
      });
      const code = await new Promise((resolve) => child.once('close', resolve));
      if (code !== 0) refused.push(`${args.at(-1)}: ${said}`);
    }
  };
  await Promise.all(Array.from({ length: lanes }, lane));
  assert.equal(left.length, 0);
  return refused;
}

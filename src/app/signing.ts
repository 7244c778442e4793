// SPDX-License-Identifier: Apache-2.0
// Who signs what a project publishes, and whether a signature that came in is one: by the program at once, or by a person's own key, later (VMT-44).

import type { ProjectId } from '../core/model/identifiers.ts';
import { type Instant, shifted } from '../core/model/time.ts';
import type { Policy } from '../core/policy/policy.ts';
import { type FormatName, formats } from '../formats/index.ts';
import { OutsideFailure } from '../ports/failure.ts';
import type { Signer } from '../ports/signer.ts';
import type { KeptDocument } from '../ports/store/documents.ts';
import type { Transaction } from '../ports/store/store.ts';
import type { PublicKey, Verifier } from '../ports/verifier.ts';
import { carrying, type Rendered, signedBy } from './documents.ts';
import type { World } from './world.ts';

export type Signing =
  | { readonly by: 'nobody' }
  | { readonly by: 'program'; readonly signer: Signer }
  /** One of these keys. */
  | { readonly by: 'people'; readonly keys: readonly PublicKey[] };

/**
 * Whether a case's documents are signed is its own policy's matter; whose keys count is that of the policy which holds now: a key that was lost or
 * taken back signs no old case either.
 * @throws OutsideFailure permanent where the policy names keys and none of them can be used
 */
export async function signingOf(world: World, project: ProjectId, { policies }: Transaction, { disclosure }: Policy): Promise<Signing> {
  if (disclosure.signed === null) return { by: 'nobody' };
  const { policy } = await policies.active();
  const named = signingKeysIn(policy);
  if (named.length === 0) return { by: 'program', signer: await world.signer(project) };
  const keys = (await Promise.all(named.map((armored) => world.verifier.keys(armored)))).flat();
  if (keys.length === 0) throw new OutsideFailure('permanent', 'disclosure.signing_keys: no key that can be used');
  return { by: 'people', keys };
}

/** Armoured keys of people that a policy names; one that was kept before policies could name any has none. */
export function signingKeysIn({ disclosure }: { readonly disclosure: Partial<Policy['disclosure']> }): readonly string[] {
  return disclosure.signed === null ? [] : (disclosure.signingKeys ?? []);
}

export function fingerprintsOf(signing: Signing): readonly string[] {
  switch (signing.by) {
    case 'nobody':
      return [];
    case 'program':
      return [signing.signer.fingerprint];
    case 'people':
      return signing.keys.map(({ fingerprint }) => fingerprint);
  }
}

/**
 * The documents as far as they are signed now: by the program all of them, by people those that say byte for byte what was signed before.
 * @param earlier documents of the same case, of any version
 */
export async function signedNow(
  { verifier }: Pick<World, 'verifier'>,
  signing: Signing,
  rendered: readonly Rendered[],
  earlier: readonly KeptDocument[],
): Promise<{ readonly documents: readonly Rendered[]; readonly unsigned?: readonly string[] }> {
  if (signing.by === 'nobody') return { documents: rendered };
  if (signing.by === 'program') return { documents: await Promise.all(rendered.map((one) => signedBy(signing.signer, one))) };
  const documents: Rendered[] = [];
  const unsigned: string[] = [];
  for (const one of rendered) {
    const signed = await signedBefore(verifier, one, earlier, signing.keys);
    documents.push(signed ?? one);
    if (signed === undefined) unsigned.push(one.file);
  }
  return { documents, unsigned };
}

async function signedBefore(verifier: Verifier, document: Rendered, earlier: readonly KeptDocument[], keys: readonly PublicKey[]) {
  for (const { format, bytes, signature } of earlier.toReversed()) {
    if (format !== document.format) continue;
    const signed = await withSignature(verifier, document, signature ?? new TextDecoder().decode(bytes), keys);
    if (!('fault' in signed)) return signed.document;
  }
  return undefined;
}

interface Proven<One> {
  readonly document: One;
  readonly at: Instant;
  /** Of the key that signed. */
  readonly fingerprint: string;
}

/** The document with this signature, or why it is none of it, in a sentence. */
export async function withSignature<One extends Pick<KeptDocument, 'format' | 'bytes' | 'sha256' | 'signature'>>(
  verifier: Verifier,
  document: One,
  given: string,
  keys: readonly PublicKey[],
): Promise<Proven<One> | { readonly fault: string }> {
  const text = `${given.replaceAll('\r\n', '\n').trimEnd()}\n`;
  if (formats[document.format as FormatName].signing === 'detached') {
    if (!detached.test(text)) return { fault: 'It is no armoured signature that stands apart: gpg --armor --detach-sign makes one.' };
    const checked = await verifier.detached(document.bytes, text, keys);
    return 'fault' in checked ? checked : { ...checked, document: { ...document, signature: text } };
  }
  if (!clearSigned.test(text)) return { fault: 'It is no clear-signed text: gpg --clear-sign makes one.' };
  const checked = await verifier.clear(text, keys);
  if ('fault' in checked) return checked;
  if (canonical(checked.text ?? '') !== canonical(new TextDecoder().decode(document.bytes)))
    return { fault: 'It signs another text than the one that waits.' };
  return { at: checked.at, fingerprint: checked.fingerprint, document: carrying(document, text) };
}

/** RFC 9580 sections 6.2 and 7: nothing stands before, between or after, where no signature covers it. */
const block = '-----BEGIN PGP SIGNATURE-----\n(?:[!-9;-~]+: [ -~]*\n)*\n[A-Za-z0-9+/=\n]+-----END PGP SIGNATURE-----\n$';
const detached = new RegExp(`^${block}`);
const clearSigned = new RegExp(
  `^-----BEGIN PGP SIGNED MESSAGE-----\n(?:Hash: [A-Za-z0-9, -]+\n)*\n(?:(?!-----BEGIN PGP SIGNATURE)[^\n]*\n)*${block}`,
);

/** RFC 9580 section 7.2: white space at the end of a line is not signed, nor the last line end. */
function canonical(text: string): string {
  return text
    .split('\n')
    .map((line) => line.replace(/[ \t\r]+$/, ''))
    .join('\n')
    .replace(/\n+$/, '');
}

/** Whether the signer's clock says something that cannot be: its hours are its own, a day is not. */
export function offByADay(at: Instant, preparedAt: Instant, now: Instant): boolean {
  return at < shifted(preparedAt, { hours: -24 }) || at > shifted(now, { hours: 24 });
}

// SPDX-License-Identifier: Apache-2.0
// How the sender of a mail is proven: SPF, DKIM and DMARC, asked of the DNS. Shown to people; it never grants anything (L-46).

import type { Envelope } from './route.ts';

/** Answers DNS questions: TXT as lists of strings, other types as strings. */
export type Resolver = (name: string, type: string) => Promise<string[][] | string[]>;

/** Results in the words of RFC 8601 section 2.7: `pass`, `fail`, `none`, `softfail`, `neutral`, `policy`, `temperror`, `permerror`. */
export interface SenderProof {
  /** Null when the sending server is not known: the mail came through a server of our own. */
  readonly spf: string | null;
  readonly dkim: readonly { readonly domain: string; readonly result: string }[];
  /** Whether SPF or DKIM passed for the domain in From; null when From names none or its domain has no policy to ask. */
  readonly dmarc: string | null;
}

const longestAsking = 20_000;

/**
 * The proof for one raw mail, or null when it could not be had in time. `client` is given only when it is the sender's own server.
 * Without `resolver` the machine's DNS is asked.
 */
export async function proveSender(
  raw: Uint8Array,
  from: string | null,
  client?: Envelope['client'],
  resolver?: Resolver,
): Promise<SenderProof | null> {
  // Loaded when the first mail is proven: it brings forty megabytes with it.
  const { authenticate } = await import('mailauth');
  const asked = authenticate(Buffer.from(raw.buffer, raw.byteOffset, raw.byteLength), {
    sender: from ?? '',
    ...(client === undefined ? {} : { ip: client.address, helo: client.helo }),
    mta: 'daylight',
    disableArc: true,
    disableBimi: true,
    ...(resolver === undefined ? {} : { resolver }),
  });
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<null>((resolve) => {
    timer = setTimeout(resolve, longestAsking, null);
  });
  try {
    const found = await Promise.race([asked, late]);
    if (found === null) return null;
    return {
      spf: client === undefined || found.spf === false ? null : found.spf.status.result,
      dkim: found.dkim.results
        .filter(({ signingDomain }) => signingDomain)
        .map(({ signingDomain, status }) => ({ domain: signingDomain ?? '', result: status.result })),
      dmarc: found.dmarc === false ? null : found.dmarc.status.result,
    };
  } catch {
    // A mail or a record that the library cannot read proves nothing.
    return null;
  } finally {
    clearTimeout(timer);
  }
}

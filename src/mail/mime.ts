// SPDX-License-Identifier: Apache-2.0
// The one place that calls the MIME parser: limits, mended headers, and what its public result leaves out (the transfer encoding of each part).

import PostalMime, { type Email } from 'postal-mime';

// Real mail stays far below each of these. Nested mails stay closed: what they hold is somebody else's words and files.
const limits = { maxNestingDepth: 64, maxHeadersSize: 1_000_000, maxRfc822NestingDepth: 0 };

export interface Mime {
  readonly email: Email;
  /** Decoded bytes of an attachment, exactly as long as its sender's file. */
  readonly content: (of: Email['attachments'][number]) => Uint8Array;
  /** Character set labels that the parts declare. */
  readonly charsets: readonly string[];
  /** A multipart without a single part: its boundary never came. */
  readonly undivided: boolean;
}

/** A part in postal-mime's tree. Not in its published types, hence pinned to its exact version and covered by the golden mails. */
interface Part {
  readonly parentNode?: Part;
  readonly childNodes: readonly Part[];
  readonly content: ArrayBuffer | null;
  readonly contentType: Header;
  readonly contentDisposition: Header;
  readonly contentTransferEncoding: { readonly encoding: string };
}

interface Header {
  readonly parsed: { readonly value: string; readonly params: Readonly<Record<string, string>> };
}

interface Parser {
  readonly root: Part;
  isInlineTextNode: (part: Part) => boolean;
}

/** @throws when nesting or header size exceed the limits. */
export async function readMime(raw: Uint8Array): Promise<Mime> {
  const postal = new PostalMime(limits);
  const parser = postal as unknown as Parser;
  parser.isInlineTextNode = (part) => isText(part) && !isFile(part, parser.root);
  const email = await postal.parse(mended(raw));
  const parts = tree(parser.root);
  const encoded = new Map<unknown, string>(parts.map((part) => [part.content, part.contentTransferEncoding.encoding]));
  return {
    email,
    content: (part) => decoded(part.content, encoded.get(part.content) ?? 'base64'),
    charsets: parts.map((part) => part.contentType.parsed.params['charset'] ?? '').filter((label) => label !== ''),
    undivided: parts.some((part) => part.contentType.parsed.value.startsWith('multipart/') && part.childNodes.length === 0),
  };
}

function tree(part: Part): readonly Part[] {
  return [part, ...part.childNodes.flatMap(tree)];
}

function isText(part: Part): boolean {
  const { value } = part.contentType.parsed;
  return part.contentDisposition.parsed.value !== 'attachment' && (value === 'text/plain' || value === 'text/html');
}

/** A text part with a file name is a file (a patch, a log) unless it opens the mail: the rule of RFC 8621 section 4.1.4. */
function isFile(part: Part, root: Part): boolean {
  const named = part.contentDisposition.parsed.params['filename'] ?? part.contentType.parsed.params['name'];
  return named !== undefined && named !== '' && part !== opening(root);
}

function opening(part: Part): Part {
  const [first] = part.childNodes;
  return first === undefined ? part : opening(first);
}

/** RFC 2046 section 5.1.1: the line end before a boundary belongs to the boundary. The parser leaves it on every part that is made of lines. */
function decoded(content: ArrayBuffer | Uint8Array | string, encoding: string): Uint8Array {
  const bytes = typeof content === 'string' ? new TextEncoder().encode(content) : new Uint8Array(content);
  return encoding !== 'base64' && bytes.at(-1) === 0x0a ? bytes.subarray(0, -1) : bytes;
}

/**
 * Old mailers put raw 8-bit characters inside an encoded word. They are written out (RFC 2047 section 4.2), so that the word's own
 * character set decodes them; everything else stays as it arrived.
 */
function mended(raw: Uint8Array): Uint8Array {
  const bytes = Buffer.from(raw.buffer, raw.byteOffset, raw.byteLength);
  const end = /\n\r?\n/.exec(bytes.toString('latin1', 0, Math.min(bytes.length, limits.maxHeadersSize)))?.index ?? 0;
  const header = bytes.toString('latin1', 0, end);
  if (!/[\x80-\xff]/.test(header)) return raw;
  const written = header.replaceAll(/=\?[^?\s]{1,60}\?q\?[^?\r\n]{1,1000}\?=/gi, (word) =>
    word.replaceAll(/[\x80-\xff]/g, (mark) => `=${mark.charCodeAt(0).toString(16).toUpperCase()}`),
  );
  return Buffer.concat([Buffer.from(written, 'latin1'), bytes.subarray(end)]);
}

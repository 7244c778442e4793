// SPDX-License-Identifier: Apache-2.0
// One message on its way in: counted while it streams, never held beyond its bound, and checked for the line ends that smuggling needs.

import type { Readable } from 'node:stream';

/** Memory for all messages that are coming in at the same time. */
export interface Room {
  /** Takes `bytes` out of the common bound; false when they are not there. */
  readonly take: (bytes: number) => boolean;
  readonly give: (bytes: number) => void;
}

export function room(most: number): Room {
  let free = most;
  return {
    take: (bytes) => {
      if (bytes > free) return false;
      free -= bytes;
      return true;
    },
    give: (bytes) => {
      free += bytes;
    },
  };
}

export type Body = { readonly kind: 'whole'; readonly bytes: Uint8Array } | { readonly kind: 'too-large' | 'no-room' | 'cut-off' };

const firstPiece = 64 * 1024;

/** Reads `stream` to its end. What does not fit is counted and dropped as it comes, so the sender hears a proper refusal. The caller gives the room back. */
export function readBody(stream: Readable, maxBytes: number, shared: Room, took: (bytes: number) => void): Promise<Body> {
  return new Promise((resolve) => {
    let buffer = Buffer.alloc(0);
    let length = 0;
    let overflow: 'too-large' | 'no-room' | undefined;

    const grow = (needed: number) => {
      const size = Math.min(Math.max(firstPiece, 2 * buffer.length, needed), maxBytes);
      if (!shared.take(size - buffer.length)) return false;
      took(size - buffer.length);
      const larger = Buffer.alloc(size);
      buffer.copy(larger, 0, 0, length);
      buffer = larger;
      return true;
    };
    stream.on('data', (piece: Buffer) => {
      if (overflow !== undefined) return;
      if (length + piece.length > maxBytes) overflow = 'too-large';
      else if (length + piece.length > buffer.length && !grow(length + piece.length)) overflow = 'no-room';
      else length += piece.copy(buffer, length);
    });
    stream.on('end', () => resolve(overflow === undefined ? { kind: 'whole', bytes: buffer.subarray(0, length) } : { kind: overflow }));
    stream.on('error', () => resolve({ kind: 'cut-off' }));
    stream.on('close', () => resolve({ kind: 'cut-off' }));
  });
}

/**
 * Whether the message holds a line feed or carriage return that is not part of CRLF, or a NUL (RFC 5321 section 2.3.8). Between two
 * servers that read such a line end differently, one message becomes two (L-47); so it is no message at all.
 */
export function hasBareLineEnd(bytes: Uint8Array): boolean {
  if (bytes.includes(0)) return true;
  for (let at = bytes.indexOf(0x0a); at >= 0; at = bytes.indexOf(0x0a, at + 1)) if (bytes[at - 1] !== 0x0d) return true;
  for (let at = bytes.indexOf(0x0d); at >= 0; at = bytes.indexOf(0x0d, at + 1)) if (bytes[at + 1] !== 0x0a) return true;
  return false;
}

// SPDX-License-Identifier: Apache-2.0
// What a file tells beside its content: who made it, where, with what. Pictures can be opened without it; other files only as they are (L-72).

const latin = new TextDecoder('latin1');

/** Each kind of metadata that is in the file, in a sentence; nothing for files of a form that carries none, or that is not known here. */
export function metadataIn(bytes: Uint8Array): readonly string[] {
  if (isJpeg(bytes)) return jpegParts(bytes).some(({ tells }) => tells) ? ['This picture carries metadata: place, device or author.'] : [];
  if (isPng(bytes)) return pngParts(bytes).some(({ tells }) => tells) ? ['This picture carries metadata: place, device or author.'] : [];
  const text = latin.decode(bytes.subarray(0, 4_000_000));
  if (text.startsWith('%PDF-'))
    return /\/(?:Author|Creator|Producer|Title)\s*[(<]|<x:xmpmeta/.test(text) ? ['This document carries metadata: author or program.'] : [];
  if (text.startsWith('PK\u0003\u0004')) return ['An archive or office document; look inside before it is opened.'];
  return [];
}

/** The same picture without its metadata, pixel for pixel; undefined where there is none to take out, or the file is no picture of a known form. */
export function withoutMetadata(bytes: Uint8Array): Uint8Array | undefined {
  const parts = isJpeg(bytes) ? jpegParts(bytes) : isPng(bytes) ? pngParts(bytes) : [];
  if (!parts.some(({ tells }) => tells)) return undefined;
  return new Uint8Array(Buffer.concat(parts.filter(({ tells }) => !tells).map(({ piece }) => piece)));
}

interface Part {
  readonly piece: Uint8Array;
  /** Metadata, and nothing that the picture needs. */
  readonly tells: boolean;
}

function isJpeg(bytes: Uint8Array): boolean {
  return bytes[0] === 0xff && bytes[1] === 0xd8 && bytes[2] === 0xff;
}

/** Segments up to the scan (ITU-T T.81 annex B); APP1 to APP13 and comments tell, APP0, APP2 (colour) and APP14 belong to the picture. */
function jpegParts(bytes: Uint8Array): readonly Part[] {
  const parts: Part[] = [{ piece: bytes.subarray(0, 2), tells: false }];
  let at = 2;
  while (at + 4 <= bytes.length && bytes[at] === 0xff) {
    const marker = bytes[at + 1] ?? 0;
    if (marker === 0xda || marker === 0xd9) break;
    const end = at + 2 + ((bytes[at + 2] ?? 0) << 8) + (bytes[at + 3] ?? 0);
    const application = marker >= 0xe0 && marker <= 0xef && ![0xe0, 0xe2, 0xee].includes(marker);
    parts.push({ piece: bytes.subarray(at, end), tells: application || marker === 0xfe });
    at = end;
  }
  return [...parts, { piece: bytes.subarray(at), tells: false }];
}

const pngStart = [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a];

function isPng(bytes: Uint8Array): boolean {
  return pngStart.every((byte, index) => bytes[index] === byte);
}

/** Chunks that say something about the picture and are no part of it (PNG third edition, 11.3). */
const telling: readonly string[] = ['tEXt', 'zTXt', 'iTXt', 'eXIf', 'tIME'];

/** Chunk by chunk to the end; what follows the last chunk is no picture and is left out. */
function pngParts(bytes: Uint8Array): readonly Part[] {
  const parts: Part[] = [{ piece: bytes.subarray(0, 8), tells: false }];
  const lengths = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  for (let at = 8; at + 12 <= bytes.length; ) {
    const end = at + 12 + lengths.getUint32(at);
    const name = latin.decode(bytes.subarray(at + 4, at + 8));
    parts.push({ piece: bytes.subarray(at, end), tells: telling.includes(name) });
    at = end;
    if (name === 'IEND' && at < bytes.length) parts.push({ piece: bytes.subarray(at), tells: true });
    if (name === 'IEND') break;
  }
  return parts;
}

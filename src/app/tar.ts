// SPDX-License-Identifier: Apache-2.0
// Files as one archive that every machine opens: POSIX.1-1988 ustar, without names, dates or owners of this machine.

const utf8 = new TextEncoder();
const block = 512;

/** The same files give the same bytes. @param at their time, in seconds since 1970. @throws RangeError for a name of more than 100 bytes. */
export function tar(files: readonly { readonly name: string; readonly bytes: Uint8Array }[], at: number): Uint8Array {
  const parts = files.flatMap(({ name, bytes }) => [head(name, bytes.length, at), bytes, new Uint8Array(-bytes.length & (block - 1))]);
  return new Uint8Array(Buffer.concat([...parts, new Uint8Array(2 * block)]));
}

function head(name: string, size: number, at: number): Uint8Array {
  const bytes = new Uint8Array(block);
  const put = (offset: number, text: string) => bytes.set(utf8.encode(text), offset);
  const octal = (value: number, digits: number) => value.toString(8).padStart(digits, '0');
  if (utf8.encode(name).length > 100) throw new RangeError('a name has at most 100 bytes');
  put(0, name);
  put(100, `${octal(0o644, 7)}\0`);
  put(108, `${octal(0, 7)}\0`);
  put(116, `${octal(0, 7)}\0`);
  put(124, `${octal(size, 11)}\0`);
  put(136, `${octal(at, 11)}\0`);
  put(148, ' '.repeat(8));
  put(156, '0');
  put(257, 'ustar\u000000');
  const sum = bytes.reduce((total, byte) => total + byte, 0);
  put(148, `${octal(sum, 6)}\0 `);
  return bytes;
}

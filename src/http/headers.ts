// SPDX-License-Identifier: Apache-2.0
// Headers of every answer of every door that speaks HTTP: no sniffing, no referrer, no loading by another site, and back over TLS only.

/** L-20, L-58. */
const always: Readonly<Record<string, string>> = {
  'X-Content-Type-Options': 'nosniff',
  'Referrer-Policy': 'no-referrer',
  'Cross-Origin-Opener-Policy': 'same-origin',
  'Cross-Origin-Resource-Policy': 'same-origin',
};

/** `https`: visitors reach this installation by TLS, and browsers are told to come back so for a year (ASVS 3.4.1). */
export function commonHeaders(https: boolean): readonly (readonly [string, string])[] {
  return Object.entries(https ? { ...always, 'Strict-Transport-Security': 'max-age=31536000' } : always);
}

export const notIndexed = 'noindex, nofollow, noarchive';

/** Headers of a file that somebody sent: it is saved, never shown in our origin (L-55). */
export function downloadHeaders(name: string, bytes: number): Readonly<Record<string, string>> {
  return {
    'Content-Type': 'application/octet-stream',
    'Content-Length': String(bytes),
    'Content-Disposition': disposition(name),
    'Content-Security-Policy': "sandbox; default-src 'none'",
  };
}

/**
 * A file as it is sent: a piece is asked for when the one before has gone, and whoever goes away ends the asking. A request for a part of it is answered
 * with the whole, as RFC 9110 section 14.2 allows.
 */
export function download({ name, bytes }: { readonly name: string; readonly bytes: number }, pieces: AsyncIterable<Uint8Array>): Response {
  const source = pieces[Symbol.asyncIterator]();
  const body = new ReadableStream<Uint8Array>(
    {
      async pull(controller) {
        const { done, value } = await source.next();
        if (done === true) controller.close();
        else controller.enqueue(value);
      },
      async cancel() {
        await source.return?.();
      },
    },
    { highWaterMark: 0 },
  );
  return new Response(body, { headers: downloadHeaders(name, bytes) });
}

/** RFC 6266 section 4.3, RFC 8187 section 3.2: an ASCII name for all, and the true one in UTF-8. */
function disposition(name: string): string {
  const plain = name.replace(/[^A-Za-z0-9._-]/g, '_').slice(-100) || 'file';
  const encoded = encodeURIComponent(name.toWellFormed()).replace(/['()*]/g, (one) => `%${one.charCodeAt(0).toString(16).toUpperCase()}`);
  return `attachment; filename="${plain}"; filename*=UTF-8''${encoded}`;
}

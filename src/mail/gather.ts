// SPDX-License-Identifier: Apache-2.0
// A Blob that is nothing but its bytes, for the parser's own thread: the parser gathers each body line by line in a Blob, and the
// runtime's takes four fifths of the time of a whole parse.

type Piece = string | ArrayBuffer | Uint8Array;

export class GatheredBlob {
  readonly #pieces: readonly Uint8Array[];

  constructor(pieces: readonly Piece[]) {
    this.#pieces = pieces.map(bytesOf);
  }

  async arrayBuffer(): Promise<ArrayBuffer> {
    const whole = new Uint8Array(this.#pieces.reduce((sum, piece) => sum + piece.length, 0));
    let at = 0;
    for (const piece of this.#pieces) {
      whole.set(piece, at);
      at += piece.length;
    }
    return whole.buffer;
  }
}

const lineFeed = Uint8Array.of(0x0a);

function bytesOf(piece: Piece): Uint8Array {
  if (piece === '\n') return lineFeed;
  if (typeof piece === 'string') return new TextEncoder().encode(piece);
  return piece instanceof Uint8Array ? piece : new Uint8Array(piece);
}

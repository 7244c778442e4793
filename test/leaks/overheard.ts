// SPDX-License-Identifier: Apache-2.0
// What the process says on its standard streams while something is done: a log that nobody meant to write is a log.

/** Everything that the process writes to its standard streams meanwhile. */
export async function overheard(work: () => Promise<void>): Promise<string> {
  const said: string[] = [];
  const streams = [process.stdout, process.stderr];
  const writers = streams.map((stream) => stream.write);
  for (const stream of streams) {
    const write = stream.write.bind(stream) as (...words: unknown[]) => boolean;
    stream.write = ((chunk: unknown, ...rest: unknown[]) => {
      said.push(Buffer.from(chunk as Uint8Array | string).toString('latin1'));
      return write(chunk, ...rest);
    }) as typeof stream.write;
  }
  try {
    await work();
  } finally {
    streams.forEach((stream, index) => {
      stream.write = writers[index] as typeof stream.write;
    });
  }
  return said.join('\n');
}

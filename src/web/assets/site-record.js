// SPDX-License-Identifier: Apache-2.0
// Checks an opened record on its own page: the chain over its log, and the hash of every text. SHA-256 is here (FIPS 180-4), because pages served in clear have no other.
(() => {
  const place = document.getElementById('checked');
  const data = document.getElementById('record');
  if (!(place && data)) return;

  const k = [];
  const initial = [];
  for (let number = 2; k.length < 64; number++) {
    let prime = true;
    for (let divisor = 2; divisor * divisor <= number; divisor++) if (number % divisor === 0) prime = false;
    if (!prime) continue;
    if (initial.length < 8) initial.push((Math.sqrt(number) * 0x100000000) | 0);
    k.push((Math.cbrt(number) * 0x100000000) | 0);
  }

  const turned = (word, by) => (word >>> by) | (word << (32 - by));

  function block(state, view, at, w) {
    for (let i = 0; i < 16; i++) w[i] = view.getInt32(at + i * 4);
    for (let i = 16; i < 64; i++) {
      const [a, b] = [w[i - 15], w[i - 2]];
      const s0 = turned(a, 7) ^ turned(a, 18) ^ (a >>> 3);
      const s1 = turned(b, 17) ^ turned(b, 19) ^ (b >>> 10);
      w[i] = (w[i - 16] + s0 + w[i - 7] + s1) | 0;
    }
    let [a, b, c, d, e, f, g, h] = state;
    for (let i = 0; i < 64; i++) {
      const one = (h + (turned(e, 6) ^ turned(e, 11) ^ turned(e, 25)) + ((e & f) ^ (~e & g)) + k[i] + w[i]) | 0;
      const two = ((turned(a, 2) ^ turned(a, 13) ^ turned(a, 22)) + ((a & b) ^ (a & c) ^ (b & c))) | 0;
      [h, g, f, e, d, c, b, a] = [g, f, e, (d + one) | 0, c, b, a, (one + two) | 0];
    }
    [a, b, c, d, e, f, g, h].forEach((word, i) => {
      state[i] = (state[i] + word) | 0;
    });
  }

  function sha256(...parts) {
    const bytes = parts.map((part) => (typeof part === 'string' ? new TextEncoder().encode(part) : part));
    const length = bytes.reduce((sum, one) => sum + one.length, 0);
    const padded = new Uint8Array((((length + 8) >> 6) + 1) << 6);
    let at = 0;
    for (const one of bytes) {
      padded.set(one, at);
      at += one.length;
    }
    padded[length] = 0x80;
    const view = new DataView(padded.buffer);
    view.setUint32(padded.length - 8, Math.floor(length / 0x20000000));
    view.setUint32(padded.length - 4, (length << 3) >>> 0);
    const state = [...initial];
    const w = new Int32Array(64);
    for (let from = 0; from < padded.length; from += 64) block(state, view, from, w);
    return state.map((word) => (word >>> 0).toString(16).padStart(8, '0')).join('');
  }

  function ofHex(text) {
    return Uint8Array.from(text.match(/../g) ?? [], (pair) => Number.parseInt(pair, 16));
  }

  function hashesIn(value, found) {
    if (typeof value !== 'object' || value === null) return found;
    if (typeof value.id === 'string' && typeof value.hash === 'string') found.set(value.id, value.hash);
    for (const each of Object.values(value)) hashesIn(each, found);
    return found;
  }

  /** The first thing that does not fit; nothing where all of it does. */
  function fault(record) {
    const { chain, contents } = record;
    if (chain.start !== sha256(`${record.project}/${record.case}`)) return 'The chain does not begin with this case.';
    let head = chain.start;
    const hashes = new Map();
    for (const [index, { seq, envelope, hash }] of chain.events.entries()) {
      if (seq !== index + 1) return `Event ${seq} stands in place ${index + 1}.`;
      if (envelope !== null && sha256(ofHex(head), envelope) !== hash) return `Event ${seq} does not follow those before it.`;
      if (envelope !== null) hashesIn(JSON.parse(envelope), hashes);
      head = hash;
    }
    if (head !== chain.head) return 'The last event is not the head of the chain.';
    // What was agreed for the cap is opened without a log.
    for (const { id, salt, text } of record.opened === 'bundle' ? [] : contents)
      if (hashes.get(id) !== sha256(ofHex(salt), text)) return `A text is not the one that its event names: ${id}.`;
    const { digest, ...rest } = record;
    return digest === sha256(JSON.stringify(rest)) ? '' : 'The file is not the one that its digest was made of.';
  }

  try {
    const record = JSON.parse(data.textContent);
    const wrong = fault(record);
    const opened = record.chain.events.filter(({ envelope }) => envelope !== null).length;
    place.textContent =
      wrong === ''
        ? `Checked in this browser just now: the events follow one another (${opened} of ${record.chain.events.length} opened), and the texts are the ones that they name (${record.contents.length}).`
        : `This record does not hold. ${wrong}`;
    place.className = wrong === '' ? '' : 'error';
  } catch {
    place.textContent = 'This record cannot be read.';
    place.className = 'error';
  }
})();

// SPDX-License-Identifier: Apache-2.0
// `daylight mail parse`: the documented JSON, exit codes, and nothing on the wrong stream.

import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { test } from 'node:test';
import { mail } from '../../src/cli/mail.ts';
import { goldenMails } from './golden.ts';

async function run(args: readonly string[], input = '') {
  const out: string[] = [];
  const err: string[] = [];
  const code = await mail(args, {
    out: (text) => out.push(text),
    err: (line) => err.push(line),
    readFile,
    stdin: async () => Buffer.from(input),
  });
  return { code, out: out.join(''), err: err.join('\n') };
}

const message = (folder: string) => join(goldenMails, folder, 'message.eml');

test('mail parse --json prints the documented shape', async () => {
  const { code, out, err } = await run(['parse', message('02-multipart-with-patch'), '--json']);
  assert.equal(code, 0);
  assert.equal(err, '');
  const json = JSON.parse(out);
  assert.deepEqual(json.from, { name: 'Ada Lovelace', address: 'ada@reporter.example' });
  assert.equal(json.authenticated, null);
  assert.equal(json.authenticatedReason, 'not checked offline');
  assert.equal(json.subject, 'Overflow, with a fix');
  assert.equal(json.date, '2026-03-03T13:00:00.000Z');
  assert.equal(json.messageId, '<two@reporter.example>');
  assert.equal(json.inReplyTo, null);
  assert.deepEqual(json.references, []);
  assert.deepEqual(json.to, [{ name: '', address: 'security@project.example' }]);
  assert.deepEqual(json.cc, []);
  assert.match(json.text, /^The width – and only the width/);
  assert.deepEqual(json.attachments[2], {
    name: 'poc.bin',
    type: 'application/octet-stream',
    size: 10,
    sha256: '1f825aa2f0020ef7cf91dfa30da4668d791c5d4824fc8e41354b89ec05795ab3',
  });
  assert.equal(json.pgp, 'none');
  assert.equal(json.verdict, 'report');
});

test('mail parse reads standard input, and prints a header and the text for people', async () => {
  const { code, out } = await run(['parse', '-'], readFileSync(message('17-reply'), 'latin1'));
  assert.equal(code, 0);
  assert.match(out, /^verdict: {5}reply\nfrom: {8}Ada Lovelace <ada@reporter\.example>\nproven: {6}not checked offline\n/);
  assert.match(out, /\n\n> Which version is it\?\n\nThe release of last week\.\n$/);
});

test('doubts go to the other stream', async () => {
  const { code, out, err } = await run(['parse', message('19-two-authors'), '--json']);
  assert.equal(code, 0);
  assert.equal(JSON.parse(out).from, null);
  assert.match(err, /message\.eml: There is more than one From field\./);
});

test('a terminal is never sent a control character of the mail', async () => {
  const { out } = await run(['parse', message('21-control-characters')]);
  assert.doesNotMatch(out, /[^\P{Cc}\t\n]/u);
});

const wrong: readonly (readonly [readonly string[], RegExp])[] = [
  [[], /needs a verb: parse/],
  [['show', 'x'], /no verb show; did you mean parse\?/],
  [['parse'], /takes one FILE/],
  [['parse', 'a', 'b'], /takes one FILE/],
  [['parse', 'a', '--yaml'], /no option --yaml/],
];

for (const [args, words] of wrong) {
  test(`mail ${args.join(' ')}: usage, exit code 2`, async () => {
    const { code, out, err } = await run(args);
    assert.equal(code, 2);
    assert.equal(out, '');
    assert.match(err, words);
  });
}

test('a file that cannot be read is named in one line, exit code 1', async () => {
  const { code, out, err } = await run(['parse', '/nonexistent/report.eml']);
  assert.deepEqual([code, out, err], [1, '', '/nonexistent/report.eml: cannot be read (ENOENT); expected a mail message']);
});

test('--help shows examples first', async () => {
  const { code, out } = await run(['parse', '--help']);
  assert.equal(code, 0);
  assert.match(out, /^daylight mail parse report\.eml/);
});

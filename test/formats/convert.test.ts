// SPDX-License-Identifier: Apache-2.0
// `daylight convert` as a person meets it: what goes where, what is said, with which exit code.

import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { type ConvertIo, convert } from '../../src/cli/convert.ts';
import { formats } from '../../src/formats/index.ts';
import { builtInPublisher } from '../../src/formats/publisher.ts';

const notice = `<security-notice xmlns="http://security.libvirt.org/xmlns/security-notice/1.0">
  <id>2026-0001</id><summary>A lamp stays on</summary>
  <lifecycle><reported>20260103</reported><published>20260102</published></lifecycle>
  <product name="lamp"><repository>libvirt.git</repository><branch><name>master</name><change state="fixed">abc</change></branch></product>
</security-notice>`;
const other = notice.replace('2026-0001', '2026-0002');
const record = JSON.stringify({
  daylight: 'advisory/1',
  id: 'OSSA-2026-001',
  kind: 'advisory',
  version: 1,
  title: 't',
  products: [],
  dates: {},
});

const branch = { name: 'master', status: 'affected', introducedBy: ['abc'] };
const scored = JSON.stringify({
  daylight: 'advisory/1',
  id: 'LSN-2026-0004',
  kind: 'notice',
  version: 1,
  title: 't',
  products: [{ name: 'lamp', repository: 'libvirt.git', branches: [branch] }],
  severity: [{ by: 'the lamp team', level: 'low' }],
  dates: {},
  policy: 'libvirt-2023',
});

const files: Readonly<Record<string, string>> = {
  'a.xml': notice,
  'b.xml': other,
  'again.xml': notice,
  'two.xml': notice.replace(
    '<lifecycle>',
    '<description>d</description><reference><advisory type="CVE" id="1900-1000"/><advisory type="CVE" id="1900-2000"/></reference><lifecycle>',
  ),
  'broken.xml': '<security-notice',
  'evil.xml': notice.replace('<lifecycle>', '<lifecycle>\u009b2Jstray'),
  'record.json': record,
  'scored.json': scored,
};

async function run(...args: readonly string[]) {
  const said: string[] = [];
  const written = new Map<string, string>();
  let printed = '';
  const io: ConvertIo = {
    out: (text) => {
      printed += text;
    },
    err: (line) => said.push(line),
    readFile: async (path) => {
      const text = files[path];
      if (text === undefined) throw Object.assign(new Error(`ENOENT: ${path}`), { code: 'ENOENT' });
      return new TextEncoder().encode(text);
    },
    writeFile: async (path, bytes) => {
      if (path.startsWith('full/')) throw new Error('no space left');
      written.set(path, new TextDecoder().decode(bytes));
    },
    stdin: async () => new TextEncoder().encode(notice),
    publisherFor: async (policy?: string) => builtInPublisher(policy),
  };
  return { exit: await convert(args, io), printed, said, written };
}

describe('daylight convert', () => {
  test('one file goes to standard output; what is odd goes to standard error', async () => {
    const { exit, printed, said } = await run('--from', 'lsn', '--to', 'text', 'a.xml');
    assert.equal(exit, 0);
    assert.match(printed, /^ {8}Libvirt Security Notice: LSN-2026-0001\n/);
    assert.deepEqual(said, [
      'a.xml: dates.published: published on 2026-01-02, before it was reported on 2026-01-03 [published-before-reported]',
    ]);
  });

  test('every format is reached by its name, and back where it can be read', async () => {
    const json = await run('--from', 'lsn', '--to', 'advisory', 'a.xml');
    assert.equal(JSON.parse(json.printed).id, 'LSN-2026-0001');
    assert.match((await run('--from', 'lsn', '--to', 'html', 'a.xml')).printed, /^<!doctype html>/);
    assert.match((await run('--from', 'lsn', '--to', 'lsn', 'a.xml')).printed, /^<security-notice /);
  });

  test('- is standard input', async () => {
    const { exit, printed } = await run('--from', 'lsn', '--to', 'advisory', '-');
    assert.equal(exit, 0);
    assert.equal(JSON.parse(printed).title, 'A lamp stays on');
  });

  test('several files are written to a folder, called by their ids', async () => {
    const { exit, printed, written } = await run('--from', 'lsn', '--to', 'html', '--out', 'site', 'a.xml', 'b.xml');
    assert.equal(exit, 0);
    assert.equal(printed, '');
    assert.deepEqual([...written.keys()], ['site/LSN-2026-0001.html', 'site/LSN-2026-0002.html']);
  });

  test('nothing is written when some of several cannot be converted, and each of them is named', async () => {
    const { exit, said, written } = await run('--from', 'lsn', '--to', 'html', '--out', 'site', 'broken.xml', 'a.xml', 'absent.xml');
    assert.equal(exit, 3);
    assert.equal(written.size, 0);
    const [broken = '', absent = '', all = ''] = said.slice(-3);
    assert.match(broken, /^daylight convert: broken\.xml: line 1, column \d+: .+ \[malformed\]$/);
    assert.match(absent, /^daylight convert: absent\.xml: no such file$/);
    assert.match(all, /^daylight convert: 2 of 3 files cannot be converted, and nothing was written$/);
  });

  test('nothing is written when two files have one id', async () => {
    const { exit, said, written } = await run('--from', 'lsn', '--to', 'html', '--out', 'site', 'a.xml', 'again.xml');
    assert.equal(exit, 1);
    assert.equal(written.size, 0);
    assert.match(said.at(-1) ?? '', /again\.xml: id: LSN-2026-0001 is also the id in a\.xml$/);
  });

  test('what cannot be said honestly is refused by name', async () => {
    const { exit, printed, said } = await run('--from', 'advisory', '--to', 'lsn', 'record.json');
    assert.equal(exit, 1);
    assert.equal(printed, '');
    assert.deepEqual(said, ['daylight convert: record.json: id: a libvirt notice is numbered LSN-YYYY-NNNN, not OSSA-2026-001 [number]']);
  });

  test('F8 a file without a CVE id is refused as a CVE record, and of several numbers one is chosen', async () => {
    const none = await run('--from', 'lsn', '--to', 'cve', 'a.xml');
    assert.equal(none.exit, 1);
    assert.match(none.said.at(-1) ?? '', /a\.xml: cves: .* this advisory has none \[no-number\]$/);
    const several = await run('--from', 'lsn', '--to', 'cve', 'two.xml');
    assert.match(several.said.at(-1) ?? '', /choose one of CVE-1900-1000, CVE-1900-2000 \[several-numbers\]$/);
    const one = await run('--from', 'lsn', '--to', 'cve', '--cve', 'CVE-1900-2000', 'two.xml');
    assert.equal(one.exit, 0);
    assert.equal(JSON.parse(one.printed).cveMetadata.cveId, 'CVE-1900-2000');
    const other = await run('--from', 'lsn', '--to', 'cve', '--cve', 'CVE-1900-3000', 'two.xml');
    assert.match(other.said.at(-1) ?? '', /\[not-its-number\]$/);
  });

  test('loss is said by name', async () => {
    const { exit, said } = await run('--from', 'advisory', '--to', 'lsn', 'scored.json');
    assert.equal(exit, 0);
    assert.deepEqual(said, [
      'scored.json: lost: severity: a libvirt notice has no place for it',
      'scored.json: lost: policy: a libvirt notice has no place for it',
    ]);
  });

  test('the policy that a record names fills in what it does not say, unless another is asked for', async () => {
    const named = await run('--from', 'advisory', '--to', 'html', 'scored.json');
    assert.ok(named.printed.includes('href="https://gitlab.com/libvirt/libvirt"'));
    const unnamed = await run('--from', 'advisory', '--to', 'html', 'record.json');
    assert.doesNotMatch(unnamed.printed, /libvirt/);
    const asked = await run('--from', 'advisory', '--to', 'text', '--policy', 'libvirt-2012', 'record.json');
    assert.match(asked.printed, /Libvirt Security Notice: OSSA-2026-001/);
  });

  test('what is odd in a document is told with its place and its rule', async () => {
    const { said } = await run('--from', 'lsn', '--to', 'text', 'evil.xml');
    assert.equal(said[0], 'evil.xml: lifecycle, line 3: text between the elements is not read: [U+009B]2Jstray [stray-text]');
  });

  test('words of a document cannot command the terminal, neither out nor err', async () => {
    const { printed, said } = await run('--from', 'lsn', '--to', 'text', 'evil.xml');
    assert.doesNotMatch(printed + said.join(''), /[\u0000-\u0009\u000b-\u001f\u007f-\u009f]/);
  });

  test('a file that is not there is told as exit code 3', async () => {
    const { exit, said } = await run('--from', 'lsn', '--to', 'text', 'none.xml');
    assert.equal(exit, 3);
    assert.deepEqual(said, ['daylight convert: none.xml: no such file']);
  });

  test('a file that cannot be written is told as exit code 1', async () => {
    const { exit, said } = await run('--from', 'lsn', '--to', 'text', '--out', 'full', 'a.xml');
    assert.equal(exit, 1);
    assert.equal(said.at(-1), 'daylight convert: full/LSN-2026-0001.txt: not written: no space left');
  });

  for (const [name, args, expected] of [
    ['no arguments', [], /--from: expected one of lsn, .*advisory.*, not nothing/],
    ['a source that cannot be read', ['--from', 'html', '--to', 'text', 'a.xml'], /--from: expected one of lsn, .*advisory.*, not html/],
    [
      'a target that nobody knows',
      ['--from', 'lsn', '--to', 'pdf', 'a.xml'],
      /--to: expected one of text, html, lsn, .*advisory.*, not pdf/,
    ],
    ['a name that every object has', ['--from', 'constructor', '--to', 'text', 'a.xml'], /--from: expected one of/],
    ['no file', ['--from', 'lsn', '--to', 'text'], /expected a FILE, or - for standard input/],
    ['several files without folder', ['--from', 'lsn', '--to', 'text', 'a.xml', 'b.xml'], /several files: expected --out DIR/],
    ['standard input twice', ['--from', 'lsn', '--to', 'text', '--out', 'd', '-', '-'], /standard input can be read only once/],
    ['a number that is none', ['--from', 'lsn', '--to', 'cve', '--cve', '2026-1', 'a.xml'], /--cve: expected a CVE id/],
    ['an option that nobody knows', ['--form', 'lsn'], /--form/],
    ['a policy that nobody knows', ['--from', 'lsn', '--to', 'text', '--policy', 'none', 'a.xml'], /--policy: no policy is called none/],
  ] as const) {
    test(`usage: ${name} is one line and exit code 2`, async () => {
      const { exit, said, printed } = await run(...args);
      assert.equal(exit, 2);
      assert.equal(printed, '');
      assert.equal(said.length, 1);
      assert.match(said[0] ?? '', expected);
      assert.doesNotMatch(said[0] ?? '', /\n/);
    });
  }

  test('help shows examples first and every format of the table', async () => {
    const { exit, printed } = await run('--help');
    assert.equal(exit, 0);
    assert.match(printed, /^Examples\n/);
    for (const [name, { label }] of Object.entries(formats))
      assert.match(printed, new RegExp(`^  ${name} +${label.replaceAll(/[()]/g, '\\$&')}`, 'm'));
  });
});

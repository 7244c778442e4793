// SPDX-License-Identifier: Apache-2.0
// Patches that come with a report: tried on the project's own repository, and what was found is shown to the reporter and to the team.

import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type TestContext, test } from 'node:test';
import { ownPage } from '../support/own-page.ts';
import { type Town, town } from '../support/town.ts';

const members = { mei: ['maintainer'], jon: ['maintainer'] };
const fields = {
  description: 'A crafted descriptor moves the index past the end.',
  version: 'v10.2.0',
  command_line: 'qemu-system-x86_64 -M q35',
  steps: 'Kick the queue.',
  found_with: 'manual',
  findings_checked: 'yes',
};

/** A repository of one file, and the patch that mends it, made by git itself. */
function repository(t: TestContext): { readonly folder: string; readonly good: string } {
  const folder = mkdtempSync(join(tmpdir(), 'daylight-repository-'));
  t.after(() => rmSync(folder, { recursive: true, force: true }));
  const git = (...words: string[]) =>
    execFileSync('git', ['-C', folder, '-c', 'user.name=Rita', '-c', 'user.email=rita@reporters.example', ...words], {
      encoding: 'utf8',
      stdio: ['ignore', 'pipe', 'ignore'],
    });
  git('init', '--initial-branch=master');
  writeFileSync(join(folder, 'ring.c'), 'one\ntwo\nthree\n');
  git('add', 'ring.c');
  git('commit', '--message=Begin');
  writeFileSync(join(folder, 'ring.c'), 'one\n2\nthree\n');
  git('commit', '--all', '--signoff', '--message=Bound the index');
  const good = git('format-patch', '--stdout', '-1');
  git('reset', '--hard', 'HEAD^');
  return { folder, good };
}

async function report(here: Town, patch: string) {
  const files = [{ name: 'fix.patch', purpose: 'patch', base64: Buffer.from(patch).toString('base64') }];
  const sent = await here.call('/api/v1/qemu/reports', { body: { title: 'The ring', fields, consent: true, files } });
  assert.equal(sent.status, 201, JSON.stringify(sent.body));
  const mine = async () => (await here.call('/api/v1/qemu/my-report', { token: sent.body.key })).body;
  await here.until('the patch was checked', async () => (await mine()).patches.length === 1);
  const page = async (path: string, Cookie: string) => (await fetch(here.base + path, { headers: { Cookie } })).text();
  const own = await ownPage('qemu', sent.body.key, async (path, init) => {
    const { status, headers } = await fetch(here.base + path, init);
    return { status, cookie: headers.get('set-cookie') };
  });
  return { id: (await mine()).case as string, check: (await mine()).patches[0], page, own: () => page(own.path, own.cookie) };
}

test('QEMU-26 a patch sent with the report: a good and a broken one, the result shown to the reporter and to the maintainer', async (t) => {
  const { folder, good } = repository(t);
  const here = await town(t, [{ project: 'qemu', policy: 'qemu-2026', members, repository: folder }]);
  const cookie = `daylight-qemu=${await here.signIn('qemu', 'mei')}`;
  const broken = good.replace('-two', '-zwei').replace(/^Signed-off-by: .*\n/m, '');
  const first = await report(here, good);
  assert.deepEqual([first.check.applies, first.check.commits[0]?.signedOff], ['yes', true]);
  const second = await report(here, broken);
  assert.deepEqual([second.check.applies, second.check.commits[0]?.signedOff], ['no', false]);
  for (const text of [await first.own(), await first.page(`/qemu/cases/${first.id}`, cookie)]) {
    assert.match(text, /Applies to /);
    assert.match(text, /Signed off\./);
  }
  for (const text of [await second.own(), await second.page(`/qemu/cases/${second.id}`, cookie)]) {
    assert.match(text, /Does not apply to /);
    assert.match(text, /Signed-off-by is missing\./);
  }
});

test('QEMU-26 without a repository it is said plainly that the patch was not tried', async (t) => {
  const { good } = repository(t);
  const here = await town(t, [{ project: 'qemu', policy: 'qemu-2026', members }]);
  const sent = await report(here, good);
  assert.equal(sent.check.applies, 'not_checked');
  assert.match(await sent.own(), /Not tried on .*, of which there is no copy here/);
});

test('QEMU-26 what a patch says to git stays on this machine: a path outside, a hook, an option', async (t) => {
  const { folder, good } = repository(t);
  const here = await town(t, [{ project: 'qemu', policy: 'qemu-2026', members, repository: folder }]);
  for (const hostile of [good.replaceAll('ring.c', '../../outside.c'), good.replaceAll('ring.c', '.git/hooks/post-applypatch'), '--help\n'])
    assert.equal((await report(here, hostile)).check.applies, 'no');
  assert.equal(execFileSync('git', ['-C', folder, 'status', '--porcelain'], { encoding: 'utf8' }), '', 'nothing was written');
});

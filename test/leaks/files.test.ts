// SPDX-License-Identifier: Apache-2.0
// Files of a private case are behind their case and nothing else: no address, no token in an address and no link of another report opens one.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { readAttachment } from '../../src/app/read.ts';
import type { AttachmentId, CaseId, PersonId, ProjectId, Role } from '../../src/core/model/identifiers.ts';
import { download } from '../../src/http/headers.ts';
import { minimalAnd } from '../support/policies.ts';
import type { Sent } from './secret.ts';
import { sendReport, stepsOf } from './secret.ts';
import type { Village } from './village.ts';
import { village } from './village.ts';

const policy = minimalAnd('publication: { scope: full_record, reports: every_report, proof_of_concept: with_record }');
const say = (field: string, kind?: string) => (kind === 'address' ? 'rita@reporters.example' : `said: ${field}`);

async function filesOf(here: Village, sent: Sent): Promise<readonly string[]> {
  const { json } = await here.call(`/api/v1/alpha/cases/${sent.case}`, { token: await here.signIn('alpha', 'anna') });
  return json.attachments.map((one: { id: string }) => one.id);
}

/** Status and body, without the ids that were asked for. */
async function answer(here: Village, path: string, ids: readonly string[], headers: Record<string, string> = {}) {
  const { status, body } = await here.request(path, { headers });
  return [status, ids.reduce((text, id) => text.replaceAll(id, 'ID'), body.toString())];
}

test('QEMU-34 QEMU-M2 P12 a file of a private case is answered to nobody outside like one that never was, whatever the address says', async (t) => {
  const here = await village(
    (done) => t.after(done),
    [{ project: 'alpha', policy, members: { anna: ['team'], viktor: ['team'], cleo: [] } }],
  );
  const [mine, theirs] = [
    await sendReport(here, 'alpha', 'openstack-vmt', say),
    await sendReport(here, 'alpha', 'openstack-vmt', (field, kind) =>
      kind === 'address' ? 'sam@reporters.example' : `sam said: ${field}`,
    ),
  ];
  await here.settle();
  const files = await filesOf(here, mine);
  assert.ok(files.length >= 3);
  const never = 'zz000000000000000000000000';
  const session = await here.signIn('alpha', 'anna');
  const outsider = await here.signIn('alpha', 'cleo');
  const places = (id: string, file: string) => [
    `/api/v1/alpha/cases/${id}/attachments/${file}`,
    `/alpha/cases/${id}/attachments/${file}`,
    `/alpha/my-report/attachments/${file}`,
    `/api/v1/alpha/cases/${theirs.case}/attachments/${file}`,
  ];
  for (const file of files)
    for (const [index, path] of places(mine.case, file).entries()) {
      const ids = [mine.case, theirs.case, file, never];
      const none = await answer(here, places(never, never)[index] ?? '', ids);
      for (const query of ['', `?token=${session}`, `?access_token=${session}`, `?link=${mine.token}`]) {
        const got = await answer(here, path + query, ids);
        assert.notEqual(got[0], 200, path + query);
        if (query === '') assert.deepEqual(got, none, `${path} tells no more than one that never was`);
      }
      const member = await answer(here, path, ids, { Authorization: `Bearer ${outsider}` });
      assert.notEqual(member[0], 200, `${path} to a member without a right`);
    }
  for (const file of files) assert.match(file, /^[0-9a-hjkmnp-tv-z]{26}$/, 'an id of 128 random bits, which alone opens nothing');
  const [first = ''] = files;
  const own = `/api/v1/alpha/cases/${mine.case}/attachments/${first}`;
  assert.equal((await here.call(own, { token: session })).status, 200, 'those inside have it');

  const { maybe, anna } = stepsOf(here, 'alpha', mine);
  await maybe('anna', 'release-report');
  await anna('take-up-case');
  await maybe('anna', 'decide-eligibility', { verdict: 'in', reason: 'In scope.' });
  await anna('dismiss-flaw', { reason: 'Not exploitable.' });
  const open = await Promise.all(
    files.map(async (file) => (await here.request(`/api/v1/alpha/cases/${mine.case}/attachments/${file}`)).status),
  );
  assert.ok(open.includes(200), 'with its case it opens, without a session');
  assert.ok(open.includes(404), 'and a picture as it was sent does not');
});

const hostileFiles: readonly (readonly [string, string])[] = [
  ['logo.svg', '<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"/>'],
  ['page.html', '<script>alert(1)</script>'],
  ['page.xhtml', '<html xmlns="http://www.w3.org/1999/xhtml"><script>alert(1)</script></html>'],
  ['a"; filename=evil.html; é<script>.html', '%PDF-1.7 /OpenAction /JS (app.alert(1))'],
  ['../../daylight.js', 'alert(1)'],
  ['mhtml.mht', 'MIME-Version: 1.0\r\nContent-Type: multipart/related\r\n\r\n<script>alert(1)</script>'],
];

test('L-55 whatever a file is and is called, every door gives it to be saved, without a type, in a sandbox, never sniffed and never kept', async (t) => {
  const here = await village((done) => t.after(done), [{ project: 'alpha', policy, members: { anna: ['team'] } }]);
  const files = hostileFiles.map(([name, text]) => ({ name, purpose: 'evidence', base64: Buffer.from(text).toString('base64') }));
  const fields = { description: 'Files.' };
  const sent = await here.call('/api/v1/alpha/reports', { body: { title: 'Files', fields, consent: true, files } });
  assert.equal(sent.status, 201, sent.body.toString());
  const session = await here.signIn('alpha', 'anna');
  const view = await here.call(`/api/v1/alpha/cases/${sent.json.case}`, { token: session });
  const ids: readonly string[] = view.json.attachments.map(({ id }: { id: string }) => id);
  assert.equal(ids.length, hostileFiles.length);
  const own = await here.own('alpha', sent.json.key);
  const ways = (id: string): readonly (readonly [string, Record<string, string>])[] => [
    [`/api/v1/alpha/cases/${sent.json.case}/attachments/${id}`, { Authorization: `Bearer ${session}` }],
    [`/alpha/cases/${sent.json.case}/attachments/${id}`, { Cookie: `__Host-daylight-alpha=${session}` }],
    [`${own.path}/attachments/${id}`, { Cookie: own.cookie }],
  ];
  const given = new Set<string>();
  for (const [path, headers] of ids.flatMap(ways)) {
    const { status, headers: told, body } = await here.request(path, { headers: { ...headers, Accept: 'text/html, image/svg+xml' } });
    assert.equal(status, 200, path);
    given.add(body.toString());
    assert.equal(told['content-type'], 'application/octet-stream', path);
    assert.match(told['content-disposition'] ?? '', /^attachment; filename="[\w.-]+"; filename\*=UTF-8''[\w.%~!*-]+$/, path);
    assert.match(told['content-security-policy'] ?? '', /^sandbox; default-src 'none'$/, path);
    assert.deepEqual([told['x-content-type-options'], told['cache-control'], told['set-cookie']], ['nosniff', 'no-store', undefined], path);
  }
  assert.deepEqual([...given].toSorted(), hostileFiles.map(([, text]) => text).toSorted(), 'to the byte');
});

test('L-33 L-56 a long file goes out piece by piece, its read is on record before the first piece, and who goes away leaves nothing open', async (t) => {
  const here = await village((done) => t.after(done), [{ project: 'alpha', policy, members: { anna: ['team'] } }]);
  const bytes = Buffer.alloc(2_500_000, 'long ');
  const files = [{ name: 'long.bin', purpose: 'evidence', base64: bytes.toString('base64') }];
  const sent = await here.call('/api/v1/alpha/reports', {
    body: { title: 'Long', fields: { description: 'A file.' }, consent: true, files },
  });
  assert.equal(sent.status, 201, sent.body.toString());
  const token = await here.signIn('alpha', 'anna');
  const [{ id: file }] = (await here.call(`/api/v1/alpha/cases/${sent.json.case}`, { token })).json.attachments;
  const anna = {
    kind: 'person',
    project: 'alpha' as ProjectId,
    person: 'anna' as PersonId,
    roles: ['team' as Role],
    proof: { by: 'nothing' },
  } as const;
  const id = sent.json.case as CaseId;
  const recorded = async () => {
    const rows = await here.world.store.as({ kind: 'process', project: anna.project }, ({ audit }) => audit.readsOf(id, 1000));
    return rows.filter(({ what }) => what === `attachment:${file}`).length;
  };
  // More than there are connections: a download that held one would keep the next from its own.
  for (let left = 1; left <= 12; left++) {
    const found = await readAttachment(here.world, anna, id, file as AttachmentId);
    assert.equal(await recorded(), left, 'before anything was read');
    const body = found && download({ name: 'long.bin', bytes: found.info.ref.bytes }, found.bytes).body?.getReader();
    assert.ok(((await body?.read())?.value?.length ?? 0) < bytes.length, 'a piece is not the whole');
    await body?.cancel();
  }
  const headers = { Authorization: `Bearer ${token}`, Range: 'bytes=0-9' };
  const whole = await here.request(`/api/v1/alpha/cases/${id}/attachments/${file}`, { headers });
  assert.deepEqual([whole.status, whole.headers['content-length']], [200, String(bytes.length)], 'a part is not given');
  assert.ok(whole.body.equals(bytes));
});

test('L-56 of a download no more is asked for than was taken, and the asking ends with whoever asked', async () => {
  let given = 0;
  let ended = false;
  async function* pieces() {
    try {
      for (;;) yield new Uint8Array([given++]);
    } finally {
      ended = true;
    }
  }
  const reader = download({ name: 'endless', bytes: 1000 }, pieces()).body?.getReader();
  assert.equal(given, 0, 'nothing before the first is wanted');
  await reader?.read();
  await reader?.read();
  assert.deepEqual([given, ended], [2, false]);
  await reader?.cancel();
  assert.ok(ended);
});

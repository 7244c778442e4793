// SPDX-License-Identifier: Apache-2.0
// A queue longer than a page, through the doors: a true count, the way on, and a page that is empty by now.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { receiveReport } from '../../src/app/intake.ts';
import { pageLength } from '../../src/app/read-queue.ts';
import type { ProjectId } from '../../src/core/model/identifiers.ts';
import { isRefusal } from '../../src/core/model/refusal.ts';
import { type Town, town } from '../support/town.ts';

const more = 7;

async function flood(here: Town): Promise<void> {
  for (let sent = 0; sent < pageLength + more; sent += 1) {
    const received = await receiveReport(here.world, {
      project: 'small' as ProjectId,
      channel: 'web',
      mailbox: null,
      proof: { by: 'nothing' },
      member: false,
      key: `key-${sent}-aaaaaaaaaaaaaaaaaaaaaaaa`,
      title: `Flaw ${sent}`,
      fields: { description: `The ${sent}th.` },
      files: sent === 50 ? [{ name: 'fix.patch', mediaType: 'text/plain', purpose: 'patch', bytes: new TextEncoder().encode('diff') }] : [],
      name: null,
      address: null,
      sensitive: 'yes',
      origin: 'manual',
      deadline: null,
      consented: true,
    });
    assert.ok(!isRefusal(received));
  }
}

test('QEMU-1 QEMU-26 a queue beyond one page: counted, turned page by page by web and API, patches first where asked', async (t) => {
  const here = await town(t, [{ project: 'small', policy: 'minimal', members: { mei: ['team'] } }]);
  await flood(here);
  const token = await here.signIn('small', 'mei');
  const list = async (query: string) => (await here.call(`/api/v1/small/cases${query}`, { token })).body;
  const first = await list('');
  assert.deepEqual([first.rows.length, first.total, typeof first.next], [pageLength, pageLength + more, 'string']);
  const second = await list(`?after=${encodeURIComponent(first.next)}`);
  assert.deepEqual([second.rows.length, second.total, second.next], [more, pageLength + more, null]);
  const seen = new Set([...first.rows, ...second.rows].map((row: { case: string }) => row.case));
  assert.equal(seen.size, pageLength + more, 'each case once');
  assert.ok((await list('?order=patches')).rows[0].state.reporters[0].attachments.length === 1);
  assert.equal((await list('?after=nonsense')).rows.length, pageLength, 'what is no place begins at the top');

  const page = async (query: string) =>
    (await fetch(`${here.base}/small/queue${query}`, { headers: { Cookie: `daylight-small=${token}` } })).text();
  const top = await page('?order=patches');
  assert.match(top, new RegExp(`${pageLength + more} cases are open`));
  const next = /href="[^"]*(\?order=patches&amp;after=[^"]+)"[^>]*>\s*Next page/.exec(top)?.[1] ?? '';
  assert.notEqual(next, '', 'the way on keeps the order');
  const bottom = await page(next.replaceAll('&amp;', '&'));
  assert.match(bottom, /This is the last page/);
  const empty = await page(`?after=${encodeURIComponent('n~-~2099-01-01T00:00:00.000Z~z')}`);
  assert.match(empty, /Nothing stands here any more/);
  assert.match(empty, new RegExp(`${pageLength + more} cases are open`));

  const named = second.rows[0].codename;
  const marked = await here.call(`/api/v1/small/cases/${first.rows[0].case}/mark-duplicate`, {
    token,
    body: { of: second.rows[0].case, independent: 'yes' },
  });
  assert.equal(marked.status, 200, `a case of a later page can be named: ${named} ${JSON.stringify(marked.body)}`);
});

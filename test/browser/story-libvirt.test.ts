// SPDX-License-Identifier: Apache-2.0
// A mail to libvirt, walked in real browsers to the announcement at the hour, under the policy of 2023, and checked by programs that nobody here wrote.

import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import type { Browser, Page } from 'playwright-core';
import PostalMime from 'postal-mime';
import { until } from '../support/calls.ts';
import { type Demo, demoProcess } from '../support/demo-process.ts';
import { launched, noBrowser } from './chromium.ts';
import { announcements, patch, stateOf } from './support-case.ts';
import { look } from './support-look.ts';
import { fill, send, signedIn, take, visitor } from './support-people.ts';
import { type Step, stepsOf } from './support-steps.ts';
import { ask, routes, saying, siteFiles } from './support-stranger.ts';
import { keyRing, missing, swaks, xmllint } from './support-tools.ts';

const skip = noBrowser || missing('swaks', 'gpg', 'xmllint');

const report = {
  from: 'Ada Finder <ada@finders.example>',
  to: 'security@lists.libvirt.org',
  subject: 'Zebrafish: storage driver follows a symbolic link',
  body: 'The zebrafish directory of a storage pool is opened again after its check. Seen with v9.9.0.',
};
const cve = 'CVE-1900-30303';

interface Story {
  readonly demo: Demo;
  readonly browser: Browser;
  readonly mo: Page;
  readonly anna: Page;
  readonly jon: Page;
  readonly viktor: Page;
  readonly stranger: Page;
  /** What becomes known on the way. */
  readonly known: { path: string; id: string; codename: string; number: string; hour: string; ahead: number; pageAt: number };
}

test('a mail to libvirt becomes an announced advisory', { skip, timeout: 300_000 }, async (t) => {
  const demo = await demoProcess({ after: (done) => after(done) });
  const browser = await launched();
  t.after(() => browser.close());
  const [mo, anna, jon, viktor] = await Promise.all([
    signedIn(browser, demo.base, 'mo'),
    signedIn(browser, demo.base, 'anna'),
    signedIn(browser, demo.base, 'jon'),
    signedIn(browser, demo.base, 'viktor'),
  ]);
  const known = { path: '', id: '', codename: '', number: '', hour: '', ahead: 0, pageAt: 0 };
  const story: Story = { demo, browser, mo, anna, jon, viktor, stranger: await visitor(browser), known };
  const step = stepsOf(t);
  await arrives(step, story);
  await isConfirmed(step, story);
  await isFixed(step, story);
  await isWritten(step, story);
  await isArmed(step, story);
  await staysPrivate(step, story);
  await isPublished(step, story);
});

async function arrives(step: Step, { demo, mo, anna, viktor, stranger, known }: Story): Promise<void> {
  await step('LIBVIRT-4 LIBVIRT-5 LIBVIRT-10 a mail is in the queue of the moderators within a second of its 250', async (t) => {
    await look(anna, 'queue-without-it');
    const began = Date.now();
    assert.match(await swaks({ port: demo.smtpPort, ...report }), /<-\s+250 2\.6\.0/);
    const taken = Date.now();
    await until('the report in the queue', async () => {
      await mo.reload();
      return (await mo.getByText(report.subject).count()) > 0;
    });
    const seen = Date.now();
    t.diagnostic(`from the end of swaks to the queue in the browser: ${seen - taken} ms; from its start: ${seen - began} ms`);
    assert.ok(seen - taken < 1000, `${seen - taken} ms`);
    await look(mo, 'queue-held');
    await mo.getByRole('link', { name: /^Open / }).click();
    known.path = new URL(mo.url()).pathname;
    known.id = known.path.split('/').at(-1) ?? '';
    known.codename = (await mo.locator('h1').textContent()) ?? '';
    await look(mo, 'case-held');
  });
  await step('LIBVIRT-10 nobody but a moderator sees a held report', async () => {
    for (const page of [anna, viktor, stranger]) assert.equal((await page.goto(demo.base + known.path))?.status(), 404);
    await look(anna, 'not-found');
  });
  await step('LIBVIRT-12 a moderator lets it through, and the team sees it', async () => {
    await take(mo, 'Let the report through');
    assert.match(mo.url(), /\/libvirt\/queue\?/, 'the case is not the moderator’s any more');
    await look(mo, 'queue-of-the-moderator');
    await anna.goto(`${demo.base}/libvirt/queue`);
    await look(anna, 'queue');
    await anna.getByRole('link', { name: `Open ${known.codename}` }).click();
    await look(anna, 'case-received');
    const subjects = [
      ['ada@finders.example', /^Subject: .*arrived/m],
      ['@members.example', /^Subject: .*You own this case now/m],
    ] as const;
    await until('the mail to the reporter, and to the owner in the team', () =>
      subjects.every(([address, subject]) =>
        demo.sunk().some(({ to, raw }) => to.join().includes(address) && raw.includes(`[${known.codename}]`) && subject.test(raw)),
      ),
    );
  });
}

async function isConfirmed(step: Step, { demo, browser, anna, viktor, known }: Story): Promise<void> {
  await step('a case is taken up with scripts turned off', async () => {
    const page = await signedIn(browser, demo.base, 'anna', { javaScriptEnabled: false });
    await page.goto(demo.base + known.path);
    await page.locator('.next').getByRole('button', { name: 'Take up the case as its owner' }).click();
    assert.match((await page.locator('.notice').first().textContent()) ?? '', /Done: Take up the case as its owner/);
    await page.context().close();
  });
  await step('two people at once: the second is told what changed and loses no word', async () => {
    await viktor.goto(demo.base + known.path);
    await anna.goto(demo.base + known.path);
    await anna.getByLabel('Internal note').fill('I look at the storage driver.');
    await anna.getByRole('button', { name: /^Keep note/ }).click();
    await take(anna, 'Record the severity', { low: true });
    await send(viktor, 'Record the severity', { high: true, Vector: 'CVSS:3.1/AV:L/AC:L/PR:L/UI:N/S:C/C:H/I:N/A:N' });
    const told = (await viktor.locator('main').textContent()) ?? '';
    assert.match(told, /CVSS:3\.1\/AV:L/);
    assert.match(told, /Severity: low/);
    await look(viktor, 'conflict');
  });
  await step('LIBVIRT-22 LIBVIRT-30 a flaw is confirmed with its severity, and an embargo with an hour begins', async () => {
    await anna.goto(demo.base + known.path);
    const confirmation = { 'Why this is a flaw': 'Seen in the code.', 'Summary for the hard cap': 'A pool follows links.' };
    await send(anna, 'Confirm the flaw', { 'Summary for the hard cap': 'A pool follows links.' });
    assert.match((await anna.getByRole('alert').textContent()) ?? '', /to mend/);
    await look(anna, 'case-mend');
    await send(anna, 'Confirm the flaw', { moderate: true, ...confirmation });
    const { embargo } = await stateOf(demo, known.id);
    known.hour = embargo.until;
    const words = `${known.hour.slice(0, 10)} ${known.hour.slice(11, 16)} UTC`;
    assert.match((await anna.locator('.band').textContent()) ?? '', new RegExp(words), 'L-73 day, hour and zone');
    await look(anna, 'case-confirmed');
    await viktor.goto(demo.base + known.path);
    await take(viktor, 'Agree to what opens at the cap');
  });
  await step('LIBVIRT-36 the vendor records the number', async () => {
    await take(viktor, 'Record the CVE number', { 'CVE number': cve });
  });
}

async function isFixed(step: Step, { anna, jon, demo, known }: Story): Promise<void> {
  await step('a patch on master is uploaded by one and approved by another', async () => {
    await anna.goto(demo.base + known.path);
    await send(anna, 'Add a patch', { Patch: { file: 'pool.patch', text: 'Subject: [PATCH] Look again' } });
    await look(anna, 'refusal');
    await anna.goto(demo.base + known.path);
    await take(anna, 'Add a patch', { Patch: { file: 'pool.patch', text: patch } });
    await send(anna, 'Approve the patch');
    assert.match((await anna.locator('main').textContent()) ?? '', /Whoever wrote the patch cannot approve it/);
    await jon.goto(demo.base + known.path);
    await take(jon, 'Approve the patch');
  });
}

async function isWritten(step: Step, { anna, viktor, browser, demo, known }: Story): Promise<void> {
  await step('VMT-34 metrics make a vector and a score after a pause, and without scripts a vector chooses the metrics', async () => {
    const at = `${demo.base}${known.path}/severity`;
    await anna.goto(at);
    const chosen = { AV: 'L', AC: 'L', PR: 'L', UI: 'N', S: 'U', C: 'H', I: 'N', A: 'N' };
    for (const [metric, value] of Object.entries(chosen)) await anna.locator(`#metric-${metric}`).selectOption(value);
    await anna.locator('[data-score]').filter({ hasText: '5.5 medium' }).waitFor();
    await look(anna, 'severity');
    const page = await signedIn(browser, demo.base, 'anna', { javaScriptEnabled: false });
    await page.goto(at);
    await page.getByLabel('Vector', { exact: true }).fill('CVSS:3.1/AV:P/AC:H/PR:H/UI:R/S:U/C:L/I:N/A:N');
    await page.getByLabel('Weakness 1').fill('Out-of-bounds Write');
    await page.getByRole('button', { name: 'Fill in from the vector' }).click();
    assert.equal(await page.locator('#metric-AV').inputValue(), 'P');
    assert.match((await page.locator('main').textContent()) ?? '', /1\.6 low[\s\S]*CWE-787 Out-of-bounds Write/);
    await page.locator('#metric-AV').selectOption('N');
    await page.getByLabel('low', { exact: true }).check();
    await page.getByRole('button', { name: 'Record the severity' }).click();
    assert.match((await page.getByRole('alert').textContent()) ?? '', /The metrics and the vector say different things/);
    await page.context().close();
  });
  await step('without scripts a preview shows every document, and keeps what was typed and nothing else', async () => {
    const page = await signedIn(browser, demo.base, 'anna', { javaScriptEnabled: false });
    await page.goto(`${demo.base}${known.path}/advisory`);
    await page.getByLabel('Title', { exact: true }).fill('A pool leads outside');
    await page.getByRole('button', { name: 'Preview', exact: true }).click();
    assert.equal(await page.getByLabel('Title', { exact: true }).inputValue(), 'A pool leads outside');
    assert.match((await page.locator('[data-document="text"]').textContent()) ?? '', /A pool leads outside/);
    assert.match((await page.locator('[data-document="lsn"]').textContent()) ?? '', /not made.*one product, not 0/);
    assert.match((await page.locator('#findings').textContent()) ?? '', /Not published · Affected versions/);
    assert.equal((await stateOf(demo, known.id)).advisory.draft, 0);
    await page.context().close();
  });
  await step('LIBVIRT-16 the advisory is written in the editor and approved by another', async () => {
    await anna.goto(`${demo.base}${known.path}/advisory`);
    await look(anna, 'editor-empty');
    await fill(anna, {
      Title: 'Zebrafish: a storage pool can be led outside its directory',
      Summary: 'A symbolic link leads a storage pool to files of the host.',
      'What went wrong': 'The directory is opened a second time after it was checked.',
      Impact: 'Whoever may write in a pool reads files of the host.',
      'Nothing helps without the fix': true,
      Product: 'libvirt',
      Repository: 'libvirt.git',
      'Branch, row 1': 'master',
      'Fixed by, row 1': 'b'.repeat(40),
      'Affected tags, row 1': 'v9.8.0 v9.9.0',
      'Fixed tags, row 1': 'v9.10.0',
    });
    await anna.getByLabel('Status, row 1').selectOption('fixed');
    const text = anna.locator('[data-document="text"] pre').filter({ hasText: 'Zebrafish: a storage pool' });
    await text.filter({ hasText: 'v9.10.0' }).waitFor();
    assert.equal((await stateOf(demo, known.id)).advisory.draft, 0, 'a preview after a pause keeps nothing');
    await look(anna, 'editor-live');
    await anna.getByRole('button', { name: /^Save version/ }).click();
    await look(anna, 'editor-saved');
    assert.match((await anna.locator('#previews').textContent()) ?? '', new RegExp(cve));
    await anna.getByRole('button', { name: 'Ask for review' }).click();
    await viktor.goto(`${demo.base}${known.path}/advisory`);
    assert.match((await viktor.locator('#advisory-impact-beside').textContent()) ?? '', /anna, version 1,/, 'VMT-12 who wrote what');
    await look(viktor, 'editor-review');
    await viktor.getByRole('button', { name: 'Approve the advisory' }).click();
    known.number = (await stateOf(demo, known.id)).advisory.number;
  });
}

async function isArmed(step: Step, { anna, jon, browser, demo, known }: Story): Promise<void> {
  await step('the reporter opens the link of the mail and decides the credit', async () => {
    const mail = demo.sunk().find(({ to, raw }) => to.includes('ada@finders.example') && raw.includes(`[${known.codename}]`));
    const link = /http:\/\/\S+\/return\/[0-9a-z]+/.exec((await PostalMime.parse(mail?.raw ?? '')).text ?? '')?.[0] ?? '';
    const reporter = await visitor(browser);
    await reporter.goto(link);
    await look(reporter, 'come-back');
    await reporter.getByRole('button', { name: 'Open my report' }).click();
    await look(reporter, 'my-report');
    await take(reporter, 'Decide the credit', { 'By name': true, 'Name as printed': 'Ada Finder' });
    await reporter.context().close();
  });
  await step('two people say go, and the documents are signed and kept', async () => {
    await anna.goto(demo.base + known.path);
    await take(anna, 'Say go');
    await jon.goto(demo.base + known.path);
    await take(jon, 'Say go');
    await until('the signed documents', async () => (await stateOf(demo, known.id)).disclosure.prepared !== null);
    await jon.goto(demo.base + known.path);
    assert.match((await jon.locator('.next').textContent()) ?? '', /Next, by itself ?The case becomes public/);
    await look(jon, 'case-armed');
  });
}

async function staysPrivate(step: Step, { demo, known }: Story): Promise<void> {
  await step('LIBVIRT-31 one second before the hour a stranger gets nothing of it on any route, nor from the site', async (t) => {
    demo.setClock(new Date(Date.parse(known.hour) - 1000).toISOString());
    // Two turns of the program's clock.
    await new Promise((resolve) => setTimeout(resolve, 2500));
    const secrets = ['zebrafish', 'symbolic link', 'finders.example', 'Ada Finder', cve, known.number, known.codename];
    const api = (await demo.call(`/api/v1${known.path}`, { token: await demo.signIn('libvirt', 'anna') })).body;
    const files = api.state.advisory.number === null ? [] : ['.html', '.txt', '.txt.asc', '.xml', '.xml.asc', '.json'];
    const fills = [
      { project: 'libvirt', case: known.id, attachment: api.attachments[0].id, action: 'publish-case' },
      ...files.map((ending) => ({ project: 'libvirt', file: `${known.number}${ending}` })),
    ];
    const seen = [];
    for (const route of routes()) for (const filled of fills) seen.push(await ask(demo, route, filled));
    t.diagnostic(`${seen.length} requests to ${routes().length} routes`);
    assert.deepEqual(saying(seen, secrets), []);
    const site = siteFiles(demo);
    assert.ok(site.some(({ text }) => text.startsWith('index.html')));
    assert.deepEqual(saying(site, secrets), []);
    assert.deepEqual(announcements(demo, known.number), []);
  });
}

async function isPublished(step: Step, story: Story): Promise<void> {
  const { demo, known, stranger, anna } = story;
  const page = () => `${demo.base}/libvirt/advisories/${known.number}.html`;
  await step('LIBVIRT-17 at the hour the page is public, and one announcement leaves after it', async (t) => {
    known.ahead = Math.floor((Date.parse(known.hour) - Date.now()) / 1000);
    demo.setClock(`+${known.ahead}`);
    await until('the page', async () => (await fetch(page())).ok, { pace: 5 });
    known.pageAt = Date.now() + known.ahead * 1000;
    await until('the announcement', () => announcements(demo, known.number).length > 0);
    await until('the confirmed channel', async () => (await channels(story))['2:mail'] === 'confirmed');
    await new Promise((resolve) => setTimeout(resolve, 2500));
    const [mail, ...more] = announcements(demo, known.number);
    assert.deepEqual(more, [], 'exactly one');
    const first = Date.parse(mail?.firstRcpt ?? '');
    t.diagnostic(
      `after the hour: the page ${known.pageAt - Date.parse(known.hour)} ms, the first RCPT ${first - Date.parse(known.hour)} ms`,
    );
    assert.ok(first >= Date.parse(known.hour), 'not before the hour');
    assert.ok(first >= known.pageAt, 'not before the page answered');
  });
  await step('LIBVIRT-16 gpg accepts every signature, xmllint the XML, and the browser the page', async () => {
    await stranger.goto(page());
    assert.equal(await stranger.evaluate('document.compatMode'), 'CSS1Compat');
    await look(stranger, 'advisory');
    await signaturesHold(story);
    await xmllint(await text(`${demo.base}/libvirt/advisories/${known.number}.xml`));
  });
  await step('the list, the record and the mail show it', async () => {
    await stranger.goto(`${demo.base}/libvirt/advisories`);
    assert.ok((await stranger.getByText(known.number).count()) > 0);
    await look(stranger, 'advisories');
    await stranger.goto(demo.base + known.path);
    await stranger.getByRole('link', { name: known.number }).first().click();
    assert.equal(stranger.url(), page());
    await stranger.goBack();
    await look(stranger, 'record');
    // Two weeks have passed since the last sign-in.
    await anna.goto(`${demo.base}/libvirt/sign-in/anna`);
    await anna.goto(`${demo.base}/libvirt/mail`);
    await look(anna, 'mail');
    await anna.locator('main').getByRole('link').first().click();
    await look(anna, 'mail-message');
  });
  await step('the last channel is confirmed by hand, and the case is disclosed', async () => {
    await anna.goto(demo.base + known.path);
    await look(anna, 'case-public');
    await take(anna, 'Confirm that it is out', { 'Where it can be seen': 'https://gitlab.com/libvirt/libvirt-security-notice' });
    await look(anna, 'case-disclosed');
  });
}

async function channels({ demo, known }: Story): Promise<Readonly<Record<string, string>>> {
  const all: readonly { channel: string; state: string }[] = (await stateOf(demo, known.id)).disclosure.channels;
  return Object.fromEntries(all.map(({ channel, state }) => [channel, state]));
}

/** The mail, the text and every file that has a signature beside it, against the key that the site publishes. */
async function signaturesHold({ demo, known, stranger }: Story): Promise<void> {
  const site = `${demo.base}/libvirt/advisories`;
  const ring = keyRing(await text(`${site}/key.asc`));
  const now = new Date(Date.now() + known.ahead * 1000);
  try {
    const [mail] = announcements(demo, known.number);
    const clear = [(await PostalMime.parse(mail?.raw ?? '')).text ?? '', await text(`${site}/${known.number}.txt`)];
    for (const one of clear) assert.match(await ring.clear(one, now), /Good signature/);
    const beside = await stranger.locator('a[href$=".asc"]').evaluateAll((links) => links.map((link) => link.getAttribute('href') ?? ''));
    const signatures = beside.filter((href) => href.includes(known.number));
    assert.ok(signatures.length >= 2, `detached signatures on the page: ${beside.join(', ')}`);
    for (const href of signatures) {
      const signed = new Uint8Array(await (await fetch(`${site}/${href.replace(/\.asc$/, '')}`)).arrayBuffer());
      assert.match(await ring.detached(signed, await text(`${site}/${href}`), now), /Good signature/, href);
    }
  } finally {
    ring.remove();
  }
}

async function text(url: string): Promise<string> {
  const answer = await fetch(url);
  assert.equal(answer.status, 200, url);
  return answer.text();
}

// SPDX-License-Identifier: Apache-2.0
// The story of libvirt 2023 through the API: a held report, triage, embargo, a number, a fix on master, and the notice at the hour.

import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { openpgpVerifier } from '../../src/adapters/openpgp/verifier.ts';
import { publishNotices } from '../../src/app/publish-notices.ts';
import type { CaseId, ProjectId } from '../../src/core/model/identifiers.ts';
import { projectRoot } from '../support/embedded.ts';
import type { Answer, Town } from '../support/town.ts';
import { town } from '../support/town.ts';

const advisory = {
  title: 'Open descriptor leaks into guest processes',
  summary: 'A descriptor of the device mapper is left open.',
  description: 'The library opens a control file and does not close it.',
  impact: 'Whoever takes over a guest process reaches the device mapper.',
  workarounds: 'none-known',
  products: [
    {
      name: 'libvirt',
      repository: 'libvirt.git',
      branches: [
        {
          name: 'master',
          status: 'fixed',
          introducedBy: ['a'.repeat(40)],
          fixedBy: ['b'.repeat(40)],
          vulnerableTags: ['v6.2.0'],
          fixedTags: ['v6.6.0'],
        },
      ],
    },
  ],
};

const patch = 'Subject: close the descriptor\n\nSigned-off-by: anna <anna@members.example>\n---\n';

test('VMT-5 F19 LIBVIRT-4 LIBVIRT-10 LIBVIRT-15 LIBVIRT-16 LIBVIRT-17 LIBVIRT-26 LIBVIRT-31 LIBVIRT-36 LIBVIRT-37 a report becomes a signed notice at the hour, and not one second before', async (t) => {
  const notices = await mkdtemp(join(tmpdir(), 'daylight-notices-'));
  t.after(() => rm(notices, { recursive: true, force: true }));
  const git = (...words: readonly string[]) => spawnSync('git', ['-C', notices, ...words], { encoding: 'utf8' });
  git('init', '--quiet', '--bare', '--initial-branch=main');
  const here = await town(t, [
    { project: 'libvirt', policy: 'libvirt-2023', notices, members: { anna: ['core'], viktor: ['vendor'], mo: ['moderator'] } },
  ]);
  const sent = await here.call('/api/v1/libvirt/reports', {
    body: {
      title: 'Canary-title descriptor',
      fields: { description: 'canary-description' },
      address: 'reporter@reporters.example',
      name: 'R. E. Porter',
      consent: true,
    },
  });
  assert.equal(sent.status, 201, JSON.stringify(sent.body));
  assert.equal(sent.body.held, true);
  const id: string = sent.body.case;
  const take = (name: string, action: string, body: object = {}) => acting(here, 'libvirt', id, name, action, body);

  const hidden = await here.call(`/api/v1/libvirt/cases/${id}`, { token: await here.signIn('libvirt', 'anna') });
  assert.equal(hidden.status, 404, 'a held report is seen by moderators only');
  await take('mo', 'release-report');
  await take('anna', 'take-up-case');
  await take('anna', 'confirm-flaw', { reason: 'Seen in the open files.', severity: 'moderate', summary: 'A descriptor leaks.' });
  await take('viktor', 'agree-bundle');
  await take('anna', 'add-patch', { branch: 'master', patch: { name: 'fix.patch', text: patch } });
  await take('viktor', 'approve-patch', { branch: 'master' });
  const view = await here.call(`/api/v1/libvirt/cases/${id}`, { token: await here.signIn('libvirt', 'anna') });
  const [flaw] = view.body.state.flaws;
  const until: string = view.body.state.embargo.until;
  assert.match(
    view.body.cve_request,
    /^Additional information: Under embargo until 2026-\d\d-\d\d \d\d:\d\d UTC\./m,
    'VMT-17 what the assigner is told',
  );
  await offersAssigners(here, id, view.body);
  assert.match(view.body.agents.closed, /policy gives agents nothing/, 'P21 shown on the case');
  await take('viktor', 'record-cve', { flaw: flaw.flaw, number: 'CVE-1900-10001' });
  await take('anna', 'write-advisory', { advisory });
  await take('anna', 'submit-advisory');
  const self = await here.call(`/api/v1/libvirt/cases/${id}/approve-advisory`, { token: await here.signIn('libvirt', 'anna'), body: {} });
  assert.equal(self.status, 422, 'VMT-12 nobody approves their own advisory');
  await take('viktor', 'approve-advisory');
  const credited = await here.call('/api/v1/libvirt/my-report/decide-credit', {
    token: sent.body.key,
    body: { decision: 'named', name: 'R. E. Porter' },
  });
  assert.equal(credited.status, 200, JSON.stringify(credited.body));
  const room = await here.call(`/api/v1/libvirt/cases/${id}/release`, { token: await here.signIn('libvirt', 'anna') });
  assert.deepEqual(
    room.body.formats.map(({ format }: { format: string }) => format),
    ['text', 'html', 'csaf', 'osv', 'cve', 'lsn', 'advisory'],
    'VMT-5 before anybody says go it is known what goes out',
  );
  assert.ok(
    room.body.formats.some(({ losses }: { losses: readonly object[] }) => losses.length > 0),
    'and what each does not carry',
  );
  const previewed = await lookedAt(here, id);
  await take('anna', 'approve-release');
  await take('viktor', 'approve-release');
  const goNoGo = async () =>
    (await here.call(`/api/v1/libvirt/cases/${id}`, { token: await here.signIn('libvirt', 'anna') })).body.go_no_go;
  const vendor = { as: { kind: 'role', name: 'vendor' }, organisation: null, people: ['viktor'] };
  assert.deepEqual(await goNoGo(), [{ ...vendor, ready: false }], 'LIBVIRT-26 who discloses at the same hour, by name');
  await take('viktor', 'say-ready');
  assert.deepEqual(await goNoGo(), [{ ...vendor, ready: true }]);
  assert.deepEqual((await state(here, id)).vendors, [{ role: 'vendor', people: ['viktor'] }], 'and the log has who was asked');
  await here.until('the documents are prepared', async () => (await state(here, id)).disclosure.prepared !== null);

  here.set(new Date(Date.parse(until) - 1000).toISOString());
  await new Promise((resolve) => setTimeout(resolve, 300));
  assert.equal((await state(here, id)).handling, 'fix_ready', 'one second before the hour nothing happens');
  assert.deepEqual(toList(here), []);
  assert.equal((await here.call('/libvirt/advisories/LSN-2026-0001.txt')).status, 404);
  assert.equal(git('for-each-ref').stdout, '', 'LIBVIRT-15 nothing is pushed before the hour');

  here.set(until);
  await here.until('the case is public', async () => (await state(here, id)).visibility === 'public');
  await here.until('the announcement left', () => toList(here).length > 0);
  await here.until('the channel of mail is confirmed', async () => (await channel(here, id, '2:mail')) === 'confirmed');
  await here.until('the case is disclosed', async () => (await state(here, id)).handling === 'disclosed');
  const [mail, ...more] = toList(here);
  assert.deepEqual(more, [], 'exactly one announcement');
  assert.match(mail?.text ?? '', /^-----BEGIN PGP SIGNED MESSAGE-----/);
  for (const { file, text, sha256, signature } of previewed) {
    const out = await (await fetch(`${here.base}/libvirt/advisories/${file}`)).text();
    assert.equal(unsigned(out, signature), unsigned(text, signature), `VMT-5 what was previewed is what went out: ${file}`);
    if (sha256 !== null && !file.endsWith('.html')) assert.equal(createHash('sha256').update(out).digest('hex'), sha256, file);
  }
  const page = await here.call('/libvirt/advisories/LSN-2026-0001.html');
  assert.equal(page.status, 200);
  assert.match(page.body, /Open descriptor leaks into guest processes/);
  assert.doesNotMatch(page.body, /reporter@reporters\.example/);
  await everyFormat(here);
  await inRepository(here, id, git);
});

/** LIBVIRT-15 one signed commit has the notice in every format; asked again, none follows. */
async function inRepository(
  here: Town,
  id: string,
  git: (...words: readonly string[]) => { readonly stdout: string; readonly stderr: string },
) {
  const files = git('ls-tree', '-r', '--name-only', 'main').stdout.trimEnd().split('\n');
  for (const end of ['txt', 'xml', 'xml.asc', 'html', 'csaf.json', 'cve.json'])
    assert.ok(files.includes(`notices/2026/LSN-2026-0001.${end}`));
  const live = await (await fetch(`${here.base}/libvirt/advisories/LSN-2026-0001.xml`)).text();
  assert.equal(git('show', 'main:notices/2026/LSN-2026-0001.xml').stdout, live, 'the bytes that were signed');
  assert.equal(git('log', '--format=%s', 'main').stdout, 'Add LSN-2026-0001\n');
  const [, headers = '', rest = ''] = /^([\s\S]*?)\n\n([\s\S]*)$/.exec(git('cat-file', 'commit', 'main').stdout) ?? [];
  const signature = /gpgsig ([\s\S]*?)(?=\n(?! )|$)/.exec(headers)?.[1]?.replaceAll('\n ', '\n') ?? '';
  const signed = `${headers.replace(/\ngpgsig [\s\S]*?(?=\n(?! )|$)/, '')}\n\n${rest}`;
  const keys = await openpgpVerifier.keys((await here.world.signer('libvirt' as ProjectId)).publicKey);
  assert.deepEqual(Object.keys(await openpgpVerifier.detached(new TextEncoder().encode(signed), `${signature}\n`, keys)), [
    'at',
    'fingerprint',
  ]);
  await publishNotices(here.world, 'libvirt' as ProjectId, id as CaseId, '1:git');
  assert.equal(git('rev-list', '--count', 'main').stdout, '1\n');
}

/** The formats that the policy names, each with what proves it; the page lists them. */
async function everyFormat(here: Town): Promise<void> {
  const get = async (file: string) => (await fetch(`${here.base}/libvirt/advisories/${file}`)).text();
  const page = await get('LSN-2026-0001.html');
  for (const end of ['.txt', '.html', '.xml', '.csaf.json', '.osv.json', '.cve.json', '.json']) {
    const [file, hash] = [`LSN-2026-0001${end}`, createHash('sha256')];
    const bytes = await get(file);
    assert.equal(await get(`${file}.sha256`), `${hash.update(bytes).digest('hex')}  ${file}\n`);
    assert.match(await get(`${file}.sha512`), /^[0-9a-f]{128} {2}/);
    if (end !== '.txt') assert.match(await get(`${file}.asc`), /^-----BEGIN PGP SIGNATURE-----/);
    if (end !== '.html') assert.ok(page.includes(`href="${file}"`), `${file} is on the page`);
  }
  const folder = join(here.siteFolder, 'libvirt', 'current');
  const said = spawnSync(process.execPath, [join(projectRoot, 'dist', 'src', 'main.js'), 'verify', folder], { encoding: 'utf8' });
  // The program held up the server of this process as well: connections that it let go meanwhile are seen now.
  await new Promise((resolve) => setTimeout(resolve, 20));
  assert.deepEqual([said.status, said.stderr], [0, ''], 'VMT-44 everybody can verify all of it');
  assert.match(said.stdout, /signatures: 9\n\[ok\] hashes: 18\n\[ok\] list of all files: compared/);
  assert.equal(await get('SHA256SUMS'), await readFile(join(folder, 'SHA256SUMS'), 'utf8'));
  const [csaf, cve] = [JSON.parse(await get('LSN-2026-0001.csaf.json')), JSON.parse(await get('LSN-2026-0001.cve.json'))];
  assert.equal(csaf.document.category, 'csaf_security_advisory', 'F19 users are told in a form that programs read');
  assert.deepEqual([csaf.document.tracking.id, csaf.vulnerabilities[0].cve], ['LSN-2026-0001', cve.cveMetadata.cveId]);
}

interface Previewed {
  readonly file: string;
  readonly text: string;
  readonly sha256: string | null;
  readonly signature: 'inside' | 'beside' | null;
}

/** The documents of the kept text; a look at another one keeps nothing, and says which field is at fault (VMT-12). */
async function lookedAt(here: Town, id: string): Promise<readonly Previewed[]> {
  const token = await here.signIn('libvirt', 'viktor');
  const at = `/api/v1/libvirt/cases/${id}/advisory`;
  const other = { ...advisory, title: 'Another title', products: [{ ...advisory.products[0], repository: 'somewhere' }] };
  const looked = await here.call(`${at}/preview`, { token, body: { advisory: other } });
  assert.match(looked.body.documents[0].text, /Another title/);
  const kept = await here.call(at, { token });
  assert.equal(kept.body.advisory.title, advisory.title, 'a look keeps nothing');
  assert.deepEqual([kept.body.written.title.by.person, kept.body.written.title.version, kept.body.since], ['anna', 1, null]);
  assert.equal((await here.call(`${at}/preview`, { body: { advisory } })).status, 404, 'a stranger gets what nobody gets');
  const { body } = await here.call(`${at}/preview`, { token, body: {} });
  assert.deepEqual(
    body.findings.filter(({ level }: { level: string }) => level === 'error'),
    [],
  );
  assert.equal(body.documents.length, 7);
  return body.documents;
}

/** Without the clear signature, and without the one hash that is known only when it is made. */
function unsigned(text: string, signature: Previewed['signature']): string {
  const body = /^-----BEGIN PGP SIGNED MESSAGE-----\n(?:Hash: .*\n)*\n([\s\S]*?)\n-----BEGIN PGP SIGNATURE-----/.exec(text)?.[1];
  if (signature === 'inside' && body !== undefined) return `${body.replace(/^- /gm, '').trimEnd()}\n`;
  return text.replace(/(\.txt<\/a><\/td><td data-l="SHA-256">)[\s\S]*?(<\/td>)/, '$1$2');
}

async function acting(here: Town, project: string, id: string, name: string, action: string, body: object): Promise<void> {
  const answer = await here.call(`/api/v1/${project}/cases/${id}/${action}`, { token: await here.signIn(project, name), body });
  assert.equal(answer.status, 200, `${action}: ${JSON.stringify(answer.body)}`);
}

async function state(here: Town, id: string) {
  return (await here.call(`/api/v1/libvirt/cases/${id}`, { token: await here.signIn('libvirt', 'viktor') })).body.state;
}

async function channel(here: Town, id: string, name: string): Promise<string> {
  return (await state(here, id)).disclosure.channels.find((one: { channel: string }) => one.channel === name)?.state;
}

function toList(here: Town) {
  return here.relay.sent.filter((mail) => mail.to.address === 'announce@lists.libvirt.org');
}

/** LIBVIRT-37 whoever may not give the number reads who of the members can; they can record it, and nobody else. */
async function offersAssigners(here: Town, id: string, seen: Answer['body']): Promise<void> {
  assert.deepEqual(seen.cve_assigners, ['viktor'], 'LIBVIRT-37 the members who can');
  assert.match(seen.cve_request, /^Assigner: viktor$/m);
  const page = await fetch(`${here.base}/libvirt/cases/${id}`, {
    headers: { Cookie: `daylight-libvirt=${await here.signIn('libvirt', 'anna')}` },
  });
  assert.match(await page.text(), /Members give the number here: viktor\. Ask one of them\./);
  const offered = (actions: readonly { readonly action: string }[]) => actions.some(({ action }) => action === 'record-cve');
  const theirs = await here.call(`/api/v1/libvirt/cases/${id}`, { token: await here.signIn('libvirt', 'viktor') });
  assert.deepEqual([offered(seen.actions), offered(theirs.body.actions)], [false, true]);
}

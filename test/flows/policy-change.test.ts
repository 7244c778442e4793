// SPDX-License-Identifier: Apache-2.0
// A project changes its policy while it runs: one person proposes, another accepts, and who must not know of it finds nothing.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { openpgpVerifier } from '../../src/adapters/openpgp/verifier.ts';
import { installProject } from '../../src/app/projects.ts';
import { askServer } from '../../src/cli/ask.ts';
import { runPolicy } from '../../src/cli/policy.ts';
import type { PolicyIo } from '../../src/cli/policy-files.ts';
import type { ProjectId } from '../../src/core/model/identifiers.ts';
import { shifted } from '../../src/core/model/time.ts';
import { csrfToken } from '../../src/web/cross-site.ts';
import { minimalAnd, presetText } from '../support/policies.ts';
import type { Town } from '../support/town.ts';
import { town } from '../support/town.ts';

const project = {
  project: 'libvirt',
  policy: 'libvirt-2012',
  members: { anna: ['core'], carl: ['core'], viktor: ['vendor'], mo: ['moderator'] },
};
const root = '/api/v1/libvirt/policy';
const newer = presetText('libvirt-2023');

async function as(here: Town, name: string, path: string, body?: object) {
  return here.call(path, { token: await here.signIn('libvirt', name), ...(body === undefined ? {} : { body }) });
}

const propose = (here: Town, name: string, policy: string, reason = 'The page was changed.') =>
  as(here, name, `${root}/proposals`, { policy, reason });

test('LIBVIRT-42 a policy change is proposed by one person and accepted by another, and the archive says who, when and what differs', async (t) => {
  const here = await town(t, [project]);
  const proposed = await propose(here, 'anna', newer);
  assert.equal(proposed.status, 200);
  assert.equal(proposed.body.state, 'open');
  const at = `${root}/proposals/${proposed.body.proposal}`;
  assert.equal((await here.call('/libvirt/policy')).body.includes('security@lists.libvirt.org'), false, 'nothing holds yet');

  const own = await as(here, 'anna', `${at}/accept`, {});
  assert.equal(own.status, 422);
  assert.equal(own.body.unmet[0].gate, 'second_person');
  assert.match(own.body.unmet[0].sentence, /Another person has to accept it/);
  assert.equal((await as(here, 'viktor', `${at}/accept`, {})).status, 404, 'a vendor may not, and finds nothing');
  assert.equal((await here.call(`${at}/accept`, { body: {} })).status, 404, 'nor does a stranger');

  here.set('2026-11-03T10:00:00Z');
  const accepted = await as(here, 'carl', `${at}/accept`, {});
  assert.equal(accepted.status, 200);
  assert.equal(accepted.body.state, 'published');
  assert.match((await here.call('/libvirt/policy')).body, /security@lists\.libvirt\.org/);
  const archive = (await here.call('/libvirt/policy/versions')).body;
  assert.match(
    archive,
    /Proposed by[\s\S]*anna[\s\S]*2026-11-02 09:00[\s\S]*Accepted by[\s\S]*carl[\s\S]*2026-11-03 10:00[\s\S]*The page was changed\./,
  );
  assert.match(archive, /branches\.should/, 'the difference');

  assert.match((await as(here, 'carl', `${at}/accept`, {})).body.unmet[0].sentence, /accepted and published already/);
  const log = (await as(here, 'anna', `${root}/proposals`)).body;
  assert.deepEqual(
    [log.log.steps, log.log.brokenAt, log.proposals[0].accepted[0].by],
    [4, null, 'carl'],
    'installed, proposed, accepted, published',
  );
  await here.until('carl was told of the proposal, and both of the publication', () =>
    ['carl@members.example', 'anna@members.example'].every((to) => here.relay.sent.some((mail) => mail.to.address === to)),
  );
  const mails = here.relay.sent.filter((mail) => mail.to.address.endsWith('@members.example'));
  assert.ok(!mails.some((mail) => mail.to.address.startsWith('viktor')), 'nobody else is told');
  assert.ok(
    mails.every((mail) => !mail.text.includes('The page was changed')),
    'and nothing of the change is in the mail',
  );
});

test('LIBVIRT-42 a proposal says before it is accepted what the linter says, what differs, and which open cases would notice', async (t) => {
  const here = await town(t, [project]);
  const report = { title: 'A descriptor stays open', fields: { description: 'Look.' }, consent: true, address: 'r@reporters.example' };
  const sent = await here.call('/api/v1/libvirt/reports', {
    body: report,
    headers: { 'Idempotency-Key': '00000000-0000-4000-8000-000000000001' },
  });
  const act = (name: string, action: string, body: object = {}) =>
    as(here, name, `/api/v1/libvirt/cases/${sent.body.case}/${action}`, body);
  await act('mo', 'release-report');
  await act('anna', 'take-up-case');
  await act('anna', 'confirm-flaw', { reason: 'Seen.', severity: 'moderate', branches: 'stable v9.0-maint' });
  const looked = await as(here, 'anna', `${root}/proposals`, { policy: newer, look: true });
  assert.equal(looked.status, 200);
  assert.ok(looked.body.problems.some((one: { key: string }) => one.key === 'clocks.acknowledge'));
  assert.ok(looked.body.changes.some((one: { key: string }) => one.key === 'branches.should'));
  assert.equal((await as(here, 'anna', `${root}/proposals`)).body.proposals.length, 0, 'to look keeps nothing');

  const stricter = newer
    .replace('up_to: 2 weeks', 'up_to: 3 days')
    .replace('- up_to: 1 month\n', '- up_to: 5 days\n')
    .replace(/- up_to: unspecified\n\s+must: \[deviation_recorded\]/, '- up_to: 6 days\n      must: [deviation_recorded]');
  const effect = (await as(here, 'anna', `${root}/proposals`, { policy: stricter, look: true })).body.cases;
  assert.equal(effect.length, 1);
  assert.match(effect[0].differs.join('; '), /latest lawful date: .* UTC by .* -> 2026-11-08 09:00 UTC by embargo\.length\[2\]\.up_to/);
  assert.match(effect[0].obstacle, /The embargo ends after the cap of the new policy, 2026-11-08 09:00 UTC/);
});

test('LIBVIRT-42 a withdrawn proposal and one that was overtaken are refused in words', async (t) => {
  const here = await town(t, [project]);
  const again = (text: string, version: number) => text.replace(/^ {2}version: \d+$/m, `  version: ${version}`);
  const first = (await propose(here, 'anna', newer)).body.proposal;
  const second = (await propose(here, 'carl', again(newer, 2))).body.proposal;
  const third = (await propose(here, 'carl', again(newer, 3), 'Another wish.')).body.proposal;
  const twice = await propose(here, 'carl', newer);
  assert.match(twice.body.errors[0].detail, /proposed already/);
  assert.equal((await as(here, 'carl', `${root}/proposals/${second}/withdraw`, { reason: 'A mistake.' })).body.state, 'withdrawn');
  const withdrawn = await as(here, 'anna', `${root}/proposals/${second}/accept`, {});
  assert.deepEqual([withdrawn.status, withdrawn.body.unmet[0].gate], [422, 'proposal_open']);
  assert.match(withdrawn.body.unmet[0].sentence, /withdrawn by carl/);

  assert.equal((await as(here, 'carl', `${root}/proposals/${first}/accept`, {})).body.state, 'published');
  const outdated = await as(here, 'anna', `${root}/proposals/${third}/accept`, {});
  assert.equal(outdated.status, 422);
  assert.match(
    outdated.body.unmet[0].sentence,
    /outdated: it was made against libvirt-2012, version 1, and libvirt-2023, version 1 holds now/,
  );
  assert.match((await propose(here, 'anna', newer)).body.errors[0].detail, /the version that holds/);
  const other = newer.replace('title: libvirt security process', 'title: another process');
  assert.match((await propose(here, 'anna', other)).body.errors[0].detail, /kept with another text; raise policy\.version/);
  assert.match((await propose(here, 'anna', 'daylight: 1\n')).body.errors[0].detail, /policy:1 error policy is missing/);
  assert.match((await propose(here, 'anna', again(newer, 4), ' ')).body.errors[0].detail, /Say why/);
});

test('LIBVIRT-42 the rule of the policy that holds counts: another text cannot take away the second person for itself, and where there is none one is enough', async (t) => {
  const here = await town(t, [project]);
  const alone = newer.replace('policy_change: { approvals: 1, by: [core] }', 'policy_change: none');
  const { body } = await propose(here, 'anna', alone);
  assert.equal(body.state, 'open', 'the old rule still asks for another person');
  assert.equal((await as(here, 'carl', `${root}/proposals/${body.proposal}/accept`, {})).body.state, 'published');
  const back = await propose(here, 'anna', newer.replace(/^ {2}version: 1$/m, '  version: 2'));
  assert.equal(back.body.state, 'published', 'configured so: one person is enough');
});

test('LIBVIRT-42 two approvals are two people beside the proposer', async (t) => {
  const policy = minimalAnd('reviews: { policy_change: { approvals: 2, by: [team] } }\n');
  const here = await town(t, [{ project: 'libvirt', policy, members: { anna: ['team'], carl: ['team'], dora: ['team'] } }]);
  const { proposal } = (await propose(here, 'anna', policy.replace('version: 1', 'version: 2'))).body;
  const accept = (name: string) => as(here, name, `${root}/proposals/${proposal}/accept`, {});
  assert.equal((await accept('carl')).body.state, 'open');
  assert.match((await accept('carl')).body.unmet[0].sentence, /You have accepted this change already/);
  assert.equal((await accept('dora')).body.state, 'published');
});

test('LIBVIRT-42 a changed file at the start changes nothing by itself: what was published holds', async (t) => {
  const here = await town(t, [project]);
  const settings = { project: 'libvirt', title: 'libvirt', policy: '', sender: { name: 'libvirt', address: 'security@libvirt.example' } };
  const holds = await installProject(here.world, settings, { file: 'libvirt-2023.yaml', text: newer });
  assert.equal(holds.name, 'libvirt-2012');
  await assert.rejects(
    installProject(here.world, settings, { file: 'a.yaml', text: presetText('libvirt-2012').replace('title: ', 'title: another ') }),
    /kept with another text; raise policy\.version/,
  );
});

test('LIBVIRT-42 by web the form shows the difference first, the proposer finds no button to accept, and the other person does', async (t) => {
  const here = await town(t, [project]);
  const page = async (name: string, path: string, fields?: Record<string, string>) => {
    const session = await here.signIn('libvirt', name);
    const headers = { Cookie: `daylight-libvirt=${session}`, 'Content-Type': 'application/x-www-form-urlencoded', Origin: here.base };
    const body = fields && new URLSearchParams({ csrf: csrfToken(here.world.derive('csrf'), session), ...fields }).toString();
    const answer = await fetch(here.base + path, { headers, redirect: 'manual', ...(body === undefined ? {} : { method: 'POST', body }) });
    return { status: answer.status, text: await answer.text(), location: answer.headers.get('location') ?? '' };
  };
  assert.equal((await page('viktor', '/libvirt/policy/changes')).status, 404);
  assert.match((await page('anna', '/libvirt/policy')).text, /Change it/);
  const looked = await page('anna', '/libvirt/policy/changes/look', { policy: newer, reason: '' });
  assert.match(looked.text, /What changes[\s\S]*branches\.should[\s\S]*What the linter says[\s\S]*clocks\.acknowledge is unspecified/);
  const unsaid = await page('anna', '/libvirt/policy/changes/propose', { policy: newer, reason: '' });
  assert.equal(unsaid.status, 422);
  assert.match(unsaid.text, /Say why the policy changes/);
  const { location } = await page('anna', '/libvirt/policy/changes/propose', { policy: newer, reason: 'The text of 2023.' });
  assert.ok(!(await page('anna', location)).text.includes('Accept this change'));
  assert.match((await page('carl', '/libvirt/queue')).text, /A change of the policy waits for your word/);
  assert.match((await page('carl', location)).text, /Proposed by[\s\S]*anna[\s\S]*Accept this change/);
  const refusedText = (await page('anna', `${location}/accept`, {})).text;
  assert.match(refusedText, /Not accepted[\s\S]*You have proposed this change yourself/);
  assert.equal((await page('carl', `${location}/accept`, {})).status, 303);
  assert.match((await page('carl', location)).text, /accepted and published/);
});

test('P2 security.txt ends, those who run the project are told 30 days ahead and again, and one person confirms it', async (t) => {
  const here = await town(t, [project]);
  const calls = () => here.relay.sent.filter((mail) => mail.subject.includes('security.txt'));
  here.set('2027-09-28T08:59:00Z');
  await new Promise((resolve) => setTimeout(resolve, 200));
  assert.equal(calls().length, 0, 'not a minute before');
  here.set('2027-09-28T09:00:00Z');
  await here.until('both who may change the policy are told', () => calls().length === 2);
  assert.match(calls()[0]?.text ?? '', /good until\s+2027-10-28 09:00 UTC/);
  here.set('2027-10-20T09:00:00Z');
  await new Promise((resolve) => setTimeout(resolve, 200));
  assert.equal(calls().length, 2, 'each stage once');
  here.set('2027-10-21T09:00:00Z');
  await here.until('a week ahead again', () => calls().length === 4);
  assert.equal((await as(here, 'anna', `${root}/proposals`)).body.securityTxt.isNear, true);
  assert.equal((await as(here, 'viktor', `${root}/confirm-security-txt`, {})).status, 404);
  assert.equal((await as(here, 'anna', `${root}/confirm-security-txt`, {})).body.expires, '2028-10-15T09:00:00.000Z');
  const text = (await here.call('/libvirt/.well-known/security.txt')).body;
  assert.match(text, /^Expires: 2028-10-15T09:00:00Z$/m);
  here.set('2027-10-29T09:00:00Z');
  await new Promise((resolve) => setTimeout(resolve, 200));
  assert.equal(calls().length, 4, 'and the old end is nobody’s business any more');
  const steps = await here.world.store.as({ kind: 'process', project: 'libvirt' as ProjectId }, ({ policies }) => policies.steps());
  assert.deepEqual(
    steps.map((step) => step.kind),
    ['policy-installed', 'security-txt-called', 'security-txt-called', 'security-txt-renewed'],
  );
  const ofKey = () => here.relay.sent.filter((mail) => /signing key/.test(mail.subject));
  assert.equal(ofKey().length, 0);
  const { expires } = await here.world.signer('libvirt' as ProjectId);
  here.set(shifted(expires ?? here.now(), { hours: -29 * 24 }));
  await here.until('VMT-44 both are told that the signing key ends', () => ofKey().length === 2);
  assert.match(ofKey()[0]?.text ?? '', new RegExp(`good until\\s+${expires?.slice(0, 10)}`));
  await new Promise((resolve) => setTimeout(resolve, 200));
  assert.equal(ofKey().length, 2, 'each stage once');
  assert.equal((await as(here, 'anna', `${root}/proposals`)).body.signingKeys[0].isNear, true);
});

test('LIBVIRT-42 by command: publish proposes, the proposer’s accept is refused with exit code 5, another person’s makes it hold', async (t) => {
  const here = await town(t, [project]);
  const daylight = async (name: string, args: readonly string[]) => {
    const out: string[] = [];
    const io: PolicyIo = {
      out: (line) => out.push(line),
      err: (line) => out.push(line),
      readPath: async () => newer,
      presets: async () => [],
      policyFolder: 'policies',
      now: here.now,
      verifier: openpgpVerifier,
      ask: async (path, body) =>
        askServer({ baseUrl: here.base, token: name === '' ? 'x' : await here.signIn('libvirt', name) }, path, body),
    };
    return { code: await runPolicy([...args, '--project', 'libvirt'], io), text: out.join('\n') };
  };
  const looked = await daylight('anna', ['publish', './ours.yaml', '--dry-run']);
  assert.equal(looked.code, 0);
  assert.match(looked.text, /branches\.should: .* -> /);
  assert.equal((await daylight('anna', ['publish', './ours.yaml'])).code, 2, 'a reason is asked for');
  const published = await daylight('anna', ['publish', './ours.yaml', '--reason', 'The text of 2023.']);
  assert.equal(published.code, 0);
  const [, id = ''] = /^([0-9a-z]{26}) {2}open$/m.exec(published.text) ?? [];
  assert.match(
    (await daylight('carl', ['proposals'])).text,
    /libvirt-2023 1 {2}open, waits for somebody with the role core; proposed by anna: The text of 2023\./,
  );
  const own = await daylight('anna', ['accept', id]);
  assert.equal(own.code, 5);
  assert.match(own.text, /Another person has to accept it\. \[second_person\]/);
  assert.equal((await daylight('viktor', ['accept', id])).code, 3);
  assert.equal((await daylight('', ['accept', id])).code, 3);
  const accepted = await daylight('carl', ['accept', id]);
  assert.deepEqual([accepted.code, /published: it holds/.test(accepted.text)], [0, true]);
});

// SPDX-License-Identifier: Apache-2.0
// What several cases share is not opened by any way of opening one of them while another is private, whoever opens first; it opens with the last (L-02, QEMU-11).

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { returnKey } from '../../src/app/intake.ts';
import { faultsOf, readRecordFile } from '../../src/app/record-check.ts';
import type { CaseId, ProjectId } from '../../src/core/model/identifiers.ts';
import type { Sent } from './secret.ts';
import { stepsOf } from './secret.ts';
import type { Village } from './village.ts';
import { village } from './village.ts';
import type { Scene, WayOfOpening } from './ways-of-opening.ts';
import { asABug, policies, ways } from './ways-of-opening.ts';

// biome-ignore lint/suspicious/noExplicitAny: the test reads what the API answers, whose shape it asserts.
type Json = any;

/** What somebody said before the flaws were told apart. */
const secrets = {
  title: 'Secret-title',
  description: 'Secret-description',
  evidence: 'Secret-evidence',
  proof: 'Secret-proof',
  note: 'Secret-note',
  message: 'Secret-message',
  answer: 'Secret-answer',
  reason: 'Secret-reason',
};
const waits = 'Closed until what it also describes is public.';

async function report(here: Village): Promise<Sent> {
  const file = (name: string, purpose: string, text: string) => ({ name, purpose, base64: Buffer.from(text).toString('base64') });
  const { json, status, body } = await here.call('/api/v1/alpha/reports', {
    body: {
      title: `Two flaws, ${secrets.title}`,
      fields: { description: `One shows ${secrets.description}, and the other Other-flaw.` },
      address: 'finder@reporters.example',
      consent: true,
      files: [file('log.txt', 'evidence', secrets.evidence), file('exploit.sh', 'reproducer', secrets.proof)],
    },
  });
  assert.equal(status, 201, body.toString());
  return sentOf(json.case, json.codename, json.key);
}

function sentOf(id: string, codename: string, token: string): Sent {
  return { case: id, codename, token, mine: `${token}@/api/v1/alpha/my-report` };
}

interface Family {
  readonly here: Village;
  readonly origin: Sent;
  readonly part: Sent;
}

/** A report with two flaws, talked about, and split; `title`: what its first case goes by afterwards. */
async function family(here: Village, title?: string): Promise<Family> {
  const origin = await report(here);
  await here.settle();
  const { anna, reporter, state } = stepsOf(here, 'alpha', origin);
  await anna('add-note', { body: `I saw ${secrets.note}.` });
  await anna('send-message', { body: `Is it ${secrets.message}?` });
  await reporter('answer-team', { body: `It is ${secrets.answer}.` });
  here.later(1);
  await here.settle();
  return { here, origin, part: await splitOff(here, origin, title, (await state()).parts.length) };
}

async function splitOff(here: Village, origin: Sent, title?: string, before = 0): Promise<Sent> {
  const { anna, state } = stepsOf(here, 'alpha', origin);
  const from = here.relay.sent.length;
  await anna('split-case', {
    parts: ['What went on'],
    reason: `Fixed apart: ${secrets.reason}.`,
    ...(title === undefined ? {} : { title }),
  });
  await here.settle();
  const id = String((await state()).parts[before]);
  assert.ok(here.relay.sent.slice(from).some(({ subject }) => subject.endsWith('A part of your report')));
  const [{ participant }] = (await inside(here, id)).state.reporters;
  return sentOf(id, '', returnKey(here.world, id as CaseId, participant));
}

const inside = async (here: Village, id: string): Promise<Json> =>
  (await here.call(`/api/v1/alpha/cases/${id}`, { token: await here.signIn('alpha', 'anna') })).json;

/** Everything that a visitor gets of the case, by every door, and what the database shows to the role of the public. */
async function outside(here: Village, id: string): Promise<string> {
  const files = (await inside(here, id)).attachments.map((one: Json) => one.id);
  const paths = [
    `/api/v1/alpha/cases/${id}`,
    `/api/v1/alpha/cases/${id}/record`,
    `/alpha/cases/${id}`,
    `/alpha/advisories/records/${id}.html`,
    `/alpha/cases/${id}/record.json`,
    '/alpha/advisories',
    ...files.flatMap((file: string) => [`/api/v1/alpha/cases/${id}/attachments/${file}`, `/alpha/cases/${id}/attachments/${file}`]),
  ];
  const answers = await Promise.all(paths.map((path) => here.request(path)));
  const rows = await here.world.store.as({ kind: 'anonymous', project: 'alpha' as ProjectId }, async ({ cases }) => {
    const titles = (await cases.published(100)).map(({ title }) => title);
    const attached = await cases.attachments(id as CaseId);
    return JSON.stringify([titles, [...(await cases.texts(id as CaseId)).values()], attached.map(({ name }) => `row of ${name}`)]);
  });
  const site = [...(await here.site()).values()].map(String);
  return [...answers.map(({ body }) => body.toString()), rows, ...site].join('\n');
}

async function shut(here: Village, id: string, said: string): Promise<string> {
  const all = await outside(here, id);
  for (const [what, secret] of Object.entries(secrets)) assert.ok(!all.includes(secret), `${said}: ${what}`);
  for (const name of ['log.txt', 'exploit.sh'])
    assert.ok(!all.includes(`row of ${name}`), `${said}: no file is there for the database either`);
  return all;
}

/** The public record can be checked by anybody at any time: what opens later is content, and no envelope changes. */
async function verified(here: Village, id: string): Promise<Json> {
  const read = readRecordFile((await here.request(`/alpha/cases/${id}/record.json`)).body.toString());
  assert.ok('record' in read, JSON.stringify(read));
  assert.deepEqual(faultsOf(read.record), []);
  return read.record;
}

const founded = (t: { after(done: () => Promise<void>): void }, policy: string) =>
  village((done) => t.after(done), [{ project: 'alpha', policy, members: { anna: ['team'], viktor: ['team'] } }]);

/** A held report cannot be split, and the way that splits is the one that is told here each time. */
const untold: readonly WayOfOpening[] = ['release-report', 'split-case'];

for (const [kind, way] of Object.entries(ways) as readonly [WayOfOpening, (typeof ways)[WayOfOpening]][])
  if (!untold.includes(kind))
    test(`L-02 QEMU-11 ${kind} of an origin or of a part opens nothing that they share; it opens with the last of them`, async (t) => {
      for (const first of ['origin', 'part'] as const) {
        // The site keeps what was opened: what the one round ends with would be found in the other.
        const here = await founded(t, policies[way.policy]);
        const told = await family(here, 'What stays here');
        const [opens, stays] = first === 'origin' ? [told.origin, told.part] : [told.part, told.origin];
        const another = async () => {
          const { json } = await here.call('/api/v1/alpha/reports', { body: { title: 'b', fields: { description: 'b' }, consent: true } });
          return sentOf(json.case, json.codename, json.key);
        };
        const scene: Scene = { ...stepsOf(here, 'alpha', opens), here, project: 'alpha', sent: opens, another };
        await way.before(scene);
        await way.open(scene);
        await here.settle();
        assert.equal((await scene.state()).visibility, 'public', `${first} is open`);
        const during = await shut(here, opens.case, `${first} opened by ${kind}`);
        const page = (await here.request(`/alpha/cases/${opens.case}`)).body.toString();
        assert.match(page, first === 'origin' ? /What stays here/ : /What went on/, 'its own title is its own');
        await shut(here, stays.case, 'the private one');
        const before = await verified(here, opens.case);
        if (way.shows.includes('proof')) assert.ok(during.includes(waits), 'it says plainly that something is closed');
        assert.ok(!during.includes(stays.case), 'and not for which case');
        const reporter = (await here.call(opens.mine)).body.toString();
        assert.ok(reporter.includes(secrets.description), 'the reporter reads their own text');

        await asABug(here, 'alpha', stays);
        await here.settle();
        const after = await outside(here, opens.case);
        const shows = (secret: string, what: 'report' | 'proof') =>
          assert.equal(after.includes(secret), way.shows.includes(what), `${first}: ${secret} once both are public`);
        shows(secrets.description, 'report');
        shows(secrets.evidence, kind === 'publish-bundle' ? 'proof' : 'report');
        shows(secrets.proof, 'proof');
        const now = await verified(here, opens.case);
        for (const { seq, hash } of before.chain.events) assert.equal(now.chain.events[seq - 1].hash, hash, 'no envelope changed');
      }
    });

test('L-02 VMT-36 a part of what is shared opens earlier only when two persons strike out a passage for that; a token is no such passage', async (t) => {
  const here = await founded(t, policies.by_hand);
  const { origin, part } = await family(here);
  await asABug(here, 'alpha', origin);
  await here.settle();
  const { anna, maybe, viktor, texts, state } = stepsOf(here, 'alpha', origin);
  const piece = Object.entries(await texts()).find(([, text]) => text.includes(secrets.description))?.[0];
  const strike = async (passage: string, more: object) => {
    await anna('propose-redaction', { piece, passage, why: 'third_party_secrets', ...more });
    await shut(here, origin.case, 'one person has proposed it');
    const { redaction } = (await state()).record.redactions.at(-1);
    assert.equal((await maybe('anna', 'approve-redaction', { redaction })).status, 422, 'one person is not two');
    await viktor('approve-redaction', { redaction });
  };
  const whole = await maybe('anna', 'propose-redaction', { piece, why: 'tokens', opens: true });
  assert.equal(whole.status, 422, 'with the whole of it gone nothing would be left to open');
  await strike('Other-flaw', {});
  await shut(here, origin.case, 'a passage that was struck out for another reason');
  await strike('and the other', { opens: true });
  const open = await outside(here, origin.case);
  assert.match(open, /One shows Secret-description, \[struck out: a third party’s secret\] \[struck out/);
  assert.ok(!open.includes('Other-flaw') && !open.includes(secrets.title), 'and nothing else');
  await verified(here, origin.case);
  const further = await splitOff(here, part);
  await asABug(here, 'alpha', further);
  await here.settle();
  await shut(here, further.case, 'a part of a part waits for the part between');
  await asABug(here, 'alpha', part);
  await here.settle();
  for (const each of [origin, part, further])
    assert.ok((await outside(here, each.case)).includes(secrets.proof), 'open with the last of three');
  assert.ok(!(await outside(here, origin.case)).includes('Other-flaw'), 'what two struck out stays struck out here');
});

test('L-02 T2 a part that ends as spam keeps nothing closed', async (t) => {
  const here = await founded(t, policies.by_hand);
  const { origin, part } = await family(here);
  await asABug(here, 'alpha', origin);
  await here.settle();
  await shut(here, origin.case, 'before');
  await stepsOf(here, 'alpha', part).anna('discard-report', { reason: 'Nothing.' });
  await here.settle();
  assert.ok((await outside(here, origin.case)).includes(secrets.description));
});

test('L-02 T6 a part that is another project’s flaw keeps closed what tells of it', async (t) => {
  const here = await founded(t, policies.by_hand);
  const { origin, part } = await family(here);
  await asABug(here, 'alpha', origin);
  const { anna } = stepsOf(here, 'alpha', part);
  await anna('take-up-case');
  await anna('decide-eligibility', { verdict: 'elsewhere', target: 'libelsewhere', reason: 'Theirs.' });
  await here.settle();
  await shut(here, origin.case, 'what may be a secret elsewhere');
});

test('L-02 QEMU-49 a duplicate that joined before the split waits with its target’s text; so does what the target shows of it', async (t) => {
  const here = await founded(t, policies.by_hand);
  const origin = await report(here);
  const again = await report(here);
  await here.settle();
  await stepsOf(here, 'alpha', again).anna('mark-duplicate', { of: origin.case, reason: 'The same two.' });
  await here.settle();
  const part = await splitOff(here, origin, 'What stays here');
  await asABug(here, 'alpha', origin);
  await here.settle();
  assert.equal((await inside(here, again.case)).state.visibility, 'public');
  for (const one of [origin, again]) await shut(here, one.case, 'the part is private');
  assert.ok((await here.call(again.mine)).body.toString().includes(secrets.description), 'the second reporter reads their own text');
  await asABug(here, 'alpha', part);
  await here.settle();
  for (const one of [origin, again, part]) assert.ok((await outside(here, one.case)).includes(secrets.description));
});

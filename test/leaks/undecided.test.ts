// SPDX-License-Identifier: Apache-2.0
// What somebody proposed to strike out, and nobody decided on, is not opened by any way of opening: not on a page, not in the API, not in a file, not by the database.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { CaseId, ProjectId } from '../../src/core/model/identifiers.ts';
import { table } from '../../src/core/process/table.ts';
import type { Sent } from './secret.ts';
import { stepsOf } from './secret.ts';
import type { Village } from './village.ts';
import { village } from './village.ts';
import type { Scene, WayOfOpening } from './ways-of-opening.ts';
import { opensMore, opensNoReport, policies, ways } from './ways-of-opening.ts';

// biome-ignore lint/suspicious/noExplicitAny: the test reads what the API answers, whose shape it asserts.
type Json = any;

const secrets = {
  title: 'Secret-title',
  description: 'Secret-description',
  evidence: 'Secret-evidence',
  proof: 'Secret-proof',
  note: 'Secret-note',
};

async function send(here: Village, project: string, said: typeof secrets): Promise<Sent> {
  const file = (name: string, purpose: string, text: string) => ({ name, purpose, base64: Buffer.from(text).toString('base64') });
  const { json, status, body } = await here.call(`/api/v1/${project}/reports`, {
    body: {
      title: `A flaw ${said.title} somewhere`,
      fields: { description: `It shows ${said.description} to all.` },
      consent: true,
      files: [file('log.txt', 'evidence', said.evidence), file('exploit.sh', 'reproducer', said.proof)],
    },
  });
  assert.equal(status, 201, body.toString());
  const token: string = json.key;
  return { case: json.case, codename: json.codename, token, mine: `${token}@/api/v1/${project}/my-report` };
}

/** Everything that a visitor gets of a case, by every door, and what the database shows to the role of the public. */
async function outside(here: Village, project: string, id: string, files: readonly string[]): Promise<string> {
  const paths = [
    `/api/v1/${project}/cases/${id}`,
    `/api/v1/${project}/cases/${id}/record`,
    `/${project}/cases/${id}`,
    `/${project}/advisories/records/${id}.html`,
    `/${project}/cases/${id}/record.json`,
    `/${project}/advisories`,
    ...files.flatMap((file) => [`/api/v1/${project}/cases/${id}/attachments/${file}`, `/${project}/cases/${id}/attachments/${file}`]),
  ];
  const answers = await Promise.all(paths.map((path) => here.request(path)));
  const rows = await here.world.store.as({ kind: 'anonymous', project: project as ProjectId }, async ({ cases }) => {
    const titles = (await cases.published(100)).map(({ title }) => title);
    const attached = await cases.attachments(id as CaseId);
    return JSON.stringify([titles, [...(await cases.texts(id as CaseId)).values()], attached.map(({ name }) => `row of ${name}`)]);
  });
  const site = [...(await here.site()).values()].map(String);
  return [...answers.map(({ body }) => body.toString()), rows, ...site].join('\n');
}

async function proposeAll(scene: Scene): Promise<readonly string[]> {
  const { here, project, sent, anna } = scene;
  await anna('add-note', { body: `I saw ${secrets.note}.` });
  const inside: Json = (await here.call(`/api/v1/${project}/cases/${sent.case}`, { token: await here.signIn(project, 'anna') })).json;
  const [texts, files] = [Object.entries(inside.texts as Record<string, string>), inside.attachments as readonly Json[]];
  const textOf = (secret: string) => texts.find(([, text]) => text.includes(secret))?.[0];
  for (const secret of [secrets.title, secrets.description])
    await anna('propose-redaction', { piece: textOf(secret), passage: secret, why: 'tokens' });
  await anna('propose-redaction', { piece: textOf(secrets.note), why: 'tokens' });
  for (const { id } of files) await anna('propose-redaction', { piece: id, why: 'tokens' });
  return files.map(({ id }) => id);
}

/** The second person leaves what was reported as it stands, and strikes out the title's passage and the note. */
async function decideAll(here: Village, project: string, id: string): Promise<void> {
  const { anna, maybe, viktor, state } = stepsOf(here, project, { case: id, mine: '' });
  const inside: Json = (await here.call(`/api/v1/${project}/cases/${id}`, { token: await here.signIn(project, 'anna') })).json;
  for (const { redaction, piece } of (await state()).record.redactions) {
    const text: string = inside.texts[piece] ?? '';
    const strikes = text.includes(secrets.title) || text.includes(secrets.note);
    assert.equal(
      (await maybe('anna', 'approve-redaction', { redaction })).status,
      422,
      'who proposed it is not the second person, in a part either',
    );
    await (strikes ? viktor('approve-redaction', { redaction }) : anna('decline-redaction', { redaction }));
  }
}

test('the table’s ways of opening are all told here', () => {
  const opening = Object.entries(table).flatMap(([kind, { to }]) =>
    'visibility' in to && (to.visibility as readonly string[]).includes('public') ? [kind] : [],
  );
  assert.deepEqual([...Object.keys(ways), opensNoReport].toSorted(), [...opening, ...opensMore].toSorted());
});

for (const [kind, way] of Object.entries(ways) as readonly [WayOfOpening, (typeof ways)[WayOfOpening]][])
  test(`L-02 VMT-36 ${kind} opens nothing on which a redaction is undecided; declined it opens, approved a mark stands there`, async (t) => {
    const here = await village(
      (done) => t.after(done),
      [{ project: 'alpha', policy: policies[way.policy], members: { anna: ['team'], viktor: ['team'] } }],
    );
    const sent = await send(here, 'alpha', secrets);
    await here.settle();
    const another = () => send(here, 'alpha', { title: 'b', description: 'b', evidence: 'b', proof: 'b', note: 'b' });
    const scene: Scene = { ...stepsOf(here, 'alpha', sent), here, project: 'alpha', sent, another };
    await way.before(scene);
    const files = await proposeAll(scene);
    const open = new Set<string>();
    const before = await outside(here, 'alpha', sent.case, files);
    for (const secret of Object.values(secrets)) if (before.includes(secret)) open.add(secret);
    await way.open(scene);
    await here.settle();
    const id = kind === 'split-case' ? String((await scene.state()).parts[0]) : sent.case;
    const inside: Json = (await here.call(`/api/v1/alpha/cases/${id}`, { token: await here.signIn('alpha', 'anna') })).json;
    const all = [...files, ...inside.attachments.map((one: Json) => one.id)];
    assert.equal(inside.state.visibility, 'public', `${kind} opens the case: ${inside.state.handling}`);
    assert.equal((await here.call(`/api/v1/alpha/cases/${id}`)).status, 200);
    const during = await outside(here, 'alpha', id, all);
    for (const secret of Object.values(secrets))
      assert.equal(during.includes(secret), open.has(secret), `${secret} before anybody decided`);
    await decideAll(here, 'alpha', id);
    const after = await outside(here, 'alpha', id, all);
    const shows = (secret: string, what: 'report' | 'proof') =>
      assert.equal(after.includes(secret), way.shows.includes(what), `${secret} after it was declined`);
    shows(secrets.description, 'report');
    shows(secrets.evidence, kind === 'publish-bundle' ? 'proof' : 'report');
    shows(secrets.proof, 'proof');
    for (const secret of [secrets.title, secrets.note])
      assert.ok(!after.includes(secret) || kind === 'split-case', `${secret} is struck out`);
    if (kind !== 'split-case') assert.match(after, /A flaw \[struck out: a token or key\] somewhere/);
  });

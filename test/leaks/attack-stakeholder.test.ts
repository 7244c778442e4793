// SPDX-License-Identifier: Apache-2.0
// An attack by a stakeholder: told of one case, with every id of another that only another party was told of, and curious about the rest of their own.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { makeApiToken } from '../../src/app/sign-in/api-tokens.ts';
import { sessionActor } from '../../src/app/sign-in/sessions.ts';
import type { PersonActor } from '../../src/core/model/actor.ts';
import type { ProjectId } from '../../src/core/model/identifiers.ts';
import { table } from '../../src/core/process/table.ts';
import { csrfToken } from '../../src/web/cross-site.ts';
import { openstackWithPackagers, partyName } from '../support/parties.ts';
import { asSession, attempts, onTheWire, successes } from './attack.ts';
import { marks } from './marks.ts';
import { courseOf, driveSecret, type Say, type Secret, stepsOf } from './secret.ts';
import type { Village } from './village.ts';
import { village } from './village.ts';

const preset = 'openstack-vmt';
const members = { ...courseOf(preset).members, pat: ['packager'], hana: ['hoster'] };
const projects = [
  { project: 'alpha', policy: openstackWithPackagers(), members },
  { project: 'beta', policy: 'minimal', members: { ben: ['team'] } },
];

async function tokenOf(here: Village, session: string): Promise<string> {
  const actor = (await sessionActor(here.world, 'alpha' as ProjectId, session)) as PersonActor;
  const made = await makeApiToken(here.world, actor, { name: 'ci', scopes: ['case:read'], days: 7 });
  assert.ok('token' in made);
  return made.token;
}

async function told(here: Village, say: Say, parties: readonly string[]): Promise<Secret> {
  const secret = await driveSecret(here, 'alpha', preset, say);
  const { anna, reporter } = stepsOf(here, 'alpha', secret);
  await reporter('propose-embargo', { until: '2026-11-12 15:00 UTC', reason: say('reason of a date for all') });
  for (const party of parties) {
    await anna('screen-party', { party, cleared: true, reason: say(`screening of ${party}`) });
    await anna('notify-party', { party, text: say(`words to ${party}`) });
  }
  await here.settle();
  return secret;
}

/** The other party and the team write to each other, with a file, and a patch waits that nobody has approved. */
async function besidesTheParty(here: Village, secret: Secret, say: Say): Promise<Secret> {
  const { anna, as } = stepsOf(here, 'alpha', secret);
  await as('hana', 'accept-terms');
  const attachments = [{ name: say('name of a file of the hosters', 'file'), text: say('file of the hosters') }];
  await as('hana', 'write-to-team', { body: say('question of the hosters'), attachments });
  await anna('write-to-party', { party: 'hosters', body: say('answer to the hosters') });
  const branch = {
    branch: 'master',
    component: 'nova',
    patch: { name: say('name of a patch nobody approved', 'file'), text: patch(say) },
  };
  await anna('add-patch', branch);
  await here.settle();
  const view = await here.call(`/api/v1/alpha/cases/${secret.case}`, { token: await here.signIn('alpha', 'anna') });
  const ids = (all: readonly { id: string }[]) => all.map(({ id }) => id);
  const files = ids(view.json.attachments);
  assert.equal(files.length, secret.attachments.length + 2);
  return { ...secret, attachments: files, messages: ids(view.json.messages) };
}

const patch = (say: Say) => `${say('patch that nobody approved')}\n\nSigned-off-by: Anna <a@b>\n`;

/** What a party reads of a case that it is told of. */
const column = ['title', 'impact', `words to ${partyName}`, 'patch name', 'patch content'].map((field) => `own ${field}`);

test('L-01 L-02 L-22 an attack by a told party finds nothing of another party’s case, and of its own what is in its column', async (t) => {
  const here = await village((done) => t.after(done), projects);
  const { mark, found } = marks();
  const saying =
    (whose: string): Say =>
    (field, kind) =>
      kind === 'address' ? `${mark(`${whose} ${field}`)}@reporters.example` : `says ${mark(`${whose} ${field}`)}`;
  const mine = await besidesTheParty(here, await told(here, saying('own'), [partyName, 'hosters']), saying('own'));
  const hidden = await told(here, saying('hidden'), ['hosters']);
  const session = await here.signIn('alpha', 'pat');
  const accepted = await here.call(`/api/v1/alpha/cases/${mine.case}/accept-terms`, { token: session, body: {} });
  assert.equal(accepted.status, 200, accepted.body.toString());
  const wire = await onTheWire(t, here);
  const csrf = csrfToken(here.world.derive('csrf'), session);
  const lootOf = ({ case: id, codename, attachments, messages }: Secret) => ({
    case: id,
    codename,
    attachment: attachments[0] ?? '',
    message: messages.at(-1) ?? '',
    csrf,
  });
  const attack = await successes(wire, asSession(session), { ...lootOf(hidden), own: mine.case }, (answer) =>
    found(answer).filter((field) => field.startsWith('hidden ')),
  );
  assert.deepEqual(attack.told.slice(0, 3), [], `${attack.told.length} of ${attack.tried} attempts tell that the case is there`);
  assert.deepEqual(attack.shown, []);
  const seen = new Set<string>();
  for (const attachment of mine.attachments)
    for (const { name, of } of attempts({ ...lootOf(mine), attachment }, here.routes).filter(
      ({ name: one, of: sent }) => attachment === mine.attachments[0] || (one === 'plain' && sent('').line.includes(attachment)),
    )) {
      const answer = await wire.send(of(mine.case), asSession(session));
      const shown = found(answer);
      for (const field of shown) seen.add(field);
      assert.deepEqual(
        shown.filter((field) => !column.includes(field)),
        [],
        `${name}: ${of(mine.case).line}`,
      );
    }
  assert.ok(seen.has('own title') && seen.has(`own words to ${partyName}`), 'the party reads its column, so this test can tell');
  const after = await stepsOf(here, 'alpha', hidden).state();
  assert.deepEqual([after.added, after.narrowed, after.visibility], [[], null, 'private'], 'nothing was done to the other case');
  t.diagnostic(`${attack.tried} attempts on a hidden case`);
});

test('L-02 L-11 L-12 a told party that takes every action learns nothing beside its column, and once it is removed nothing at all', async (t) => {
  const here = await village((done) => t.after(done), projects);
  const { mark, found } = marks();
  const mine = await told(here, (field, kind) => (kind === 'address' ? `${mark(field)}@reporters.example` : `says ${mark(field)}`), [
    partyName,
    'hosters',
  ]);
  const { anna } = stepsOf(here, 'alpha', mine);
  await anna('end-embargo', { exit: 'early_agreed', reason: `says ${mark('reason to end early')}` });
  const session = await here.signIn('alpha', 'pat');
  const token = await tokenOf(here, session);
  const page = `/api/v1/alpha/cases/${mine.case}`;
  assert.equal((await here.call(`${page}/accept-terms`, { token: session, body: {} })).status, 200);
  const read = await here.call(page, { token: session });
  assert.ok(found(read.body).includes('title') && !found(read.body).includes('reason to end early'));
  assert.doesNotMatch(`${read.body}`, /"ending":\["/, 'nor who inside wants it to end');
  const theirs = ['title', 'impact', `words to ${partyName}`, 'patch name', 'patch content'];
  const taken: string[] = [];
  for (const kind of Object.keys(table).filter((one) => one !== 'accept-terms'))
    for (const path of [`${page}/${kind}`, `/alpha/cases/${mine.case}/${kind}`]) {
      const headers = { Cookie: `__Host-daylight-alpha=${session}`, 'Content-Type': 'application/x-www-form-urlencoded' };
      const csrf = csrfToken(here.world.derive('csrf'), session);
      const answer = path.startsWith('/api')
        ? await here.call(path, { token: session, body: { reason: 'x', party: 'hosters', person: 'anna', body: 'x' } })
        : await here.request(path, { method: 'POST', headers, body: new URLSearchParams({ csrf, reason: 'x', body: 'x' }).toString() });
      const shown = `${JSON.stringify(answer.headers)}${answer.body}`;
      assert.deepEqual(
        found(shown).filter((field) => !theirs.includes(field)),
        [],
        path,
      );
      assert.doesNotMatch(shown, /\b(?:viktor|rhea|hana|hosters)\b/i, `${path} names nobody inside and no other party`);
      if (answer.status < 400) taken.push(kind);
    }
  const own: readonly string[] = ['acknowledge-notice', 'say-ready', 'raise-objection', 'agree-embargo', 'write-to-team'];
  assert.deepEqual(
    taken.filter((kind) => !own.includes(kind)),
    [],
  );
  await here.settle();
  await anna('remove-party', { party: partyName, reason: `says ${mark('reason of a removal')}` });
  const mailed = here.relay.sent.length;
  const wire = await onTheWire(t, here);
  const loot = { case: mine.case, codename: mine.codename, attachment: mine.attachments[0] ?? '', message: mine.messages[0] ?? '' };
  const attack = await successes(wire, asSession(session), loot, found);
  assert.deepEqual([attack.told.slice(0, 3), attack.shown], [[], []]);
  for (const kept of [session, token])
    for (const path of [page, ...mine.attachments.map((file) => `${page}/attachments/${file}`)])
      assert.equal((await here.call(path, { token: kept })).status, 404, path);
  await anna('end-embargo', { exit: 'leak', reason: 'It is out.', evidence: 'https://lists.example/1' });
  await here.settle();
  const later = here.relay.sent.slice(mailed);
  assert.ok(
    later.some(({ to }) => to.address === 'hana@members.example'),
    'the party that stayed is told that the embargo ended',
  );
  assert.deepEqual(
    later.filter(({ to }) => to.address === 'pat@members.example').map(({ subject }) => subject),
    [],
  );
});

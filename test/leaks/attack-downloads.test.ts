// SPDX-License-Identifier: Apache-2.0
// An attack by whoever loses their right in the middle of a long download: a removed member, a guest whose end came, an invitation that outlives its person.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import pg from 'pg';
import { actOnPerson } from '../../src/app/roster.ts';
import type { PersonId, ProjectId, Role } from '../../src/core/model/identifiers.ts';
import { isRefusal } from '../../src/core/model/refusal.ts';
import type { PersonAction } from '../../src/core/people/action.ts';
import { courseOf, type Steps, sendReport, stepsOf } from './secret.ts';
import type { Village } from './village.ts';
import { village } from './village.ts';

const alpha = 'alpha' as ProjectId;
const preset = 'openstack-vmt';
const people = ['member', 'suspended', 'lapsed', 'invited', 'guest', 'timed', 'away', 'told'] as const;
const guests: readonly string[] = ['invited', 'guest', 'timed', 'away'];
const roleOf = (person: string) => (guests.includes(person) ? 'core_reviewer' : 'coordinator');
const members = { ...courseOf(preset).members, ...Object.fromEntries(people.map((person) => [person, [roleOf(person)]])) };
const say = (field: string, kind?: string) => (kind === 'address' ? 'rita@reporters.example' : `said: ${field}`);
const anna = { kind: 'person', person: 'anna' as PersonId, roles: ['coordinator' as Role] } as const;
const until = '2026-11-03 09:00 UTC';

async function decide(here: Village, person: string, action: PersonAction): Promise<void> {
  const done = await actOnPerson(here.world, alpha, anna, { person: person as PersonId, action, note: 'A reason.' });
  assert.ok(!isRefusal(done), JSON.stringify(done));
}

/** A member again, as if nothing had been. */
async function comesBack(here: Village, person: string): Promise<void> {
  const client = new pg.Client(here.connection);
  await client.connect();
  await client.query("update daylight.member set standing = 'active' where project = 'alpha' and person = $1", [person]);
  await client.end();
  await here.appoint('alpha', person, [roleOf(person)]);
}

interface Ending {
  readonly person: (typeof people)[number];
  end(here: Village, steps: Steps): Promise<unknown>;
}

/** Each way in which a right ends, by whoever it ends for. */
const endings: readonly Ending[] = [
  { person: 'member', end: (here) => decide(here, 'member', { kind: 'remove' }) },
  { person: 'suspended', end: (here) => decide(here, 'suspended', { kind: 'suspend' }) },
  { person: 'lapsed', end: (here) => decide(here, 'lapsed', { kind: 'end-role', role: 'coordinator' as Role }) },
  { person: 'invited', end: (_, { anna: say }) => say('remove-person', { person: 'invited' }) },
  { person: 'guest', end: (here) => decide(here, 'guest', { kind: 'remove' }) },
  { person: 'away', end: (here) => decide(here, 'away', { kind: 'suspend' }) },
  {
    person: 'timed',
    async end(here) {
      here.set('2026-11-03T09:00:00Z');
      await here.settle();
    },
  },
];

/** The last of them: from then on the case is there for the few alone. */
const narrowing: Ending = {
  person: 'told',
  end: (_, { anna: say }) => say('narrow-access', { people: ['anna', 'viktor'], reason: 'One of them works for the vendor concerned.' }),
};

/** Reads one piece; the rest is asked for by the function that comes back, which says how much came of it. */
async function begin(here: Village, path: string, headers: Readonly<Record<string, string>>): Promise<() => Promise<number>> {
  const answer = await here.fetch(new Request(`https://security.example.org${path}`, { headers }));
  assert.equal(answer.status, 200);
  const reader = answer.body?.getReader();
  let got = (await reader?.read())?.value?.length ?? 0;
  return async () => {
    try {
      for (let next = await reader?.read(); next?.done === false; next = await reader?.read()) got += next.value.length;
      return got;
    } catch {
      return got;
    }
  };
}

test('L-11 L-56 a download ends where the right to it ends, in whatever way it does, and whoever comes back is invited anew', async (t) => {
  const here = await village((done) => t.after(done), [{ project: 'alpha', policy: preset, members }]);
  const sent = await sendReport(here, 'alpha', preset, say);
  await here.settle();
  const steps = stepsOf(here, 'alpha', sent);
  await steps.anna('take-up-case');
  const bytes = 6_000_000;
  const long = { name: 'long.bin', base64: Buffer.alloc(bytes, 'long ').toString('base64') };
  await steps.reporter('answer-team', { body: 'A trace.', attachments: [long] });
  for (const person of guests) await steps.anna('add-person', { person, ...(person === 'timed' ? { until } : {}) });
  const page = `/cases/${sent.case}`;
  const view = (await here.call(`/api/v1/alpha${page}`, { token: await here.signIn('alpha', 'anna') })).json;
  const file = view.attachments.find((one: { bytes: number }) => one.bytes === bytes).id;
  const tried = async ({ person, end }: Ending) => {
    const session = await here.signIn('alpha', person);
    const [bearer, cookie] = [{ Authorization: `Bearer ${session}` }, { Cookie: `__Host-daylight-alpha=${session}` }];
    const whole = await begin(here, `/api/v1/alpha${page}/attachments/${file}`, bearer);
    assert.equal(await whole(), bytes, `${person} reads all of it, so this test can tell`);
    const rest = [
      await begin(here, `/api/v1/alpha${page}/attachments/${file}`, bearer),
      await begin(here, `/alpha${page}/attachments/${file}`, cookie),
    ];
    await end(here, steps);
    for (const one of rest) {
      const got = await one();
      assert.ok(got <= 3 * 1_048_576, `${person}: ${got} of ${bytes} bytes came`);
    }
    assert.equal((await here.call(`/api/v1/alpha${page}`, { token: session })).status, 404, person);
  };
  for (const ending of endings) await tried(ending);
  await decide(here, 'away', { kind: 'reinstate' });
  await comesBack(here, 'guest');
  const opens = async (person: string) => (await here.call(`/api/v1/alpha${page}`, { token: await here.signIn('alpha', person) })).status;
  assert.deepEqual(
    [await opens('away'), await opens('guest')],
    [200, 404],
    'an invitation waits for whoever is suspended, and for nobody else',
  );
  await tried(narrowing);
});

// SPDX-License-Identifier: Apache-2.0
// A town for the access matrix: one case for each way in which a case is open or closed, and somebody for each way of looking at it.

import assert from 'node:assert/strict';
import pg from 'pg';
import { makeApiTokenIn, type Scope } from '../../src/app/sign-in/api-tokens.ts';
import { openOwnThread } from '../../src/app/sign-in/reporters.ts';
import type { CaseId, ParticipantId, PersonId, ProjectId, Role } from '../../src/core/model/identifiers.ts';
import { isRefusal } from '../../src/core/model/refusal.ts';
import type { Guarded } from '../../src/core/policy/access.ts';
import { openstackWithPackagers, partyName } from '../support/parties.ts';
import { courseOf, driveSecret, type Say, type Sent, sendReport, stepsOf } from './secret.ts';
import type { Village } from './village.ts';
import { village } from './village.ts';

const preset = 'openstack-vmt';
export const alpha = 'alpha' as ProjectId;

/** OpenStack with two parties, and with moderators who read what is held and nothing else. */
const policy = openstackWithPackagers()
  .replace('may: [moderate, ', 'may: [')
  .replace(/^ {2}core_reviewer:/m, '  moderator: { may: [moderate] }\n  core_reviewer:')
  .replace(/^ {2}one_flaw_each: required\n/m, '  moderation: non_members\n  one_flaw_each: required\n')
  .replace(/^texts:\n/m, 'texts:\n  held: |\n    A moderator looks at it. Reference: {case}\n');

const members: Readonly<Record<string, readonly string[]>> = {
  ...courseOf(preset).members,
  cora: ['core_reviewer'],
  pat: ['packager'],
  paul: ['packager'],
  hana: ['hoster'],
  gus: ['core_reviewer'],
  mo: ['moderator'],
  ada: ['administrator'],
  otis: ['auditor'],
  sue: ['coordinator'],
  fern: ['coordinator'],
  rob: ['coordinator'],
};

/** One case, as a principal may ask for it, and as the access rule takes it. */
export interface Subject {
  readonly name: string;
  readonly sent: Sent;
  readonly participant: ParticipantId;
  readonly guarded: Guarded;
  readonly files: readonly string[];
  readonly messages: readonly string[];
  /** What only stands in this case. */
  readonly marks: readonly string[];
  /** What only those read who read all of it. */
  readonly inside: string;
}

/** Who asks. `roles` are those that count now: none for whom the store does not let in. */
export interface Kind {
  readonly name: string;
  readonly person?: string;
  readonly roles?: readonly Role[];
  readonly project?: string;
  readonly scopes?: readonly Scope[];
  /** Of the case that is asked for, or of that one. */
  readonly reporter?: 'this' | 'other';
  /** What is shown where nobody has given it out. */
  readonly guessed?: true;
}

const someone = (name: string, person: string, more: Omit<Kind, 'name' | 'person'> = {}): Kind => ({
  name,
  person,
  roles: (members[person] ?? []) as readonly Role[],
  ...more,
});

export const kinds: readonly Kind[] = [
  { name: 'anonymous' },
  { name: 'guessed token', guessed: true },
  { name: 'reporter of this case', reporter: 'this' },
  { name: 'reporter of another case', reporter: 'other' },
  someone('coordinator among the few', 'anna'),
  someone('coordinator outside the few', 'rhea'),
  someone('moderator', 'mo'),
  someone('core reviewer', 'cora'),
  someone('liaison', 'lia'),
  someone('stakeholder who accepted the terms', 'pat'),
  someone('stakeholder who did not', 'paul'),
  someone('member of a party that was not told', 'hana'),
  someone('guest of one case', 'gus'),
  someone('member without a role', 'cleo'),
  someone('administrator', 'ada'),
  someone('auditor', 'otis'),
  someone('suspended coordinator', 'sue', { roles: [] }),
  someone('former coordinator', 'fern', { roles: [] }),
  { name: 'member of another project', person: 'ben', project: 'beta' },
  someone('token that reads cases', 'anna', { scopes: ['case:read'] }),
  someone('token that reads lists', 'anna', { scopes: ['member:read'] }),
  someone('token of everything, outside the few', 'rob', { scopes: ['member:read', 'member:act', 'case:read', 'case:act'] }),
];

export interface MatrixTown {
  readonly here: Village;
  readonly subjects: readonly Subject[];
  /** What a principal of this kind sends along, made now, when they ask for this case. */
  secretOf(kind: Kind, subject: Subject): Promise<string>;
}

const mark = (name: string) => `canary${name}`;
const says =
  (name: string): Say =>
  (field, kind) =>
    kind === 'address' ? `${name}@reporters.example` : `${mark(name)} ${field}`;

export async function matrixTown(after: (done: () => Promise<void>) => void): Promise<MatrixTown> {
  const here = await village(after, [
    { project: 'alpha', policy, members },
    { project: 'beta', policy: 'minimal', members: { ben: ['team'], anna: ['team'] } },
  ]);
  const subjects = [
    await told(here),
    await plain(here, 'narrowed', async ({ anna }) => {
      await anna('narrow-access', { people: ['anna', 'viktor'], reason: 'One of the team works for the vendor concerned.' });
    }),
    await plain(here, 'invited', async ({ anna }) => {
      await anna('add-person', { person: 'gus' });
    }),
    await plain(here, 'plain', async () => undefined),
    await plain(here, 'public', async ({ anna }) => {
      await anna('decide-eligibility', { verdict: 'in', reason: 'In.' });
      await anna('dismiss-flaw', { reason: 'Not exploitable.', class: 'E' });
    }),
    { name: 'held', project: 'alpha', sent: await sendReport(here, 'alpha', preset, says('held')) },
    await plain(here, 'foreign', async () => undefined, 'beta'),
  ];
  await here.settle();
  await outlived(here, { sue: 'suspended', fern: 'removed' });
  const tokens = new Map<string, string>();
  for (const { name, person, scopes } of kinds)
    if (person !== undefined && scopes !== undefined) tokens.set(name, await tokenOf(here, person, scopes));
  const described = await Promise.all(subjects.map((subject) => describe(here, subject)));
  return {
    here,
    subjects: described,
    async secretOf({ name, person, project = 'alpha', reporter, guessed }, subject) {
      if (guessed) return '7'.repeat(32);
      if (reporter === undefined) return tokens.get(name) ?? (person === undefined ? '' : here.signIn(project, person));
      const other = described.find((one) => one.name !== subject.name && one.guarded.project === alpha);
      assert.ok(other !== undefined);
      return threadOf(here, reporter === 'this' ? subject : other);
    },
  };
}

/** As the return key opens it, without the count of attempts at that door. */
async function threadOf({ world }: Village, { sent, participant, guarded }: Subject): Promise<string> {
  const actor = { kind: 'reporter', project: guarded.project, case: guarded.case, participant, proof: { by: 'case_link' } } as const;
  return (await openOwnThread(world, actor, sent.token)).token;
}

interface Made {
  readonly name: string;
  readonly project: string;
  readonly sent: Sent;
}

async function plain(
  here: Village,
  name: string,
  then: (steps: ReturnType<typeof stepsOf>) => Promise<void>,
  project = 'alpha',
): Promise<Made> {
  const sent = await sendReport(here, project, preset, says(name));
  await here.settle();
  const steps = stepsOf(here, project, sent);
  if (project === 'alpha') await steps.as('mo', 'release-report');
  await steps.anna('take-up-case');
  await steps.anna('send-message', { body: `${mark(name)} message` });
  await steps.anna('add-note', { body: inside(name), attachments: [{ name: 'note.txt', text: `${mark(name)} file of a note` }] });
  await then(steps);
  await here.settle();
  return { name, project, sent };
}

const inside = (name: string) => `inside${name}`;

/** Two parties could be told; one is, and one of its two members accepts the terms. A number is asked for. */
async function told(here: Village): Promise<Made> {
  const secret = await driveSecret(here, 'alpha', preset, says('told'));
  const { anna, as, reporter } = stepsOf(here, 'alpha', secret);
  await reporter('propose-embargo', { until: '2026-11-12 15:00 UTC', reason: 'A date for all.' });
  await anna('screen-party', { party: partyName, cleared: true, reason: 'They keep it.' });
  await anna('notify-party', { party: partyName, text: 'For you.' });
  await anna('add-note', { body: inside('told') });
  await as('pat', 'accept-terms');
  await here.settle();
  return { name: 'told', project: 'alpha', sent: secret };
}

async function describe(here: Village, { name, project, sent }: Made): Promise<Subject> {
  const token = await here.signIn(project, name === 'held' ? 'mo' : 'anna');
  const { json: view, status } = await here.call(`/api/v1/${project}/cases/${sent.case}`, { token });
  assert.equal(status, 200, name);
  const record = await here.world.store.as({ kind: 'process', project: project as ProjectId }, ({ cases }) =>
    cases.find(sent.case as CaseId),
  );
  assert.ok(record !== undefined);
  const ids = (all: readonly { readonly id: string }[]) => all.map(({ id }) => id);
  return {
    name,
    sent,
    guarded: record.guarded,
    participant: view.state.reporters[0].participant,
    files: ids(view.attachments),
    messages: ids(view.messages),
    marks: [sent.case, sent.codename, mark(name)],
    inside: inside(name),
  };
}

/** Nobody ends their sessions: what the store says of them at the moment of a request is what counts. */
async function outlived(here: Village, standings: Readonly<Record<string, string>>): Promise<void> {
  const client = new pg.Client(here.connection);
  await client.connect();
  try {
    for (const [person, standing] of Object.entries(standings))
      await client.query("update daylight.member set standing = $2 where project = 'alpha' and person = $1", [person, standing]);
  } finally {
    await client.end();
  }
}

async function tokenOf(here: Village, person: string, scopes: readonly Scope[]): Promise<string> {
  const made = await here.world.store.as({ kind: 'process', project: alpha }, (transaction) =>
    makeApiTokenIn(here.world, transaction, person as PersonId, { name: 'robot', scopes, days: 30 }),
  );
  assert.ok(!isRefusal(made));
  return made.token;
}

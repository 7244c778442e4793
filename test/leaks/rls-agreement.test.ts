// SPDX-License-Identifier: Apache-2.0
// The access rule is said twice, in core/policy/access.ts and in SQL: over random cases, contents and principals both say the same.

import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import fc from 'fast-check';
import { sql } from 'kysely';
import { openPools } from '../../src/adapters/postgres/pool.ts';
import { rolesOf } from '../../src/adapters/postgres/roles.ts';
import { masterKeys } from '../../src/adapters/postgres/seal.ts';
import { withPrincipal } from '../../src/adapters/postgres/session.ts';
import type { AttachmentRef, Audience, ContentKind } from '../../src/core/model/content.ts';
import type { Event, EventData } from '../../src/core/model/event.ts';
import type { ParticipantId, PersonId, ProjectId, Role } from '../../src/core/model/identifiers.ts';
import type { Guarded, Principal } from '../../src/core/policy/access.ts';
import { canRead, canReadEvent, canSee, reach } from '../../src/core/policy/access.ts';
import type { NewAttachment, NewContent } from '../../src/ports/store/cases.ts';
import {
  anyone,
  appended,
  cna,
  content,
  file,
  libvirt,
  moderators,
  next,
  policyVersion,
  processOf,
  qemu,
  type Report,
  randomId,
  report,
  security,
} from '../contract/store-material.ts';
import { testDatabase, testMasterKey } from '../support/database.ts';

const { store, connection, ask } = await testDatabase();
const pools = openPools(rolesOf({ owner: connection }, masterKeys(testMasterKey)), () => {});
after(() => Promise.all(Object.values(pools).map((pool) => pool.end())));

const projects = [libvirt, qemu];
const packagers = 'packager' as Role;
const roles = [security, moderators, cna, packagers];
/** One person for every set of roles. */
const people = Array.from({ length: 2 ** roles.length }, (_, mask) => ({
  person: `person-${mask}` as PersonId,
  roles: roles.filter((_, bit) => (mask >> bit) % 2 === 1),
}));

for (const project of projects)
  await store.as(processOf(project), async ({ accounts, policies }) => {
    await accounts.addProject({ project, title: project });
    await policies.activate(policyVersion(project, 1));
    for (const { person, roles: held } of people) await accounts.putMember({ person, name: person, address: null, roles: held });
  });

interface Guard {
  readonly project: ProjectId;
  readonly guarded: Pick<Guarded, 'public' | 'opening' | 'readers' | 'cveReaders' | 'guests' | 'few' | 'parties' | 'partyMembers'>;
  /** In whose role a text that is a party's notice is addressed. */
  readonly told: Role;
  /** Whose proofs of concept are open. */
  readonly proofs: readonly ('own' | 'other')[];
  readonly contents: readonly {
    readonly kind: ContentKind;
    readonly audience: Audience;
    readonly to: 'all' | 'own' | 'other';
    readonly closed: boolean;
  }[];
  readonly files: readonly {
    readonly purpose: AttachmentRef['purpose'];
    readonly audience: Audience;
    readonly to: 'all' | 'own' | 'other';
    readonly closed: boolean;
  }[];
  /** What happened after the report: told to some in part, or to nobody outside. */
  readonly happened: readonly EventData[];
}

const happenings: readonly EventData[] = [
  { kind: 'case-opened' },
  { kind: 'fixing-started' },
  { kind: 'advisory-submitted' },
  { kind: 'reminder-due', clock: 'owner' },
];

const someRoles = fc.subarray<Role>(roles);
const audience = fc.constantFrom<Audience>('shared', 'team', 'withheld', 'proof');
const closed = fc.integer({ min: 0, max: 3 }).map((drawn) => drawn === 0);
const to = fc.constantFrom('all', 'own', 'other');
const kind = fc.constantFrom<ContentKind>(
  'title',
  'description',
  'message',
  'note',
  'impact',
  'party_notice',
  'party_message',
  'advisory',
  'sender_address',
);
const guard: fc.Arbitrary<Guard> = fc.record({
  project: fc.constantFrom(...projects),
  guarded: fc.record({
    public: fc.boolean(),
    opening: fc.constantFrom('nothing', 'issue', 'full_record'),
    readers: someRoles,
    cveReaders: someRoles,
    guests: fc.subarray(
      people.map((one) => one.person),
      { maxLength: 2 },
    ),
    few: fc.subarray(
      people.flatMap(({ person }) => roles.map((role) => ({ role, person }))),
      { maxLength: 12 },
    ),
    parties: fc.subarray<Role>([packagers, cna]),
    partyMembers: fc.subarray(
      people.flatMap(({ person }) => [packagers, cna].map((role) => ({ role, person }))),
      { maxLength: 12 },
    ),
  }),
  told: fc.constantFrom(packagers, cna),
  proofs: fc.subarray(['own', 'other'] as const),
  contents: fc.array(fc.record({ kind, audience, to, closed }), { maxLength: 6 }),
  files: fc.array(fc.record({ purpose: fc.constantFrom('original', 'evidence', 'reproducer', 'patch'), audience, to, closed }), {
    maxLength: 3,
  }),
  happened: fc.subarray([...happenings]),
});

interface Kept {
  readonly one: Report;
  readonly events: readonly Event[];
  readonly guarded: Guarded;
  readonly contents: readonly NewContent[];
  readonly files: readonly NewAttachment[];
  readonly closed: ReadonlySet<string>;
}

async function keep({ project, guarded, told, proofs, contents, files, happened }: Guard): Promise<Kept> {
  const one = report(project);
  const other = randomId<ParticipantId>();
  const participant = (whose: 'all' | 'own' | 'other') =>
    whose === 'all' ? {} : { participant: whose === 'own' ? one.participant : other };
  const texts = contents.map((about) => content({ kind: about.kind, audience: about.audience, ...participant(about.to) }, 'text'));
  const sent = files.map((about) =>
    file({ purpose: about.purpose, audience: about.audience, ...participant(about.to) }, 'name', Buffer.from('file')),
  );
  const { state, events } = one.first;
  const open = proofs.map((whose) => (whose === 'own' ? one.participant : other));
  const partyNotices = texts
    .filter(({ ref }) => ref.kind === 'party_notice' || ref.kind === 'party_message')
    .map(({ ref }) => ({ role: told, content: ref.id }));
  const addition = appended(state, events, { contents: texts, attachments: sent, guarded: { ...guarded, partyNotices, proofs: open } });
  const since = next(state, { kind: 'process' }, ...happened);
  const struck = [
    ...texts.filter((_, index) => contents[index]?.closed).map(({ ref }) => ref.id),
    ...sent.filter((_, index) => files[index]?.closed).map(({ ref }) => ref.id),
  ];
  await store.as(processOf(project), async ({ cases }) => {
    await cases.open(one.id, { name: project, version: 1 }, addition);
    await cases.append(one.id, {
      ...addition,
      ...since,
      contents: [],
      attachments: [],
      pieces: { closed: struck, opened: [], destroyed: [] },
    });
  });
  return {
    one,
    events: [...events, ...since.events],
    guarded: addition.guarded,
    contents: texts,
    files: sent,
    closed: new Set<string>(struck),
  };
}

/** Everybody there is, in both projects: the reporters of these cases too, and somebody else's participant in each. */
function everybody(kept: readonly Kept[]): readonly Principal[] {
  const members = projects.flatMap((project) =>
    people.map(({ person, roles: held }): Principal => ({ kind: 'person', project, person, roles: held })),
  );
  const stranger: Principal = { kind: 'person', project: libvirt, person: 'nobody' as PersonId, roles: [] };
  const reporters = kept.slice(0, 4).flatMap(({ one, guarded: { project }, contents }): Principal[] => {
    const participants = new Set([
      one.participant,
      ...contents.flatMap(({ ref }) => (ref.participant === undefined ? [] : [ref.participant])),
    ]);
    return [...participants].map((participant) => ({ kind: 'reporter', project, case: one.id, participant }));
  });
  return [...members, stranger, ...reporters, ...projects.map(anyone), ...projects.map(processOf)];
}

/** What the database lets this principal see, without any condition of ours. */
function seen(who: Principal): Promise<Readonly<Record<string, readonly string[]>>> {
  return withPrincipal(pools, who, async (session) => {
    const ids = async (query: string) => (await session.rows(sql<{ id: string }>`${sql.raw(query)}`)).map((row) => row.id).sort();
    return {
      cases: await ids('select case_id as id from cases'),
      keys: await ids('select case_id as id from case_key'),
      logs: await ids(`select case_id || ' ' || kind as id from event`),
      texts: await ids('select content_id as id from content'),
      files: await ids('select attachment_id as id from attachment'),
      pieces: await ids('select attachment_id as id from attachment_chunk'),
    };
  });
}

/** The same by the rule. */
function allowed(who: Principal, kept: readonly Kept[]): Readonly<Record<string, readonly string[]>> {
  const visible = kept.filter(({ guarded }) => canSee(who, guarded));
  const reached = visible.map((one) => ({ ...one, reach: reach(who, one.guarded) }));
  const files = reached.flatMap((one) =>
    one.files
      .filter(({ ref }) => canRead(who, one.reach, { ...ref, kind: 'attachment', closed: one.closed.has(ref.id) }, one.guarded))
      .map(({ ref }) => ref.id),
  );
  return {
    cases: visible.map(({ one }) => one.id).sort(),
    keys: visible.map(({ one }) => one.id).sort(),
    logs: reached
      .flatMap(({ one, events, reach: reached }) =>
        events.filter(({ kind }) => canReadEvent(reached, kind)).map(({ kind }) => `${one.id} ${kind}`),
      )
      .sort(),
    texts: reached
      .flatMap((one) =>
        one.contents
          .filter(({ ref }) => canRead(who, one.reach, { ...ref, closed: one.closed.has(ref.id) }, one.guarded))
          .map(({ ref }) => ref.id),
      )
      .sort(),
    files: files.sort(),
    pieces: files.sort(),
  };
}

async function forget(): Promise<void> {
  await ask('truncate daylight.cases cascade');
}

test('L-01 L-02 L-16 the database shows each principal the cases, logs, texts and files that the access rule allows, no more and no fewer', async () => {
  const compared = { principals: 0, cases: 0, shown: 0 };
  const property = fc.asyncProperty(fc.array(guard, { minLength: 1, maxLength: 20 }), async (guards) => {
    await forget();
    const kept: Kept[] = [];
    for (const one of guards) kept.push(await keep(one));
    for (const who of everybody(kept)) {
      const expected = allowed(who, kept);
      assert.deepEqual(await seen(who), expected, JSON.stringify(who));
      compared.principals += 1;
      compared.cases += kept.length;
      compared.shown += expected['texts']?.length ?? 0;
    }
  });
  await fc.assert(property, { numRuns: Number(process.env['DAYLIGHT_ACCESS_RUNS'] ?? 25) });
  assert.ok(compared.shown > compared.principals, 'the comparison saw contents, not only empty answers');
});

test('L-11 a role that is taken away in the store counts from the next statement, whatever the principal still carries', async () => {
  await forget();
  const leaver = 'leaver' as PersonId;
  const put = (held: readonly Role[]) =>
    store.as(processOf(libvirt), ({ accounts }) => accounts.putMember({ person: leaver, name: 'Leaver', address: null, roles: held }));
  await put([security]);
  await keep({
    project: libvirt,
    guarded: { public: false, opening: 'nothing', readers: [security], cveReaders: [], guests: [], few: [], parties: [], partyMembers: [] },
    told: packagers,
    proofs: [],
    contents: [],
    files: [],
    happened: [],
  });
  const who: Principal = { kind: 'person', project: libvirt, person: leaver, roles: [security] };
  const counts = await withPrincipal(pools, who, async (session) => {
    const count = async () => (await session.rows(sql`select from cases`)).length;
    const before = await count();
    await put([]);
    return [before, await count()];
  });
  assert.deepEqual(counts, [1, 0]);
});

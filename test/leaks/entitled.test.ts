// SPDX-License-Identifier: Apache-2.0
// A notice is authorised when it is sent, with the recipient's rights of that moment: whatever they were when it was asked for (Bugzilla's lesson).

import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { mayBeTold, toldToThoseWhoPlan } from '../../src/app/entitled.ts';
import { noticeRules } from '../../src/app/registry.ts';
import type { CaseId, ContentId, PersonId, ProjectId, Role } from '../../src/core/model/identifiers.ts';
import type { Guarded, Principal } from '../../src/core/policy/access.ts';
import { canSee, reach } from '../../src/core/policy/access.ts';
import type { NoticeName } from '../../src/core/process/consequence.ts';
import { type MemberNotice, toMember } from '../../src/notices/to-member.ts';
import { openstackWithPackagers } from '../support/parties.ts';
import { courseOf, driveSecret, stepsOf } from './secret.ts';
import { village } from './village.ts';

const alpha = 'alpha' as ProjectId;
const roles = ['security', 'cna', 'packager', 'hoster'].map((role) => role as Role);
const people = ['anna', 'pat'].map((person) => person as PersonId);
/** What the program may say to a member of a case; the others go to reporters, to lists, or name no case. */
const notices: readonly MemberNotice[] = [
  'report-arrived',
  'let-in',
  'case-assigned',
  'answer-arrived',
  'reminder',
  'credit-requested',
  'release-stopped',
  'found-again',
  'component-assigned',
  'redaction-proposed',
  'date-asked',
  'date-stands',
  'embargo-ended',
  'party-told',
  'ready-asked',
  'party-answered',
  'party-wrote',
  'team-wrote',
  'glass-broken',
  'reader-asked',
  'reader-named',
  'signatures-asked',
];

const some = <Item>(items: readonly Item[]) => fc.subarray([...items]);
const guards: fc.Arbitrary<Guarded> = fc.record({
  project: fc.constant(alpha),
  case: fc.constant('case1' as CaseId),
  public: fc.boolean(),
  opening: fc.constantFrom('nothing', 'issue', 'full_record'),
  readers: some(roles),
  cveReaders: some(roles),
  guests: some(people),
  few: fc.array(fc.record({ role: fc.constantFrom(...roles), person: fc.constantFrom(...people) }), { maxLength: 3 }),
  parties: some(roles),
  partyMembers: fc.array(fc.record({ role: fc.constantFrom(...roles), person: fc.constantFrom(...people) }), { maxLength: 3 }),
  partyNotices: fc.constant([{ role: 'packager' as Role, content: 'words' as ContentId }]),
  proofs: fc.constant([]),
});
const recipients: fc.Arbitrary<Principal> = fc.record({
  kind: fc.constant('person'),
  project: fc.constantFrom(alpha, 'beta' as ProjectId),
  person: fc.constantFrom(...people),
  roles: some(roles),
});

test('L-12 L-36 over 10,000 recipients, rights at asking and at sending, and notices: nobody is told by mail what their page does not show them then', () => {
  const seen = { sent: 0, withheld: 0, lost: 0 };
  const triple = fc.record({ who: recipients, held: some(roles), asked: guards, sent: guards, notice: fc.constantFrom(...notices) });
  fc.assert(
    fc.property(triple, ({ who, held, asked, sent, notice }) => {
      if (who.kind !== 'person') return;
      const now = { ...sent, opening: sent.public ? sent.opening : ('nothing' as const) };
      const before = mayBeTold(notice, { ...who, roles: held }, asked);
      const told = mayBeTold(notice, who, now);
      seen[told ? 'sent' : 'withheld'] += 1;
      if (before && !told) seen.lost += 1;
      if (!told) return;
      const reached = reach(who, now);
      const { subject, text } = toMember(notice, { codename: 'tidal-heron', url: 'https://x.example/case1', clocks: ['cap'], how: null });
      assert.ok(canSee(who, now) && `${subject}${text}`.includes('tidal-heron'), 'its codename is for those who see it');
      if (reached !== 'everything') assert.ok(toldToThoseWhoPlan.includes(notice), `${notice} is of the inside`);
      if (reached === 'terms') assert.equal(notice, 'party-told', 'before the terms there is one thing to tell');
      if (text.includes(toMember('reminder', { codename: '', url: '', clocks: ['cap'], how: null }).text.split('\n')[0] ?? '?'))
        assert.equal(reached, 'everything', 'clocks are of the inside');
    }),
    { numRuns: 10_000 },
  );
  assert.ok(seen.sent > 1000 && seen.withheld > 1000 && seen.lost > 500, JSON.stringify(seen));
});

test('L-12 every notice about a case to a member stands in this test', () => {
  const toMembers = Object.entries(noticeRules).flatMap(([name, rule]) => (rule === 'no content' ? [name as NoticeName] : []));
  const namesNoCase: readonly string[] = [
    // Gathered of notices that are judged one by one: digest.test has it.
    'digest',
    'case-waits',
    'nobody-owns',
    'maintainer-without-account',
    'glass-broken-elsewhere',
    'reader-asked-elsewhere',
    'reader-named-elsewhere',
    'narrowed-unread',
  ];
  assert.deepEqual(toMembers.filter((name) => !namesNoCase.includes(name)).sort(), [...notices].sort());
});

test('L-12 L-10 what was asked for while somebody was of the team is not sent to whom they are when it is sent', async (t) => {
  const preset = 'openstack-vmt';
  const members = { ...courseOf(preset).members, pat: ['packager'] };
  const here = await village((done) => t.after(done), [{ project: 'alpha', policy: openstackWithPackagers(), members }]);
  const say = (field: string, kind?: string) => (kind === 'address' ? 'rita@reporters.example' : `said: ${field}`);
  const secret = await driveSecret(here, 'alpha', preset, say);
  const { anna, reporter } = stepsOf(here, 'alpha', secret);
  await reporter('propose-embargo', { until: '2026-11-12 15:00 UTC', reason: 'Time.' });
  await anna('screen-party', { party: 'packagers', cleared: true, reason: 'Known.' });
  await anna('notify-party', { party: 'packagers', text: 'Prepare.' });
  await here.settle();
  const mailed = async (becomes: readonly string[], accepts: boolean) => {
    await here.appoint('alpha', 'pat', ['coordinator']);
    await here.world.store.as({ kind: 'process', project: alpha }, async ({ outbox }) => {
      for (const notice of notices)
        await outbox.put({
          id: `as${becomes.join('')}${accepts}${notice.replaceAll('-', '')}`,
          case: secret.case as CaseId,
          key: `as:${becomes.join()}:${accepts}:${notice}`,
          notice,
          to: { kind: 'person', person: 'pat' as PersonId },
          seq: 1,
          askedAt: here.now(),
          heldUntil: null,
        });
    });
    await here.appoint('alpha', 'pat', becomes);
    if (accepts) await here.call(`/api/v1/alpha/cases/${secret.case}/accept-terms`, { token: await here.signIn('alpha', 'pat'), body: {} });
    const before = here.relay.sent.length;
    await here.settle();
    const mails = here.relay.sent.slice(before).filter(({ to }) => to.address === 'pat@members.example');
    return mails.map(({ subject }) => subject.replace(/^\[[^\]]*\] /, '')).sort();
  };
  // What the team wrote to a party is told to its members alone, and only beside that message: party-thread.test has it.
  const subjects = (of: readonly MemberNotice[]) =>
    of
      .filter((notice) => notice !== 'team-wrote')
      .map((notice) => toMember(notice, { codename: 'x', url: '', clocks: [], how: null }).subject.slice('[x] '.length))
      .sort();
  assert.deepEqual(await mailed([], false), [], 'who holds no role');
  assert.deepEqual(await mailed(['packager'], false), subjects(['party-told']), 'who belongs to a party and has not accepted its terms');
  assert.deepEqual(await mailed(['packager'], true), subjects(toldToThoseWhoPlan), 'who reads as a party');
  assert.deepEqual(await mailed(['coordinator'], false), subjects(notices), 'who stayed of the team');
});

// SPDX-License-Identifier: Apache-2.0
// Every notice without content, sent about a case that has a mark in every field: none of the marks is in any of the mails.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { compose } from '../../src/adapters/smtp/compose.ts';
import { noticeRules } from '../../src/app/registry.ts';
import type { CaseId, PersonId, ProjectId } from '../../src/core/model/identifiers.ts';
import type { NoticeName } from '../../src/core/process/consequence.ts';
import { marks } from './marks.ts';
import { courseOf, driveSecret } from './secret.ts';
import { village } from './village.ts';

// What the team wrote is told to the party that it wrote to, and to nobody else (test/leaks/party-thread.test.ts).
const toOneParty: readonly string[] = ['team-wrote'];
const quiet = Object.entries(noticeRules).flatMap(([name, rule]) =>
  rule === 'no content' && !toOneParty.includes(name) ? [name as NoticeName] : [],
);

test('P13 L-29 no notice to a member or to an outsider carries anything of a private case, whatever stands in it', async (t) => {
  const preset = 'libvirt-2023';
  const here = await village((done) => t.after(done), [{ project: 'alpha', policy: preset, members: courseOf(preset).members }]);
  const { mark, found } = marks();
  const secret = await driveSecret(here, 'alpha', preset, (field, kind) =>
    kind === 'address' ? `${mark(field)}@reporters.example` : `An overflow, ${mark(field)}, in the ring`,
  );
  const project = 'alpha' as ProjectId;
  const before = here.relay.sent.length;
  await here.world.store.as({ kind: 'process', project }, async ({ outbox }) => {
    for (const notice of quiet)
      await outbox.put({
        id: `quiet${notice.replaceAll('-', '')}`,
        case: secret.case as CaseId,
        key: `quiet:${notice}`,
        notice,
        to: { kind: 'person', person: 'anna' as PersonId },
        seq: 1,
        askedAt: here.now(),
        heldUntil: null,
      });
  });
  await here.settle();
  const mails = here.relay.sent.slice(before).filter(({ to }) => to.address === 'anna@members.example');
  assert.ok(quiet.length >= 15 && mails.length >= quiet.length, `${mails.length} mails of ${quiet.length} notices`);
  assert.equal(new Set(mails.map(({ subject }) => subject.replace(/^\[[^\]]*\] /, ''))).size, quiet.length, 'each says something else');
  for (const mail of mails) assert.deepEqual(found(compose(mail)), [], mail.subject);
  assert.deepEqual(found(`said again: ${mark('title')}`), ['title'], 'the search finds what is there');
});

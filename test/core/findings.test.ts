// SPDX-License-Identifier: Apache-2.0
// What looks like a secret before the release: found, decided on, and found again in a text that is another.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { newContents } from '../../src/app/contents.ts';
import { findingsOf } from '../../src/app/findings.ts';
import { saysFinding } from '../../src/app/findings-said.ts';
import { looked, parseBody } from '../../src/app/parse.ts';
import type { CaseAction } from '../../src/core/model/action.ts';
import type { ContentRef } from '../../src/core/model/content.ts';
import type { ContentId } from '../../src/core/model/identifiers.ts';
import { isRefusal } from '../../src/core/model/refusal.ts';
import { guarded } from '../../src/core/policy/access.ts';
import { consequences } from '../../src/core/process/consequences.ts';
import { decide } from '../../src/core/process/decide.ts';
import { type Bench, content, preset } from '../support/core.ts';
import { situationOf } from './gate-cases.ts';
import { at, team } from './journey.ts';

const openstack = preset('openstack-vmt');
const asking = { ...openstack, publication: { ...openstack.publication, findings: 'decided' as const } };
const token = 'glpat-abcdefghij0123456789';
const random = (bytes: number) => crypto.getRandomValues(new Uint8Array(bytes));

/** A case whose texts are known, and what is found in it as everybody would read it. */
function scene() {
  const bench = at('confirmed', asking);
  const { anna } = team(asking);
  const texts = new Map<ContentId, string>();
  const view = () => ({ state: bench.state, policy: asking, log: bench.log, texts, attachments: [] });
  const note = (text: string): ContentRef => {
    const body = content('note');
    texts.set(body.id, text);
    bench.do(anna, { kind: 'add-note', body });
    return body;
  };
  const take = (kind: 'keep-finding', body: object): CaseAction => {
    const contents = newContents(random);
    const parsed = parseBody(kind, body, { ...looked(view()), contents, random, participant: null });
    assert.ok('action' in parsed, JSON.stringify(parsed));
    for (const { ref, text } of contents.texts) texts.set(ref.id, text);
    return parsed.action;
  };
  return { bench, anna, note, take, found: () => findingsOf(view(), { texts, attachments: [] }, new Map()) };
}

const plain = fc.stringMatching(/^[a-z ]{0,30}$/);

test('QEMU-28 a text that is written anew is looked through anew: what was kept in the one is open in the other', () => {
  fc.assert(
    fc.property(plain, plain, plain, (before, after, more) => {
      const { bench, anna, note, take, found } = scene();
      const first = note(`${before} ${token} ${after}`);
      const [one] = found();
      assert.deepEqual([one?.status, one?.passage], ['open', token]);
      const [from, to] = one?.span ?? [0, 0];
      bench.do(anna, take('keep-finding', { piece: first.id, from, to, reason: 'An example from the manual.' }));
      assert.deepEqual(
        found().map(({ status }) => status),
        ['kept'],
      );
      const second = note(`${more} ${before} ${token} ${after}`);
      assert.deepEqual(
        found().map(({ piece, status }) => [piece, status]),
        [
          [first.id, 'kept'],
          [second.id, 'open'],
        ],
      );
    }),
    { numRuns: 40 },
  );
});

test('QEMU-28 a word that was given for another text, or for another place in it, keeps nothing', () => {
  const { bench, anna, note, take, found } = scene();
  const body = note(`${token} and ${token}`);
  const kept = take('keep-finding', { piece: body.id, from: 0, to: token.length, reason: 'Revoked.' });
  assert.ok(kept.kind === 'keep-finding' && kept.finding !== null);
  bench.do(anna, { ...kept, finding: { ...kept.finding, hash: 'of another text' } });
  assert.deepEqual(
    found().map(({ status }) => status),
    ['open', 'open'],
  );
  bench.do(anna, kept);
  assert.deepEqual(
    found().map(({ status }) => status),
    ['kept', 'open'],
  );
});

test('QEMU-28 what is kept is known by its place, sealed, and by a hash: the passage stands in no event', () => {
  const { bench, anna, note, take } = scene();
  const body = note(`See ${token}.`);
  bench.do(anna, take('keep-finding', { piece: body.id, passage: token, reason: 'Revoked.' }));
  const event = bench.log.findLast(({ kind }) => kind === 'finding-kept');
  assert.ok(event?.kind === 'finding-kept');
  assert.deepEqual([event.piece, event.hash, event.span?.audience], [body.id, body.hash, 'withheld']);
  assert.ok(!JSON.stringify(event).includes(token));
  const nowhere = decide(take('keep-finding', { piece: body.id, passage: 'nowhere in it', reason: 'x' }), situationOf(bench, anna));
  assert.ok(isRefusal(nowhere));
});

test('QEMU-28 where the policy asks for it nobody says go while something that was found is undecided; elsewhere it is shown', () => {
  const said = (bench: Bench, policy: typeof asking | typeof openstack, openFindings: number) =>
    decide({ kind: 'approve-release' }, { ...situationOf(bench, team(asking).anna), policy, openFindings });
  const bench = at('credited', asking);
  const refused = said(bench, asking, 1);
  assert.ok(isRefusal(refused) && refused.refusal.kind === 'gates');
  assert.ok(refused.refusal.unmet.some(({ gate }) => gate === 'findings_decided'));
  for (const answer of [said(bench, asking, 0), said(bench, openstack, 1)])
    assert.ok(
      !isRefusal(answer) || (answer.refusal.kind === 'gates' && answer.refusal.unmet.every(({ gate }) => gate !== 'findings_decided')),
    );
});

const armed = (policy: typeof openstack) => {
  const bench = at('armed', policy);
  assert.ok(bench.state.disclosure.armed);
  return bench;
};

test('QEMU-28 what is said after people said go and has to be decided on stops the release, and whoever says go is told; the rest holds nothing up', () => {
  const { anna } = team(asking);
  const said = (bench: Bench, policy: typeof openstack, saysFinding: boolean) => {
    const decision = decide({ kind: 'add-note', body: content('note') }, { ...situationOf(bench, anna), policy, saysFinding });
    assert.ok(!isRefusal(decision), 'what was said is kept in any case');
    return decision.events;
  };
  const stopped = said(armed(asking), asking, true);
  assert.deepEqual(
    stopped.map(({ kind }) => kind),
    ['note-added', 'release-stopped'],
  );
  const bench = armed(asking);
  bench.saysFinding = true;
  const [, event] = bench.do(anna, { kind: 'add-note', body: content('note') });
  assert.deepEqual([bench.state.disclosure.armed, bench.state.disclosure.prepared], [false, null]);
  assert.equal(event?.by.kind, 'process', 'whoever spoke did not stop it');
  assert.deepEqual(
    consequences(bench.log.slice(-1), bench.state, asking).map((one) => one.kind === 'send-notice' && [one.notice, one.to]),
    [['release-stopped', { kind: 'person', person: 'anna' }]],
  );
  assert.equal(said(at('credited', asking), asking, true).length, 1, 'nobody has said go yet: the gate asks when they do');
  assert.equal(said(armed(asking), asking, false).length, 1);
});

test('QEMU-28 only what would be opened and is not closed at once counts, under a policy that asks', () => {
  const bench = armed(asking);
  const says = (policy: typeof openstack, text: string, about: Partial<ContentRef> = {}, more: object = {}) => {
    const contents = newContents(random);
    const body = contents.text({ kind: 'note', audience: 'team', ...about }, text);
    const action = { kind: 'add-note', body, ...more } as CaseAction;
    const { state, now } = bench;
    return saysFinding(action, contents, { state, policy, guarded: guarded(state, policy), openedAt: now }, now);
  };
  const issue = { ...asking, publication: { ...asking.publication, scope: 'issue' as const } };
  const careless = { ...asking, publication: { ...asking.publication, withheld: [] } };
  assert.deepEqual([says(asking, token), says(asking, 'nothing of that kind')], [true, false]);
  assert.deepEqual(
    [says(issue, token), says(issue, token, { audience: 'shared' })],
    [false, true],
    'the inside is not opened with an issue',
  );
  assert.ok(!says(openstack, token), 'where it is shown and no more');
  assert.ok(!says(careless, token), 'where nothing of the kind is withheld');
  assert.ok(!says(asking, token, { audience: 'withheld' }), 'what is never opened');
  assert.ok(!says(asking, token, {}, { never: 'tokens' }), 'what its writer closes at once');
});

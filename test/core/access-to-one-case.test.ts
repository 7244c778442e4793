// SPDX-License-Identifier: Apache-2.0
// Who reads one case: beside its policy by name and until a date, narrowed to a few, and widened by two.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { PersonId, Role } from '../../src/core/model/identifiers.ts';
import { isRefusal } from '../../src/core/model/refusal.ts';
import { shifted } from '../../src/core/model/time.ts';
import { guarded, reach } from '../../src/core/policy/access.ts';
import { mayBeAdded, staysAmongFew } from '../../src/core/policy/when-added.ts';
import { consequences } from '../../src/core/process/consequences.ts';
import { due } from '../../src/core/process/deadlines.ts';
import { decide } from '../../src/core/process/decide.ts';
import { content, person, preset, processItself } from '../support/core.ts';
import { packager, withPackagers } from '../support/parties.ts';
import { at, team } from './journey.ts';

const policy = preset('libvirt-2023');
const { anna, boris } = team(policy);
const [core] = policy.visibility.onReceipt;
const names = [anna, boris].map((one) => (one.kind === 'person' ? one.person : ('' as PersonId)));

function reads(bench: ReturnType<typeof at>, person: PersonId, ...roles: Role[]): string {
  return reach({ kind: 'person', project: bench.state.project, person, roles }, guarded(bench.state, bench.policy));
}

test('a guest reads the case until the instant that was said, and the clock takes the access back', () => {
  const bench = at('confirmed', policy);
  const until = shifted(bench.now, { hours: 48 });
  bench.do(anna, { kind: 'add-person', person: 'olga' as PersonId, until });
  assert.equal(reads(bench, 'olga' as PersonId), 'everything');
  bench.later(48);
  const next = due(bench.state, bench.policy, bench.now);
  assert.deepEqual(next?.action, { kind: 'remove-person', person: 'olga' });
  bench.do(processItself, { kind: 'remove-person', person: 'olga' as PersonId });
  assert.equal(reads(bench, 'olga' as PersonId), 'nothing');
});

test('a case that is narrowed is read by those few, and by nobody for a role', () => {
  const bench = at('confirmed', policy);
  const owner = bench.state.owner === null ? [] : [bench.state.owner];
  bench.do(anna, { kind: 'narrow-access', people: [...new Set([...names, ...owner])], reason: content() });
  assert.equal(reads(bench, names[0] as PersonId, core as Role), 'everything');
  assert.equal(reads(bench, 'cleo' as PersonId, core as Role), 'nothing');
  assert.deepEqual(guarded(bench.state, bench.policy).cveReaders, []);
});

test('L-11 L-18 one of the few reads in a role that reads, and the process takes the name of who holds none any more, with what they asked for', () => {
  const bench = at('confirmed', policy);
  const owner = bench.state.owner === null ? [] : [bench.state.owner];
  const ben = 'ben' as PersonId;
  bench.do(anna, { kind: 'narrow-access', people: [...new Set([...names, ...owner, ben])], reason: content() });
  bench.do(person('ben', core as Role), { kind: 'propose-widening', reason: content() });
  assert.equal(reads(bench, ben, core as Role), 'everything');
  assert.equal(reads(bench, ben, 'packager' as Role), 'nothing', 'named, and no reader');
  assert.equal(staysAmongFew(bench.state, policy, ben, ['packager' as Role, core as Role]), true);
  assert.equal(staysAmongFew(bench.state, policy, ben, ['packager' as Role]), false);
  assert.ok(isRefusal(bench.try(anna, { kind: 'remove-person', person: ben })), 'people narrow it further');
  bench.do(processItself, { kind: 'remove-person', person: ben });
  assert.equal(reads(bench, ben, core as Role), 'nothing', 'whoever comes back is let in by two');
  assert.ok(isRefusal(bench.try(boris, { kind: 'widen-access' })));
  assert.ok(isRefusal(bench.try(processItself, { kind: 'remove-person', person: ben })), 'once');
});

test('a guest who is among the few of a narrowed case reads it no longer than was said, and what they asked for goes with them', () => {
  for (const by of [processItself, anna]) {
    const bench = at('confirmed', policy);
    const olga = person('olga', core as Role);
    const until = shifted(bench.now, { hours: 48 });
    bench.do(anna, { kind: 'add-person', person: 'olga' as PersonId, until });
    const owner = bench.state.owner === null ? [] : [bench.state.owner];
    bench.do(anna, { kind: 'narrow-access', people: [...new Set([...names, ...owner, 'olga' as PersonId])], reason: content() });
    bench.do(olga, { kind: 'name-reader', person: 'cleo' as PersonId, reason: content() });
    bench.do(olga, { kind: 'propose-widening', reason: content() });
    bench.later(48);
    assert.deepEqual(due(bench.state, bench.policy, bench.now)?.action, { kind: 'remove-person', person: 'olga' });
    bench.do(by, { kind: 'remove-person', person: 'olga' as PersonId });
    assert.equal(reads(bench, 'olga' as PersonId, core as Role), 'nothing');
    assert.equal(reads(bench, names[0] as PersonId, core as Role), 'everything');
    assert.ok(isRefusal(bench.try(boris, { kind: 'widen-access' })), 'nobody asks for it any more');
    bench.do(anna, { kind: 'name-reader', person: 'cleo' as PersonId, reason: content() });
    assert.equal(reads(bench, 'cleo' as PersonId, core as Role), 'nothing', 'one word is left of two');
  }
});

test('what is narrowed is only narrowed further, and never to one person or past its owner', () => {
  const bench = at('confirmed', policy);
  const owner = bench.state.owner === null ? [] : [bench.state.owner];
  const few = [...new Set([...names, ...owner])];
  const refusedTo = (people: readonly PersonId[]) => {
    const situation = { state: bench.state, policy: bench.policy, actor: anna, now: bench.now, nextNumber: '' };
    const decision = decide({ kind: 'narrow-access', people, reason: content() }, situation);
    return isRefusal(decision) && decision.refusal.kind === 'invalid' && decision.refusal.field === 'people';
  };
  assert.ok(refusedTo([few[0] as PersonId]));
  bench.do(anna, { kind: 'narrow-access', people: few, reason: content() });
  assert.ok(refusedTo([...few, 'cleo' as PersonId]));
});

test('two people widen a narrowed case: whoever asks for it does not do it', () => {
  const bench = at('confirmed', policy);
  const owner = bench.state.owner === null ? [] : [bench.state.owner];
  bench.do(anna, { kind: 'narrow-access', people: [...new Set([...names, ...owner])], reason: content() });
  bench.do(anna, { kind: 'propose-widening', reason: content() });
  const situation = { state: bench.state, policy: bench.policy, actor: anna, now: bench.now, nextNumber: '' };
  const own = decide({ kind: 'widen-access' }, situation);
  assert.ok(isRefusal(own) && own.refusal.kind === 'gates');
  bench.do(boris, { kind: 'widen-access' });
  assert.equal(reads(bench, 'cleo' as PersonId, core as Role), 'everything');
});

test('L-18 two people let another one into a narrowed case, which stays narrowed, and an administrator speaks through the process alone', () => {
  const bench = at('confirmed', policy);
  const owner = bench.state.owner === null ? [] : [bench.state.owner];
  const named = (person: string, voice?: string) =>
    ({
      kind: 'name-reader',
      person: person as PersonId,
      reason: content(),
      ...(voice === undefined ? {} : { voice: voice as PersonId }),
    }) as const;
  assert.ok(isRefusal(bench.try(anna, named('zoe'))), 'a case that is not narrowed lets people in by another way');
  bench.do(anna, { kind: 'narrow-access', people: [...new Set([...names, ...owner])], reason: content() });
  bench.do(anna, named('zoe'));
  assert.equal(reads(bench, 'zoe' as PersonId, core as Role), 'nothing');
  assert.ok(isRefusal(bench.try(anna, named('zoe'))), 'one person is not two');
  assert.ok(isRefusal(bench.try(processItself, named('zoe'))), 'the process has no word of its own');
  assert.ok(isRefusal(bench.try(boris, named('zoe', 'ada'))), 'nobody speaks for an administrator');
  assert.ok(isRefusal(bench.try(processItself, named('zoe', 'zoe'))), 'nobody lets themselves in');
  bench.do(boris, named('cleo'));
  bench.do(processItself, named('zoe', 'ada'));
  assert.equal(reads(bench, 'zoe' as PersonId, core as Role), 'nothing', 'another name begins anew');
  assert.ok(isRefusal(bench.try(processItself, named('zoe', 'ada'))), 'one administrator is not two');
  bench.do(processItself, named('zoe', 'alan'));
  assert.deepEqual(
    ['zoe', 'cleo', 'ada'].map((one) => reads(bench, one as PersonId, core as Role)),
    ['everything', 'nothing', 'nothing'],
  );
  assert.deepEqual(
    consequences(bench.log.slice(-1), bench.state, policy).map((one) => one.kind === 'send-notice' && `${one.notice} ${one.to.kind}`),
    [
      ...(owner.length === 0 ? [] : ['reader-named person']),
      'reader-named readers',
      'reader-named-elsewhere administrators',
      'let-in person',
      'reader-named-elsewhere right',
    ],
  );
});

test('VMT-14 whom somebody may add by name is the policy’s: any other member only with guest, a party’s member only with party and once the party was told', () => {
  const openstack = withPackagers(preset('openstack-vmt'));
  const withAdded = (...whenAdded: string[]) => ({
    ...openstack,
    visibility: { ...openstack.visibility, whenAdded: whenAdded as Role[] },
  });
  const may = (role: string, policy = openstack, parties: readonly Role[] = []) => mayBeAdded([role as Role], { parties }, policy);
  assert.equal(may('core_reviewer', withAdded('core_reviewer')), true);
  assert.equal(may('liaison', withAdded('core_reviewer')), false, 'a role that the list leaves out');
  assert.equal(may('liaison', withAdded('guest')), true, 'anybody else');
  assert.equal(may('coordinator', withAdded()), true, 'who reads it anyway');
  assert.equal(may(packager, withAdded('party'), [packager]), true);
  assert.equal(may(packager, withAdded('party')), false, 'nobody has told that party');
  assert.equal(may(packager, withAdded('guest'), [packager]), false, 'a party reads what parties read');
});

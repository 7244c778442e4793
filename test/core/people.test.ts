// SPDX-License-Identifier: Apache-2.0
// Deciding about people: who is let in by whose word, when a role counts, and that nobody can give themselves one.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import type { PersonId, ProjectId, Role } from '../../src/core/model/identifiers.ts';
import { isRefusal } from '../../src/core/model/refusal.ts';
import { instant, shifted } from '../../src/core/model/time.ts';
import type { PersonAction, RosterActor } from '../../src/core/people/action.ts';
import { lapsesAt, nextForPerson } from '../../src/core/people/deadlines.ts';
import { decidePerson } from '../../src/core/people/decide.ts';
import type { PersonEvent } from '../../src/core/people/event.ts';
import { evolvePerson } from '../../src/core/people/evolve.ts';
import { inForce, owesTerms, type PersonState } from '../../src/core/people/person.ts';
import { peopleTable, type RosterVoice } from '../../src/core/people/table.ts';
import { rolesWith } from '../../src/core/policy/policy.ts';
import { preset } from '../support/core.ts';
import { presetNames } from '../support/policies.ts';

const libvirt = preset('libvirt-2023');
const project = 'libvirt' as ProjectId;
const start = instant('2026-03-02T09:00:00Z');
const terms = 'digest-of-the-terms';
const [anna, ben, vera] = ['anna', 'ben', 'vera'] as PersonId[] as [PersonId, PersonId, PersonId];
const core = 'core' as Role;
const vendor = 'vendor' as Role;
const admin: RosterActor = { kind: 'person', person: 'root' as PersonId, roles: ['administrator' as Role] };
const member = (person: PersonId, ...roles: Role[]): RosterActor => ({ kind: 'person', person, roles });

interface Step {
  readonly actor: RosterActor;
  readonly action: PersonAction;
  readonly noted?: boolean;
  readonly at?: string;
  readonly admitters?: readonly PersonId[];
  readonly terms?: string;
}

/** The person after these steps, each of which must be taken. */
function after(steps: readonly Step[], state?: PersonState): PersonState {
  const end = steps.reduce<PersonState | undefined>((before, step) => {
    const decision = decide(before, step);
    assert.ok(!isRefusal(decision), JSON.stringify(decision));
    return fold(before, step, decision as readonly PersonEvent[]);
  }, state);
  assert.ok(end);
  return end;
}

function decide(state: PersonState | undefined, { actor, action, noted = true, at, admitters = [anna, ben], terms: hold = terms }: Step) {
  return decidePerson(
    { state, policy: libvirt, terms: hold, actor, now: at === undefined ? start : instant(at), admitters, noted },
    action,
  );
}

function fold(before: PersonState | undefined, { actor, at }: Step, changes: readonly object[]): PersonState | undefined {
  const by = actor.kind === 'person' ? { kind: actor.kind, person: actor.person } : { kind: actor.kind };
  return changes.reduce<PersonState | undefined>((state, change) => {
    const seq = (state?.version ?? 0) + 1;
    return evolvePerson(state, {
      v: 1,
      project,
      person: vera,
      seq,
      at: at === undefined ? start : instant(at),
      by,
      ...change,
    } as PersonEvent);
  }, before);
}

const apply: Step = {
  actor: { kind: 'outsider' },
  action: { kind: 'apply', role: vendor, stated: ['organisation', 'nominated_by'], until: null, roleAddress: false },
};
const vouch: Step = { actor: member(ben, core), action: { kind: 'vouch' } };
const admit: Step = { actor: member(anna, core), action: { kind: 'admit', deviation: false } };
const accept: Step = { actor: member(vera), action: { kind: 'accept-terms', digest: terms } };

function refusal(state: PersonState | undefined, step: Step): string {
  const decision = decide(state, step);
  assert.ok(isRefusal(decision), `taken: ${JSON.stringify(decision)}`);
  const { refusal: said } = decision;
  if (said.kind === 'gates') return said.unmet.map(({ gate }) => gate).join(',');
  return said.kind === 'invalid' ? said.field : said.kind;
}

test('LIBVIRT-27 LIBVIRT-28 an applicant is vouched for by one member and admitted by another, and the role counts once the terms are accepted', () => {
  const admitted = after([apply, vouch, admit]);
  assert.equal(admitted.standing, 'active');
  assert.deepEqual(inForce(admitted, start), []);
  assert.equal(owesTerms(admitted), true);
  assert.deepEqual(inForce(after([accept], admitted), start), [vendor]);
});

test('LIBVIRT-28 without a vouch the admission is refused, or needs a deviation with its reason', () => {
  const applied = after([apply]);
  assert.equal(refusal(applied, admit), 'vouched');
  const deviating: Step = { ...admit, action: { kind: 'admit', deviation: true } };
  assert.equal(refusal(applied, { ...deviating, noted: false }), 'vouched');
  assert.equal(after([deviating], applied).standing, 'active');
});

test('LIBVIRT-28 the word of the admitter is no vouch: two persons are two people', () => {
  const vouchedByAnna = after([apply, { ...vouch, actor: member(anna, core) }]);
  assert.equal(refusal(vouchedByAnna, admit), 'vouched');
});

test('LIBVIRT-21 a vendor states organisation and nomination', () => {
  for (const [stated, missing] of [
    [[], 'organisation'],
    [['organisation'], 'nominated_by'],
  ] as const)
    assert.equal(refusal(undefined, { ...apply, action: { ...apply.action, stated } as PersonAction }), missing);
});

test('LIBVIRT-9 nobody applies for a role that is by invitation', () => {
  assert.equal(refusal(undefined, { ...apply, action: { ...apply.action, role: core } as PersonAction }), 'role');
});

test('LIBVIRT-29 other terms are asked for anew, and until then the role does not count', () => {
  const member = after([apply, vouch, admit, accept]);
  const asked = after([{ actor: { kind: 'process' }, action: { kind: 'require-terms', digest: 'other' } }], member);
  assert.deepEqual(inForce(asked, start), []);
  assert.equal(refusal(asked, { ...accept, terms: 'other' }), 'digest');
  const again = after([{ ...accept, action: { kind: 'accept-terms', digest: 'other' }, terms: 'other' }], asked);
  assert.deepEqual(inForce(again, start), [vendor]);
});

test('LIBVIRT-29 a role that nobody confirms lapses after the time of the policy, and is called for before', () => {
  const state = after([apply, vouch, admit, accept]);
  const [held] = state.roles;
  assert.ok(held);
  const lapse = lapsesAt(held, libvirt);
  assert.equal(lapse, '2026-06-02T09:00:00.000Z');
  const calls: string[] = [];
  let current = state;
  for (let next = nextForPerson(current, libvirt); next !== undefined; next = nextForPerson(current, libvirt)) {
    calls.push(`${next.at.slice(0, 10)} ${next.action.kind}`);
    current = after([{ actor: { kind: 'process' }, action: next.action, at: next.at }], current);
  }
  assert.deepEqual(calls, ['2026-05-19 remind', '2026-05-30 remind', '2026-06-02 lapse']);
  assert.deepEqual(inForce(current, instant('2026-06-02T09:00:00Z')), []);
  const confirmed = after([{ actor: member(anna, core), action: { kind: 'confirm', role: vendor }, at: '2026-06-03T09:00:00Z' }], current);
  assert.deepEqual(inForce(confirmed, instant('2026-06-03T09:00:00Z')), [vendor]);
  assert.equal(refusal(state, { actor: member(vera, core), action: { kind: 'confirm', role: vendor } }), 'not_permitted');
});

test('a role with an end counts until then, and the clock takes it away', () => {
  const until = shifted(start, { hours: 240 });
  const timed = after([{ ...apply, action: { ...apply.action, until } as PersonAction }, vouch, admit, accept]);
  assert.deepEqual(inForce(timed, shifted(until, { seconds: -1 })), [vendor]);
  assert.deepEqual(inForce(timed, until), []);
  assert.deepEqual(nextForPerson(timed, libvirt), { at: until, action: { kind: 'end-role', role: vendor } });
});

test('who runs the system names the first who may admit, and nobody else who reads cases', () => {
  const invite = (role: Role): Step['action'] => ({
    kind: 'invite',
    role,
    stated: ['organisation', 'nominated_by'],
    until: null,
    roleAddress: false,
  });
  assert.equal(refusal(undefined, { actor: admin, action: invite(vendor), admitters: [] }), 'not_permitted');
  assert.equal(refusal(undefined, { actor: admin, action: invite(core) }), 'not_permitted');
  const first = after([{ actor: admin, action: invite(core), admitters: [] }]);
  assert.equal(after([{ ...admit, actor: admin, admitters: [] }], first).roles[0]?.role, core);
  assert.equal(after([{ actor: admin, action: invite('auditor' as Role) }]).application?.role, 'auditor');
});

test('the last who may admit can neither leave nor be removed; a suspension in an emergency can be undone', () => {
  const state = after(
    [{ actor: { kind: 'process' }, action: { kind: 'sync-roles', gained: [core], lost: [] } }],
    after([apply, vouch, admit]),
  );
  const alone = { admitters: [vera] };
  assert.equal(refusal(state, { actor: member(vera, core), action: { kind: 'remove' }, ...alone }), 'person');
  assert.equal(refusal(state, { actor: admin, action: { kind: 'remove' }, ...alone }), 'person');
  assert.equal(refusal(state, { actor: admin, action: { kind: 'end-role', role: core }, ...alone }), 'person');
  assert.equal(after([{ actor: admin, action: { kind: 'suspend' }, ...alone }], state).standing, 'suspended');
  assert.equal(after([{ actor: admin, action: { kind: 'remove' } }], state).standing, 'removed');
});

test('QEMU-17 what another system gave goes when it says so, and nothing else does', () => {
  const both = after(
    [{ actor: { kind: 'process' }, action: { kind: 'sync-roles', gained: [core], lost: [] } }],
    after([apply, vouch, admit, accept]),
  );
  const left = after([{ actor: { kind: 'process' }, action: { kind: 'sync-roles', gained: [], lost: [core, vendor] } }], both);
  assert.deepEqual(
    left.roles.map(({ role }) => role),
    [vendor],
  );
});

test('L-11 another system takes nobody back whom a person suspended or removed', () => {
  const sync: Step = { actor: { kind: 'process' }, action: { kind: 'sync-roles', gained: [core], lost: [] } };
  const member = after([apply, vouch, admit, accept]);
  const suspended = after([{ actor: { kind: 'person', person: anna, roles: [core] }, action: { kind: 'suspend' } }, sync], member);
  assert.equal(suspended.standing, 'suspended');
  assert.deepEqual(inForce(suspended, start), []);
  assert.equal(
    refusal(after([{ actor: { kind: 'person', person: anna, roles: [core] }, action: { kind: 'remove' } }], member), sync),
    'person',
  );
});

test('every row of the table has a voice that may take it and one that may not', () => {
  const voices: readonly RosterVoice[] = ['admit', 'administrator', 'member', 'self', 'outsider', 'process'];
  for (const [kind, { by }] of Object.entries(peopleTable)) {
    assert.ok(by.length > 0, kind);
    assert.ok(
      voices.some((voice) => !(by as readonly RosterVoice[]).includes(voice)),
      kind,
    );
  }
});

/** Any action by any voice, for walks. */
const anyStep = fc.record({
  actor: fc.constantFrom<RosterActor>(
    { kind: 'outsider' },
    member(vera),
    member(vera, vendor),
    member(ben, vendor),
    member(ben, core),
    member(anna, core),
    admin,
  ),
  action: fc.oneof(
    fc.constantFrom<PersonAction>(
      apply.action,
      { kind: 'vouch' },
      { kind: 'admit', deviation: false },
      { kind: 'admit', deviation: true },
      { kind: 'decline' },
      { kind: 'accept-terms', digest: terms },
      { kind: 'suspend' },
      { kind: 'reinstate' },
      { kind: 'remove' },
      { kind: 'lapse', role: vendor },
      { kind: 'sync-roles', gained: [core], lost: [] },
      { kind: 'change-details', fields: ['name'] },
      { kind: 'invite', role: core, stated: [], until: null, roleAddress: false },
    ),
    fc.constantFrom(vendor, core).chain((role) => fc.constantFrom<PersonAction>({ kind: 'confirm', role }, { kind: 'end-role', role })),
  ),
  noted: fc.boolean(),
});

test('on no walk does somebody come to a role without the word of somebody else who may admit', () => {
  fc.assert(
    fc.property(fc.array(anyStep, { maxLength: 14 }), (steps) => {
      let state: PersonState | undefined;
      for (const step of steps) {
        const decision = decide(state, step);
        if (isRefusal(decision)) continue;
        const before = state;
        state = fold(state, step, decision);
        const gained = (state?.roles ?? []).filter(({ role }) => !before?.roles.some((held) => held.role === role));
        if (gained.length === 0) continue;
        const { actor } = step;
        assert.ok(actor.kind === 'person' && actor.person !== vera, JSON.stringify(step));
        assert.ok(
          actor.roles.some((role) => rolesWith(libvirt, 'admit').includes(role)),
          JSON.stringify(step),
        );
      }
      if (state !== undefined && state.standing !== 'active') assert.deepEqual(inForce(state, start), []);
    }),
    { numRuns: 3000 },
  );
});

test('every preset names somebody who may admit people, or leaves it to who runs the system', () => {
  for (const name of presetNames) {
    const policy = preset(name);
    const first = rolesWith(policy, 'admit')[0];
    if (first === undefined) continue;
    const invite: PersonAction = {
      kind: 'invite',
      role: first,
      stated: ['organisation', 'nominated_by', 'distribution', 'keys', 'valid_until'],
      until: null,
      roleAddress: true,
    };
    const decision = decidePerson({ state: undefined, policy, terms, actor: admin, now: start, admitters: [], noted: true }, invite);
    assert.ok(!isRefusal(decision) || policy.roles[first]?.from.kind !== 'invited', `${name}: ${JSON.stringify(decision)}`);
  }
});

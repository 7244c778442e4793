// SPDX-License-Identifier: Apache-2.0
// Every cell of (state of a region, action, role): what the table and the policy say about it is worked out here apart, and compared with what is decided.

import assert from 'node:assert/strict';
import { readdir } from 'node:fs/promises';
import { test } from 'node:test';
import type { CaseAction } from '../../src/core/model/action.ts';
import type { Actor } from '../../src/core/model/actor.ts';
import type { BranchFix, CaseState } from '../../src/core/model/case.ts';
import type { Refusal } from '../../src/core/model/refusal.ts';
import { isRefusal } from '../../src/core/model/refusal.ts';
import type { PartyState, Region } from '../../src/core/model/regions.ts';
import {
  advisoryStates,
  branchStates,
  cveStates,
  embargoStates,
  handlingStates,
  partyStates,
  visibilityStates,
} from '../../src/core/model/regions.ts';
import type { Policy } from '../../src/core/policy/policy.ts';
import { rights } from '../../src/core/policy/words.ts';
import { decide } from '../../src/core/process/decide.ts';
import { listed } from '../../src/core/process/parties.ts';
import { table } from '../../src/core/process/table.ts';
import { person, preset, processItself, project, report, reporter, start } from '../support/core.ts';
import { packager, partyName } from '../support/parties.ts';
import { presetNames } from '../support/policies.ts';
import { severally } from '../support/severally.ts';
import { actionOf } from './actions.ts';
import { at } from './journey.ts';

const states: { readonly [R in Region]: readonly string[] } = {
  handling: handlingStates,
  visibility: visibilityStates,
  embargo: embargoStates,
  cve: cveStates,
  branch: branchStates,
  party: partyStates,
  advisory: advisoryStates,
};
const regions = Object.keys(states) as Region[];
const kinds = Object.keys(table).filter((kind) => kind !== 'submit-report') as CaseAction['kind'][];

type Expected = 'not_permitted' | 'wrong_state' | 'placed';

/** By the table's words alone: nothing of decide.ts is asked. */
function expected(kind: CaseAction['kind'], actor: Actor, standing: Readonly<Record<Region, string>>, policy: Policy): Expected {
  const row = table[kind];
  const from = row.from as Readonly<Partial<Record<Region, readonly string[]>>>;
  const may = (by: string): boolean => {
    if (by === 'anyone') return true;
    if (by === 'reporter' || by === 'process') return actor.kind === by;
    if (by === 'party')
      return (
        actor.kind === 'person' && standing.party !== 'listed' && standing.party !== 'left' && actor.roles.some((role) => role === packager)
      );
    if (by === 'together') return actor.kind === 'person' && actor.roles.some((role) => policy.disclosure.togetherWith.includes(role));
    assert.ok((rights as readonly string[]).includes(by), by);
    return actor.kind === 'person' && actor.roles.some((role) => policy.roles[role]?.may.some((right) => right === by));
  };
  if (!row.by.some(may)) return 'not_permitted';
  return regions.every((region) => from[region]?.includes(standing[region]) ?? true) ? 'placed' : 'wrong_state';
}

/** Where only somebody who is asked personally may answer, a right alone is not enough: then the sentence says so, and not who could. */
const personal: readonly CaseAction['kind'][] = ['agree-embargo', 'refuse-embargo', 'go-on-call', 'approve-impact'];
const byRight = /^(This is done by: |Only the process itself )/;

function found(kind: CaseAction['kind'], refusal: Refusal | undefined, actor: Actor): Expected {
  if (refusal === undefined || refusal.kind === 'gates' || refusal.kind === 'invalid') return 'placed';
  // An agent is told what closes the case to it (P21).
  if (refusal.kind === 'not_permitted' && actor.kind !== 'agent' && !byRight.test(refusal.sentence)) {
    assert.ok(personal.includes(kind), `${kind}: ${refusal.sentence}`);
    return 'placed';
  }
  assert.ok(refusal.kind === 'not_permitted' || refusal.kind === 'wrong_state', refusal.kind);
  return refusal.kind;
}

const agent = { kind: 'agent', project, case: 'case1', agent: 'robot', proof: { by: 'token', token: 't' } } as unknown as Actor;

function everybody(policy: Policy): readonly Actor[] {
  const roles = Object.keys(policy.roles);
  return [
    ...roles.map((role) => person(`one-${role}`, role)),
    person('nobody'),
    person('somebody', 'auditor'),
    person('pat', packager),
    reporter,
    processItself,
    agent,
  ];
}

/** A case that stands so in each region; its one flaw and its one branch are those that the actions name. */
function standingAt(base: CaseState, standing: Readonly<Record<Region, string>>): CaseState {
  const [fix] = base.branches;
  const branch: BranchFix = {
    component: null,
    branch: 'master',
    group: 'development',
    required: true,
    patches: [],
    patchedBy: null,
    approvals: [],
    tests: [],
    backport: [],
    posted: null,
    postedAt: null,
    commit: null,
    mergedAt: null,
    tag: null,
    ...fix,
    state: standing.branch as BranchFix['state'],
  };
  return {
    ...base,
    handling: standing.handling as CaseState['handling'],
    visibility: standing.visibility as CaseState['visibility'],
    embargo: { ...base.embargo, state: standing.embargo as CaseState['embargo']['state'] },
    advisory: { ...base.advisory, state: standing.advisory as CaseState['advisory']['state'] },
    flaws: [{ flaw: 'flaw1' as never, cve: standing.cve as never, number: null, numberedBy: null, since: start, title: null }],
    branches: [branch],
    parties: [
      {
        ...listed(partyName),
        state: standing.party as PartyState,
        notifiedAt: standing.party === 'listed' ? null : start,
        told: 'in_daylight',
        role: packager,
      },
    ],
  };
}

/** The action's own place, and one step aside of it in each region: every state of every region once. */
function* standings(kind: CaseAction['kind']): Generator<Readonly<Record<Region, string>>> {
  const from = table[kind].from as Readonly<Partial<Record<Region, readonly string[]>>>;
  const home = Object.fromEntries(regions.map((region) => [region, from[region]?.[0] ?? states[region][0]])) as Record<Region, string>;
  for (const region of regions) for (const state of states[region]) yield { ...home, [region]: state };
}

let cells = 0;

const policies: readonly (readonly [string, () => Policy])[] = [
  ...presetNames.map((name) => [name, () => preset(name)] as const),
  ['libvirt-2023 with a word of each of two roles', severally],
];

for (const [name, read] of policies)
  test(`L-25 QEMU-15 QEMU-16 who may take which action where, under ${name}`, (t) => {
    const policy = read();
    const base = at('received', policy, report()).state;
    const counted: Record<Expected, number> = { not_permitted: 0, wrong_state: 0, placed: 0 };
    for (const kind of kinds)
      for (const standing of standings(kind)) {
        const state = standingAt(base, standing);
        for (const actor of everybody(policy)) {
          const decision = decide(actionOf(kind, actor), { state, policy, actor, now: start, nextNumber: 'TEST-2026-0001' });
          const want = expected(kind, actor, standing, policy);
          const have = found(kind, isRefusal(decision) ? decision.refusal : undefined, actor);
          assert.equal(have, want, JSON.stringify({ kind, actor, standing, decision }));
          counted[want] += 1;
          cells += 1;
        }
      }
    t.diagnostic(`${JSON.stringify(counted)} of ${cells} cells so far`);
    assert.ok(counted.placed > 0 && counted.wrong_state > counted.placed / 10 && counted.not_permitted > 0);
    const places = regions.reduce((sum, region) => sum + states[region].length, 0);
    const all = counted.placed + counted.wrong_state + counted.not_permitted;
    assert.equal(all, places * kinds.length * everybody(policy).length, 'every state of every region, every action, every role');
  });

test('I7 QEMU-18 QEMU-29 an agent takes no action at all, under any policy, also on a case that a person has opened to it', () => {
  for (const [name, read] of policies) {
    const unbarred = read();
    const policy: Policy = { ...unbarred, agents: { ...unbarred.agents, allowed: 'by_grant', underEmbargo: 'as_granted' } };
    const base = at('received', policy, report()).state;
    const opened = { ...base, agents: { allowed: true, by: 'anna', at: start, reason: null } } as unknown as CaseState;
    for (const kind of kinds)
      for (const state of [opened, standingAt(opened, [...standings(kind)][0] as Readonly<Record<Region, string>>)]) {
        const decision = decide(actionOf(kind, agent), { state, policy, actor: agent, now: start, nextNumber: 'TEST-2026-0001' });
        assert.equal(isRefusal(decision) && decision.refusal.kind, 'not_permitted', `${name}: ${kind}`);
      }
  }
});

test('every action names only states that there are, and leads to states that there are', () => {
  for (const [kind, { from, to }] of Object.entries(table))
    for (const place of [from, to] as Readonly<Partial<Record<Region, readonly string[]>>>[])
      for (const region of Object.keys(place) as Region[])
        for (const state of place[region] ?? []) assert.ok(states[region].includes(state), `${kind}: ${region} ${state}`);
});

test('every row stands in one file of the table, and the join keeps each of them', async () => {
  const folder = new URL('../../src/core/process/table/', import.meta.url);
  const seen: string[] = [];
  for (const file of await readdir(folder)) {
    const parts: Readonly<Record<string, unknown>> = file.endsWith('.js') ? await import(new URL(file, folder).href) : {};
    for (const [name, rows] of Object.entries(parts)) if (name.endsWith('Rows')) seen.push(...Object.keys(rows as object));
  }
  const own = ['migrate-policy', 'remind'];
  assert.deepEqual([...seen, ...own].sort(), Object.keys(table).sort());
});

// SPDX-License-Identifier: Apache-2.0
// Random walks over the process: anybody tries anything, time passes, the clock acts. Every choice comes from one seed.

import type { Actor } from '../../src/core/model/actor.ts';
import type { PersonId, Role } from '../../src/core/model/identifiers.ts';
import { cveId } from '../../src/core/model/identifiers.ts';
import { facts } from '../../src/core/model/regions.ts';
import { shifted } from '../../src/core/model/time.ts';
import type { Policy } from '../../src/core/policy/policy.ts';
import { due } from '../../src/core/process/deadlines.ts';
import type { CaseAction } from '../../src/core/process/decide.ts';
import { table } from '../../src/core/process/table.ts';
import { Bench, content, flaw, patchFile, person, processItself, report, reporter, reporterId } from './core.ts';

/** Mulberry32: small, fast, and the same on every machine. */
function randomFrom(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296;
  };
}

const kinds = Object.keys(table).filter((kind) => kind !== 'submit-report') as CaseAction['kind'][];
const parts = [
  'summary',
  'description',
  'impact',
  'affected_versions',
  'conditions',
  'workaround',
  'patch_links',
  'report_link',
  'severity',
  'credit',
] as const;

/** One walk of at most `steps` attempts; `watch` sees the bench before and after each. */
export function walk(policy: Policy, seed: number, steps: number, watch: (bench: Bench, before: Bench['state']) => void): Bench {
  const random = randomFrom(seed);
  const pick = <Item>(items: readonly Item[]): Item => items[Math.floor(random() * items.length)] as Item;
  const people = [...actors(policy), reporter, processItself];
  const bench = new Bench(
    policy,
    report({ sensitive: pick(['yes', 'unsure', 'no'] as const), channel: pick(['web', 'mail', 'tracker'] as const) }),
  );
  for (let step = 0; step < steps; step++) {
    const before = bench.state;
    if (random() < 0.25) bench.later(pick([1, 24, 7 * 24, 40 * 24]));
    const deadline = due(bench.state, policy, bench.now);
    if (deadline !== undefined && random() < 0.7) bench.try(processItself, deadline.action);
    else bench.try(pick(people), randomAction(pick(random() < 0.5 ? kinds : likely(bench)), bench, pick));
    watch(bench, before);
  }
  return bench;
}

/** Actions that fit where the case stands, so that walks get far. */
function likely(bench: Bench): CaseAction['kind'][] {
  const fitting = kinds.filter(
    (kind) => (table[kind].from as { handling?: readonly string[] }).handling?.includes(bench.state.handling) ?? false,
  );
  return fitting.length === 0 ? kinds : fitting;
}

function actors(policy: Policy): readonly Actor[] {
  return Object.keys(policy.roles).flatMap((role) => [person(`${role}1`, role), person(`${role}2`, role)]);
}

function randomAction(kind: CaseAction['kind'], bench: Bench, pick: <Item>(items: readonly Item[]) => Item): CaseAction {
  const branch = { branch: bench.state.branches[0]?.branch ?? 'master', component: bench.state.branches[0]?.component ?? null };
  const { policy, now } = bench;
  const deviation = pick([{}, {}, { deviation: content() }]);
  const action = ((): CaseAction => {
    switch (kind) {
      case 'discard-report':
      case 'stop-release':
        return { kind, reason: null };
      case 'add-person':
      case 'remove-person':
      case 'assign-owner':
        return { kind, person: 'someone' as PersonId };
      case 'decide-eligibility':
        return { kind, verdict: pick(['in', 'in', 'in', 'out', 'elsewhere'] as const), rule: null, reason: content() };
      case 'confirm-flaw':
        return {
          kind,
          flaws: [flaw],
          class: pick([null, ...Object.keys(policy.eligibility.classes)]),
          severity: pick([null, { level: pick(policy.severity.scale), vector: null }]),
          reason: content(),
          summary: pick([null, content('summary')]),
          branches: [],
        };
      case 'dismiss-flaw':
      case 'refuse-embargo':
      case 'return-advisory':
        return { kind, reason: content() };
      case 'assess-severity':
        return { kind, level: pick(policy.severity.scale), vector: null };
      case 'record-fact':
        return { kind, fact: pick(facts), since: now, evidence: content('evidence') };
      case 'propose-embargo':
        return {
          kind,
          until: shifted(now, { hours: pick([1, 48, 14 * 24, 60 * 24, 200 * 24]) }),
          zone: 'UTC',
          reason: pick([null, content()]),
          restart: pick([true, false]),
        };
      case 'end-embargo':
        return { kind, exit: pick(['early_agreed', 'leak', 'exploited'] as const), reason: content() };
      case 'propose-bundle':
        return { kind, summary: content('summary') };
      case 'judge-branch':
        return { kind, ...branch, group: pick(Object.keys(policy.branches.groups)), affected: pick([true, true, false]) };
      case 'add-patch':
        return { kind, ...branch, patch: patchFile(), signedOff: pick([true, true, false]) };
      case 'approve-patch':
        return { kind, ...branch };
      case 'record-posting':
        return { kind, ...branch, messageId: '<1@example.org>' };
      case 'record-merge':
        return { kind, ...branch, commit: 'a'.repeat(40) };
      case 'record-release':
        return { kind, ...branch, tag: 'v1' };
      case 'request-cve':
        return { kind, flaw };
      case 'record-cve':
        return { kind, flaw, number: cveId('CVE-1900-10001') ?? raise() };
      case 'waive-cve':
        return { kind, flaw, reason: content() };
      case 'describe-impact':
        return { kind, impact: content('impact') };
      case 'write-advisory':
        return { kind, advisory: content('advisory'), parts: pick([parts, parts, []]) };
      case 'decide-credit':
        return { kind, participant: reporterId, decision: 'declined', name: null };
      case 'go-on-call':
        return { kind, role: pick(Object.keys(policy.roles)) as Role };
      case 'record-preparation':
        return { kind, documents: [] };
      case 'confirm-channel':
        return { kind, channel: pick(bench.state.disclosure.channels.map((one) => one.channel).concat('9:nothing')), evidence: null };
      case 'send-message':
        return { kind, body: content('message', 'shared'), to: [reporterId] };
      case 'answer-team':
        return { kind, body: content('message', 'shared'), attachments: [] };
      case 'add-note':
        return { kind, body: content('note') };
      case 'remind':
        return { kind, clock: 'clocks.claim' };
      default:
        return { kind };
    }
  })();
  return { ...action, ...deviation };
}

function raise(): never {
  throw new Error('a test number has the form of one');
}

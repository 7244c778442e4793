// SPDX-License-Identifier: Apache-2.0
// Random walks over the process: people do what they are offered, sometimes anything, time passes, the clock acts. Every choice comes from one seed.

import type { CaseAction } from '../../src/core/model/action.ts';
import type { Actor } from '../../src/core/model/actor.ts';
import { authorityReports } from '../../src/core/model/authority.ts';
import { backportVerdicts } from '../../src/core/model/backport.ts';
import type { Piece } from '../../src/core/model/content.ts';
import { restartReasons } from '../../src/core/model/embargo.ts';
import type { CaseId, FlawId, PersonId, RedactionId, Role } from '../../src/core/model/identifiers.ts';
import { cveId } from '../../src/core/model/identifiers.ts';
import { impactFields } from '../../src/core/model/impact.ts';
import { partyDuties } from '../../src/core/model/party.ts';
import { piecesOf } from '../../src/core/model/pieces.ts';
import { approvedOn } from '../../src/core/model/record.ts';
import { facts } from '../../src/core/model/regions.ts';
import type { Instant } from '../../src/core/model/time.ts';
import { shifted } from '../../src/core/model/time.ts';
import type { Policy } from '../../src/core/policy/policy.ts';
import { withheldKinds } from '../../src/core/policy/words.ts';
import { onDisclosureDay } from '../../src/core/process/caps.ts';
import { due } from '../../src/core/process/deadlines.ts';
import { possibility } from '../../src/core/process/possibilities.ts';
import { instantToCarry } from '../../src/core/process/publication-instant.ts';
import { stillSaid } from '../../src/core/process/still-said.ts';
import { table } from '../../src/core/process/table.ts';
import {
  Bench,
  content,
  imported,
  patchFile,
  person,
  processItself,
  project,
  report,
  reporter,
  reporterId,
  start,
} from '../support/core.ts';
import type { Stage } from './journey.ts';
import { at, everyPart, stages } from './journey.ts';

/** Mulberry32: small, fast, and the same on every machine. */
export function randomFrom(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296;
  };
}

export type Pick = <Item>(items: readonly Item[]) => Item;
type Kind = CaseAction['kind'];

const kinds = Object.keys(table).filter((kind) => kind !== 'submit-report') as Kind[];
/** Actions that lead nowhere else but are needed to get on. */
const needed: readonly Kind[] = [
  'accept-terms',
  'describe-impact',
  'approve-impact',
  'decide-credit',
  'go-on-call',
  'approve-release',
  'agree-bundle',
];
const advancing = new Set(kinds.filter((kind) => Object.keys(table[kind].to).length > 0 || needed.includes(kind)));
/** Ends of the story: rare, so that most walks go far. */
const ending = new Set<Kind>([
  'discard-report',
  'dismiss-flaw',
  'close-case',
  'end-embargo',
  'record-breach',
  'remove-party',
  'record-fact',
  'stop-release',
  'return-advisory',
  'decide-withdrawal',
  'reopen-case',
  'end-branch',
  'add-flaw',
  'drop-flaw',
  'add-component',
  'mark-duplicate',
  'split-case',
]);

/** One walk of at most `actions` that are taken and twice as many attempts; `watch` sees the bench before and after each. */
export function walk(policy: Policy, seed: number, actions: number, watch: (bench: Bench, before: Bench['state']) => void): Bench {
  const random = randomFrom(seed);
  const pick: Pick = (items) => items[Math.floor(random() * items.length)] as (typeof items)[number];
  const people = [...actors(policy), reporter];
  const bench = beginning(policy, pick, random);
  for (let attempts = 0, taken = 0; attempts < 2 * actions && taken < actions; attempts++) {
    const before = bench.state;
    if (random() < 0.15) bench.later(pick([1, 1, 24, 24, 7 * 24, 40 * 24]));
    const deadline = random() < 0.6 ? due(bench.state, policy, bench.now) : undefined;
    const { armed, prepared } = bench.state.disclosure;
    if (deadline !== undefined) bench.try(processItself, deadline.action);
    else if (armed && prepared === null && random() < 0.7)
      bench.try(processItself, { kind: 'record-preparation', ...pick([{ documents: [] }, toSign]), ...carried(bench, pick) });
    else if (bench.state.imported !== null && random() < 0.2) bench.try(processItself, { kind: 'complete-import' });
    else if (random() < 0.1) bench.try(pick([...people, processItself, robot]), randomAction(pick(kinds), bench, pick));
    else offered(bench, pick(people), pick, random);
    if (bench.state !== before) taken++;
    watch(bench, before);
  }
  return bench;
}

/** A first report most often, a stage of the straight path now and then, and seldom an advisory from an archive. */
function beginning(policy: Policy, pick: Pick, random: () => number): Bench {
  const drawn = random();
  if (drawn < 0.3) return from(pick(stages), policy);
  return new Bench(policy, drawn < 0.36 ? imported(policy) : firstReport(pick, random));
}

/** What documents carry that are made now; now and then they say something else than those before. */
function carried(bench: Bench, pick: Pick): { readonly published: Instant; readonly text: string } {
  return {
    published: instantToCarry(bench.state, bench.policy, bench.now),
    text: pick(['said', 'said', 'said', 'said', 'said otherwise']),
  };
}

const reached = new WeakMap<Policy, Map<Stage, Bench>>();

/** A case of its own at that stage; the way there is gone once for each policy. */
function from(stage: Stage, policy: Policy): Bench {
  const known = reached.get(policy) ?? new Map<Stage, Bench>();
  reached.set(policy, known);
  const there = known.get(stage) ?? at(stage, policy);
  known.set(stage, there);
  return there.twin();
}

export function firstReport(pick: Pick, random: () => number) {
  return report({
    sensitive: pick(['yes', 'unsure', 'unsure', 'no'] as const),
    channel: pick(['web', 'mail', 'tracker'] as const),
    member: random() < 0.7,
    origin: pick(['manual', 'fuzzer', 'ai'] as const),
    deadline: random() < 0.1 ? shifted(start, { hours: pick([1, 100, 2000]) }) : null,
  });
}

/** Somebody does what the case page offers them: most often what leads on, and seldom what ends it. */
function offered(bench: Bench, actor: Actor, pick: Pick, random: () => number): void {
  const { state, policy, now } = bench;
  const situation = { state, policy, actor, now, nextNumber: '' };
  const isOpen = (kind: Kind) => {
    const possible = possibility(kind, situation);
    return possible !== undefined && (possible.unmet.length === 0 || random() < 0.2);
  };
  const leadsOn = (kind: Kind) => advancing.has(kind) && (!ending.has(kind) || random() < 0.1);
  const order = shuffled(kinds, random);
  const choice = (random() < 0.85 ? order.find((kind) => leadsOn(kind) && isOpen(kind)) : undefined) ?? order.find(isOpen);
  if (choice !== undefined) bench.try(actor, randomAction(choice, bench, pick));
}

/** Fisher and Yates: every order is as likely as any other. */
function shuffled<Item>(items: readonly Item[], random: () => number): readonly Item[] {
  const order = [...items];
  for (let last = order.length - 1; last > 0; last--) {
    const chosen = Math.floor(random() * (last + 1));
    [order[last], order[chosen]] = [order[chosen] as Item, order[last] as Item];
  }
  return order;
}

const robot: Actor = {
  kind: 'agent',
  project,
  case: 'case1' as CaseId,
  agent: 'robot' as PersonId,
  proof: { by: 'token', token: 'token1' },
};

export function actors(policy: Policy): readonly Actor[] {
  const roles = Object.keys(policy.roles);
  return [
    ...roles.flatMap((role) => [person(`${role}1`, role), person(`${role}2`, role)]),
    person('all1', ...roles),
    person('all2', ...roles),
  ];
}

export function randomAction(kind: Kind, bench: Bench, pick: Pick): CaseAction {
  const { branch: name = 'master', component = null } = bench.state.branches.length === 0 ? {} : pick(bench.state.branches);
  const branch = { branch: name, component };
  const flaw = bench.state.flaws.length === 0 ? ('flaw1' as FlawId) : pick(bench.state.flaws).flaw;
  const { policy, now } = bench;
  const party = pick(['nobody', ...policy.downstream.parties.map((one) => one.name)]);
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
      case 'narrow-access':
        return { kind, people: [...new Set([bench.state.owner ?? 'someone', 'someone', 'somebody'])] as PersonId[], reason: content() };
      case 'name-reader':
        return {
          kind,
          person: pick(['new1', 'new1', 'someone']) as PersonId,
          reason: content(),
          ...pick([{}, {}, { voice: pick(['ada', 'alan']) as PersonId }]),
        };
      case 'propose-widening':
        return { kind, reason: content() };
      case 'decide-eligibility':
        return { kind, verdict: pick(['in', 'in', 'in', 'out', 'elsewhere'] as const), rule: null, reason: content(), target: content() };
      case 'correct-answers':
        return {
          kind,
          answers: [{ ...content('field', 'shared'), field: pick(['version', 'machine']) }],
          proposal: pick([
            null,
            ...policy.eligibility.scope.map(({ rule, proposes }) => ({ kind: 'verdict', verdict: proposes, rule }) as const),
            { kind: 'question', field: 'machine', rule: 'none' } as const,
          ]),
        };
      case 'confirm-flaw':
        return {
          kind,
          flaws: pick([['flaw1'], ['flaw1'], ['flaw1', 'flaw2']]) as FlawId[],
          class: pick(
            [null, ...Object.keys(policy.eligibility.classes), ...Object.keys(policy.eligibility.classes).slice(0, 1), 'A'].filter(
              (one) => one === null || one in policy.eligibility.classes,
            ),
          ),
          severity: pick([null, { level: pick(policy.severity.scale), vector: null }]),
          reason: content(),
          summary: pick([null, content('summary')]),
          branches: [],
        };
      case 'dismiss-flaw':
        return { kind, reason: content(), ...pick([{}, ...Object.keys(policy.eligibility.classes).map((one) => ({ class: one }))]) };
      case 'correct-advisory':
      case 'add-late-number':
      case 'ask-withdrawal':
      case 'announce-unfixed':
      case 'call-off-unfixed':
        return { kind, reason: content() };
      case 'reopen-case': {
        const cause = pick(['incomplete_fix', 'regression', 'new_flaw', 'disputed'] as const);
        return { kind, cause, newFlaw: cause === 'new_flaw' ? (`flaw${bench.state.version}` as FlawId) : null, reason: content() };
      }
      case 'answer-forwarding':
        return { kind, agreed: pick([true, true, false]) };
      case 'record-forwarding':
        return { kind, evidence: content('evidence', 'shared') };
      case 'decide-withdrawal':
        return { kind, accepted: pick([true, false]), reason: content() };
      case 'record-filing':
        return { kind, report: pick(authorityReports), evidence: content('evidence') };
      case 'record-test':
        return { kind, ...branch, passed: pick([true, true, false]), reproducer: pick([true, false]), statement: content('evidence') };
      case 'end-branch':
        return { kind, ...branch, end: pick(['wont_fix', 'left_to_downstream'] as const), reason: content() };
      case 'record-cve-refusal':
      case 'reject-cve':
      case 'dispute-cve':
        return { kind, flaw, reason: content() };
      case 'record-cve-publication':
        return { kind, flaw, evidence: null };
      case 'refuse-embargo':
      case 'return-advisory':
        return { kind, reason: content() };
      case 'set-class':
        return { kind, class: pick([...Object.keys(policy.eligibility.classes), 'A', 'A', 'A']) };
      case 'decide-own-credit':
        return { kind, as: pick(['patcher', 'reviewer', 'coordinator'] as const), ...pick(credits()) };
      case 'assess-severity':
        return { kind, level: pick(policy.severity.scale), vector: null };
      case 'record-fact':
        return { kind, fact: pick(facts), since: now, evidence: content('evidence') };
      case 'propose-embargo':
        return {
          kind,
          until: pick([(at: Instant) => at, (at: Instant) => onDisclosureDay(at, policy)])(
            shifted(now, { hours: pick([1, 48, 14 * 24, 60 * 24, 200 * 24]) }),
          ),
          zone: 'UTC',
          reason: pick([null, content()]),
          restart: pick([null, ...restartReasons]),
          circumstances: pick([null, content()]),
          evidence: pick([null, content('evidence')]),
          purposes: pick([[], ['qa'] as const]),
        };
      case 'keep-embargo':
        return { kind, fact: pick(['leaked', 'exploited', 'rediscovered'] as const), reason: content() };
      case 'propose-party':
        return { kind, party, reason: content() };
      case 'acknowledge-rules':
        return { kind, rules: `party:${party}`, text: 'f'.repeat(64) };
      case 'decide-agents':
        return { kind, allowed: pick([true, false]), reason: content() };
      case 'screen-party':
        return { kind, party, cleared: pick([true, true, false]), reason: content() };
      case 'notify-party':
        return { kind, party, text: pick([null, content('party_notice')]) };
      case 'withdraw-party-message':
        return { kind, party, message: 1, closes: content('party_message').id };
      case 'write-to-party':
        return { kind, party, body: content('party_message') };
      case 'write-to-team':
        return { kind, body: content('party_message'), attachments: [] };
      case 'record-notice':
        return { kind, party, since: shifted(now, { hours: pick([0, 0, -24]) }), evidence: content('evidence') };
      case 'record-breach':
        return { kind, party, since: now, evidence: content('evidence') };
      case 'record-answer':
        return { kind, party, answer: pick(['acknowledged', 'ready', 'objected'] as const), evidence: content('evidence') };
      case 'raise-objection':
        return { kind, reason: content() };
      case 'remove-party':
        return { kind, party, reason: content() };
      case 'record-duty':
        return { kind, party, duty: pick(partyDuties), evidence: content('evidence') };
      case 'end-embargo':
        return {
          kind,
          exit: pick(['early_agreed', 'leak', 'exploited'] as const),
          reason: content(),
          ...pick([{}, { evidence: content('evidence') }]),
        };
      case 'propose-bundle':
        return { kind, summary: content('summary') };
      case 'judge-branch':
        return { kind, ...branch, group: pick(Object.keys(policy.branches.groups)), affected: pick([true, true, false]) };
      case 'add-patch':
        return { kind, ...branch, patch: patchFile(), signedOff: pick([true, true, false]) };
      case 'approve-patch':
        return { kind, ...branch };
      case 'judge-backport':
        return { kind, ...branch, verdict: pick(backportVerdicts), reason: content() };
      case 'record-posting':
        return { kind, ...branch, messageId: '<1@example.org>' };
      case 'record-merge':
        return { kind, ...branch, commit: 'a'.repeat(40), ...(pick([true, false, false]) ? { fastTrack: true as const } : {}) };
      case 'record-release':
        return { kind, ...branch, tag: 'v1' };
      case 'request-cve':
        return { kind, flaw };
      case 'record-cve':
        return { kind, flaw, number: cveId(pick(['CVE-1900-10001', 'CVE-1900-10002'])) ?? raise() };
      case 'waive-cve':
        return { kind, flaw, reason: content() };
      case 'describe-impact':
        return { kind, impact: content('impact'), frame: pick([impactFields, impactFields, []]) };
      case 'write-advisory':
        return { kind, advisory: content('advisory'), parts: pick([everyPart, everyPart, everyPart, []]) };
      case 'decide-credit':
        return { kind, participant: reporterId, ...pick(credits()) };
      case 'go-on-call':
        return { kind, role: pick(Object.keys(policy.roles)) as Role };
      case 'record-preparation':
        return { kind, ...pick([{ documents: [] }, toSign]), ...carried(bench, pick) };
      case 'confirm-channel':
        return { kind, channel: pick(bench.state.disclosure.channels.map((one) => one.channel).concat('9:nothing')), evidence: null };
      case 'send-message':
        return { kind, body: content('message', 'shared'), to: [reporterId] };
      case 'withdraw-message':
        return { kind, message: 1, to: reporterId, still: stillSaid(bench.log, 1, reporterId) };
      case 'answer-team':
        return { kind, body: content('message', 'shared'), attachments: [] };
      case 'add-note':
        return { kind, body: content('note') };
      case 'mark-duplicate':
        return {
          kind,
          of: 'case2' as CaseId,
          independent: pick([true, true, false]),
          opens: pick([true, false]),
          reason: null,
          evidence: content('evidence'),
        };
      case 'undo-duplicate':
        return { kind, reason: content() };
      case 'answer-rediscovery':
        return { kind, publish: pick([true, false]), reason: content() };
      case 'split-case':
        return {
          kind,
          parts: [{ case: 'case3' as CaseId, codename: 'wide-otter', title: content('title') }],
          title: pick([null, content('title', 'shared')]),
          reason: content(),
          stood: [],
        };
      case 'add-flaw':
        return { kind, flaw: pick(['flaw2', 'flaw3']) as FlawId, title: null };
      case 'drop-flaw':
        return { kind, flaw, reason: content() };
      case 'add-component':
        return { kind, component: pick(['nova', 'cinder']), person: pick([null, 'someone' as PersonId]), branches: [] };
      case 'assign-component':
        return { kind, component: pick(['nova', 'cinder']), person: 'someone' as PersonId };
      case 'finish-component':
        return { kind, component: pick(['nova', 'cinder']) };
      case 'drop-component':
        return { kind, component: pick(['nova', 'cinder']), reason: content() };
      case 'classify-content':
        return { kind, piece: pick([somePiece(bench, pick), null]), why: pick([...withheldKinds, null]) };
      case 'keep-finding':
        return {
          kind,
          finding: { piece: somePiece(bench, pick).id, hash: 'h' },
          span: pick([null, content('span', 'withheld')]),
          reason: content(),
        };
      case 'propose-redaction':
        return {
          kind,
          redaction: `redaction${bench.state.version}` as RedactionId,
          piece: somePiece(bench, pick),
          span: pick([null, content('span', 'withheld'), content('span', 'withheld'), 'nowhere'] as const),
          why: pick(withheldKinds),
          destroys: pick([true, false, false]),
          opens: pick([true, false]),
        };
      case 'approve-redaction': {
        const open = pick([...bench.state.record.redactions.map((one) => one.redaction), 'none' as RedactionId]);
        const on = bench.state.record.redactions.find((one) => one.redaction === open);
        const covers = on === undefined ? [] : [...approvedOn(bench.state.record, on.piece).map((one) => one.redaction), open];
        return { kind, redaction: open, copy: pick([content('note'), content('note'), null]), covers };
      }
      case 'decline-redaction':
        return { kind, redaction: pick([...bench.state.record.redactions.map((one) => one.redaction), 'none' as RedactionId]) };
      case 'decide-proof':
        return { kind, open: pick([true, false]) };
      case 'migrate-policy':
        return { kind, to: bench.target?.sha256 ?? 'f'.repeat(64), reason: content() };
      case 'record-patch-check': {
        const commit = { signedOff: pick([true, false]), numbers: [], issue: pick(['closes', 'named', 'none'] as const), trailers: [] };
        const patches = bench.state.branches.flatMap((fix) => fix.patches.map(({ id }) => id));
        const applies = pick(['yes', 'no', 'not_checked'] as const);
        return { kind, check: { patch: pick([...patches, patchFile().id]), branch: null, applies, commits: pick([[], [commit]]) } };
      }
      case 'sign-documents': {
        const waits = bench.state.disclosure.unsigned ?? [];
        const documents = (bench.state.disclosure.prepared ?? []).filter(({ file }) => waits.includes(file) && pick([true, false]));
        return { kind, signatures: [], documents, keys: ['A'.repeat(40)] };
      }
      case 'remind':
        return { kind, clock: 'clocks.claim' };
      case 'pass-on-case':
        return {
          kind,
          person: pick(['someone', 'somebody']) as PersonId,
          how: pick(['rota', 'fallback', 'escalated', 'last_resort', 'successor'] as const),
          clock: pick([null, 'clocks.claim', 'ownership.escalation']),
        };
      default:
        return { kind };
    }
  })();
  return { ...action, ...deviation };
}

function somePiece({ log }: Bench, pick: Pick): Piece {
  return pick(piecesOf(log));
}

function credits() {
  return [
    { decision: 'declined', name: null },
    { decision: 'named', name: content('credit_name', 'withheld') },
  ] as const;
}

/** Documents of which one waits for a person's signature. */
const toSign = {
  documents: [
    { format: 'text', file: 'notice.txt', sha256: 'e'.repeat(64) },
    { format: 'html', file: 'notice.html', sha256: 'f'.repeat(64) },
  ],
  unsigned: ['notice.txt'],
};

function raise(): never {
  throw new Error('a test number has the form of one');
}

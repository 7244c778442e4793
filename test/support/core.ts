// SPDX-License-Identifier: Apache-2.0
// A small bench for the process alone: a case in memory, its policy, and people who act on it.

import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { canonicalJson } from '../../src/adapters/postgres/canonical-json.ts';
import type { ActionOf, CaseAction } from '../../src/core/model/action.ts';
import type { Actor } from '../../src/core/model/actor.ts';
import type { CaseState, PolicyRef } from '../../src/core/model/case.ts';
import type { AttachmentRef, ContentRef, Piece } from '../../src/core/model/content.ts';
import type { Day } from '../../src/core/model/day.ts';
import type { Event, EventData, EventOf } from '../../src/core/model/event.ts';
import type {
  AttachmentId,
  CaseId,
  ContentId,
  CveId,
  FlawId,
  ParticipantId,
  PersonId,
  ProjectId,
  Role,
} from '../../src/core/model/identifiers.ts';
import type { Vendor } from '../../src/core/model/party.ts';
import type { Refused } from '../../src/core/model/refusal.ts';
import { isRefusal } from '../../src/core/model/refusal.ts';
import type { Instant } from '../../src/core/model/time.ts';
import { instant, shifted } from '../../src/core/model/time.ts';
import type { Policy } from '../../src/core/policy/policy.ts';
import { decide, decideBeside } from '../../src/core/process/decide.ts';
import { evolve, opened } from '../../src/core/process/evolve.ts';
import type { Chosen } from '../../src/core/process/owners.ts';
import { markOf } from '../../src/core/process/situation.ts';
import { submitReport } from '../../src/core/process/steps/intake.ts';
import type { Target } from '../../src/core/process/target.ts';
import { readPolicy } from '../../src/policy/read-policy.ts';

const root = join(import.meta.dirname, '..', '..', '..');

export function preset(name: string): Policy {
  return policyFrom(`${name}.yaml`, readFileSync(join(root, 'policies', `${name}.yaml`), 'utf8'));
}

/** @throws Error with every problem of the text. */
function policyFrom(file: string, text: string): Policy {
  const read = readPolicy(file, text);
  if ('problems' in read) throw new Error(read.problems.map((problem) => `${problem.line} ${problem.key} ${problem.message}`).join('\n'));
  return read.policy;
}

export const project = 'demo' as ProjectId;
export const reporterId = 'reporter1' as ParticipantId;
export const flaw = 'flaw1' as FlawId;
/** Whom the rota asks first; the bench knows no people. */
const rota: Chosen = { person: 'nils' as PersonId, how: 'rota' };
export const start = instant('2026-11-02T09:00:00Z');

let drawn = 0;
export function content(kind: ContentRef['kind'] = 'reason', audience: ContentRef['audience'] = 'team'): ContentRef {
  drawn += 1;
  return { id: `content${drawn}` as ContentId, kind, audience, hash: 'f'.repeat(64) };
}

/** A note that somebody wrote who is in no test. */
export function piece(writer = 'someone'): Piece {
  const { id, kind, audience } = content('note');
  return { id, kind, audience, writer: writer as PersonId };
}

export function patchFile(): AttachmentRef {
  drawn += 1;
  return { id: `file${drawn}` as AttachmentId, purpose: 'patch', audience: 'shared', bytes: 10, hash: 'f'.repeat(64) };
}

export function person(name: string, ...roles: string[]): Actor {
  return { kind: 'person', project, person: name as PersonId, roles: roles as Role[], proof: { by: 'demo_link' } };
}

export const reporter: Actor = { kind: 'reporter', project, case: 'case1' as CaseId, participant: reporterId, proof: { by: 'case_link' } };
export const processItself: Actor = { kind: 'process', project };

export function report(changes: Partial<ActionOf<'submit-report'>> = {}): ActionOf<'submit-report'> {
  return {
    kind: 'submit-report',
    case: 'case1' as CaseId,
    codename: 'tidal-heron',
    participant: reporterId,
    channel: 'web',
    mailbox: null,
    member: false,
    sensitive: 'unsure',
    answered: ['description', 'component', 'version', 'command_line', 'steps', 'found_with', 'findings_checked'],
    title: content('title', 'shared'),
    report: [content('description', 'shared')],
    attachments: [],
    name: null,
    address: null,
    creditName: null,
    origin: 'manual',
    deadline: null,
    component: null,
    consent: { text: 'f'.repeat(64), at: start },
    scan: { tokens: 0, keys: 0, addresses: 0 },
    ...changes,
  };
}

function policyRefOf({ name, version }: Policy): PolicyRef {
  return { name, version, sha256: 'f'.repeat(64) };
}

/** An advisory as an archive had it, not open yet. */
export function imported(policy: Policy): EventOf<'advisory-imported'> {
  return {
    kind: 'advisory-imported',
    project,
    case: 'case1' as CaseId,
    codename: 'tidal-heron',
    policy: policyRefOf(policy),
    from: 'lsn',
    sha256: 'e'.repeat(64),
    original: { ...patchFile(), purpose: 'original', audience: 'withheld' },
    title: content('title', 'shared'),
    number: 'TEST-2019-0001',
    numbers: ['CVE-2019-10132' as CveId],
    version: 2,
    published: '2019-05-21' as Day,
  };
}

/** As the store gives it back: the same, its keys in another order. */
function kept(state: CaseState): CaseState {
  return JSON.parse(canonicalJson(state));
}

/** A case under a policy, with a clock that the test moves. */
export class Bench {
  readonly policy: Policy;
  now: Instant;
  state: CaseState;
  /** The policy that holds now, where it is not the case's own. */
  target: Target | undefined;
  /** Who discloses at the same hour, as the roster stands; the bench knows no people. */
  vendors: readonly Vendor[] | undefined;
  /** Whether something in what is said next has to be decided on before it is opened; the bench reads no texts. */
  saysFinding = false;
  /** What was found in what would be opened and is not decided: nothing, where nobody says otherwise. */
  openFindings = 0;
  readonly log: Event[] = [];

  constructor(policy: Policy, first: ActionOf<'submit-report'> | EventOf<'advisory-imported'> = report(), now: Instant = start) {
    this.policy = policy;
    this.now = now;
    const stamped = first.kind === 'advisory-imported' ? this.#stamp([first], processItself, 0) : this.#reported(first);
    const [head, ...rest] = stamped;
    if (head === undefined) throw new Error('no event');
    this.state = kept(rest.reduce(evolve, opened(head)));
    this.log.push(...stamped);
  }

  #reported(first: ActionOf<'submit-report'>): Event[] {
    const { policy, now } = this;
    const events = submitReport(first, { project, policy, policyRef: policyRefOf(policy), now, owner: rota });
    if (isRefusal(events)) throw new Error(JSON.stringify(events.refusal));
    return this.#stamp(events, { ...reporter, case: first.case, participant: first.participant } as Actor, 0);
  }

  /** Another case that stands where this one does, and goes its own way from here. */
  twin(): Bench {
    const twin = new Bench(this.policy);
    twin.now = this.now;
    twin.state = this.state;
    twin.target = this.target;
    twin.vendors = this.vendors;
    twin.log.splice(0, twin.log.length, ...this.log);
    return twin;
  }

  later(hours: number): this {
    this.now = shifted(this.now, { minutes: Math.round(hours * 60) });
    return this;
  }

  try(actor: Actor, action: CaseAction): readonly Event[] | Refused {
    return this.tryBeside(actor, action, []);
  }

  /** The same, with other cases locked beside this one; each gets the events that concern it. */
  tryBeside(actor: Actor, action: CaseAction, others: readonly Bench[]): readonly Event[] | Refused {
    const { state, policy, now } = this;
    const situation = {
      state,
      policy,
      actor,
      now,
      nextNumber: 'TEST-2026-0001',
      nextOwner: rota,
      others,
      target: this.target,
      vendors: this.vendors,
      saysFinding: this.saysFinding,
      openFindings: this.openFindings,
    };
    const decision = decide(action, situation);
    if (isRefusal(decision)) return decision;
    for (const other of others) other.#keep(actor, decideBeside(action, situation, other));
    return this.#keep(actor, decision.events);
  }

  #keep(actor: Actor, data: readonly EventData[]): readonly Event[] {
    const events = this.#stamp(data, actor, this.state.version);
    if (events.length > 0) this.state = kept(events.reduce(evolve, this.state));
    this.log.push(...events);
    return events;
  }

  /** The same, and a refusal fails the test. */
  do(actor: Actor, action: CaseAction): readonly Event[] {
    const done = this.try(actor, action);
    if (isRefusal(done)) throw new Error(`${action.kind}: ${JSON.stringify(done.refusal)}`);
    return done;
  }

  /** An event as another road than the table would leave it: a watcher that saw the forge change. */
  append(event: Event): void {
    this.state = evolve(this.state, event);
    this.log.push(event);
  }

  #stamp(events: readonly EventData[], actor: Actor, version: number): Event[] {
    return events.map((event, index) => ({ seq: version + index + 1, at: this.now, by: markOf(event, actor), v: 1, ...event }));
  }
}

// SPDX-License-Identifier: Apache-2.0
// Cases for the pages' tests, played through the real process: every state that a page shows was decided, not invented.

import type { CaseView } from '../../src/app/views.ts';
import type { ActionData } from '../../src/core/model/action.ts';
import type { Actor, PersonActor, ProcessActor, ReporterActor } from '../../src/core/model/actor.ts';
import { mark } from '../../src/core/model/actor.ts';
import type { AttachmentRef, ContentRef } from '../../src/core/model/content.ts';
import type { Event, EventData } from '../../src/core/model/event.ts';
import type { AttachmentId, CaseId, ContentId, ParticipantId, PersonId, ProjectId, Role } from '../../src/core/model/identifiers.ts';
import { isRefusal } from '../../src/core/model/refusal.ts';
import { type Instant, instant } from '../../src/core/model/time.ts';
import { canRead, type Reach } from '../../src/core/policy/access.ts';
import type { Policy } from '../../src/core/policy/policy.ts';
import { bindingCap, caps } from '../../src/core/process/caps.ts';
import { deadlines } from '../../src/core/process/deadlines.ts';
import { decide } from '../../src/core/process/decide.ts';
import { evolve, opened } from '../../src/core/process/evolve.ts';
import { possibilities } from '../../src/core/process/possibilities.ts';
import { submitReport } from '../../src/core/process/steps/intake.ts';
import type { AttachmentInfo } from '../../src/ports/store/cases.ts';
import type { Outgoing } from '../../src/ports/store/outbox.ts';

const project = 'harbour' as ProjectId;
export const participant = '7m3k9qxw2v5n8r1t4y6z0b2d4f' as ParticipantId;

export function person(id: string, ...roles: readonly string[]): PersonActor {
  return { kind: 'person', project, person: id as PersonId, roles: roles as readonly Role[], proof: { by: 'demo_link' } };
}

export const mei = person('p-mei', 'coordinator');
export const anna = person('p-anna', 'maintainer');
export const tomas = person('p-tomas', 'coordinator', 'maintainer');
const names = { 'p-mei': 'mei', 'p-anna': 'anna', 'p-tomas': 'tomas' } as const;
export const theProcess: ProcessActor = { kind: 'process', project };

export interface Story {
  readonly id: CaseId;
  readonly policy: Policy;
  readonly events: readonly Event[];
  readonly texts: Map<ContentId, string>;
  readonly refs: ContentRef[];
  readonly files: AttachmentInfo[];
  readonly reporter: ReporterActor;
}

/** Changes a text on its way in: tests put hostile text everywhere. */
export type Twist = (text: string) => string;

export function refer(story: Pick<Story, 'texts' | 'refs'>, about: Omit<ContentRef, 'id' | 'hash'>, text: string): ContentRef {
  const ref: ContentRef = { ...about, id: `c-${story.refs.length}` as ContentId, hash: '0'.repeat(64) };
  story.refs.push(ref);
  story.texts.set(ref.id, text);
  return ref;
}

export function attach(story: Pick<Story, 'files'>, about: Omit<AttachmentRef, 'id' | 'hash'>, name: string): AttachmentRef {
  const ref: AttachmentRef = { ...about, id: `a-${story.files.length}` as AttachmentId, hash: '0'.repeat(64) };
  story.files.push({ ref, name, mediaType: 'text/plain' });
  return ref;
}

export interface Report {
  readonly id: string;
  readonly codename: string;
  readonly at: string;
  readonly title: string;
  readonly description: string;
  readonly fields: Readonly<Record<string, string>>;
  readonly file: string;
  readonly component: string | null;
  readonly sensitive: 'yes' | 'unsure' | 'no';
}

export function begin(policy: Policy, report: Report, twist: Twist): Story {
  const bare = { texts: new Map<ContentId, string>(), refs: [] as ContentRef[], files: [] as AttachmentInfo[] };
  const id = report.id as CaseId;
  const reporter: ReporterActor = { kind: 'reporter', project, case: id, participant, proof: { by: 'case_link' } };
  const own = { audience: 'shared', participant } as const;
  const inside = { audience: 'withheld', participant } as const;
  const action = {
    kind: 'submit-report',
    case: id,
    codename: report.codename,
    participant,
    channel: 'web',
    mailbox: null,
    member: true,
    sensitive: report.sensitive,
    answered: ['description', ...Object.keys(report.fields), 'found_with', 'findings_checked'],
    title: refer(bare, { kind: 'title', ...own }, twist(report.title)),
    report: [
      refer(bare, { kind: 'description', ...own }, twist(report.description)),
      ...Object.entries(report.fields).map(([field, text]) => refer(bare, { kind: 'field', field: twist(field), ...own }, twist(text))),
    ],
    attachments: [attach(bare, { purpose: 'reproducer', bytes: 3412, ...own }, twist(report.file))],
    name: refer(bare, { kind: 'sender_name', ...inside }, twist('H. H.')),
    address: refer(bare, { kind: 'sender_address', ...inside }, 'reporter@example.org'),
    creditName: refer(bare, { kind: 'credit_name', ...inside }, twist('H. H., quality engineer')),
    origin: 'fuzzer',
    deadline: null,
    component: report.component === null ? null : twist(report.component),
    consent: { text: '0'.repeat(64), at: instant(report.at) },
    scan: { tokens: 0, keys: 0, addresses: 0 },
  } as const;
  const policyRef = { name: policy.name, version: policy.version, sha256: '0'.repeat(64) };
  const decided = submitReport(action, { project, policy, policyRef, now: instant(report.at) });
  if (isRefusal(decided)) throw new Error(`the sample report is refused: ${JSON.stringify(decided.refusal)}`);
  return { id, policy, ...bare, reporter, events: decided.map((data, index) => enveloped(data, reporter, report.at, index + 1)) };
}

function enveloped(data: EventData, by: Actor, at: string, seq: number): Event {
  return { seq, at: instant(at), by: mark(by), v: 1, ...data };
}

export function stateOf({ events }: Story) {
  const [first, ...rest] = events;
  if (first === undefined) throw new Error('a story begins with a report');
  return rest.reduce(evolve, opened(first));
}

/** The story after `actor` did `action`. @throws Error when the process refuses: then the sample is wrong. */
export function then(story: Story, actor: Actor, at: string, action: Exclude<ActionData, { kind: 'submit-report' }>): Story {
  const now = instant(at);
  const decision = decide(action, { state: stateOf(story), policy: story.policy, actor, now, nextNumber: 'HSN-2026-0007' });
  if (isRefusal(decision)) throw new Error(`${action.kind} is refused: ${JSON.stringify(decision.refusal)}`);
  const seq = story.events.length;
  return { ...story, events: [...story.events, ...decision.events.map((data, index) => enveloped(data, actor, at, seq + index + 1))] };
}

export interface Viewing {
  readonly actor: Actor | null;
  readonly reach: Reach;
  readonly now: Instant;
  readonly outbox?: readonly Outgoing[];
}

/** The case as one reader sees it, made as the application makes it. */
export function viewOf(story: Story, { actor, reach, now, outbox }: Viewing, twist: Twist): CaseView {
  const state = stateOf(story);
  const { policy } = story;
  const inside = reach === 'everything';
  const principal =
    actor?.kind === 'reporter'
      ? ({ kind: 'reporter', project, case: story.id, participant } as const)
      : ({ kind: 'anonymous', project } as const);
  const readable = story.refs
    .filter((ref) => inside || canRead(principal, reach, ref, { proofs: [], partyMembers: [], partyNotices: [] }))
    .map((ref) => ref.id);
  const texts = new Map([...story.texts].filter(([id]) => readable.includes(id)));
  return {
    now,
    state,
    policy,
    reach,
    title: texts.get(state.title.id),
    address: `https://security.example.org/${project}/cases/${story.id}`,
    texts,
    log: reach === 'nothing' ? [] : story.events,
    attachments: reach === 'nothing' ? [] : story.files,
    archived: null,
    names: inside ? new Map(Object.entries(names).map(([id, name]) => [id as PersonId, twist(name)])) : new Map(),
    possibilities: actor === null ? [] : possibilities({ state, policy, actor, now, nextNumber: '' }),
    deadlines: inside ? deadlines(state, policy) : [],
    caps: inside ? caps(state, policy) : [],
    cap: bindingCap(state, policy),
    goNoGo: [],
    assigners: [],
    recipients: [],
    rules: [],
    endByDefault: undefined,
    outbox: outbox ?? [],
    audience: inside ? 7 : 0,
    related: [],
    move: null,
    chain: { head: inside || reach === 'full_record' ? '4f2c91d07a3eb6c855e122908d17ac046b9e31f74f2c91d07a3eb6c855e12290' : '' },
  };
}

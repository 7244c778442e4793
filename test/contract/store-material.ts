// SPDX-License-Identifier: Apache-2.0
// What the tests of the store put into it: a project, its people, a report, and what happens to a case.

import { createHash, randomBytes } from 'node:crypto';
import type { ActorMark } from '../../src/core/model/actor.ts';
import type { CaseState } from '../../src/core/model/case.ts';
import type { AttachmentRef, ContentRef } from '../../src/core/model/content.ts';
import type { Event, EventData, EventOf } from '../../src/core/model/event.ts';
import type { AttachmentId, CaseId, ContentId, ParticipantId, PersonId, ProjectId, Role } from '../../src/core/model/identifiers.ts';
import type { Instant } from '../../src/core/model/time.ts';
import type { Guarded, Principal } from '../../src/core/policy/access.ts';
import type { Policy } from '../../src/core/policy/policy.ts';
import { evolve, opened } from '../../src/core/process/evolve.ts';
import type { Append, NewAttachment, NewContent } from '../../src/ports/store/cases.ts';
import type { PolicyVersion } from '../../src/ports/store/policies.ts';
import type { Store } from '../../src/ports/store/store.ts';

export const libvirt = 'libvirt' as ProjectId;
export const qemu = 'qemu' as ProjectId;
export const security = 'security_team' as Role;
export const moderators = 'moderators' as Role;
export const cna = 'cna' as Role;
export const anna = 'anna' as PersonId;
export const ben = 'ben' as PersonId;
/** A member without any role. */
export const cleo = 'cleo' as PersonId;

export const morning = '2026-03-02T08:00:00.000Z' as Instant;

export const processOf = (project: ProjectId): Principal => ({ kind: 'process', project });
export const anyone = (project: ProjectId): Principal => ({ kind: 'anonymous', project });
/** The roles stand in the store; those in the principal count for nothing there. */
export const personOf = (project: ProjectId, person: PersonId): Principal => ({ kind: 'person', project, person, roles: [] });

export function randomId<Id extends string>(): Id {
  return randomBytes(13).toString('hex') as Id;
}

/** The store keeps a policy as it is and looks at its name, its version and its roles only. */
export function policyVersion(name: string, version: number, text = `policy ${name} ${version}`): PolicyVersion {
  const policy = { language: 1, name, version, title: name, roles: {} } as Partial<Policy> as Policy;
  return {
    policy,
    text,
    sha256: createHash('sha256').update(text).digest('hex'),
    activeSince: morning,
    confirmedAt: morning,
    origin: null,
  };
}

/** Two projects with a policy each; anna and ben are in the security team of both, anna moderates, cleo has no role. */
export async function settle(store: Store): Promise<void> {
  for (const project of [libvirt, qemu])
    await store.as(processOf(project), async ({ accounts, policies }) => {
      await accounts.addProject({ project, title: `The ${project} project` });
      await policies.activate(policyVersion(project, 1));
      await accounts.putMember({ person: anna, name: 'Anna', address: 'anna@example.org', roles: [security, moderators] });
      await accounts.putMember({ person: ben, name: 'Ben', address: null, roles: [security] });
      await accounts.putMember({ person: cleo, name: 'Cleo', address: null, roles: [] });
    });
}

export function content(about: Omit<ContentRef, 'id' | 'hash'>, text: string): NewContent {
  const salt = randomBytes(16);
  const hash = createHash('sha256').update(salt).update(text).digest('hex');
  return { ref: { ...about, id: randomId<ContentId>(), hash }, salt, text };
}

export function file(about: Omit<AttachmentRef, 'id' | 'hash' | 'bytes'>, name: string, bytes: Uint8Array): NewAttachment {
  const salt = randomBytes(16);
  const hash = createHash('sha256').update(salt).update(bytes).digest('hex');
  return { ref: { ...about, id: randomId<AttachmentId>(), hash, bytes: bytes.length }, salt, name, mediaType: 'text/plain', bytes };
}

export interface Report {
  readonly id: CaseId;
  readonly participant: ParticipantId;
  readonly reporter: Principal;
  readonly first: Append;
  readonly title: NewContent;
}

/** A report that waits for nobody yet, with a title, a description, an address and the files given. */
export function report(
  project: ProjectId,
  says: { readonly title?: string; readonly text?: string; readonly files?: readonly NewAttachment[] } = {},
): Report {
  const id = randomId<CaseId>();
  const participant = randomId<ParticipantId>();
  const title = content({ kind: 'title', audience: 'shared' }, says.title ?? 'Guest can write past the ring');
  const description = content({ kind: 'description', audience: 'shared', participant }, says.text ?? 'Steps to reproduce');
  const address = content({ kind: 'sender_address', audience: 'withheld', participant }, 'rita@example.net');
  const files = says.files ?? [];
  const policy = { name: project, version: 1, sha256: policyVersion(project, 1).sha256 };
  const data: EventOf<'report-submitted'> = {
    kind: 'report-submitted',
    project,
    case: id,
    codename: 'amber-walrus',
    policy,
    handling: 'received',
    public: false,
    participant,
    channel: 'web',
    title: title.ref,
    report: [description.ref],
    attachments: files.map((one) => one.ref),
    name: null,
    address: address.ref,
    creditName: null,
    origin: 'manual',
    deadline: null,
    component: null,
    consent: null,
    scan: { tokens: 0, keys: 0, addresses: 0 },
  };
  const event: Event = { seq: 1, at: morning, by: { kind: 'reporter', participant, proof: 'nothing' }, v: 1, ...data };
  const first = appended(opened(event), [event], { contents: [title, description, address], attachments: files });
  return { id, participant, reporter: { kind: 'reporter', project, case: id, participant }, first, title };
}

/** What is added by default: the security team reads, nothing is opened, nothing is due. */
export function appended(
  state: CaseState,
  events: readonly Event[],
  more: Partial<Omit<Append, 'guarded'>> & { readonly guarded?: Partial<Guarded> } = {},
): Append {
  const guarded: Guarded = {
    project: state.project,
    case: state.case,
    public: state.visibility === 'public',
    opening: 'nothing',
    readers: [security],
    cveReaders: [],
    guests: [],
    few: [],
    parties: [],
    partyMembers: [],
    partyNotices: [],
    proofs: [],
    ...more.guarded,
  };
  return { events, state, nextDeadline: null, contents: [], attachments: [], ...more, guarded };
}

/** The next events of a case, an hour after its first. */
export function next(
  state: CaseState,
  by: ActorMark,
  ...data: readonly EventData[]
): { readonly events: readonly Event[]; readonly state: CaseState } {
  const at = '2026-03-02T09:00:00.000Z' as Instant;
  const events = data.map((one, index): Event => ({ seq: state.version + index + 1, at, by, v: 1, ...one }));
  return { events, state: events.reduce(evolve, state) };
}

export const byAnna: ActorMark = { kind: 'person', person: anna, proof: 'passkey' };
const byProcess: ActorMark = { kind: 'process' };

/** Opens a case with this report, as its reporter. */
export async function receive(store: Store, one: Report, more: Parameters<typeof appended>[2] = {}): Promise<Report> {
  const { name, version } = one.first.state.policy;
  const { state, events, contents, attachments } = one.first;
  const first = appended(state, events, { contents, attachments, ...more });
  await store.as(one.reporter, ({ cases }) => cases.open(one.id, { name, version }, first));
  return one;
}

/** Adds events to a case as `principal`, in one transaction. */
export async function add(
  store: Store,
  principal: Principal,
  id: CaseId,
  data: readonly EventData[],
  more: Parameters<typeof appended>[2] = {},
): Promise<void> {
  const by: ActorMark = principal.kind === 'person' ? { kind: 'person', person: principal.person, proof: 'passkey' } : byProcess;
  await store.as(principal, async ({ cases }) => {
    const record = await cases.lock(id);
    if (record === undefined) throw new Error('the case is not seen');
    const { events, state } = next(record.state, by, ...data);
    await cases.append(
      id,
      appended(state, events, { ...more, guarded: { ...record.guarded, public: state.visibility === 'public', ...more.guarded } }),
    );
  });
}

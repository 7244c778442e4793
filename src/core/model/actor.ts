// SPDX-License-Identifier: Apache-2.0
// Actors: who asks for an action, and how we know that it is they. Authority is decided in core/process, never by the proof's sender address (L-26, L-46).

import type { CaseId, ParticipantId, PersonId, ProjectId, Role } from './identifiers.ts';
import type { Instant } from './time.ts';

/** How identity was proven. `nothing`: a first report from someone unknown. */
export type Proof =
  | { readonly by: 'nothing' }
  | { readonly by: 'demo_link' }
  | { readonly by: 'case_link' }
  | { readonly by: 'reply_address' }
  | { readonly by: 'token'; readonly token: string }
  | { readonly by: 'passkey'; readonly credential: string }
  | { readonly by: 'oidc'; readonly issuer: string };

/** A member of the project, with the roles held at this moment. */
export interface PersonActor {
  readonly kind: 'person';
  readonly project: ProjectId;
  readonly person: PersonId;
  readonly roles: readonly Role[];
  readonly proof: Proof;
  /** When they last proved who they are; absent where a proof cannot be fresh, as with a token. */
  readonly provenAt?: Instant;
}

/** A reporter, in their own case only. */
export interface ReporterActor {
  readonly kind: 'reporter';
  readonly project: ProjectId;
  readonly case: CaseId;
  readonly participant: ParticipantId;
  readonly proof: Proof;
}

/** An agent: proposes, never decides (QEMU-18, I7). */
export interface AgentActor {
  readonly kind: 'agent';
  readonly project: ProjectId;
  readonly case: CaseId;
  readonly agent: PersonId;
  readonly proof: Proof;
}

/** The process itself: the clock, or a job that reports back. */
export interface ProcessActor {
  readonly kind: 'process';
  readonly project: ProjectId;
}

export type Actor = PersonActor | ReporterActor | AgentActor | ProcessActor;

/** The actor as the log keeps it: ids and the kind of proof, no session and no address. */
export type ActorMark =
  | { readonly kind: 'person'; readonly person: PersonId; readonly proof: Proof['by'] }
  | { readonly kind: 'reporter'; readonly participant: ParticipantId; readonly proof: Proof['by'] }
  | { readonly kind: 'agent'; readonly agent: PersonId; readonly proof: Proof['by'] }
  | { readonly kind: 'process' };

export function mark(actor: Actor): ActorMark {
  switch (actor.kind) {
    case 'person':
      return { kind: 'person', person: actor.person, proof: actor.proof.by };
    case 'reporter':
      return { kind: 'reporter', participant: actor.participant, proof: actor.proof.by };
    case 'agent':
      return { kind: 'agent', agent: actor.agent, proof: actor.proof.by };
    case 'process':
      return { kind: 'process' };
  }
}

// SPDX-License-Identifier: Apache-2.0
// The tables as queries see them: names and types of columns. What they are for stands in migrations/0001-tables.ts.

import type { Generated, JSONColumnType } from 'kysely';
import { DummyDriver, Kysely, PostgresAdapter, PostgresIntrospector, PostgresQueryCompiler } from 'kysely';
import type { CaseState } from '../../core/model/case.ts';
import type { AttachmentRef, Audience, ContentKind } from '../../core/model/content.ts';
import type { AttachmentId, CaseId, ContentId, ParticipantId, PersonId, ProjectId, Role } from '../../core/model/identifiers.ts';
import type { PolicyOrigin, PolicyStep } from '../../core/model/policy-step.ts';
import type { Instant } from '../../core/model/time.ts';
import type { PersonState, Standing } from '../../core/people/person.ts';
import type { Opening } from '../../core/policy/access.ts';
import type { Policy } from '../../core/policy/policy.ts';
import type { Outgoing, OutgoingTo } from '../../ports/store/outbox.ts';
import type { ProjectMessage } from '../../ports/store/project-mail.ts';

/** JSON goes in as text, which is kept byte for byte, and comes out as a value. */
type Json<Value extends object> = JSONColumnType<Value, string, string>;

interface OfCase {
  readonly project: ProjectId;
  readonly case_id: CaseId;
}

interface Readable {
  readonly audience: Audience;
  readonly participant: ParticipantId | null;
  readonly closed: Generated<boolean>;
  readonly salt: Uint8Array;
  readonly hash: string;
}

export interface Tables {
  readonly project: { readonly project: ProjectId; readonly title: string; readonly roster_readers: Generated<readonly Role[]> };
  readonly policy_version: {
    readonly project: ProjectId;
    readonly name: string;
    readonly version: number;
    readonly policy: Json<Policy>;
    readonly text: string;
    readonly sha256: string;
    readonly active: boolean;
    readonly active_since: Instant;
    readonly confirmed_at: Instant;
    readonly origin: JSONColumnType<PolicyOrigin | null, string | null, string | null>;
  };
  readonly policy_step: {
    readonly project: ProjectId;
    readonly seq: number;
    readonly envelope: Json<PolicyStep>;
    readonly hash: Uint8Array;
  };
  readonly project_mail: {
    readonly project: ProjectId;
    readonly key: string;
    readonly notice: ProjectMessage['notice'];
    readonly person: PersonId;
    readonly state: 'waiting' | 'sent' | 'cancelled' | 'failed';
    readonly due_at: Instant;
    readonly attempts: number;
    readonly outcome: string | null;
  };
  readonly member: {
    readonly project: ProjectId;
    readonly person: PersonId;
    readonly name: string;
    readonly address: string | null;
    readonly covers: readonly string[];
    readonly organisation: string | null;
    readonly nominated_by: Generated<string | null>;
    readonly standing: Generated<Standing>;
    readonly roster: Generated<Json<PersonState> | null>;
    readonly next_deadline: Generated<Instant | null>;
  };
  readonly maintainers_file: { readonly project: ProjectId; readonly text: string };
  readonly membership: {
    readonly project: ProjectId;
    readonly person: PersonId;
    readonly role: Role;
    readonly in_force: Generated<boolean>;
  };
  readonly session: {
    readonly token_hash: string;
    readonly project: ProjectId;
    readonly person: PersonId;
    readonly proof: string;
    readonly detail: string | null;
    readonly opened: Instant;
    readonly seen: Instant;
    readonly proven: Instant;
    readonly expires: Instant;
  };
  readonly passkey: {
    readonly project: ProjectId;
    readonly person: PersonId;
    readonly credential: string;
    readonly public_key: Uint8Array;
    readonly counter: number;
    readonly transports: readonly string[];
    readonly name: string;
    readonly added: Instant;
    readonly used: Instant | null;
  };
  readonly identity: {
    readonly project: ProjectId;
    readonly issuer: string;
    readonly subject: string;
    readonly person: PersonId;
    readonly bound: Instant;
  };
  readonly api_token: {
    readonly token_hash: string;
    readonly project: ProjectId;
    readonly person: PersonId;
    readonly name: string;
    readonly scopes: readonly string[];
    readonly made: Instant;
    readonly used: Instant | null;
    readonly expires: Instant;
  };
  readonly one_time: {
    readonly token_hash: string;
    readonly project: ProjectId;
    readonly purpose: string;
    readonly person: PersonId | null;
    readonly data: Json<object>;
    readonly expires: Instant;
  };
  readonly sign_in_log: {
    readonly project: ProjectId;
    readonly at: Instant;
    readonly person: PersonId | null;
    readonly kind: string;
    readonly detail: string | null;
    readonly batch: Generated<number | null>;
  };
  readonly sign_in_batch: {
    readonly project: ProjectId;
    readonly batch: number;
    readonly at: Instant;
    readonly entries: number;
    readonly digest: Uint8Array;
    readonly hash: Uint8Array;
  };
  readonly case_link: OfCase & {
    readonly token_hash: string;
    readonly participant: ParticipantId;
    readonly expires: Instant;
    readonly opened_by: string | null;
  };
  readonly reply_kept: { readonly project: ProjectId; readonly principal: string; readonly key_hash: string; readonly sealed: Uint8Array };
  readonly cases: OfCase & {
    readonly policy_name: string;
    readonly policy_version: number;
    readonly version: number;
    readonly state: Json<CaseState>;
    readonly head: Uint8Array;
    readonly open: boolean;
    readonly owner: PersonId | null;
    readonly title_id: ContentId;
    readonly public: boolean;
    readonly public_since: Instant | null;
    readonly opening: Opening;
    readonly readers: readonly Role[];
    readonly cve_readers: readonly Role[];
    readonly guests: readonly PersonId[];
    readonly few: readonly string[];
    readonly parties: readonly Role[];
    readonly party_members: readonly string[];
    readonly party_notices: readonly string[];
    readonly proofs: readonly ParticipantId[];
    readonly patches: boolean;
    readonly published_version: number;
    readonly next_deadline: Instant | null;
    readonly opened_at: Instant;
  };
  readonly case_key: OfCase & { readonly wrapped: Uint8Array };
  readonly event: OfCase & {
    readonly seq: number;
    readonly at: Instant;
    readonly kind: string;
    readonly v: number;
    readonly envelope: Json<object>;
    readonly hash: Uint8Array;
  };
  readonly content: OfCase & Readable & { readonly content_id: ContentId; readonly kind: ContentKind; readonly sealed: Uint8Array };
  readonly attachment: OfCase &
    Readable & {
      readonly attachment_id: AttachmentId;
      readonly purpose: AttachmentRef['purpose'];
      readonly bytes: number;
      readonly chunks: number;
      readonly sealed_name: Uint8Array;
    };
  readonly attachment_chunk: OfCase & { readonly attachment_id: AttachmentId; readonly index: number; readonly sealed: Uint8Array };
  readonly running_number: { readonly project: ProjectId; readonly scheme: string; readonly year: number; readonly next: number };
  readonly outbox: OfCase & {
    readonly id: string;
    readonly key: string;
    readonly notice: Outgoing['notice'];
    readonly recipient: Json<OutgoingTo>;
    readonly seq: number;
    readonly state: Outgoing['state'];
    readonly held_until: Instant | null;
    readonly due_at: Instant;
    readonly sent_at: Instant | null;
    readonly attempts: number;
    readonly outcome: string | null;
  };
  readonly document: OfCase & {
    readonly version: number;
    readonly file: string;
    readonly number: string;
    readonly format: string;
    readonly media_type: string;
    readonly sealed_bytes: Uint8Array;
    readonly sealed_title: Uint8Array;
    readonly sha256: string;
    readonly signature: string | null;
    readonly prepared_at: Instant;
  };
  readonly read_log: {
    readonly project: ProjectId;
    readonly id: string;
    readonly case_id: CaseId | null;
    readonly at: Instant;
    readonly principal: string;
    readonly what: string;
    readonly shown: readonly CaseId[];
    readonly held: boolean;
    readonly batch: number | null;
  };
  readonly read_batch: {
    readonly project: ProjectId;
    readonly batch: number;
    readonly at: Instant;
    readonly entries: number;
    readonly digest: Uint8Array;
    readonly hash: Uint8Array;
  };
}

/** Builds queries and cannot run them: a query reaches the database only through a session, that is, under a principal. */
export const queries = new Kysely<Tables>({
  dialect: {
    createAdapter: () => new PostgresAdapter(),
    createDriver: () => new DummyDriver(),
    createIntrospector: (db) => new PostgresIntrospector(db),
    createQueryCompiler: () => new PostgresQueryCompiler(),
  },
});

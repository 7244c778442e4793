// SPDX-License-Identifier: Apache-2.0
// What the doors show: a case as one principal reads it. Whatever the principal may not read is not in it.

import type { Advisory } from '../core/model/advisory.ts';
import type { CaseState } from '../core/model/case.ts';
import type { Event } from '../core/model/event.ts';
import type { ContentId, PersonId } from '../core/model/identifiers.ts';
import type { Instant } from '../core/model/time.ts';
import type { Reach } from '../core/policy/access.ts';
import type { Policy } from '../core/policy/policy.ts';
import type { Cap } from '../core/process/caps.ts';
import type { Deadline } from '../core/process/deadlines.ts';
import type { Possibility } from '../core/process/possibilities.ts';
import type { AttachmentInfo } from '../ports/store/cases.ts';
import type { Outgoing } from '../ports/store/outbox.ts';
import type { Go } from './go-no-go.ts';
import type { Move } from './migration.ts';
import type { Recipient } from './recipients-preview.ts';
import type { RelatedCase } from './related.ts';
import type { ShownRules } from './sending-rules.ts';

export interface CaseView {
  readonly now: Instant;
  readonly state: CaseState;
  readonly policy: Policy;
  readonly reach: Reach;
  /** Title of the case, as far as it may be read. */
  readonly title: string | undefined;
  /** Whole address of the case, as commits name it. */
  readonly address: string;
  /** Readable texts by content id. A reference without a text is shown as “not shown to you” or “redacted”. */
  readonly texts: ReadonlyMap<ContentId, string>;
  readonly log: readonly Event[];
  readonly attachments: readonly AttachmentInfo[];
  /** What an imported case was published with, for those inside; null for a case that was reported. */
  readonly archived: Advisory | null;
  /** Cases that belong to this one or that it belongs to, as far as the reader sees them. */
  readonly related: readonly RelatedCase[];
  /** Short names of the members who appear. */
  readonly names: ReadonlyMap<PersonId, string>;
  /** What this viewer can do now, with the gates that are not met yet. */
  readonly possibilities: readonly Possibility[];
  readonly deadlines: readonly Deadline[];
  readonly caps: readonly Cap[];
  readonly cap: Cap | undefined;
  /** Mail of this case: what was sent, and what is held and can be taken back. Empty for those outside the team. */
  readonly outbox: readonly Outgoing[];
  /** Those who disclose at the same hour and parties that were told, and who of them has said ready; for those inside. */
  readonly goNoGo: readonly Go[];
  /** Names of the members who give a CVE number, where the policy says that members do and a flaw has none; for those inside. */
  readonly assigners: readonly string[];
  /** Parties that are not told yet, and why each would be; for those inside. */
  readonly recipients: readonly Recipient[];
  /** Rules of channels and parties, which whoever sends reads first; for those inside. */
  readonly rules: readonly ShownRules[];
  /** The version of the policy to which a viewer with the right could move the case; null where none is another. */
  readonly move: Move | null;
  /** The end that an embargo would have if it began now; undefined where none begins by default, or one was asked for. */
  readonly endByDefault: Instant | undefined;
  /** How many people can see this case. */
  readonly audience: number;
  /** Events, and whether the chain holds: shown in the foot of the page. */
  readonly chain: { readonly head: string };
}

/** Which of the groups of the queue a case stands in, for this viewer. */
export type QueueGroup = 'decide' | 'overdue' | 'waiting' | 'later';

export interface QueueRow {
  readonly group: QueueGroup;
  /** A case that is open to everybody is in nobody's queue by that alone. */
  readonly reach: Extract<Reach, 'everything' | 'for_a_number' | 'party' | 'terms'>;
  readonly state: CaseState;
  readonly title: string;
  /** Lists have shown the reader as many titles within the hour as they show anybody; this one is not among them. */
  readonly heldBack?: true;
  readonly openedAt: Instant;
  readonly owner: string | null;
  /** The clock that comes next, if one runs. */
  readonly clock: { readonly name: string; readonly at: Instant } | null;
  /** What the viewer can do next, as the label of the action; null when the case waits for others. */
  readonly next: string | null;
}

export interface QueueView {
  readonly now: Instant;
  readonly rows: readonly QueueRow[];
  /** How many open cases there are for this viewer, on all pages; counting stops at a thousand. */
  readonly total: number;
  /** There are more than were counted. */
  readonly more: boolean;
  readonly order: QueueOrder;
  /** The place behind which this page begins; null for the first one. */
  readonly after: string | null;
  /** The place from which the next page goes on; null on the last one. */
  readonly next: string | null;
}

/** By the clock alone, or with those cases first to which somebody sent a patch (QEMU-26). */
export type QueueOrder = 'clock' | 'patches';

/** The people of a project, for its members: who holds which role, and who covers what (LIBVIRT-20). */
export interface PeopleView {
  readonly people: readonly {
    readonly name: string;
    readonly roles: readonly string[];
    readonly covers: readonly string[];
    readonly organisation: string | null;
  }[];
  /** By role that is held per distribution or component: what is covered, and by whom. */
  readonly coverage: readonly {
    readonly role: string;
    readonly per: 'component' | 'distribution';
    readonly covered: readonly { readonly what: string; readonly by: readonly string[] }[];
    /** Holders of the role who have not said what they cover. */
    readonly unsaid: readonly string[];
  }[];
  /** Of the project's own file, where the policy routes by it: who has no account, and the sections that nobody with one looks after (QEMU-6). */
  readonly file: {
    readonly withoutAccount: readonly { readonly name: string; readonly of: readonly string[] }[];
    readonly uncovered: readonly string[];
  } | null;
}

// SPDX-License-Identifier: Apache-2.0
// What a simulation would send: each notice that follows from an action, to the people of the script, with the subject that they would read.

import type { CaseState } from '../../core/model/case.ts';
import type { PersonId, Role } from '../../core/model/identifiers.ts';
import { canSee, guarded } from '../../core/policy/access.ts';
import type { Policy } from '../../core/policy/policy.ts';
import { rolesWith } from '../../core/policy/policy.ts';
import type { Addressee } from '../../core/process/addressee.ts';
import type { Consequence } from '../../core/process/consequence.ts';
import type { Notice } from '../../notices/notice.ts';
import { toList } from '../../notices/to-list.ts';
import type { MemberNotice } from '../../notices/to-member.ts';
import { toMember } from '../../notices/to-member.ts';
import { type OutsiderNotice, toOutsider } from '../../notices/to-outsider.ts';
import type { ReporterNotice } from '../../notices/to-reporter.ts';
import { toReporter } from '../../notices/to-reporter.ts';
import { tellsNothing } from '../recipients.ts';
import type { Sent } from './transcript.ts';

/** What the writing of a notice may look at. */
export interface Post {
  readonly state: CaseState;
  readonly policy: Policy;
  readonly people: Readonly<Record<string, readonly string[]>>;
  /** Title of the advisory, for announcements. */
  readonly title: string;
}

type Notification = Extract<Consequence, { readonly kind: 'send-notice' }>;

export function sent(consequence: Notification, clock: string | null, post: Post): readonly Sent[] {
  const { notice } = consequence;
  return recipients(consequence.to, post).map((to) => ({ to, notice, subject: written(consequence, clock, post).subject }));
}

/** One mail for each list of the channel. */
export function announced(channel: string, { state, policy, title }: Post): readonly Sent[] {
  const rules = policy.disclosure.channels[Number(channel.split(':')[0])];
  const { subject } = toList({
    subject: policy.texts.advisory_subject ?? null,
    number: state.advisory.number ?? '',
    title,
    cves: state.flaws.flatMap((flaw) => (flaw.number === null ? [] : [flaw.number])),
    component: state.component,
    version: state.advisory.published,
    document: '',
  });
  return rules?.kind === 'mail' ? rules.lists.map((to) => ({ to, notice: 'announcement', subject })) : [];
}

/** Names of the script, among those who may still see the case; a group of which the script names nobody is told as one. */
function recipients(to: Addressee, { state, policy, people }: Post): readonly string[] {
  const sees = (name: string) =>
    canSee({ kind: 'person', project: state.project, person: name as PersonId, roles: rolesOf(name, people) }, guarded(state, policy));
  const holders = (roles: readonly Role[], called: string) => {
    const told = Object.keys(people).filter((name) => rolesOf(name, people).some((role) => roles.includes(role)) && sees(name));
    return told.length > 0 ? told : [`nobody of this script (${called})`];
  };
  switch (to.kind) {
    case 'reporter':
      return [to.participant];
    case 'person':
      return sees(to.person) ? [to.person] : recipients({ kind: 'right', right: 'handle' }, { state, policy, people, title: '' });
    case 'right':
      return holders(rolesWith(policy, to.right), `right ${to.right}`);
    case 'role':
      return holders([to.role], `role ${to.role}`);
    case 'asked':
      return [];
    case 'readers':
      return Object.keys(people).filter((name) => sees(name) && name !== state.owner);
    case 'administrators':
      return ['those who run the system'];
    case 'address':
      return [to.address];
  }
}

function written({ notice, to }: Notification, clock: string | null, { state: { codename, ownership }, policy }: Post): Notice {
  if (tellsNothing.includes(notice)) return toOutsider(notice as OutsiderNotice, { title: policy.title, url: '' });
  return to.kind === 'reporter'
    ? toReporter(notice as ReporterNotice, { policy, codename, link: '', linkDays: 0, body: '', page: '', fields: {} })
    : toMember(notice as MemberNotice, { codename, url: '', clocks: clock === null ? [] : [clock], how: ownership.how });
}

export function rolesOf(name: string, people: Post['people']): readonly Role[] {
  return (people[name] ?? []) as readonly Role[];
}

// SPDX-License-Identifier: Apache-2.0
// What must follow from what happened: jobs, named by ids alone. They are committed with the events, and each may run twice.

import type { CaseState } from '../model/case.ts';
import { ownReporters } from '../model/case.ts';
import type { Event } from '../model/event.ts';
import type { Policy } from '../policy/policy.ts';
import type { Addressee } from './addressee.ts';
import type { Consequence, NoticeName } from './consequence.ts';
import { arrivals, arrived, letIn, letInByTwo } from './consequences/arrivals.ts';
import { announcements, firstJobs } from './consequences/channels.ts';
import { toldOfTheDate } from './consequences/dates.ts';
import { endNotices } from './consequences/ends.ts';
import { checksOf } from './consequences/patches.ts';
import { aboutRelations } from './consequences/relations.ts';
import { reminded } from './consequences/reminders.ts';
import { ownerOr } from './consequences/to-whom.ts';
import { publishesAdvisory } from './gates.ts';
import { waiting } from './publication-instant.ts';

export function consequences(events: readonly Event[], state: CaseState, policy: Policy): readonly Consequence[] {
  return events.flatMap((event, index) =>
    isSaidAlready(event, index, events)
      ? []
      : [...consequencesOf(event, state, policy), ...atTheEnd(event, state), ...checksOf(event, state)],
  );
}

/** The mail to the next owner says what the call would say to the one before; the owner of a report that queues is called when its turn comes. */
function isSaidAlready(event: Event, index: number, events: readonly Event[]): boolean {
  if (event.kind === 'reminder-due') return events[index + 1]?.kind === 'owner-assigned';
  return event.kind === 'owner-assigned' && events.some((one) => one.kind === 'report-submitted' && one.queuedUntil !== undefined);
}

function atTheEnd(event: Event, state: CaseState): readonly Consequence[] {
  return endNotices(event, state).flatMap(({ notice, to }) => {
    const send = (one: Addressee): Consequence => ({ kind: 'send-notice', notice, to: one, seq: event.seq, held: false });
    switch (to) {
      case 'reporters':
        return state.reporters.map(({ participant }) => send({ kind: 'reporter', participant }));
      case 'owner':
        return [send(ownerOr(state, 'handle'))];
      case 'moderators':
        return [send({ kind: 'right', right: 'moderate' })];
      default:
        return [send({ kind: 'reporter', ...to })];
    }
  });
}

function consequencesOf(event: Event, state: CaseState, policy: Policy): readonly Consequence[] {
  const { seq } = event;
  const agreed = toldOfTheDate(event, state, policy).map(
    (told): Consequence => ({
      kind: 'send-notice',
      ...told,
      seq,
      held: told.notice === 'team-wrote',
    }),
  );
  return [...agreed, ...others(event, state, policy)];
}

function others(event: Event, state: CaseState, policy: Policy): readonly Consequence[] {
  const { seq } = event;
  const notice = (name: NoticeName, to: Addressee, held = false): Consequence => ({ kind: 'send-notice', notice: name, to, seq, held });
  const reporters = (name: NoticeName) => ownReporters(state).map(({ participant }) => notice(name, { kind: 'reporter', participant }));
  switch (event.kind) {
    case 'report-submitted':
      return arrived(event, { state, policy }, notice);
    case 'report-released':
      return [...reporters('acknowledgement'), ...arrivals(state, policy).map(([name, to]) => notice(name, to))];
    case 'eligibility-decided':
      return event.verdict === 'in' ? [] : reporters(event.verdict === 'out' ? 'out-of-scope' : 'elsewhere');
    case 'flaw-dismissed':
      return reporters('not-exploitable');
    case 'embargo-activated':
    case 'embargo-moved':
      return reporters('embargo-reminder');
    case 'person-added':
      return letIn(event, state, notice);
    case 'reader-proposed':
    case 'reader-named':
      return letInByTwo(event, state, notice);
    case 'owner-assigned':
      return tookIt(event) ? [] : [notice('case-assigned', { kind: 'person', person: event.person })];
    case 'message-sent':
      return event.to.map((participant) => notice('message', { kind: 'reporter', participant }, true));
    case 'message-received':
      return [notice('answer-arrived', ownerOr(state, 'handle'))];
    case 'redaction-proposed':
      return [notice('redaction-proposed', { kind: 'right', right: 'disclose' })];
    case 'reminder-due':
      return reminded(event, state, policy, notice);
    case 'policy-migrated':
      return event.moved ? reporters('policy-changed') : [];
    case 'release-approved':
      return event.armed && publishesAdvisory(state, policy) ? [{ kind: 'prepare-publication' }] : [];
    case 'publication-prepared':
      return waiting(state).length > 0 ? [notice('signatures-asked', { kind: 'right', right: 'disclose' })] : [];
    case 'release-stopped':
      return event.found === true ? [notice('release-stopped', ownerOr(state, 'disclose'))] : [];
    case 'credit-requested':
      return [notice('credit-requested', ownerOr(state, 'handle'))];
    case 'credit-decided':
    case 'contributor-credited':
    case 'embargo-exited':
    case 'publication-timed':
      return state.disclosure.armed && state.disclosure.prepared === null && publishesAdvisory(state, policy)
        ? [{ kind: 'prepare-publication' }]
        : [];
    case 'disclosure-begun':
      return event.bundleOnly ? reporters('disclosed') : firstJobs(policy, event.channels);
    case 'version-published':
      return firstJobs(policy, event.channels);
    case 'channel-confirmed':
      return event.channel.endsWith(':site') ? announcements(state, policy) : [];
    case 'case-disclosed':
      return reporters('disclosed');
    default:
      return aboutRelations(event, state, notice);
  }
}

function tookIt({ by, person }: Event & { readonly kind: 'owner-assigned' }): boolean {
  return by.kind === 'person' && by.person === person;
}

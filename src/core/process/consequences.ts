// SPDX-License-Identifier: Apache-2.0
// What must follow from what happened: jobs, named by ids alone. They are committed with the events, and each may run twice.

import type { CaseState } from '../model/case.ts';
import { ownReporters } from '../model/case.ts';
import type { Event } from '../model/event.ts';
import type { AttachmentId } from '../model/identifiers.ts';
import type { Instant } from '../model/time.ts';
import type { Policy } from '../policy/policy.ts';
import type { Right } from '../policy/words.ts';
import type { Addressee } from './addressee.ts';
import { type Circle, circleOf, urgentClocks } from './clocks/clock.ts';
import { callsThose, deadlines } from './deadlines.ts';
import { endNotices } from './end-notices.ts';
import { publishesAdvisory } from './gates.ts';
import { checksOf } from './patches-to-check.ts';
import { channelKey } from './steps/channels.ts';
import { toldOfTheDate } from './told-of-the-date.ts';

/** A notice is a template of `notices/`; one job is one notice to one addressee. */
export type NoticeName =
  | 'held'
  | 'acknowledgement'
  | 'report-arrived'
  | 'case-assigned'
  | 'case-waits'
  | 'nobody-owns'
  | 'maintainer-without-account'
  | 'embargo-reminder'
  | 'embargo-refused'
  | 'date-asked'
  | 'date-asked-of-you'
  | 'date-stands'
  | 'embargo-ended'
  | 'party-told'
  | 'ready-asked'
  | 'party-answered'
  | 'out-of-scope'
  | 'elsewhere'
  | 'not-exploitable'
  | 'message'
  | 'answer-arrived'
  | 'credit-requested'
  | 'release-stopped'
  | 'reminder'
  | 'policy-changed'
  | 'redaction-proposed'
  | 'forwarded'
  | 'withdrawal-noted'
  | 'withdrawal-decided'
  | 'unfixed-warning'
  | 'unfixed-called-off'
  | 'reopened'
  | 'number-assigned'
  | 'advisory-corrected'
  | 'disclosed'
  | 'duplicate'
  | 'known-news'
  | 'link-again'
  | 'found-again'
  | 'part-opened'
  | 'component-assigned'
  | 'glass-broken'
  | 'glass-broken-elsewhere';

export type Consequence =
  | { readonly kind: 'send-notice'; readonly notice: NoticeName; readonly to: Addressee; readonly seq: number; readonly held: boolean }
  | { readonly kind: 'prepare-publication' }
  /** A patch that came is read, and tried where there is a repository. */
  | { readonly kind: 'check-patch'; readonly file: AttachmentId }
  | { readonly kind: 'publish-site'; readonly channel: string }
  /** One mail to the lists of this channel, after the page was seen live. */
  | { readonly kind: 'announce'; readonly channel: string };

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
  const agreed = toldOfTheDate(event, state, policy).map((told): Consequence => ({ kind: 'send-notice', ...told, seq, held: false }));
  return [...agreed, ...others(event, state, policy)];
}

function others(event: Event, state: CaseState, policy: Policy): readonly Consequence[] {
  const { seq } = event;
  const notice = (name: NoticeName, to: Addressee, held = false): Consequence => ({ kind: 'send-notice', notice: name, to, seq, held });
  const reporters = (name: NoticeName) =>
    ownReporters(state).map((one) => notice(name, { kind: 'reporter', participant: one.participant }));
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

/** Whoever was let in is told; an emergency is loud: everybody who reads the case, its owner among them, and everybody who runs the system. */
function letIn(
  { person, emergency }: Event & { readonly kind: 'person-added' },
  { owner }: CaseState,
  notice: Notify,
): readonly Consequence[] {
  if (emergency === undefined) return [notice('report-arrived', { kind: 'person', person })];
  return [
    ...(owner === null ? [] : [notice('glass-broken', { kind: 'person', person: owner })]),
    notice('glass-broken', { kind: 'readers' }),
    notice('glass-broken-elsewhere', { kind: 'administrators' }),
  ];
}

type Notify = (name: NoticeName, to: Addressee) => Consequence;

function arrived(
  event: Event & { readonly kind: 'report-submitted' },
  { state, policy }: { readonly state: CaseState; readonly policy: Policy },
  notice: Notify,
): readonly Consequence[] {
  if (state.splitFrom !== null)
    return [
      notice('part-opened', { kind: 'reporter', participant: event.participant }),
      notice('report-arrived', ownerOr(state, 'handle')),
    ];
  /** Nobody is called for what is beyond a reporter's number of a day before its turn comes (QEMU-1). */
  const called = (right: Right) => (event.queuedUntil === undefined ? [notice('report-arrived', { kind: 'right', right })] : []);
  return event.handling === 'held'
    ? [notice('held', { kind: 'reporter', participant: event.participant }), ...called('moderate')]
    : [
        notice('acknowledgement', { kind: 'reporter', participant: event.participant }),
        ...(event.queuedUntil === undefined ? arrivals(state, policy).map(([name, to]) => notice(name, to)) : []),
      ];
}

/** What binds cases together: a duplicate's reporter is told in their own case, and nobody of the other. */
function aboutRelations(event: Event, state: CaseState, notice: (name: NoticeName, to: Addressee) => Consequence): readonly Consequence[] {
  const reporters = (name: NoticeName) =>
    ownReporters(state).map((one) => notice(name, { kind: 'reporter', participant: one.participant }));
  switch (event.kind) {
    case 'duplicate-marked':
      return reporters('duplicate');
    case 'target-followed':
      return event.news && event.told !== null ? reporters('known-news') : [];
    case 'case-opened':
      return state.duplicateOf === null ? [] : reporters('disclosed');
    case 'rediscovery-asked':
      return [notice('found-again', ownerOr(state, 'disclose'))];
    case 'component-added':
    case 'component-assigned':
      return event.person === null ? [] : [notice('component-assigned', { kind: 'person', person: event.person })];
    default:
      return [];
  }
}

function announcements({ disclosure }: CaseState, policy: Policy): readonly Consequence[] {
  const channels = disclosure.channels.map((one) => one.channel);
  return channelJobs(policy, 'mail', channels);
}

/** Where a project has no site, there is nothing that announcements wait for. */
function firstJobs(policy: Policy, channels: readonly string[]): readonly Consequence[] {
  const site = channelJobs(policy, 'site', channels);
  return site.length > 0 ? site : channelJobs(policy, 'mail', channels);
}

/** Announcements only once the site was seen (I9, F11). */
function channelJobs(policy: Policy, kind: 'site' | 'mail', channels: readonly string[]): readonly Consequence[] {
  return policy.disclosure.channels
    .map((channel, index) => ({ channel, key: channelKey(channel, index) }))
    .filter(({ channel, key }) => channel.kind === kind && channels.includes(key))
    .map(({ key }) => ({ kind: kind === 'site' ? ('publish-site' as const) : ('announce' as const), channel: key }));
}

function tookIt({ by, person }: Event & { readonly kind: 'owner-assigned' }): boolean {
  return by.kind === 'person' && by.person === person;
}

/**
 * VMT-7: whom a new report is worth a mail, beside its owner, who gets one in any case. Where nobody could own it, those who run the system have to
 * find somebody.
 */
function arrivals({ owner }: CaseState, { ownership }: Policy): readonly (readonly [NoticeName, Addressee])[] {
  if (owner === null)
    return [
      ['report-arrived', { kind: 'right', right: 'handle' }],
      ['nobody-owns', { kind: 'administrators' }],
    ];
  switch (ownership.mailsTo) {
    case 'owner':
      return [];
    case 'those_asked':
      return [['report-arrived', { kind: 'asked' }]];
    case 'all_with_access':
      return [['report-arrived', { kind: 'readers' }]];
  }
}

function ownerOr(state: CaseState, right: Right): Addressee {
  const owner = state.duplicateOf?.owner ?? state.owner;
  return owner === null ? { kind: 'right', right } : { kind: 'person', person: owner };
}

/** An urgent call that stays in vain goes to more people (P4); the last circle holds those who run the system, who learn only that a case waits. */
function reminded(
  { clock, also = [], at }: Event & { readonly kind: 'reminder-due' },
  state: CaseState,
  policy: Policy,
  notice: Notify,
): readonly Consequence[] {
  const called = callsThose(clock);
  const own = called === 'owner' ? ownerOr(state, 'handle') : ({ kind: 'right', right: called } as const);
  switch (circleAt([clock, ...also], at, state, policy)) {
    case 'nearest':
      return [notice('reminder', own)];
    case 'able':
      return [notice('reminder', { kind: 'right', right: 'disclose' })];
    case 'everybody':
      return [
        notice('reminder', ownerOr(state, 'handle')),
        notice('reminder', { kind: 'readers' }),
        notice('case-waits', { kind: 'administrators' }),
      ];
  }
}

/** The widest circle that any of the clocks asks for which this one mail names. */
function circleAt(clocks: readonly string[], at: Instant, state: CaseState, policy: Policy): Circle {
  const running = deadlines(state, policy).filter(({ clock }) => urgentClocks.includes(clock) && clocks.includes(clock));
  const first = running.flatMap((one) => one.first ?? []).sort()[0];
  return first === undefined ? 'nearest' : circleOf(first, at);
}

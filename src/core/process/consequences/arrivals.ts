// SPDX-License-Identifier: Apache-2.0
// Who is told that a report has come, and that somebody was let into a case.

import type { CaseState } from '../../model/case.ts';
import type { Event } from '../../model/event.ts';
import type { Policy } from '../../policy/policy.ts';
import type { Right } from '../../policy/words.ts';
import type { Addressee } from '../addressee.ts';
import type { Consequence, NoticeName } from '../consequence.ts';
import { type Notify, ownerOr } from './to-whom.ts';

export function arrived(
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

/**
 * VMT-7: whom a new report is worth a mail, beside its owner, who gets one in any case. Where nobody could own it, those who run the system have to
 * find somebody.
 */
export function arrivals({ owner }: CaseState, { ownership }: Policy): readonly (readonly [NoticeName, Addressee])[] {
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

/** Whoever was let in is told, and reminded that nothing of it is said elsewhere (VMT-14); an emergency is loud: everybody who reads the case, its owner among them, and everybody who runs the system. */
export function letIn(
  { person, emergency }: Event & { readonly kind: 'person-added' },
  { owner }: CaseState,
  notice: Notify,
): readonly Consequence[] {
  if (emergency === undefined) return [notice('let-in', { kind: 'person', person })];
  return [
    ...(owner === null ? [] : [notice('glass-broken', { kind: 'person', person: owner })]),
    notice('glass-broken', { kind: 'readers' }),
    notice('glass-broken-elsewhere', { kind: 'administrators' }),
  ];
}

/**
 * Who is let into a narrowed case is told, and nothing of it is quiet: those who read it, everybody who runs the system, and in the end everybody who
 * admits people to the project hear of it.
 */
export function letInByTwo(
  { kind, person }: Event & { readonly kind: 'reader-proposed' | 'reader-named' },
  { owner }: CaseState,
  notice: Notify,
): readonly Consequence[] {
  const inside = kind === 'reader-named' ? 'reader-named' : 'reader-asked';
  const outside = kind === 'reader-named' ? 'reader-named-elsewhere' : 'reader-asked-elsewhere';
  return [
    ...(owner === null ? [] : [notice(inside, { kind: 'person', person: owner })]),
    notice(inside, { kind: 'readers' }),
    notice(outside, { kind: 'administrators' }),
    ...(kind === 'reader-named' ? [notice('let-in', { kind: 'person', person }), notice(outside, { kind: 'right', right: 'admit' })] : []),
  ];
}

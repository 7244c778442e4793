// SPDX-License-Identifier: Apache-2.0
// Who is told of what belongs together: duplicates, parts and components.

import type { CaseState } from '../../model/case.ts';
import { ownReporters } from '../../model/case.ts';
import type { Event } from '../../model/event.ts';
import type { Consequence, NoticeName } from '../consequence.ts';
import { type Notify, ownerOr } from './to-whom.ts';

/** What binds cases together: a duplicate's reporter is told in their own case, and nobody of the other. */
export function aboutRelations(event: Event, state: CaseState, notice: Notify): readonly Consequence[] {
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

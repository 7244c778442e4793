// SPDX-License-Identifier: Apache-2.0
// As whom an actor works in the store: an agent sees what everybody sees.

import type { Actor } from '../core/model/actor.ts';
import type { Principal } from '../core/policy/access.ts';

export function principalOf(actor: Actor): Principal {
  switch (actor.kind) {
    case 'person':
      return { kind: 'person', project: actor.project, person: actor.person, roles: actor.roles };
    case 'reporter':
      return { kind: 'reporter', project: actor.project, case: actor.case, participant: actor.participant };
    case 'process':
      return { kind: 'process', project: actor.project };
    case 'agent':
      return { kind: 'anonymous', project: actor.project };
  }
}

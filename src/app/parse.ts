// SPDX-License-Identifier: Apache-2.0
// Bodies of actions, from JSON and from forms alike, parsed into precise actions: one table, the same words as everywhere.

import type { z } from 'zod';
import type { ActionKind, CaseAction } from '../core/model/action.ts';
import { accessBodies } from './bodies/access.ts';
import type { BodyContext, Entry, OfferedAction } from './bodies/body.ts';
import { optionalText, said } from './bodies/body.ts';
import { conversationBodies } from './bodies/conversation.ts';
import { embargoBodies } from './bodies/embargo.ts';
import { endBodies } from './bodies/ends.ts';
import { fixBodies } from './bodies/fix.ts';
import { migrationBodies } from './bodies/migration.ts';
import { numberBodies } from './bodies/numbers.ts';
import { partyBodies } from './bodies/parties.ts';
import { publicationBodies } from './bodies/publication.ts';
import { recordBodies } from './bodies/record.ts';
import { relationBodies } from './bodies/relations.ts';
import { triageBodies } from './bodies/triage.ts';

export type { OfferedAction } from './bodies/body.ts';

export type ParsedBody = { readonly action: CaseAction } | { readonly problems: readonly Problem[] };

/** One thing that is missing or wrong in a body. `field` is a path with dots. */
export interface Problem {
  readonly field: string;
  readonly sentence: string;
}

/** The body of every action that a door offers; an action without one does not compile. */
export const bodies: Readonly<Record<OfferedAction, Entry>> = {
  ...accessBodies,
  ...triageBodies,
  ...embargoBodies,
  ...partyBodies,
  ...fixBodies,
  ...endBodies,
  ...numberBodies,
  ...publicationBodies,
  ...conversationBodies,
  ...migrationBodies,
  ...relationBodies,
  ...recordBodies,
};

/** Every action that a door offers, for registries and docs. */
export const offeredActions = Object.keys(bodies) as readonly (OfferedAction & ActionKind)[];

type Looked = Pick<BodyContext, 'state' | 'policy' | 'log' | 'texts'>;

/** What a body may refer to, of the case as its sender looked at it. */
export function looked({ state, policy, log, texts }: Looked): Looked {
  return { state, policy, log, texts };
}

export function isOffered(kind: string): kind is OfferedAction {
  return Object.hasOwn(bodies, kind);
}

/** Parses a body for an action, or names every field that is missing or wrong; nothing is kept then. */
export function parseBody(kind: OfferedAction, body: unknown, context: BodyContext): ParsedBody {
  const { schema, build } = bodies[kind];
  const parsed = schema.safeParse(body);
  const deviation = optionalText.safeParse((body as { deviation?: unknown } | null)?.deviation);
  if (!parsed.success || !deviation.success) return { problems: [...problemsOf(parsed, ''), ...problemsOf(deviation, 'deviation')] };
  const action = build(parsed.data as never, context);
  if (deviation.data === undefined) return { action };
  return { action: { ...action, deviation: said(context, 'reason', 'shared', deviation.data) } };
}

function problemsOf({ error }: z.ZodSafeParseResult<unknown>, within: string): readonly Problem[] {
  return (error?.issues ?? []).map((issue) => ({
    field: [...(within === '' ? [] : [within]), ...issue.path].join('.'),
    sentence: issue.message,
  }));
}

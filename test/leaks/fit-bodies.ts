// SPDX-License-Identifier: Apache-2.0
// A body of the right shape for every action, made from the API's own description, which names the hidden case wherever something can be named.

import { openApi } from '../../src/api/openapi.ts';
import { offeredActions } from '../../src/app/parse.ts';
import type { Secret } from './secret.ts';

/** What the description says of a value, as far as one is made from it. */
interface Shape {
  readonly type?: string;
  readonly const?: unknown;
  readonly enum?: readonly unknown[];
  readonly anyOf?: readonly Shape[];
  readonly oneOf?: readonly Shape[];
  readonly properties?: Readonly<Record<string, Shape>>;
  readonly items?: Shape;
  readonly minimum?: number;
  readonly contentEncoding?: string;
}

/** A text for a field, by its name: an id of the hidden case where there is one of that kind. */
export function named(field: string, { case: id, cve, flaw, participant, attachments, messages, codename, number }: Secret): string {
  const ids: Readonly<Record<string, string>> = {
    of: id,
    case: id,
    cases: id,
    order: codename,
    flaw,
    flaws: flaw,
    number: cve ?? id,
    cve: cve ?? id,
    advisory: number ?? id,
    participant,
    reporter: participant,
    attachment: attachments[0] ?? id,
    file: attachments[0] ?? id,
    piece: messages[0] ?? id,
    pieces: messages[0] ?? id,
    message: messages[0] ?? id,
    content: messages[0] ?? id,
    person: 'anna',
    people: 'anna',
    party: 'hosters',
    address: 'mallory@reporters.example',
    email: 'mallory@reporters.example',
    url: 'https://bugs.example/1',
  };
  if (/^(?:until|at|since|on|date|when)$/.test(field)) return '2026-11-20 15:00 UTC';
  return ids[field] ?? `About ${codename}`;
}

function made(shape: Shape, field: string, secret: Secret): unknown {
  if (shape.const !== undefined) return shape.const;
  if (shape.enum !== undefined) return shape.enum[0];
  const [either] = shape.anyOf ?? shape.oneOf ?? [];
  if (either !== undefined) return made(either, field, secret);
  if (shape.properties !== undefined)
    return Object.fromEntries(Object.entries(shape.properties).map(([name, one]) => [name, made(one, name, secret)]));
  if (shape.type === 'array') return [made(shape.items ?? {}, field, secret)];
  if (shape.type === 'number' || shape.type === 'integer') return shape.minimum ?? 1;
  if (shape.type === 'boolean') return true;
  if (shape.contentEncoding === 'base64') return Buffer.from(`About ${secret.codename}`).toString('base64');
  return named(field, secret);
}

type Described = Readonly<Record<string, { readonly post?: { readonly requestBody: unknown } }>>;

/** By the action's name. What ends a case comes last, so that the others find it as it was. */
export function fitBodies(secret: Secret): ReadonlyMap<string, unknown> {
  const { paths } = openApi('');
  const ends = (action: string) => /withdraw|close|end-|discard|publish|spam|disclose/.test(action);
  const ordered = [...offeredActions.filter((one) => !ends(one)), ...offeredActions.filter(ends)];
  return new Map(
    ordered.map((action) => {
      const described = (paths as Described)[`/api/v1/{project}/cases/{case}/${action}`]?.post?.requestBody as
        | { readonly content: { readonly 'application/json': { readonly schema: Shape } } }
        | undefined;
      if (described === undefined) throw new Error(`the description has no ${action}`);
      return [action, made(described.content['application/json'].schema, '', secret)];
    }),
  );
}

// SPDX-License-Identifier: Apache-2.0
// What comes in about people, from a form or by API, as an action with its words; or what is wrong with it, field by field.

import { z } from 'zod';
import type { Role } from '../core/model/identifiers.ts';
import type { Detail, PersonAction, PersonActionKind } from '../core/people/action.ts';
import type { ApplicantStatement } from '../core/policy/words.ts';
import type { PersonDetails } from '../ports/store/roster.ts';
import { agreedInstant } from './instants.ts';
import type { Problem } from './parse.ts';

/** What people ask for; the rest of the table is the process's own. */
export const personDeeds = [
  'apply',
  'invite',
  'vouch',
  'admit',
  'decline',
  'withdraw-application',
  'accept-terms',
  'confirm',
  'end-role',
  'suspend',
  'reinstate',
  'remove',
  'change-details',
] as const satisfies readonly PersonActionKind[];

export type PersonDeed = (typeof personDeeds)[number];

export function isPersonDeed(kind: string): kind is PersonDeed {
  return (personDeeds as readonly string[]).includes(kind);
}

const line = (most: number) =>
  z
    .string()
    .trim()
    .max(most, `At most ${most} characters.`)
    .regex(/^\P{Cc}*$/u, 'One line, without control characters.');

/** Every field that a deed may bring; each deed takes its own and refuses none. */
const personBody = z.object({
  note: z.string().trim().max(4000, 'At most 4000 characters.').optional(),
  role: line(60).optional(),
  name: line(80).optional(),
  address: z.email('An address such as vera@vendor.example.').max(254).or(z.literal('')).optional(),
  organisation: line(120).optional(),
  nominated_by: line(200).optional(),
  /** Distributions or components, with commas between them. */
  covers: line(400).optional(),
  keys: line(200).optional(),
  valid_until: z.string().trim().optional(),
  role_address: z.union([z.boolean(), z.literal('on')]).optional(),
  deviation: z.union([z.boolean(), z.literal('on')]).optional(),
  digest: z.string().optional(),
});

type Body = z.infer<typeof personBody>;

export interface PersonRequest {
  readonly action: PersonAction;
  readonly note?: string;
  readonly details?: Partial<PersonDetails>;
}

export function parsePersonDeed(deed: PersonDeed, body: unknown): PersonRequest | { readonly problems: readonly Problem[] } {
  const parsed = personBody.safeParse(body);
  if (!parsed.success) return { problems: parsed.error.issues.map(({ path, message }) => ({ field: path.join('.'), sentence: message })) };
  const { data } = parsed;
  const until = untilOf(data);
  if (typeof until === 'object' && until !== null) return { problems: [until] };
  const problems = missing(deed, data);
  if (problems.length > 0) return { problems };
  const action = actionOf(deed, data, until);
  const details = detailsOf(deed, data);
  return { action, ...(data.note ? { note: data.note } : {}), ...(details === undefined ? {} : { details }) };
}

function untilOf({ valid_until: typed }: Body): ReturnType<typeof asInstant> | null {
  return typed === undefined || typed === '' ? null : asInstant(typed);
}

function asInstant(typed: string) {
  const read = agreedInstant(typed)?.at;
  return read === undefined ? { field: 'valid_until', sentence: 'Day, hour and zone, such as 2027-03-01 12:00 UTC.' } : read;
}

function missing(deed: PersonDeed, data: Body): readonly Problem[] {
  const asked: readonly (keyof Body)[] =
    deed === 'apply' || deed === 'invite' ? ['name', 'address', 'role'] : deed === 'confirm' || deed === 'end-role' ? ['role'] : [];
  return asked.filter((field) => (data[field] ?? '') === '').map((field) => ({ field, sentence: `${words[field] ?? field} is needed.` }));
}

const words: Partial<Record<keyof Body, string>> = { name: 'A name', address: 'An address', role: 'The role' };

function actionOf(deed: PersonDeed, data: Body, until: Exclude<ReturnType<typeof untilOf>, Problem>): PersonAction {
  const role = (data.role ?? '') as Role;
  switch (deed) {
    case 'apply':
    case 'invite':
      return { kind: deed, role, stated: stated(data), until, roleAddress: data.role_address !== undefined && data.role_address !== false };
    case 'admit':
      return { kind: deed, deviation: data.deviation !== undefined && data.deviation !== false };
    case 'accept-terms':
      return { kind: deed, digest: data.digest ?? '' };
    case 'confirm':
    case 'end-role':
      return { kind: deed, role };
    case 'change-details':
      return { kind: deed, fields: changedFields(data) };
    case 'vouch':
    case 'decline':
    case 'withdraw-application':
    case 'suspend':
    case 'reinstate':
    case 'remove':
      return { kind: deed };
  }
}

function stated(data: Body): readonly ApplicantStatement[] {
  const given: Readonly<Record<ApplicantStatement, string | undefined>> = {
    organisation: data.organisation,
    nominated_by: data.nominated_by,
    distribution: data.covers,
    keys: data.keys,
    valid_until: data.valid_until,
  };
  return (Object.keys(given) as ApplicantStatement[]).filter((one) => (given[one] ?? '') !== '');
}

const details: readonly Detail[] = ['name', 'address', 'organisation', 'covers'];

function changedFields(data: Body): readonly Detail[] {
  return details.filter((one) => data[one] !== undefined);
}

function detailsOf(deed: PersonDeed, data: Body): Partial<PersonDetails> | undefined {
  if (deed !== 'apply' && deed !== 'invite' && deed !== 'change-details') return undefined;
  return {
    ...(data.name === undefined ? {} : { name: data.name }),
    ...(data.address === undefined ? {} : { address: data.address === '' ? null : data.address }),
    ...(data.organisation === undefined ? {} : { organisation: data.organisation === '' ? null : data.organisation }),
    ...(data.nominated_by === undefined ? {} : { nominatedBy: data.nominated_by }),
    ...(data.covers === undefined
      ? {}
      : {
          covers: data.covers
            .split(',')
            .map((one) => one.trim())
            .filter((one) => one !== ''),
        }),
  };
}

// SPDX-License-Identifier: Apache-2.0
// A script for the simulator: who does what, and when, in one case or in several. The fields of an action are those of the API.

import { z } from 'zod';
import { type Instant, instant } from '../../core/model/time.ts';
import { agreedInstant } from '../instants.ts';

/** One action of the script. `at` never lies before the step above it. */
export interface Step {
  /** Where it stands, `play[3]`. */
  readonly key: string;
  /** Name of the case, where the script has several; null in a script of one. */
  readonly case: string | null;
  readonly at: Instant;
  /** `reporter`, `agent`, `process`, or a name of `people`. */
  readonly who: string;
  /** Name of the action, as in the API; the first of a case is `submit-report`. */
  readonly does: string;
  /** Names for the cases that a split opens, in the order of its parts. */
  readonly opens: readonly string[];
  readonly fields: Readonly<Record<string, unknown>>;
}

export interface Script {
  readonly about: string | null;
  /** The policy that the script was written for, by its preset or path. */
  readonly policy: string | null;
  /** Members by name, with their roles and for how long they hold them. */
  readonly members: Readonly<Record<string, Member>>;
  /** Names of its cases, in the order of the file; none where there is one case without a name. */
  readonly cases: readonly string[];
  readonly play: readonly [Step, ...Step[]];
  /** How long the clock is followed after the last step. */
  readonly until: Instant;
}

export interface Member {
  readonly roles: readonly string[];
  /** A member from then on; null: before the play begins. */
  readonly from: Instant | null;
  /** No longer a member from then on; null: to its end. */
  readonly until: Instant | null;
}

/** Who is a member at that moment, with their roles: at `from` somebody is one, at `until` no more. */
export type People = Readonly<Record<string, readonly string[]>>;

export function peopleAt({ members }: Pick<Script, 'members'>, at: Instant): People {
  const now = Object.entries(members).filter(([, { from, until }]) => (from === null || from <= at) && (until === null || at < until));
  return Object.fromEntries(now.map(([name, { roles }]) => [name, roles]));
}

/** What is wrong with a script, and where: `key` is a path such as `play[3].at`. */
export interface Flaw {
  readonly key: string;
  readonly sentence: string;
}

/** Who is always there, beside the members. */
const alwaysThere: readonly string[] = ['reporter', 'agent', 'process'];

const word = z.string().regex(/^[a-z][a-z0-9_-]*$/, 'a name in lower case');

const moment = z.string({ error: 'an instant with hour and zone, as in 2026-11-02 09:00 UTC' }).transform((text, context) => {
  const agreed = agreedInstant(text);
  if (agreed !== undefined) return instant(agreed.at);
  context.addIssue({ code: 'custom', message: 'an instant with hour and zone, as in 2026-11-02 09:00 UTC' });
  return z.NEVER;
});

const caseName = z.string({ error: 'a name of small letters and digits' }).regex(/^[a-z][a-z0-9]*$/, 'a name of small letters and digits');

const member = z.union([
  z.array(word).transform((roles): Member => ({ roles, from: null, until: null })),
  z
    .strictObject({ roles: z.array(word), from: moment.optional(), until: moment.optional() })
    .transform(({ roles, from = null, until = null }): Member => ({ roles, from, until })),
]);

const scriptFile = z.strictObject({
  about: z.string().nullable().default(null),
  policy: z.string().nullable().default(null),
  people: z.record(word, member).default({}),
  cases: z.array(caseName).min(1, 'at least one name').default([]),
  play: z
    .array(
      z.strictObject({
        at: moment,
        case: caseName.optional(),
        who: word,
        does: word,
        with: z.record(z.string(), z.unknown()).default({}),
        opens: z.array(caseName).default([]),
      }),
    )
    .min(1, 'at least one step; the first is submit-report'),
  until: moment.optional(),
});

/** The script in a plain tree, or the first thing that is wrong with it. */
export function readScript(tree: unknown): { readonly script: Script } | { readonly flaw: Flaw } {
  if (typeof tree === 'object' && tree !== null && 'daylight' in tree && !('play' in tree))
    return {
      flaw: {
        key: 'daylight',
        sentence: 'This is a policy, no script. A script has `play`: who does what, and when. Name the policy before --script.',
      },
    };
  const parsed = scriptFile.safeParse(tree);
  if (!parsed.success) return { flaw: shapeFlaw(parsed.error.issues[0]) };
  const { about, policy, people: members, cases, until } = parsed.data;
  const steps = parsed.data.play.map(
    ({ at, case: name, who, does, with: fields, opens }, index): Step => ({
      key: `play[${index}]`,
      case: name ?? cases[0] ?? null,
      ...{ at, who, does, fields, opens },
    }),
  );
  const [first, ...rest] = steps;
  if (first === undefined) return { flaw: { key: 'play', sentence: 'at least one step; the first is submit-report' } };
  const play: Script['play'] = [first, ...rest];
  const end = steps.at(-1)?.at ?? first.at;
  const flaw =
    memberFlaw(members) ??
    stepFlaw(steps, members) ??
    casesFlaw(steps, cases) ??
    (until !== undefined && until < end ? backwards('until') : undefined);
  return flaw === undefined ? { script: { about, policy, members, cases, play, until: until ?? end } } : { flaw };
}

function memberFlaw(members: Script['members']): Flaw | undefined {
  const taken = alwaysThere.find((one) => one in members);
  if (taken !== undefined)
    return { key: `people.${taken}`, sentence: `${taken} is always there and holds no role; give the member another name.` };
  const [name] = Object.entries(members).find(([, { from, until }]) => from !== null && until !== null && until <= from) ?? [];
  return name === undefined
    ? undefined
    : { key: `people.${name}.until`, sentence: 'This lies before the day from which they are a member.' };
}

/** Each case begins once: with a report, or as a part of another. */
function casesFlaw(steps: readonly Step[], cases: Script['cases']): Flaw | undefined {
  const begun = new Set<string | null>();
  for (const { key, case: name, does, opens } of steps) {
    const unknown = [...(name === null ? [] : [name]), ...opens].find((one) => !cases.includes(one));
    if (unknown !== undefined) return { key: `${key}.case`, sentence: `${unknown} is not one of cases.` };
    if (opens.length > 0 && does !== 'split-case') return { key: `${key}.opens`, sentence: 'Only split-case opens other cases.' };
    if (begun.has(name) === (does === 'submit-report'))
      return {
        key: `${key}.does`,
        sentence: cases.length === 0 ? once : `The case ${name} begins with submit-report or with a split, and once only.`,
      };
    for (const one of [name, ...opens]) begun.add(one);
  }
  return undefined;
}

const once = 'A script begins with submit-report, and has one only.';

function stepFlaw(steps: readonly Step[], members: Script['members']): Flaw | undefined {
  for (const [index, { key, at, who }] of steps.entries()) {
    const before = steps[index - 1];
    if (before !== undefined && at < before.at) return backwards(`${key}.at`);
    if (!alwaysThere.includes(who) && members[who] === undefined)
      return { key: `${key}.who`, sentence: `${who} is neither reporter nor agent nor process nor one of people.` };
    const member = members[who];
    if (member !== undefined && ((member.from !== null && at < member.from) || (member.until !== null && member.until <= at)))
      return { key: `${key}.who`, sentence: `${who} is no member on that day.` };
  }
  return undefined;
}

function backwards(key: string): Flaw {
  return { key, sentence: 'This lies before the step above it.' };
}

function shapeFlaw(issue: z.core.$ZodIssue | undefined): Flaw {
  const path = (issue?.path ?? []).reduce<string>(
    (text, step) => (typeof step === 'number' ? `${text}[${step}]` : text === '' ? String(step) : `${text}.${String(step)}`),
    '',
  );
  if (issue?.code === 'unrecognized_keys') {
    const [unknown = ''] = issue.keys;
    return { key: path === '' ? unknown : `${path}.${unknown}`, sentence: `${unknown} is not known here.` };
  }
  return { key: path, sentence: `Expected ${(issue?.message ?? 'a script').replace(/^Invalid input: expected /, '')}.` };
}

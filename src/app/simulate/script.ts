// SPDX-License-Identifier: Apache-2.0
// A script for the simulator: who does what, and when, in one case. The fields of an action are those of the API.

import { z } from 'zod';
import { type Instant, instant } from '../../core/model/time.ts';
import { agreedInstant } from '../instants.ts';

/** One action of the script. `at` never lies before the step above it. */
export interface Step {
  /** Where it stands, `play[3]`. */
  readonly key: string;
  readonly at: Instant;
  /** `reporter`, `process`, or a name of `people`. */
  readonly who: string;
  /** Name of the action, as in the API; the first is `submit-report`. */
  readonly does: string;
  readonly fields: Readonly<Record<string, unknown>>;
}

export interface Script {
  readonly about: string | null;
  /** The policy that the script was written for, by its preset or path. */
  readonly policy: string | null;
  /** Members by name, with their roles. */
  readonly people: Readonly<Record<string, readonly string[]>>;
  readonly play: readonly [Step, ...Step[]];
  /** How long the clock is followed after the last step. */
  readonly until: Instant;
}

/** What is wrong with a script, and where: `key` is a path such as `play[3].at`. */
export interface Flaw {
  readonly key: string;
  readonly sentence: string;
}

const word = z.string().regex(/^[a-z][a-z0-9_-]*$/, 'a name in lower case');

const moment = z.string({ error: 'an instant with hour and zone, as in 2026-11-02 09:00 UTC' }).transform((text, context) => {
  const agreed = agreedInstant(text);
  if (agreed !== undefined) return instant(agreed.at);
  context.addIssue({ code: 'custom', message: 'an instant with hour and zone, as in 2026-11-02 09:00 UTC' });
  return z.NEVER;
});

const scriptFile = z.strictObject({
  about: z.string().nullable().default(null),
  policy: z.string().nullable().default(null),
  people: z.record(word, z.array(word)).default({}),
  play: z
    .array(z.strictObject({ at: moment, who: word, does: word, with: z.record(z.string(), z.unknown()).default({}) }))
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
  const { about, policy, people, until } = parsed.data;
  const steps = parsed.data.play.map(({ at, who, does, with: fields }, index): Step => ({ key: `play[${index}]`, at, who, does, fields }));
  const [first, ...rest] = steps;
  if (first === undefined) return { flaw: { key: 'play', sentence: 'at least one step; the first is submit-report' } };
  const play: Script['play'] = [first, ...rest];
  const end = steps.at(-1)?.at ?? first.at;
  const flaw = stepFlaw(steps, people) ?? (until !== undefined && until < end ? backwards('until') : undefined);
  return flaw === undefined ? { script: { about, policy, people, play, until: until ?? end } } : { flaw };
}

function stepFlaw(steps: readonly Step[], people: Script['people']): Flaw | undefined {
  for (const [index, { key, at, who, does }] of steps.entries()) {
    const before = steps[index - 1];
    if (before !== undefined && at < before.at) return backwards(`${key}.at`);
    if (!['reporter', 'process', ...Object.keys(people)].includes(who))
      return { key: `${key}.who`, sentence: `${who} is neither reporter nor process nor one of people.` };
    if ((index === 0) !== (does === 'submit-report'))
      return { key: `${key}.does`, sentence: 'A script begins with submit-report, and has one only.' };
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

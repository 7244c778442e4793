// SPDX-License-Identifier: Apache-2.0
// The OWASP Application Security Verification Standard 5.0.0 as it is numbered, and docs/asvs.yaml as it is read. No text of the standard stands here.

import { parse } from 'yaml';
import { z } from 'zod';

export type Level = 1 | 2 | 3;

export interface Chapter {
  readonly number: number;
  readonly title: string;
  /** Sections in order; in each, the level of every requirement in order. */
  readonly sections: readonly string[];
  /** Which of its requirements docs/asvs.yaml has; `none`: the chapter is about something that Daylight is not, for the reason given. */
  readonly covered: 'all' | 'level 1' | { readonly none: string };
}

const chapter = (number: number, title: string, sections: string, covered: Chapter['covered']): Chapter => ({
  number,
  title,
  sections: sections.split(' '),
  covered,
});

export const chapters: readonly Chapter[] = [
  chapter(1, 'Encoding and sanitisation', '22 1111122223 112222222223 222 123', 'level 1'),
  chapter(2, 'Validation and business logic', '122 112 12223 23', 'level 1'),
  chapter(3, 'Web frontend', '3 113 12223 11222233 11122333 3 22333', 'level 1'),
  chapter(4, 'API and web service', '12233 23333 22 1222', 'level 1'),
  chapter(5, 'Files', '2 112333 113 222', 'level 1'),
  chapter(6, 'Authentication', '122 111111112222 11223333 112233 22222333 2223 33 2222', 'all'),
  chapter(7, 'Sessions', '222 1111 22 11222 223 22', 'all'),
  chapter(8, 'Authorisation', '1233 1123 133 23', 'all'),
  chapter(9, 'Self-contained tokens', '111 1222', 'level 1'),
  chapter(10, 'OAuth and OpenID Connect', '22 223 22223 1111122222233333 22222 22 222', 'level 1'),
  chapter(11, 'Cryptography', '2233 22233 11233 1222 23 23 33', 'level 1'),
  chapter(12, 'Secure communication', '12233 11 22223', 'level 1'),
  chapter(13, 'Configuration', '2333 222223 2233 1222233', 'level 1'),
  chapter(14, 'Data protection', '22 12223333 122', 'all'),
  chapter(15, 'Secure coding', '12233 12233 1222222 3333', 'level 1'),
  chapter(16, 'Logging and errors', '2 22222 2222 222 2223', 'all'),
  chapter(17, 'WebRTC', '23 22223333 22', { none: 'Daylight carries no sound and no pictures between browsers.' }),
];

export interface Numbered {
  /** `6.3.3`. */
  readonly id: string;
  readonly chapter: number;
  readonly level: Level;
}

/** Every requirement of a chapter, in order. */
export function requirementsOf({ number, sections }: Chapter): readonly Numbered[] {
  return sections.flatMap((levels, section) =>
    Array.from(levels, (level, index) => ({
      id: `${number}.${section + 1}.${index + 1}`,
      chapter: number,
      level: Number(level) as Level,
    })),
  );
}

/** Those that docs/asvs.yaml has to have. */
export function coveredOf(one: Chapter): readonly Numbered[] {
  const all = requirementsOf(one);
  if (one.covered === 'all') return all;
  return one.covered === 'level 1' ? all.filter(({ level }) => level === 1) : [];
}

export const statuses = ['met', 'partly', 'not_met', 'not_applicable'] as const;
export type Status = (typeof statuses)[number];

/** A file and what stands in it: the name of a test, or words. */
export interface Evidence {
  readonly file: string;
  readonly words: string;
}

export interface Requirement extends Numbered {
  readonly subject: string;
  readonly status: Status;
  readonly reason: string | null;
  readonly tests: readonly Evidence[];
  readonly facts: readonly Evidence[];
}

const separator = ' › ';
const evidence = z
  .string()
  .refine((text) => text.split(separator).length === 2, 'expected a file, › and what stands in it')
  .transform((text): Evidence => {
    const [file = '', words = ''] = text.split(separator);
    return { file, words };
  });
const evidences = z.union([evidence.transform((one) => [one]), z.array(evidence).min(1)]).default([]);
const sentence = z.string().regex(/^[A-Z].{8,}\.$/s, 'expected a sentence');

const entry = z.strictObject({
  level: z.literal([1, 2, 3]),
  subject: z.string().regex(/^[A-Z].{8,110}[^.]$/, 'expected a few words'),
  status: z.enum(statuses),
  reason: sentence.nullable().default(null),
  test: evidences,
  fact: evidences,
});
const file = z.strictObject({ requirements: z.record(z.string().regex(/^\d+\.\d+\.\d+$/), entry) });

/** docs/asvs.yaml in its order. @throws Error naming the place that is not as it should be; a key that stands twice is one. */
export function readAsvs(text: string): readonly Requirement[] {
  const { requirements } = file.parse(parse(text));
  return Object.entries(requirements).map(([id, { test, fact, ...rest }]) => ({
    id,
    chapter: Number(id.split('.', 1)[0]),
    ...rest,
    tests: test,
    facts: fact,
  }));
}

// SPDX-License-Identifier: Apache-2.0
// `daylight advisory`: the advisory of a case while it is written, through the API of a running server; and `daylight score`, which needs none.

import { parseArgs } from 'node:util';
import { scoreOfVector } from '../app/score.ts';
import { visible } from '../formats/characters.ts';
import type { Asked } from './ask.ts';

export interface AdvisoryIo {
  out(line: string): void;
  err(line: string): void;
  /** `-` is standard input. @throws Error when the file cannot be read. */
  readPath(path: string): Promise<string>;
  ask(path: string, body: object | null): Promise<Asked>;
}

const usage = [
  'daylight advisory show CASE --project kettle                     who wrote what, and what changed; --since N compares with that version',
  'daylight advisory preview CASE --project kettle [draft.json]     what is found in every document; --format csaf prints one of them',
  'daylight advisory propose-versions CASE --project kettle [draft.json]   branches, commits and tags as the repository has them',
  '  CASE is the id in the address of the case. Without a file the version that is kept is meant. --json prints what the server answered.',
];

interface Call {
  readonly verb: string;
  readonly id: string;
  readonly file: string | undefined;
  readonly project: string;
  readonly since: string | undefined;
  readonly format: string | undefined;
  readonly json: boolean;
}

/** What the server answers, as far as these commands read it. */
interface Answer {
  readonly errors?: readonly { readonly detail: string }[];
  readonly title?: string;
  readonly versions?: readonly { readonly version: number; readonly at: string; readonly by: { readonly person?: string } }[];
  readonly written?: Readonly<Record<string, { readonly version: number; readonly by: { readonly person?: string } } | null>>;
  readonly changes?: readonly { readonly field: string; readonly was: string | null; readonly is: string | null }[];
  readonly documents?: readonly { readonly format: string; readonly file: string; readonly text: string; readonly sha256: string | null }[];
  readonly findings?: readonly {
    readonly level: string;
    readonly field: string | null;
    readonly formats: readonly string[];
    readonly message: string;
  }[];
  readonly open?: readonly string[];
  readonly histories?: readonly { readonly kind: string; readonly unknown?: readonly string[] }[];
  readonly proposals?: readonly { readonly name: string; readonly branch: Readonly<Record<string, string | readonly string[]>> }[];
}

/** The exit code: 0 done, 1 the server cannot be reached or answers otherwise, 2 usage, 3 not there or not visible, 5 refused, with what is missing. */
export async function advisory(args: readonly string[], io: AdvisoryIo): Promise<number> {
  if (args.length === 0 || args.includes('--help')) {
    for (const line of usage) io.out(line);
    return args.length === 0 ? 2 : 0;
  }
  const call = parsed(args);
  if (typeof call === 'string') {
    io.err(`daylight advisory: ${call}`);
    return 2;
  }
  const draft = call.file === undefined ? undefined : await jsonOf(call.file, io);
  if (draft === null) {
    io.err(`daylight advisory: ${call.file}: expected an advisory as JSON.`);
    return 3;
  }
  const at = `/api/v1/${encodeURIComponent(call.project)}/cases/${encodeURIComponent(call.id)}/advisory`;
  const body = draft === undefined ? {} : { advisory: draft };
  const answer =
    call.verb === 'show'
      ? await io.ask(call.since === undefined ? at : `${at}?since=${encodeURIComponent(call.since)}`, null)
      : await io.ask(`${at}/${call.verb}`, body);
  return told(call, answer, io);
}

function parsed(args: readonly string[]): Call | string {
  const text = { type: 'string' } as const;
  const options = { project: text, since: text, format: text, json: { type: 'boolean' } } as const;
  try {
    const { values, positionals } = parseArgs({ args: [...args], options, allowPositionals: true });
    const [verb = '', id, file, ...more] = positionals;
    const { project, since, format, json = false } = values;
    if (!['show', 'preview', 'propose-versions'].includes(verb))
      return `expected show, preview or propose-versions, not ${verb || 'nothing'}.`;
    if (id === undefined || more.length > 0) return 'expected the id of a case, and at most one file.';
    if (project === undefined) return 'expected --project NAME.';
    return { verb, id, file, project, since, format, json };
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
}

async function jsonOf(file: string, io: AdvisoryIo): Promise<unknown> {
  try {
    return JSON.parse(await io.readPath(file));
  } catch {
    return null;
  }
}

function told(call: Call, answer: Asked, io: AdvisoryIo): number {
  if ('failure' in answer) {
    io.err(`daylight advisory: ${answer.failure}`);
    return 1;
  }
  const body = answer.body as Answer;
  if (answer.status === 404) {
    io.err('daylight advisory: there is no such case, or it is not visible to you; DAYLIGHT_TOKEN says who you are.');
    return 3;
  }
  if (answer.status !== 200) {
    for (const { detail } of body.errors ?? [{ detail: body.title ?? `the server answered ${answer.status}` }])
      io.err(`refused: ${visible(detail)}`);
    return answer.status === 422 ? 5 : 1;
  }
  if (call.json) io.out(JSON.stringify(body, null, 2));
  else for (const line of call.format === undefined ? lines(body) : documentOf(body, call.format)) io.out(line);
  return 0;
}

function documentOf({ documents = [] }: Answer, format: string): readonly string[] {
  const found = documents.find((one) => one.format === format);
  return [found === undefined ? `${format}: not made; without --format it is said why.` : found.text.replace(/\n$/, '')];
}

/** One line for each thing; what people wrote stays on its line. */
function lines({
  versions = [],
  written = {},
  changes = [],
  documents = [],
  findings = [],
  open = [],
  ...more
}: Answer): readonly string[] {
  const said = [
    ...versions.map(({ version, at, by }) => `version ${version}: ${at}, ${by.person ?? 'the process'}`),
    ...Object.entries(written).map(
      ([field, one]) => `${field}: ${one === null ? 'not saved' : `${one.by.person ?? 'the process'}, version ${one.version}`}`,
    ),
    ...changes.map(({ field, was, is }) => `changed ${field}: ${was ?? '(absent)'} -> ${is ?? '(absent)'}`),
    ...documents.map(({ format, file, sha256 }) => `${format}: ${file}${sha256 === null ? '' : `, SHA-256 ${sha256}`}`),
    ...findings.map(({ level, field, formats, message }) => `${level}: ${field ?? 'the document'}: ${formats.join(', ')}: ${message}`),
    ...open,
    ...(more.histories ?? []).map(
      ({ kind, unknown = [] }) => `repository: ${kind}${unknown.length === 0 ? '' : `; unknown: ${unknown.join(', ')}`}`,
    ),
    ...(more.proposals ?? []).map(({ name, branch }) => `proposed ${name}: ${JSON.stringify(branch)}`),
  ];
  return said.map((one) => visible(one.replaceAll('\n', ' ')));
}

/** `daylight score VECTOR`: 0 with its score, 1 for what is no vector, 2 usage. */
export function score(args: readonly string[], io: Pick<AdvisoryIo, 'out' | 'err'>): number {
  const [vector, ...more] = args.filter((one) => one !== '--json');
  if (vector === undefined || more.length > 0 || vector === '--help') {
    io.out('daylight score CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:H/A:H      versions 2.0, 3.1 and 4.0; --json prints the metrics too');
    return vector === '--help' ? 0 : 2;
  }
  const made = scoreOfVector(vector, 'cvss_3.1');
  if (args.includes('--json')) io.out(JSON.stringify(made));
  else if (made.scored !== null) io.out(`${made.scored.score.toFixed(1)} ${made.scored.rating}  ${made.scored.vector}`);
  else io.err(visible(`${vector}: ${made.problem ?? ''}`));
  return made.scored === null ? 1 : 0;
}

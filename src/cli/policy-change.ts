// SPDX-License-Identifier: Apache-2.0
// `daylight policy publish`, `proposals`, `accept`, `withdraw`: changes of the policy of a running project, through its API, in the name of whoever holds the token.

import type { PolicyIo } from './policy-files.ts';
import { exit, print, textAt } from './policy-files.ts';

export interface ChangeCall {
  /** `publish`, `proposals`, `accept` or `withdraw`. */
  readonly verb: string;
  /** A file to publish, or the id of a proposal. */
  readonly name: string | undefined;
  readonly project: string | undefined;
  readonly reason: string | undefined;
  /** Looks, and proposes nothing. */
  readonly dryRun: boolean;
  readonly json: boolean;
}

/** What the server answers, as far as these commands read it. */
interface Answered {
  readonly proposal?: string;
  readonly state?: string;
  readonly detail?: string;
  readonly title?: string;
  readonly errors?: readonly { readonly detail: string }[];
  readonly unmet?: readonly { readonly gate: string; readonly sentence: string }[];
  readonly problems?: readonly { readonly line: number; readonly kind: string; readonly message: string }[];
  readonly changes?: readonly { readonly key: string; readonly before?: string; readonly after?: string }[] | null;
  readonly cases?: readonly { readonly codename: string; readonly differs: readonly string[]; readonly obstacle: string | null }[];
  readonly proposals?: readonly {
    readonly id: string;
    readonly by: string;
    readonly state: string;
    readonly asks: string;
    readonly reason: string;
    readonly policy: { readonly name: string; readonly version: number };
  }[];
}

/** The exit code: 0 done, 1 the server cannot be reached or answers otherwise, 2 usage, 3 not there or not visible, 5 refused, with what is missing. */
export async function changePolicy(call: ChangeCall, io: PolicyIo): Promise<number> {
  const { verb, name, project } = call;
  if (project === undefined) return usage(io, `policy ${verb} needs --project NAME.`);
  if (name === undefined && verb !== 'proposals')
    return usage(io, `policy ${verb} needs ${verb === 'publish' ? 'a FILE' : 'the id of a proposal; policy proposals lists them'}.`);
  const at = `/api/v1/${encodeURIComponent(project)}/policy/proposals`;
  const one = `${at}/${encodeURIComponent(name ?? '')}`;
  switch (verb) {
    case 'publish':
      return publish(call, at, io);
    case 'accept':
      return told(io, await io.ask(`${one}/accept`, {}), call.json);
    case 'withdraw':
      return told(io, await io.ask(`${one}/withdraw`, call.reason === undefined ? {} : { reason: call.reason }), call.json);
    default:
      return told(io, await io.ask(at, null), call.json);
  }
}

async function publish({ name = '', reason, dryRun, json }: ChangeCall, at: string, io: PolicyIo): Promise<number> {
  const policy = await textAt(io, name);
  if (policy === undefined) {
    io.err(`no file ${name}: expected a policy file.`);
    return exit.notFound;
  }
  if (dryRun) return told(io, await io.ask(at, { policy, look: true }), json);
  if (reason === undefined) return usage(io, 'policy publish needs --reason TEXT: the archive shows it. With --dry-run it only looks.');
  return told(io, await io.ask(at, { policy, reason }), json);
}

function told(io: PolicyIo, answer: Awaited<ReturnType<PolicyIo['ask']>>, json: boolean): number {
  if ('failure' in answer) {
    io.err(`daylight policy: ${answer.failure}`);
    return exit.failed;
  }
  const body = answer.body as Answered;
  if (answer.status === 200) return json ? print(io, body) : spoken(io, body);
  if (answer.status === 404) {
    io.err('daylight policy: there is no such project or proposal, or it is not visible to you; DAYLIGHT_TOKEN says who you are.');
    return exit.notFound;
  }
  const sentences = [
    ...(body.errors ?? []).map(({ detail }) => detail),
    ...(body.unmet ?? []).map(({ gate, sentence }) => `${sentence} [${gate}]`),
  ];
  for (const sentence of sentences.length > 0 ? sentences : [body.detail ?? body.title ?? `the server answered ${answer.status}`])
    io.err(`refused: ${sentence}`);
  return [403, 422].includes(answer.status) ? exit.refused : exit.failed;
}

function spoken(io: PolicyIo, { proposal, state, problems = [], changes, cases = [], proposals }: Answered): number {
  for (const { line, kind, message } of problems) io.out(`line ${line}: ${kind}: ${message}`);
  for (const { key, before, after } of changes ?? []) io.out(`${key}: ${before ?? '(absent)'} -> ${after ?? '(absent)'}`);
  for (const { codename, differs, obstacle } of cases)
    io.out(`case ${codename}: ${[...differs, ...(obstacle === null ? [] : [`cannot move: ${obstacle}`])].join('; ')}`);
  for (const one of proposals ?? []) {
    const asks = one.asks === '' ? '' : `, waits for ${one.asks}`;
    io.out(`${one.id}  ${one.policy.name} ${one.policy.version}  ${one.state}${asks}; proposed by ${one.by}: ${one.reason}`);
  }
  if (proposal !== undefined) io.out(`${proposal}  ${state === 'published' ? 'published: it holds for new cases now' : state}`);
  return exit.ok;
}

function usage(io: PolicyIo, message: string): number {
  io.err(message);
  io.err("Example: daylight policy publish ours.yaml --project kettle --reason 'A second vendor joins.'");
  return exit.wrongUsage;
}

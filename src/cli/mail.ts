// SPDX-License-Identifier: Apache-2.0
// `daylight mail parse FILE [--json]`: one message as intake sees it. Needs no server and no network.

import { parseBounded } from '../mail/bounded.ts';
import type { ParsedMail } from '../mail/parsed.ts';
import { proveSender, type SenderProof } from '../mail/proof.ts';

export interface MailIo {
  /** Data, as it is. */
  readonly out: (text: string) => void;
  /** One message line. */
  readonly err: (line: string) => void;
  readonly readFile: (path: string) => Promise<Uint8Array>;
  readonly stdin: () => Promise<Uint8Array>;
}

const usage = [
  'daylight mail parse report.eml --json | jq .verdict',
  'daylight mail parse - < report.eml',
  '',
  'Usage: daylight mail parse FILE [--json] [--check-sender]',
  '',
  'Shows one message as intake sees it: sender, subject, text, attachments, PGP state, thread and verdict.',
  '--check-sender asks the DNS whether the sender is proven (DKIM, DMARC); without it nothing leaves this machine.',
].join('\n');

const options = ['--json', '--check-sender'];

/** How the sender is proven, or why that is not known. */
type Authenticated = { readonly proof: SenderProof } | { readonly proof: null; readonly reason: string };

/** The exit code: 0 parsed (an unparsable mail is a result too), 1 the file cannot be read, 2 usage. */
export async function mail(args: readonly string[], io: MailIo): Promise<number> {
  const [verb, ...rest] = args;
  const flags = rest.filter((arg) => arg.startsWith('--'));
  const [file, ...more] = rest.filter((arg) => !arg.startsWith('--'));
  if (args.includes('--help') || args.includes('-h')) {
    io.out(`${usage}\n`);
    return 0;
  }
  const unknown = flags.find((flag) => !options.includes(flag));
  if (unknown !== undefined) return wrong(io, `mail parse has no option ${unknown}`);
  if (verb !== 'parse') return wrong(io, verb === undefined ? 'mail needs a verb: parse' : `mail has no verb ${verb}; did you mean parse?`);
  if (file === undefined || more.length > 0) return wrong(io, 'mail parse takes one FILE; - reads standard input');
  return parseFile(file, flags, io);
}

function wrong(io: MailIo, problem: string): number {
  io.err(problem);
  io.err('Usage: daylight mail parse FILE [--json] [--check-sender]');
  return 2;
}

async function parseFile(file: string, flags: readonly string[], io: MailIo): Promise<number> {
  let raw: Uint8Array;
  try {
    raw = await (file === '-' ? io.stdin() : io.readFile(file));
  } catch (cause) {
    const code = cause instanceof Error && 'code' in cause ? ` (${String(cause.code)})` : '';
    io.err(`${file}: cannot be read${code}; expected a mail message`);
    return 1;
  }
  const parsed = await parseBounded(raw);
  const authenticated = await senderOf(raw, flags.includes('--check-sender'));
  io.out(flags.includes('--json') ? `${JSON.stringify(shape(parsed, authenticated), null, 2)}\n` : readable(parsed, authenticated));
  for (const problem of parsed.problems) io.err(`${file}: ${problem}`);
  return 0;
}

/** A file says nothing about the server that sent it, so SPF is never asked here. */
async function senderOf(raw: Uint8Array, ask: boolean): Promise<Authenticated> {
  if (!ask) return { proof: null, reason: 'not checked offline' };
  const proof = await proveSender(raw, null);
  return proof === null ? { proof, reason: 'no answer in time' } : { proof };
}

/** The documented JSON. Attachment contents stay out; their digests name them. */
function shape(parsed: ParsedMail, authenticated: Authenticated) {
  return {
    from: parsed.from,
    fromText: parsed.fromText,
    authenticated: authenticated.proof,
    ...('reason' in authenticated ? { authenticatedReason: authenticated.reason } : {}),
    subject: parsed.subject,
    date: parsed.date,
    messageId: parsed.messageId,
    inReplyTo: parsed.inReplyTo,
    references: parsed.references,
    to: parsed.to,
    cc: parsed.cc,
    text: parsed.text,
    attachments: parsed.attachments.map(({ name, type, size, sha256 }) => ({ name, type, size, sha256 })),
    pgp: parsed.pgp,
    verdict: parsed.verdict,
    autoSubmitted: parsed.autoSubmitted,
    bulk: parsed.bulk,
    list: parsed.list,
    problems: parsed.problems,
  };
}

function readable(parsed: ParsedMail, authenticated: Authenticated): string {
  const boxes = (list: ParsedMail['to']) => list.map(({ name, address }) => (name === '' ? address : `${name} <${address}>`)).join(', ');
  const lines: (readonly [string, string])[] = [
    ['verdict', parsed.verdict],
    ['from', parsed.from === null ? `${parsed.fromText} (no plain address)` : boxes([parsed.from])],
    ['proven', 'reason' in authenticated ? authenticated.reason : inWords(authenticated.proof)],
    ['to', boxes(parsed.to)],
    ['cc', boxes(parsed.cc)],
    ['date', parsed.date ?? ''],
    ['subject', parsed.subject],
    ['message id', parsed.messageId ?? ''],
    ['in reply to', parsed.inReplyTo ?? ''],
    ['pgp', parsed.pgp],
    ...parsed.attachments.map(
      ({ name, type, size, sha256 }) => ['attachment', `${name ?? 'unnamed'}, ${type}, ${size} bytes, sha256 ${sha256}`] as const,
    ),
  ];
  const head = lines.filter(([, value]) => value !== '').map(([label, value]) => `${`${label}:`.padEnd(13)}${value}`);
  return `${head.join('\n')}\n\n${parsed.text}${parsed.text.endsWith('\n') ? '' : '\n'}`;
}

function inWords({ dkim, dmarc }: SenderProof): string {
  const signatures = dkim.map(({ domain, result }) => `DKIM ${result} for ${domain}`);
  return [...(signatures.length === 0 ? ['no DKIM signature'] : signatures), `DMARC ${dmarc ?? 'not asked'}`].join(', ');
}

// SPDX-License-Identifier: Apache-2.0
// Bodies of requests: bounded before they are read, parsed as JSON, files taken out of base64. What is wrong is named; nothing was done then.

import type { Context, MiddlewareHandler } from 'hono';
import { bodyLimit } from 'hono/body-limit';
import type { Problem } from '../app/parse.ts';
import type { ProblemBody } from './problem.ts';
import { invalidBody, problem } from './problem.ts';

const mebibyte = 1024 * 1024;
/** A report or a patch with its files in base64; they are in memory once before they are sealed. */
const withFiles = 64 * mebibyte;
/** Everything else is text: an advisory is the longest. */
const withoutFiles = 4 * mebibyte;

const carriesFiles = /\/(reports|add-patch|answer-team|sign-documents)$/;

/** Refuses a body that is too long before it is parsed, whether its length is declared or not. */
export const bounded: MiddlewareHandler = (context, next) => (carriesFiles.test(context.req.path) ? largest : large)(context, next);
const largest = limit(withFiles);
const large = limit(withoutFiles);

function limit(bytes: number): MiddlewareHandler {
  const title = `A request carries at most ${bytes / mebibyte} MiB`;
  return bodyLimit({
    maxSize: bytes,
    onError(context) {
      const answer = problem(context, { type: '/problems/too-large', title, status: 413 });
      // The rest of the body is not read, so nothing else can follow on this connection (RFC 9110 section 15.5.14).
      answer.headers.set('Connection', 'close');
      return answer;
    },
  });
}

type Sent = { readonly body: unknown } | { readonly malformed: ProblemBody };

/** What the body says, or what is wrong with it. No body at all says nothing: an action may need none. */
export async function jsonBody(context: Context): Promise<Sent> {
  const text = await context.req.text();
  if (text.trim() === '') return { body: {} };
  try {
    return { body: JSON.parse(text) };
  } catch (error) {
    // A body nested too deep for the parser is a RangeError.
    if (!(error instanceof SyntaxError) && !(error instanceof RangeError)) throw error;
    return { malformed: { type: '/problems/malformed', title: 'The body is not JSON', status: 400 } };
  }
}

/** The same for an action, whose parser takes files as bytes: they come as base64, at the first level or in a list there. */
export async function actionBody(context: Context): Promise<Sent> {
  const sent = await jsonBody(context);
  return 'malformed' in sent ? sent : filesTakenOut(sent.body);
}

function filesTakenOut(body: unknown): Sent {
  if (typeof body !== 'object' || body === null || Array.isArray(body)) return { body };
  const problems: Problem[] = [];
  const take = (value: unknown, field: string): unknown => {
    const base64 = (value as { base64?: unknown } | null | undefined)?.base64;
    if (base64 === undefined) return value;
    const bytes = typeof base64 === 'string' ? bytesOf(base64) : undefined;
    if (bytes === undefined) problems.push({ field: `${field}.base64`, sentence: 'The bytes of a file are written in base64.' });
    return { ...(value as object), bytes };
  };
  const entries = Object.entries(body).map(([name, value]) => [
    name,
    Array.isArray(value) ? value.map((one, index) => take(one, `${name}.${index}`)) : take(value, name),
  ]);
  return problems.length > 0 ? { malformed: invalidBody(problems) } : { body: Object.fromEntries(entries) };
}

/** Strict, with its padding: what is not base64 to the last character would be a shorter file without a word (RFC 4648 section 3.3). */
function bytesOf(base64: string): Uint8Array | undefined {
  const bytes = Buffer.from(base64, 'base64');
  return bytes.toString('base64') === base64 ? new Uint8Array(bytes) : undefined;
}

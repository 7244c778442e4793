// SPDX-License-Identifier: Apache-2.0
// What PostgreSQL's errors mean for us: the database is away for now, it is set up wrongly, or we have a bug. No error carries a row's values (L-23, L-28).

import { OutsideFailure } from '../../ports/failure.ts';

/** Five-character codes of PostgreSQL's appendix A, or their two-character classes. */
const passing: readonly string[] = [
  '08', // connection exceptions
  '25P03', // idle in transaction for too long
  '25P04', // transaction took too long
  '40', // serialisation failure, deadlock, unknown outcome of a statement
  '53', // disk full, out of memory, too many connections
  '55P03', // lock not available in time
  '57014', // statement timeout
  '57P', // shutdown, crash, starting up
  '58', // input/output error below PostgreSQL
];

/** Login refused, no such database, no right to connect. */
const lasting: readonly string[] = ['28', '3D', '42501'];

const socketCodes: readonly string[] = [
  'ECONNREFUSED',
  'ECONNRESET',
  'ENOENT',
  'EPIPE',
  'ETIMEDOUT',
  'EHOSTUNREACH',
  'ENETUNREACH',
  'EAI_AGAIN',
  'ENOTFOUND',
  'EACCES',
];

/** pg says these without a code. */
const lostConnection =
  /^(Connection terminated|Client has encountered a connection error|Client was closed|timeout e(xceeded|xpired)|Query read timeout)/;

/** `error` as the rest of the program may see it. What did not come from the database is returned as it is. */
export function translated(error: unknown): unknown {
  if (!(error instanceof Error) || error instanceof OutsideFailure) return error;
  const code = 'code' in error && typeof error.code === 'string' ? error.code : '';
  if (socketCodes.includes(code) || lostConnection.test(error.message)) return unreachable(error);
  if (!('severity' in error)) return error;
  if (passing.some((known) => code.startsWith(known)))
    return new OutsideFailure('temporary', `The database could not do it now (${code}).`);
  return stripped(error, code);
}

/** The same for an error met while a connection is made, where a refused login is a fact about the outside. */
export function translatedAtConnect(error: unknown): unknown {
  if (error instanceof Error && 'severity' in error && 'code' in error && lasting.some((known) => String(error.code).startsWith(known)))
    return new OutsideFailure('permanent', `The database refuses the connection (${error.code}): ${error.message}`);
  return translated(error);
}

function unreachable(cause: unknown): OutsideFailure {
  const code = cause instanceof Error && 'code' in cause ? ` (${cause.code})` : '';
  return new OutsideFailure('temporary', `The database cannot be reached${code}.`);
}

/** The transaction may or may not have been kept: only asking again tells. */
export function uncertain(): OutsideFailure {
  return new OutsideFailure(
    'temporary',
    'The connection to the database was lost during the commit; it is not certain that anything was kept.',
  );
}

/** Messages of these classes name tables and rules, never values. */
const speakable: readonly string[] = ['0A', '23', '25', '42'];

/** A bug of ours, without the detail in which PostgreSQL quotes the row. */
function stripped(error: Error, code: string): Error {
  const what = speakable.some((known) => code.startsWith(known)) ? `: ${error.message}` : '';
  const bug = new Error(`PostgreSQL refused a statement (${code})${what}`);
  const frames = (error.stack ?? '').split('\n').filter((line) => line.startsWith('    at '));
  bug.stack = [`Error: ${bug.message}`, ...frames].join('\n');
  return bug;
}

/** Whether there is a row with this key already: unique_violation. */
export function isTaken(error: unknown): boolean {
  return error instanceof Error && 'code' in error && error.code === '23505';
}

// SPDX-License-Identifier: Apache-2.0
// One transaction under one principal: the only way in which a query reaches the database.

import { createHash } from 'node:crypto';
import type { Compilable, RawBuilder } from 'kysely';
import { escapeLiteral, type Pool, type PoolClient, type QueryResult } from 'pg';
import type { CaseId } from '../../core/model/identifiers.ts';
import type { Principal } from '../../core/policy/access.ts';
import { translated, translatedAtConnect, uncertain } from './failures.ts';
import type { Pools, RunningRole } from './pool.ts';
import { queries } from './tables.ts';

/** A query that is built and not run, with the type of its rows. */
type Query<Row> = Compilable<Row> | RawBuilder<Row>;

/** A case in the hands of a transaction: where its log ends, and its wrapped key, if it was not destroyed. */
export interface Held {
  readonly version: number;
  readonly head: Uint8Array;
  readonly wrapped: Uint8Array | null;
}

export interface Session {
  readonly principal: Principal;
  /** @throws OutsideFailure when the database cannot do it now, Error for a mistake of ours. */
  rows<Row>(query: Query<Row>): Promise<readonly Row[]>;
  row<Row>(query: Query<Row>): Promise<Row | undefined>;
  /** Runs a statement and says how many rows it touched. */
  change(query: Query<unknown>): Promise<number>;
  /** Cases that this transaction has locked or opened, as they stand in it. */
  readonly held: Map<CaseId, Held>;
  /** True when the transaction is over and nothing can be asked any more. */
  readonly ended: boolean;
}

/** The anonymous read as the publisher, which has no grant on anything private; the process itself works as the jobs do. */
function roleOf(principal: Principal): RunningRole {
  if (principal.kind === 'anonymous') return 'publisher';
  return principal.kind === 'process' ? 'jobs' : 'app';
}

/**
 * Runs `work` in a transaction of `principal`, commits, and returns what it returned. When it throws, nothing of it is kept.
 * @throws OutsideFailure temporary when the database cannot be reached or the commit is not certain.
 */
export async function withPrincipal<Result>(
  pools: Pools,
  principal: Principal,
  work: (session: Session) => Promise<Result>,
): Promise<Result> {
  const client = await checkedOut(pools[roleOf(principal)]);
  let lost = false;
  const onError = () => {
    lost = true;
  };
  client.on('error', onError);
  const transaction = openSession(client, principal);
  try {
    sendTogether(client);
    // Not waited for: what comes after it runs after it, and where it fails, without a principal, to whom the policies give nothing.
    const [, result] = await Promise.all([client.query(beginning(principal)), work(transaction.session)]);
    transaction.end();
    await commit(client);
    return result;
  } catch (error) {
    transaction.end();
    lost ||= !(await rolledBack(client));
    throw translated(error);
  } finally {
    client.off('error', onError);
    client.release(lost);
  }
}

async function checkedOut(pool: Pool): Promise<PoolClient> {
  try {
    return await pool.connect();
  } catch (error) {
    throw translatedAtConnect(error);
  }
}

function openSession(client: PoolClient, principal: Principal): { readonly session: Session; end(): void } {
  let ended = false;
  const run = async (query: Query<unknown>): Promise<QueryResult> => {
    if (ended) throw new Error('the transaction is over');
    const { sql, parameters } = query.compile(queries);
    sendTogether(client);
    return client.query({ name: statementName(sql), text: sql, values: [...parameters] });
  };
  const rows = async <Row>(query: Query<Row>) => (await run(query)).rows as Row[];
  const session: Session = {
    principal,
    rows,
    row: async (query) => (await rows(query))[0],
    change: async (query) => (await run(query)).rowCount ?? 0,
    held: new Map(),
    get ended() {
      return ended;
    },
  };
  return {
    session,
    end() {
      ended = true;
    },
  };
}

const gathering = new WeakSet<PoolClient>();

/** What is asked before anybody waits leaves in one write: a write for each statement costs as much as the statement. */
function sendTogether(client: PoolClient): void {
  if (gathering.has(client)) return;
  const { stream } = client.connection;
  gathering.add(client);
  stream.cork();
  process.nextTick(() => {
    gathering.delete(client);
    stream.uncork();
  });
}

/** Each connection plans a statement once: with the policies in it, planning takes longer than running. */
const statementNames = new Map<string, string>();

function statementName(sql: string): string {
  const known = statementNames.get(sql);
  if (known !== undefined) return known;
  const name = createHash('sha256').update(sql).digest('base64url').slice(0, 24);
  statementNames.set(sql, name);
  return name;
}

/** Local to the transaction: whatever ends it takes the principal away with it, and a setting that is not made is empty. One round trip with the BEGIN. */
function beginning(principal: Principal): string {
  const { project, kind } = principal;
  const settings = { project, kind, ...marksOf(principal) };
  const list = Object.entries(settings).map(([name, value]) => `set_config('daylight.${name}', ${escapeLiteral(value)}, true)`);
  return `begin; select ${list.join(', ')}`;
}

function marksOf(principal: Principal): Readonly<Record<string, string>> {
  switch (principal.kind) {
    case 'person':
      return { person: principal.person };
    case 'reporter':
      // The one case that a reporter can ever write.
      return { case: principal.case, participant: principal.participant, acting_cases: principal.case };
    case 'anonymous':
    case 'process':
      return {};
  }
}

/** PostgreSQL answers COMMIT with ROLLBACK when a statement had failed and its error was swallowed: that is no commit. */
async function commit(client: PoolClient): Promise<void> {
  const answer = await client.query('commit').catch((error: unknown) => {
    throw isRefused(error) ? error : uncertain();
  });
  if (answer.command !== 'COMMIT') throw new Error('the transaction was rolled back: a failed statement was passed over');
}

/** An answer of severity ERROR says that nothing was kept; a lost connection or a FATAL one says nothing. */
function isRefused(error: unknown): boolean {
  return error instanceof Error && 'severity' in error && error.severity === 'ERROR';
}

async function rolledBack(client: PoolClient): Promise<boolean> {
  try {
    await client.query('rollback');
    return true;
  } catch {
    return false;
  }
}

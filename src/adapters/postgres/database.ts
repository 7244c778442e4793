// SPDX-License-Identifier: Apache-2.0
// The database: one way in for the embedded server and for DATABASE_URL. Composes roles, schema, pools and the store.

import { Pool } from 'pg';
import type { Store } from '../../ports/store/store.ts';
import { openPools } from './pool.ts';
import { prepare } from './prepare.ts';
import { type RoleSources, rolesOf } from './roles.ts';
import { masterKeys } from './seal.ts';
import { storeOn } from './store.ts';

export interface DatabaseOptions extends RoleSources {
  /** 32 bytes. Without them no content can be read again; every node has the same. */
  readonly masterKey: Uint8Array;
  readonly log: (line: string) => void;
}

export interface Database {
  readonly store: Store;
  /** For graphile-worker, and for nothing else. */
  readonly jobsConnection: Pool;
  /** Ends all connections; what is under way is waited for. */
  close(): Promise<void>;
}

/** @throws OutsideFailure: permanent with a text for the person who runs Daylight, temporary when the database is not there yet. */
export async function openDatabase(options: DatabaseOptions): Promise<Database> {
  const keys = masterKeys(options.masterKey);
  const roles = rolesOf(options, keys);
  const pools = openPools(roles, options.log);
  const worker = new Pool({ ...roles.connections.jobs, max: 4, application_name: 'daylight worker' });
  const lost = () => options.log('A database connection of the worker was lost.');
  worker.on('error', lost).on('connect', (client) => client.on('error', lost));
  const close = async () => {
    await Promise.all([pools.app, pools.publisher, pools.jobs, worker].map((pool) => pool.end()));
  };
  try {
    await prepare(options, roles, keys, worker, options.log);
  } catch (error) {
    await close();
    throw error;
  }
  return { store: storeOn(pools, keys), jobsConnection: worker, close };
}

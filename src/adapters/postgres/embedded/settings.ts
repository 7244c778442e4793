// SPDX-License-Identifier: Apache-2.0
// The configuration of an embedded PostgreSQL: durable, small, silent about content, reachable by one socket only.

const chosen: Readonly<Record<string, string>> = {
  // Durable: what is acknowledged survives a crash of the machine.
  fsync: 'on',
  synchronous_commit: 'on',
  full_page_writes: 'on',

  // Small: one project's process on a machine that does other things too. Without parallel queries nothing lives in /dev/shm.
  shared_buffers: '32MB',
  max_connections: '60',
  jit: 'off',
  io_method: 'sync',
  max_parallel_workers_per_gather: '0',
  max_parallel_maintenance_workers: '0',
  max_logical_replication_workers: '0',

  // Private: no network, and no way to change these lines from inside.
  listen_addresses: '',
  unix_socket_permissions: '0700',
  allow_alter_system: 'off',

  // Silent (L-29): an error goes to the client, never to the log. Statements, parameters and values of rows stay out of what is logged.
  log_statement: 'none',
  log_min_messages: 'log',
  log_min_error_statement: 'panic',
  log_error_verbosity: 'terse',
  log_parameter_max_length: '0',
  log_parameter_max_length_on_error: '0',
  log_min_duration_statement: '-1',
  log_lock_waits: 'off',
  log_checkpoints: 'off',
  log_autovacuum_min_duration: '-1',
  logging_collector: 'off',
  log_line_prefix: '%m [%p] ',

  // The same everywhere: no text or time depends on the machine.
  timezone: 'UTC',
  log_timezone: 'UTC',
  lc_messages: 'C',
};

/** The text of `daylight.conf`: what initdb found out about the machine, then ours, `extra` last. `socket` is the folder of the socket. */
export function configuration(socket: string, port: number, extra: Readonly<Record<string, string>>): string {
  const all = { ...chosen, port: String(port), unix_socket_directories: `"${socket.replaceAll('"', '""')}"`, ...extra };
  const lines = Object.entries(all).map(([name, value]) => `${settingName(name)} = '${escaped(value)}'`);
  return `# Written by Daylight at every start; changes here are lost.\ninclude 'postgresql.conf'\n${lines.join('\n')}\n`;
}

function settingName(name: string): string {
  if (/^[a-z][a-z0-9_.]*$/.test(name)) return name;
  throw new RangeError(`${JSON.stringify(name)} is not the name of a PostgreSQL setting`);
}

function escaped(value: string): string {
  if (/[\0\n\r]/.test(value)) throw new RangeError('a PostgreSQL setting is a single line');
  return value.replaceAll('\\', '\\\\').replaceAll("'", "''");
}

// SPDX-License-Identifier: Apache-2.0
// How a migration fills columns of rows that are there already.

/**
 * For a migration that fills columns of rows: the policies do not bind the owner while \`statements\` run, and nobody else reads meanwhile,
 * for the table is locked until the migration commits. docs/decisions/007-row-level-security.md says why it is done so.
 */
export function backFill(table: string, statements: string): string {
  return `alter table ${table} no force row level security;\n${statements}\nalter table ${table} force row level security;\n`;
}

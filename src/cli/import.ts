// SPDX-License-Identifier: Apache-2.0
// `daylight import FORMAT SOURCE…`: an archive of advisories into published cases of a project; first, with --dry-run, what there is and what is odd about it.

import { type Archive, type ArchiveFile, readArchive } from '../app/archive.ts';
import { type ImportOutcome, importArchive } from '../app/import.ts';
import { archiveReader, planImport } from '../app/import-plan.ts';
import type { World } from '../app/world.ts';
import type { ProjectId } from '../core/model/identifiers.ts';
import { type ArchiveFormat, archiveFormats } from '../core/model/imported.ts';
import { told } from './import-text.ts';
import { type OfProject, readArgs, type ServerIo, serverCommand } from './server-command.ts';

export interface ImportIo extends ServerIo {
  /** The files of a source: itself, or those below it whose names end so; undefined where there is nothing. */
  files(source: string, endings: readonly string[]): Promise<readonly ArchiveFile[] | undefined>;
}

const usage = [
  'daylight import lsn notices/ --dry-run             what there is, and what is odd about it; nothing is written',
  'daylight import ossa ossa/ --project openstack     each file becomes a published advisory, all of them in one step at the end',
  `formats: ${archiveFormats.join(', ')}`,
];

const endings: Readonly<Record<ArchiveFormat, readonly string[]>> = {
  lsn: ['.xml'],
  ossa: ['.yaml', '.yml'],
  csaf: ['.json'],
  osv: ['.json'],
  cve: ['.json'],
  advisory: ['.json'],
};

interface Asked extends OfProject {
  readonly format: ArchiveFormat;
  readonly sources: readonly string[];
  readonly dryRun: boolean;
  readonly withAddresses: boolean;
  readonly quiet: boolean;
}

/** The exit code: 0 done, 1 some file could not be taken over, 2 usage, 3 no such project or source, 4 what is published here says something else. */
export function importAdvisories(args: readonly string[], io: ImportIo): Promise<number> {
  return serverCommand({ name: 'import', usage, parse, run: (world, project, asked) => run(world, project, asked, io) }, args, io);
}

async function run(world: World, project: ProjectId, asked: Asked, io: ImportIo): Promise<number> {
  const files: ArchiveFile[] = [];
  for (const source of asked.sources) {
    const found = await io.files(source, endings[asked.format]);
    if (found === undefined || found.length === 0) {
      io.err(`daylight import: ${source}: expected files that end in ${endings[asked.format].join(' or ')}`);
      return 3;
    }
    files.push(...found);
  }
  const archive = readArchive(asked.format, files, await archiveReader(world, project, asked.withAddresses ? 'shown' : 'withheld'));
  const outcome = asked.dryRun
    ? { plan: await planImport(world, project, archive), leftOut: [] }
    : await importArchive(world, project, archive, (done, all) => {
        if (!asked.quiet && !asked.json) io.err(`${done} of ${all} advisories taken over`);
      });
  if (asked.json) io.out(JSON.stringify(asJson(archive, outcome, asked.dryRun)));
  else for (const line of told(archive, outcome, asked.dryRun)) io.out(line);
  if (archive.unreadable.length + outcome.plan.refused.length > 0) return 1;
  return outcome.plan.changed.length > 0 ? 4 : 0;
}

function asJson({ format, unreadable }: Archive, { plan, leftOut }: ImportOutcome, dryRun: boolean): object {
  const { fresh, known, changed, refused, anomalies } = plan;
  return { format, dryRun, imported: fresh.length, known: known.length, changed, refused, unreadable, anomalies, leftOut };
}

function parse(args: readonly string[]): Asked | string {
  const read = readArgs(args, { 'dry-run': { type: 'boolean' }, 'with-addresses': { type: 'boolean' }, quiet: { type: 'boolean' } });
  if (typeof read === 'string') return read;
  const { values, positionals } = read;
  const [given, ...sources] = positionals;
  const format = archiveFormats.find((one) => one === given);
  if (format === undefined) return `no format “${given ?? ''}”; expected one of ${archiveFormats.join(', ')}`;
  if (sources.length === 0) return 'expected a file or a folder to read';
  const { project = null, json = false, quiet = false } = values;
  return { format, sources, project, json, quiet, dryRun: values['dry-run'] ?? false, withAddresses: values['with-addresses'] ?? false };
}

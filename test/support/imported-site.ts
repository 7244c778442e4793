// SPDX-License-Identifier: Apache-2.0
// Both real archives in one installation, each in a project of its own, taken over by the command and built as sites: paths with their bytes.

import assert from 'node:assert/strict';
import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { siteFiles } from '../../src/app/site.ts';
import type { World } from '../../src/app/world.ts';
import type { ProjectId } from '../../src/core/model/identifiers.ts';
import { siteAssets } from '../../src/web/site-assets.ts';
import { realData } from '../formats/places.ts';
import { type Imported, runImport } from './import.ts';
import { town } from './town.ts';

export const townProjects = [
  { project: 'libvirt', policy: 'libvirt-2023', members: { anna: ['core'] } },
  { project: 'openstack', policy: 'openstack-vmt', members: { anna: ['core'] } },
] as const;
type Name = (typeof townProjects)[number]['project'];

const sources = {
  libvirt: { format: 'lsn', data: realData('libvirt-notices'), pattern: '*/*.xml' },
  openstack: { format: 'ossa', data: realData('ossa'), pattern: '*.yaml' },
} as const;

/** To be spread into a test's options. */
export const skipped: { readonly skip?: string } =
  Object.values(sources).flatMap(({ data }) => ('skip' in data ? [{ skip: data.skip }] : []))[0] ?? {};

export interface ImportedSite {
  readonly project: Name;
  readonly files: ReadonlyMap<string, Uint8Array>;
  readonly imported: Imported;
  /** Files of the archive that were taken. */
  readonly sources: readonly string[];
  /** The same archive once more. */
  readonly again: () => Promise<Imported>;
  readonly world: World;
}

/** @param every the first of each so many files; 1 takes all. */
export async function importedSites(t: { after(done: () => Promise<void>): void }, every: number): Promise<readonly ImportedSite[]> {
  const here = await town(t, townProjects);
  const world: World = { ...here.world, siteAssets: siteAssets() };
  const sites: ImportedSite[] = [];
  for (const { project } of townProjects) {
    const { format, data, pattern } = sources[project];
    assert.ok('path' in data);
    const names = globSync(pattern, { cwd: data.path })
      .sort()
      .filter((_, at) => at % every === 0);
    const files = async () => names.map((name) => ({ name, bytes: new Uint8Array(readFileSync(join(data.path, name))) }));
    const again = () => runImport(world, townProjects, [format, '--project', project, '--json', data.path], files);
    const imported = await again();
    const written = new Map<string, Uint8Array>();
    for await (const { path, bytes } of await siteFiles(world, project as ProjectId)) written.set(path, bytes);
    sites.push({ project, files: written, imported, sources: names, again, world });
  }
  return sites;
}

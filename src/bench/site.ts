// SPDX-License-Identifier: Apache-2.0
// How long a whole site takes from records to files, beside copying it; and one advisory more on a site of that size, beside bare files and one page by xsltproc.

import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { changeSite } from '../app/site.ts';
import type { ProjectId } from '../core/model/identifiers.ts';
import { instant } from '../core/model/time.ts';
import type { Publisher } from '../formats/publisher.ts';
import type { Site, SiteFile } from '../ports/site.ts';
import type { SiteAdvisory, SiteSettings } from '../site/model.ts';
import { wholeSite } from '../site/site.ts';
import { renderedAdvisory } from './advisories.ts';
import { copyTimes, writeBareFiles } from './bare-files.ts';
import { pageByStylesheet } from './stylesheet.ts';
import type { Timed } from './timing.ts';
import { inTurn } from './timing.ts';

export interface SiteTimes {
  readonly advisories: number;
  readonly files: number;
  /** Rendered in every format, listed and written, until all of it is on the disk, in seconds; signing apart. */
  readonly built: number;
  /** `cp -r` of the same files, in seconds. */
  readonly copied: number;
  /** `cp -r`, and all of it on the disk. */
  readonly onDisk: number;
  /** Of `copied`. */
  readonly ratio: number;
  /** Milliseconds, in turn within one run. */
  readonly oneMore: OneMore;
}

export interface OneMore {
  /** Its formats, its lists, and each file in its place. */
  readonly published: Timed;
  /** The same bytes at the same paths, and nothing else. */
  readonly bareFiles: Timed;
  /** How large those are together. */
  readonly bytes: number;
  /** Every format of it, in memory. */
  readonly formats: Timed;
  /** One page of it by xsltproc; null where that is not installed. */
  readonly stylesheet: Timed | null;
}

const project = 'bench' as ProjectId;
const url = 'https://security.bench.example';

/** @param folder empty; the site lies below it. @param site in that folder. */
export async function siteTimes(
  folder: string,
  site: Site,
  { advisories, rounds }: { readonly advisories: number; readonly rounds: number },
): Promise<SiteTimes> {
  let files = 0;
  const began = performance.now();
  await site.replace(
    project,
    counted(wholeSite(settings, rendered(advisories), []), () => files++),
  );
  const built = performance.now() - began;
  const { copied, onDisk } = await copyTimes(join(folder, project, 'current'), join(folder, 'copy'));
  const oneMore = await oneMoreTimes(folder, site, { from: advisories, rounds });
  return {
    advisories,
    files,
    built: seconds(built),
    copied: seconds(copied),
    onDisk: seconds(onDisk),
    ratio: Math.round((built / copied) * 100) / 100,
    oneMore,
  };
}

async function oneMoreTimes(
  folder: string,
  site: Site,
  { from, rounds }: { readonly from: number; readonly rounds: number },
): Promise<OneMore> {
  let last: readonly SiteFile[] = [];
  const watched: Site = {
    ...site,
    change(of, files) {
      last = files;
      return site.change(of, files);
    },
  };
  const notice = join(folder, 'notice.xml');
  await writeFile(notice, renderedAdvisory(0, publisher).documents.find(({ format }) => format === 'lsn')?.bytes ?? '');
  const transform = await pageByStylesheet(folder);
  const timed = await inTurn(rounds, {
    published: async (round) => {
      const next = renderedAdvisory(from + round, publisher);
      if (!(await changeSite(watched, project, { settings, advisories: [next], record: undefined })))
        throw new Error('the site was to be changed');
    },
    bareFiles: async () => writeBareFiles(join(folder, 'bare'), last),
    formats: async (round) => void renderedAdvisory(from + round, publisher),
    stylesheet: async () => transform?.(notice),
  });
  return {
    ...timed,
    bytes: last.reduce((sum, file) => sum + file.bytes.length, 0),
    stylesheet: transform === undefined ? null : timed.stylesheet,
  };
}

function* rendered(count: number): Generator<SiteAdvisory> {
  for (let number = 0; number < count; number++) yield renderedAdvisory(number, publisher);
}

async function* counted(files: AsyncIterable<SiteFile>, tell: () => void): AsyncGenerator<SiteFile> {
  for await (const file of files) {
    yield file;
    tell();
  }
}

function seconds(milliseconds: number): number {
  return Math.round(milliseconds / 10) / 100;
}

const key = '0'.repeat(40);

const publisher: Publisher = {
  name: 'Bench security',
  prefix: 'BEN',
  vendor: 'bench',
  namespace: url,
  cna: { organisation: '53f830b8-0a3f-465b-8143-3b8a9948e749', name: 'bench' },
  page: `${url}/{id}.html`,
  language: 'en',
  repositories: { 'bench.git': { url: 'https://git.example.org/bench' } },
  trackers: {},
  textLayout: 'libvirt',
  addresses: 'withheld',
  keys: [key],
  assets: { styles: ['assets/daylight.css'], icons: 'assets/icons.svg' },
  pages: { home: 'index.html', advisories: 'index.html', report: `${url}/report`, key: 'key.asc' },
};

const settings: SiteSettings = {
  name: publisher.name,
  url,
  report: `${url}/report`,
  namespace: url,
  keys: {
    armored: '-----BEGIN PGP PUBLIC KEY BLOCK-----\n',
    all: [
      {
        fingerprint: key,
        names: ['Bench security'],
        algorithm: 'Ed25519',
        created: instant('2020-01-01T00:00:00Z'),
        expires: null,
        armored: '-----BEGIN PGP PUBLIC KEY BLOCK-----\n',
        use: 'advisories',
        whose: 'program',
      },
    ],
  },
  securityTxt: `Contact: ${url}/report\n`,
  policies: [
    {
      name: 'bench',
      version: 1,
      title: 'How reports are handled',
      from: instant('2020-01-01T00:00:00Z'),
      until: null,
      sha256: key,
      text: 'policy:\n  name: bench\n',
      contact: `${url}/report`,
      parts: [{ title: 'How to report', sentences: ['By the form.'] }],
      changed: 0,
    },
  ],
  assets: [],
};

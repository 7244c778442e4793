// SPDX-License-Identifier: Apache-2.0
// How long a whole site takes from records to files, beside copying it; and one advisory more on a site of that size.

import { changeSite } from '../app/site.ts';
import type { ProjectId } from '../core/model/identifiers.ts';
import { instant } from '../core/model/time.ts';
import type { Publisher } from '../formats/publisher.ts';
import type { Site, SiteFile } from '../ports/site.ts';
import type { SiteAdvisory, SiteSettings } from '../site/model.ts';
import { wholeSite } from '../site/site.ts';
import { renderedAdvisory } from './advisories.ts';
import type { Timed } from './timing.ts';
import { inTurn } from './timing.ts';

export interface SiteTimes {
  readonly advisories: number;
  readonly files: number;
  /** Rendered in every format, listed and written, in seconds; signing apart. */
  readonly built: number;
  /** `cp -r` of the same files, in seconds. */
  readonly copied: number;
  readonly ratio: number;
  /** One advisory more, in milliseconds: its formats, its lists, and all of it on the disk. */
  readonly oneMore: Timed;
}

/** What the composition root lends: a site in a folder, and the copy of it. */
export interface SitePlace {
  readonly site: Site;
  /** Copies the site as it stands. @returns milliseconds. */
  copy(): Promise<number>;
}

const project = 'bench' as ProjectId;
const url = 'https://security.bench.example';

export async function siteTimes(
  { site, copy }: SitePlace,
  { advisories, rounds }: { readonly advisories: number; readonly rounds: number },
): Promise<SiteTimes> {
  let files = 0;
  const began = performance.now();
  await site.replace(
    project,
    counted(wholeSite(settings, rendered(advisories), []), () => files++),
  );
  const built = performance.now() - began;
  const copied = await copy();
  const { change: oneMore } = await inTurn(rounds, {
    change: async (round) => {
      const next = renderedAdvisory(advisories + round, publisher);
      if (!(await changeSite(site, project, { settings, advisories: [next], record: undefined })))
        throw new Error('the site was to be changed');
    },
  });
  return { advisories, files, built: seconds(built), copied: seconds(copied), ratio: Math.round((built / copied) * 100) / 100, oneMore };
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

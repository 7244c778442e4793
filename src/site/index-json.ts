// SPDX-License-Identifier: Apache-2.0
// The machine indexes: of the site, and of each year with every advisory on a line of its own, its files and their hashes. All other lists are written from these.

import { createHash } from 'node:crypto';
import { textFile } from './frame.ts';
import type { Year } from './lists.ts';
import type { Entry, SiteFile, SiteSettings } from './model.ts';
import { remembered } from './remembered.ts';

const schema = 'site-year/1';
const rootSchema = 'site/1';

export function indexJson(year: string, entries: readonly Entry[]): SiteFile {
  return textFile(`${year}/index.json`, `{"daylight":"${schema}","year":"${year}","advisories":[\n${entries.map(line).join(',\n')}\n]}\n`);
}

const line = remembered((entry: Entry) => JSON.stringify(entry));

/** Undefined where the file is not one that this version writes: then everything is written anew. */
export function readIndexJson(text: string): readonly Entry[] | undefined {
  try {
    const value = JSON.parse(text) as { readonly daylight?: unknown; readonly advisories?: readonly Entry[] };
    return value.daylight === schema ? value.advisories : undefined;
  } catch {
    return undefined;
  }
}

/** What the whole site was written with; where it is another, everything is written anew. */
export function rootIndex(site: SiteSettings, years: readonly Year[]): SiteFile {
  const value = { daylight: rootSchema, name: site.name, url: site.url, settings: settingsHash(site), years };
  return textFile('index.json', `${JSON.stringify(value, null, 2)}\n`);
}

/** The years of a site that was written with these settings; undefined for any other. */
export function readRootIndex(text: string, site: SiteSettings): readonly Year[] | undefined {
  try {
    const value = JSON.parse(text) as { readonly daylight?: unknown; readonly settings?: unknown; readonly years?: readonly Year[] };
    return value.daylight === rootSchema && value.settings === settingsHash(site) ? value.years : undefined;
  } catch {
    return undefined;
  }
}

function settingsHash({ name, url, report, namespace, keys, assets }: SiteSettings): string {
  const hash = createHash('sha256').update(JSON.stringify({ name, url, report, namespace, keys }));
  for (const { path, bytes } of assets) hash.update(path).update(bytes);
  return hash.digest('hex');
}

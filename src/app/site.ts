// SPDX-License-Identifier: Apache-2.0
// The public site of a project, from what a visitor without a session may read: kept documents, opened records, the policies. Whole, or one advisory more.

import type { CaseId, ProjectId } from '../core/model/identifiers.ts';
import { guarded } from '../core/policy/access.ts';
import type { Site, SiteFile } from '../ports/site.ts';
import type { KeptDocument } from '../ports/store/documents.ts';
import { filesOf, isListed, manifestName, manifestWith } from '../site/document-files.ts';
import { newest, pathOf } from '../site/entry.ts';
import { readIndexJson, readRootIndex } from '../site/index-json.ts';
import type { Entry, SiteAdvisory, SiteRecord, SiteSettings } from '../site/model.ts';
import { readRecordList, recordFiles, recordLine, recordList, recordPath } from '../site/record-page.ts';
import { changedBy, type SiteIndex, siteIndex, standingFiles, wholeSite } from '../site/site.ts';
import { policyArchive } from './policy-archive.ts';
import { securityTxt } from './policy-text/documents.ts';
import { policyText } from './policy-text/policy-text.ts';
import { projectKeys, ringOf } from './project-keys.ts';
import { publisherOf } from './publisher.ts';
import { readRecord } from './read-record.ts';
import type { World } from './world.ts';

export { newest, pathOf } from '../site/entry.ts';

/** Advisories that are read from the store at a time: a large site is written without being held in memory. */
const atOnce = 50;

/** Public cases that are looked through for opened records. */
const mostCases = 100_000;

/** One change of a project's site after the other. */
const underWay = new WeakMap<World['site'], Map<ProjectId, Promise<unknown>>>();

/** The site with what this case has published since; anew and whole where the site that is there was made otherwise, or lacks more than this. */
export function putOnSite(world: World, project: ProjectId, id: CaseId): Promise<void> {
  return oneByOne(world, project, async () => {
    const { numbers, ...more } = await publishedBy(world, project, id);
    if (!(await changeSite(world.site, project, { ...more, numbers }))) await world.site.replace(project, await siteFiles(world, project));
  });
}

/** The whole site, built beside the one that is there and swapped in. */
export function putWholeSite(world: World, project: ProjectId): Promise<void> {
  return oneByOne(world, project, async () => world.site.replace(project, await siteFiles(world, project)));
}

/** Whether the site that is there names all of these. */
export async function standsOnSite(world: World, project: ProjectId, numbers: readonly string[]): Promise<boolean> {
  const read = async (path: string) => new TextDecoder().decode(await world.site.read(project, path));
  const index = await siteThere(read, await siteSettings(world, project));
  const known = new Set([...(index?.values() ?? [])].flatMap((year) => year.map(({ number }) => number)));
  return numbers.every((number) => known.has(number));
}

/** What one case has published, and what there is to be on the site after it. */
async function publishedBy(world: World, project: ProjectId, id: CaseId): Promise<More> {
  const settings = await siteSettings(world, project);
  const { documents, numbers } = await world.store.as({ kind: 'anonymous', project }, async (transaction) => ({
    documents: await transaction.documents.of(id),
    numbers: await transaction.documents.publishedNumbers(),
  }));
  const record = await siteRecord(world, project, id, documents.at(-1)?.number ?? null);
  const advisories = siteAdvisories(documents, () => record !== undefined);
  return { settings, advisories, record, numbers: numbers.map(({ number }) => number) };
}

export interface More {
  readonly settings: SiteSettings;
  readonly advisories: readonly SiteAdvisory[];
  readonly record: SiteRecord | undefined;
  /** Every number that is to be on the site then; absent: whatever is there, and these. */
  readonly numbers?: readonly string[] | undefined;
}

/** The index of each site as it was last written by this process, with the list of hashes by which it is known again. */
const written = new WeakMap<Site, Map<ProjectId, { readonly manifest: string; readonly index: SiteIndex }>>();

/** Puts these advisories on the site that is there. @returns false where it has to be written whole. */
export async function changeSite(site: Site, project: ProjectId, more: More): Promise<boolean> {
  const { settings, advisories, record, numbers } = more;
  const read = async (path: string) => new TextDecoder().decode(await site.read(project, path));
  const before = await read(manifestName);
  const own: SiteFile[] = [];
  const lists: SiteFile[] = [];
  const kept = written.get(site) ?? new Map<ProjectId, { readonly manifest: string; readonly index: SiteIndex }>();
  written.set(site, kept);
  const last = kept.get(project);
  let index = last?.manifest === before ? last.index : await siteThere(read, settings);
  for (const advisory of advisories) {
    const changed = index && changedBy(settings, index, advisory);
    index = changed?.index;
    if (changed === undefined) continue;
    own.push(...changed.own);
    const folder = `${changed.year}/`;
    lists.push(...changed.lists, manifestWith(await read(folder + manifestName), changed.own, folder));
  }
  if (index === undefined || (numbers !== undefined && !hasAll(index, numbers))) return false;
  const all = [...(await recordChanges(read, settings, record)), ...lists, ...standingFiles(settings)];
  // What one advisory more does not change, such as the keys, is not written again.
  const others = all.filter((file) => !isListed(before, file));
  const manifest = manifestWith(before, others);
  await site.change(project, [...own, ...others, manifest]);
  kept.set(project, { manifest: new TextDecoder().decode(manifest.bytes), index });
  return true;
}

/** Neither more nor fewer. */
function hasAll(index: SiteIndex, numbers: readonly string[]): boolean {
  const known = new Set([...index.values()].flatMap((year) => year.map(({ number }) => number)));
  return known.size === numbers.length && numbers.every((number) => known.has(number));
}

/** Every file of the site, read from the store as it is written. */
export async function siteFiles(world: World, project: ProjectId): Promise<AsyncIterable<SiteFile>> {
  const site = await siteSettings(world, project);
  const published = await world.store.as({ kind: 'anonymous', project }, ({ documents }) => documents.publishedNumbers());
  const numbers = new Map(published.map((one) => [one.case, one.number]));
  const records: SiteRecord[] = [];
  for (const id of await openedCases(world, project)) {
    const record = await siteRecord(world, project, id, numbers.get(id) ?? null);
    if (record !== undefined) records.push(record);
  }
  const opened = new Set<string>(records.map(({ name }) => name));
  const all = inTurn(
    world,
    project,
    published.map(({ number }) => number),
  );
  return wholeSite(
    site,
    advisoriesIn(all, (id) => opened.has(id)),
    records,
  );
}

/** Documents of so many advisories at a time. */
async function* inTurn(world: World, project: ProjectId, numbers: readonly string[]): AsyncGenerator<readonly KeptDocument[]> {
  for (let at = 0; at < numbers.length; at += atOnce) {
    const some = numbers.slice(at, at + atOnce);
    yield await world.store.as({ kind: 'anonymous', project }, ({ documents }) => documents.publishedOf(some));
  }
}

async function* advisoriesIn(all: AsyncIterable<readonly KeptDocument[]>, isOpened: (id: CaseId) => boolean): AsyncGenerator<SiteAdvisory> {
  for await (const documents of all) yield* siteAdvisories(documents, isOpened);
}

/** Kept documents by advisory. */
function siteAdvisories(documents: readonly KeptDocument[], isOpened: (id: CaseId) => boolean): readonly SiteAdvisory[] {
  const all = new Map<string, KeptDocument[]>();
  for (const document of documents) {
    const others = all.get(document.number);
    if (others === undefined) all.set(document.number, [document]);
    else others.push(document);
  }
  return [...all].flatMap(([number, own]): SiteAdvisory[] => {
    const last = own.toSorted((one, other) => one.version - other.version).at(-1);
    if (last === undefined) return [];
    const record = isOpened(last.case) ? recordPath({ name: last.case }) : null;
    return [{ number, title: last.title, preparedAt: last.preparedAt, documents: own, record }];
  });
}

type Read = (path: string) => Promise<string>;

async function recordChanges(read: Read, site: SiteSettings, record: SiteRecord | undefined): Promise<readonly SiteFile[]> {
  if (record === undefined) return [];
  const lines = readRecordList(await read('records/index.json')) ?? [];
  const others = lines.filter(({ name }) => name !== record.name);
  return [...recordFiles(site, record), ...recordList(site, [...others, recordLine(record)])];
}

/** A kept document by its path on the site, its signature, or its hash; a type only for the document itself. */
export async function publishedDocument(
  world: World,
  project: ProjectId,
  path: string,
): Promise<{ readonly bytes: Uint8Array; readonly mediaType: string | null } | undefined> {
  const ends = [...path.matchAll(/\./g)].map(({ index }) => path.slice(0, index));
  const numbers = ends.flatMap((end) => [end, end.replace(/-v\d+$/, '')]);
  const documents = await world.store.as({ kind: 'anonymous', project }, (transaction) => transaction.documents.publishedOf(numbers));
  const latest = new Map(newest(documents).map(({ number, version }) => [number, version]));
  for (const document of documents) {
    const own = pathOf(document.number, document, latest.get(document.number) ?? 0);
    const file = path.startsWith(own) ? filesOf(document, own).find((one) => one.path === path) : undefined;
    if (file !== undefined) return { bytes: file.bytes, mediaType: path === own ? document.mediaType : null };
  }
  return undefined;
}

/**
 * One file of the site for whoever asks the installation itself: what a list says is written from the documents at this moment.
 * `undefined` where the site has no such file.
 */
export async function siteFile(world: World, project: ProjectId, path: string): Promise<SiteFile | undefined> {
  const own = /^records\/([0-9a-z]{26})\.(?:html|json)$/.exec(path)?.[1];
  if (own !== undefined) return recordFile(world, project, own as CaseId, path);
  if (!besideDocuments.test(path)) return undefined;
  for await (const file of await siteFiles(world, project)) if (file.path === path) return file;
  return undefined;
}

/** Paths of what is no document: to write a list takes all documents, and what has another name is not looked for. */
const besideDocuments =
  /^(?:(?:\d{4}\/)?SHA256SUMS|index\.(?:html|json|xml)|atom\.xml|credits\.html|policy\.html|policy\/[^/]+|key\.asc|keys\.html|keys\/[0-9A-F]{40}\.asc|(?:\.well-known\/)?security\.txt|\.well-known\/csaf\/[^/]+|\d{4}\/(?:index\.(?:html|json)|search\.js)|csaf\/(?:index\.(?:html|txt)|changes\.csv|feed-tlp-white\.json|service\.json|\d{4}\/[^/]+)|osv\/[^/]+|records\/index\.(?:html|json))$/;

async function recordFile(world: World, project: ProjectId, id: CaseId, path: string): Promise<SiteFile | undefined> {
  const record = await siteRecord(world, project, id);
  const files = record === undefined ? [] : recordFiles(await siteSettings(world, project), record);
  return files.find((file) => file.path === path);
}

/** The site as it was last written, read from its own indexes; undefined where it was made with other settings. */
async function siteThere(read: Read, site: SiteSettings): Promise<SiteIndex | undefined> {
  const years = readRootIndex(await read('index.json'), site);
  if (years === undefined) return undefined;
  const entries: Entry[] = [];
  for (const { year } of years) {
    const own = readIndexJson(await read(`${year}/index.json`));
    if (own === undefined) return undefined;
    entries.push(...own);
  }
  return siteIndex(entries);
}

async function openedCases(world: World, project: ProjectId): Promise<readonly CaseId[]> {
  const entries = await world.store.as({ kind: 'anonymous', project }, ({ cases }) => cases.published(mostCases));
  return entries.flatMap(({ state, policy }) => (guarded(state, policy).opening === 'nothing' ? [] : [state.case]));
}

async function siteRecord(world: World, project: ProjectId, id: CaseId, number: string | null = null): Promise<SiteRecord | undefined> {
  const record = await readRecord(world, project, id);
  return record && { name: id, json: `${JSON.stringify(record, null, 2)}\n`, number };
}

async function siteSettings(world: World, project: ProjectId): Promise<SiteSettings> {
  const archive = await policyArchive(world, project);
  const { policy, confirmedAt } = await world.store.as({ kind: 'anonymous', project }, ({ policies }) => policies.active());
  const all = await projectKeys(
    world,
    project,
    archive.map((kept) => kept.policy),
  );
  const { name, namespace } = publisherOf(world, project, policy, []);
  const url = world.siteUrl(project);
  const report = `${world.baseUrl}/${project}/report`;
  const addresses = {
    policy: `${url}/policy.html`,
    report,
    advisories: `${url}/credits.html`,
    key: all.length === 0 ? null : `${url}/key.asc`,
    canonical: `${url}/.well-known/security.txt`,
  };
  return {
    name,
    url,
    report,
    namespace: namespace ?? url,
    keys: all.length === 0 ? null : { armored: await ringOf(world, all), all },
    securityTxt: securityTxt(policy, confirmedAt, addresses) + csafLine(url),
    policies: archive.map(({ policy: kept, text, sha256, from, until, changes }) => {
      const { title, contact, parts } = policyText(kept);
      return { name: kept.name, version: kept.version, title, from, until, sha256, text, contact, parts, changed: changes.length };
    }),
    assets: world.siteAssets,
  };
}

/** CSAF 2.0 section 7.1.8. What is no https address stands in no security.txt (RFC 9116 section 2.5). */
function csafLine(url: string): string {
  return url.startsWith('https:') ? `CSAF: ${url}/.well-known/csaf/provider-metadata.json\n` : '';
}

async function oneByOne<Done>(world: World, project: ProjectId, work: () => Promise<Done>): Promise<Done> {
  const all = underWay.get(world.site) ?? new Map<ProjectId, Promise<unknown>>();
  underWay.set(world.site, all);
  const mine = (all.get(project) ?? Promise.resolve()).then(work, work);
  all.set(
    project,
    mine.catch(() => undefined),
  );
  return mine;
}

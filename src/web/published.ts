// SPDX-License-Identifier: Apache-2.0
// The public site of a project, served from the kept documents of public cases by a role that can read nothing else (L-14).

import type { Context } from 'hono';
import { publicCases, publishedDocuments } from '../app/publication.ts';
import { formatLabel } from '../app/publisher.ts';
import { newest, pathOf, publishedDocument, siteFile } from '../app/site.ts';
import type { World } from '../app/world.ts';
import type { ProjectId } from '../core/model/identifiers.ts';
import { projectOf } from '../http/project.ts';
import type { Routes } from '../http/routes.ts';
import type { PublishedAdvisory } from './pages/advisories.tsx';
import { pathsOf } from './paths.ts';

type KeptDocument = Awaited<ReturnType<typeof publishedDocuments>>[number];

const types: Readonly<Record<string, string>> = {
  css: 'text/css; charset=utf-8',
  svg: 'image/svg+xml; charset=utf-8',
  woff2: 'font/woff2',
  asc: 'application/pgp-signature',
  html: 'text/html; charset=utf-8',
  txt: 'text/plain; charset=utf-8',
  yaml: 'text/plain; charset=utf-8',
  // CSAF asks for a name and not for a type: no spreadsheet opens by itself.
  csv: 'text/plain; charset=utf-8',
  sha256: 'text/plain; charset=utf-8',
  sha512: 'text/plain; charset=utf-8',
  xml: 'application/xml',
  json: 'application/json',
  js: 'text/javascript; charset=utf-8',
};

/** Scripts are the site's own two; documents have none and forbid them. */
const headers = {
  'Content-Security-Policy':
    "default-src 'none'; style-src 'self'; img-src 'self'; font-src 'self'; script-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
  'X-Content-Type-Options': 'nosniff',
  'Referrer-Policy': 'no-referrer',
  'Cache-Control': 'public, max-age=60',
};

export function publishedRoutes(world: World, routes: Routes, notFound: (context: Context) => Response | Promise<Response>): void {
  const below = (path: (context: Context) => string) => async (context: Context) => {
    const asked = path(context);
    // No file of a site has a control character in its name, and the database takes no NUL.
    return (/\p{Cc}/u.test(asked) ? undefined : await published(world, projectOf(context), asked)) ?? notFound(context);
  };
  const named = (context: Context, ...names: readonly string[]) => names.map((name) => context.req.param(name) ?? '').join('/');
  routes.get(
    '/:project/advisories/:file',
    'public',
    below((context) => named(context, 'file')),
  );
  routes.get(
    '/:project/advisories/:folder/:file',
    'public',
    below((context) => named(context, 'folder', 'file')),
  );
  routes.get(
    '/:project/advisories/:folder/:part/:file',
    'public',
    below((context) => named(context, 'folder', 'part', 'file')),
  );
}

async function published(world: World, project: ProjectId, path: string): Promise<Response | undefined> {
  const asset = world.siteAssets.find((file) => file.path === path);
  if (asset !== undefined) return bytes(asset.bytes, typeOf(path));
  if (!(await isProject(world, project))) return undefined;
  const document = await publishedDocument(world, project, path);
  if (document !== undefined) return bytes(document.bytes, document.mediaType ?? typeOf(path));
  const file = await siteFile(world, project, path);
  return file && bytes(file.bytes, path.endsWith('SHA256SUMS') ? 'text/plain; charset=utf-8' : typeOf(path));
}

/** The advisories as the list shows them: one row a number, its files with their signatures. */
export async function advisoriesOf(world: World, project: ProjectId): Promise<readonly PublishedAdvisory[]> {
  const [documents, cases] = await Promise.all([publishedDocuments(world, project), publicCases(world, project)]);
  const numbers = [...new Set(documents.map((document) => document.number))].sort().reverse();
  const base = pathsOf(project).advisories;
  return numbers.flatMap((number): PublishedAdvisory[] => {
    const all = documents.filter((document) => document.number === number);
    const files = newest(all);
    const [first] = files;
    const page = files.find((document) => document.format === 'html') ?? first;
    if (first === undefined || page === undefined) return [];
    return [
      {
        number,
        title: first.title,
        publishedAt: cases.get(first.case)?.at ?? first.preparedAt,
        href: `${base}/${page.file}`,
        earlier: earlierVersions(all, base),
        files: files.map(({ format, file, signature }) => ({
          format: formatLabel(format),
          href: `${base}/${file}`,
          signature: signature === null ? null : `${base}/${file}.asc`,
        })),
        record: cases.get(first.case)?.opened === true ? pathsOf(project).case(first.case) : null,
      },
    ];
  });
}

/** The page of each version before the one that stands, oldest first. */
function earlierVersions(all: readonly KeptDocument[], base: string): PublishedAdvisory['earlier'] {
  const [standing] = newest(all);
  const pages = all.filter(
    (document) => document.version !== standing?.version && (document.format === 'html' || document.format === 'text'),
  );
  const versions = [...new Set(pages.map(({ version }) => version))].sort((a, b) => a - b);
  return versions.flatMap((version) => {
    const ofVersion = pages.filter((document) => document.version === version);
    const page = ofVersion.find((document) => document.format === 'html') ?? ofVersion[0];
    return page === undefined ? [] : [{ version, href: `${base}/${pathOf(page.number, page, standing?.version ?? 0)}` }];
  });
}

async function isProject(world: World, project: ProjectId): Promise<boolean> {
  const all = await world.store.as({ kind: 'anonymous', project }, ({ accounts }) => accounts.projects());
  return all.some((one) => one.project === project);
}

/** XML says its encoding in the header too (RFC 7303 section 3.2). */
function bytes(body: Uint8Array, type: string): Response {
  const declared = type === 'application/xml' ? `${type}; charset=utf-8` : type;
  return new Response(new Uint8Array(body), { headers: { ...headers, 'Content-Type': declared } });
}

function typeOf(path: string): string {
  if (path === 'key.asc' || path.startsWith('keys/')) return 'application/pgp-keys';
  return types[path.slice(path.lastIndexOf('.') + 1)] ?? 'application/octet-stream';
}

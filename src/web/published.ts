// SPDX-License-Identifier: Apache-2.0
// The public site of a project, served from the kept documents of public cases by a role that can read nothing else (L-14).

import type { Context } from 'hono';
import { manifestName } from '../app/document-files.ts';
import { newest, pathOf, publicCases, publishedDocuments, siteOf, wholeSite } from '../app/publication.ts';
import { formatLabel } from '../app/publisher.ts';
import type { World } from '../app/world.ts';
import type { ProjectId } from '../core/model/identifiers.ts';
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
  sha256: 'text/plain; charset=utf-8',
  sha512: 'text/plain; charset=utf-8',
};

/** Documents carry no script and need none. */
const headers = {
  'Content-Security-Policy':
    "default-src 'none'; style-src 'self'; img-src 'self'; font-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
  'X-Content-Type-Options': 'nosniff',
  'Referrer-Policy': 'no-referrer',
  'Cache-Control': 'public, max-age=60',
};

export function publishedRoutes(world: World, routes: Routes, notFound: (context: Context) => Response | Promise<Response>): void {
  routes.get('/:project/advisories/assets/:file', 'public', (context) => {
    const asset = world.siteAssets.find((file) => file.path === `assets/${context.req.param('file')}`);
    return asset === undefined ? notFound(context) : bytes(asset.bytes, types[extension(asset.path)] ?? 'application/octet-stream');
  });
  routes.get('/:project/advisories/:file', 'public', async (context) => {
    const project = (context.req.param('project') ?? '') as ProjectId;
    const file = context.req.param('file') ?? '';
    if (file === 'key.asc') return key(world, project, () => notFound(context));
    const documents = await publishedDocuments(world, project);
    const whole = file === manifestName && documents.length > 0;
    const files = whole ? await wholeSite(world, project, documents) : siteOf(world, project, documents);
    const found = files.find((one) => one.path === file);
    const latest = new Set(newest(documents));
    const document = documents.find((one) => pathOf(one, latest) === file);
    return found === undefined
      ? notFound(context)
      : bytes(
          found.bytes,
          document?.mediaType ?? types[extension(file)] ?? (whole ? 'text/plain; charset=utf-8' : 'application/octet-stream'),
        );
  });
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
  const latest = new Set(newest(all));
  const pages = all.filter((document) => !latest.has(document) && (document.format === 'html' || document.format === 'text'));
  const versions = [...new Set(pages.map(({ version }) => version))].sort((a, b) => a - b);
  return versions.flatMap((version) => {
    const ofVersion = pages.filter((document) => document.version === version);
    const page = ofVersion.find((document) => document.format === 'html') ?? ofVersion[0];
    return page === undefined ? [] : [{ version, href: `${base}/${pathOf(page, latest)}` }];
  });
}

async function key(world: World, project: ProjectId, otherwise: () => Response | Promise<Response>): Promise<Response> {
  const known = await world.store.as({ kind: 'process', project }, async (transaction) =>
    (await transaction.accounts.projects()).some((one) => one.project === project),
  );
  return known ? bytes(new TextEncoder().encode((await world.signer(project)).publicKey), 'application/pgp-keys') : otherwise();
}

/** XML says its encoding in the header too (RFC 7303 section 3.2). */
function bytes(body: Uint8Array, type: string): Response {
  const declared = type === 'application/xml' ? `${type}; charset=utf-8` : type;
  return new Response(new Uint8Array(body), { headers: { ...headers, 'Content-Type': declared } });
}

function extension(path: string): string {
  return path.slice(path.lastIndexOf('.') + 1);
}

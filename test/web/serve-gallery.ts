// SPDX-License-Identifier: Apache-2.0
// A small server of the gallery, for looking at every page: `node dist/test/web/serve-gallery.js 8124`, or inside the browser tests.

import { serve } from '@hono/node-server';
import { Hono } from 'hono';
import { serveAsset } from '../../src/web/assets.ts';
import type { Frame } from '../../src/web/frame.ts';
import { securityHeaders } from '../../src/web/security-headers.ts';
import { gallery } from './gallery.ts';
import type { Specimen } from './specimen.ts';

function galleryApp(): Hono {
  const app = new Hono();
  const made = new Map<Frame['theme'], readonly Specimen[]>();
  const pages = (theme: Frame['theme']) => {
    const known = made.get(theme) ?? gallery(undefined, theme);
    made.set(theme, known);
    return known;
  };
  app.use(securityHeaders({ https: false }));
  app.get('/static/*', (context) => serveAsset(context) ?? context.notFound());
  app.get('/', (context) =>
    context.html(
      `<!doctype html><ul>${pages('system')
        .map(({ name }) => `<li><a href="/${name}">${name}</a>`)
        .join('')}</ul>`,
    ),
  );
  app.get('/:name', (context) => {
    const theme = context.req.query('theme');
    const found = pages(isTheme(theme) ? theme : 'system').find(({ name }) => name === context.req.param('name'));
    return found === undefined ? context.notFound() : context.html(found.html);
  });
  return app;
}

function isTheme(text: string | undefined): text is Frame['theme'] {
  return text === 'light' || text === 'dark' || text === 'system';
}

export interface Served {
  readonly address: string;
  readonly stop: () => Promise<void>;
}

export function serveGallery(port: number): Promise<Served> {
  return new Promise((resolve) => {
    const server = serve({ fetch: galleryApp().fetch, port, hostname: '127.0.0.1' }, (info) =>
      resolve({
        address: `http://127.0.0.1:${info.port}`,
        stop: () => new Promise((done) => server.close(() => done())),
      }),
    );
  });
}

if (process.argv[1]?.endsWith('serve-gallery.js')) console.log((await serveGallery(Number(process.argv[2] ?? 8124))).address);

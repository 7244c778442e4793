// SPDX-License-Identifier: Apache-2.0
// The static files: style sheet, symbols, script and fonts, each at an address that holds the hash of its bytes.

import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import type { Context } from 'hono';

export interface Asset {
  /** `/static/3f9a0c…/daylight.css` */
  readonly url: string;
  readonly type: string;
  readonly bytes: Uint8Array<ArrayBuffer>;
}

const folder = new URL('../../../src/web/assets/', import.meta.url);
const { resolve } = createRequire(import.meta.url);

interface Font {
  readonly family: string;
  readonly package: string;
  readonly weight: 400 | 600;
}

const fonts: readonly Font[] = [
  { family: 'Atkinson Hyperlegible Next', package: 'atkinson-hyperlegible-next', weight: 400 },
  { family: 'Atkinson Hyperlegible Next', package: 'atkinson-hyperlegible-next', weight: 600 },
  { family: 'Atkinson Hyperlegible Mono', package: 'atkinson-hyperlegible-mono', weight: 400 },
  { family: 'Atkinson Hyperlegible Mono', package: 'atkinson-hyperlegible-mono', weight: 600 },
];
const subsets = ['latin-ext', 'latin'] as const;

const faces = fonts.flatMap((font) => subsets.map((subset) => face(font, subset)));
const sheets = ['tokens.css', 'ground.css', 'parts.css', 'narrow.css'];

/** The style sheet: the faces, then the sheets in order, in one file. */
export const stylesheet = asset(
  'daylight.css',
  'text/css; charset=utf-8',
  [...faces.map(({ rule }) => rule), ...sheets.map(text)].join('\n'),
);
export const symbols = asset('icons.svg', 'image/svg+xml; charset=utf-8', text('icons.svg'));
export const tabIcon = asset('mark.svg', 'image/svg+xml; charset=utf-8', text('mark.svg'));
export const script = asset('daylight.js', 'text/javascript; charset=utf-8', text('daylight.js'));
/** The face that every page needs at once; fetched beside the style sheet, not after it. */
export const bodyFont = (faces.find(({ subset, weight }) => subset === 'latin' && weight === 400) ?? faces[0])?.asset.url ?? '';

/** Every static file by its address: what is not in this table is not served. */
export const assets: ReadonlyMap<string, Asset> = new Map(
  [stylesheet, symbols, tabIcon, script, ...faces.map((one) => one.asset)].map((one) => [one.url, one]),
);

/** Answers a request below `/static/`; nothing for an address that is not in the table. */
export function serveAsset(context: Context): Response | undefined {
  const found = assets.get(context.req.path);
  if (found === undefined) return undefined;
  return context.body(found.bytes, 200, {
    'Content-Type': found.type,
    'Cache-Control': 'public, max-age=31536000, immutable',
    'Content-Length': String(found.bytes.length),
  });
}

function face(font: Font, subset: (typeof subsets)[number]) {
  const root = dirname(resolve(`@fontsource/${font.package}/package.json`));
  const file = `${font.package}-${subset}-${font.weight}-normal.woff2`;
  const one = asset(file, 'font/woff2', readFileSync(join(root, 'files', file)));
  const ranges = JSON.parse(readFileSync(join(root, 'unicode.json'), 'utf8')) as Record<string, string>;
  const rule = `@font-face { font-family: "${font.family}"; font-weight: ${font.weight}; font-style: normal; font-display: swap; src: url("${one.url}") format("woff2"); unicode-range: ${ranges[subset]}; }`;
  return { asset: one, rule, subset, weight: font.weight };
}

function asset(name: string, type: string, content: string | Uint8Array): Asset {
  const bytes = new Uint8Array(Buffer.from(content));
  const hash = createHash('sha256').update(bytes).digest('hex').slice(0, 16);
  return { url: `/static/${hash}/${name}`, type, bytes };
}

function text(name: string): string {
  return readFileSync(new URL(name, folder), 'utf8');
}

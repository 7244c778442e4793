// SPDX-License-Identifier: Apache-2.0
// The styles, symbols, fonts and scripts that a published site carries with it: the same files as the pages', at plain names beside one another.

import { readFileSync } from 'node:fs';
import { assets, stylesheet, symbols } from './assets.ts';

const scripts = ['site-search.js', 'site-record.js'].map((name) => ({
  path: `assets/${name}`,
  bytes: new Uint8Array(readFileSync(new URL(`../../../src/web/assets/${name}`, import.meta.url))),
}));

/** All below `assets/`; the style sheet names its fonts relative to itself. */
export function siteAssets() {
  const fonts = [...assets.values()].filter((asset) => asset.type.startsWith('font/'));
  const css = fonts.reduce((text, font) => text.replaceAll(font.url, nameOf(font.url)), new TextDecoder().decode(stylesheet.bytes));
  return [
    { path: 'assets/daylight.css', bytes: new TextEncoder().encode(css) },
    { path: 'assets/icons.svg', bytes: symbols.bytes },
    ...scripts,
    ...fonts.map((font) => ({ path: `assets/${nameOf(font.url)}`, bytes: font.bytes })),
  ];
}

function nameOf(url: string): string {
  return url.slice(url.lastIndexOf('/') + 1);
}

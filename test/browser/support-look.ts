// SPDX-License-Identifier: Apache-2.0
// A look at a page as it stands: accessible in light and dark, no wider than a telephone, and a picture of each where somebody asked for pictures.

import assert from 'node:assert/strict';
import { mkdirSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import type { CDPSession, Page } from 'playwright-core';

const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
/** Folder for pictures of every page that is looked at; none are taken where the variable is not set. */
const pictures = process.env['DAYLIGHT_PICTURES'];
const desk = { width: 1280, height: 900 };
const telephone = { width: 390, height: 844 };

interface Violation {
  readonly id: string;
  readonly help: string;
  readonly nodes: readonly { readonly html: string }[];
}

/** Asserts that the page has no accessibility violation and does not scroll sideways on a telephone; folds are looked into as well. */
export async function look(page: Page, name: string): Promise<void> {
  await page.setViewportSize(desk);
  // The developer tools' own evaluation: the page keeps its content security policy.
  const tools = await page.context().newCDPSession(page);
  await evaluate(
    tools,
    `globalThis.shut = [...document.querySelectorAll('details:not([open])')]; for (const fold of shut) fold.open = true`,
  );
  for (const colorScheme of ['light', 'dark'] as const) {
    await page.emulateMedia({ colorScheme });
    assert.deepEqual(await violations(tools), [], `${name}, ${colorScheme}`);
  }
  await evaluate(tools, 'for (const fold of shut) fold.open = false');
  await picture(page, `${name}-dark`);
  await page.emulateMedia({ colorScheme: 'light' });
  await picture(page, `${name}-light`);
  await page.setViewportSize(telephone);
  assert.ok(Number(await evaluate(tools, 'document.documentElement.scrollWidth')) <= telephone.width, `${name} is wider than a telephone`);
  await picture(page, `${name}-telephone`);
  await page.setViewportSize(desk);
  await tools.detach();
}

async function picture(page: Page, name: string): Promise<void> {
  if (pictures === undefined) return;
  mkdirSync(pictures, { recursive: true });
  await page.screenshot({ path: join(pictures, `${name}.png`), fullPage: true });
}

async function violations(tools: CDPSession): Promise<readonly string[]> {
  const loaded = await evaluate(tools, 'typeof axe');
  if (loaded !== 'object') await evaluate(tools, `${axe}; 0`);
  const found = await evaluate(
    tools,
    `axe.run(document, { resultTypes: ['violations'] }).then((result) => JSON.stringify(result.violations))`,
  );
  return (JSON.parse(String(found)) as readonly Violation[]).map(
    ({ id, help, nodes }) => `${id}: ${help} (${nodes.map(({ html }) => html.slice(0, 160)).join(' | ')})`,
  );
}

async function evaluate(tools: CDPSession, expression: string): Promise<unknown> {
  const { result, exceptionDetails } = await tools.send('Runtime.evaluate', { expression, awaitPromise: true, returnByValue: true });
  assert.equal(exceptionDetails, undefined);
  return result.value;
}

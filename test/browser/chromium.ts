// SPDX-License-Identifier: Apache-2.0
// The system's Chromium for the browser tests; they skip with a reason where there is none.

import { existsSync } from 'node:fs';
import { type Browser, chromium } from 'playwright-core';

const places = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'];
const executable = places.find((path) => existsSync(path));

export const noBrowser = executable === undefined ? `no Chromium at ${places.join(', ')}` : false;

/** A browser that talks to nobody but the pages it is given; its profile is a new temporary folder. */
export function launched(): Promise<Browser> {
  return chromium.launch({
    ...(executable === undefined ? {} : { executablePath: executable }),
    args: [
      '--headless',
      '--no-sandbox',
      '--disable-gpu',
      '--disable-quic',
      '--no-first-run',
      '--disable-background-networking',
      '--disable-component-update',
      '--disable-sync',
    ],
  });
}

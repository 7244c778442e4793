// SPDX-License-Identifier: Apache-2.0
// Where the golden mails and the shared real data are.

import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

// The tests run from dist/test/mail.
const root = fileURLToPath(new URL('../../../', import.meta.url));

export const goldenMails = join(root, 'test', 'golden', 'mail');

const shared = join(process.env['DAYLIGHT_SHARED_DATA'] ?? join(root, '..', 'shared', 'data'), 'email');

/** The folder of real mails, or nothing where it is not installed. */
export const sharedMails = existsSync(shared) ? shared : undefined;

// SPDX-License-Identifier: Apache-2.0
// Body of the move to the policy that holds now.

import { z } from 'zod';
import type { Entries } from './body.ts';
import { entry, reason, said, word } from './body.ts';

export const migrationBodies = {
  'migrate-policy': entry(z.object({ policy: word, ...reason }), (body, c) => ({
    kind: 'migrate-policy',
    to: body.policy,
    reason: said(c, 'reason', 'shared', body.reason),
  })),
} as const satisfies Entries;

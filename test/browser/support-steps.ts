// SPDX-License-Identifier: Apache-2.0
// A story in steps: each a test of its own name, in order; what follows a step that failed is skipped and says so.

import type { TestContext } from 'node:test';

export type Step = (name: string, does: (t: TestContext) => Promise<void>) => Promise<void>;

export function stepsOf(story: TestContext): Step {
  let failed: string | undefined;
  return async (name, does) => {
    await story.test(name, async (t) => {
      if (failed !== undefined) return t.skip(`“${failed}” failed`);
      failed = name;
      await does(t);
      failed = undefined;
    });
  };
}

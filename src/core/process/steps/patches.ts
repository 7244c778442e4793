// SPDX-License-Identifier: Apache-2.0
// What the process found when it read a patch and tried it on its branch (QEMU-26); said once, however often the job runs.

import { checkOf } from '../../model/patches.ts';
import { same } from '../../model/same.ts';
import type { Decider } from '../situation.ts';

export const recordPatchCheck: Decider<'record-patch-check'> = ({ check }, { state }) => {
  return same(checkOf(state, check.patch), check) ? [] : [{ kind: 'patch-checked', check }];
};

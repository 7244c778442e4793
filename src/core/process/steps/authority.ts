// SPDX-License-Identifier: Apache-2.0
// Filing with an authority: a person does it elsewhere, and writes down here that it is done (F14, F18).

import type { Decider } from '../situation.ts';

/** Twice is once. One that is filed before its time has come is filed all the same. */
export const recordFiling: Decider<'record-filing'> = ({ report, evidence }, { state }) =>
  state.filed.some((one) => one.report === report) ? [] : [{ kind: 'report-filed', report, evidence }];

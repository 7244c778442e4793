// SPDX-License-Identifier: Apache-2.0
// Whether the reporter who reads may take an action now.

import type { CaseView } from '../../app/views.ts';
import type { ActionKind } from '../../core/model/action.ts';
import type { Possibility } from '../../core/process/decide.ts';
import { offered } from '../../core/process/next-step.ts';

export function can(view: CaseView, kind: ActionKind): Possibility | undefined {
  return offered(view).find((one) => one.action === kind);
}

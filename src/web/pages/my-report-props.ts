// SPDX-License-Identifier: Apache-2.0
// What a reporter's page is made of, and whether the reporter who reads may take an action now.

import type { CaseView } from '../../app/views.ts';
import type { ActionKind } from '../../core/model/action.ts';
import type { ParticipantId } from '../../core/model/identifiers.ts';
import { offered } from '../../core/process/next-step.ts';
import type { Possibility } from '../../core/process/possibilities.ts';
import type { Filled } from '../fields.ts';
import type { Frame } from '../frame.ts';

export interface MyReportPageProps {
  readonly frame: Frame;
  readonly view: CaseView;
  /** The reporter who reads. */
  readonly participant: ParticipantId;
  /** Address of this page, with nothing of theirs in it. */
  readonly base: string;
  readonly done: ActionKind | null;
  readonly returned: { readonly action: ActionKind; readonly filled: Filled } | null;
}

export function can(view: CaseView, kind: ActionKind): Possibility | undefined {
  return offered(view).find((one) => one.action === kind);
}

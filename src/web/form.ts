// SPDX-License-Identifier: Apache-2.0
// The form of an action, as data that depends on the case it is shown for.

import type { CaseView } from '../app/views.ts';
import type { Field } from './fields.ts';

export interface ActionForm {
  /** What happens, in a sentence; absent where the label says it all. */
  readonly says?: string;
  readonly fields: readonly Field[];
}

export type Make = (view: CaseView) => ActionForm;

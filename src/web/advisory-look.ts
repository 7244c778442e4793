// SPDX-License-Identifier: Apache-2.0
// What a look at an unsaved advisory says, for the script that shows it on the open page: texts only, each with the place where it belongs.

import { levelWords } from './advisory-remarks.ts';
import { fieldId } from './fields.ts';
import type { AdvisoryEditorPageProps } from './pages/advisory-editor.tsx';

export function lookJson({ documents, remarks, besides, open, problems, basedOn, view }: AdvisoryEditorPageProps) {
  return {
    documents,
    remarks: remarks.map((one) => ({ ...one, word: levelWords[one.level] })),
    /** By the id of the input. */
    beside: Object.fromEntries(
      [...besides].map(([name, { written, remarks: found }]) => [
        fieldId('advisory', name),
        { written, remarks: found.map((one) => ({ ...one, word: levelWords[one.level] })) },
      ]),
    ),
    open,
    problems: problems.map(({ field, sentence }) => ({ id: fieldId('advisory', field), sentence })),
    moved: basedOn !== view.state.version,
  };
}

// SPDX-License-Identifier: Apache-2.0
// Which of the advisory formats this version of the program writes. A policy may ask for others: the linter says that they are not made yet.

import type { AdvisoryFormat } from '../core/policy/words.ts';

export const writtenFormats = ['text', 'html', 'lsn_xml'] as const satisfies readonly AdvisoryFormat[];
export type WrittenFormat = (typeof writtenFormats)[number];

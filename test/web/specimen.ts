// SPDX-License-Identifier: Apache-2.0
// One page of the gallery.

import type { Page } from '../../src/web/render.ts';

export interface Specimen {
  readonly name: string;
  /** What the title must begin with. */
  readonly mark: '[C] ' | '[E] ' | '';
  readonly html: string;
}

export type Make = (name: string, mark: Specimen['mark'], page: Page) => Specimen;

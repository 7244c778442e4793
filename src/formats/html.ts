// SPDX-License-Identifier: Apache-2.0
import type { Written } from './format.ts';
export function writeHtml(): Written {
  return { ok: true, text: '', losses: [] };
}

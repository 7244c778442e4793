// SPDX-License-Identifier: Apache-2.0
// The frame of a page: whose site, who looks, and how they like it. Every page is a function of its frame and its view.

import type { Instant } from '../core/model/time.ts';

export interface Frame {
  readonly project: { readonly id: string; readonly title: string };
  /** Null for a visitor who is not signed in, and for a reporter with a link. */
  readonly viewer: { readonly name: string; readonly roles: readonly string[] } | null;
  readonly now: Instant;
  /** From a cookie; `system` follows the reader's own setting. */
  readonly theme: 'system' | 'light' | 'dark';
  /** Single-letter keys; they can be turned off (WCAG 2.2, 2.1.4). */
  readonly shortcuts: boolean;
  /** Token for the forms of this session; empty where nobody has a session yet. */
  readonly csrf: string;
  /** Said on every page of a demonstration; null elsewhere. */
  readonly replay: string | null;
}

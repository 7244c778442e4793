// SPDX-License-Identifier: Apache-2.0
// What may be wider than the page: a region of its own that scrolls, with a name, reachable by keys.

import type { Child } from 'hono/jsx';

interface ScrollsProps {
  readonly label: string;
  readonly look?: string;
  readonly children?: Child;
}

export function Scrolls({ label, look, children }: ScrollsProps) {
  return (
    // What scrolls must be reachable by keys (axe, scrollable-region-focusable).
    <section class={look ?? 'scrolls'} tabindex={0} aria-label={label}>
      {children}
    </section>
  );
}

/** Text as it is, byte for byte. */
export function Verbatim({ label, text }: { readonly label: string; readonly text: string }) {
  return (
    <Scrolls label={label} look="out">
      <pre dir="auto">{text}</pre>
    </Scrolls>
  );
}

// SPDX-License-Identifier: Apache-2.0
// What may be wider than the page: a region of its own that scrolls, with a name, reachable by keys.

import type { Child } from 'hono/jsx';

interface ScrollsProps {
  readonly label: string;
  readonly look?: string;
  /** Not shown until a script has something for it. */
  readonly hidden?: boolean;
  readonly children?: Child;
}

export function Scrolls({ label, look, hidden, children }: ScrollsProps) {
  return (
    // What scrolls must be reachable by keys (axe, scrollable-region-focusable).
    <section class={look ?? 'scrolls'} tabindex={0} aria-label={label} hidden={hidden === true}>
      {children}
    </section>
  );
}

/** Text as it is, byte for byte. */
export function Verbatim({ label, text, hidden }: { readonly label: string; readonly text: string; readonly hidden?: boolean }) {
  return (
    <Scrolls label={label} look="out" {...(hidden === undefined ? {} : { hidden })}>
      <pre dir="auto">{text}</pre>
    </Scrolls>
  );
}

// SPDX-License-Identifier: Apache-2.0
// What somebody wrote: plain text as it came, its own direction, no links, no markup, nothing loaded (L-54, L-57).

export function Said({ text, code }: { readonly text: string | undefined; readonly code?: boolean }) {
  if (text === undefined) return <p class="quiet">Struck out, or not shown to you.</p>;
  return (
    <p class={code === true ? 'said is-code' : 'said'} dir="auto">
      {text}
    </p>
  );
}

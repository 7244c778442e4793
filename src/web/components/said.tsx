// SPDX-License-Identifier: Apache-2.0
// What somebody wrote: plain text as it came, its own direction, no links, no markup, nothing loaded (L-54, L-57).

interface SaidProps {
  readonly text: string | undefined;
  readonly code?: boolean;
  /** What stands in its place, or is said of it beside it. */
  readonly mark?: string | undefined;
}

export function Said({ text, code, mark }: SaidProps) {
  if (text === undefined) return <p class="quiet">{mark ?? 'Struck out, or not shown to you.'}</p>;
  return (
    <>
      <p class={code === true ? 'said is-code' : 'said'} dir="auto">
        {text}
      </p>
      {mark === undefined ? null : <p class="label">{mark}</p>}
    </>
  );
}

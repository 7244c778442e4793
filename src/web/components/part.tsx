// SPDX-License-Identifier: Apache-2.0
// A part of a page: ink rule above, heading left, remark right. And the head of a page: eyebrow, name, claim.

import type { Child } from 'hono/jsx';

interface PartProps {
  readonly title: string;
  readonly count?: number;
  readonly remark?: Child;
  readonly id?: string;
  readonly children?: Child;
}

export function Part({ title, count, remark, id, children }: PartProps) {
  return (
    <section class="part" {...(id === undefined ? {} : { id })}>
      <header>
        <h2>
          {title}
          {count === undefined ? null : <span class="count"> {count}</span>}
        </h2>
        {remark === undefined || remark === '' ? null : <div class="label">{remark}</div>}
      </header>
      {children}
    </section>
  );
}

interface HeadProps {
  readonly title: string;
  readonly lead?: Child;
  readonly eyebrow?: readonly Child[];
}

export function Head({ title, lead, eyebrow }: HeadProps) {
  return (
    <div class="head">
      {eyebrow === undefined ? null : (
        <p class="eyebrow">
          {eyebrow.map((one) => (
            <span>{one}</span>
          ))}
        </p>
      )}
      <h1 dir="auto">{title}</h1>
      {lead === undefined ? null : (
        <p class="lead" dir="auto">
          {lead}
        </p>
      )}
    </div>
  );
}

/** Terms and what stands for them; what is not known is said so, in a quiet voice. */
export function Facts({ rows, roomy }: { readonly rows: readonly (readonly [term: string, value: Child])[]; readonly roomy?: boolean }) {
  return (
    <dl class={roomy === true ? 'facts is-roomy' : 'facts'}>
      {rows.map(([term, value]) => (
        <>
          <dt>{term}</dt>
          <dd>{value}</dd>
        </>
      ))}
    </dl>
  );
}

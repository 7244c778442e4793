// SPDX-License-Identifier: Apache-2.0
// Notices: what happened, what did not, what to do. And the checks of a list: a mark, a sentence, a remark.

import type { Child } from 'hono/jsx';
import type { UnmetGate } from '../../core/model/refusal.ts';
import { Icon, type IconName } from './icon.tsx';

interface NoticeProps {
  readonly title: string;
  readonly tone?: 'danger' | 'done' | 'plain';
  readonly icon?: IconName;
  /** Read out at once when the page opens. */
  readonly alert?: boolean;
  readonly children?: Child;
}

export function Notice({ title, tone, icon, alert, children }: NoticeProps) {
  const look = tone === undefined || tone === 'plain' ? 'notice' : `notice is-${tone}`;
  return (
    <section class={look} {...(alert === true ? { role: 'alert' } : {})}>
      <h2>
        {icon === undefined ? null : <Icon name={icon} />} {title}
      </h2>
      {children}
    </section>
  );
}

export interface Check {
  readonly state: 'met' | 'open' | 'wrong' | IconName;
  readonly text: Child;
  readonly remark?: Child;
}

const marks = { met: 'check', open: 'open', wrong: 'cross' } as const;
const spoken = { met: 'Met: ', open: 'To come: ', wrong: 'Wrong: ' } as const;

export function Checks({ rows }: { readonly rows: readonly Check[] }) {
  return (
    <ul class="checks">
      {rows.map(({ state, text, remark }) => (
        <li {...(state === 'met' || state === 'wrong' ? { class: `is-${state}` } : {})}>
          <Icon name={isMark(state) ? marks[state] : state} />
          <span>
            {isMark(state) ? <span class="unseen">{spoken[state]}</span> : null}
            {text}
            {remark === undefined ? null : <small>{remark}</small>}
          </span>
        </li>
      ))}
    </ul>
  );
}

/** Gates in words. A `should` can be passed with a reason on record. */
export function Gates({ unmet }: { readonly unmet: readonly UnmetGate[] }) {
  return (
    <Checks
      rows={unmet.map((gate) => ({
        state: 'open',
        text: gate.sentence,
        remark:
          gate.strength === 'should' ? 'The policy wants this; it can be passed with a reason on record.' : 'The policy demands this.',
      }))}
    />
  );
}

function isMark(state: Check['state']): state is keyof typeof marks {
  return state in marks;
}

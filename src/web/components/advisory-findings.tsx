// SPDX-License-Identifier: Apache-2.0
// What is found in the documents of an advisory, the gravest first; each leads to the field that causes it.

import type { Remark } from '../advisory-remarks.ts';
import { levelWords } from '../advisory-remarks.ts';
import { Icon } from './icon.tsx';
import { Part } from './part.tsx';

export interface FindingsProps {
  readonly remarks: readonly Remark[];
  readonly open: readonly string[];
  /** False where there is no document to look at. */
  readonly written: boolean;
}

export function Findings({ remarks, open, written }: FindingsProps) {
  const losses = remarks.filter(({ level }) => level === 'loss');
  const others = remarks.filter(({ level }) => level !== 'loss');
  return (
    <Part title="Findings" count={others.length} remark="by validators and formats" id="findings">
      <p class="quiet" data-findings-none hidden={others.length > 0}>
        {written ? 'Nothing that keeps a document back.' : 'Nothing is written yet, so nothing was looked at.'}
      </p>
      <ul class="checks" data-findings="">
        {others.map((one) => (
          <Found remark={one} />
        ))}
      </ul>
      <ul class="said-list label" data-open="">
        {open.map((sentence) => (
          <li>{sentence}</li>
        ))}
      </ul>
      <details class="deed" hidden={losses.length === 0}>
        <summary>
          What some formats do not carry{' '}
          <span class="count" data-losses-count="">
            {losses.length}
          </span>
        </summary>
        <ul class="checks" data-losses="">
          {losses.map((one) => (
            <Found remark={one} />
          ))}
        </ul>
      </details>
    </Part>
  );
}

const levelIcons = { error: 'cross', warning: 'alert', later: 'clock', note: 'note', loss: 'note' } as const;

function Found({ remark: { level, id, label, sentence } }: { readonly remark: Remark }) {
  const wrong = level === 'error';
  return (
    <li {...(wrong ? { class: 'is-wrong' } : {})}>
      <Icon name={levelIcons[level]} />
      <span>
        <b>{levelWords[level]}</b>
        {label === null ? null : <> · {id === null ? label : <a href={`#${id}`}>{label}</a>}</>}
        <small>
          <bdi>{sentence}</bdi>
        </small>
      </span>
    </li>
  );
}

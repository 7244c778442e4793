// SPDX-License-Identifier: Apache-2.0
// The running text of an advisory in the order in which a reader needs it, for formats that have one field for all of it.

import type { Advisory } from '../core/model/advisory.ts';
import type { Prose } from '../core/model/prose.ts';
import { noneKnown } from './text-sections.ts';
import { exploitationWords } from './words.ts';

export interface Chapter {
  readonly title: string;
  readonly texts: readonly Prose[];
}

/** Fields of the record that a story tells. */
export const told = [
  'withdrawn',
  'summary',
  'description',
  'impact',
  'conditions',
  'detection',
  'workarounds',
  'solution',
  'exploitation',
  'notes',
] as const;

/** Chapters with at least one text. What is wrong comes first, under a title of its own only in the reader's choice. */
export function chapters(advisory: Advisory): readonly Chapter[] {
  const { exploitation, workarounds } = advisory;
  const all: readonly Chapter[] = [
    { title: 'Withdrawn', texts: some(advisory.withdrawn) },
    { title: 'Summary', texts: some(advisory.summary) },
    { title: 'Description', texts: some(advisory.description) },
    { title: 'Impact', texts: some(advisory.impact) },
    { title: 'Conditions', texts: advisory.conditions ?? [] },
    { title: 'Detection', texts: some(advisory.detection) },
    { title: 'Workaround', texts: workarounds === 'none-known' ? [noneKnown] : (workarounds ?? []) },
    { title: 'Solution', texts: some(advisory.solution) },
    { title: 'Exploitation', texts: exploitation === undefined ? [] : [exploited(exploitation.status), ...some(exploitation.note)] },
    { title: 'Notes', texts: advisory.notes ?? [] },
  ];
  return all.filter(({ texts }) => texts.length > 0);
}

function some(text: Prose | undefined): readonly Prose[] {
  return text === undefined ? [] : [text];
}

function exploited(status: keyof typeof exploitationWords): Prose {
  const words = exploitationWords[status];
  return `${words.slice(0, 1).toUpperCase()}${words.slice(1)}.` as Prose;
}

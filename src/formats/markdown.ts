// SPDX-License-Identifier: Apache-2.0
// The advisory in Markdown (CommonMark 0.31), for forges and release notes: the same parts in the same order as the text.

import type { Advisory } from '../core/model/advisory.ts';
import { blocksOf, isVerbatim, type Prose } from '../core/model/prose.ts';
import { charactersLost, visible } from './characters.ts';
import type { Written } from './format.ts';
import type { Publisher } from './publisher.ts';
import { addressesWithheld } from './text.ts';
import { plainLayout } from './text-plain.ts';
import { type SectionName, sections } from './text-sections.ts';

/** Sections that are texts of people; all others are columns, which stay as they stand. */
const flowing: Readonly<Partial<Record<SectionName, (advisory: Advisory) => readonly Prose[]>>> = {
  withdrawn: ({ withdrawn }) => some(withdrawn),
  summary: ({ summary }) => some(summary),
  detection: ({ detection }) => some(detection),
  solution: ({ solution }) => some(solution),
  workarounds: ({ workarounds }) => (typeof workarounds === 'object' ? workarounds : []),
  description: ({ description }) => some(description),
  impact: ({ impact }) => some(impact),
  notes: ({ notes = [] }) => notes,
};

export function writeMarkdown(advisory: Advisory, publisher: Publisher): Written {
  const facts = plainLayout
    .head(advisory, publisher)
    .slice(1)
    .filter((line) => line.startsWith(' '));
  const head = [`# ${escaped(`${advisory.id}: ${advisory.title}`)}`, ...(facts.length === 0 ? [] : [fenced(facts)])];
  const parts = plainLayout.order.flatMap((name) => section(name, advisory, publisher));
  return {
    ok: true,
    text: `${[...head, ...parts].join('\n\n')}\n`,
    losses: [...charactersLost(advisory, 'visible'), ...addressesWithheld(advisory, publisher)],
  };
}

function some(text: Prose | undefined): readonly Prose[] {
  return text === undefined ? [] : [text];
}

function section(name: SectionName, advisory: Advisory, publisher: Publisher): readonly string[] {
  const title = `## ${plainLayout.titles[name] ?? sections[name].title}`;
  const texts = flowing[name]?.(advisory) ?? [];
  if (texts.length > 0) return [title, texts.map(paragraphs).join('\n\n')];
  const lines = (plainLayout.own[name] ?? sections[name].lines)(advisory, publisher);
  return lines.length === 0 ? [] : [title, fenced(lines)];
}

function paragraphs(text: Prose): string {
  return blocksOf(text)
    .map((block) => (isVerbatim(block) ? fenced(block.split('\n').map((line) => line.slice(4))) : escaped(block)))
    .join('\n\n');
}

/** A fence is longer than any row of backticks within (CommonMark 4.5). */
function fenced(lines: readonly string[]): string {
  const text = visible(lines.join('\n'));
  const longest = Math.max(2, ...Array.from(text.matchAll(/`+/g), ([row]) => row.length));
  const fence = '`'.repeat(longest + 1);
  return `${fence}\n${text}\n${fence}`;
}

/** Characters that would be markup, with a backslash before them; and what would make a line a list, a heading or a rule. */
function escaped(text: string): string {
  return visible(text)
    .replaceAll(/[\\`*_[\]<>&|~]/g, '\\$&')
    .replace(/^([#+=-]|\d+(?=[.)]))/, (mark) => (/\d/.test(mark) ? mark : `\\${mark}`))
    .replace(/^(\d+)([.)])/, '$1\\$2');
}

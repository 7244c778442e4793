// SPDX-License-Identifier: Apache-2.0
// The advisory as an OpenStack security note (OSSN): what to know and what to do where no patch is the answer; lines of at most 72 columns (CONTRACT 3.6).

import type { Advisory } from '../core/model/advisory.ts';
import type { Prose } from '../core/model/prose.ts';
import { isAffected } from './affected.ts';
import { charactersLost } from './characters.ts';
import { type Loss, refused, type Written } from './format.ts';
import { lossesBeside, lossesIn } from './losses.ts';
import { writeOssaVersions } from './ossa-versions.ts';
import { bugAddress, type Publisher } from './publisher.ts';
import { addressesWithheld } from './text.ts';
import { noneKnown } from './text-sections.ts';
import { spokenCredit, spokenRange } from './words.ts';
import { heading, pageWidth, wrap, wrapProse } from './wrap.ts';

const noPlace = 'a security note has no place for it';
const carried = [
  'daylight',
  'id',
  'kind',
  'version',
  'title',
  'summary',
  'description',
  'impact',
  'conditions',
  'detection',
  'workarounds',
  'solution',
  'products',
  'cves',
  'credits',
  'dates',
  'references',
  'notes',
];

export function writeOssn(advisory: Advisory, publisher: Publisher): Written {
  const discussion = proses([advisory.description, advisory.impact, ...(advisory.conditions ?? []), advisory.detection]);
  const summary = advisory.summary ?? advisory.description;
  const actions = actionsOf(advisory);
  if (summary === undefined) return refused('no-summary', 'summary', 'a security note begins with a summary');
  if (actions.length === 0)
    return refused('no-action', 'workarounds', 'a security note recommends what to do: a solution, a workaround, or that none is known');
  const parts = [
    heading(advisory.title, '-'),
    part('Summary', wrapProse(summary, pageWidth)),
    part('Affected Services / Software', advisory.products.filter(isAffected).flatMap(software)),
    part('Discussion', discussion.length === 0 ? wrapProse(summary, pageWidth) : discussion),
    part('Recommended Actions', actions),
    part('Contacts / References', contacts(advisory, publisher)),
  ];
  const text = parts.map((lines) => `${lines.join('\n')}\n`).join('\n');
  return {
    ok: true,
    text,
    losses: [...charactersLost(advisory, 'visible'), ...addressesWithheld(advisory, publisher), ...losses(advisory)],
  };
}

function part(title: string, lines: readonly string[]): readonly string[] {
  return [`### ${title} ###`, ...lines];
}

function proses(all: readonly (Prose | undefined)[]): readonly string[] {
  return all
    .filter((each) => each !== undefined)
    .flatMap((each, at) => (at === 0 ? wrapProse(each, pageWidth) : ['', ...wrapProse(each, pageWidth)]));
}

function software({ name, ranges, prose }: Advisory['products'][number]): readonly string[] {
  const affected = (ranges ?? []).every(({ status }) => status === undefined);
  const versions = ranges === undefined ? prose : affected ? writeOssaVersions(ranges) : ranges.map(spokenRange).join(', ');
  return wrap([name, versions].filter(Boolean).join(', '), pageWidth);
}

function actionsOf({ solution, workarounds, notes = [] }: Advisory): readonly string[] {
  const ways = workarounds === 'none-known' ? [noneKnown] : (workarounds ?? []);
  return solution === undefined && ways.length === 0 ? [] : proses([solution, ...ways, ...notes]);
}

function contacts(advisory: Advisory, publisher: Publisher): readonly string[] {
  const address = ({ url, tracker, id }: NonNullable<Advisory['references']>[number]) =>
    url ?? (tracker === undefined || id === undefined ? undefined : (bugAddress(tracker, id, publisher) ?? `${tracker} ${id}`));
  return [
    ...(advisory.credits ?? []).map((each) => `Credit: ${spokenCredit(each, publisher)}`),
    `This note : ${advisory.id}`,
    ...(advisory.dates.published === undefined ? [] : [`Published : ${advisory.dates.published.slice(0, 10)}`]),
    ...(advisory.cves ?? []).map(({ id }) => `CVE : ${id}`),
    ...(advisory.references ?? []).flatMap((each) => address(each) ?? []),
  ].flatMap((each) => wrap(each, pageWidth));
}

function losses(advisory: Advisory): readonly Loss[] {
  return [
    ...lossesBeside(advisory, carried, noPlace),
    ...lossesIn(advisory.products, 'products', (each, place) =>
      isAffected(each)
        ? lossesBeside(each, ['name', each.ranges === undefined ? 'prose' : 'ranges'], noPlace, `${place}.`)
        : [{ field: place, why: 'a security note lists affected software only' }],
    ),
    ...lossesIn(advisory.cves, 'cves', (each, place) => lossesBeside(each, ['id'], noPlace, `${place}.`)),
    ...lossesIn(advisory.credits, 'credits', (each, place) =>
      lossesBeside(each, ['kind', 'name', 'email', 'organisation', 'url', 'cves'], noPlace, `${place}.`),
    ),
    ...lossesBeside(advisory.dates, ['published'], noPlace, 'dates.'),
    ...lossesIn(advisory.references, 'references', (each, place) =>
      lossesBeside(each, ['kind', 'url', 'tracker', 'id'], noPlace, `${place}.`),
    ),
  ];
}

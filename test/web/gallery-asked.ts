// SPDX-License-Identifier: Apache-2.0
// The gallery's pages on which somebody is asked: a go that is missing, and a report that belongs elsewhere.

import type { Policy } from '../../src/core/policy/policy.ts';
import type { Frame } from '../../src/web/frame.ts';
import { CasePage } from '../../src/web/pages/case.tsx';
import { MyReportPage } from '../../src/web/pages/my-report.tsx';
import { goneOnce, now, sentAway } from './samples.ts';
import type { Make, Specimen } from './specimen.ts';
import { mei, participant, type Twist, tomas, viewOf } from './story.ts';

export function askedPages(specimen: Make, frame: Frame, policy: Policy, twist: Twist): readonly Specimen[] {
  const once = goneOnce(policy, twist);
  const away = sentAway(policy, twist);
  const everything = { reach: 'everything', now } as const;
  const page = { frame, done: null, returned: null } as const;
  const own = viewOf(away, { actor: away.reporter, reach: 'own_thread', now }, twist);
  const outside = { ...frame, viewer: null };
  const base = '/harbour/my-report';
  return [
    specimen(
      'case-go',
      '[E] ',
      CasePage({
        ...page,
        frame: { ...frame, viewer: { name: twist('tomas'), roles: [] } },
        view: viewOf(once, { actor: tomas, ...everything }, twist),
      }),
    ),
    specimen('case-go-own', '[E] ', CasePage({ ...page, view: viewOf(once, { actor: mei, ...everything }, twist) })),
    specimen('my-report-forward', '[C] ', MyReportPage({ ...page, frame: outside, view: own, participant, base })),
  ];
}

// SPDX-License-Identifier: Apache-2.0
// The gallery's pages of cases, inside: queue, case in its states, the reporter's own page, the advisory.

import { embargoRow } from '../../src/app/embargoes.ts';
import { forAParty } from '../../src/app/party-view.ts';
import type { QueueRow } from '../../src/app/views.ts';
import { openHandling } from '../../src/core/model/regions.ts';
import { epoch, fromEpoch, type Instant } from '../../src/core/model/time.ts';
import type { Policy } from '../../src/core/policy/policy.ts';
import { deadlines } from '../../src/core/process/deadlines.ts';
import { emptyReference } from '../../src/web/advisory-form.ts';
import type { Frame } from '../../src/web/frame.ts';
import { AdvisoryEditorPage } from '../../src/web/pages/advisory-editor.tsx';
import { CasePage } from '../../src/web/pages/case.tsx';
import { EmbargoesPage } from '../../src/web/pages/embargoes.tsx';
import { MyReportPage } from '../../src/web/pages/my-report.tsx';
import { PartyPage } from '../../src/web/pages/party-case.tsx';
import { QueuePage } from '../../src/web/pages/queue.tsx';
import { afterTheEnd, embargoed, heldMail, inReview, now, ordinaryBug, pat, published, received, toldParty } from './samples.ts';
import type { Make, Specimen } from './specimen.ts';
import { anna, mei, participant, type Story, stateOf, type Twist, tomas, viewOf } from './story.ts';

export function casePages(specimen: Make, frame: Frame, policy: Policy, twist: Twist): readonly Specimen[] {
  const held = embargoed(policy, twist);
  const review = inReview(policy, twist);
  const open = (story: Story, actor: typeof mei, at: Instant = now) => viewOf(story, { actor, reach: 'everything', now: at }, twist);
  const full = viewOf(held, { actor: mei, reach: 'everything', now, outbox: heldMail(held) }, twist);
  const own = viewOf(held, { actor: held.reporter, reach: 'own_thread', now }, twist);
  const base = '/harbour/my-report';
  const told = toldParty(policy, twist);
  const toParty = viewOf(told, { actor: pat, reach: 'everything', now }, twist);
  const beforeTerms = viewOf(toldParty(policy, twist, false), { actor: pat, reach: 'everything', now }, twist);
  const page = { frame, done: null, returned: null } as const;
  const mended = {
    action: 'propose-embargo',
    filled: { values: { until: twist('2026-12-02') }, problems: [{ field: 'until', sentence: twist('A date alone is not an instant.') }] },
  } as const;
  const values = {
    texts: {
      title: twist('A read-only client can stop the daemon'),
      summary: twist('Asking for a pool stops the daemon.'),
      conditions: twist('You run libharbour 3.10 to 5.10.\n\nSomeone you do not trust may open a read-only connection.'),
    },
    noWorkaround: false,
    products: [
      {
        name: twist('harbour'),
        repository: twist('https://git.harbour.example/harbour'),
        component: twist('storage'),
        prose: '',
        branches: [
          {
            name: twist('main'),
            status: 'fixed',
            introducedBy: twist('5d5c732d748d'),
            fixedBy: twist('dfff16a7c261'),
            vulnerableTags: 'v3.10.0',
            fixedTags: 'v6.0.0',
          },
        ],
      },
    ],
    references: [{ ...emptyReference, url: twist('https://git.harbour.example/c/dfff16a7c261'), title: twist('the fix') }],
  };
  const previews = [
    { name: 'Text', text: twist('HARBOUR SECURITY NOTICE\n=======================\n\nYou are affected if …') },
    { name: 'CSAF 2.0', text: '{\n  "document": {}\n}' },
  ];
  return [
    specimen('queue', '[C] ', QueuePage({ frame, view: { now, rows: rows(policy, twist), ...onePage(rows(policy, twist).length) } })),
    specimen(
      'queue-long',
      '[C] ',
      QueuePage({
        frame,
        view: {
          now,
          rows: rows(policy, twist),
          total: 412,
          more: false,
          order: 'patches',
          after: 'n~-~2026-11-02T09:00:00.000Z~x',
          next: 'n~-~2026-11-02T09:00:00.000Z~y',
        },
      }),
    ),
    specimen(
      'queue-last',
      '',
      QueuePage({
        frame,
        view: { now, rows: [], total: 1000, more: true, order: 'clock', after: 'n~-~2026-11-02T09:00:00.000Z~x', next: null },
      }),
    ),
    specimen('queue-empty', '', QueuePage({ frame, view: { now, rows: [], ...onePage(0) } })),
    specimen(
      'embargoes',
      '[E] ',
      EmbargoesPage({ frame, view: { now, rows: [held, told].map((story) => embargoRow(stateOf(story), story.policy)) } }),
    ),
    specimen('embargoes-empty', '', EmbargoesPage({ frame, view: { now, rows: [] } })),
    specimen('party', '[E] ', PartyPage({ ...page, view: forAParty({ ...toParty, reach: 'party' }, pat) })),
    specimen('party-terms', '[C] ', PartyPage({ ...page, view: forAParty({ ...beforeTerms, reach: 'terms' }, pat) })),
    specimen('case-received', '[C] ', CasePage({ ...page, view: open(received(policy, twist), anna) })),
    specimen('case-embargoed', '[E] ', CasePage({ ...page, done: 'add-note', view: full })),
    specimen('case-mend', '[E] ', CasePage({ ...page, returned: mended, view: full })),
    specimen('case-ended', '[E] ', CasePage({ ...page, frame: { ...frame, now: afterTheEnd }, view: open(held, mei, afterTheEnd) })),
    specimen('case-review', '[E] ', CasePage({ ...page, view: open(review, tomas) })),
    specimen(
      'case-public',
      '',
      CasePage({ ...page, frame: { ...frame, now: afterTheEnd }, view: open(published(policy, twist), mei, afterTheEnd) }),
    ),
    specimen('case-bug', '', CasePage({ ...page, view: open(ordinaryBug(policy, twist), mei) })),
    specimen(
      'case-number',
      '[E] ',
      CasePage({ ...page, view: viewOf(held, { actor: { ...mei, roles: [] }, reach: 'for_a_number', now }, twist) }),
    ),
    specimen(
      'my-report',
      '[E] ',
      MyReportPage({ frame: { ...frame, viewer: null }, view: own, participant, base, done: null, returned: null }),
    ),
    specimen(
      'advisory-new',
      '[E] ',
      AdvisoryEditorPage({
        frame,
        view: open(held, anna),
        values: { texts: {}, noWorkaround: false, products: [], references: [] },
        problems: [],
        previews: [],
        warnings: [],
        done: null,
      }),
    ),
    specimen(
      'advisory',
      '[E] ',
      AdvisoryEditorPage({
        frame,
        view: open(review, mei),
        values,
        problems: [{ field: 'impact', sentence: twist('Say what an attacker gains.') }],
        previews,
        warnings: [twist('OSV needs a repository.')],
        done: 'write-advisory',
      }),
    ),
  ];
}

const onePage = (total: number) => ({ total, more: false, order: 'clock', after: null, next: null }) as const;

function rows(policy: Policy, twist: Twist): readonly QueueRow[] {
  const stories = [
    embargoed(policy, twist),
    received(policy, twist),
    inReview(policy, twist),
    ordinaryBug(policy, twist),
    published(policy, twist),
  ];
  const all = stories.map((story): QueueRow => {
    const state = stateOf(story);
    const [next] = openHandling.includes(state.handling) ? deadlines(state, policy) : [];
    return {
      group: next === undefined ? 'waiting' : next.at <= now ? 'overdue' : 'decide',
      reach: 'everything',
      state,
      title: story.texts.get(state.title.id) ?? '',
      openedAt: story.events[0]?.at ?? now,
      owner: state.owner === null ? null : twist('anna'),
      clock: next === undefined ? null : { name: next.clock, at: next.at },
      next: next === undefined ? null : 'Take up the case as its owner',
    };
  });
  const [first] = all;
  return first === undefined
    ? all
    : [
        ...all,
        {
          ...first,
          group: 'overdue',
          clock: { name: 'clocks.verdict', at: fromEpoch(epoch(now) - 98_000_000) },
          openedAt: fromEpoch(epoch(now) - 3_000_000_000),
        },
      ];
}

// SPDX-License-Identifier: Apache-2.0
// The gallery's pages on which somebody is asked: a go that is missing, a report that belongs elsewhere, and a party that is told.

import type { CaseView } from '../../src/app/views.ts';
import type { PersonId, Role } from '../../src/core/model/identifiers.ts';
import type { Party } from '../../src/core/model/party.ts';
import type { Policy } from '../../src/core/policy/policy.ts';
import type { Frame } from '../../src/web/frame.ts';
import { CasePage } from '../../src/web/pages/case.tsx';
import { MyReportPage } from '../../src/web/pages/my-report.tsx';
import { PartyPage } from '../../src/web/pages/party-case.tsx';
import { embargoed, goneOnce, now, sentAway } from './samples.ts';
import type { Make, Specimen } from './specimen.ts';
import { mei, participant, refer, type Twist, tomas, viewOf } from './story.ts';

export function askedPages(specimen: Make, frame: Frame, policy: Policy, twist: Twist): readonly Specimen[] {
  const once = goneOnce(policy, twist);
  const away = sentAway(policy, twist);
  const everything = { reach: 'everything', now } as const;
  const page = { frame, done: null, returned: null } as const;
  const own = viewOf(away, { actor: away.reporter, reach: 'own_thread', now }, twist);
  const outside = { ...frame, viewer: null };
  const base = '/harbour/my-report/6e9a1c27m3k9';
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
    specimen('party', '[E] ', PartyPage({ ...page, view: toldParty(policy, twist, 'party') })),
    specimen('party-terms', '[E] ', PartyPage({ ...page, view: toldParty(policy, twist, 'terms') })),
  ];
}

/** The embargoed case as a vendor reads it, who was told yesterday and has not answered. */
function toldParty(policy: Policy, twist: Twist, reach: 'party' | 'terms'): CaseView {
  const story = embargoed(policy, twist);
  const notice = refer(story, { kind: 'message', audience: 'shared' }, twist('Please have your builds ready for the hour below.'));
  const view = viewOf(story, { actor: mei, reach: 'everything', now }, twist);
  const party: Party = {
    name: twist('vendors'),
    state: 'notified',
    screening: null,
    notifiedAt: now,
    told: 'in_daylight',
    notice,
    role: 'vendor' as Role,
    accepted: reach === 'party' ? ['p-vera' as PersonId] : [],
    left: null,
    done: [],
  };
  const offers = reach === 'party' ? (['acknowledge-notice', 'say-ready', 'raise-objection'] as const) : (['accept-terms'] as const);
  const texts = new Map([...story.texts].filter(([id]) => id === notice.id || id === view.state.impact?.content.id));
  return {
    ...view,
    reach,
    state: { ...view.state, parties: [party] },
    policy: { ...policy, texts: { ...policy.texts, terms: twist('What you read here you keep to yourself until the hour.') } },
    title: reach === 'party' ? view.title : undefined,
    texts: reach === 'party' ? texts : new Map(),
    attachments: reach === 'party' ? view.attachments.filter(({ ref }) => ref.purpose === 'patch') : [],
    log: [],
    names: new Map(),
    deadlines: [],
    caps: [],
    possibilities: offers.map((action) => ({ action, unmet: [] })),
  };
}

// SPDX-License-Identifier: Apache-2.0
// The pages of what becomes public: the preview with what was found, the record with what is struck out, and the figures.

import type { AccessView } from '../../src/app/access-view.ts';
import { asPublished } from '../../src/app/preview.ts';
import type { ReleaseRoom } from '../../src/app/release-room.ts';
import { placesOf, struckOut } from '../../src/app/strike.ts';
import type { CaseView } from '../../src/app/views.ts';
import type { ContentId, PersonId, RedactionId } from '../../src/core/model/identifiers.ts';
import { piecesOf } from '../../src/core/model/pieces.ts';
import { instant } from '../../src/core/model/time.ts';
import type { Policy } from '../../src/core/policy/policy.ts';
import type { Frame } from '../../src/web/frame.ts';
import { AccessPage } from '../../src/web/pages/access.tsx';
import { CasePage } from '../../src/web/pages/case.tsx';
import { PreviewPage } from '../../src/web/pages/preview.tsx';
import { RecordPage } from '../../src/web/pages/record.tsx';
import { ReleasePage } from '../../src/web/pages/release.tsx';
import { StatisticsPage } from '../../src/web/pages/statistics.tsx';
import { embargoed, now, received } from './samples.ts';
import type { Make, Specimen } from './specimen.ts';
import { anna, mei, participant, refer, type Story, type Twist, then, tomas, viewOf } from './story.ts';

const redaction = 'redaction1' as RedactionId;
const strikes = [{ why: 'tokens' as const, spans: [[11, 18]] as const }];

/** Somebody of each kind, with much read and with nothing. */
function seenBy({ state, policy }: Pick<CaseView, 'state' | 'policy'>): AccessView {
  const often = { first: state.reporters[0]?.since ?? now, last: now, reads: 212, files: 3, listed: 40 };
  const never = { first: null, last: null, reads: 0, files: 0, listed: 0 };
  const one = { organisation: null, owner: false, reach: 'everything', why: ['coordinator: reads every report'], since: now } as const;
  const person = 'anna' as PersonId;
  const party = { party: 'distributions', role: null, toldAt: now, told: 'in_daylight', accepted: ['pia'], left: null } as const;
  return {
    now,
    state,
    policy,
    rule: {
      sentence: 'Every report is read from its arrival by: coordinator. Others see this case when they are added by name.',
      key: 'visibility.on_receipt',
    },
    people: [
      { ...one, person, name: 'anna', owner: true, ...often },
      { ...one, person, name: 'jon', organisation: 'nova', why: ['added by anna'], ...never },
    ],
    numberReaders: [
      { ...one, person, name: 'cecil', reach: 'for_a_number', why: ['cna: enters the CVE number; title and impact only'], ...never },
    ],
    partyMembers: [{ ...one, person, name: 'pia', reach: 'terms', why: ['packager: a party that was told'], ...never }],
    reporters: [{ participant, name: 'Reporter 1', sees: 'their own thread, and what is said to all reporters', since: now, ...often }],
    parties: [party, { ...party, party: 'hosters', accepted: [], told: 'recorded', left: 'breach' }],
    former: [
      { name: 'ravi', why: 'removed from the project', ended: now, ...often },
      { name: 'lea', why: 'holds no role any more that sees it where it stands', ended: null, ...often, files: 0 },
    ],
    process: often,
  };
}

export function recordPages(specimen: Make, frame: Frame, policy: Policy, twist: Twist): readonly Specimen[] {
  const outside: Frame = { ...frame, viewer: null };
  const story = classified(embargoed(policy, twist), twist);
  const inside = viewOf(story, { actor: mei, reach: 'everything', now }, twist);
  const published = asPublished(inside, false);
  const found = piecesOf(story.events).find((piece) => piece.kind === 'note');
  const finding = {
    piece: found?.id ?? ('none' as ContentId),
    sentence: twist('This looks like a GitLab access token.'),
    why: 'tokens',
    span: placesOf('0123456789', '456')[0] ?? null,
    line: 1,
    passage: twist('glpat-xxxxxxxxxxxxxxxxxxxx'),
  } as const;
  const findings = [
    { ...finding, status: 'open' as const },
    { ...finding, span: null, line: null, passage: null, status: 'open' as const },
    { ...finding, status: 'proposed' as const },
    { ...finding, status: 'kept' as const },
  ];
  const waiting = viewOf(proposed(embargoed(policy, twist), twist), { actor: tomas, reach: 'everything', now }, twist);
  const early = received(policy, twist);
  const reason = refer(early, { kind: 'reason', audience: 'shared' }, twist('It was my own build, sorry.'));
  const regret = then(early, early.reporter, '2026-11-24T09:05Z', { kind: 'ask-withdrawal', reason });
  const regretted = viewOf(regret, { actor: anna, reach: 'everything', now }, twist);
  const verifiable = { start: '', events: [], salts: new Map() };
  return [
    specimen(
      'preview',
      '[E] ',
      PreviewPage({ frame, preview: { inside, published, atCap: asPublished(inside, true), findings, verifiable } }),
    ),
    specimen('release', '[E] ', ReleasePage({ frame, room: roomOf(inside, twist), done: null, problems: [] })),
    ...signing(specimen, frame, inside, twist),
    specimen('access', '[E] ', AccessPage({ frame, view: seenBy(inside) })),
    specimen('case-question', '[E] ', CasePage({ frame, view: waiting, done: null, returned: null })),
    specimen('case-withdrawal', '[C] ', CasePage({ frame, view: regretted, done: null, returned: null })),
    specimen('record-struck-out', '', RecordPage({ frame: outside, view: published })),
    specimen('statistics', '', StatisticsPage({ frame: outside, statistics: figures(twist) })),
    specimen(
      'statistics-none',
      '',
      StatisticsPage({
        frame: outside,
        statistics: { ...figures(twist), quarters: [], embargoesEnded: {}, deviations: {}, openedAtCap: 0 },
      }),
    ),
  ];
}

/** One format whole, one with losses, and one that cannot be made. */
function roomOf(view: Parameters<typeof asPublished>[0], twist: Twist): ReleaseRoom {
  const losses = [{ field: 'severity[0].by', why: twist('the document as a whole names who wrote it') }];
  const left = [
    { format: 'cve' as const, rule: 'no-number', why: twist('a CVE record is about a CVE id, and this advisory has none'), errors: [] },
  ];
  const made = [
    { format: 'text' as const, text: '', losses: [], remarks: [] },
    { format: 'csaf' as const, text: '', losses, remarks: [] },
  ];
  const channels = view.policy.disclosure.channels.map((channel, index) => ({
    key: `${index}:${channel.kind}`,
    channel,
    confirmed: index === 0,
  }));
  const kept = [{ format: 'text', file: 'EX-2026-0001.txt', sha256: 'a'.repeat(64) }];
  return { view, publishes: true, drafts: { made, left }, kept, channels, unmet: [twist('A second person has to say go.')], signing: null };
}

/** Documents that wait for a person's key: for who signs, with a signature that was refused; and for who only reads. */
function signing(specimen: Make, frame: Frame, view: Parameters<typeof asPublished>[0], twist: Twist): readonly Specimen[] {
  const disclosure = {
    ...view.state.disclosure,
    armed: true,
    prepared: [
      { format: 'text', file: 'EX-2026-0001.txt', sha256: 'a'.repeat(64) },
      { format: 'html', file: 'EX-2026-0001.html', sha256: 'b'.repeat(64) },
    ],
    unsigned: ['EX-2026-0001.html'],
  };
  const possibilities = [...view.possibilities, { action: 'sign-documents' as const, unmet: [] }];
  const signed = { ...view, state: { ...view.state, disclosure }, possibilities };
  const fingerprint = '0123456789'.repeat(4);
  const asked = {
    waiting: [{ file: 'EX-2026-0001.html', how: 'detached' as const }],
    keys: [{ fingerprint, expires: instant('2027-01-10T09:00:00Z') }],
    isYours: true,
    commands: [`for f in EX-2026-0001.html; do gpg --local-user ${fingerprint} --armor --detach-sign "$f"; done`],
  };
  const room: ReleaseRoom = { ...roomOf(signed, twist), kept: disclosure.prepared, signing: asked };
  const problems = [{ field: 'signatures', sentence: twist('EX-2026-0001.txt.asc: It signs another text than the one that waits.') }];
  return [
    specimen('release-to-sign', '[E] ', ReleasePage({ frame, room, done: null, problems: [] })),
    specimen('release-to-sign-mend', '[E] ', ReleasePage({ frame, room, done: null, problems })),
    specimen(
      'release-to-sign-others',
      '[E] ',
      ReleasePage({ frame, room: { ...room, signing: { ...asked, isYours: false } }, done: 'sign-documents', problems: [] }),
    ),
  ];
}

/** A message that is never opened, and a note of which a passage is struck out. */
function classified(story: Story, twist: Twist): Story {
  const own = refer(story, { kind: 'message', audience: 'shared' }, twist('My number is in the file; please ring.'));
  const told = then(story, mei, '2026-11-24T09:05Z', { kind: 'send-message', body: own, to: [participant], never: 'personal_data' });
  return strike(told, twist);
}

/** A passage that waits for the second person. */
function proposed(story: Story, twist: Twist): Story {
  const note = refer(story, { kind: 'note', audience: 'team' }, twist('Tried with the key of the other project.'));
  const noted = then(story, mei, '2026-11-24T09:06Z', { kind: 'add-note', body: note });
  const span = refer(noted, { kind: 'span', audience: 'withheld' }, '[[11,18]]');
  const piece = piecesOf(noted.events).find(({ id }) => id === note.id) ?? null;
  return then(noted, mei, '2026-11-24T09:07Z', {
    kind: 'propose-redaction',
    redaction,
    piece,
    span,
    why: 'tokens',
    destroys: false,
    opens: false,
  });
}

function strike(story: Story, twist: Twist): Story {
  const asked = proposed(story, twist);
  const copy = refer(asked, { kind: 'note', audience: 'team' }, twist(struckOut('Tried with the key of the other project.', strikes)));
  return then(asked, tomas, '2026-11-24T09:08Z', { kind: 'approve-redaction', redaction, copy, covers: [redaction] });
}

function figures(twist: Twist) {
  const spread = { cases: 7, median: 6.5, p90: 40 };
  return {
    at: now,
    inPrivate: {
      asOf: instant('2026-11-01T00:00Z'),
      cases: '5 to 9',
      byAge: [
        { age: 'up to 30 days', cases: '5 to 9' },
        { age: '31 to 90 days', cases: 'fewer than 5' },
        { age: 'longer than 90 days', cases: 'fewer than 5' },
      ],
      pastTheirCap: true,
    },
    quarters: [
      {
        quarter: '2026-Q4',
        published: 7,
        ended: { disclosed: 5, public_bug: 2 },
        hoursToFirstReply: spread,
        hoursToDecision: spread,
        hoursToMerge: spread,
        hoursFromVerdictOut: { cases: 6, median: 0, p90: 0.1 },
        hoursWaitingForTeam: { cases: 7, median: 52.1, p90: 300 },
        hoursWaitingForReporter: spread,
        daysPrivate: spread,
      },
      {
        quarter: '2026-Q3',
        published: 2,
        ended: { closed: 2 },
        hoursToFirstReply: { cases: 2, median: null, p90: null },
        hoursToDecision: { cases: 0, median: null, p90: null },
        hoursToMerge: { cases: 0, median: null, p90: null },
        hoursFromVerdictOut: { cases: 0, median: null, p90: null },
        hoursWaitingForTeam: { cases: 2, median: null, p90: null },
        hoursWaitingForReporter: { cases: 2, median: null, p90: null },
        daysPrivate: { cases: 2, median: null, p90: null },
      },
    ],
    openInPublic: [
      { age: 'up to 30 days', cases: 3 },
      { age: '31 to 90 days', cases: 1 },
      { age: 'longer than 90 days', cases: 0 },
    ],
    embargoesEnded: { date_reached: 4, leak: 1 },
    deviations: { [twist('cve_assigned')]: 1 },
    openedAtCap: 1,
  };
}

// SPDX-License-Identifier: Apache-2.0
// Every page with sample views, by name: looked at in a browser, checked by axe, and filled with hostile text by the escaping test.

import type { QueueRow } from '../../src/app/views.ts';
import { openHandling } from '../../src/core/model/regions.ts';
import { epoch, fromEpoch, type Instant, instant } from '../../src/core/model/time.ts';
import type { Policy } from '../../src/core/policy/policy.ts';
import { deadlines } from '../../src/core/process/deadlines.ts';
import { emptyReference } from '../../src/web/advisory-form.ts';
import { untouched } from '../../src/web/fields.ts';
import type { Frame } from '../../src/web/frame.ts';
import { AdvisoriesPage } from '../../src/web/pages/advisories.tsx';
import { AdvisoryEditorPage } from '../../src/web/pages/advisory-editor.tsx';
import { ConflictPage, FailurePage, NotFoundPage, RefusalPage } from '../../src/web/pages/answers.tsx';
import { CasePage } from '../../src/web/pages/case.tsx';
import { MailListPage, MailMessagePage } from '../../src/web/pages/mail.tsx';
import { MyReportPage } from '../../src/web/pages/my-report.tsx';
import { PolicyPage } from '../../src/web/pages/policy.tsx';
import { QueuePage } from '../../src/web/pages/queue.tsx';
import { ReceivedPage } from '../../src/web/pages/received.tsx';
import { RecordPage } from '../../src/web/pages/record.tsx';
import { ReportPage } from '../../src/web/pages/report.tsx';
import { ReportCheckPage } from '../../src/web/pages/report-check.tsx';
import { SignInPage } from '../../src/web/pages/sign-in.tsx';
import { type Page, render } from '../../src/web/render.ts';
import { samplePolicy } from './sample-policy.ts';
import { afterTheEnd, embargoed, heldMail, inReview, ordinaryBug, published, received } from './samples.ts';
import { anna, mei, participant, type Story, stateOf, type Twist, tomas, viewOf } from './story.ts';

export interface Specimen {
  readonly name: string;
  /** What the title must begin with. */
  readonly mark: '[C] ' | '[E] ' | '';
  readonly html: string;
}

const now = instant('2026-11-24T09:30Z');
const asIs: Twist = (text) => text;

/** `twist` is applied to every text that comes from people or from a policy; the words of the closed lists stay. */
export function gallery(twist: Twist = asIs, theme: Frame['theme'] = 'system'): readonly Specimen[] {
  const policy = twisted(samplePolicy, twist);
  const frame: Frame = {
    project: { id: 'harbour', title: twist('Harbour') },
    viewer: { name: twist('mei'), roles: [twist('coordinator')] },
    now,
    theme,
    shortcuts: true,
    csrf: 'c2Vzc2lvbg',
    replay: twist('Replay of public cases; dates shifted'),
  };
  const outside: Frame = { ...frame, viewer: null };
  const specimen = (name: string, mark: Specimen['mark'], page: Page): Specimen => ({ name, mark, html: render(page) });
  return [
    ...publicPages(specimen, frame, outside, policy, twist),
    ...reportPages(specimen, outside, policy, twist),
    ...casePages(specimen, frame, policy, twist),
    ...answerPages(specimen, frame, policy, twist),
  ];
}

type Make = (name: string, mark: Specimen['mark'], page: Page) => Specimen;

function publicPages(specimen: Make, frame: Frame, outside: Frame, policy: Policy, twist: Twist): readonly Specimen[] {
  const files = ['text', 'html', 'csaf', 'osv'].map((format) => ({
    format,
    href: `/harbour/advisories/HSN-2026-0007/${format}`,
    signature: `/s/${format}`,
  }));
  const advisory = {
    number: twist('HSN-2026-0007'),
    title: twist('A read-only client can stop the daemon'),
    publishedAt: instant('2026-11-30T15:00Z'),
    href: '/harbour/advisories/HSN-2026-0007',
    files,
    record: '/harbour/records/2',
  };
  const message = {
    id: 'm1',
    at: now,
    from: twist('Harbour <security@harbour.example>'),
    to: [twist('H. H. <reporter@example.org>')],
    subject: twist('[tidal-heron] Your report was received'),
    text: twist('Dear H. H.,\n\nyour report is tidal-heron.'),
    headers: [['Message-ID', twist('<1@harbour.example>')]] as const,
  };
  const seen = viewOf(published(policy, twist), { actor: null, reach: 'full_record', now: afterTheEnd }, twist);
  return [
    specimen(
      'sign-in',
      '',
      SignInPage({
        frame: outside,
        message: twist('Your session has ended'),
        links: [
          { name: twist('mei'), does: twist('coordinator: triage, embargo, release'), href: '/demo/mei' },
          { name: 'anna', does: 'maintainer: fixes', href: '/demo/anna' },
        ],
      }),
    ),
    specimen('sign-in-closed', '', SignInPage({ frame: outside, message: null, links: [] })),
    specimen('policy', '', PolicyPage({ frame: outside, policy })),
    specimen(
      'advisories',
      '',
      AdvisoriesPage({ frame: outside, advisories: [advisory, { ...advisory, number: 'HSN-2026-0006', record: null }] }),
    ),
    specimen('advisories-none', '', AdvisoriesPage({ frame: outside, advisories: [] })),
    specimen('record', '', RecordPage({ frame: { ...outside, now: afterTheEnd }, view: seen })),
    specimen(
      'record-closed',
      '',
      RecordPage({ frame: outside, view: viewOf(published(policy, twist), { actor: null, reach: 'nothing', now: afterTheEnd }, twist) }),
    ),
    specimen('mail', '[C] ', MailListPage({ frame, messages: [message, { ...message, id: 'm2', subject: '' }] })),
    specimen('mail-none', '[C] ', MailListPage({ frame, messages: [] })),
    specimen('mail-message', '[C] ', MailMessagePage({ frame, message })),
  ];
}

function reportPages(specimen: Make, frame: Frame, policy: Policy, twist: Twist): readonly Specimen[] {
  const values = {
    title: twist('A client on the read-only socket can stop the daemon'),
    description: twist('Asking for a pool by its target path follows an empty pointer.'),
    version: twist('v9.2.0'),
    build: 'upstream',
    steps: twist('1. start the daemon\n2. ask for /nowhere\n3. curl -H "PRIVATE-TOKEN: glpat-xxxxxxxxxxxxxxxxxxxx" …'),
    found_with: 'ai',
    findings_checked: 'yes',
    credit_name: twist('H. H., quality engineer'),
    sensitive: 'unsure',
  };
  const problems = [
    { field: 'deadline', sentence: twist('A date alone is not an instant. Add hour and zone.') },
    { field: 'description', sentence: 'Say what is wrong.' },
  ];
  const key = '5b1f0b9e';
  const found = { field: 'steps', line: 3, from: 27, to: 53, sentence: twist('This looks like a GitLab access token.') };
  const link = 'https://security.harbour.example/harbour/my-report/6e9a1c27m3k9qxw2v5n8r1t4y6z0b2d4';
  return [
    specimen('report', '[C] ', ReportPage({ frame, policy, filled: untouched, idempotencyKey: key })),
    specimen('report-mend', '[C] ', ReportPage({ frame, policy, filled: { values, problems }, idempotencyKey: key })),
    specimen(
      'report-check',
      '[C] ',
      ReportCheckPage({
        frame,
        policy,
        filled: { values, problems: [] },
        idempotencyKey: key,
        findings: [found],
        consent: twist('Everything you send becomes public in the end.'),
      }),
    ),
    specimen(
      'received',
      '[C] ',
      ReceivedPage({ frame, policy, codename: 'amber-kiln', link: `${link}${twist('')}`, held: true, public: false }),
    ),
  ];
}

function casePages(specimen: Make, frame: Frame, policy: Policy, twist: Twist): readonly Specimen[] {
  const held = embargoed(policy, twist);
  const review = inReview(policy, twist);
  const open = (story: Story, actor: typeof mei, at: Instant = now) => viewOf(story, { actor, reach: 'everything', now: at }, twist);
  const full = viewOf(held, { actor: mei, reach: 'everything', now, outbox: heldMail(held) }, twist);
  const own = viewOf(held, { actor: held.reporter, reach: 'own_thread', now }, twist);
  const base = '/harbour/my-report/6e9a1c27m3k9';
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
    specimen('queue', '[C] ', QueuePage({ frame, view: { now, rows: rows(policy, twist) } })),
    specimen('queue-empty', '', QueuePage({ frame, view: { now, rows: [] } })),
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

function answerPages(specimen: Make, frame: Frame, policy: Policy, twist: Twist): readonly Specimen[] {
  const state = stateOf(embargoed(policy, twist));
  const unmet = [
    { gate: 'credit_decided', strength: 'must', sentence: twist('For a reporter it is not decided how they are credited.') },
    { gate: 'on_call: coordinator', strength: 'should', sentence: 'Nobody has agreed to be there at the hour.' },
  ] as const;
  const typed = [['Reason', twist('The backport needs two more days.')]] as const;
  const back = '/harbour/cases/0k7f29qxm4t6w8y1b3d5g7h9j2';
  return [
    specimen('not-found', '', NotFoundPage({ project: frame.project })),
    specimen('failure', '', FailurePage({ frame, id: '7Q2K-91', at: now })),
    specimen(
      'conflict',
      '[E] ',
      ConflictPage({ frame, state, label: twist('Propose an embargo date'), back, typed, changes: [twist('mei proposed a date')] }),
    ),
    specimen('refusal', '[E] ', RefusalPage({ frame, state, label: twist('Say go'), refusal: { kind: 'gates', unmet }, back, typed })),
    specimen(
      'refusal-sentence',
      '[E] ',
      RefusalPage({
        frame,
        state,
        label: 'Say go',
        refusal: { kind: 'invalid', field: 'until', sentence: twist('The date has passed already.') },
        back,
        typed: [],
      }),
    ),
  ];
}

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

/** The policy with every free text twisted; names of roles and groups, which the process looks up, stay. */
function twisted(policy: Policy, twist: Twist): Policy {
  const { intake, eligibility } = policy;
  const because = Object.fromEntries(Object.entries(policy.origins.embargo.because).map(([key, text]) => [key, twist(text)]));
  return {
    ...policy,
    name: twist(policy.name),
    title: twist(policy.title),
    contact: { kind: 'url', url: twist('https://harbour.example/security') },
    sources: { process: twist(policy.sources['process'] ?? '') },
    intake: {
      ...intake,
      channels: intake.channels.map((channel) => (channel.kind === 'mail' ? { ...channel, address: twist(channel.address) } : channel)),
      form: { ...intake.form, help: Object.fromEntries(Object.entries(intake.form.help).map(([name, text]) => [name, twist(text)])) },
    },
    eligibility: { ...eligibility, scope: eligibility.scope.map((row) => ({ ...row, say: twist(row.say) })) },
    origins: { ...policy.origins, embargo: { ...policy.origins.embargo, because } },
    unspecified: policy.unspecified.map(twist),
  };
}

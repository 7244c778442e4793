// SPDX-License-Identifier: Apache-2.0
// Every page with sample views, by name: looked at in a browser, checked by axe, and filled with hostile text by the escaping test.

import type { PolicyArchive } from '../../src/app/policy-archive.ts';
import { processMap } from '../../src/app/process-map.ts';
import { instant } from '../../src/core/model/time.ts';
import type { Policy } from '../../src/core/policy/policy.ts';
import { untouched } from '../../src/web/fields.ts';
import type { Frame } from '../../src/web/frame.ts';
import { AdvisoriesPage } from '../../src/web/pages/advisories.tsx';
import { ConflictPage, FailurePage, NotFoundPage, RefusalPage } from '../../src/web/pages/answers.tsx';
import { MailListPage, MailMessagePage } from '../../src/web/pages/mail.tsx';
import { PolicyPage } from '../../src/web/pages/policy.tsx';
import { PolicyVersionsPage } from '../../src/web/pages/policy-versions.tsx';
import { ProcessPage } from '../../src/web/pages/process.tsx';
import { ReceivedPage } from '../../src/web/pages/received.tsx';
import { RecordPage } from '../../src/web/pages/record.tsx';
import { ReportPage } from '../../src/web/pages/report.tsx';
import { ReportCheckPage } from '../../src/web/pages/report-check.tsx';
import { SignInPage } from '../../src/web/pages/sign-in.tsx';
import { render } from '../../src/web/render.ts';
import { askedPages } from './gallery-asked.ts';
import { casePages } from './gallery-cases.ts';
import { changePages } from './gallery-changes.ts';
import { peoplePages } from './gallery-people.ts';
import { recordPages } from './gallery-record.ts';
import { samplePolicy } from './sample-policy.ts';
import { afterTheEnd, embargoed, now, published } from './samples.ts';
import type { Make, Specimen } from './specimen.ts';
import { stateOf, type Twist, viewOf } from './story.ts';

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
  const specimen: Make = (name, mark, page) => {
    let html: string | undefined;
    // Most who ask for the gallery look at a few of its pages.
    return {
      name,
      mark,
      get html() {
        html ??= render(page);
        return html;
      },
    };
  };
  return [
    ...publicPages(specimen, frame, outside, policy, twist),
    ...reportPages(specimen, outside, policy, twist),
    ...casePages(specimen, frame, policy, twist),
    ...answerPages(specimen, frame, policy, twist),
    ...recordPages(specimen, frame, policy, twist),
    ...changePages(specimen, frame, twist),
    ...askedPages(specimen, frame, policy, twist),
    ...peoplePages(specimen, frame, twist),
  ];
}

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
    earlier: [{ version: 1, href: '/harbour/advisories/HSN-2026-0007-v1.html' }],
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
        service: 'gitlab.harbour.example',
        frame: outside,
        message: twist('Your session has ended'),
        links: [
          { name: twist('mei'), does: twist('coordinator: triage, embargo, release'), href: '/demo/mei' },
          { name: 'anna', does: 'maintainer: fixes', href: '/demo/anna' },
        ],
      }),
    ),
    specimen('sign-in-closed', '', SignInPage({ service: 'gitlab.harbour.example', frame: outside, message: null, links: [] })),
    specimen('policy', '', PolicyPage({ frame: outside, policy })),
    specimen('policy-superseded', '', PolicyPage({ frame: outside, policy, superseded: now })),
    specimen('process', '', ProcessPage({ frame: outside, policy, map: processMap(policy) })),
    specimen('policy-versions', '', PolicyVersionsPage({ frame: outside, versions: versionsOf(policy, twist) })),
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

function versionsOf(policy: Policy, twist: Twist): PolicyArchive {
  const kept = { policy, text: twist('daylight: 1'), sha256: 'f'.repeat(64), from: now, origin: null };
  const changes = [{ key: 'clocks.fix', before: twist('30 days'), after: twist('60 days'), forReporters: null }];
  return [
    { ...kept, policy: { ...policy, version: 2 }, until: null, changes },
    { ...kept, until: now, changes: [] },
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
      ReceivedPage({
        frame,
        policy,
        received: {
          codename: 'amber-kiln',
          key: `dlk6e9a1c27m3k9qxw2v5n8r1t4y6z0b2d4f8g3${twist('')}`,
          page: 'https://security.harbour.example/harbour/my-report',
          held: true,
          public: false,
          queuedUntil: '2026-11-20T00:00:00.000Z' as Frame['now'],
          warnings: [twist('Rather than .zip, add the files one by one.')],
        },
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

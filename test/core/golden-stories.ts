// SPDX-License-Identifier: Apache-2.0
// The stories from which the golden logs of this release were made: together they have every kind of event.

import type { CaseAction } from '../../src/core/model/action.ts';
import type { ContentRef } from '../../src/core/model/content.ts';
import type { PatchCheck } from '../../src/core/model/patches.ts';
import { shifted } from '../../src/core/model/time.ts';
import type { Policy } from '../../src/core/policy/policy.ts';
import { stillSaid } from '../../src/core/process/still-said.ts';
import { Bench, content, patchFile, person, piece, preset, processItself, report, reporter, reporterId, start } from '../support/core.ts';
import { packager, partyName, withPackagers } from '../support/parties.ts';
import { endStories } from './golden-ends.ts';
import { partStories } from './golden-parts.ts';
import { at, certain, number, on, team } from './journey.ts';
import { doIn, mark, pairOf, reporterOf, secondReporter, tickPair } from './pair.ts';

export interface GoldenStory {
  readonly policy: string;
  tell(): Bench;
}

const until = (end: string, changes: object = {}): CaseAction =>
  ({
    kind: 'propose-embargo',
    until: end,
    zone: 'Europe/Prague',
    reason: content(),
    restart: null,
    circumstances: null,
    evidence: null,
    purposes: [],
    ...changes,
  }) as never;
const withProof = report({
  report: [content('description', 'shared'), { ...content('field', 'proof'), field: 'reproducer', participant: reporterId }],
});

/** The preset with another way of opening. */
function opening(name: string, publication: Partial<Policy['publication']>): Policy {
  const policy = preset(name);
  return { ...policy, publication: { ...policy.publication, ...publication } };
}

/** What the process finds of the first patch of a case. */
function checked({ state }: Bench): PatchCheck {
  const [patch] = state.branches.flatMap(({ patches }) => patches);
  const trailers = [
    { name: 'Fixes', of: number },
    { name: 'Resolves', of: 'issue' as const },
    { name: 'Signed-off-by', of: null },
  ];
  const commits = [{ signedOff: true, numbers: [number], issue: 'closes' as const, trailers }];
  return { patch: certain(patch).id, branch: 'master', applies: 'yes', commits };
}

const maint = { branch: 'v11.9-maint', component: null };

export const goldenStories: Readonly<Record<string, GoldenStory>> = {
  ...endStories,
  ...partStories,
  '01-notice-at-the-hour': {
    policy: 'libvirt-2023',
    tell() {
      const policy = preset('libvirt-2023');
      const { anna, boris } = team(policy);
      const bench = new Bench(policy, report({ channel: 'mail', mailbox: 'security@lists.libvirt.org', consent: null }));
      bench.do(anna, { kind: 'release-report' });
      on(bench, 'received', 'confirmed');
      bench.do(anna, { kind: 'send-message', body: content('message', 'shared'), to: [reporterId] });
      bench.do(reporter, { kind: 'answer-team', body: content('message', 'shared'), attachments: [patchFile()] });
      bench.do(anna, { kind: 'add-note', body: content('note') });
      bench.do(anna, { kind: 'add-person', person: 'olga' as never });
      bench.do(anna, { kind: 'remove-person', person: 'olga' as never });
      bench.do(anna, { kind: 'narrow-access', people: ['anna', 'boris', bench.state.owner ?? 'anna'] as never, reason: content() });
      bench.do(anna, { kind: 'propose-widening', reason: content() });
      bench.do(boris, { kind: 'widen-access' });
      bench.vendors = [{ role: 'vendor' as never, people: ['anna', 'boris'] as never }];
      bench.do(boris, { kind: 'say-ready' });
      bench.do(boris, until('2026-11-12T10:00:00.000Z'));
      bench.do(reporter, { kind: 'refuse-embargo', reason: content('reason', 'shared') });
      bench.do(boris, until('2026-11-13T10:00:00.000Z'));
      bench.do(reporter, { kind: 'agree-embargo' });
      bench.do(boris, { kind: 'agree-bundle' });
      bench.do(anna, { kind: 'judge-branch', ...maint, group: 'stable', affected: true });
      bench.later(8 * 24);
      bench.do(processItself, { kind: 'remind', clock: 'embargo.warning:3 days' });
      on(bench, 'confirmed', 'reviewed');
      bench.do(boris, { kind: 'return-advisory', reason: content() });
      on(bench, 'numbered', 'credited');
      bench.do(anna, { kind: 'approve-release' });
      bench.do(boris, { kind: 'stop-release', reason: content() });
      on(bench, 'credited', 'merged');
      bench.do(anna, { kind: 'record-release', branch: 'master', component: null, tag: 'v11.10.0' });
      bench.do(anna, { kind: 'close-case' });
      return bench;
    },
  },
  '02-posted-patch': {
    policy: 'qemu-2026',
    tell() {
      const policy = preset('qemu-2026');
      const { anna } = team(policy);
      const bench = at('confirmed', policy);
      bench.do(person('mei', 'maintainer'), { kind: 'start-fixing' });
      bench.do(
        person('mei', 'maintainer'),
        until('2026-11-04T12:00:00.000Z', { circumstances: content(), evidence: content('evidence'), deviation: content() }),
      );
      bench.do(person('mei', 'maintainer'), { kind: 'end-embargo', exit: 'early_agreed', reason: content() });
      on(bench, 'confirmed', 'numbered');
      bench.do(processItself, { kind: 'record-patch-check', check: checked(bench) });
      on(bench, 'approved', 'merged');
      bench.do(anna, { kind: 'close-case' });
      return bench;
    },
  },
  '03-advisory-with-people-on-call': {
    policy: 'openstack-vmt',
    tell() {
      const policy = preset('openstack-vmt');
      const { anna } = team(policy);
      const bench = at('numbered', policy);
      bench.do(anna, until('2026-11-19T15:00:00.000Z'));
      bench.do(reporter, { kind: 'agree-embargo' });
      on(bench, 'numbered', 'merged');
      bench.do(anna, { kind: 'close-case' });
      return bench;
    },
  },
  '04-bundle-at-the-cap': {
    policy: 'libvirt-2023',
    tell() {
      const policy = preset('libvirt-2023');
      const { anna, boris } = team(policy);
      const bench = at('confirmed', policy, report({ deadline: '2026-11-06T18:00:00.000Z' as never }));
      bench.do(anna, { kind: 'propose-bundle', summary: content('summary') });
      bench.do(boris, { kind: 'agree-bundle' });
      bench.now = '2026-11-06T18:00:00.000Z' as never;
      bench.do(processItself, { kind: 'publish-bundle' });
      return bench;
    },
  },
  '05-leak-and-no-number': {
    policy: 'libvirt-2023',
    tell() {
      const policy = preset('libvirt-2023');
      const { anna } = team(policy);
      const bench = at('confirmed', policy);
      bench.do(anna, { kind: 'waive-cve', flaw: 'flaw1' as never, reason: content() });
      bench.do(anna, { kind: 'record-fact', fact: 'leaked', since: bench.now, evidence: content('evidence') });
      return bench;
    },
  },
  '08-parties-and-a-breach': {
    policy: 'openstack-vmt',
    tell() {
      const policy = withPackagers(preset('openstack-vmt'), { duties: ['public_post'], readFirst: 'Share it with nobody.' });
      const { anna } = team(policy);
      const pat = person('pat', packager);
      const bench = at('numbered', policy);
      const distros = 'linux-distros';
      bench.do(anna, { kind: 'propose-party', party: partyName, reason: content() });
      bench.do(anna, { kind: 'acknowledge-rules', rules: `party:${partyName}`, text: 'e'.repeat(64) });
      bench.do(anna, { kind: 'decide-agents', allowed: false, reason: content() });
      bench.do(anna, { kind: 'screen-party', party: partyName, cleared: true, reason: content() });
      bench.do(anna, { kind: 'record-fact', fact: 'exploited', since: bench.now, evidence: content('evidence') });
      bench.do(anna, { kind: 'keep-embargo', fact: 'exploited', reason: content() });
      bench.do(anna, { kind: 'notify-party', party: partyName, text: content('party_notice') });
      bench.do(anna, { kind: 'record-notice', party: distros, since: bench.now, evidence: content('evidence'), deviation: content() });
      bench.do(anna, { kind: 'record-answer', party: distros, answer: 'acknowledged', evidence: content('evidence') });
      bench.do(pat, { kind: 'accept-terms' });
      bench.do(pat, { kind: 'acknowledge-notice' });
      bench.do(pat, { kind: 'write-to-team', body: content('party_message'), attachments: [] });
      bench.do(anna, { kind: 'write-to-party', party: partyName, body: content('party_message') });
      bench.do(pat, { kind: 'raise-objection', reason: content() });
      bench.do(pat, { kind: 'say-ready' });
      bench.do(anna, { kind: 'record-breach', party: partyName, since: bench.now, evidence: content('evidence') });
      on(bench, 'numbered', 'disclosed');
      bench.do(anna, { kind: 'record-duty', party: distros, duty: 'public_post', evidence: content('evidence') });
      return bench;
    },
  },
  '06-no-flaw': {
    policy: 'openstack-vmt',
    tell() {
      const bench = at('eligible', preset('openstack-vmt'));
      bench.do(team(bench.policy).anna, { kind: 'dismiss-flaw', reason: content('reason', 'shared'), class: 'D' });
      return bench;
    },
  },
  '10-a-second-finder-and-a-component': { policy: 'openstack-vmt', tell: () => twoReports().one },
  '11-duplicate-undone-and-marked-again': { policy: 'openstack-vmt', tell: () => twoReports().other },
  '08-struck-out': {
    policy: 'openstack-vmt',
    tell() {
      const bench = at(
        'confirmed',
        opening('openstack-vmt', { proofOfConcept: { kind: 'after_disclosure', delay: { amount: 7, unit: 'days' } } }),
        withProof,
      );
      const { anna, boris } = team(bench.policy);
      const propose = (redaction: string, span: ContentRef | null): CaseAction => ({
        kind: 'propose-redaction',
        redaction: redaction as never,
        piece: noted,
        span,
        why: 'tokens',
        destroys: span === null,
        opens: false,
      });
      const noted = piece('anna');
      bench.do(anna, { kind: 'add-note', body: { ...content('note'), id: noted.id as never }, never: 'personal_data' });
      bench.do(anna, { kind: 'classify-content', piece: noted, why: null });
      bench.do(anna, propose('redaction1', content('span', 'withheld')));
      bench.do(boris, {
        kind: 'approve-redaction',
        redaction: 'redaction1' as never,
        copy: content('note'),
        covers: ['redaction1' as never],
      });
      bench.do(anna, {
        kind: 'keep-finding',
        finding: { piece: noted.id, hash: 'h' },
        span: content('span', 'withheld'),
        reason: content(),
      });
      bench.do(anna, propose('redaction2', null));
      bench.do(boris, { kind: 'decline-redaction', redaction: 'redaction2' as never });
      bench.do(anna, propose('redaction3', null));
      bench.do(boris, { kind: 'approve-redaction', redaction: 'redaction3' as never, copy: null, covers: [] });
      on(bench, 'confirmed', 'disclosed');
      bench.later(7 * 24);
      bench.do(processItself, { kind: 'open-proofs' });
      return bench;
    },
  },
  '09-left-to-the-reporter': {
    policy: 'qemu-2026',
    tell() {
      const bench = at('confirmed', opening('qemu-2026', { scope: 'fix_only', proofOfConcept: { kind: 'reporter_decides' } }), withProof);
      bench.do(reporter, { kind: 'decide-proof', open: true });
      bench.do(reporter, { kind: 'agree-to-opening' });
      return bench;
    },
  },
  '16-branch-let-go': {
    policy: 'minimal',
    tell() {
      const policy = preset('minimal');
      const maintained = [{ branch: 'old', from: null, until: { at: shifted(start, { hours: 48 }), zone: 'UTC' } }];
      const bench = at('taken', { ...policy, branches: { ...policy.branches, groups: { development: ['main', 'old'] }, maintained } });
      on(bench, 'taken', 'patched');
      bench.later(48);
      bench.do(processItself, { kind: 'retire-branches' });
      return bench;
    },
  },
  '15-moved-to-another-version': {
    policy: 'libvirt-2012',
    tell() {
      const bench = at('confirmed', preset('libvirt-2012'));
      const { anna } = team(bench.policy);
      bench.do(anna, { kind: 'judge-branch', ...maint, group: 'stable', affected: true });
      bench.target = { policy: preset('libvirt-2023'), sha256: 'e'.repeat(64), changed: ['branches.should'] };
      bench.do(anna, { kind: 'migrate-policy', to: 'e'.repeat(64), reason: content('reason', 'shared') });
      return bench;
    },
  },
  '07-spam': {
    policy: 'libvirt-2023',
    tell() {
      const bench = new Bench(preset('libvirt-2023'), report({ channel: 'mail', mailbox: 'security@lists.libvirt.org', consent: null }));
      bench.do(person('mo', 'moderator'), { kind: 'discard-report', reason: null });
      return bench;
    },
  },
  '21-class-in-the-open': {
    policy: 'openstack-vmt',
    tell() {
      const bench = at('eligible', preset('openstack-vmt'));
      bench.do(team(bench.policy).anna, { kind: 'set-class', class: 'C1' });
      return bench;
    },
  },
  '28-class-without-an-advisory': {
    policy: 'openstack-vmt',
    tell() {
      const bench = at('confirmed', preset('openstack-vmt'));
      bench.do(team(bench.policy).anna, { kind: 'set-class', class: 'C1' });
      return bench;
    },
  },
  '22-names-while-armed': {
    policy: 'libvirt-2023',
    tell() {
      const bench = at('prepared', preset('libvirt-2023'));
      const name = content('credit_name', 'withheld');
      bench.do(reporter, { kind: 'decide-credit', participant: reporterId, decision: 'named', name });
      bench.do(team(bench.policy).anna, { kind: 'decide-own-credit', as: 'patcher', decision: 'declined', name: null });
      return bench;
    },
  },
  '23-made-anew-for-the-hour': {
    policy: 'libvirt-2023',
    tell() {
      const bench = at('armed', preset('libvirt-2023'));
      const documents = [{ format: 'text', file: 'notice.txt', sha256: 'f'.repeat(64) }];
      const end = bench.state.embargo.until ?? bench.now;
      bench.do(processItself, { kind: 'record-preparation', documents, published: end, text: 'e'.repeat(64) });
      bench.now = shifted(end, { hours: 2 });
      bench.do(processItself, { kind: 'publish-case' });
      bench.do(processItself, { kind: 'record-preparation', documents, published: bench.now, text: 'e'.repeat(64) });
      bench.do(processItself, { kind: 'publish-case' });
      return bench;
    },
  },
  '25-signed-by-a-person': {
    policy: 'libvirt-2023',
    tell() {
      const bench = at('armed', preset('libvirt-2023'));
      const text = { format: 'text', file: 'notice.txt', sha256: 'f'.repeat(64) };
      const page = { format: 'html', file: 'notice.html', sha256: 'd'.repeat(64) };
      const published = bench.state.embargo.until ?? bench.now;
      const unsigned = [text.file, page.file];
      bench.do(processItself, { kind: 'record-preparation', documents: [text, page], published, text: 'e'.repeat(64), unsigned });
      const { anna, boris } = team(bench.policy);
      const keys = ['0123456789ABCDEF0123456789ABCDEF01234567'];
      bench.do(anna, { kind: 'sign-documents', signatures: [], documents: [{ ...text, sha256: 'c'.repeat(64) }], keys });
      bench.do(boris, { kind: 'sign-documents', signatures: [], documents: [page], keys });
      bench.now = published;
      bench.do(processItself, { kind: 'publish-case' });
      return bench;
    },
  },
  '90-message-taken-back': {
    policy: 'libvirt-2023',
    tell() {
      const policy = preset('libvirt-2023');
      const { anna, boris } = team(policy);
      const bench = at('confirmed', policy);
      bench.do(anna, { kind: 'send-message', body: content('message', 'shared'), to: [reporterId] });
      bench.do(boris, {
        kind: 'withdraw-message',
        ...takenBack(bench),
      });
      return bench;
    },
  },
  '92-message-to-a-party-taken-back': {
    policy: 'openstack-vmt',
    tell() {
      const policy = withPackagers(preset('openstack-vmt'), { duties: ['public_post'], readFirst: 'Share it with nobody.' });
      const { anna } = team(policy);
      const bench = at('numbered', policy);
      const taken = content('party_message');
      bench.do(anna, { kind: 'propose-party', party: partyName, reason: content() });
      bench.do(anna, { kind: 'acknowledge-rules', rules: `party:${partyName}`, text: 'e'.repeat(64) });
      bench.do(anna, { kind: 'screen-party', party: partyName, cleared: true, reason: content() });
      bench.do(anna, { kind: 'notify-party', party: partyName, text: content('party_notice') });
      bench.do(person('pat', packager), { kind: 'accept-terms' });
      bench.do(anna, { kind: 'write-to-party', party: partyName, body: taken });
      bench.do(anna, { kind: 'withdraw-party-message', party: partyName, message: bench.state.version, closes: taken.id });
      return bench;
    },
  },
  '91-first-answer-taken-back': {
    policy: 'libvirt-2023',
    tell() {
      const policy = preset('libvirt-2023');
      const { anna } = team(policy);
      const bench = at('taken', policy);
      bench.do(anna, { kind: 'send-message', body: content('message', 'shared'), to: [reporterId] });
      bench.later(0.01);
      bench.do(anna, { kind: 'withdraw-message', ...takenBack(bench) });
      return bench;
    },
  },
  '27-fix-reopened': {
    policy: 'openstack-vmt',
    tell() {
      const bench = at('fixed', preset('openstack-vmt'));
      const { anna } = team(bench.policy);
      bench.do(anna, { kind: 'judge-branch', branch: 'stable/2026.1', component: null, group: 'stable', affected: true });
      return bench;
    },
  },
  '20-table-asked-again': {
    policy: 'qemu-2026',
    tell() {
      const policy = preset('qemu-2026');
      const { anna } = team(policy);
      const question = { kind: 'question', field: 'machine', rule: 'virtualization' } as const;
      const bench = new Bench(policy, report({ proposal: question }));
      bench.do(anna, { kind: 'take-up-case' });
      const machine = { ...content('field', 'shared'), field: 'machine', participant: reporterId };
      const proposal = { kind: 'verdict', verdict: 'out', rule: 'other-machine' } as const;
      bench.do(anna, { kind: 'correct-answers', answers: [machine], proposal });
      bench.do(anna, { kind: 'decide-eligibility', verdict: 'in', rule: null, reason: content('reason', 'shared') });
      return bench;
    },
  },
  '24-let-into-a-narrowed-case': {
    policy: 'libvirt-2023',
    tell() {
      const bench = at('eligible', preset('libvirt-2023'));
      const { anna } = team(bench.policy);
      const cleo = { person: 'cleo' as never, reason: content() };
      bench.do(anna, { kind: 'narrow-access', people: ['anna', 'boris', bench.state.owner ?? 'anna'] as never, reason: content() });
      bench.do(anna, { kind: 'name-reader', ...cleo });
      bench.do(processItself, { kind: 'name-reader', ...cleo, voice: 'ada' as never });
      return bench;
    },
  },
};

/** One report joins another case, stands by itself again and joins once more; the target is split, has two flaws and two components, and is published. */
function twoReports() {
  const policy = {
    ...preset('openstack-vmt'),
    duplicates: { reporterLearns: 'the_case', credit: 'every_reporter', rediscovery: 'ask' },
  } as const;
  const { anna, boris } = team(policy);
  const pair = { one: at('confirmed', policy), other: pairOf(policy).other };
  const { one, other } = pair;
  doIn(pair, other, anna, mark(one.state.case));
  doIn(pair, other, anna, { kind: 'undo-duplicate', reason: content() });
  doIn(pair, other, anna, mark(one.state.case, { independent: false }));
  one.do(anna, { kind: 'answer-rediscovery', publish: false, reason: content() });
  doIn(pair, one, anna, {
    kind: 'split-case',
    parts: [{ case: 'case3' as never, codename: 'wide-otter', title: content('title') }],
    title: null,
    reason: content(),
    stood: [],
  });
  one.do(anna, { kind: 'add-flaw', flaw: 'flaw2' as never, title: content('title') });
  one.do(anna, { kind: 'drop-flaw', flaw: 'flaw2' as never, reason: content() });
  one.do(anna, { kind: 'add-component', component: 'nova', person: null, branches: [] });
  one.do(anna, { kind: 'assign-component', component: 'nova', person: 'boris' as never });
  on(one, 'confirmed', 'fixed');
  one.do(boris, { kind: 'finish-component', component: 'nova' });
  one.do(anna, { kind: 'drop-component', component: 'nova', reason: content() });
  other.do(reporterOf(other), { kind: 'decide-credit', participant: secondReporter, decision: 'declined', name: null });
  tickPair(pair);
  return pair;
}

/** The last message, as it is taken back from its reporter. */
function takenBack({ log }: Bench) {
  const message = log.findLast(({ kind }) => kind === 'message-sent')?.seq ?? 0;
  return { message, to: reporterId, still: stillSaid(log, message, reporterId) };
}

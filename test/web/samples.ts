// SPDX-License-Identifier: Apache-2.0
// Sample cases: one just received, one fixing under embargo, one whose embargo has ended, one published in full, one that became an ordinary bug.

import type { FlawId, ParticipantId } from '../../src/core/model/identifiers.ts';
import { cveId } from '../../src/core/model/identifiers.ts';
import { instant } from '../../src/core/model/time.ts';
import type { Policy } from '../../src/core/policy/policy.ts';
import type { Outgoing } from '../../src/ports/store/outbox.ts';
import { packager, partyName, withPackagers } from '../support/parties.ts';
import {
  anna,
  attach,
  begin,
  mei,
  participant,
  person,
  type Report,
  refer,
  type Story,
  stateOf,
  type Twist,
  then,
  theProcess,
  tomas,
} from './story.ts';

const flaw = 'f-1' as FlawId;

const report: Report = {
  id: '0k7f29qxm4t6w8y1b3d5g7h9j2',
  codename: 'tidal-heron',
  at: '2026-11-04T08:12Z',
  title: 'A client on the read-only socket can stop the daemon',
  description:
    'Asking for a pool by its target path follows an empty pointer when an active pool has no such path.\n\nNo write permission is needed. Running guests go on, but nobody can manage them until the daemon is back.',
  fields: {
    version: 'v9.2.0-214-g6e9a1c2',
    steps: '1. start the daemon\n2. define a network pool\n3. ask for /nowhere',
    found_with: 'fuzzer',
    build: 'upstream',
  },
  file: 'repro.sh',
  component: 'storage',
  sensitive: 'unsure',
};

export function received(policy: Policy, twist: Twist): Story {
  return begin(policy, { ...report, id: '1received9qxm4t6w8y1b3d5g7', codename: 'amber-kiln', at: '2026-11-23T18:12Z' }, twist);
}

function confirmed(policy: Policy, twist: Twist, own: Partial<Report> = {}): Story {
  let story = begin(policy, { ...report, ...own }, twist);
  const reason = (text: string) => refer(story, { kind: 'reason', audience: 'shared' }, twist(text));
  story = then(story, anna, '2026-11-04T11:20Z', { kind: 'take-up-case' });
  const body = refer(
    story,
    { kind: 'message', audience: 'shared' },
    twist('Thank you. We see the same crash and are looking at who can reach that socket.'),
  );
  story = then(story, anna, '2026-11-04T11:31Z', { kind: 'send-message', body, to: [participant] });
  story = then(story, anna, '2026-11-05T09:02Z', {
    kind: 'decide-eligibility',
    verdict: 'in',
    rule: 'daemon',
    reason: reason('The daemon has to withstand its clients.'),
  });
  const summary = refer(
    story,
    { kind: 'summary', audience: 'shared' },
    twist('A read-only client can stop the daemon. Close the read-only socket until a fix is out.'),
  );
  return then(story, anna, '2026-11-16T15:00Z', {
    kind: 'confirm-flaw',
    flaws: [flaw],
    class: 'A',
    severity: { level: 'high', vector: 'CVSS:3.1/AV:N/AC:L/PR:L/UI:N/S:U/C:N/I:N/A:H' },
    reason: reason('Reproduced on main and on stable-9.2.'),
    summary,
    branches: [],
  });
}

/** Under embargo: a patch in review, a note, an answer from outside, a proposal to move the date. */
export function embargoed(policy: Policy, twist: Twist): Story {
  let story = confirmed(policy, twist);
  const on = (branch: string) => ({ branch, component: stateOf(story).component });
  const patch = () => attach(story, { purpose: 'patch', audience: 'team', bytes: 2180 }, twist('0001-storage-check-the-path.patch'));
  story = then(story, anna, '2026-11-17T09:40Z', { kind: 'add-patch', patch: patch(), signedOff: true, ...on('main') });
  story = then(story, anna, '2026-11-17T09:44Z', { kind: 'add-patch', patch: patch(), signedOff: true, ...on('stable-9.2') });
  story = then(story, tomas, '2026-11-18T14:02Z', { kind: 'approve-patch', ...on('main') });
  story = then(story, mei, '2026-11-18T14:30Z', { kind: 'request-cve', flaw });
  story = then(story, mei, '2026-11-20T10:00Z', { kind: 'record-cve', flaw, number: cveId('CVE-2026-10703') ?? stop() });
  const note = refer(
    story,
    { kind: 'note', audience: 'team' },
    twist('One distribution builds 9.1 only. If they stay silent I call them on Friday.'),
  );
  story = then(story, anna, '2026-11-23T17:48Z', { kind: 'add-note', body: note });
  const answer = refer(
    story,
    { kind: 'message', audience: 'shared', participant },
    twist('Read the draft. The accidental form needs no client at all, a network fault is enough.\nPlease credit me with my affiliation.'),
  );
  story = then(story, story.reporter, '2026-11-24T08:14Z', { kind: 'answer-team', body: answer, attachments: [] });
  const impact = refer(
    story,
    { kind: 'impact', audience: 'shared' },
    twist('Whoever may open a read-only connection can stop the daemon. No data is read or changed.'),
  );
  story = then(story, anna, '2026-11-24T08:40Z', { kind: 'describe-impact', impact, frame: [] });
  const why = refer(story, { kind: 'reason', audience: 'shared' }, twist('The backport to 9.1 needs two more days.'));
  return then(story, mei, '2026-11-24T09:00Z', {
    kind: 'propose-embargo',
    until: instant('2026-11-30T15:00Z'),
    zone: 'Europe/Prague',
    reason: why,
    restart: null,
    circumstances: null,
    evidence: null,
    purposes: [],
  });
}

/** When the gallery is looked at. */
export const now = instant('2026-11-24T09:30Z');

/** The same case a month later, still private: nobody said go. */
export const afterTheEnd = instant('2026-12-20T08:00Z');

/** Everything is ready for the hour, and one of two people has said go. */
export function goneOnce(policy: Policy, twist: Twist): Story {
  let story = confirmed(policy, twist, { id: '2published9qxm4t6w8y1b3d5g', codename: 'low-meadow' });
  for (const branch of ['main', 'stable-9.2', 'stable-9.1']) {
    const on = { branch, component: stateOf(story).component };
    const patch = attach(story, { purpose: 'patch', audience: 'team', bytes: 2180 }, twist('0001.patch'));
    story = then(story, anna, '2026-11-17T09:40Z', { kind: 'add-patch', patch, signedOff: true, ...on });
    story = then(story, tomas, '2026-11-18T14:02Z', { kind: 'approve-patch', ...on });
  }
  const inReview = written(story, twist);
  story = then(inReview, mei, '2026-11-20T10:00Z', { kind: 'approve-advisory' });
  story = then(story, mei, '2026-11-20T10:01Z', { kind: 'record-cve', flaw, number: cveId('CVE-2026-10704') ?? stop() });
  story = then(story, story.reporter, '2026-11-21T10:01Z', {
    kind: 'decide-credit',
    participant,
    decision: 'named',
    name: refer(story, { kind: 'credit_name', audience: 'shared', participant }, twist('H. H., quality engineer')),
  });
  story = then(story, mei, '2026-11-22T08:00Z', { kind: 'go-on-call', role: mei.roles[0] ?? stop() });
  return then(story, mei, '2026-11-23T08:00Z', { kind: 'approve-release' });
}

/** Numbered, written, approved, released, announced: the whole way. */
export function published(policy: Policy, twist: Twist): Story {
  let story = goneOnce(policy, twist);
  story = then(story, tomas, '2026-11-23T08:30Z', { kind: 'approve-release' });
  story = then(story, theProcess, '2026-11-23T08:31Z', {
    kind: 'record-preparation',
    documents: [{ format: 'text', file: 'HSN-2026-0007.txt', sha256: '0'.repeat(64) }],
  });
  story = then(story, theProcess, '2026-11-30T15:00Z', { kind: 'publish-case' });
  story = then(story, theProcess, '2026-11-30T15:01Z', { kind: 'confirm-channel', channel: '0:site', evidence: null });
  return then(story, theProcess, '2026-11-30T15:04Z', {
    kind: 'confirm-channel',
    channel: '1:mail',
    evidence: refer(story, { kind: 'evidence', audience: 'shared' }, twist('https://lists.example/announce/2026/11/0007')),
  });
}

/** Of another project; its reporter is asked whether it may be passed on. */
export function sentAway(policy: Policy, twist: Twist): Story {
  const begun = begin(policy, { ...report, id: '5elsewhere9qxm4t6w8y1b3d5g', codename: 'quiet-ferry' }, twist);
  const taken = then(begun, anna, '2026-11-04T11:20Z', { kind: 'take-up-case' });
  const reason = refer(taken, { kind: 'reason', audience: 'shared' }, twist('The flaw is in the kernel.'));
  return then(taken, anna, '2026-11-05T09:02Z', {
    kind: 'decide-eligibility',
    verdict: 'elsewhere',
    rule: null,
    reason,
    target: refer(taken, { kind: 'reason', audience: 'shared' }, twist('The Linux kernel')),
  });
}

/** A written advisory that waits for its review. */
export function inReview(policy: Policy, twist: Twist): Story {
  return written(confirmed(policy, twist, { id: '3inreview09qxm4t6w8y1b3d5g', codename: 'plain-harbour' }), twist);
}

function written(story: Story, twist: Twist): Story {
  const advisory = refer(story, { kind: 'advisory', audience: 'team' }, twist('{}'));
  const saved = then(story, anna, '2026-11-19T10:00Z', {
    kind: 'write-advisory',
    advisory,
    parts: ['summary', 'conditions', 'affected_versions', 'workaround'],
  });
  return then(saved, anna, '2026-11-19T10:05Z', { kind: 'submit-advisory' });
}

/** Out of scope: public at once, as an ordinary bug. */
export function ordinaryBug(policy: Policy, twist: Twist): Story {
  let story = begin(policy, { ...report, id: '4ordinary09qxm4t6w8y1b3d5g', codename: 'paper-compass', component: null }, twist);
  story = then(story, mei, '2026-11-05T08:00Z', { kind: 'take-up-case' });
  const reason = refer(story, { kind: 'reason', audience: 'shared' }, twist('The monitor controls the daemon by design.'));
  return then(story, mei, '2026-11-05T09:00Z', { kind: 'decide-eligibility', verdict: 'out', rule: null, reason });
}

export function heldMail(story: Story): readonly Outgoing[] {
  const base = { case: story.id, seq: 3, attempts: 0 } as const;
  const to = { kind: 'reporter', participant: participant as ParticipantId } as const;
  return [
    {
      ...base,
      id: 'm-1',
      notice: 'message',
      to,
      state: 'waiting',
      heldUntil: instant('2026-11-24T09:30:40Z'),
      sentAt: null,
      outcome: null,
    },
    {
      ...base,
      id: 'm-2',
      notice: 'acknowledgement',
      to,
      state: 'sent',
      heldUntil: null,
      sentAt: instant('2026-11-04T08:12:30Z'),
      outcome: '250 ok',
    },
    {
      ...base,
      id: 'm-3',
      notice: 'reminder',
      to: { kind: 'right', right: 'handle' },
      state: 'failed',
      heldUntil: null,
      sentAt: null,
      outcome: '550 no such user',
    },
  ];
}

function stop(): never {
  throw new Error('a sample is not well formed');
}

/** A member of the packagers, a party. */
export const pat = person('p-pat', packager);

function withParty(policy: Policy): Policy {
  const { roles, reviews, ...rest } = withPackagers(policy);
  return {
    ...rest,
    reviews: { ...reviews, impact: null },
    roles: { ...roles, coordinator: { ...(roles['coordinator'] ?? stop()), may: ['handle', 'notify_parties'] } },
  };
}

/** An embargoed case, with the packagers told and their terms accepted by one of them. */
export function toldParty(policy: Policy, twist: Twist, accepted = true): Story {
  const story = confirmed(withParty(policy), twist, { id: '4toldparty9qxm4t6w8y1b3d5g', codename: 'quiet-jetty' });
  const text = refer(
    story,
    { kind: 'party_notice', audience: 'team' },
    twist('Please rebuild on the day, and say here when you are ready.'),
  );
  const told = then(story, mei, '2026-11-24T08:00Z', { kind: 'notify-party', party: partyName, text });
  if (!accepted) return told;
  const admitted = then(told, pat, '2026-11-24T08:20Z', { kind: 'accept-terms' });
  const message = (words: string) => refer(story, { kind: 'party_message', audience: 'team' }, twist(words));
  const asked = message('May we rebuild on the day before, if nothing leaves our build machines?');
  const written = then(admitted, pat, '2026-11-24T09:00Z', { kind: 'write-to-team', body: asked, attachments: [] });
  return then(written, mei, '2026-11-24T11:30Z', {
    kind: 'write-to-party',
    party: partyName,
    body: message('Yes. Publish nothing before the hour.'),
  });
}

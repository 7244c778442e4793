// SPDX-License-Identifier: Apache-2.0
// The same for the gates of the agreement and of the parties.

import type { CaseAction } from '../../src/core/model/action.ts';
import { shifted } from '../../src/core/model/time.ts';
import type { DisclosureChannel } from '../../src/core/policy/disclosure-rules.ts';
import type { Bench } from '../support/core.ts';
import { content, person } from '../support/core.ts';
import { packager, partyName } from '../support/parties.ts';
import type { GateCase } from './gate-cases.ts';
import { byAnna, fixChanged, inPolicy, inState, scene } from './gate-cases.ts';
import { certain, team } from './journey.ts';

const pat = person('pat', packager);
const byPat = () => pat;
const notAccepted = inState((state) => ({ parties: state.parties.map((party) => ({ ...party, accepted: [] })) }));

function cleared(bench: Bench): void {
  bench.do(team(bench.policy).anna, { kind: 'screen-party', party: partyName, cleared: true, reason: content() });
}

function proposed(bench: Bench): void {
  const { anna } = team(bench.policy);
  bench.do(anna, { kind: 'propose-party', party: partyName, reason: content() });
  bench.do(anna, { kind: 'acknowledge-rules', rules: `party:${partyName}`, text: 'e'.repeat(64) });
}

const ruled = (channel: DisclosureChannel): DisclosureChannel =>
  channel.kind === 'mail' ? { ...channel, readFirst: 'All of it in the message.' } : channel;

function told(bench: Bench): void {
  cleared(bench);
  bench.do(team(bench.policy).anna, { kind: 'notify-party', party: partyName, text: null });
}

function admitted(bench: Bench): void {
  told(bench);
  bench.do(pat, { kind: 'accept-terms' });
}

/** Another date by a day, which in this policy is a day of disclosure too. */
const another =
  (hours: number) =>
  (bench: Bench): CaseAction => ({
    kind: 'propose-embargo',
    until: shifted(certain(bench.state.embargo.until), { hours }),
    zone: 'UTC',
    reason: content(),
    restart: null,
    circumstances: null,
    evidence: null,
    purposes: [],
  });

export const partyGateCases: readonly GateCase[] = [
  ...scene(
    {
      policy: 'packaging',
      stage: 'numbered',
      action: () => ({ kind: 'notify-party', party: partyName, text: null }),
      actor: byAnna,
      before: cleared,
    },
    {
      party_cleared: inState(() => ({ parties: [] })),
      not_out_yet: fixChanged({ state: 'posted' }),
      not_too_early: inPolicy(({ downstream }) => ({
        downstream: { ...downstream, leadTime: { least: 'at once', most: { amount: 2, unit: 'business days' } } },
      })),
      limit_kept: inPolicy(({ downstream }) => ({
        downstream: { ...downstream, parties: downstream.parties.map((party) => ({ ...party, limit: { amount: 1, unit: 'days' } })) },
      })),
      patches_before_notice: fixChanged({ state: 'patch_private' }),
      impact_before_notice: inState(() => ({ impact: null })),
    },
  ),
  ...scene(
    {
      policy: 'proposing',
      stage: 'numbered',
      action: () => ({ kind: 'notify-party', party: partyName, text: null }),
      actor: byAnna,
      before: proposed,
    },
    { party_proposed: inState(() => ({ parties: [] })), party_rules_read: inState(() => ({ rulesRead: [] })) },
  ),
  ...scene(
    {
      policy: 'libvirt',
      stage: 'prepared',
      action: () => ({ kind: 'approve-release' }),
      actor: byAnna,
      before: (bench) => void bench.do(byAnna(bench), { kind: 'stop-release', reason: null }),
    },
    { rules_read: inPolicy(({ disclosure }) => ({ disclosure: { ...disclosure, channels: disclosure.channels.map(ruled) } })) },
  ),
  ...scene(
    {
      policy: 'admitting',
      stage: 'confirmed',
      action: () => ({ kind: 'decide-agents', allowed: true, reason: content() }),
      actor: byAnna,
    },
    { agents_admitted: inPolicy(({ agents }) => ({ agents: { ...agents, underEmbargo: 'nothing' } })) },
  ),
  ...scene(
    { policy: 'packaging', stage: 'numbered', action: another(-24), actor: byPat, before: admitted },
    { terms_accepted: notAccepted },
  ),
  ...scene(
    {
      policy: 'packaging',
      stage: 'numbered',
      action: another(7 * 24),
      actor: () => person('ola', 'coordinator'),
      before: told,
    },
    { late_change: inPolicy(({ embargo }) => ({ embargo: { ...embargo, lateChangesBy: [] } })) },
  ),
  ...scene(
    { policy: 'packaging', stage: 'numbered', action: () => ({ kind: 'accept-terms' }), actor: byPat, before: told },
    { terms_open: inState((state) => ({ parties: state.parties.map((party) => ({ ...party, accepted: ['pat' as never] })) })) },
  ),
  ...scene(
    {
      policy: 'packaging',
      stage: 'numbered',
      action: () => ({ kind: 'write-to-team', body: content('party_message'), attachments: [] }),
      actor: byPat,
      before: admitted,
    },
    { terms_accepted: notAccepted },
  ),
  ...(['acknowledge-notice', 'say-ready', 'raise-objection'] as const).flatMap((kind) =>
    scene(
      {
        policy: 'packaging',
        stage: 'numbered',
        action: () => (kind === 'raise-objection' ? { kind, reason: content() } : { kind }),
        actor: byPat,
        before: admitted,
      },
      { terms_accepted: notAccepted },
    ),
  ),
  ...scene(
    {
      policy: 'packaging',
      stage: 'merged',
      action: () => ({ kind: 'close-case' }),
      actor: byAnna,
      before(bench) {
        const party = {
          name: partyName,
          state: 'released' as const,
          proposed: null,
          screening: null,
          notifiedAt: bench.now,
          told: 'in_daylight' as const,
          notice: null,
          dated: null,
          broughtBy: null,
        };
        const done = [{ duty: 'public_post' as const, at: bench.now }];
        bench.state = { ...bench.state, parties: [{ ...party, role: packager, accepted: [], left: null, done }] };
      },
    },
    { duties_done: inState((state) => ({ parties: state.parties.map((party) => ({ ...party, done: [] })) })) },
  ),
];

// SPDX-License-Identifier: Apache-2.0
// How a policy stands to the vulnerability controls of the OpenSSF baseline of 2026-02-19 (OSPS-VM): each control, met or not, and by which value.

import type { Policy } from '../core/policy/policy.ts';
import { durationText } from '../core/policy/quantities.ts';

export interface Control {
  /** `OSPS-VM-01.01`. */
  readonly id: string;
  /** Levels at which it is asked for. */
  readonly levels: readonly (1 | 2 | 3)[];
  /** What it asks for, in our words. */
  readonly asks: string;
  /** `outside`: no matter of a policy, but of the repository. */
  readonly state: 'met' | 'not_met' | 'outside';
  /** The key that decides; null outside. */
  readonly key: string | null;
  /** A whole sentence: by what it is met, or what is missing. */
  readonly sentence: string;
}

/** In the order of the baseline. */
export function conformance(policy: Policy): readonly Control[] {
  return [response(policy), contact(policy), privateWay(policy), ...data(policy), vex(policy), ...ofTheRepository];
}

/** F21 */
function response({ clocks, unspecified }: Policy): Control {
  const open = unspecified.includes('clocks.acknowledge') ? 'unspecified' : clocks.acknowledge === null ? 'none' : undefined;
  const met = open === undefined && clocks.acknowledge !== null;
  return {
    ...control('OSPS-VM-01.01', [2, 3], 'A policy of coordinated disclosure, with a clear time of response', 'clocks.acknowledge', met),
    sentence: met
      ? `The first answer comes within ${clocks.acknowledge === null ? '' : durationText(clocks.acknowledge)} (clocks.acknowledge).`
      : `OSPS-VM-01.01 asks for a clear time of response; clocks.acknowledge is ${open}.`,
  };
}

/** F22: the language refuses a policy without a contact. */
function contact({ contact: to }: Policy): Control {
  const where = to.kind === 'mail' ? to.address : to.url;
  return {
    ...control('OSPS-VM-02.01', [1, 2, 3], 'Security contacts in the documentation', 'policy.contact', true),
    sentence: `The page, SECURITY.md and security.txt name ${where} (policy.contact).`,
  };
}

/** F23 */
function privateWay({ intake }: Policy): Control {
  const own = intake.channels.find(({ starts, accepts }) => starts !== 'public' && accepts === 'reports');
  const declared = intake.channels.filter((channel) => channel.kind !== 'web' || channel.declared);
  const met = own !== undefined && (declared.length === 0 || declared.some(({ starts }) => starts !== 'public'));
  return {
    ...control('OSPS-VM-03.01', [2, 3], 'A private way to report, straight to the contacts', 'intake.channels', met),
    sentence: met
      ? `A report by ${own.kind.replace('_', ' ')} starts in private (intake.channels).`
      : 'OSPS-VM-03.01 asks for a private way to report; every channel of intake.channels starts in public.',
  };
}

/** F24, first half: what is affected, how to tell, how to fix. */
function data({ publication, advisory, cve }: Policy): readonly Control[] {
  const asks = 'Published data on flaws: affected versions, how to tell, how to fix';
  const untold = advisory.kind === 'none' && publication.scope === 'fix_only' && cve.requiredFor !== 'every_flaw';
  if (untold)
    return [
      {
        ...control('OSPS-VM-04.01', [2, 3], asks, 'publication.scope', false),
        sentence: 'OSPS-VM-04.01 asks for published data on flaws; publication.scope is fix_only and advisory.kind is none.',
      },
    ];
  const unversioned = advisory.kind !== 'none' && !advisory.mustContain.includes('affected_versions');
  if (unversioned)
    return [
      {
        ...control('OSPS-VM-04.01', [2, 3], asks, 'advisory.must_contain', false),
        sentence: 'OSPS-VM-04.01 asks which versions are affected; advisory.must_contain does not name affected_versions.',
      },
    ];
  const by =
    advisory.kind === 'none'
      ? `the ${publication.scope.replace('_', ' ')} and a CVE record`
      : `${advisory.kind}s that say ${advisory.mustContain.map((part) => part.replace('_', ' ')).join(', ')}`;
  const key = advisory.kind === 'none' ? 'publication.scope' : 'advisory.must_contain';
  return [{ ...control('OSPS-VM-04.01', [2, 3], asks, key, true), sentence: `Published as ${by} (${key}).` }];
}

/** F24, second half. */
function vex({ advisory }: Policy): Control {
  const met = advisory.formats.includes('openvex');
  return {
    ...control('OSPS-VM-04.02', [3], 'VEX statements on flaws of components that do not affect the project', 'advisory.formats', met),
    sentence: met
      ? 'Advisories are written as OpenVEX, too (advisory.formats).'
      : 'OSPS-VM-04.02 asks for VEX statements on flaws that do not affect the project; advisory.formats does not name openvex.',
  };
}

/** F25: thresholds and gates of scanners are set where the code is. */
const ofTheRepository: readonly Control[] = ['05.01', '05.02', '05.03', '06.01', '06.02'].map((id) => ({
  id: `OSPS-VM-${id}`,
  levels: [3],
  asks: id.startsWith('05') ? 'Thresholds and gates for flaws in dependencies' : 'Thresholds and gates for findings of static analysis',
  state: 'outside',
  key: null,
  sentence: 'Set in the repository, not in a disclosure policy.',
}));

function control(id: string, levels: Control['levels'], asks: string, key: string, met: boolean): Omit<Control, 'sentence'> {
  return { id, levels, asks, key, state: met ? 'met' : 'not_met' };
}

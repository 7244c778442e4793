// SPDX-License-Identifier: Apache-2.0
// The process under one policy, made from the table: which states exist, which actions lead from one to another, by whom, behind which gates.

import type { ActionKind } from '../core/model/action.ts';
import type { RegionStates } from '../core/model/regions.ts';
import {
  advisoryStates,
  branchStates,
  cveStates,
  embargoStates,
  handlingStates,
  partyStates,
  visibilityStates,
} from '../core/model/regions.ts';
import { conditionText } from '../core/policy/conditions.ts';
import type { Policy } from '../core/policy/policy.ts';
import { rolesWith } from '../core/policy/policy.ts';
import { gates } from '../core/process/gates.ts';
import { type By, leadsTo, type Row } from '../core/process/table/row.ts';
import { rowOf, table } from '../core/process/table.ts';

type Region = keyof RegionStates;

/** One way from a state to another, with the actions that take it. */
export interface Way {
  readonly from: string;
  readonly to: string;
  readonly actions: readonly string[];
}

export interface RegionMap {
  readonly region: Region;
  readonly states: readonly string[];
  readonly ways: readonly Way[];
}

export interface ActionRow {
  readonly kind: ActionKind;
  readonly label: string;
  /** `handling: received`; empty where it does not matter. */
  readonly from: readonly string[];
  readonly to: readonly string[];
  readonly by: readonly string[];
  /** What has to hold, in the words of the refusal or of the policy. */
  readonly gates: readonly string[];
  readonly irreversible: boolean;
}

export interface ProcessMap {
  readonly regions: readonly RegionMap[];
  readonly actions: readonly ActionRow[];
}

const statesOf: Readonly<Record<Region, readonly string[]>> = {
  handling: handlingStates,
  visibility: visibilityStates,
  embargo: embargoStates,
  cve: cveStates,
  branch: branchStates,
  party: partyStates,
  advisory: advisoryStates,
};

/** The same table for every project; what this policy never uses is left out. */
export function processMap(policy: Policy): ProcessMap {
  const rows = (Object.keys(table) as ActionKind[])
    .map((kind) => ({ kind, row: rowOf(kind) }))
    .filter(({ row }) => row.by.some((by) => who(by, policy).length > 0));
  const absent = absentStates(policy);
  const regions = (Object.keys(statesOf) as Region[]).map((region) => regionMap(region, rows, absent));
  return {
    regions: regions.filter(({ ways, states }) => ways.length > 0 && states.length > 1),
    actions: rows.map(({ kind, row }) => actionRow(kind, row, policy, absent)),
  };
}

/** States that no case of this policy enters, as `region state`. */
function absentStates(policy: Policy): ReadonlySet<string> {
  const { intake, embargo, cve, downstream, advisory, eligibility } = policy;
  const none = (is: boolean, region: Region, ...states: readonly string[]) => (is ? states.map((state) => `${region} ${state}`) : []);
  return new Set([
    ...none(intake.moderation === 'none', 'handling', 'held'),
    ...none(eligibility.notExploitable !== 'hardening', 'handling', 'hardening'),
    ...none(embargo.mode === 'never', 'embargo', ...embargoStates),
    ...none(cve.requiredFor === 'nothing', 'cve', ...cveStates),
    ...none(downstream.parties.length === 0, 'party', ...partyStates),
    ...none(advisory.kind === 'none', 'advisory', ...advisoryStates),
  ]);
}

interface Named {
  readonly kind: ActionKind;
  readonly row: Row;
}

/** The states that some action leads to or from, in the order in which a case passes them. */
function regionMap(region: Region, rows: readonly Named[], absent: ReadonlySet<string>): RegionMap {
  const found = new Map<string, Way>();
  for (const { row } of rows)
    for (const from of row.from[region] ?? [])
      for (const to of leadsTo(row, region, from)) {
        if (absent.has(`${region} ${from}`) || absent.has(`${region} ${to}`)) continue;
        const known = found.get(`${from} ${to}`)?.actions ?? [];
        found.set(`${from} ${to}`, { from, to, actions: [...known, row.label] });
      }
  const ways = [...found.values()];
  const states = statesOf[region].filter((state) => ways.some(({ from, to }) => from === state || to === state));
  return { region, states, ways };
}

function actionRow(kind: ActionKind, row: Row, policy: Policy, absent: ReadonlySet<string>): ActionRow {
  const { disclosure, closing, downstream } = policy;
  const asked = { disclosure, downstream, unfixed: disclosure.unfixed, closing, nothing: { must: [], should: [] } }[
    row.policyGates ?? 'nothing'
  ];
  const inWords = (places: Row['from']) =>
    Object.entries(places).flatMap(([region, states]) => {
      const there = states.filter((state) => !absent.has(`${region} ${state}`));
      return there.length === 0 ? [] : [`${region}: ${there.map((state) => state.replaceAll('_', ' ')).join(', ')}`];
    });
  return {
    kind,
    label: row.label,
    from: inWords(row.from),
    to: inWords(row.to),
    by: [...new Set(row.by.flatMap((by) => who(by, policy)))],
    gates: [
      ...row.gates.map((name) => gates[name].sentence),
      ...asked.must.map((condition) => `The policy asks: ${conditionText(condition)}.`),
      ...asked.should.map((condition) => `The policy asks, or wants a reason on record: ${conditionText(condition)}.`),
    ],
    irreversible: row.irreversible === true,
  };
}

function who(by: By, policy: Policy): readonly string[] {
  switch (by) {
    case 'anyone':
      return ['anyone'];
    case 'reporter':
      return ['the reporter'];
    case 'process':
      return ['the process itself'];
    case 'party':
      return policy.downstream.parties.some(({ to }) => to.kind === 'role') ? ['a party that was told'] : [];
    case 'together':
      return policy.disclosure.togetherWith;
    default:
      return rolesWith(policy, by);
  }
}

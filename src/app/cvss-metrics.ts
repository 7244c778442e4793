// SPDX-License-Identifier: Apache-2.0
// The metrics of CVSS with their names and values, as a calculator offers them. Sources: CVSS 4.0 sections 2 to 5, CVSS 3.1 sections 2 to 4, CVSS 2.0 guide section 2 (FIRST).

import type { VectorScore } from '../core/model/severity.ts';

export interface Metric {
  /** `AV` */
  readonly key: string;
  readonly name: string;
  /** The letters of a vector with what they mean; the first of an optional metric is “not defined”. */
  readonly values: readonly (readonly [letters: string, name: string])[];
}

export interface MetricGroup {
  readonly name: string;
  /** Every metric of it stands in every vector. */
  readonly mandatory: boolean;
  readonly metrics: readonly Metric[];
}

type Scheme = VectorScore['scheme'];

/** `AV Attack vector: N Network, A Adjacent`: one metric on a line. */
function metrics(lines: string): readonly Metric[] {
  return lines
    .trim()
    .split('\n')
    .map((each) => {
      const [head = '', values = ''] = each.trim().split(': ');
      const [key = '', ...name] = head.split(' ');
      return { key, name: name.join(' '), values: values.split(', ').map(lettersAndName) };
    });
}

function lettersAndName(value: string): readonly [string, string] {
  const at = value.indexOf(' ');
  return [value.slice(0, at), value.slice(at + 1)];
}

const highLowNone = 'H High, L Low, N None';
const requirements = (unset: string, medium: string) => `
  CR Confidentiality requirement: ${unset} Not defined, L Low, ${medium} Medium, H High
  IR Integrity requirement: ${unset} Not defined, L Low, ${medium} Medium, H High
  AR Availability requirement: ${unset} Not defined, L Low, ${medium} Medium, H High`;

const fourBase = `
  AV Attack vector: N Network, A Adjacent, L Local, P Physical
  AC Attack complexity: L Low, H High
  AT Attack requirements: N None, P Present
  PR Privileges required: N None, L Low, H High
  UI User interaction: N None, P Passive, A Active
  VC Confidentiality of the vulnerable system: ${highLowNone}
  VI Integrity of the vulnerable system: ${highLowNone}
  VA Availability of the vulnerable system: ${highLowNone}
  SC Confidentiality of later systems: ${highLowNone}
  SI Integrity of later systems: ${highLowNone}
  SA Availability of later systems: ${highLowNone}`;

const thirdBase = `
  AV Attack vector: N Network, A Adjacent, L Local, P Physical
  AC Attack complexity: L Low, H High
  PR Privileges required: N None, L Low, H High
  UI User interaction: N None, R Required
  S Scope: U Unchanged, C Changed
  C Confidentiality: ${highLowNone}
  I Integrity: ${highLowNone}
  A Availability: ${highLowNone}`;

/** The same metric in the reader's own surroundings. */
function modified(base: string): string {
  return base
    .trim()
    .split('\n')
    .map((each) => {
      const [head = '', values = ''] = each.trim().split(': ');
      const [key = '', ...name] = head.split(' ');
      const safety = key === 'SI' || key === 'SA' ? 'S Safety, ' : '';
      const words = name.join(' ');
      return `M${key} ${words.charAt(0)}${words.slice(1)}, modified: X Not defined, ${safety}${values}`;
    })
    .join('\n');
}

export const metricGroups: Readonly<Record<Scheme, readonly MetricGroup[]>> = {
  'cvss_4.0': [
    { name: 'Base', mandatory: true, metrics: metrics(fourBase) },
    {
      name: 'Threat',
      mandatory: false,
      metrics: metrics('E Exploit maturity: X Not defined, A Attacked, P Proof of concept, U Unreported'),
    },
    { name: 'Environment', mandatory: false, metrics: metrics(`${requirements('X', 'M')}\n${modified(fourBase)}`) },
    {
      name: 'Supplement',
      mandatory: false,
      metrics: metrics(`
        S Safety: X Not defined, N Negligible, P Present
        AU Automatable: X Not defined, N No, Y Yes
        R Recovery: X Not defined, A Automatic, U User, I Irrecoverable
        V Value density: X Not defined, D Diffuse, C Concentrated
        RE Effort of response: X Not defined, L Low, M Moderate, H High
        U Urgency of the provider: X Not defined, Clear Clear, Green Green, Amber Amber, Red Red`),
    },
  ],
  'cvss_3.1': [
    { name: 'Base', mandatory: true, metrics: metrics(thirdBase) },
    {
      name: 'Time',
      mandatory: false,
      metrics: metrics(`
        E Exploit code maturity: X Not defined, U Unproven, P Proof of concept, F Functional, H High
        RL Remediation level: X Not defined, O Official fix, T Temporary fix, W Workaround, U Unavailable
        RC Report confidence: X Not defined, U Unknown, R Reasonable, C Confirmed`),
    },
    { name: 'Environment', mandatory: false, metrics: metrics(`${requirements('X', 'M')}\n${modified(thirdBase)}`) },
  ],
  'cvss_2.0': [
    {
      name: 'Base',
      mandatory: true,
      metrics: metrics(`
        AV Access vector: N Network, A Adjacent network, L Local
        AC Access complexity: L Low, M Medium, H High
        Au Authentication: N None, S Single, M Multiple
        C Confidentiality: C Complete, P Partial, N None
        I Integrity: C Complete, P Partial, N None
        A Availability: C Complete, P Partial, N None`),
    },
    {
      name: 'Time',
      mandatory: false,
      metrics: metrics(`
        E Exploitability: ND Not defined, U Unproven, POC Proof of concept, F Functional, H High
        RL Remediation level: ND Not defined, OF Official fix, TF Temporary fix, W Workaround, U Unavailable
        RC Report confidence: ND Not defined, UC Unconfirmed, UR Uncorroborated, C Confirmed`),
    },
    {
      name: 'Environment',
      mandatory: false,
      metrics: metrics(`
        CDP Collateral damage: ND Not defined, N None, L Low, LM Low to medium, MH Medium to high, H High
        TD Target distribution: ND Not defined, N None, L Low, M Medium, H High
        ${requirements('ND', 'M').trim()}`),
    },
  ],
};

const prefixes: Readonly<Record<Scheme, string>> = { 'cvss_4.0': 'CVSS:4.0/', 'cvss_3.1': 'CVSS:3.1/', 'cvss_2.0': '' };

/** The vector of what is chosen, metrics in the order of the standard; what is not defined is left out. It may not be whole yet. */
export function vectorOf(scheme: Scheme, chosen: Readonly<Record<string, string>>): string {
  const said = metricGroups[scheme]
    .flatMap(({ metrics: all }) => all)
    .flatMap(({ key, values }) => {
      const letters = chosen[key] ?? '';
      return values.some(([one, name]) => one === letters && name !== 'Not defined') ? [`${key}:${letters}`] : [];
    });
  return said.length === 0 ? '' : prefixes[scheme] + said.join('/');
}

/** What a vector chooses, of a scheme that it names itself; undefined for what begins like none. Nothing is checked here. */
export function chosenIn(vector: string): { readonly scheme: Scheme; readonly chosen: Readonly<Record<string, string>> } | undefined {
  const text = vector.trim().replace(/^\((.*)\)$/, '$1');
  const scheme = (Object.keys(prefixes) as Scheme[]).find(
    (one) => text.startsWith(prefixes[one]) && (prefixes[one] !== '' || /^[A-Z][A-Za-z]?:/.test(text)),
  );
  if (scheme === undefined) return undefined;
  const pairs = text
    .slice(prefixes[scheme].length)
    .split('/')
    .map((one) => one.split(':'));
  return { scheme, chosen: Object.fromEntries(pairs.map(([key = '', letters = '']) => [key, letters])) };
}

/** Mandatory metrics that nobody has chosen yet, by name. */
export function stillToChoose(scheme: Scheme, chosen: Readonly<Record<string, string>>): readonly string[] {
  return metricGroups[scheme]
    .filter(({ mandatory }) => mandatory)
    .flatMap(({ metrics: all }) => all)
    .filter(({ key, values }) => !values.some(([letters]) => letters === chosen[key]))
    .map(({ name }) => name);
}

// SPDX-License-Identifier: Apache-2.0
// CVSS vectors: strictly parsed, then scored. The grammar is ours, because the calculator takes what is no vector; the arithmetic is its own.

import calculator from 'ae-cvss-calculator';
import type { Rating, VectorScore } from '../core/model/severity.ts';

interface Scheme {
  readonly scheme: VectorScore['scheme'];
  readonly prefix: string;
  /** Mandatory metrics with their values. */
  readonly base: Readonly<Record<string, string>>;
  readonly optional: Readonly<Record<string, string>>;
  readonly score: (vector: string) => number;
}

const v3Base = { AV: 'NALP', AC: 'LH', PR: 'NLH', UI: 'NR', S: 'UC', C: 'NLH', I: 'NLH', A: 'NLH' };
const requirements = { CR: 'XLMH', IR: 'XLMH', AR: 'XLMH' };

/** CVSS 2.0 guide, table 13; CVSS 3.1, table 15; CVSS 4.0, table 23. A value of several letters stands between spaces. */
const schemes: readonly Scheme[] = [
  {
    scheme: 'cvss_4.0',
    prefix: 'CVSS:4.0/',
    base: { AV: 'NALP', AC: 'LH', AT: 'NP', PR: 'NLH', UI: 'NPA', VC: 'HLN', VI: 'HLN', VA: 'HLN', SC: 'HLN', SI: 'HLN', SA: 'HLN' },
    optional: {
      E: 'XAPU',
      ...requirements,
      MAV: 'XNALP',
      MAC: 'XLH',
      MAT: 'XNP',
      MPR: 'XNLH',
      MUI: 'XNPA',
      MVC: 'XHLN',
      MVI: 'XHLN',
      MVA: 'XHLN',
      MSC: 'XHLN',
      MSI: 'XSHLN',
      MSA: 'XSHLN',
      S: 'XNP',
      AU: 'XNY',
      R: 'XAUI',
      V: 'XDC',
      RE: 'XLMH',
      U: ' X Clear Green Amber Red ',
    },
    score: (vector) => new calculator.Cvss4P0(vector).calculateScores().overall,
  },
  {
    scheme: 'cvss_3.1',
    prefix: 'CVSS:3.1/',
    base: v3Base,
    optional: {
      E: 'XUPFH',
      RL: 'XOTWU',
      RC: 'XURC',
      ...requirements,
      MAV: 'XNALP',
      MAC: 'XLH',
      MPR: 'XNLH',
      MUI: 'XNR',
      MS: 'XUC',
      MC: 'XNLH',
      MI: 'XNLH',
      MA: 'XNLH',
    },
    score: (vector) => new calculator.Cvss3P1(vector).calculateScores().overall,
  },
  {
    scheme: 'cvss_2.0',
    prefix: '',
    base: { AV: 'LAN', AC: 'HML', Au: 'MSN', C: 'NPC', I: 'NPC', A: 'NPC' },
    optional: {
      E: ' U POC F H ND ',
      RL: ' OF TF W U ND ',
      RC: ' UC UR C ND ',
      CDP: ' N L LM MH H ND ',
      TD: ' N L M H ND ',
      CR: ' L M H ND ',
      IR: ' L M H ND ',
      AR: ' L M H ND ',
    },
    score: (vector) => new calculator.Cvss2(vector).calculateScores().overall,
  },
];

/** The vector with its score and rating; undefined for what is no vector: a metric twice, a mandatory one missing, a value that is none. */
export function scored(typed: string): VectorScore | undefined {
  const vector = typed.trim().replace(/^\((.*)\)$/, '$1');
  const rules = schemes.find(({ prefix }) => vector.startsWith(prefix));
  if (rules === undefined || !isVector(vector.slice(rules.prefix.length), rules)) return undefined;
  const score = rules.score(vector);
  return { scheme: rules.scheme, vector, score, rating: ratingOf(score, rules.scheme) };
}

function isVector(metrics: string, { base, optional }: Scheme): boolean {
  const pairs = metrics.split('/').map((metric) => metric.split(':'));
  const names = pairs.map(([name]) => name ?? '');
  const accepted = { ...optional, ...base };
  return (
    new Set(names).size === names.length &&
    Object.keys(base).every((name) => names.includes(name)) &&
    pairs.every(
      ([name = '', value = '', ...more]) => more.length === 0 && Object.hasOwn(accepted, name) && isValue(value, accepted[name] ?? ''),
    )
  );
}

function isValue(value: string, accepted: string): boolean {
  if (value === '' || value.includes(' ')) return false;
  return accepted.startsWith(' ') ? accepted.includes(` ${value} `) : value.length === 1 && accepted.includes(value);
}

/** CVSS 3.1, table 14, and 4.0, table 22. For 2.0, NVD's three ranges. */
function ratingOf(score: number, scheme: VectorScore['scheme']): Rating {
  if (scheme === 'cvss_2.0') return score < 4 ? 'low' : score < 7 ? 'medium' : 'high';
  if (score === 0) return 'none';
  return score < 4 ? 'low' : score < 7 ? 'medium' : score < 9 ? 'high' : 'critical';
}

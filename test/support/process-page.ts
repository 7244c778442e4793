// SPDX-License-Identifier: Apache-2.0
// Writes docs/process.md from the table that decides: regions, actions, gates. Pure; the same table gives the same page.

import { fieldsInWords, fieldsOf } from '../../src/app/fields.ts';
import { offeredActions } from '../../src/app/parse.ts';
import type { ActionKind } from '../../src/core/model/action.ts';
import {
  advisoryStates,
  branchStates,
  cveStates,
  embargoStates,
  handlingStates,
  partyStates,
  type RegionStates,
  visibilityStates,
} from '../../src/core/model/regions.ts';
import { conditionSentences } from '../../src/core/process/condition-sentences.ts';
import { type GateName, gates } from '../../src/core/process/gates.ts';
import { type By, type From, leadsTo, type Row } from '../../src/core/process/table/row.ts';
import { rowOf, table } from '../../src/core/process/table.ts';

type Region = keyof RegionStates;

const regions: Readonly<Record<Region, { readonly states: readonly string[]; readonly says: string }>> = {
  handling: { states: handlingStates, says: 'Where the work on the case stands.' },
  visibility: { states: visibilityStates, says: 'Whether everybody may read of it. There is no way back to private.' },
  embargo: {
    states: embargoStates,
    says: 'The agreement on the hour before which nothing becomes public. A case has at most one at a time.',
  },
  cve: { states: cveStates, says: 'The number of one flaw; a case has one such region for each of its flaws.' },
  branch: { states: branchStates, says: 'The fix on one branch; a case has one such region for each branch that was judged.' },
  party: {
    states: partyStates,
    says: 'A downstream that may be told before the disclosure; a case has one such region for each party of its policy.',
  },
  advisory: { states: advisoryStates, says: 'The text that the world will read.' },
};

/** Where a region stands when the case is new; the others have a first action. */
const begins: Readonly<Partial<Record<Region, string>>> = { visibility: 'private', embargo: 'none', party: 'listed', advisory: 'none' };

const kinds = Object.keys(table) as ActionKind[];

export function processPage(): string {
  return [head, ...(Object.keys(regions) as Region[]).map(regionPart), actionsPart(), fieldsPart(), gatesPart(), conditionsPart()]
    .join('\n\n')
    .concat('\n');
}

const head = `# The process

> Generated from \`src/core/process/table.ts\` and \`src/core/process/gates.ts\`; a test compares. \`UPDATE_GOLDEN=1 npm test test/docs.test.ts\` writes it anew.

A case does not have one long status. It stands in seven **regions** at once, and each moves by itself: a patch may be approved while a number is still asked for.
Whatever anybody does to a case is an **action**: by web, by API, by mail, or by the clock. An action is possible where the case stands in one of the states that its row
names; it is taken by whoever holds the right (the policy says which roles do); and it is refused until its **gates** are met. A refusal names the gate and says its sentence.

This page is the same for every project. What differs from one project to another, who holds a right, what is asked before a disclosure, which clocks run, is the
[policy](policy-language.md) of the project; [policies.md](policies.md) lays the presets side by side.

## Regions

Each drawing shows the states of one region and the ways out of them. *anywhere*: the action does not ask where this region stands.`;

function regionPart(region: Region): string {
  const { states, says } = regions[region];
  const ways = kinds.flatMap((kind) => waysOf(region, kind));
  const reached = new Set([begins[region], ...ways.flatMap((way) => way.to)]);
  const begun: readonly string[] = region === 'handling' ? ['imported'] : [];
  const idle = states.filter((state) => !reached.has(state) && !begun.includes(state));
  const archived = begun.length === 0 ? '' : `\n\nWhat is taken over from an archive begins as ${begun.map(code).join()}.`;
  const rest =
    idle.length === 0
      ? archived
      : `${archived}\n\nKnown to the language, and reached by no action of this version: ${idle.map(code).join(', ')}.`;
  return `### ${region}\n\n${says}\n\n\`\`\`text\n${diagram(states, ways)}\n\`\`\`${rest}`;
}

interface Way {
  /** Null: from wherever the region stands. */
  readonly from: string | null;
  readonly action: ActionKind;
  readonly to: readonly string[];
}

function waysOf(region: Region, action: ActionKind): readonly Way[] {
  const { from, to } = rowOf(action);
  const targets: readonly string[] = to[region] ?? [];
  if (targets.length === 0) return [];
  const sources: readonly string[] | undefined = from[region];
  if (sources === undefined) return [{ from: null, action, to: targets }];
  return sources.map((state) => ({ from: state, action, to: leadsTo(rowOf(action), region, state) })).filter((way) => way.to.length > 0);
}

/** Every state with the ways out of it, then what comes from anywhere. */
function diagram(states: readonly string[], ways: readonly Way[]): string {
  const left = Math.max(...states.map((state) => state.length), 'anywhere'.length);
  const middle = Math.max(...ways.map((way) => way.action.length));
  const line = (state: string, { action, to }: Way) =>
    `${state.padEnd(left)}  ── ${`${action} `.padEnd(middle + 1, '─')}─▶ ${to.join(', ')}`;
  const out = (state: string | null) =>
    ways.filter((way) => way.from === state).map((way, index) => line(index === 0 ? (state ?? 'anywhere') : '', way));
  return [...states, null].flatMap(out).join('\n');
}

function actionsPart(): string {
  const rows = kinds.map((kind) => {
    const { label, from, to, by, gates: own, policyGates, irreversible, seconds, transition } = rowOf(kind);
    const asked = [...own.map(code), ...(policyGates === undefined ? [] : [`what \`${policyGates}\` of the policy asks`])];
    const name = `${code(kind)}<br>${label}${irreversible === true ? ' †' : ''}${seconds === true ? ' ‡' : ''}`;
    return `| ${name} | ${places(from)} | ${places(to)} | ${by.map(who).join(', ')} | ${asked.join(', ')} | ${transition} |`;
  });
  return `## Actions

† cannot be taken back: shown apart and asked twice. An empty cell asks nothing, or moves nothing. An agent stands in no row: it proposes, and a person decides.

‡ seconds what somebody else wrote or said. By API such a request names the version of the case that was read: the \`ETag\` of \`GET /api/v1/PROJECT/cases/CASE\`, sent as \`If-Match\`.
Without it the answer is 428, with the \`ETag\` of the version that stands; where something has moved the case since the version that was named, it is 412. A page carries the version in its form.

| action | possible while | may move the case to | taken by | gates | cited as |
|---|---|---|---|---|---|
${rows.join('\n')}`;
}

function places(where: From): string {
  return Object.entries(where)
    .map(([region, states]) => `${region}: ${states.join(', ')}`)
    .join('<br>');
}

function who(by: By): string {
  switch (by) {
    case 'anyone':
      return 'anyone';
    case 'reporter':
      return 'the reporter';
    case 'process':
      return 'the process itself';
    default:
      return code(by);
  }
}

function fieldsPart(): string {
  const rows = offeredActions.map((kind) => [kind, fieldsInWords(fieldsOf(kind))] as const);
  const plain = rows.filter(([, fields]) => fields === '').map(([kind]) => code(kind));
  const listed = rows.filter(([, fields]) => fields !== '').map(([kind, fields]) => `| ${code(kind)} | ${fields} |`);
  return `## Fields

What an action takes by API and in a script, in words and order of the API. A \`?\` marks what may be left out; what a policy asks for beside the others, it names when it refuses. Where a field takes one of a few words, they stand in brackets.
\`deviation\`, a reason, may go with every action that a \`should\` of the policy holds up. The rest take no fields: ${plain.join(', ')}.

| action | fields |
|---|---|
${listed.join('\n')}`;
}

function gatesPart(): string {
  const rows = (Object.keys(gates) as GateName[]).map((name) => {
    const actions = kinds.filter((kind) => (rowOf(kind) satisfies Row).gates.includes(name));
    return `| ${code(name)} | ${gates[name].sentence} | ${actions.map(code).join(', ')} |`;
  });
  return `## Gates

| gate | what is said while it is not met | asked by |
|---|---|---|
${rows.join('\n')}`;
}

function conditionsPart(): string {
  const rows = Object.entries(conditionSentences).map(([condition, sentence]) => `| ${code(condition)} | ${sentence} |`);
  return `## Conditions of a policy

A policy may ask for these under \`must\` and \`should\`. A \`must\` yields to nothing; a \`should\` yields to a deviation with its reason, which goes on record.

| condition | what is said while it does not hold |
|---|---|
${rows.join('\n')}`;
}

function code(word: string): string {
  return `\`${word}\``;
}

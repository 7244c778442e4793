// SPDX-License-Identifier: Apache-2.0
// The simulator: plays a script on fresh cases, with the clock's own actions and the program's jobs in between. No database, no mail, no network.

import type { CaseState } from '../../core/model/case.ts';
import type { PreparedDocument } from '../../core/model/ends.ts';
import type { CaseId, ContentId } from '../../core/model/identifiers.ts';
import { isRefusal } from '../../core/model/refusal.ts';
import type { Instant } from '../../core/model/time.ts';
import type { Policy } from '../../core/policy/policy.ts';
import { due, nextDeadline } from '../../core/process/deadlines.ts';
import { waiting } from '../../core/process/publication-instant.ts';
import { submitReport } from '../../core/process/steps/intake.ts';
import { type Contents, newContents } from '../contents.ts';
import { sha256 } from '../encoding.ts';
import { fieldsIn, fieldsInWords, fieldsOf } from '../fields.ts';
import { reportAction } from '../intake.ts';
import type { OfferedAction } from '../parse.ts';
import { isOffered, parseBody } from '../parse.ts';
import { asked, ownerFor } from './owners.ts';
import { scriptedReport, simulatedReporter, submissionOf } from './report.ts';
import { act, begin, cueOf, processCue, refusedEntry, reporterIn } from './scene.ts';
import type { Flaw, Script, Step } from './script.ts';
import { peopleAt } from './script.ts';
import type { Cue, Scene, Stage } from './stage.ts';
import { sceneOf } from './stage.ts';
import { standing } from './standing.ts';
import type { Transcript } from './transcript.ts';

/** More than a case can be called about in ten years of hourly reminders. */
const mostActions = 100_000;

type Flawed = { readonly flaw: Flaw };

/** The transcript, or the step that cannot be played. The same policy and script give the same bytes. */
export function play(policy: Policy, script: Script): Transcript | Flawed {
  const stranger = strangeRole(policy, script);
  if (stranger !== undefined) return { flaw: stranger };
  const random = counted();
  const stage: Stage = { script, policy, contents: newContents(random), random, scenes: new Map(), entries: [] };
  for (const step of script.play) {
    clocksUntil(stage, step.at);
    const flawed = step.does === 'submit-report' ? open(stage, step) : perform(stage, step);
    if (flawed !== undefined) return flawed;
    // A report that is refused opens no case; where there is no other, the play is over.
    if (stage.scenes.size === 0 && script.cases.length === 0) break;
  }
  clocksUntil(stage, script.until);
  return told(stage);
}

function strangeRole(policy: Policy, { members }: Script): Flaw | undefined {
  for (const [name, { roles }] of Object.entries(members)) {
    const role = roles.find((one) => policy.roles[one] === undefined);
    if (role === 'agent') return { key: `people.${name}`, sentence: noAgent };
    if (role !== undefined) return { key: `people.${name}`, sentence: `The policy ${policy.name} declares no role ${role}.` };
  }
  return undefined;
}

const noAgent =
  'An agent is no member: its steps say `who: agent`, and each is refused. What one found is a report like any other, with `origin: ai`.';

function open(stage: Stage, step: Step): Flawed | undefined {
  const { policy, script, random, contents } = stage;
  const parsed = scriptedReport.safeParse(step.fields);
  if (!parsed.success)
    return {
      flaw: fieldFlaw(
        step,
        parsed.error.issues.map((one) => ({ field: one.path.join('.'), sentence: one.message })),
        fieldsInWords(fieldsIn(scriptedReport)),
      ),
    };
  const id = idOf(step.case);
  const reporter = reporterIn(id, reporterName(script, step.case));
  const action = reportAction({ random }, reporter, submissionOf(parsed.data), policy, contents, step.at);
  const data = submitReport(action, {
    project: simulatedReporter.project,
    policy,
    policyRef: { name: policy.name, version: policy.version, sha256: '' },
    now: step.at,
    ...ownerFor(policy, peopleAt(script, step.at), { order: action.case, component: action.component }),
  });
  const cue: Cue = { actor: reporter, who: step.who, at: step.at, clock: null, opens: [] };
  if (isRefusal(data)) {
    stage.entries.push({ ...refusedEntry(step.case, cue, step.does, data.refusal), coming: [], cap: null, codename: action.codename });
    return undefined;
  }
  begin(stage, { name: step.case, data }, cue, step.does);
  return undefined;
}

/** A person's own step. What the API would not take as a body is a flaw of the script; what the process refuses is part of the play. */
function perform(stage: Stage, step: Step): Flawed | undefined {
  const { does, who, at, fields } = step;
  if (!isOffered(does)) return { flaw: { key: `${step.key}.does`, sentence: `There is no action “${does}”.` } };
  const found = [...stage.scenes].find(([, { name }]) => name === step.case);
  if (found === undefined)
    return {
      flaw: { key: `${step.key}.case`, sentence: `${step.case} is not open yet: its first step is submit-report, or a split opens it.` },
    };
  const [id, { state, log }] = found;
  const cue = { ...cueOf(stage, id, reporterName(stage.script, step.case), who, at), opens: step.opens };
  const participant = cue.actor.kind === 'reporter' ? cue.actor.participant : null;
  const { contents, random, policy } = stage;
  const unknown = unknownField(step, does);
  if (unknown !== undefined) return { flaw: unknown };
  const named = withIds(stage, fields, state);
  const parsed = parseBody(does, named, { state, policy, contents, random, participant, log, texts: textsIn(contents) });
  if ('problems' in parsed) return { flaw: fieldFlaw(step, parsed.problems, fieldsInWords(fieldsOf(does))) };
  act(stage, id, cue, parsed.action.kind === 'sign-documents' ? { ...parsed.action, documents: signedIn(state) } : parsed.action);
  return undefined;
}

/** Who signs in a script signs whatever waits, and nothing is looked at: its documents are examples. */
function signedIn(state: CaseState): readonly PreparedDocument[] {
  const waits = waiting(state);
  return (state.disclosure.prepared ?? []).filter(({ file }) => waits.includes(file));
}

/** A part of a case that was split keeps the reporter of the whole. */
function reporterName({ cases, play: steps }: Script, name: string | null): string | null {
  const whole = steps.find(({ opens }) => name !== null && opens.includes(name))?.case;
  const own = whole === undefined ? name : whole;
  return own === null || own === cases[0] ? null : own;
}

function idOf(name: string | null): CaseId {
  return name === null ? simulatedReporter.case : (name as string as CaseId);
}

function textsIn({ texts }: Contents): ReadonlyMap<ContentId, string> {
  return new Map(texts.map(({ ref, text }) => [ref.id, text]));
}

/** Everything that comes due until `end`, in whichever case, as the worker would do it: what is refused at its hour calls the owner instead. */
function clocksUntil(stage: Stage, end: Instant): void {
  for (let count = 0; count < mostActions; count++) {
    const next = nextDue(stage);
    if (next === undefined || next.at > end) return;
    const { id, at } = next;
    const last = stage.entries.at(-1)?.at ?? end;
    const instant = at < last ? last : at;
    const scene = sceneOf(stage, id);
    const deadline = due(scene.state, stage.policy, instant);
    if (deadline === undefined) return;
    const cue = processCue(instant, deadline.clock);
    const people = peopleAt(stage.script, instant);
    const acted = act(stage, id, cue, asked({ state: scene.state, policy: stage.policy }, people, deadline) ?? deadline.action);
    if (!acted) act(stage, id, cue, { kind: 'remind', clock: deadline.clock });
  }
  throw new Error('the clock does not come to rest');
}

/** Of several cases the one that is due first; of those at the same instant the one that opened first. */
function nextDue({ scenes, policy }: Stage): { readonly id: CaseId; readonly at: Instant } | undefined {
  let first: { readonly id: CaseId; readonly at: Instant } | undefined;
  for (const [id, { state }] of scenes) {
    const at = nextDeadline(state, policy);
    if (at !== null && (first === undefined || at < first.at)) first = { id, at };
  }
  return first;
}

function told({ script, policy, scenes, entries }: Stage): Transcript {
  const { name, version, title, calendar } = policy;
  const several = script.cases.length > 0;
  const [first] = scenes.values();
  const end = (scene: Scene) => standing(scene.state, policy, several);
  return {
    about: script.about,
    policy: { name, version, title, zone: calendar.zone },
    codename: first?.state.codename ?? entries[0]?.codename ?? '',
    entries: entries.map(({ codename: _, ...entry }) => entry),
    until: script.until,
    end: first === undefined || several ? [] : end(first),
    cases: several
      ? [...scenes.values()].map((scene) => ({ case: scene.name ?? '', codename: scene.state.codename, end: end(scene) }))
      : [],
  };
}

/** `flaw: 1` stands for the first flaw of the case, and a case of the script for its id: a script cannot know what is drawn. */
function withIds({ scenes }: Stage, fields: Step['fields'], { flaws }: CaseState): Step['fields'] {
  const { flaw, of } = fields;
  const other = [...scenes].find(([, { name }]) => name !== null && name === of)?.[0];
  return {
    ...fields,
    ...(typeof flaw === 'number' ? { flaw: flaws[flaw - 1]?.flaw } : {}),
    ...(other === undefined ? {} : { of: other }),
  };
}

/** The API passes over what it does not know; in a script it is a slip of the pen. Every action takes the words that go with a deviation. */
function unknownField({ key, fields }: Step, does: OfferedAction): Flaw | undefined {
  const known = fieldsOf(does);
  const stranger = Object.keys(fields).find((name) => name !== 'deviation' && !known.some((field) => field.name === name));
  if (stranger === undefined) return undefined;
  const takes = known.length === 0 ? 'It takes none.' : `It takes ${fieldsInWords(known)}.`;
  return { key: `${key}.with.${stranger}`, sentence: `${does} has no field ${stranger}. ${takes}` };
}

/** `takes`: the fields that there are, said where one of them is missing or takes other words. */
function fieldFlaw({ key, does }: Step, problems: readonly { readonly field: string; readonly sentence: string }[], takes: string): Flaw {
  const [{ field, sentence } = { field: '', sentence: 'This cannot be read.' }] = problems;
  const place = field.replace(/\.(\d+)(?=\.|$)/g, '[$1]');
  const own = place === '' || place.includes('.') || place.includes('[') ? '' : ` It takes ${takes}.`;
  return {
    key: place === '' ? `${key}.with` : `${key}.with.${place}`,
    sentence: `${does}${place === '' ? '' : `, ${place}`}: ${sentence}${own}`,
  };
}

/** Bytes that are the same in every play. */
function counted(): (bytes: number) => Uint8Array {
  let drawn = 0;
  return (bytes) => {
    drawn += 1;
    return Buffer.from(sha256(`drawn ${drawn}`), 'hex').subarray(0, bytes);
  };
}

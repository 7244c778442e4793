// SPDX-License-Identifier: Apache-2.0
// The simulator: plays a script on a fresh case, with the clock's own actions and the program's jobs in between. No database, no mail, no network.

import type { CaseAction } from '../../core/model/action.ts';
import type { Actor } from '../../core/model/actor.ts';
import type { CaseState } from '../../core/model/case.ts';
import type { Event, EventData } from '../../core/model/event.ts';
import { eventVersion } from '../../core/model/event.ts';
import type { ContentId, PersonId } from '../../core/model/identifiers.ts';
import type { Refusal } from '../../core/model/refusal.ts';
import { isRefusal, refused } from '../../core/model/refusal.ts';
import type { Instant } from '../../core/model/time.ts';
import { canSee, guarded } from '../../core/policy/access.ts';
import type { Policy } from '../../core/policy/policy.ts';
import { bindingCap } from '../../core/process/caps.ts';
import type { Consequence } from '../../core/process/consequence.ts';
import { consequences } from '../../core/process/consequences.ts';
import { deadlines, due, nextDeadline } from '../../core/process/deadlines.ts';
import { decide } from '../../core/process/decide.ts';
import { evolve, opened } from '../../core/process/evolve.ts';
import { instantToCarry } from '../../core/process/publication-instant.ts';
import { markOf } from '../../core/process/situation.ts';
import { submitReport } from '../../core/process/steps/intake.ts';
import type { Contents } from '../contents.ts';
import { newContents } from '../contents.ts';
import { sha256 } from '../encoding.ts';
import { reportAction } from '../intake.ts';
import { numberOf, numberYear } from '../numbering.ts';
import { isOffered, parseBody } from '../parse.ts';
import { formatsOf } from '../publisher.ts';
import { asked, ownerFor } from './owners.ts';
import { scriptedReport, simulatedReporter, submissionOf } from './report.ts';
import type { Flaw, Script, Step } from './script.ts';
import type { Post } from './sending.ts';
import { announced, rolesOf, sent } from './sending.ts';
import { changes, standing } from './standing.ts';
import type { Entry, Sent, Transcript } from './transcript.ts';

/** More than a case can be called about in ten years of hourly reminders. */
const mostActions = 100_000;

interface Scene {
  readonly script: Script;
  readonly policy: Policy;
  readonly contents: Contents;
  readonly random: (bytes: number) => Uint8Array;
  readonly state: CaseState;
  readonly log: readonly Event[];
  /** Grows; the only thing of a scene that does. */
  readonly entries: Entry[];
}

/** Who acts, when, and what had asked for it. */
interface Cue {
  readonly actor: Actor;
  readonly who: string;
  readonly at: Instant;
  readonly clock: string | null;
}

/** The transcript, or the step that cannot be played. The same policy and script give the same bytes. */
export function play(policy: Policy, script: Script): Transcript | { readonly flaw: Flaw } {
  const stranger = strangeRole(policy, script);
  if (stranger !== undefined) return { flaw: stranger };
  const [first, ...rest] = script.play;
  let scene = open(policy, script, first);
  for (const step of rest) {
    if (!('entries' in scene) || 'end' in scene) return scene;
    scene = perform(clocksUntil(scene, step.at), step);
  }
  if (!('entries' in scene) || 'end' in scene) return scene;
  return told(clocksUntil(scene, script.until));
}

function strangeRole(policy: Policy, { people }: Script): Flaw | undefined {
  for (const [name, roles] of Object.entries(people)) {
    const role = roles.find((one) => policy.roles[one] === undefined);
    if (role !== undefined) return { key: `people.${name}`, sentence: `The policy ${policy.name} declares no role ${role}.` };
  }
  return undefined;
}

/** A report that is refused opens no case, and the play is over. */
function open(policy: Policy, script: Script, step: Step): Scene | Transcript | { readonly flaw: Flaw } {
  const parsed = scriptedReport.safeParse(step.fields);
  if (!parsed.success)
    return {
      flaw: fieldFlaw(
        step,
        parsed.error.issues.map((one) => ({ field: one.path.join('.'), sentence: one.message })),
      ),
    };
  const random = counted();
  const contents = newContents(random);
  const submission = submissionOf(parsed.data);
  const action = reportAction({ random }, simulatedReporter, submission, policy, contents, step.at);
  const policyRef = { name: policy.name, version: policy.version, sha256: '' };
  const data = submitReport(action, {
    project: simulatedReporter.project,
    policy,
    policyRef,
    now: step.at,
    ...ownerFor(policy, script, { order: action.case, component: action.component }),
  });
  const cue: Cue = { actor: simulatedReporter, who: step.who, at: step.at, clock: null };
  if (isRefusal(data)) return unopened(policy, script, refusedEntry(cue, step.does, data.refusal), action.codename);
  const [head, ...others] = stamped(data, cue, 0);
  if (head === undefined) throw new Error('a case opens with an event');
  const state = others.reduce(evolve, opened(head));
  const scene: Scene = { script, policy, contents, random, state, log: [head, ...others], entries: [] };
  return follow(scene, null, cue, step.does, [head, ...others]);
}

/** A person's own step. What the API would not take as a body is a flaw of the script; what the process refuses is part of the play. */
function perform(scene: Scene, step: Step): Scene | { readonly flaw: Flaw } {
  const { does, who, at, fields } = step;
  if (!isOffered(does)) return { flaw: { key: `${step.key}.does`, sentence: `There is no action “${does}”.` } };
  const cue: Cue = { actor: actorOf(scene, who), who, at, clock: null };
  const participant = cue.actor.kind === 'reporter' ? simulatedReporter.participant : null;
  const { state, contents, random } = scene;
  const texts = textsIn(contents);
  const parsed = parseBody(does, named(fields, state), {
    state,
    policy: scene.policy,
    contents,
    random,
    participant,
    log: scene.log,
    texts,
  });
  if ('problems' in parsed) return { flaw: fieldFlaw(step, parsed.problems) };
  return act(scene, cue, parsed.action);
}

function textsIn({ texts }: Contents): ReadonlyMap<ContentId, string> {
  return new Map(texts.map(({ ref, text }) => [ref.id, text]));
}

function act(scene: Scene, cue: Cue, action: CaseAction): Scene {
  const decision = hidden(scene, cue) ?? strange(scene, action) ?? decide(action, situation(scene, cue));
  if (isRefusal(decision)) {
    scene.entries.push({ ...refusedEntry(cue, action.kind, decision.refusal), ...outlook(scene) });
    return scene;
  }
  const events = stamped(decision.events, cue, scene.state.version);
  const after = { ...scene, state: events.reduce(evolve, scene.state), log: [...scene.log, ...events] };
  return follow(after, scene.state, cue, action.kind, events);
}

/** Writes down what happened, and does the jobs that follow from it as soon as it has. */
function follow(scene: Scene, before: CaseState | null, cue: Cue, does: string, events: readonly Event[]): Scene {
  const { state, policy } = scene;
  const follows = consequences(events, state, policy);
  scene.entries.push({
    at: cue.at,
    who: cue.who,
    does,
    clock: cue.clock,
    refused: null,
    changes: changes(before, state, policy),
    deviations: events.flatMap((event) => (event.kind === 'deviation-recorded' ? [event.gate] : [])),
    sent: follows.flatMap((one): readonly Sent[] => (one.kind === 'send-notice' ? sent(one, cue.clock, post(scene)) : [])),
    ...outlook(scene),
  });
  return follows.reduce((now, one) => work(now, cue.at, one), scene);
}

/** The program's own jobs, done at once: documents are made, pages and announcements go out and are seen. */
function work(scene: Scene, at: Instant, job: Consequence): Scene {
  const cue: Cue = { actor: processOf(scene), who: 'process', at, clock: null };
  switch (job.kind) {
    case 'send-notice':
    case 'check-patch':
    case 'publish-notices':
      return scene;
    case 'prepare-publication': {
      const documents = formatsOf(scene.policy).map((format) => ({ format, file: format, sha256: '' }));
      return act(scene, cue, { kind: 'record-preparation', documents, published: instantToCarry(scene.state, at), text: 'as approved' });
    }
    case 'publish-site':
      return act(scene, cue, { kind: 'confirm-channel', channel: job.channel, evidence: null });
    case 'announce': {
      const after = act(scene, cue, { kind: 'confirm-channel', channel: job.channel, evidence: null });
      const last = scene.entries.at(-1);
      if (last !== undefined)
        scene.entries[scene.entries.length - 1] = { ...last, sent: [...announced(job.channel, post(scene)), ...last.sent] };
      return after;
    }
  }
}

/** Everything that comes due until `end`, as the worker would do it: what is refused at its hour calls the owner instead. */
function clocksUntil(scene: Scene, end: Instant): Scene {
  let now = scene;
  for (let count = 0; count < mostActions; count++) {
    const at = nextDeadline(now.state, now.policy);
    const last = now.entries.at(-1)?.at ?? end;
    if (at === null || at > end) return now;
    const instant = at < last ? last : at;
    const deadline = due(now.state, now.policy, instant);
    if (deadline === undefined) return now;
    const cue: Cue = { actor: processOf(now), who: 'process', at: instant, clock: deadline.clock };
    const acted = act(now, cue, asked(now, now.script, deadline) ?? deadline.action);
    now = acted.state === now.state ? act(now, cue, { kind: 'remind', clock: deadline.clock }) : acted;
  }
  throw new Error('the clock does not come to rest');
}

function told({ script, policy, state, entries }: Scene): Transcript {
  return { ...programme(policy, script, state.codename), entries, end: standing(state, policy) };
}

function unopened(policy: Policy, script: Script, entry: Omit<Entry, 'coming' | 'cap'>, codename: string): Transcript {
  return { ...programme(policy, script, codename), entries: [{ ...entry, coming: [], cap: null }], end: [] };
}

function programme({ name, version, title, calendar }: Policy, { about, until }: Script, codename: string) {
  return { about, policy: { name, version, title, zone: calendar.zone }, codename, until };
}

function refusedEntry({ at, who, clock }: Cue, does: string, refusal: Refusal): Omit<Entry, 'coming' | 'cap'> {
  return { at, who, does, clock, refused: refusal, changes: [], deviations: [], sent: [] };
}

function outlook({ state, policy }: Scene): Pick<Entry, 'coming' | 'cap'> {
  const cap = bindingCap(state, policy);
  return {
    coming: deadlines(state, policy).map(({ clock, at, action }) => ({ clock, at, does: action.kind })),
    cap: cap === undefined || state.visibility === 'public' ? null : { at: cap.at, source: cap.source },
  };
}

function situation({ state, policy, script }: Scene, { actor, at }: Cue) {
  const { owner } = ownerFor(policy, script, { order: state.case, component: state.component });
  const nextOwner = owner === undefined ? {} : { nextOwner: owner };
  // The texts of a script are examples: nothing is looked for in them.
  return { state, policy, actor, now: at, nextNumber: numberOf(policy.advisory.id, numberYear(at), 1), openFindings: 0, ...nextOwner };
}

/** Who does not see the case finds none: the door asks the access rule before the process (L-22). */
function hidden({ state, policy }: Scene, { actor }: Cue) {
  if (actor.kind !== 'person') return undefined;
  const sees = canSee({ kind: 'person', project: actor.project, person: actor.person, roles: actor.roles }, guarded(state, policy));
  return sees ? undefined : refused.notFound();
}

/** Whoever is named has to be one of the script's people. */
function strange({ script }: Scene, action: CaseAction) {
  const named = action.kind === 'add-person' || action.kind === 'assign-owner' ? action.person : null;
  return named === null || script.people[named] !== undefined ? undefined : refused.invalid('person', 'This project has no such member.');
}

function actorOf(scene: Scene, who: string): Actor {
  if (who === 'reporter') return simulatedReporter;
  if (who === 'process') return processOf(scene);
  const { project } = scene.state;
  return { kind: 'person', project, person: who as PersonId, roles: rolesOf(who, scene.script.people), proof: { by: 'demo_link' } };
}

function processOf({ state }: Scene): Actor {
  return { kind: 'process', project: state.project };
}

function post({ state, policy, script, contents }: Scene): Post {
  const written = contents.texts.find(({ ref }) => ref.id === state.advisory.content?.id)?.text;
  const title = written === undefined ? '' : (JSON.parse(written) as { readonly title: string }).title;
  return { state, policy, people: script.people, title };
}

/** `flaw: 1` stands for the first flaw of the case: a script cannot know the ids that are drawn. */
function named(fields: Step['fields'], { flaws }: CaseState): Step['fields'] {
  const { flaw } = fields;
  return typeof flaw === 'number' ? { ...fields, flaw: flaws[flaw - 1]?.flaw } : fields;
}

function fieldFlaw({ key, does }: Step, problems: readonly { readonly field: string; readonly sentence: string }[]): Flaw {
  const [{ field, sentence } = { field: '', sentence: 'This cannot be read.' }] = problems;
  const place = field.replace(/\.(\d+)(?=\.|$)/g, '[$1]');
  return {
    key: place === '' ? `${key}.with` : `${key}.with.${place}`,
    sentence: `${does}${place === '' ? '' : `, ${place}`}: ${sentence}`,
  };
}

function stamped(data: readonly EventData[], { actor, at }: Cue, version: number): readonly Event[] {
  return data.map((one, index): Event => ({ seq: version + index + 1, at, by: markOf(one, actor), v: eventVersion, ...one }));
}

/** Bytes that are the same in every play. */
function counted(): (bytes: number) => Uint8Array {
  let drawn = 0;
  return (bytes) => {
    drawn += 1;
    return Buffer.from(sha256(`drawn ${drawn}`), 'hex').subarray(0, bytes);
  };
}

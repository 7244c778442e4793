// SPDX-License-Identifier: Apache-2.0
// One action on the stage of a simulation: how it is decided, kept, and told, with what follows from it in this case and in the others.

import type { CaseAction } from '../../core/model/action.ts';
import type { ReporterActor } from '../../core/model/actor.ts';
import type { CaseState } from '../../core/model/case.ts';
import type { Event, EventData } from '../../core/model/event.ts';
import type { CaseId, ParticipantId, PersonId } from '../../core/model/identifiers.ts';
import type { Refusal } from '../../core/model/refusal.ts';
import { isRefusal, refused } from '../../core/model/refusal.ts';
import type { Instant } from '../../core/model/time.ts';
import { canSee, guarded } from '../../core/policy/access.ts';
import { bindingCap } from '../../core/process/caps.ts';
import type { Consequence } from '../../core/process/consequence.ts';
import { consequences } from '../../core/process/consequences.ts';
import { deadlines } from '../../core/process/deadlines.ts';
import { decide } from '../../core/process/decide.ts';
import { evolve, opened } from '../../core/process/evolve.ts';
import { instantToCarry } from '../../core/process/publication-instant.ts';
import { numberOf, numberYear } from '../numbering.ts';
import { formatsOf } from '../publisher.ts';
import { signingKeysIn } from '../signing.ts';
import { broughtToOthers, completed, othersOf, partsOf } from './between.ts';
import { ownerFor } from './owners.ts';
import { simulatedReporter } from './report.ts';
import { peopleAt } from './script.ts';
import type { Post } from './sending.ts';
import { announced, rolesOf, sent } from './sending.ts';
import type { Begun, Cue, Scene, Stage } from './stage.ts';
import { sceneOf, stamped } from './stage.ts';
import { changes } from './standing.ts';
import type { Entry, Sent } from './transcript.ts';

/** Whether anything came of it. What the process refuses is told and changes nothing. */
export function act(stage: Stage, id: CaseId, cue: Cue, asked: CaseAction): boolean {
  const scene = sceneOf(stage, id);
  const action = completed(stage, asked);
  const others = othersOf(stage, scene.state, action);
  const decision = hidden(stage, scene, cue) ?? strange(stage, cue, action) ?? decide(action, situation(stage, scene, cue, others));
  if (isRefusal(decision)) {
    stage.entries.push({ ...refusedEntry(scene.name, cue, action.kind, decision.refusal), ...outlook(stage, scene) });
    return false;
  }
  const before = situation(stage, scene, cue, others);
  keep(stage, id, cue, action.kind, decision.events);
  for (const [other, events] of broughtToOthers(action, before)) keep(stage, other, cue, action.kind, events);
  for (const part of action.kind === 'split-case' ? partsOf(action, before, cue) : []) begin(stage, part, cue, action.kind);
  return decision.events.length > 0;
}

/** Keeps what happened to one case, writes it down, and does the jobs that follow from it as soon as it has. */
function keep(stage: Stage, id: CaseId, cue: Cue, does: string, data: readonly EventData[]): void {
  const before = sceneOf(stage, id);
  const events = stamped(data, cue, before.state.version);
  stage.scenes.set(id, { ...before, state: events.reduce(evolve, before.state), log: [...before.log, ...events] });
  follow(stage, id, before.state, cue, does, events);
}

/** The first events of a case. */
export function begin(stage: Stage, { name, data }: Begun, cue: Cue, does: string): void {
  const [head, ...rest] = stamped(data, cue, 0);
  if (head === undefined) throw new Error('a case opens with an event');
  const state = rest.reduce(evolve, opened(head));
  stage.scenes.set(state.case, { name, state, log: [head, ...rest] });
  follow(stage, state.case, null, cue, does, [head, ...rest]);
}

function follow(stage: Stage, id: CaseId, before: CaseState | null, cue: Cue, does: string, events: readonly Event[]): void {
  const { policy, script } = stage;
  const scene = sceneOf(stage, id);
  const { state } = scene;
  const follows = consequences(events, state, policy);
  const written = post(stage, scene, cue.at);
  stage.entries.push({
    case: scene.name,
    at: cue.at,
    who: cue.who,
    does,
    clock: cue.clock,
    refused: null,
    changes: changes(before, state, policy, script.cases.length > 0),
    deviations: events.flatMap((event) => (event.kind === 'deviation-recorded' ? [event.gate] : [])),
    sent: follows.flatMap((one): readonly Sent[] => (one.kind === 'send-notice' ? sent(one, cue.clock, written) : [])),
    ...outlook(stage, scene),
  });
  for (const one of follows) work(stage, id, cue.at, one);
}

/** The program's own jobs, done at once: documents are made, pages and announcements go out and are seen. */
function work(stage: Stage, id: CaseId, at: Instant, job: Consequence): void {
  const cue = processCue(at, null);
  switch (job.kind) {
    case 'send-notice':
    case 'check-patch':
    case 'publish-notices':
      return;
    case 'prepare-publication': {
      const documents = formatsOf(stage.policy).map((format) => ({ format, file: format, sha256: '' }));
      const published = instantToCarry(sceneOf(stage, id).state, stage.policy, at);
      const people = signingKeysIn(stage.policy).length === 0 ? {} : { unsigned: documents.map(({ file }) => file) };
      act(stage, id, cue, { kind: 'record-preparation', documents, published, text: 'as approved', ...people });
      return;
    }
    case 'publish-site':
      act(stage, id, cue, { kind: 'confirm-channel', channel: job.channel, evidence: null });
      return;
    case 'announce': {
      act(stage, id, cue, { kind: 'confirm-channel', channel: job.channel, evidence: null });
      const last = stage.entries.at(-1);
      const sentTo = announced(job.channel, post(stage, sceneOf(stage, id), at));
      if (last !== undefined) stage.entries[stage.entries.length - 1] = { ...last, sent: [...sentTo, ...last.sent] };
    }
  }
}

export function refusedEntry(name: string | null, { at, who, clock }: Cue, does: string, refusal: Refusal): Omit<Entry, 'coming' | 'cap'> {
  return { case: name, at, who, does, clock, refused: refusal, changes: [], deviations: [], sent: [] };
}

function outlook({ policy }: Stage, { state }: Scene): Pick<Entry, 'coming' | 'cap'> {
  const cap = bindingCap(state, policy);
  return {
    coming: deadlines(state, policy).map(({ clock, at, action }) => ({ clock, at, does: action.kind })),
    cap: cap === undefined || state.visibility === 'public' ? null : { at: cap.at, source: cap.source },
  };
}

function situation(stage: Stage, { state }: Scene, { actor, at }: Cue, others: readonly Scene[]) {
  const { policy, script } = stage;
  const { owner } = ownerFor(policy, peopleAt(script, at), { order: state.case, component: state.component });
  const nextOwner = owner === undefined ? {} : { nextOwner: owner };
  const beside = others.map((other) => ({ state: other.state, policy }));
  const nextNumber = numberOf(policy.advisory.id, numberYear(at), numbered(stage) + 1);
  // The texts of a script are examples: nothing is looked for in them.
  return { state, policy, actor, now: at, nextNumber, openFindings: 0, others: beside, ...nextOwner };
}

/** Each case of the script that has its number has taken one. */
function numbered({ scenes }: Stage): number {
  return [...scenes.values()].filter(({ state }) => state.advisory.number !== null).length;
}

/** Who does not see the case finds none: the door asks the access rule before the process (L-22). */
function hidden({ policy }: Stage, { state }: Scene, { actor }: Cue) {
  if (actor.kind !== 'person') return undefined;
  const sees = canSee({ kind: 'person', project: actor.project, person: actor.person, roles: actor.roles }, guarded(state, policy));
  return sees ? undefined : refused.notFound();
}

/** Whoever is named has to be one of the script's people, on that day. */
function strange({ script }: Stage, { at }: Cue, action: CaseAction) {
  const named = action.kind === 'add-person' || action.kind === 'assign-owner' ? action.person : null;
  const known = named === null || peopleAt(script, at)[named] !== undefined;
  return known ? undefined : refused.invalid('person', 'This project has no such member.');
}

export function cueOf({ script }: Stage, id: CaseId, name: string | null, who: string, at: Instant): Cue {
  if (who === 'process') return processCue(at, null);
  if (who === 'reporter') return { actor: reporterIn(id, name), who, at, clock: null, opens: [] };
  const { project } = simulatedReporter;
  const roles = rolesOf(who, peopleAt(script, at));
  return {
    actor: { kind: 'person', project, person: who as PersonId, roles, proof: { by: 'demo_link' } },
    who,
    at,
    clock: null,
    opens: [],
  };
}

export function processCue(at: Instant, clock: string | null): Cue {
  return { actor: { kind: 'process', project: simulatedReporter.project }, who: 'process', at, clock, opens: [] };
}

/** Each case has a reporter of its own, whom a script can name: `reporter`, and `reporter-of-second`. */
export function reporterIn(id: CaseId, name: string | null): ReporterActor {
  const participant = (name === null ? 'reporter' : `reporter-of-${name}`) as ParticipantId;
  return { ...simulatedReporter, case: id, participant };
}

function post({ policy, script, contents }: Stage, { state }: Scene, at: Instant): Post {
  const written = contents.texts.find(({ ref }) => ref.id === state.advisory.content?.id)?.text;
  const title = written === undefined ? '' : (JSON.parse(written) as { readonly title: string }).title;
  return { state, policy, people: peopleAt(script, at), title };
}

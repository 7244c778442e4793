// SPDX-License-Identifier: Apache-2.0
// A case as JSON: what the reader sees, references resolved to texts where they may be read.

import { cveRequest } from '../app/cve-request.ts';
import { partyLetters } from '../app/party-letter.ts';
import { effectOf } from '../app/policy-text/withdrawal-sentences.ts';
import type { CaseView, QueueView } from '../app/views.ts';
import type { EmbargoRequest, Voice } from '../core/model/embargo.ts';
import { closedToAgents } from '../core/policy/agents.ts';
import { labelsOf } from '../core/process/labels.ts';
import { reviewHints } from '../core/process/review-hints.ts';
import { rowOf } from '../core/process/table.ts';
import { wordsWanted } from '../core/process/words-wanted.ts';

export function caseJson(view: CaseView) {
  const { state } = view;
  const inside = view.reach === 'everything';
  return {
    case: state.case,
    codename: state.codename,
    version: state.version,
    title: view.title ?? null,
    reach: view.reach,
    // No number was agreed on for the cap.
    state: inside ? state : publicPart(view.reach === 'bundle' ? { ...state, flaws: [] } : state),
    texts: Object.fromEntries(view.texts),
    ...(view.reach === 'party' || view.reach === 'terms' ? { party: partyPart(view) } : {}),
    log: inside || view.reach === 'party' || view.reach === 'full_record' ? view.log : thread(view),
    attachments: view.attachments.map(({ ref, name }) => ({ id: ref.id, name, bytes: ref.bytes, purpose: ref.purpose })),
    actions: view.possibilities.map(({ action, unmet }) => {
      const says = effectOf(action, state, view.policy);
      return { action, label: rowOf(action).label, unmet, ...(says === null ? {} : { says }) };
    }),
    labels: inside ? labelsOf(state, view.policy.labels) : [],
    move: view.move,
    deadlines: view.deadlines,
    cap: inside ? (view.cap ?? null) : null,
    end_by_default: view.endByDefault ?? null,
    recipients: view.recipients,
    party_letters: inside ? partyLetters(view) : [],
    rules_to_read: view.rules,
    agents: inside ? { closed: closedToAgents(state, view.policy) ?? null } : null,
    words_wanted: inside ? wordsWanted(state, view.policy) : [],
    reviews: inside ? (reviewHints(state, view.policy) ?? null) : null,
    cve_request: inside ? cveRequest(view) : null,
    cve_assigners: inside ? view.assigners : null,
    go_no_go: view.goNoGo,
    related: view.related,
    patches:
      view.reach === 'own_thread' ? state.patchChecks.filter(({ patch }) => view.attachments.some(({ ref }) => ref.id === patch)) : [],
    known: view.reach === 'own_thread' ? knownAlready(state) : null,
    messages: mailsOf(view),
  };
}

/** Mails of the case. What the relay said of one that it took stays inside the program: its number may count the mails of every other case (L-08). */
function mailsOf({ outbox }: CaseView): CaseView['outbox'] {
  return outbox.map((mail) => (mail.state === 'failed' ? mail : { ...mail, outcome: null }));
}

/** What a duplicate's reporter is told: that it is known, and what the policy shares beside that. */
function knownAlready({ duplicateOf }: CaseView['state']) {
  return duplicateOf === null ? null : { since: duplicateOf.since, told: duplicateOf.told };
}

/** Of the log, what was said to this reader or by them, in order: when, from which side, and the ids of its texts and then of its files. */
function thread({ log, texts, attachments }: CaseView) {
  const files = attachments.map(({ ref }) => ref.id);
  return log.flatMap((event) => {
    const envelope = JSON.stringify(event);
    const among = (ids: readonly string[]) =>
      ids
        .map((id) => ({ id, at: envelope.indexOf(`"${id}"`) }))
        .filter(({ at }) => at >= 0)
        .sort((one, other) => one.at - other.at);
    const said = [...among([...texts.keys()]), ...among(files)].map(({ id }) => id);
    return said.length === 0 ? [] : [{ seq: event.seq, at: event.at, kind: event.kind, by: { kind: event.by.kind }, texts: said }];
  });
}

/** The queue: the whole state for those inside, and for those who enter a number what the case's own page tells them. */
export function queueJson({ now, rows, total, more, next }: QueueView) {
  return {
    now,
    total,
    more,
    next,
    rows: rows.map(({ state, ...row }) => ({
      case: state.case,
      codename: state.codename,
      ...row,
      state: row.reach === 'everything' ? state : publicPart(state),
    })),
  };
}

/** What a told party is bound by, and where it stands. */
function partyPart({ state, policy }: CaseView) {
  const { terms } = policy.texts;
  const { maySay, mayDeploy, mayShareWith } = policy.downstream;
  return {
    terms: terms ?? null,
    may_say: maySay,
    may_deploy: mayDeploy,
    may_share_with: mayShareWith,
    standing: state.parties.map(({ name, state: stands, notifiedAt }) => ({ name, state: stands, notifiedAt })),
    branches: state.branches.map(({ component, branch, state: fix }) => ({ component, branch, state: fix })),
    public_without_a_fix: state.unfixed?.on ?? null,
    proposals: state.embargo.decided.map(({ until, zone, askedAs, decision }) => ({
      until,
      zone,
      askedAs,
      outcome: decision?.outcome ?? null,
    })),
  };
}

/** A date that was asked for, without the person who asked and without the parties that are asked beside the reader (L-02). */
function asked(request: EmbargoRequest | null) {
  if (request === null) return null;
  const { askedBy, decision, ...shown } = request;
  const voices = (all: readonly Voice[]) => all.filter((voice) => !voice.startsWith('party:'));
  return {
    ...shown,
    askedAs: voices(shown.askedAs),
    awaits: voices(shown.awaits),
    agreed: voices(shown.agreed),
    outcome: decision?.outcome ?? null,
  };
}

/** What those outside the team are told of where a case stands. */
function publicPart(state: CaseView['state']) {
  const { handling, visibility, publicSince, embargo, flaws, advisory } = state;
  return {
    handling,
    visibility,
    publicSince,
    embargo: {
      state: embargo.state,
      until: embargo.until,
      zone: embargo.zone,
      proposal: asked(embargo.proposal),
      decided: embargo.decided.map(asked),
    },
    flaws: flaws.map(({ flaw, cve, number }) => ({ flaw, cve, number })),
    advisory: { number: visibility === 'public' ? advisory.number : null, published: advisory.published },
  };
}

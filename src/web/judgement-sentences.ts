// SPDX-License-Identifier: Apache-2.0
// The events of judgements in a sentence: what the scope table says, a class, a severity, a credit.

import type { EventKind, EventOf } from '../core/model/event.ts';
import type { ParticipantId } from '../core/model/identifiers.ts';
import { creditWords, plain } from './words.ts';

type Kind = Extract<
  EventKind,
  'eligibility-proposed' | 'answers-corrected' | 'class-set' | 'severity-assessed' | 'credit-requested' | 'contributor-credited'
>;

export const verdicts = { in: 'in scope', out: 'out of scope', elsewhere: 'belongs to another project' } as const;

export const judgementSentences: {
  readonly [One in Kind]: (event: EventOf<One>, cast: { readonly reporter: (id: ParticipantId) => string }) => string;
} = {
  'eligibility-proposed': ({ proposal }) =>
    proposal === null
      ? 'No rule of the scope table fits.'
      : proposal.kind === 'question'
        ? `The scope table needs an answer first: ${plain(proposal.field)}.`
        : `The scope table proposes: ${verdicts[proposal.verdict]}, rule ${proposal.rule}.`,
  'answers-corrected': (event) => `Corrected: ${event.answers.map((answer) => plain(answer.field ?? 'an answer')).join(', ')}.`,
  'class-set': (event) => `Class: ${event.class}.`,
  'severity-assessed': ({ level, vector, score, cwes = [], ssvc }) =>
    `Severity: ${[level, vector, score?.score.toFixed(1), ...cwes, ssvc === undefined ? null : `SSVC ${plain(ssvc)}`].filter((word) => word != null).join(', ')}.`,
  'credit-requested': (event, cast) =>
    `${cast.reporter(event.participant)} asked to be credited ${creditWords[event.decision]}. It acts when the release is armed anew.`,
  'contributor-credited': (event) => `Own credit as ${event.as}: ${creditWords[event.decision]}.`,
};

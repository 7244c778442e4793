// SPDX-License-Identifier: Apache-2.0
// Bodies of the parties: screening, notice, answers, breach, and what their rules ask of us.

import { z } from 'zod';
import { partyDuties } from '../../core/model/party.ts';
import { filesOf } from '../files.ts';
import type { Entries } from './body.ts';
import {
  empty,
  entry,
  fate,
  fileInput,
  listOf,
  maybe,
  never,
  nothing,
  optionalText,
  optionalWord,
  reason,
  said,
  text,
  when,
  word,
  yesOrNo,
} from './body.ts';

const party = word;
const answers = ['acknowledged', 'ready', 'objected'] as const;
const seen = { party, since: when, evidence: text };

/** `party:linux-distros@` and the SHA-256 of the text that was shown. */
const rulesName = word.transform((name, context) => {
  const [, of, hash] = /^(.+)@([0-9a-f]{64})$/.exec(name) ?? [];
  if (of !== undefined && hash !== undefined) return { of, text: hash };
  context.addIssue({ code: 'custom', message: 'Name the rules as the case shows them, with their hash.' });
  return z.NEVER;
});

export const partyBodies = {
  'propose-party': entry(z.object({ party, ...reason }), (body, c) => ({
    kind: 'propose-party',
    party: body.party,
    reason: said(c, 'reason', 'team', body.reason),
  })),
  'acknowledge-rules': entry(z.object({ rules: rulesName }), (body) => ({
    kind: 'acknowledge-rules',
    rules: body.rules.of,
    text: body.rules.text,
  })),
  'decide-agents': entry(z.object({ allowed: yesOrNo, ...reason }), (body, c) => ({
    kind: 'decide-agents',
    allowed: body.allowed,
    reason: said(c, 'reason', 'team', body.reason),
  })),
  'screen-party': entry(z.object({ party, cleared: yesOrNo, ...reason }), (body, c) => ({
    kind: 'screen-party',
    party: body.party,
    cleared: body.cleared,
    reason: said(c, 'reason', 'team', body.reason),
  })),
  'notify-party': entry(z.object({ party, text: optionalText }), (body, c) => ({
    kind: 'notify-party',
    party: body.party,
    text: maybe(c, 'party_notice', 'team', body.text),
  })),
  'record-notice': entry(z.object({ ...seen, dated: z.preprocess(empty, when.optional()) }), (body, c) => ({
    kind: 'record-notice',
    party: body.party,
    since: body.since.at,
    dated: body.dated?.at ?? null,
    evidence: said(c, 'evidence', 'team', body.evidence),
  })),
  'record-answer': entry(
    z.object({ party, answer: z.enum(answers, { error: `Choose one of ${answers.join(', ')}.` }), evidence: text }),
    (body, c) => ({
      kind: 'record-answer',
      party: body.party,
      answer: body.answer,
      evidence: said(c, 'evidence', 'team', body.evidence),
    }),
  ),
  'write-to-party': entry(z.object({ party, body: text, never }), (body, c) => ({
    kind: 'write-to-party',
    party: body.party,
    body: said(c, 'party_message', 'team', body.body),
    ...fate(body),
  })),
  'write-to-team': entry(z.object({ as: optionalWord, body: text, attachments: listOf(fileInput).optional(), never }), (body, c) => ({
    kind: 'write-to-team',
    ...(body.as === undefined ? {} : { as: body.as }),
    body: said(c, 'party_message', 'team', body.body),
    attachments: (body.attachments ?? []).flatMap((file) => filesOf(c.contents, { purpose: 'evidence', audience: 'team' }, file)),
    ...fate(body),
  })),
  'accept-terms': entry(nothing, () => ({ kind: 'accept-terms' })),
  'acknowledge-notice': entry(nothing, () => ({ kind: 'acknowledge-notice' })),
  'say-ready': entry(nothing, () => ({ kind: 'say-ready' })),
  'raise-objection': entry(z.object(reason), (body, c) => ({ kind: 'raise-objection', reason: said(c, 'reason', 'team', body.reason) })),
  'remove-party': entry(z.object({ party, ...reason }), (body, c) => ({
    kind: 'remove-party',
    party: body.party,
    reason: said(c, 'reason', 'team', body.reason),
  })),
  'record-breach': entry(z.object(seen), (body, c) => ({
    kind: 'record-breach',
    party: body.party,
    since: body.since.at,
    evidence: said(c, 'evidence', 'team', body.evidence),
  })),
  'record-duty': entry(
    z.object({ party, duty: z.enum(partyDuties, { error: `Choose one of ${partyDuties.join(', ')}.` }), evidence: text }),
    (body, c) => ({ kind: 'record-duty', party: body.party, duty: body.duty, evidence: said(c, 'evidence', 'team', body.evidence) }),
  ),
} as const satisfies Entries;

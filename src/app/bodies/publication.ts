// SPDX-License-Identifier: Apache-2.0
// Bodies of publication: the advisory, credit, the people who say go, the channels, the end.

import { z } from 'zod';
import { authorityReports } from '../../core/model/authority.ts';
import type { ParticipantId, Role } from '../../core/model/identifiers.ts';
import { advisoryDraft, partsOf } from '../advisory-draft.ts';
import type { Entries } from './body.ts';
import { entry, fileInput, listOf, maybe, nothing, optionalText, optionalWord, reason, said, text, word } from './body.ts';

export const publicationBodies = {
  'record-filing': entry(
    z.object({ report: z.enum(authorityReports, { error: `Choose one of ${authorityReports.join(', ')}.` }), evidence: text }),
    (body, c) => ({ kind: 'record-filing', report: body.report, evidence: said(c, 'evidence', 'team', body.evidence) }),
  ),
  'write-advisory': entry(z.object({ advisory: advisoryDraft }), (body, c) => ({
    kind: 'write-advisory',
    advisory: said(c, 'advisory', 'team', JSON.stringify(body.advisory)),
    parts: partsOf(body.advisory, c.state),
  })),
  'submit-advisory': entry(nothing, () => ({ kind: 'submit-advisory' })),
  'approve-advisory': entry(nothing, () => ({ kind: 'approve-advisory' })),
  'return-advisory': entry(z.object(reason), (body, c) => ({ kind: 'return-advisory', reason: said(c, 'reason', 'team', body.reason) })),
  'decide-credit': entry(
    z.object({
      participant: optionalWord,
      decision: z.enum(['named', 'pseudonym', 'declined'], { error: 'Choose named, pseudonym or declined.' }),
      name: optionalText,
    }),
    (body, c) => ({
      kind: 'decide-credit',
      participant: (body.participant ?? c.participant ?? '') as ParticipantId,
      decision: body.decision,
      name: body.decision === 'declined' ? null : maybe(c, 'credit_name', 'withheld', body.name),
    }),
  ),
  'decide-own-credit': entry(
    z.object({
      as: z.enum(['patcher', 'reviewer', 'coordinator'], { error: 'Choose patcher, reviewer or coordinator.' }),
      decision: z.enum(['named', 'pseudonym', 'declined'], { error: 'Choose named, pseudonym or declined.' }),
      name: optionalText,
    }),
    (body, c) => ({
      kind: 'decide-own-credit',
      as: body.as,
      decision: body.decision,
      name: body.decision === 'declined' ? null : maybe(c, 'credit_name', 'withheld', body.name),
    }),
  ),
  'go-on-call': entry(z.object({ role: word }), (body) => ({ kind: 'go-on-call', role: body.role as Role })),
  'approve-release': entry(nothing, () => ({ kind: 'approve-release' })),
  'stop-release': entry(z.object({ reason: optionalText }), (body, c) => ({
    kind: 'stop-release',
    reason: maybe(c, 'reason', 'team', body.reason),
  })),
  'sign-documents': entry(z.object({ signatures: listOf(fileInput) }), (body) => ({
    kind: 'sign-documents',
    signatures: body.signatures.map(({ name, bytes }) => ({ name, armored: new TextDecoder().decode(bytes) })),
    documents: [],
    keys: [],
  })),
  'publish-case': entry(nothing, () => ({ kind: 'publish-case' })),
  'confirm-channel': entry(z.object({ channel: word, evidence: optionalText }), (body, c) => ({
    kind: 'confirm-channel',
    channel: body.channel,
    evidence: maybe(c, 'evidence', 'team', body.evidence),
  })),
  'close-case': entry(nothing, () => ({ kind: 'close-case' })),
} as const satisfies Entries;

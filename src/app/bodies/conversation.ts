// SPDX-License-Identifier: Apache-2.0
// Bodies of what people say: to the reporters, to the team, among the team.

import { z } from 'zod';
import { ownReporters } from '../../core/model/case.ts';
import type { ParticipantId } from '../../core/model/identifiers.ts';
import { filesOf } from '../files.ts';
import type { Entries } from './body.ts';
import { entry, fate, fileInput, listOf, never, said, text, thread, word } from './body.ts';

export const conversationBodies = {
  'send-message': entry(z.object({ body: text, to: listOf(word).optional(), never }), (body, c) => ({
    kind: 'send-message',
    body: said(c, 'message', 'shared', body.body),
    to: (body.to as ParticipantId[] | undefined) ?? ownReporters(c.state).map((reporter) => reporter.participant),
    ...fate(body),
  })),
  'answer-team': entry(z.object({ body: text, attachments: listOf(fileInput).optional(), never }), (body, c) => ({
    kind: 'answer-team',
    body: said(c, 'message', 'shared', body.body),
    attachments: (body.attachments ?? []).flatMap((file) =>
      filesOf(c.contents, { purpose: 'evidence', audience: 'shared', ...thread(c) }, file),
    ),
    ...fate(body),
  })),
  'add-note': entry(z.object({ body: text, attachments: listOf(fileInput).optional(), never }), (body, c) => ({
    kind: 'add-note',
    body: said(c, 'note', 'team', body.body),
    attachments: (body.attachments ?? []).flatMap((file) => filesOf(c.contents, { purpose: 'evidence', audience: 'team' }, file)),
    ...fate(body),
  })),
} as const satisfies Entries;

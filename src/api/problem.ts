// SPDX-License-Identifier: Apache-2.0
// Refusals as HTTP: application/problem+json (RFC 9457) with a stable type and a pointer to every field that is wrong.

import type { Context } from 'hono';
import type { ContentfulStatusCode } from 'hono/utils/http-status';
import type { Problem } from '../app/parse.ts';
import type { Refusal } from '../core/model/refusal.ts';

export interface ProblemBody {
  readonly type: string;
  readonly title: string;
  readonly status: ContentfulStatusCode;
  readonly detail?: string;
  readonly [extension: string]: unknown;
}

/** What is hidden and what does not exist are one answer, to the byte (L-22). */
export const notFound: ProblemBody = { type: '/problems/not-found', title: 'Not found', status: 404 };

export function problem(context: Context, body: ProblemBody): Response {
  return context.body(JSON.stringify(body), body.status, { 'Content-Type': 'application/problem+json; charset=utf-8' });
}

export function invalidBody(problems: readonly Problem[]): ProblemBody {
  return {
    type: '/problems/invalid',
    title: 'Something is missing or wrong',
    status: 422,
    errors: problems.map(({ field, sentence }) => ({ pointer: pointerTo(field), detail: sentence })),
  };
}

/** JSON Pointer as a fragment (RFC 6901 section 6); the whole body is `#`. */
function pointerTo(field: string): string {
  return field === '' ? '#' : `#/${field.replaceAll('.', '/')}`;
}

export function refusalProblem(refusal: Refusal): ProblemBody {
  switch (refusal.kind) {
    case 'not_found':
      return notFound;
    case 'not_permitted':
      return { type: '/problems/not-permitted', title: 'Not yours to do', status: 403, detail: refusal.sentence };
    case 'prove_again':
      return { type: '/problems/prove-again', title: 'Prove first that it is you', status: 403, detail: refusal.sentence };
    case 'wrong_state':
      return {
        type: '/problems/wrong-state',
        title: 'Not possible where the case stands',
        status: 409,
        detail: refusal.sentence,
        region: refusal.region,
        is: refusal.is,
        expected: refusal.expected,
      };
    case 'gates':
      return { type: '/problems/gates', title: 'Something has to happen first', status: 422, unmet: refusal.unmet };
    case 'invalid':
      return invalidBody([{ field: refusal.field, sentence: refusal.sentence }]);
    case 'conflict':
      return { type: '/problems/conflict', title: 'Someone changed the case since you looked', status: 412, version: refusal.version };
  }
}

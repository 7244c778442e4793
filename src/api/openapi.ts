// SPDX-License-Identifier: Apache-2.0
// The API's own description, OpenAPI 3.1, made from the schemas that validate and the table that decides.

import { emergency } from '../app/break-glass.ts';
import { schemaOf } from '../app/fields.ts';
import { readerNamed } from '../app/let-in.ts';
import type { OfferedAction } from '../app/parse.ts';
import { bodies, offeredActions } from '../app/parse.ts';
import { rowOf } from '../core/process/table.ts';
import { mailBody } from './account.ts';
import { lookBody, proposeBody, scoreBody } from './advisory.ts';
import { clusterBody } from './clusters.ts';
import { proposalBody, withdrawalBody } from './policy-changes.ts';
import { spentLink } from './reporters.ts';
import { reportBody } from './reports.ts';

export function openApi(baseUrl: string) {
  return {
    openapi: '3.1.0',
    info: { title: 'Daylight', version: '1', description: 'Vulnerability disclosure of open-source projects: reports, cases, advisories.' },
    servers: [{ url: baseUrl }],
    components: { securitySchemes: { session: { type: 'http', scheme: 'bearer' } } },
    paths: {
      '/api/v1/{project}/reports': { post: operation('submit-report', 'Send a report', schemaOf(reportBody), ['project'], false) },
      ...reporterPaths(),
      '/api/v1/{project}/cases': {
        get: {
          operationId: 'list-cases',
          summary: 'Open cases that you see, a page at a time',
          parameters: [...parameters(['project']), ...paging],
          security: [{ session: [] }],
          responses,
        },
      },
      '/api/v1/{project}/statistics': look('show-statistics', 'The public figures of a project', ['project'], false),
      '/api/v1/{project}/cases/{case}/record': look('show-record', 'The opened record, for anybody', ['project', 'case'], false),
      '/api/v1/{project}/cases/{case}/preview': look(
        'preview-record',
        'What the world would read, for those inside',
        ['project', 'case'],
        true,
      ),
      '/api/v1/{project}/cases/{case}/release': look('show-release', 'What goes out, and what does not', ['project', 'case'], true),
      '/api/v1/{project}/cases/{case}/release/to-sign': look(
        'show-to-sign',
        'The exact bytes that wait for a person’s signature, for who may sign',
        ['project', 'case'],
        true,
      ),
      '/api/v1/{project}/cases/{case}/access': look(
        'show-access',
        'Who can see a case, why and since when, and who has seen it',
        ['project', 'case'],
        true,
      ),
      ...advisoryPaths(),
      ...policyPaths(),
      ...emergencyPaths(),
      ...accountPaths(),
      '/api/v1/{project}/cases/mark-duplicates': {
        post: operation('mark-duplicates', 'Mark several as duplicates', schemaOf(clusterBody), ['project'], true),
      },
      '/api/v1/{project}/cases/{case}': {
        get: {
          operationId: 'show-case',
          summary: 'One case, as far as you see it',
          parameters: parameters(['project', 'case']),
          security: [{ session: [] }],
          responses,
        },
      },
      ...Object.fromEntries(offeredActions.map((kind) => [`/api/v1/{project}/cases/{case}/${kind}`, { post: actionOperation(kind) }])),
    },
  };
}

/** The advisory while it is written. */
function advisoryPaths() {
  const root = '/api/v1/{project}/cases/{case}/advisory';
  const both = ['project', 'case'] as const;
  return {
    [root]: look('show-advisory', 'The advisory as it is written: versions, who wrote what, what changed', both, true),
    [`${root}/preview`]: {
      post: operation(
        'preview-advisory',
        'Every document of a text that is not saved, and what is found in it',
        schemaOf(lookBody),
        both,
        true,
      ),
    },
    [`${root}/propose-versions`]: {
      post: operation('propose-versions', 'Branches, commits and tags as the repository has them', schemaOf(proposeBody), both, true),
    },
    '/api/v1/{project}/score': {
      post: operation('score', 'A vector and its score, of metrics or of a vector', schemaOf(scoreBody), ['project'], false),
    },
  };
}

/** A reporter's own report. */
function reporterPaths() {
  return {
    '/api/v1/{project}/return': {
      post: operation('open-own-report', 'Open your own report by the link of a mail, once', schemaOf(spentLink), ['project'], false),
    },
    '/api/v1/{project}/my-report': look(
      'show-own-report',
      'Your own report, by its return key or the session of a link',
      ['project'],
      true,
    ),
  };
}

/** One's own account. */
function accountPaths() {
  return {
    '/api/v1/{project}/account/mail': look('show-mail', 'When you want mail', ['project'], true),
    '/api/v1/{project}/account/choose-mail': {
      post: operation(
        'choose-mail',
        'Say when you want mail: the hour of the digest, quiet hours, your zone',
        schemaOf(mailBody),
        ['project'],
        true,
      ),
    },
  };
}

/** Changes of the policy, for those whose role may. */
function policyPaths() {
  const root = '/api/v1/{project}/policy';
  return {
    [`${root}/proposals`]: {
      ...look('list-policy-proposals', 'What was proposed, and what holds', ['project'], true),
      post: operation('propose-policy', 'Propose another policy', schemaOf(proposalBody), ['project'], true),
    },
    [`${root}/proposals/{proposal}`]: look('show-policy-proposal', 'One proposal, and what it would change', ['project', 'proposal'], true),
    [`${root}/proposals/{proposal}/accept`]: {
      post: operation('accept-policy', 'Accept what another person proposed', { type: 'object' }, ['project', 'proposal'], true),
    },
    [`${root}/proposals/{proposal}/withdraw`]: {
      post: operation('withdraw-policy', 'Withdraw a proposal', schemaOf(withdrawalBody), ['project', 'proposal'], true),
    },
    [`${root}/confirm-security-txt`]: {
      post: operation('confirm-security-txt', 'Say that security.txt is still true', { type: 'object' }, ['project'], true),
    },
  };
}

/** In an emergency, for those who run the system. */
function emergencyPaths() {
  const does = 'Open one case for some hours, and tell everybody who reads it';
  const root = '/api/v1/{project}/break-glass';
  return {
    [root]: {
      ...look('stranded-cases', 'Narrowed cases that too few are left to read', ['project'], true),
      post: operation('break-glass', does, schemaOf(emergency), ['project'], true),
    },
    [`${root}/readers`]: {
      post: operation(
        'name-reader-as-administrator',
        'Let somebody into a narrowed case; it takes two',
        schemaOf(readerNamed),
        ['project'],
        true,
      ),
    },
  };
}

/** How a list is asked for, page by page. */
const paging = [
  { name: 'after', in: 'query', required: false, schema: { type: 'string' }, description: 'The `next` of the page before.' },
  {
    name: 'order',
    in: 'query',
    required: false,
    schema: { enum: ['clock', 'patches'] },
    description: '`patches`: cases with a patch first.',
  },
];

const problemContent = { 'application/problem+json': { schema: { type: 'object' } } };
const responses = {
  200: { description: 'Done, or shown.' },
  404: { description: 'Does not exist, or is not visible to you.', content: problemContent },
  409: { description: 'Not possible where the case stands.', content: problemContent },
  412: { description: 'Someone changed the case since you looked (If-Match).', content: problemContent },
  422: { description: 'A field or a gate is missing; each is named.', content: problemContent },
  503: { description: 'Not available right now; nothing was changed.', content: problemContent },
};

function look(operationId: string, summary: string, names: readonly string[], signedIn: boolean) {
  return { get: { operationId, summary, parameters: parameters(names), ...(signedIn ? { security: [{ session: [] }] } : {}), responses } };
}

function operation(id: string, summary: string, schema: unknown, names: readonly string[], signedIn: boolean) {
  return {
    operationId: id,
    summary,
    parameters: parameters(names),
    requestBody: { content: { 'application/json': { schema } } },
    ...(signedIn ? { security: [{ session: [] }] } : {}),
    responses,
  };
}

/** An action; what seconds something names the version that was read. */
function actionOperation(kind: OfferedAction) {
  const { label, seconds } = rowOf(kind);
  const plain = operation(kind, label, schemaOf(bodies[kind].schema), ['project', 'case'], true);
  if (seconds !== true) return { ...plain, parameters: [...plain.parameters, { ...versionRead, required: false }] };
  return { ...plain, parameters: [...plain.parameters, { ...versionRead, required: true }], responses: { ...responses, 428: unnamed } };
}

const versionRead = {
  name: 'If-Match',
  in: 'header',
  schema: { type: 'string' },
  description: 'The ETag of the case as it was read. If something has moved the case since, nothing is done (412).',
};
const unnamed = {
  description:
    'This seconds what somebody else wrote: If-Match has to name the version that was read. The ETag is that of the version that stands.',
  content: problemContent,
};

function parameters(names: readonly string[]) {
  return names.map((name) => ({ name, in: 'path', required: true, schema: { type: 'string' } }));
}

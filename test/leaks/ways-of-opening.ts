// SPDX-License-Identifier: Apache-2.0
// Every way in which more of a case becomes public, each led through the API to the moment before and then taken. The table says which there are.

import { shifted } from '../../src/core/model/time.ts';
import type { table } from '../../src/core/process/table.ts';
import { minimalAnd } from '../support/policies.ts';
import type { Sent, Steps } from './secret.ts';
import { stepsOf } from './secret.ts';
import type { Village } from './village.ts';

type Table = typeof table;
/** Actions whose row says that the case may be public afterwards. */
type Opens = {
  [Kind in keyof Table]: Table[Kind]['to'] extends { readonly visibility: readonly (infer Stands)[] }
    ? 'public' extends Stands
      ? Kind
      : never
    : never;
}[keyof Table];
/** Actions that open more of a case that is public, or another case. A walk holds this list to what happens (test/core/wider.test.ts). */
export const opensMore = ['open-proofs', 'decide-proof', 'agree-to-opening', 'split-case'] as const;
/** What comes from an archive has no report, and nothing of it is opened but what was published before (test/flows/import.test.ts). */
export const opensNoReport = 'complete-import';
export type WayOfOpening = Exclude<Opens, typeof opensNoReport> | (typeof opensMore)[number];

export interface Scene extends Steps {
  readonly here: Village;
  readonly project: string;
  readonly sent: Sent;
  /** Another report, with nothing in it that is to be struck out. */
  another(): Promise<Sent>;
}

export interface Way {
  readonly policy: keyof typeof policies;
  /** To the moment before. What is proposed to be struck out is proposed then. */
  readonly before: (scene: Scene) => Promise<unknown>;
  /** The case that is public afterwards, where it is another one. */
  readonly open: (scene: Scene) => Promise<unknown>;
  /** What everybody reads of a case like it in which nothing is struck out. */
  readonly shows: readonly ('report' | 'proof')[];
}

const publication = (more = '') => `publication: { scope: full_record, reports: every_report${more} }`;
const classes = `cve: { required_for: nothing }
eligibility:
  decided: first
  out_of_scope: public_bug
  classes: { A: { means: A flaw }, D: { means: No secret, handled: in_the_open, publishes: nothing } }`;
const triggered = (trigger: string) =>
  minimalAnd(`
${publication()}
advisory: { kind: none }
reviews: { publication: none }
embargo: { mode: never }
disclosure: { trigger: ${trigger}, posted_to: devel@lists.example, at_latest: 10 days from confirmation, unfixed: { allowed: by_choice } }
clocks: { fix: 1 day }
${classes}`);

export const policies = {
  by_hand: triggered('by_hand'),
  posted: triggered('patch_posted'),
  merged: triggered('fix_merged'),
  released: triggered('fix_released'),
  moderated: minimalAnd(`${publication()}\nintake: { moderation: everyone, channels: [{ web: form, starts: public }] }\n${classes}`),
  weekly: minimalAnd(`${publication(', proof_of_concept: 7 days')}\n${classes}`),
  reticent: minimalAnd(`${publication(', proof_of_concept: reporter_decides')}\n${classes}`),
  fix_only: minimalAnd(`publication: { scope: fix_only }\n${classes}`),
} as const;

const branch = { branch: 'master' };

async function eligible({ anna }: Scene): Promise<void> {
  await anna('take-up-case');
  await anna('decide-eligibility', { verdict: 'in', reason: 'In scope.' });
}

async function confirmed(scene: Scene): Promise<void> {
  await eligible(scene);
  await scene.anna('confirm-flaw', {
    reason: 'It is one.',
    class: 'A',
    severity: 'high',
    branches: 'development master',
    summary: 'In short.',
  });
}

async function patched(scene: Scene): Promise<void> {
  await confirmed(scene);
  await scene.anna('add-patch', { ...branch, patch: { name: 'fix.patch', text: 'diff\n\nSigned-off-by: Anna <a@b>\n' } });
  await scene.viktor('approve-patch', branch);
  await scene.reporter('decide-credit', { decision: 'declined' });
}

const dismissed = ({ anna }: Pick<Steps, 'anna'>) => anna('dismiss-flaw', { reason: 'Not exploitable.', class: 'D' });

export async function asABug(here: Village, project: string, sent: Sent): Promise<void> {
  const { anna } = stepsOf(here, project, sent);
  await anna('take-up-case');
  await anna('decide-eligibility', { verdict: 'in', reason: 'In scope.' });
  await dismissed({ anna });
}

async function toTheCap({ here }: Scene): Promise<void> {
  here.set(shifted(here.now(), { hours: 10 * 24 }));
  await here.settle();
}

const report = ['report', 'proof'] as const;

/** One for each; the compiler names the one that is missing. */
export const ways: { readonly [Kind in WayOfOpening]: Way } = {
  'release-report': {
    policy: 'moderated',
    before: async () => undefined,
    open: ({ anna }) => anna('release-report'),
    shows: report,
  },
  'decide-eligibility': {
    policy: 'by_hand',
    before: ({ anna }) => anna('take-up-case'),
    open: ({ anna }) => anna('decide-eligibility', { verdict: 'out', reason: 'No boundary.' }),
    shows: report,
  },
  'dismiss-flaw': { policy: 'by_hand', before: eligible, open: dismissed, shows: report },
  'confirm-flaw': {
    policy: 'by_hand',
    before: eligible,
    open: ({ anna }) => anna('confirm-flaw', { reason: 'It is one.', class: 'D', severity: 'low' }),
    shows: report,
  },
  'set-class': {
    policy: 'by_hand',
    before: confirmed,
    open: ({ anna }) => anna('set-class', { class: 'D' }),
    shows: report,
  },
  'record-posting': {
    policy: 'posted',
    before: patched,
    open: ({ anna }) => anna('record-posting', { ...branch, messageId: '<1@lists.example>' }),
    shows: report,
  },
  'record-merge': {
    policy: 'merged',
    before: patched,
    open: ({ anna }) => anna('record-merge', { ...branch, commit: 'a'.repeat(40) }),
    shows: report,
  },
  'record-release': {
    policy: 'released',
    before: async (scene) => {
      await patched(scene);
      await scene.anna('record-merge', { ...branch, commit: 'a'.repeat(40) });
    },
    open: ({ anna }) => anna('record-release', { ...branch, tag: 'v2' }),
    shows: report,
  },
  'publish-case': { policy: 'by_hand', before: patched, open: ({ anna }) => anna('publish-case'), shows: report },
  'publish-bundle': {
    policy: 'posted',
    before: async (scene) => {
      await confirmed(scene);
      await scene.viktor('agree-bundle');
    },
    open: toTheCap,
    shows: ['report'],
  },
  'publish-unfixed': {
    policy: 'posted',
    before: async (scene) => {
      await confirmed(scene);
      scene.here.later(25);
      await scene.anna('announce-unfixed', { reason: 'Nobody has time.' });
    },
    open: toTheCap,
    shows: report,
  },
  'decide-withdrawal': {
    policy: 'by_hand',
    before: ({ reporter }) => reporter('ask-withdrawal', { reason: 'I was wrong.' }),
    open: ({ anna }) => anna('decide-withdrawal', { accepted: true, reason: 'As you wish.' }),
    shows: report,
  },
  'mark-duplicate': {
    policy: 'by_hand',
    before: async () => undefined,
    open: async ({ here, project, another, anna }) => {
      const target = await another();
      await asABug(here, project, target);
      await anna('mark-duplicate', { of: target.case, opens: true, reason: 'The same.' });
    },
    shows: report,
  },
  'update-relations': {
    policy: 'by_hand',
    before: async () => undefined,
    open: async ({ here, project, another, anna }) => {
      const target = await another();
      await anna('mark-duplicate', { of: target.case, reason: 'The same.' });
      await asABug(here, project, target);
      await here.settle();
    },
    shows: report,
  },
  'open-proofs': {
    policy: 'weekly',
    before: async (scene) => {
      await eligible(scene);
      await dismissed(scene);
    },
    open: async ({ here }) => {
      here.later(8 * 24);
      await here.settle();
    },
    shows: report,
  },
  'decide-proof': {
    policy: 'reticent',
    before: async (scene) => {
      await eligible(scene);
      await dismissed(scene);
    },
    open: ({ reporter }) => reporter('decide-proof', { open: true }),
    shows: report,
  },
  'agree-to-opening': {
    policy: 'fix_only',
    before: async (scene) => {
      await eligible(scene);
      await dismissed(scene);
    },
    open: ({ reporter }) => reporter('agree-to-opening'),
    shows: report,
  },
  'split-case': {
    policy: 'by_hand',
    before: async () => undefined,
    open: async ({ here, project, sent, anna, state }) => {
      await anna('split-case', { parts: ['The other flaw'], reason: 'Fixed apart.' });
      const [part] = (await state()).parts as readonly string[];
      await asABug(here, project, { ...sent, case: part ?? '' });
      // What both share opens with the last of them (shared.test.ts).
      await asABug(here, project, sent);
      await here.settle();
    },
    shows: report,
  },
};

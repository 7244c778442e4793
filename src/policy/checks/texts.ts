// SPDX-License-Identifier: Apache-2.0
// Checks: a text names only fields that exist, and none that its recipient may not see.

import type { Policy } from '../../core/policy/policy.ts';
import type { TextName } from '../../core/policy/words.ts';
import { didYouMean } from '../nearest.ts';
import { type Check, when } from './check.ts';

/** Says nothing of any case. */
const general = ['project', 'form_url', 'page_url', 'end', 'date'];
/** What people with access may read in the clear: where a case is and how it stands, never what it is about. */
const standing = [...general, 'case', 'owner', 'case_url', 'issue_url', 'issue_number', 'rule', 'say', 'missing', 'cve'];
/** What the cleared parties and the CNA are told. */
const told = [
  ...standing,
  'credit',
  'component',
  'branch',
  'advisory_id',
  'impact_text',
  'feature',
  'action',
  'actor',
  'impact',
  'consequence',
  'deployments',
];
const everything = [...told, 'title', 'reporter'];

/** The fields that each text may have, by who reads it. */
const fieldsOf: Readonly<Record<TextName, readonly string[]>> = {
  consent: general,
  redirect: general,
  closed_season: general,
  terms: general,
  held: standing,
  acknowledgement: standing,
  receipt_code: standing,
  embargo_reminder: standing,
  incomplete: standing,
  out_of_scope: standing,
  elsewhere: standing,
  not_exploitable: standing,
  embargo_refused: standing,
  unfixed_warning: standing,
  // A second reporter is not told who found it first, nor under which number (QEMU-49).
  duplicate: [...general, 'case', 'owner', 'case_url'],
  impact: told,
  notice: told,
  // A subject travels in the clear, to lists that are cleared for it (VMT-19).
  notice_subject: [...general, 'case', 'component', 'cve', 'advisory_id'],
  cve_request: told,
  advisory_subject: everything,
};

interface Template {
  readonly key: string;
  readonly text: string;
  readonly allowed: readonly string[];
}

export const textChecks: readonly Check[] = [
  {
    about: 'a field that does not exist',
    kind: 'error',
    find: (policy) =>
      fieldsUsed(policy).flatMap(({ key, field }) =>
        when(!everything.includes(field), key, `${key}: {${field}} is no field.${didYouMean(field, everything)}`),
      ),
  },
  {
    about: 'a text with a field that its recipient may not see',
    kind: 'contradiction',
    find: (policy) =>
      fieldsUsed(policy).flatMap(({ key, field, allowed }) =>
        when(
          everything.includes(field) && !allowed.includes(field),
          key,
          `${key} has the field {${field}}, which its recipient may not see.`,
        ),
      ),
  },
];

function templates({ texts, commits, labels }: Policy): readonly Template[] {
  const own = Object.entries(texts).flatMap(([name, text]): Template[] =>
    typeof text === 'string' ? [{ key: `texts.${name}`, text, allowed: fieldsOf[name as TextName] }] : [],
  );
  return [
    ...own,
    ...commits.trailers.map((text, position) => ({ key: `commits.trailers[${position}]`, text, allowed: everything })),
    { key: 'commits.patch_file', text: commits.patchFile ?? '', allowed: told },
    { key: 'labels.public_title', text: labels.publicTitle, allowed: everything },
  ];
}

function fieldsUsed(policy: Policy): readonly { readonly key: string; readonly field: string; readonly allowed: readonly string[] }[] {
  return templates(policy).flatMap(({ key, text, allowed }) =>
    [...text.matchAll(/\{([^{}\s]*)\}/g)].map(([, field = '']) => ({ key, field, allowed })),
  );
}

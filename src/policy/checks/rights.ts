// SPDX-License-Identifier: Apache-2.0
// Checks: somebody may do what the policy asks for, and nobody reads what they must not.

import type { Role } from '../../core/model/identifiers.ts';
import type { Review } from '../../core/policy/embargo-rules.ts';
import { type Policy, rolesWith } from '../../core/policy/policy.ts';
import { type Right, reservedRoles } from '../../core/policy/words.ts';
import type { Finding } from '../issues.ts';
import { reviewPlaces } from '../places.ts';
import { type Check, when } from './check.ts';

/** A right, where it is needed, and the words for why. */
interface Need {
  readonly right: Right;
  readonly key: string;
  readonly why: string;
}

/** The right by which a review's approvals are given. */
const reviewRights: Readonly<Record<string, Right>> = {
  'reviews.patch': 'review',
  'reviews.backport': 'review',
  'reviews.advisory': 'approve_advisory',
  'reviews.impact': 'approve_advisory',
  'reviews.publication': 'disclose',
  'reviews.redaction': 'disclose',
  'reviews.policy_change': 'change_policy',
};

export const rightChecks: readonly Check[] = [
  {
    about: 'a right that a step needs and nobody has',
    kind: 'contradiction',
    find: (policy, inFile) =>
      needs(policy).flatMap(({ right, key, why }) =>
        when(rolesWith(policy, right).length === 0, inFile(key) ? key : 'roles', `nobody has the right ${right}, but ${why}.`),
      ),
  },
  {
    about: 'a review by people who may not give it',
    kind: 'contradiction',
    find: (policy) => reviewPlaces(policy).flatMap(({ key, review }) => mayNotReview(policy, key, review)),
  },
  {
    about: 'a report that nobody who sees it may handle',
    kind: 'contradiction',
    find: (policy) =>
      when(
        rolesWith(policy, 'handle').length > 0 && !policy.visibility.onReceipt.some((role) => policy.roles[role]?.may.includes('handle')),
        'visibility.on_receipt',
        'visibility.on_receipt names no role with the right handle: nobody who sees a report could work on it.',
      ),
  },
  {
    about: 'a fallback that cannot read the case',
    kind: 'contradiction',
    find: ({ roles, visibility, ownership }) =>
      when(
        Object.hasOwn(roles, ownership.fallback) && ![...visibility.onReceipt, ...visibility.whenAdded].includes(ownership.fallback),
        'ownership.fallback',
        `ownership.fallback is ${ownership.fallback}, which visibility lets read no case.`,
      ),
  },
  {
    about: 'a reserved role that would read what it must not',
    kind: 'contradiction',
    find: ({ visibility }) => [
      ...readsTooMuch('visibility.on_receipt', visibility.onReceipt, reservedRoles),
      ...readsTooMuch('visibility.when_added', visibility.whenAdded, ['reporter', 'agent', 'auditor', 'administrator']),
      ...readsTooMuch('visibility.cve_queue', visibility.cveQueue, reservedRoles),
    ],
  },
  {
    about: 'a role that assigns CVE numbers and may not record them',
    kind: 'contradiction',
    find: (policy) => {
      const { role } = policy.cve.assigner;
      const may = role === null ? [] : (policy.roles[role]?.may ?? []);
      return when(
        policy.cve.assigner.kind === 'member' && !may.includes('record_cve') && (role === null || Object.hasOwn(policy.roles, role)),
        'cve.assigner.role',
        `cve.assigner.kind is member, but ${role === null ? 'no role is named' : `${role} has not the right record_cve`}.`,
      );
    },
  },
];

function needs(policy: Policy): readonly Need[] {
  const { intake, embargo, cve, downstream, advisory, disclosure, roles } = policy;
  const invited = Object.entries(roles).find(([, { from }]) => from.kind === 'invited')?.[0];
  const parties = downstream.parties.length;
  const need = (is: boolean, right: Right, key: string, why: string): readonly Need[] => (is ? [{ right, key, why }] : []);
  return [
    ...need(true, 'handle', 'visibility.on_receipt', 'every report waits for someone to decide'),
    ...need(intake.moderation !== 'none', 'moderate', 'intake.moderation', `intake.moderation is ${intake.moderation}`),
    ...need(embargo.mode !== 'never', 'set_embargo', 'embargo.mode', `embargo.mode is ${embargo.mode}`),
    ...need(cve.requiredFor !== 'nothing', 'request_cve', 'cve.required_for', `cve.required_for is ${cve.requiredFor}`),
    ...need(cve.requiredFor !== 'nothing', 'record_cve', 'cve.required_for', `cve.required_for is ${cve.requiredFor}`),
    ...need(advisory.kind !== 'none', 'write_advisory', 'advisory.kind', `advisory.kind is ${advisory.kind}`),
    ...reviewPlaces(policy).flatMap(({ key, review }) =>
      need(review.kind === 'approvals' && review.by.length === 0, reviewRights[key] ?? 'review', key, `${key} asks for approval`),
    ),
    ...need(parties > 0, 'notify_parties', 'downstream.parties', `downstream.parties has ${parties} ${parties === 1 ? 'row' : 'rows'}`),
    ...need(true, 'disclose', 'disclosure.trigger', `disclosure.trigger is ${disclosure.trigger}`),
    ...need(invited !== undefined, 'admit', `roles.${invited}`, `people join the role ${invited} by invitation`),
  ];
}

/** The right that each word takes where every named role is asked for one; a description is approved by its reporters, too. */
const wordRights: Readonly<Record<string, Right>> = { ...reviewRights, 'reviews.impact': 'review' };

/** Where each of several roles is asked for its word, a role that cannot give it holds everything up. */
function cannotSpeak({ roles }: Policy, key: string, asked: readonly Role[]): readonly Finding[] {
  const right = key === 'reviews.policy_change' ? undefined : wordRights[key];
  if (right === undefined) return [];
  const mute = asked.filter((role) => Object.hasOwn(roles, role) && roles[role]?.may.includes(right) !== true);
  return mute.map((role) => ({
    key: `${key}.each_of`,
    message: `${key}.each_of names ${role}, which has not the right ${right}: its word could never be given.`,
  }));
}

function mayNotReview(policy: Policy, key: string, review: Review): readonly Finding[] {
  if (review.kind === 'each_of') return cannotSpeak(policy, key, review.eachOf);
  const right = reviewRights[key];
  if (right === undefined) return [];
  return when(
    review.by.some((role) => Object.hasOwn(policy.roles, role)) && !review.by.some((role) => policy.roles[role]?.may.includes(right)),
    `${key}.by`,
    `${key}.by names ${review.by.join(', ')}, and none of them has the right ${right}.`,
  );
}

function readsTooMuch(key: string, roles: readonly string[], barred: readonly string[]): readonly Finding[] {
  return roles.flatMap((role) =>
    when(barred.includes(role), key, `${key} names ${role}, a reserved role that cannot read cases this way.`),
  );
}

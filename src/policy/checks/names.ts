// SPDX-License-Identifier: Apache-2.0
// Checks: what a policy names, it declares.

import type { Policy } from '../../core/policy/policy.ts';
import { formFields, reservedRoles, type Section, sections } from '../../core/policy/words.ts';
import type { Finding } from '../issues.ts';
import { didYouMean } from '../nearest.ts';
import { conditionPlaces, type Mention, roleMentions } from '../places.ts';
import { type Check, when } from './check.ts';

const reserved: readonly string[] = reservedRoles;

export const nameChecks: readonly Check[] = [
  {
    about: 'a role declared under a reserved name',
    kind: 'error',
    find: ({ roles }) =>
      reserved.flatMap((role) =>
        when(
          Object.hasOwn(roles, role),
          `roles.${role}`,
          `roles.${role}: \`${role}\` is a reserved role; it exists without being declared.`,
        ),
      ),
  },
  {
    about: 'a role that is not declared',
    kind: 'contradiction',
    find: (policy) => undeclared(roleMentions(policy), [...Object.keys(policy.roles), ...reserved], 'roles'),
  },
  {
    about: 'a branch group that is not declared',
    kind: 'contradiction',
    find: (policy) => undeclared(groupMentions(policy), Object.keys(policy.branches.groups), 'branches.groups'),
  },
  {
    about: 'a severity that is not on the scale',
    kind: 'contradiction',
    find: (policy) =>
      undeclared(
        conditionPlaces(policy).flatMap(({ key, condition }) => ('level' in condition ? [{ key, name: condition.level }] : [])),
        policy.severity.scale,
        'severity.scale',
      ),
  },
  {
    about: 'a source that is not declared',
    kind: 'contradiction',
    find: (policy) =>
      undeclared(
        sections.flatMap((section) => policy.origins[section].source.map(({ name }) => ({ key: `${section}.source`, name }))),
        Object.keys(policy.sources),
        'policy.sources',
      ),
  },
  {
    about: 'a reason for a key that the section does not have',
    kind: 'error',
    find: (policy, inFile) => sections.flatMap((section) => reasonsForNothing(policy, section, inFile)),
  },
  {
    about: 'a form field that is not asked for',
    kind: 'contradiction',
    find: (policy) => undeclared(fieldMentions(policy), knownFields(policy), 'the form'),
  },
  {
    about: 'an answer that the form does not offer',
    kind: 'contradiction',
    find: (policy) => policy.eligibility.scope.flatMap((row, position) => answersNotOffered(policy, row.when ?? {}, position)),
  },
  {
    about: 'one name for two things',
    kind: 'contradiction',
    find: ({ eligibility, downstream }) => [
      ...twice(eligibility.scope.map(({ rule }, position) => ({ key: `eligibility.scope[${position}].rule`, name: rule }))),
      ...twice(downstream.parties.map(({ name }, position) => ({ key: `downstream.parties[${position}].name`, name }))),
    ],
  },
];

function undeclared(mentions: readonly Mention[], declared: readonly string[], where: string): readonly Finding[] {
  return mentions.flatMap(({ key, name }) =>
    when(!declared.includes(name), key, `${key} names \`${name}\`, which ${where} does not declare.${didYouMean(name, declared)}`),
  );
}

function groupMentions(policy: Policy): readonly Mention[] {
  const { must, should, aim } = policy.branches;
  const lists: readonly (readonly [string, readonly string[]])[] = [
    ['branches.must', must],
    ['branches.should', should],
    ['branches.aim', aim],
    ...Object.entries(policy.eligibility.classes).map(
      ([name, { branches }]) => [`eligibility.classes.${name}.branches`, branches] as const,
    ),
    ...conditionPlaces(policy).map(({ key, condition }) => [key, 'groups' in condition ? condition.groups : []] as const),
  ];
  return lists.flatMap(([key, names]) => names.map((name) => ({ key, name })));
}

function knownFields({ intake }: Policy): readonly string[] {
  return [...intake.form.required, ...intake.form.asked, ...formFields];
}

function fieldMentions({ intake, eligibility }: Policy): readonly Mention[] {
  return [
    ...Object.keys(intake.form.choices).map((name) => ({ key: `intake.form.choices.${name}`, name })),
    ...Object.keys(intake.form.help).map((name) => ({ key: `intake.form.help.${name}`, name })),
    ...eligibility.scope.flatMap((row, position) =>
      Object.keys(row.when ?? {}).map((name) => ({ key: `eligibility.scope[${position}].when.${name}`, name })),
    ),
  ];
}

function answersNotOffered({ intake }: Policy, fields: Readonly<Record<string, readonly string[]>>, position: number): readonly Finding[] {
  return Object.entries(fields).flatMap(([field, values]) => {
    const offered = intake.form.choices[field];
    const key = `eligibility.scope[${position}].when.${field}`;
    if (offered === undefined) return [];
    return values.flatMap((value) =>
      when(
        !value.includes('*') && !offered.includes(value),
        key,
        `${key} waits for \`${value}\`, which intake.form.choices.${field} does not offer.${didYouMean(value, offered)}`,
      ),
    );
  });
}

function reasonsForNothing(policy: Policy, section: Section, inFile: (key: string) => boolean): readonly Finding[] {
  return Object.keys(policy.origins[section].because).flatMap((name) => {
    const key = `${section}.because.${name}`;
    return when(!inFile(`${section}.${name}`), key, `${key} gives a reason, but ${section}.${name} does not stand in this file.`);
  });
}

function twice(mentions: readonly Mention[]): readonly Finding[] {
  return mentions.flatMap(({ key, name }, position) =>
    when(mentions.findIndex((other) => other.name === name) < position, key, `${key}: \`${name}\` stands twice.`),
  );
}

// SPDX-License-Identifier: Apache-2.0
// A policy whose reviews ask two roles for one word each, and who could have given which of them: worked out here by trying everybody.

import type { Role } from '../../src/core/model/identifiers.ts';
import type { Policy } from '../../src/core/policy/policy.ts';
import { preset } from './core.ts';

const [first, second] = ['core', 'vendor'] as unknown as readonly [Role, Role];

/** As libvirt, but every review is a core developer's word and a vendor's. */
export function severally(): Policy {
  const policy = preset('libvirt-2023');
  const both = { kind: 'each_of', eachOf: [first, second] } as const;
  const reviews = {
    ...policy.reviews,
    patch: { ...both, before: 'disclosure' as const },
    backport: both,
    impact: { kind: 'each_of' as const, eachOf: ['reporter' as Role, second] },
    advisory: both,
    publication: both,
    redaction: both,
  };
  return { ...policy, reviews, branches: { ...policy.branches, should: [] } };
}

/** The roles of a walker by their name: `core2` is core, `all1` holds every role. */
function rolesByName(name: string): readonly string[] {
  return name.startsWith('all') || !/\d$/.test(name) ? [first, second] : [name.replace(/\d$/, '')];
}

/** Whether different people among these could have spoken for each of the roles, with so many of them left over. */
export function coverEach(roles: readonly string[], people: readonly string[], over: number): boolean {
  const [role, ...others] = roles;
  if (role === undefined) return new Set(people).size >= over;
  return people.some((one) => {
    const rest = people.filter((other) => other !== one);
    return rolesByName(one).includes(role) && coverEach(others, rest, over);
  });
}

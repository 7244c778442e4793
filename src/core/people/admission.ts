// SPDX-License-Identifier: Apache-2.0
// Admission: what the policy asks of an applicant, and what is still missing. Nobody is let in by an address or a domain (L-26).

import type { PersonId, Role } from '../model/identifiers.ts';
import type { UnmetGate } from '../model/refusal.ts';
import type { Condition } from '../policy/conditions.ts';
import type { Policy } from '../policy/policy.ts';
import { type ApplicantStatement, reservedRoles } from '../policy/words.ts';
import type { Application } from './person.ts';

/** What an applicant for this role has to state (LIBVIRT-20, LIBVIRT-21). */
export function statementsOf({ roles }: Policy, role: Role): readonly ApplicantStatement[] {
  return roles[role]?.admission?.states ?? [];
}

/** Roles that somebody may be admitted to: those of the policy whose members are invited, and the two that run and audit the system. */
export function admissible({ roles }: Policy): readonly Role[] {
  const declared = Object.entries(roles).flatMap(([role, { from }]) => (from.kind === 'invited' ? [role as Role] : []));
  return [...declared, ...systemRoles];
}

/** Reserved roles that are held by members of a project and read no case. */
export const systemRoles = reservedRoles.filter(
  (role) => role === 'administrator' || role === 'auditor',
) as readonly string[] as readonly Role[];

/**
 * What holds up the admission by `admitter`. The word of the admitter is the approval; a vouch is somebody else's (LIBVIRT-28).
 * That the terms are accepted comes after it: until then the role does not count (LIBVIRT-29).
 */
export function unmetForAdmission(policy: Policy, application: Application, admitter: PersonId): readonly UnmetGate[] {
  const admission = policy.roles[application.role]?.admission;
  if (admission == null) return [];
  const open = (strength: UnmetGate['strength'], conditions: readonly Condition[]) =>
    conditions.flatMap(({ kind }) => (holds(kind, application, admitter) ? [] : [{ gate: kind, strength, sentence: sentence(kind) }]));
  return [...open('must', admission.must), ...open('should', admission.should)];
}

function holds(kind: Condition['kind'], { vouches, roleAddress }: Application, admitter: PersonId): boolean {
  switch (kind) {
    case 'vouched':
      return vouches.some(({ by }) => by !== admitter);
    case 'role_address':
      return roleAddress;
    case 'approved':
    case 'terms_accepted':
      return true;
    default:
      return false;
  }
}

function sentence(kind: Condition['kind']): string {
  switch (kind) {
    case 'vouched':
      return 'A member other than you must vouch for them first.';
    case 'role_address':
      return 'Their address must belong to a function, not to a person.';
    default:
      return `The policy asks for ${kind.replaceAll('_', ' ')}, which an applicant cannot fulfil.`;
  }
}

// SPDX-License-Identifier: Apache-2.0
// The terms of an embargo that members accept before they see a case: the policy's own text, and what follows from its other keys (LIBVIRT-29, LIBVIRT-31).

import type { Role } from '../model/identifiers.ts';
import type { Policy } from '../policy/policy.ts';

/** Daylight's own terms, where the policy has none. */
const ownTerms = `What you learn of a case that is not public you use for its fix, and for nothing else.
You tell nobody outside of those who can see the case, your employer and its customers included, unless the policy says that they may know.
You keep to the date that was agreed. If something leaks, or you find that it is known already, you say so at once.
Whoever breaks these terms may be removed, and told of no other case.`;

/** The words of the terms, as they are shown to whoever accepts them. */
export function termsText({ texts, downstream }: Policy): string {
  const said = texts.terms ?? ownTerms;
  const may = downstream.maySay.length === 0 ? [] : [`Before the date you may say: ${downstream.maySay.join(', ').replaceAll('_', ' ')}.`];
  return [said.trim(), ...may].join('\n\n');
}

/** Whether a role counts only once the terms are accepted. Roles that no policy declares read no case. */
export function isBound({ roles }: Policy, role: Role): boolean {
  return roles[role]?.admission?.must.some(({ kind }) => kind === 'terms_accepted') ?? false;
}

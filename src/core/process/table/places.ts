// SPDX-License-Identifier: Apache-2.0
// Groups of states that many rows name together.

export const working = ['eligibility', 'assessing', 'confirmed', 'fixing', 'fix_ready'] as const;
export const confirmed = ['confirmed', 'fixing', 'fix_ready', 'unfixed_public'] as const;
/** Where the case has become public for good, and what is written is a version of its own. */
export const afterwards = ['disclosed', 'closed', 'public_bug', 'hardening', 'imported'] as const;
/** Whoever was sent away may still be heard (CONTRACT 3.1: how to dispute). */
const ended = ['closed', 'not_ours', 'withdrawn'] as const;
export const alive = ['received', ...working, 'unfixed_public', 'disclosing', 'disclosed', 'public_bug', 'hardening'] as const;
export const notEnded = ['held', ...alive] as const;
/** The reporter of a duplicate keeps their own thread. */
export const talking = [...notEnded, ...ended, 'duplicate'] as const;
export const undecided = ['received', 'eligibility', 'assessing'] as const;
/** Where a fix goes that other branches are asked of than before (steps/fix.ts). */
export const weighed = { confirmed: ['fix_ready'], fixing: ['fix_ready'], unfixed_public: ['fix_ready'], fix_ready: ['fixing'] } as const;
/** What follows from the last step that the publication waited for. */
export const published = {
  handling: ['disclosing', 'disclosed'],
  visibility: ['public'],
  embargo: ['exited'],
  advisory: ['published'],
} as const;

// SPDX-License-Identifier: Apache-2.0
// The closed lists of words of an advisory, for whoever reads one in or lets one choose.

/** `wont-fix`: affected, and no fix will come. `unknown`: nobody has looked yet. */
export const statuses = ['affected', 'fixed', 'not-affected', 'unknown', 'wont-fix'] as const;

export const creditKinds = [
  'reporter',
  'finder',
  'patcher',
  'reviewer',
  'verifier',
  'analyst',
  'coordinator',
  'tool',
  'sponsor',
  'other',
] as const;

export const referenceKinds = [
  'patch',
  'introduced',
  'report',
  'bug',
  'advisory',
  'article',
  'discussion',
  'detection',
  'evidence',
  'package',
  'record',
  'web',
] as const;

// SPDX-License-Identifier: Apache-2.0
// What of a case's log those read who read it in part: told parties, and those who enter its CVE number.

import type { EventKind } from '../model/event.ts';

/** Events that a told party reads of the log: where the date stands and what becomes of it, and nothing of who else was told or works on it. */
export const toldToParties: readonly EventKind[] = [
  'embargo-activated',
  'embargo-moved',
  'embargo-exited',
  'cve-assigned',
  'fix-completed',
  'disclosure-begun',
  'case-opened',
  'case-disclosed',
];

/** Events that who enters a CVE number reads of the log: the flaws, their numbers, what describes them, and where the case stands (QEMU-32). */
export const toldForANumber: readonly EventKind[] = [
  'report-submitted',
  'title-given',
  'flaw-confirmed',
  'flaw-added',
  'flaw-dropped',
  'cve-required',
  'cve-waived',
  'cve-requested',
  'cve-refused',
  'cve-assigned',
  'cve-record-published',
  'cve-rejected',
  'cve-disputed',
  'impact-described',
  'embargo-activated',
  'embargo-moved',
  'embargo-exited',
  'fixing-started',
  'fix-completed',
  'fix-reopened',
  'disclosure-begun',
  'case-opened',
  'case-disclosed',
  'case-closed',
  'case-reopened',
];

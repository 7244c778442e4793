// SPDX-License-Identifier: Apache-2.0
// The announcement to a public list: the signed text of the advisory, byte for byte, under a subject that names it (LIBVIRT-17, VMT-43).

import type { Notice } from './notice.ts';
import { filledSubject } from './notice.ts';

export interface ListContext {
  /** `texts.advisory_subject` of the policy, when it has one. */
  readonly subject: string | null;
  readonly number: string;
  readonly title: string;
  readonly cves: readonly string[];
  readonly component: string | null;
  /** Of the advisory; from the second on the subject says so, since the first went to the same readers. */
  readonly version: number;
  /** Clear-signed, or plain where the policy signs nothing. */
  readonly document: string;
}

export function toList({ subject, number, title, cves, component, version, document }: ListContext): Notice {
  const template = subject ?? '{advisory_id}: {title} ({cve})';
  const line = filledSubject(template, { advisory_id: number, title, cve: cves.join(', '), component });
  return { subject: version > 1 ? `${line}, version ${version}` : line, text: document };
}

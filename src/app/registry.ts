// SPDX-License-Identifier: Apache-2.0
// The registry of everything through which a case can leave the program, each with its rule. What has no rule here does not compile, or fails the build.

import type { NoticeName } from '../core/process/consequence.ts';
import type { FormatName } from '../formats/index.ts';
import type { Job } from '../ports/store/jobs.ts';
import type { ProjectNoticeName } from '../ports/store/project-mail.ts';

/** Who may get something from a route. A route answers the same for what is hidden and for what does not exist. */
export type RouteRule =
  /** Anybody: holds nothing of a case that is not public. */
  | 'public'
  /** Anybody may send something in; the answer holds only what was sent, or constant text. */
  | 'intake'
  /** Members of the project, and what each may see. */
  | 'member'
  /** Members in person: what changes the project's own rules, and no token does. */
  | 'in_person'
  /** One case, for whoever may see it. */
  | 'case'
  /** One report, for the bearer of its return key, or of the session that this key or a link in a mail opened. */
  | 'reporter'
  /** Ways in: who the bearer of a one-time link is, and no case. Asking to see one changes nothing (L-13). */
  | 'link'
  /** One's own sessions, passkeys and tokens. */
  | 'account'
  /** Exists in the demo only. */
  | 'demo';

export interface RegisteredRoute {
  readonly method: 'GET' | 'POST';
  readonly path: string;
  readonly rule: RouteRule;
}

/** What a notice may carry. */
export const noticeRules = {
  held: 'own report',
  acknowledgement: 'own report',
  'report-arrived': 'no content',
  'let-in': 'no content',
  'case-assigned': 'no content',
  'case-waits': 'no content',
  'nobody-owns': 'no content',
  'maintainer-without-account': 'no content',
  'embargo-reminder': 'own report',
  'embargo-refused': 'own report',
  'date-asked-of-you': 'own report',
  'date-asked': 'no content',
  'date-stands': 'no content',
  'embargo-ended': 'no content',
  'party-told': 'no content',
  'ready-asked': 'no content',
  'party-answered': 'no content',
  'party-wrote': 'no content',
  'team-wrote': 'no content',
  'out-of-scope': 'own report',
  elsewhere: 'own report',
  'not-exploitable': 'own report',
  message: 'own report',
  'answer-arrived': 'no content',
  'credit-requested': 'no content',
  'release-stopped': 'no content',
  'signatures-asked': 'no content',
  reminder: 'no content',
  'policy-changed': 'own report',
  'redaction-proposed': 'no content',
  forwarded: 'own report',
  'withdrawal-noted': 'own report',
  'withdrawal-decided': 'own report',
  'unfixed-warning': 'own report',
  'unfixed-called-off': 'own report',
  reopened: 'own report',
  'number-assigned': 'own report',
  'advisory-corrected': 'public',
  disclosed: 'public',
  duplicate: 'own report',
  'known-news': 'own report',
  'link-again': 'own report',
  'found-again': 'no content',
  'part-opened': 'own report',
  'component-assigned': 'no content',
  'glass-broken': 'no content',
  'glass-broken-elsewhere': 'no content',
  'reader-asked': 'no content',
  'reader-asked-elsewhere': 'no content',
  'reader-named': 'no content',
  'reader-named-elsewhere': 'no content',
  'narrowed-unread': 'no content',
  announcement: 'public',
  digest: 'no content',
} as const satisfies Readonly<Record<NoticeName | 'announcement' | 'digest', 'no content' | 'own report' | 'public'>>;

/** Mail of a project as a whole and about its people: nothing of a case, nothing of a proposed text, and nobody named but the recipient. */
export const projectNoticeRules = {
  'policy-proposed': 'no content',
  'policy-published': 'no content',
  'security-txt-expires': 'no content',
  'signing-key-ends': 'no content',
  'audit-head': 'no content',
  'application-arrived': 'no content',
  'application-received': 'no content',
  'application-vouched': 'no content',
  'application-declined': 'no content',
  'member-welcome': 'no content',
  'terms-asked': 'no content',
  'confirmation-asked': 'no content',
  'role-lapsed': 'no content',
  'role-ended': 'no content',
  'access-ended': 'no content',
  'access-restored': 'no content',
  'reading-stopped': 'no content',
  'titles-held-back': 'no content',
  'way-in-added': 'no content',
  'way-in-removed': 'no content',
  'recovery-asked': 'no content',
  'recovery-used': 'no content',
  'sign-in-refused': 'no content',
  'sign-in-unusual': 'no content',
} as const satisfies Readonly<Record<ProjectNoticeName, 'no content'>>;

/** As whom a job works, and what it lets out. */
export const jobRules = {
  'prepare-publication': 'process, keeps documents inside',
  'check-patch': 'process, keeps findings inside; the patch is read by git on this machine alone',
  'publish-site': 'anonymous, public documents only',
  'publish-notices': 'anonymous, public documents only',
  announce: 'process, public cases only',
  'check-members': 'process, ids of accounts at the forge that the operator names; no case',
  tick: 'process, notices by their own rules',
} as const satisfies Readonly<Record<Job['task'], string>>;

/** Documents leave only from the kept ones of public cases. */
export const exporterRules = {
  text: 'public',
  html: 'public',
  lsn: 'public',
  ossa: 'public',
  rst: 'public',
  ossn: 'public',
  osv: 'public',
  cve: 'public',
  csaf: 'public',
  csaf_vex: 'public',
  openvex: 'public',
  markdown: 'public',
  announce: 'public',
  oss_security: 'public',
  advisory: 'public',
} as const satisfies Readonly<Record<FormatName, 'public'>>;

// SPDX-License-Identifier: Apache-2.0
// What can follow from what happened: notices and jobs, each by its name.

import type { AttachmentId } from '../model/identifiers.ts';
import type { Addressee } from './addressee.ts';

/** A notice is a template of `notices/`; one job is one notice to one addressee. */
export type NoticeName =
  | 'held'
  | 'acknowledgement'
  | 'report-arrived'
  | 'let-in'
  | 'case-assigned'
  | 'case-waits'
  | 'nobody-owns'
  | 'maintainer-without-account'
  | 'embargo-reminder'
  | 'embargo-refused'
  | 'date-asked'
  | 'date-asked-of-you'
  | 'date-stands'
  | 'embargo-ended'
  | 'party-told'
  | 'ready-asked'
  | 'party-answered'
  | 'party-wrote'
  | 'team-wrote'
  | 'out-of-scope'
  | 'elsewhere'
  | 'not-exploitable'
  | 'message'
  | 'answer-arrived'
  | 'credit-requested'
  | 'release-stopped'
  | 'signatures-asked'
  | 'reminder'
  | 'policy-changed'
  | 'redaction-proposed'
  | 'forwarded'
  | 'withdrawal-noted'
  | 'withdrawal-decided'
  | 'unfixed-warning'
  | 'unfixed-called-off'
  | 'reopened'
  | 'number-assigned'
  | 'advisory-corrected'
  | 'disclosed'
  | 'duplicate'
  | 'known-news'
  | 'link-again'
  | 'found-again'
  | 'part-opened'
  | 'component-assigned'
  | 'glass-broken'
  | 'glass-broken-elsewhere'
  | 'reader-asked'
  | 'reader-asked-elsewhere'
  | 'reader-named'
  | 'reader-named-elsewhere'
  | 'narrowed-unread';

export type Consequence =
  | { readonly kind: 'send-notice'; readonly notice: NoticeName; readonly to: Addressee; readonly seq: number; readonly held: boolean }
  | { readonly kind: 'prepare-publication' }
  /** A patch that came is read, and tried where there is a repository. */
  | { readonly kind: 'check-patch'; readonly file: AttachmentId }
  | { readonly kind: 'publish-site'; readonly channel: string }
  /** The repository of notices, after the page was seen live. */
  | { readonly kind: 'publish-notices'; readonly channel: string }
  /** One mail to the lists of this channel, after the page was seen live. */
  | { readonly kind: 'announce'; readonly channel: string };

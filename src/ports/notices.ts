// SPDX-License-Identifier: Apache-2.0
// The port to a project's public repository of notices: files that are committed and pushed once everybody may read them (LIBVIRT-15).

import type { ProjectId } from '../core/model/identifiers.ts';
import type { Mailbox } from '../core/model/mailbox.ts';
import type { Instant } from '../core/model/time.ts';
import type { SiteFile } from './site.ts';

export interface NoticesChange {
  /** Relative to the project's folder of the repository. */
  readonly files: readonly SiteFile[];
  readonly message: string;
  readonly author: Mailbox;
  readonly at: Instant;
  /** An armoured, detached signature over the commit; null for a commit without one. */
  readonly sign: ((bytes: Uint8Array) => Promise<string>) | null;
}

export interface Notices {
  /**
   * Pushes one commit with these files on top of what is there; files that are there already make none, so that it may be asked twice.
   * @returns the commit at which the files stand, or null where the project has no such repository
   * @throws OutsideFailure temporary when the repository cannot be reached, or somebody else pushed meanwhile
   */
  publish(project: ProjectId, change: NoticesChange): Promise<string | null>;
}

// SPDX-License-Identifier: Apache-2.0
// The public site of one project: files that any web server can carry.

export interface SiteFile {
  /** Relative, with `/`, without `.` or `..` parts. */
  readonly path: string;
  readonly bytes: Uint8Array;
}

export interface Site {
  /** Makes these files the whole site of the project, built beside the present one and swapped in one step: a reader sees the old or the new, never a mixture. */
  replace(project: string, files: Iterable<SiteFile>): Promise<void>;
  /** Whether a signed-out visitor gets 200 and exactly these bytes at `url`. @throws OutsideFailure temporary when nobody answers. */
  seen(url: string, bytes: Uint8Array): Promise<boolean>;
}

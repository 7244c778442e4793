// SPDX-License-Identifier: Apache-2.0
// The public site of one project: files that any web server can carry.

export interface SiteFile {
  /** Relative, with `/`, without `.` or `..` parts. */
  readonly path: string;
  readonly bytes: Uint8Array;
}

export interface Site {
  /** Makes these files the whole site of the project, built beside the present one and swapped in one step: a reader sees the old or the new, never a mixture. */
  replace(project: string, files: AsyncIterable<SiteFile> | Iterable<SiteFile>): Promise<void>;
  /**
   * Puts these files into the site that is there, each in one step and in this order, so that nothing points to what is not there yet.
   * What was under way when the program ended is carried to its end before anything else is asked of the site.
   */
  change(project: string, files: readonly SiteFile[]): Promise<void>;
  /** A file of the site as it was last written here; undefined where there is none. */
  read(project: string, path: string): Promise<Uint8Array | undefined>;
  /** Whether a signed-out visitor gets 200 and exactly these bytes at `url`. @throws OutsideFailure temporary when nobody answers. */
  seen(url: string, bytes: Uint8Array): Promise<boolean>;
}

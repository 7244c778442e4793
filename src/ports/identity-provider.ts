// SPDX-License-Identifier: Apache-2.0
// A sign-in service that speaks OpenID Connect: where to send somebody, what it confirms when they come back, and, where it is a forge, who belongs to its projects.

/** Random values of one ceremony, to be kept on the server until its end. */
export interface Began {
  readonly url: string;
  readonly state: string;
  readonly nonce: string;
  readonly verifier: string;
}

export interface Confirmed {
  /** The service's own name for them, for good; never a mail address (L-26). */
  readonly subject: string;
  readonly groups: readonly string[];
  /** The service says that more than a password was asked for. */
  readonly multiFactor: boolean;
}

/** Who belongs to a project of the service, where it is a forge. */
export interface Memberships {
  /**
   * Access level that this subject has in the project, by itself or through a group, as GitLab counts: 10 guest, 20 reporter, 30 developer,
   * 40 maintainer, 50 owner. 0 for everybody else, and for an account that is blocked or whose time is over.
   * @throws OutsideFailure temporary when the service does not answer, or does not let us ask.
   */
  levelOf(project: string, subject: string): Promise<number>;
}

export interface IdentityProvider {
  /** Its address: with the subject, who somebody is. */
  readonly issuer: string;
  /** Null where it is no forge, or does not let us ask. */
  readonly memberships: Memberships | null;
  /** @throws OutsideFailure temporary when the service does not answer. */
  begin(returnTo: string): Promise<Began>;
  /**
   * What the service confirms of whoever came back to `returned`, signed in anew for this very request. Undefined when anything is not as it has to be.
   * @throws OutsideFailure temporary when the service does not answer.
   */
  finish(returned: URL, began: Pick<Began, 'state' | 'nonce' | 'verifier'>): Promise<Confirmed | undefined>;
}

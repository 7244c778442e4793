// SPDX-License-Identifier: Apache-2.0
// The world: every port that the application uses, handed to it by main.ts. A function takes the world and uses what it needs of it.

import type { ProjectId } from '../core/model/identifiers.ts';
import type { Clock } from '../ports/clock.ts';
import type { CsafValidator } from '../ports/csaf-validator.ts';
import type { IdentityProvider } from '../ports/identity-provider.ts';
import type { Notices } from '../ports/notices.ts';
import type { Passkeys } from '../ports/passkeys.ts';
import type { Relay } from '../ports/relay.ts';
import type { Repository } from '../ports/repository.ts';
import type { Signer } from '../ports/signer.ts';
import type { Site, SiteFile } from '../ports/site.ts';
import type { Store } from '../ports/store/store.ts';
import type { Verifier } from '../ports/verifier.ts';

export interface World {
  readonly store: Store;
  readonly clock: Clock;
  readonly relay: Relay;
  readonly site: Site;
  readonly passkeys: Passkeys;
  /** The sign-in service of this installation; null: passkeys alone. */
  readonly provider: IdentityProvider | null;
  readonly repository: Repository;
  readonly csaf: CsafValidator;
  readonly notices: Notices;
  /** The project's own signing key. @throws OutsideFailure permanent when the project has none. */
  readonly signer: (project: ProjectId) => Promise<Signer>;
  /** Checks signatures that people made with keys of their own. */
  readonly verifier: Verifier;
  /** Random bytes from the operating system; tests may count them. */
  readonly random: (bytes: number) => Uint8Array;
  /** `https://security.example.org`, no slash at the end: where this installation is reached. */
  readonly baseUrl: string;
  /** Address of the project's public site, no slash at the end: what announcements point to. */
  readonly siteUrl: (project: ProjectId) => string;
  /** Files that every page of the public site needs beside it: styles and fonts. */
  readonly siteAssets: readonly SiteFile[];
  /** A secret that only this installation can compute, the same each time: HMAC-SHA256 under the master key over the parts, each with its length. */
  readonly derive: (
    purpose: 'attempt' | 'case' | 'return-key' | 'reporter-link' | 'reply-address' | 'mail-answer' | 'message-id' | 'csrf' | 'signing-key',
    ...parts: readonly (string | Uint8Array)[]
  ) => Uint8Array;
  /** Sender of a project's mail. */
  readonly sender: (project: ProjectId) => { readonly name: string; readonly address: string };
  /** Domain of the addresses by which reporters answer: `reports+TOKEN@domain`. */
  readonly replyDomain: string;
  /** Ids and numbers only: never a title, a text or an address (L-29). */
  readonly log: (event: string, ids: Readonly<Record<string, string | number>>) => void;
}

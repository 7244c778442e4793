// SPDX-License-Identifier: Apache-2.0
// The world: every port that the application uses, handed to it by main.ts. A function takes the world and uses what it needs of it.

import type { ProjectId } from '../core/model/identifiers.ts';
import type { Clock } from '../ports/clock.ts';
import type { Relay } from '../ports/relay.ts';
import type { Signer } from '../ports/signer.ts';
import type { Site } from '../ports/site.ts';
import type { Store } from '../ports/store/store.ts';

export interface World {
  readonly store: Store;
  readonly clock: Clock;
  readonly relay: Relay;
  readonly site: Site;
  /** The project's own signing key. @throws OutsideFailure permanent when the project has none. */
  readonly signer: (project: ProjectId) => Promise<Signer>;
  /** Random bytes from the operating system; tests may count them. */
  readonly random: (bytes: number) => Uint8Array;
  /** `https://security.example.org`, no slash at the end: where this installation is reached. */
  readonly baseUrl: string;
  /** Sender of a project's mail, and the domain of its reply addresses. */
  readonly sender: (project: ProjectId) => { readonly name: string; readonly address: string };
  /** Ids and numbers only: never a title, a text or an address (L-29). */
  readonly log: (event: string, ids: Readonly<Record<string, string | number>>) => void;
}

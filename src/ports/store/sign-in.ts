// SPDX-License-Identifier: Apache-2.0
// What signing in keeps: sessions, passkeys, identities, tokens, one-time secrets, attempts, and a log. For the process only; secrets come as SHA-256.

import type { PersonId } from '../../core/model/identifiers.ts';
import type { Instant } from '../../core/model/time.ts';

export interface OpenSession {
  /** Names the session on a page; opens nothing. */
  readonly id: string;
  readonly proof: string;
  readonly opened: Instant;
  readonly seen: Instant;
  readonly expires: Instant;
}

export interface Passkey {
  readonly person: PersonId;
  /** Id of the credential, base64url. */
  readonly credential: string;
  /** COSE key (RFC 9052 section 7). */
  readonly publicKey: Uint8Array;
  readonly counter: number;
  readonly transports: readonly string[];
  readonly name: string;
  readonly added: Instant;
  readonly used: Instant | null;
}

export interface Identity {
  readonly issuer: string;
  readonly subject: string;
  readonly person: PersonId;
}

export interface ApiToken {
  readonly person: PersonId;
  /** Names the token on a page; opens nothing. */
  readonly id: string;
  readonly name: string;
  readonly scopes: readonly string[];
  readonly made: Instant;
  readonly used: Instant | null;
  readonly expires: Instant;
}

/** What a one-time secret is good for, and for nothing else. */
export type Purpose = 'challenge' | 'service' | 'enrolment' | 'recovery' | 'reporter-link' | 'parked';

export interface OneTime {
  readonly person: PersonId | null;
  /** Ids and random values of the ceremony. What somebody typed only sealed, under a key that is not here. */
  readonly data: Readonly<Record<string, string>>;
  readonly expires: Instant;
}

export interface LoggedSignIn {
  readonly at: Instant;
  readonly person: PersonId | null;
  readonly kind: SignInKind;
  readonly detail: string | null;
}

export type SignInKind =
  | 'signed-in'
  | 'proven-again'
  | 'signed-out'
  | 'passkey-added'
  | 'passkey-removed'
  | 'passkey-refused'
  | 'counter-went-back'
  | 'service-refused'
  | 'identity-bound'
  | 'role-came'
  | 'role-ended'
  | 'link-made'
  | 'recovery-asked'
  | 'recovery-confirmed'
  | 'token-made'
  | 'token-revoked'
  | 'secret-seen'
  | 'access-ended'
  | 'reading-stopped';

export interface SignIn {
  /** Brings `seen` up to date. */
  sessionSeen(tokenHash: string, at: Instant): Promise<void>;
  sessionsOf(person: PersonId, now: Instant): Promise<readonly OpenSession[]>;
  /** Ends one by its `id`; false when this person has no such session. */
  endSession(person: PersonId, id: string): Promise<boolean>;
  /** Ends all of a person but, where given, the one with this token. @returns how many. */
  endSessions(person: PersonId, but?: string): Promise<number>;

  addPasskey(passkey: Omit<Passkey, 'used'>): Promise<void>;
  passkeysOf(person: PersonId): Promise<readonly Passkey[]>;
  passkey(credential: string): Promise<Passkey | undefined>;
  /** Locks the passkey until the transaction ends, so that two ceremonies at once do not both pass with one counter. */
  lockPasskey(credential: string): Promise<Passkey | undefined>;
  passkeyUsed(credential: string, counter: number, at: Instant): Promise<void>;
  removePasskey(person: PersonId, credential: string): Promise<boolean>;

  /** False when this identity belongs to another person of the project. */
  bindIdentity(identity: Identity, at: Instant): Promise<boolean>;
  identity(issuer: string, subject: string): Promise<Identity | undefined>;
  identitiesOf(person: PersonId): Promise<readonly Identity[]>;
  /** Everybody who is bound to this service. */
  identitiesAt(issuer: string): Promise<readonly Identity[]>;
  unbindIdentities(person: PersonId): Promise<void>;

  addApiToken(token: Omit<ApiToken, 'id' | 'used'> & { readonly tokenHash: string }): Promise<void>;
  apiTokensOf(person: PersonId, now: Instant): Promise<readonly ApiToken[]>;
  /** The token with its holder's name; undefined when there is none or it has expired. */
  apiToken(tokenHash: string, now: Instant): Promise<ApiToken | undefined>;
  apiTokenUsed(tokenHash: string, at: Instant): Promise<void>;
  revokeApiToken(person: PersonId, id: string): Promise<boolean>;
  revokeApiTokens(person: PersonId): Promise<number>;

  /** The same secret again is good anew, until then: a mail that is tried again carries the link that it had. */
  putOneTime(tokenHash: string, purpose: Purpose, secret: OneTime): Promise<void>;
  /** Looks without spending: what a page that only shows may ask. */
  lookOneTime(tokenHash: string, purpose: Purpose, now: Instant): Promise<OneTime | undefined>;
  /** Spends it: of two who ask at once, one gets it. */
  takeOneTime(tokenHash: string, purpose: Purpose, now: Instant): Promise<OneTime | undefined>;
  oneTimes(purpose: Purpose, now: Instant): Promise<readonly OneTime[]>;
  dropOneTimes(person: PersonId): Promise<void>;
  /** Deletes what has expired, links of reporters too, some of it at a time. */
  sweepOneTimes(now: Instant): Promise<void>;

  /** Ends whatever has one of these hashes, of whichever kind. @returns the kinds that were found, with whose they were. */
  revoke(tokenHashes: readonly string[]): Promise<readonly { readonly kind: string; readonly person: PersonId | null }[]>;

  /** Counts one more attempt under this key in the present stretch of `seconds`. @returns how many there are now. */
  attempt(keyHash: string, now: Instant, seconds: number): Promise<number>;

  log(entry: LoggedSignIn): Promise<void>;
  logged(person: PersonId, limit: number): Promise<readonly LoggedSignIn[]>;
}

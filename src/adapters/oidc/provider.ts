// SPDX-License-Identifier: Apache-2.0
// OpenID Connect by openid-client, loaded at the first sign-in: code flow with PKCE, state and nonce, and a fresh sign-in each time.

import type { Configuration } from 'openid-client';
import { OutsideFailure } from '../../ports/failure.ts';
import type { IdentityProvider, Memberships } from '../../ports/identity-provider.ts';

export interface ProviderOptions {
  readonly issuer: string;
  readonly clientId: string;
  readonly clientSecret: string;
  /** Values of `acr` that mean more than one factor at this service. */
  readonly acr: readonly string[];
  /** Where it is a forge that lets us ask who belongs to a project. */
  readonly memberships?: Memberships | null;
}

/** Seconds that the service may take to answer. */
const patience = 10;

export function openidProvider({ issuer, clientId, clientSecret, acr, memberships = null }: ProviderOptions): IdentityProvider {
  let found: Promise<Configuration> | undefined;
  const configuration = () => {
    found ??= discovered(issuer, clientId, clientSecret);
    found.catch(() => {
      found = undefined;
    });
    return found;
  };
  return {
    issuer,
    memberships,
    async begin(returnTo) {
      const client = await library();
      const [config, verifier] = [await configuration(), client.randomPKCECodeVerifier()];
      const [state, nonce] = [client.randomState(), client.randomNonce()];
      const url = client.buildAuthorizationUrl(config, {
        redirect_uri: returnTo,
        scope: 'openid',
        code_challenge: await client.calculatePKCECodeChallenge(verifier),
        code_challenge_method: 'S256',
        state,
        nonce,
        // Signed in anew for us, and `auth_time` in the answer (OpenID Connect Core 1.0, section 3.1.2.1).
        max_age: '0',
        // What is asked of them there, where the configuration says what counts: a service that knows it asks for the second factor by itself.
        ...(acr.length === 0 ? {} : { acr_values: acr.join(' ') }),
      });
      return { url: url.href, state, nonce, verifier };
    },
    async finish(returned, { state, nonce, verifier }) {
      const client = await library();
      const config = await configuration();
      const checks = { expectedState: state, expectedNonce: nonce, pkceCodeVerifier: verifier, maxAge: 0, idTokenExpected: true };
      const tokens = await client.authorizationCodeGrant(config, returned, checks).catch(refusedOrAway);
      const claims = tokens?.claims();
      if (tokens === undefined || claims === undefined) return undefined;
      const more = config.serverMetadata().userinfo_endpoint;
      const info = more === undefined ? {} : await client.fetchUserInfo(config, tokens.access_token, claims.sub).catch(refusedOrAway);
      if (info === undefined) return undefined;
      return {
        subject: claims.sub,
        groups: [...new Set([...groupsIn(claims), ...groupsIn(info)])],
        multiFactor: isMultiFactor(claims, acr),
      };
    },
  };
}

function library() {
  return import('openid-client');
}

async function discovered(issuer: string, clientId: string, clientSecret: string): Promise<Configuration> {
  const client = await library();
  const near = ['127.0.0.1', 'localhost', '[::1]'].includes(new URL(issuer).hostname);
  const authentication = client.ClientSecretBasic(clientSecret);
  // The signature of what it says is checked, though it comes over TLS: who ends the TLS in between is not the service.
  const execute = [client.enableNonRepudiationChecks, ...(near ? [client.allowInsecureRequests] : [])];
  const options = { timeout: patience, execute };
  return client.discovery(new URL(issuer), clientId, undefined, authentication, options).catch((cause: unknown) => {
    throw new OutsideFailure('temporary', 'The sign-in service does not answer.', { cause });
  });
}

/** What the library says no to is no; only what did not come through may be tried again. */
function refusedOrAway(cause: unknown): undefined {
  const away = cause instanceof Error && 'code' in cause && ['OAUTH_TIMEOUT', 'OAUTH_ABORT'].includes(String(cause.code));
  if (away || cause instanceof TypeError) throw new OutsideFailure('temporary', 'The sign-in service does not answer.', { cause });
  return undefined;
}

/** `groups` as most services say it; GitLab says `groups_direct` in the token and `groups` in its answer on the user. */
function groupsIn(claims: Readonly<Record<string, unknown>>): readonly string[] {
  return [claims['groups'], claims['groups_direct']]
    .flatMap((value) => (Array.isArray(value) ? value : []))
    .filter((value): value is string => typeof value === 'string');
}

/** RFC 8176 section 2: `mfa`, a key in hardware, a smart card, or a secret that is known together with one that is had. */
function isMultiFactor(claims: Readonly<Record<string, unknown>>, acr: readonly string[]): boolean {
  if (typeof claims['acr'] === 'string' && acr.includes(claims['acr'])) return true;
  const amr: readonly unknown[] = Array.isArray(claims['amr']) ? claims['amr'] : [];
  if (['mfa', 'hwk', 'sc'].some((one) => amr.includes(one))) return true;
  return ['pwd', 'pin'].some((one) => amr.includes(one)) && amr.includes('otp');
}

// SPDX-License-Identifier: Apache-2.0
// Passkeys by @simplewebauthn/server, loaded at the first ceremony: a program where nobody signs in does without its 20 MB.

import type { Passkeys } from '../../ports/passkeys.ts';

/** Web Authentication level 3, section 5.8.5: EdDSA, ES256, RS256. */
const algorithms = [-8, -7, -257];

/** How long the browser waits for a person, in milliseconds; the challenge itself ends on the server. */
const patience = 300_000;

/** `baseUrl`: where visitors reach us; its host is the relying party, its origin the only one whose answers count (section 7.2, steps 13 and 15). */
export function webauthnPasskeys(baseUrl: () => string): Passkeys {
  const place = () => ({ origin: new URL(baseUrl()).origin, host: new URL(baseUrl()).hostname });
  return {
    async creation({ site, person, name, challenge, besides }) {
      const { generateRegistrationOptions } = await library();
      return generateRegistrationOptions({
        rpName: site,
        rpID: place().host,
        userName: name,
        userDisplayName: name,
        userID: new TextEncoder().encode(person),
        challenge: bytes(challenge),
        timeout: patience,
        attestationType: 'none',
        excludeCredentials: besides.map((id) => ({ id })),
        authenticatorSelection: { residentKey: 'required', userVerification: 'required' },
        supportedAlgorithmIDs: algorithms,
      });
    },
    async request({ challenge, only }) {
      const { generateAuthenticationOptions } = await library();
      return generateAuthenticationOptions({
        rpID: place().host,
        challenge: bytes(challenge),
        timeout: patience,
        userVerification: 'required',
        allowCredentials: only.map((id) => ({ id })),
      });
    },
    async made(response, challenge) {
      const { verifyRegistrationResponse } = await library();
      const { origin, host } = place();
      const asked = { expectedChallenge: encoded(challenge), expectedOrigin: origin, expectedRPID: host, requireUserVerification: true };
      const result = await verifyRegistrationResponse({
        response: response as Parameters<typeof verifyRegistrationResponse>[0]['response'],
        ...asked,
        supportedAlgorithmIDs: algorithms,
      }).catch(() => undefined);
      if (result?.verified !== true) return undefined;
      const { id, publicKey, counter, transports } = result.registrationInfo.credential;
      return { credential: id, publicKey, counter, transports: transports ?? [] };
    },
    async shown(response, challenge, { credential, publicKey, counter }) {
      const { verifyAuthenticationResponse } = await library();
      const { origin, host } = place();
      const asked = { expectedChallenge: encoded(challenge), expectedOrigin: origin, expectedRPID: host, requireUserVerification: true };
      // The counter is looked at after the signature, so that only the authenticator itself can say that there are two of it (section 6.1.1).
      const result = await verifyAuthenticationResponse({
        response: response as Parameters<typeof verifyAuthenticationResponse>[0]['response'],
        ...asked,
        credential: { id: credential, publicKey: new Uint8Array(publicKey), counter: 0 },
      }).catch(() => undefined);
      if (result?.verified !== true) return { good: false, because: 'wrong' };
      const { newCounter } = result.authenticationInfo;
      const wentBack = (newCounter > 0 || counter > 0) && newCounter <= counter;
      return wentBack ? { good: false, because: 'counter' } : { good: true, counter: newCounter };
    },
  };
}

function library() {
  return import('@simplewebauthn/server');
}

function bytes(challenge: string): Uint8Array<ArrayBuffer> {
  return new TextEncoder().encode(challenge);
}

/** A challenge comes back as base64url of its bytes. */
function encoded(challenge: string): string {
  return Buffer.from(challenge).toString('base64url');
}

// SPDX-License-Identifier: Apache-2.0
// A sign-in service that speaks OpenID Connect, with keys of its own, and on purpose wrong where it is told to be; as a forge it has one project with members.

import { createHash, generateKeyPairSync, type KeyObject, randomBytes, sign } from 'node:crypto';
import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';

/** What it says of whoever signs in, and what it does otherwise than it should. */
export interface Speech {
  readonly sub: string;
  readonly amr?: readonly string[];
  readonly acr?: string;
  readonly groups?: readonly string[];
  readonly email?: string;
  readonly twist?:
    | 'nonce'
    | 'audience'
    | 'expired'
    | 'alg none'
    | 'issuer'
    | 'state'
    | 'no auth_time'
    | 'old auth_time'
    | 'foreign key'
    | 'other subject';
}

/** As GitLab's API says it. */
export interface ForgeMember {
  readonly access_level: number;
  readonly state?: string;
  readonly expires_at?: string | null;
}

export interface OpenidService {
  readonly issuer: string;
  /** From now on. */
  say(speech: Speech): void;
  /** Members of the project by their subject, from now on; undefined: the forge is out of order. */
  members(all: Readonly<Record<string, ForgeMember>> | undefined): void;
}

/** The one project of the forge, and the token that may ask about it. */
export const forge = { project: 'virt/machine', token: 'a token of the operator' };

export const client = { clientId: 'daylight', clientSecret: 'a secret of the client' };

interface Asked {
  readonly nonce: string;
  readonly challenge: string;
}

export async function openidService(t: { after(done: () => Promise<void>): void }): Promise<OpenidService> {
  const keys = generateKeyPairSync('rsa', { modulusLength: 2048 });
  const foreign = generateKeyPairSync('rsa', { modulusLength: 2048 }).privateKey;
  const asked = new Map<string, Asked>();
  let issuer = '';
  let speech: Speech = { sub: 'nobody' };
  let members: Readonly<Record<string, ForgeMember>> | undefined = {};
  const server = createServer(async (request, response) => {
    const url = new URL(request.url ?? '/', issuer);
    const json = (body: object, status = 200) => {
      response.writeHead(status, { 'Content-Type': 'application/json' });
      response.end(JSON.stringify(body));
    };
    switch (url.pathname) {
      case '/.well-known/openid-configuration':
        return json(metadata(issuer));
      case '/jwks':
        return json({ keys: [{ ...keys.publicKey.export({ format: 'jwk' }), kid: '1', alg: 'RS256', use: 'sig' }] });
      case '/userinfo':
        return json({ sub: speech.twist === 'other subject' ? 'somebody else' : speech.sub, groups: speech.groups ?? [] });
      case '/authorize': {
        const code = randomBytes(16).toString('hex');
        const of = (name: string) => url.searchParams.get(name) ?? '';
        asked.set(code, { nonce: of('nonce'), challenge: of('code_challenge') });
        const back = new URL(of('redirect_uri'));
        back.searchParams.set('code', code);
        back.searchParams.set('state', speech.twist === 'state' ? 'another state' : of('state'));
        response.writeHead(303, { Location: back.href });
        return response.end();
      }
      case '/token': {
        const form = new URLSearchParams(await bodyOf(request));
        const began = asked.get(form.get('code') ?? '');
        asked.delete(form.get('code') ?? '');
        const proven = createHash('sha256')
          .update(form.get('code_verifier') ?? '')
          .digest('base64url');
        if (began === undefined || proven !== began.challenge || !isOurClient(request)) return json({ error: 'invalid_grant' }, 400);
        const id_token = idToken(issuer, speech, began.nonce, speech.twist === 'foreign key' ? foreign : keys.privateKey);
        return json({ access_token: 'access', token_type: 'Bearer', expires_in: 60, id_token });
      }
      default: {
        const [, project, subject] = /^\/api\/v4\/projects\/([^/]+)(?:\/members\/all\/(\d+))?$/.exec(url.pathname) ?? [];
        if (members === undefined) return json({}, 502);
        if (project !== encodeURIComponent(forge.project) || request.headers['private-token'] !== forge.token) return json({}, 404);
        if (subject === undefined) return json({ id: 1 });
        const one = members[subject];
        return one === undefined ? json({ message: '404 Not found' }, 404) : json({ id: Number(subject), state: 'active', ...one });
      }
    }
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  issuer = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  t.after(async () => {
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  });
  return {
    issuer,
    say: (next) => {
      speech = next;
    },
    members: (all) => {
      members = all;
    },
  };
}

function metadata(issuer: string): object {
  return {
    issuer,
    authorization_endpoint: `${issuer}/authorize`,
    token_endpoint: `${issuer}/token`,
    jwks_uri: `${issuer}/jwks`,
    userinfo_endpoint: `${issuer}/userinfo`,
    response_types_supported: ['code'],
    subject_types_supported: ['public'],
    id_token_signing_alg_values_supported: ['RS256'],
    code_challenge_methods_supported: ['S256'],
  };
}

function idToken(issuer: string, { sub, amr, acr, email, twist }: Speech, nonce: string, key: KeyObject): string {
  const now = Math.floor(Date.now() / 1000);
  const claims = {
    iss: twist === 'issuer' ? 'https://other.example' : issuer,
    aud: twist === 'audience' ? 'another client' : client.clientId,
    sub,
    nonce: twist === 'nonce' ? 'another nonce' : nonce,
    iat: twist === 'expired' ? now - 7200 : now,
    exp: twist === 'expired' ? now - 3600 : now + 60,
    ...(twist === 'no auth_time' ? {} : { auth_time: twist === 'old auth_time' ? now - 3600 : now }),
    ...(amr === undefined ? {} : { amr }),
    ...(acr === undefined ? {} : { acr }),
    ...(email === undefined ? {} : { email, email_verified: true }),
  };
  const part = (value: object) => Buffer.from(JSON.stringify(value)).toString('base64url');
  if (twist === 'alg none') return `${part({ alg: 'none' })}.${part(claims)}.`;
  const body = `${part({ alg: 'RS256', kid: '1' })}.${part(claims)}`;
  return `${body}.${sign('sha256', Buffer.from(body), key).toString('base64url')}`;
}

function isOurClient(request: IncomingMessage): boolean {
  const [, given = ''] = (request.headers.authorization ?? '').split(' ');
  const [id = '', secret = ''] = Buffer.from(given, 'base64').toString().split(':');
  return decodeURIComponent(id) === client.clientId && decodeURIComponent(secret.replaceAll('+', ' ')) === client.clientSecret;
}

async function bodyOf(request: IncomingMessage): Promise<string> {
  const pieces: Buffer[] = [];
  for await (const piece of request) pieces.push(piece as Buffer);
  return Buffer.concat(pieces).toString();
}

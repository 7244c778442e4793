// SPDX-License-Identifier: Apache-2.0
// Sessions, passkeys, identities and tokens in the database. Only the role of the process has a grant on these tables.

import { sql } from 'kysely';
import type { ApiToken, Identity, LoggedSignIn, OpenSession, Passkey, SignIn } from '../../ports/store/sign-in.ts';
import { oneTimesOf } from './one-times.ts';
import type { Session } from './session.ts';
import { queries } from './tables.ts';

type Sessions = Pick<SignIn, 'sessionSeen' | 'sessionsOf' | 'endSession' | 'endSessions'>;
type Passkeys = Pick<SignIn, 'addPasskey' | 'passkeysOf' | 'passkey' | 'lockPasskey' | 'passkeyUsed' | 'removePasskey'>;
type Identities = Pick<SignIn, 'bindIdentity' | 'identity' | 'identitiesOf' | 'identitiesAt' | 'unbindIdentities'>;
type ApiTokens = Pick<SignIn, 'addApiToken' | 'apiTokensOf' | 'apiToken' | 'apiTokenUsed' | 'revokeApiToken' | 'revokeApiTokens'>;
type Log = Pick<SignIn, 'log' | 'logged'>;

export function signInOf(session: Session): SignIn {
  return {
    ...sessionsOf(session),
    ...passkeysOf(session),
    ...identitiesOf(session),
    ...apiTokensOf(session),
    ...oneTimesOf(session),
    ...logOf(session),
  };
}

function sessionsOf(session: Session): Sessions {
  const { project } = session.principal;
  return {
    async sessionSeen(tokenHash, at) {
      await session.change(sql`update session set seen = ${at} where project = ${project} and token_hash = ${tokenHash} and seen < ${at}`);
    },
    sessionsOf: (person, now) =>
      session.rows(sql<OpenSession>`
        select left(token_hash, 16) as id, proof, opened, seen, expires from session
        where project = ${project} and person = ${person} and expires > ${now} order by opened, token_hash`),
    endSession: async (person, id) =>
      (await session.change(sql`delete from session where project = ${project} and person = ${person} and left(token_hash, 16) = ${id}`)) >
      0,
    endSessions: (person, but = '') =>
      session.change(sql`delete from session where project = ${project} and person = ${person} and token_hash <> ${but}`),
  };
}

const passkeyColumns = sql`person, credential, public_key as "publicKey", counter::float8 as counter, transports, name, added, used`;

function passkeysOf(session: Session): Passkeys {
  const { project } = session.principal;
  return {
    async addPasskey({ publicKey, ...rest }) {
      await session.change(queries.insertInto('passkey').values({ project, public_key: publicKey, used: null, ...rest }));
    },
    passkeysOf: (person) =>
      session.rows(
        sql<Passkey>`select ${passkeyColumns} from passkey where project = ${project} and person = ${person} order by added, credential`,
      ),
    passkey: (credential) =>
      session.row(sql<Passkey>`select ${passkeyColumns} from passkey where project = ${project} and credential = ${credential}`),
    lockPasskey: (credential) =>
      session.row(sql<Passkey>`select ${passkeyColumns} from passkey where project = ${project} and credential = ${credential} for update`),
    async passkeyUsed(credential, counter, at) {
      await session.change(
        sql`update passkey set counter = ${counter}, used = ${at} where project = ${project} and credential = ${credential}`,
      );
    },
    removePasskey: async (person, credential) =>
      (await session.change(sql`delete from passkey where project = ${project} and person = ${person} and credential = ${credential}`)) > 0,
  };
}

function identitiesOf(session: Session): Identities {
  const { project } = session.principal;
  const find = (issuer: string, subject: string) =>
    session.row(
      sql<Identity>`select issuer, subject, person from identity where project = ${project} and issuer = ${issuer} and subject = ${subject}`,
    );
  return {
    async bindIdentity({ issuer, subject, person }, bound) {
      const insert = queries.insertInto('identity').values({ project, issuer, subject, person, bound });
      await session.change(insert.onConflict((conflict) => conflict.doNothing()));
      return (await find(issuer, subject))?.person === person;
    },
    identity: find,
    identitiesOf: (person) =>
      session.rows(
        sql<Identity>`select issuer, subject, person from identity where project = ${project} and person = ${person} order by issuer, subject`,
      ),
    identitiesAt: (issuer) =>
      session.rows(
        sql<Identity>`select issuer, subject, person from identity where project = ${project} and issuer = ${issuer} order by subject`,
      ),
    async unbindIdentities(person) {
      await session.change(sql`delete from identity where project = ${project} and person = ${person}`);
    },
  };
}

const tokenColumns = sql`person, left(token_hash, 16) as id, name, scopes, made, used, expires`;

function apiTokensOf(session: Session): ApiTokens {
  const { project } = session.principal;
  return {
    async addApiToken({ tokenHash, ...rest }) {
      await session.change(queries.insertInto('api_token').values({ token_hash: tokenHash, project, used: null, ...rest }));
    },
    apiTokensOf: (person, now) =>
      session.rows(sql<ApiToken>`
        select ${tokenColumns} from api_token where project = ${project} and person = ${person} and expires > ${now} order by made, token_hash`),
    apiToken: (tokenHash, now) =>
      session.row(
        sql<ApiToken>`select ${tokenColumns} from api_token where project = ${project} and token_hash = ${tokenHash} and expires > ${now}`,
      ),
    async apiTokenUsed(tokenHash, at) {
      await session.change(sql`update api_token set used = ${at} where project = ${project} and token_hash = ${tokenHash}`);
    },
    revokeApiToken: async (person, id) =>
      (await session.change(
        sql`delete from api_token where project = ${project} and person = ${person} and left(token_hash, 16) = ${id}`,
      )) > 0,
    revokeApiTokens: (person) => session.change(sql`delete from api_token where project = ${project} and person = ${person}`),
  };
}

function logOf(session: Session): Log {
  const { project } = session.principal;
  return {
    async log(entry) {
      await session.change(queries.insertInto('sign_in_log').values({ project, ...entry }));
    },
    logged: (person, limit) =>
      session.rows(sql<LoggedSignIn>`
        select at, person, kind, detail from sign_in_log where project = ${project} and person = ${person} order by id desc limit ${limit}`),
  };
}

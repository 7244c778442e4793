// SPDX-License-Identifier: Apache-2.0
// Configuration: the only reader of the environment. Every setting has a name, a default and a sentence; `daylight doctor` and docs/operate.md name the same.

import { join, resolve } from 'node:path';

export interface Config {
  /** Root of the program: policies and assets lie below it. */
  readonly root: string;
  /** Data of this installation: the embedded database, the master key, signing keys, the built site. */
  readonly data: string;
  /** PostgreSQL with the right to create roles; null: the embedded one in `data`. */
  readonly databaseUrl: string | null;
  readonly http: { readonly host: string; readonly port: number };
  /** Where visitors reach this installation, no slash at the end. */
  readonly baseUrl: string;
  readonly smtp: { readonly host: string; readonly port: number } | null;
  readonly lmtp: { readonly socketPath: string } | { readonly host: string; readonly port: number } | null;
  /** Longest message that is taken, in bytes. */
  readonly mailBytes: number;
  /** Domain of the addresses by which reporters answer. */
  readonly replyDomain: string;
  readonly relay: { readonly host: string; readonly port: number; readonly secure: boolean };
  /** YAML file that lists the projects of this installation. */
  readonly projects: string;
  /** Sign-in service that speaks OpenID Connect; null: passkeys alone. */
  readonly oidc: {
    readonly issuer: string;
    readonly clientId: string;
    readonly secretFile: string;
    readonly acr: readonly string[];
    /** Holds our token for GitLab's own API, which is asked who belongs to a project; null: it is not asked. */
    readonly gitlabTokenFile: string | null;
  } | null;
  /** A file that holds the time, for rehearsals; null: the machine's clock. */
  readonly clockFile: string | null;
}

type Environment = Readonly<Record<string, string | undefined>>;

/** @throws RangeError naming the variable and what was expected of it. */
export function configOf(environment: Environment, root: string): Config {
  const data = resolve(environment['DAYLIGHT_DATA'] ?? join(root, '.daylight'));
  const host = environment['DAYLIGHT_HOST'] ?? '127.0.0.1';
  const port = portIn(environment, 'DAYLIGHT_PORT', 8080);
  const baseUrl = (environment['DAYLIGHT_BASE_URL'] ?? `http://${host}:${port}`).replace(/\/+$/, '');
  return {
    root,
    data,
    databaseUrl: environment['DATABASE_URL'] ?? null,
    http: { host, port },
    baseUrl,
    smtp: environment['DAYLIGHT_SMTP_PORT'] === undefined ? null : { host, port: portIn(environment, 'DAYLIGHT_SMTP_PORT', 0) },
    lmtp: lmtpIn(environment, host),
    mailBytes: numberIn(environment, 'DAYLIGHT_MAIL_BYTES', 25 * 1024 * 1024),
    replyDomain: environment['DAYLIGHT_MAIL_DOMAIN'] ?? new URL(baseUrl).hostname,
    relay: relayIn(environment),
    projects: environment['DAYLIGHT_PROJECTS'] ?? join(data, 'projects.yaml'),
    oidc: oidcIn(environment),
    clockFile: environment['DAYLIGHT_REHEARSAL_CLOCK'] ?? null,
  };
}

/** The server that a command speaks to, and in whose name. */
export function serverOf(environment: Environment): { readonly baseUrl: string; readonly token: string } {
  const host = environment['DAYLIGHT_HOST'] ?? '127.0.0.1';
  const baseUrl = environment['DAYLIGHT_BASE_URL'] ?? `http://${host}:${environment['DAYLIGHT_PORT'] ?? 8080}`;
  return { baseUrl: baseUrl.replace(/\/+$/, ''), token: environment['DAYLIGHT_TOKEN'] ?? '' };
}

/** All three or none: an issuer without a client is a mistake. */
function oidcIn(environment: Environment): Config['oidc'] {
  const issuer = environment['DAYLIGHT_OIDC_ISSUER'];
  if (issuer === undefined) {
    if (environment['DAYLIGHT_GITLAB_TOKEN_FILE'] === undefined) return null;
    throw new RangeError('DAYLIGHT_GITLAB_TOKEN_FILE needs DAYLIGHT_OIDC_ISSUER beside it: people are known there by signing in');
  }
  const clientId = environment['DAYLIGHT_OIDC_CLIENT_ID'];
  const secretFile = environment['DAYLIGHT_OIDC_SECRET_FILE'];
  if (!URL.canParse(issuer) || !/^https?:$/.test(new URL(issuer).protocol))
    throw new RangeError(`DAYLIGHT_OIDC_ISSUER: expected an address such as https://gitlab.example.org, got “${issuer}”`);
  if (clientId === undefined || secretFile === undefined)
    throw new RangeError('DAYLIGHT_OIDC_ISSUER needs DAYLIGHT_OIDC_CLIENT_ID and DAYLIGHT_OIDC_SECRET_FILE beside it');
  return {
    issuer,
    clientId,
    secretFile,
    acr: (environment['DAYLIGHT_OIDC_ACR'] ?? '').split(',').filter((one) => one !== ''),
    gitlabTokenFile: environment['DAYLIGHT_GITLAB_TOKEN_FILE'] ?? null,
  };
}

function lmtpIn(environment: Environment, host: string): Config['lmtp'] {
  const socketPath = environment['DAYLIGHT_LMTP_SOCKET'];
  if (socketPath !== undefined) return { socketPath };
  return environment['DAYLIGHT_LMTP_PORT'] === undefined ? null : { host, port: portIn(environment, 'DAYLIGHT_LMTP_PORT', 0) };
}

/** `smtp://host:port`, or `smtps://` for TLS from the first byte. */
function relayIn(environment: Environment): Config['relay'] {
  const text = environment['DAYLIGHT_RELAY'] ?? 'smtp://127.0.0.1:25';
  if (!URL.canParse(text) || !['smtp:', 'smtps:'].includes(new URL(text).protocol))
    throw new RangeError(`DAYLIGHT_RELAY: expected smtp://host:port or smtps://host:port, got “${text}”`);
  const url = new URL(text);
  const secure = url.protocol === 'smtps:';
  return { host: url.hostname, port: url.port === '' ? (secure ? 465 : 25) : Number(url.port), secure };
}

function portIn(environment: Environment, name: string, otherwise: number): number {
  const port = numberIn(environment, name, otherwise);
  if (port > 65535) throw new RangeError(`${name}: expected a port up to 65535, got ${port}`);
  return port;
}

function numberIn(environment: Environment, name: string, otherwise: number): number {
  const text = environment[name];
  if (text === undefined) return otherwise;
  if (!/^\d{1,15}$/.test(text)) throw new RangeError(`${name}: expected a whole number, got “${text}”`);
  return Number(text);
}

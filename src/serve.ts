// SPDX-License-Identifier: Apache-2.0
// Opening the doors of an installation, and closing them again in the right order: nothing new comes in, what is under way ends, then the store.

import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { serve as listen } from '@hono/node-server';
import { apiDoor } from './api/api.ts';
import { maySucceedLater } from './app/failures.ts';
import type { ProjectSettings } from './app/projects.ts';
import type { World } from './app/world.ts';
import type { Config } from './config.ts';
import type { ProjectId } from './core/model/identifiers.ts';
import type { Policy } from './core/policy/policy.ts';
import type { Installation } from './installation.ts';
import { acceptMail } from './mail/accept.ts';
import { startMailGateway } from './mail/gateway.ts';
import type { IntakeAddress, MailAddresses } from './mail/route.ts';
import { takesMailFor } from './mail/route.ts';
import type { WebOptions } from './web/web.ts';
import { webDoor } from './web/web.ts';
import { startWorker } from './worker/worker.ts';

export interface Doors {
  readonly http: number;
  readonly mail: { readonly smtp: number | null; readonly lmtp: number | null };
  close(): Promise<void>;
}

/** How often the clock is looked at, in milliseconds: an embargo ends at most this late. */
const tickEvery = 1000;

export interface DoorOptions {
  readonly config: Config;
  readonly projects: readonly ProjectSettings[];
  readonly policies: ReadonlyMap<string, Policy>;
  readonly web: WebOptions;
}

/** HTTP (pages and API on one port) and mail, as far as configured. */
export async function openDoors({ world }: Installation, { config, projects, policies, web }: DoorOptions): Promise<Doors> {
  const api = apiDoor(world).application;
  const pages = webDoor(world, web).application;
  const server = listen({
    // With what the server knows of the connection: whose attempts are counted hangs on it (session-cookie.ts).
    fetch: (request, connection) => (new URL(request.url).pathname.startsWith('/api/') ? api : pages).fetch(request, connection),
    port: config.http.port,
    hostname: config.http.host,
  });
  await once(server, 'listening');
  const addresses = currentAddresses(world, config, projects, policies);
  const gateway =
    config.smtp === null && config.lmtp === null
      ? null
      : await startMailGateway({
          ...(config.smtp === null ? {} : { smtp: config.smtp }),
          ...(config.lmtp === null ? {} : { lmtp: config.lmtp }),
          maxBytes: config.mailBytes,
          recipientKnown: async (address) => takesMailFor(address, await addresses()),
          accept: async (raw, envelope) => acceptMail(world, await addresses(), raw, envelope),
          log: ({ event, ...ids }) =>
            world.log(
              event,
              Object.fromEntries(Object.entries(ids).filter((entry): entry is [string, string | number] => entry[1] !== undefined)),
            ),
        });
  return {
    http: (server.address() as AddressInfo).port,
    mail: gateway?.ports ?? { smtp: null, lmtp: null },
    async close() {
      await gateway?.stop();
      if ('closeIdleConnections' in server) server.closeIdleConnections();
      const closed = new Promise((resolve) => server.close(resolve));
      const patience = setTimeout(() => 'closeAllConnections' in server && server.closeAllConnections(), 2000);
      await closed;
      clearTimeout(patience);
    },
  };
}

export function startJobs({ world, jobs }: Installation, projects: readonly ProjectSettings[]) {
  return startWorker(world, { pool: jobs, projects: async () => projects.map((one) => one.project as ProjectId), tickEvery });
}

/** As the policies that hold name them now: one may have been published since the start. Without the database those of before; nothing is taken then anyway. */
function currentAddresses(
  world: World,
  config: Config,
  projects: readonly ProjectSettings[],
  atStart: ReadonlyMap<string, Policy>,
): () => Promise<MailAddresses> {
  let known = atStart;
  return async () => {
    try {
      const all = projects.map(async ({ project }) => [project, await holding(world, project as ProjectId)] as const);
      known = new Map(await Promise.all(all));
    } catch (failure) {
      if (!maySucceedLater(failure)) throw failure;
    }
    return mailAddresses(config, projects, known);
  };
}

function holding({ store }: World, project: ProjectId): Promise<Policy> {
  return store.as({ kind: 'anonymous', project }, async ({ policies }) => (await policies.active()).policy);
}

/** The mailboxes that the projects' policies name, with those of former times. */
function mailAddresses(config: Config, projects: readonly ProjectSettings[], policies: ReadonlyMap<string, Policy>): MailAddresses {
  const intake = projects.flatMap(({ project }): IntakeAddress[] =>
    (policies.get(project)?.intake.channels ?? []).flatMap((channel): IntakeAddress[] =>
      channel.kind !== 'mail'
        ? []
        : [
            { project, address: channel.address, former: false, accepts: channel.accepts },
            ...channel.former.map((address) => ({ project, address, former: true, accepts: channel.accepts })),
          ],
    ),
  );
  return { intake, replyDomain: config.replyDomain, own: projects.map((one) => one.sender.address) };
}

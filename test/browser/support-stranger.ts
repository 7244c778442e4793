// SPDX-License-Identifier: Apache-2.0
// Somebody who is not signed in asks for everything: each registered route with the ids of a case, and every file of the built site.

import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { apiDoor } from '../../src/api/api.ts';
import type { RegisteredRoute } from '../../src/app/registry.ts';
import type { World } from '../../src/app/world.ts';
import { webDoor } from '../../src/web/web.ts';
import type { Demo } from '../support/demo-process.ts';

export interface Seen {
  /** `GET /path`, or the name of a file. */
  readonly where: string;
  readonly status: number;
  readonly text: string;
}

const settings = { project: 'libvirt', title: 'libvirt', policy: 'libvirt-2023', sender: { name: '', address: '' } };

/**
 * Every route of both doors. Those of the demonstration alone are left out: its mailbox and its sign-in stand open to everybody on the machine,
 * and no installation has them.
 */
export function routes(): readonly RegisteredRoute[] {
  const world = { baseUrl: 'http://127.0.0.1', provider: null } as World;
  return [...webDoor(world, { projects: [settings], demo: null }).routes.registered, ...apiDoor(world).routes.registered];
}

/** What a route answers when its parameters are filled with these; a name without a value stands for itself. */
export async function ask({ base }: Demo, { method, path }: RegisteredRoute, fill: Readonly<Record<string, string>>): Promise<Seen> {
  const filled = path.replace(/:(\w+)/g, (_, name: string) => fill[name] ?? name);
  const answer = await fetch(base + filled, {
    method,
    redirect: 'manual',
    headers: method === 'POST' ? { Origin: base, 'Content-Type': 'application/x-www-form-urlencoded' } : {},
    ...(method === 'POST' ? { body: 'x=y' } : {}),
  });
  const headers = [...answer.headers].map(([name, value]) => `${name}: ${value}`).join('\n');
  return { where: `${method} ${filled}`, status: answer.status, text: `${headers}\n\n${await answer.text()}` };
}

/** Every file below the folder of the site, with its name and what it holds. */
export function siteFiles(demo: Demo): readonly Seen[] {
  const folder = join(demo.data, 'site');
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((item) => item.isFile())
    .map((item) => ({
      where: join(item.parentPath, item.name),
      status: 200,
      text: `${item.name}\n${readFileSync(join(item.parentPath, item.name), 'latin1')}`,
    }));
}

/** Where any of these words is said, whatever its case. */
export function saying(seen: readonly Seen[], words: readonly string[]): readonly string[] {
  return seen.flatMap(({ where, text }) =>
    words.filter((word) => text.toLowerCase().includes(word.toLowerCase())).map((word) => `${word} in ${where}`),
  );
}

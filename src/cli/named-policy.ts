// SPDX-License-Identifier: Apache-2.0
// A policy as a command names it: a preset by its name, or a file.

import type { Policy } from '../core/policy/policy.ts';
import { readPolicy } from '../policy/read-policy.ts';

export interface PolicyPlace {
  /** @throws Error when the file cannot be read. */
  readPath(path: string): Promise<string>;
  readonly policyFolder: string;
}

/** Undefined where there is no such file, or where it is no policy. */
export async function policyNamed(name: string, { readPath, policyFolder }: PolicyPlace): Promise<Policy | undefined> {
  const path = /^[a-z0-9-]+$/.test(name) ? `${policyFolder}/${name}.yaml` : name;
  const text = await readPath(path).catch(() => undefined);
  const read = text === undefined ? undefined : readPolicy(path.slice(path.lastIndexOf('/') + 1), text);
  return read !== undefined && 'policy' in read ? read.policy : undefined;
}

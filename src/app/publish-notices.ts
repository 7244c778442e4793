// SPDX-License-Identifier: Apache-2.0
// The notices of a project in its public repository: what the site shows is committed and pushed, and never before it is shown (LIBVIRT-15).

import type { CaseId, ProjectId } from '../core/model/identifiers.ts';
import { OutsideFailure } from '../ports/failure.ts';
import type { SiteFile } from '../ports/site.ts';
import { newest } from '../site/entry.ts';
import { confirmChannel } from './publication.ts';
import type { World } from './world.ts';

const utf8 = new TextEncoder();

/**
 * Pushes the documents of the version that stands, as a signed-out visitor gets them, and confirms the channel with the commit. Without a repository people push and confirm.
 * @throws OutsideFailure temporary until it is pushed
 */
export async function publishNotices(world: World, project: ProjectId, id: CaseId, channel: string): Promise<void> {
  const documents = newest(await world.store.as({ kind: 'anonymous', project }, (transaction) => transaction.documents.of(id)));
  const [first] = documents;
  if (first === undefined) throw new OutsideFailure('temporary', 'no document of the case is published yet');
  const { policy } = await world.store.as({ kind: 'process', project }, (transaction) => transaction.policies.active());
  const signer = policy.disclosure.signed === null ? null : await world.signer(project);
  const files = documents.flatMap(({ file, bytes, signature }): SiteFile[] => [
    { path: file, bytes },
    ...(signature === null ? [] : [{ path: `${file}.asc`, bytes: utf8.encode(signature) }]),
  ]);
  const commit = await world.notices.publish(project, {
    files,
    message:
      first.version === 1 ? `Add ${first.number}\n\n${first.title}` : `Correct ${first.number}, version ${first.version}\n\n${first.title}`,
    author: world.sender(project),
    at: world.clock.now(),
    sign: signer === null ? null : (bytes) => signer.detach(bytes),
  });
  if (commit !== null) await confirmChannel(world, project, id, channel, `Pushed as ${commit}.`);
}

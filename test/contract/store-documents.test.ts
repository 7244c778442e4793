// SPDX-License-Identifier: Apache-2.0
// Documents: kept before they are published, shown when they are, and never changed after that.

import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { test } from 'node:test';
import type { EventData } from '../../src/core/model/event.ts';
import type { CaseId, ProjectId } from '../../src/core/model/identifiers.ts';
import type { Principal } from '../../src/core/policy/access.ts';
import type { KeptDocument } from '../../src/ports/store/documents.ts';
import { testDatabase } from '../support/database.ts';
import { add, anna, anyone, ben, content, libvirt, morning, personOf, processOf, qemu, receive, report, settle } from './store-material.ts';

const { store } = await testDatabase();
await settle(store);

function document(id: CaseId, number: string, version: number, text: string, format = 'text'): KeptDocument {
  const bytes = Buffer.from(text);
  return {
    case: id,
    number,
    version,
    format,
    file: `${number}.${format}`,
    mediaType: 'text/plain',
    bytes,
    sha256: createHash('sha256').update(bytes).digest('hex'),
    signature: '-----BEGIN PGP SIGNATURE-----',
    title: `Title of ${text}`,
    preparedAt: morning,
  };
}

const keep = (documents: readonly KeptDocument[], project = libvirt) =>
  store.as(processOf(project), (transaction) => transaction.documents.keep(documents));
const of = (id: CaseId, who: Principal = processOf(libvirt)) => store.as(who, ({ documents }) => documents.of(id));
const texts = (documents: readonly KeptDocument[]) => documents.map((one) => Buffer.from(one.bytes).toString());

/** An advisory written, approved and published. */
async function publish(id: CaseId, project: ProjectId = libvirt): Promise<void> {
  const advisory = content({ kind: 'advisory', audience: 'shared' }, 'advisory');
  const events: readonly EventData[] = [
    { kind: 'advisory-written', advisory: advisory.ref, parts: [] },
    { kind: 'advisory-submitted' },
    { kind: 'advisory-approved', complete: true },
    { kind: 'disclosure-begun', channels: [], bundleOnly: false },
    { kind: 'case-opened' },
  ];
  await add(store, personOf(project, anna), id, events, { contents: [advisory], guarded: { opening: 'issue' } });
}

test('documents come back as they were kept, and those prepared again take their place', async () => {
  const one = await receive(store, report(libvirt));
  await keep([document(one.id, 'LSN-2026-0001', 1, 'first'), document(one.id, 'LSN-2026-0001', 1, 'first xml', 'xml')]);
  assert.deepEqual(texts(await of(one.id)), ['first', 'first xml']);
  const again = document(one.id, 'LSN-2026-0001', 1, 'second');
  await keep([again]);
  const [kept, ...others] = await of(one.id);
  assert.deepEqual(others, []);
  assert.deepEqual({ ...kept, bytes: [...(kept?.bytes ?? [])] }, { ...again, bytes: [...again.bytes] });
});

test('what is prepared is seen by the team and the process, and by nobody outside before its day', async () => {
  const one = await receive(store, report(libvirt));
  await keep([document(one.id, 'LSN-2026-0002', 1, 'early')]);
  assert.deepEqual(texts(await of(one.id, personOf(libvirt, ben))), ['early']);
  for (const outsider of [one.reporter, anyone(libvirt), personOf(qemu, anna)]) assert.deepEqual(await of(one.id, outsider), []);
  assert.equal(
    await store.as(anyone(libvirt), ({ documents }) => documents.publishedFile('LSN-2026-0002', 'LSN-2026-0002.text')),
    undefined,
  );
  await publish(one.id);
  for (const outsider of [one.reporter, anyone(libvirt)]) assert.deepEqual(texts(await of(one.id, outsider)), ['early']);
  const file = await store.as(anyone(libvirt), ({ documents }) => documents.publishedFile('LSN-2026-0002', 'LSN-2026-0002.text'));
  assert.equal(Buffer.from(file?.bytes ?? []).toString(), 'early');
});

test('published documents do not change; a next version waits beside them for its own publication', async () => {
  const one = await receive(store, report(libvirt));
  await keep([document(one.id, 'LSN-2026-0003', 1, 'v1')]);
  await publish(one.id);
  await assert.rejects(keep([document(one.id, 'LSN-2026-0003', 1, 'v1, changed')]), /published/);
  await keep([document(one.id, 'LSN-2026-0003', 2, 'v2')]);
  assert.deepEqual(texts(await of(one.id)), ['v1', 'v2']);
  assert.deepEqual(texts(await of(one.id, anyone(libvirt))), ['v1']);
  await publish(one.id);
  assert.deepEqual(texts(await of(one.id, anyone(libvirt))), ['v1', 'v2']);
  const file = await store.as(anyone(libvirt), ({ documents }) => documents.publishedFile('LSN-2026-0003', 'LSN-2026-0003.text'));
  assert.equal(file?.version, 2);
});

test('the site shows the published documents of its own project, in order of number, whoever builds it', async () => {
  const [second, first, secret] = [
    await receive(store, report(qemu)),
    await receive(store, report(qemu)),
    await receive(store, report(qemu)),
  ];
  await keep([document(second.id, 'QSA-2', 1, 'two')], qemu);
  await keep([document(first.id, 'QSA-1', 1, 'one')], qemu);
  await keep([document(secret.id, 'QSA-3', 1, 'three')], qemu);
  for (const { id } of [second, first]) await publish(id, qemu);
  for (const who of [anyone(qemu), processOf(qemu), personOf(qemu, anna), personOf(qemu, ben)])
    assert.deepEqual(texts(await store.as(who, ({ documents }) => documents.published())), ['one', 'two']);
});

test('documents of two cases or two versions are not kept together, and nobody but the process keeps any', async () => {
  const [one, two] = [await receive(store, report(libvirt)), await receive(store, report(libvirt))];
  await assert.rejects(keep([document(one.id, 'A', 1, ''), document(two.id, 'A', 1, '')]), /one version of one case/);
  await assert.rejects(keep([document(one.id, 'A', 1, ''), document(one.id, 'A', 2, '')]), /one version of one case/);
  await keep([]);
  await assert.rejects(
    store.as(personOf(libvirt, anna), ({ documents }) => documents.keep([document(one.id, 'A', 1, '')])),
    /42501/,
  );
});

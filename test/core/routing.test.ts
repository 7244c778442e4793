// SPDX-License-Identifier: Apache-2.0
// Who looks after a path: MAINTAINERS and CODEOWNERS, and whom they leave without an account.

import assert from 'node:assert/strict';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { coverage } from '../../src/core/routing/coverage.ts';
import { parseRoutes, route, sectionsIn, sectionsNamed } from '../../src/core/routing/route.ts';

const root = join(import.meta.dirname, '..', '..', '..');
const qemu = parseRoutes(readFileSync(join(root, 'test', 'golden', 'maintainers', 'MAINTAINERS'), 'utf8'));

test('QEMU-7 a path belongs to every section that fits it, and a section may take paths out again', () => {
  assert.deepEqual(route(qemu, 'hw/net/e1000.c').subsystems, ['e1000', 'THE REST']);
  assert.deepEqual(route(qemu, 'hw/net/deep/e1000.c').subsystems, ['THE REST'], 'a pattern without a slash at its end reaches no deeper');
  assert.deepEqual(route(qemu, 'block/qcow2/cache.c').subsystems, ['Block layer', 'THE REST']);
  assert.deepEqual(route(qemu, 'block/old.c').subsystems, ['THE REST']);
});

test('QEMU-7 a component is found by its name or by its path, and a report by the paths that stand in it', () => {
  const titles = (found: readonly { readonly title: string }[]) => found.map((one) => one.title);
  assert.deepEqual(titles(sectionsNamed(qemu, 'block layer')), ['Block layer']);
  assert.deepEqual(titles(sectionsNamed(qemu, 'audio/mixer.c')), ['Sound', 'THE REST']);
  const trace = '#1 0x55 in bdrv_co_preadv ../block/io.c:1131\n#2 in qcow2_co block/qcow2.c:9\n#3 e1000_mem hw/net/e1000.c:7';
  assert.deepEqual(titles(sectionsIn(qemu, trace)), ['Block layer', 'e1000']);
  assert.deepEqual(sectionsIn(qemu, 'no path here, only and/or words'), []);
});

test('QEMU-6 people of the file without an account are named with the sections that this leaves uncovered', () => {
  const { withoutAccount, uncovered } = coverage(qemu, [
    { name: 'bob', address: 'BOB@hypervisor.example' },
    { name: 'sam', address: 'sam@hypervisor.example' },
  ]);
  assert.deepEqual(
    withoutAccount.map(({ person, subsystems }) => [person.name, subsystems]),
    [
      ['Petra Novak', ['e1000']],
      ['Ida Image', ['Block layer']],
    ],
  );
  assert.deepEqual(
    uncovered.map((one) => one.title),
    ['Sound', 'THE REST'],
  );
});

test('CODEOWNERS: the last pattern that fits has the say, and a section’s owners stand in for a line without any', () => {
  const file = parseRoutes('* @all\n*.rs @rust # all of it\n/docs/ writer@docs.example\n[Net][2] @net\nsrc/net/**\nsrc/net/test/ @ada\n');
  const owners = (path: string) => route(file, path).people.map((one) => one.name);
  assert.deepEqual(owners('README'), ['all']);
  assert.deepEqual(owners('src/deep/lib.rs'), ['rust']);
  assert.deepEqual(owners('docs/a/b.md'), ['writer@docs.example']);
  assert.deepEqual(owners('other/docs/b.md'), ['all'], 'a slash at the beginning ties it to the root');
  assert.deepEqual(owners('src/net/a/b.c'), ['net']);
  assert.deepEqual(owners('src/net/test/x.c'), ['ada']);
});

test('hostile patterns and names are read and fit nothing', () => {
  const file = parseRoutes('Bad\nM: <>\nM: nobody\nN: (((\nF: [\n\nWorse\nF: a(b\nM: A <a@b.example> (evil)\n');
  assert.deepEqual(route(file, 'x.c').subsystems, []);
  assert.deepEqual(
    route(file, 'a(b').people.map((one) => one.address),
    ['a@b.example'],
  );
});

const shared = join(process.env['DAYLIGHT_SHARED_DATA'] ?? join(root, '..', 'shared', 'data'), 'maintainers');
test('QEMU-7 a real MAINTAINERS file routes as its own script does, for everybody whom the file itself names', {
  skip: existsSync(shared) ? false : `no ${shared}`,
}, () => {
  const text = readFileSync(join(shared, 'u-boot-MAINTAINERS'), 'utf8');
  const file = parseRoutes(text);
  const lines = readFileSync(join(shared, 'u-boot-routes.jsonl'), 'utf8').trim().split('\n');
  // The script leaves out the chief maintainer, writes two old addresses anew, and reads files in sub-folders that are not here.
  const chief = 'trini@konsulko.com';
  const exact = lines.filter((line) => {
    const { path, addresses } = JSON.parse(line) as { path: string; addresses: string[] };
    const { people, lists } = route(file, path);
    const found = [...people.flatMap((one) => one.address ?? []), ...lists].filter((one) => one !== chief);
    const wanted = addresses.map((one) => one.toLowerCase()).filter((one) => text.toLowerCase().includes(one));
    return JSON.stringify([...new Set(found)].sort()) === JSON.stringify([...new Set(wanted)].sort());
  });
  assert.ok(exact.length >= 0.85 * lines.length, `${exact.length} of ${lines.length}`);
  assert.ok(file.subsystems.length > 150);
});

// SPDX-License-Identifier: Apache-2.0
// What is odd in the real archives, where they are at hand: which file, which anomaly, how often. Nothing else is told of them, and nothing is left out.

import assert from 'node:assert/strict';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, test } from 'node:test';
import { readArchive } from '../../src/app/archive.ts';
import { instant } from '../../src/core/model/time.ts';
import { formats } from '../../src/formats/index.ts';
import { archives } from './archives.ts';
import { goldens } from './places.ts';

const folder = join(goldens, '..', 'archives');
const schemes = { lsn: 'LSN-YYYY-NNNN', ossa: 'OSSA-YYYY-NNN', cve: 'CVE-YYYY-NNNN' } as const;
const reader = { now: instant('2026-11-22T00:00:00Z') };

/** `2014/0010.xml stray-text`, with how often where it is more than once. */
function counted(found: readonly { readonly file: string; readonly rule: string }[]): string {
  const lines = new Map<string, number>();
  for (const { file, rule } of found) lines.set(`${file} ${rule}`, (lines.get(`${file} ${rule}`) ?? 0) + 1);
  return [...lines]
    .sort()
    .map(([line, times]) => (times === 1 ? `${line}\n` : `${line} x${times}\n`))
    .join('');
}

describe('the real archives as an import reads them', () => {
  for (const { format, files, bytes, publisher, skipped } of archives)
    test(`LIBVIRT-14 every anomaly of the ${format} archive is told by its file, and every file that cannot be taken over`, skipped, () => {
      const sources = files.map((name) => ({ name, bytes: new Uint8Array(bytes(name)) }));
      const archive = readArchive(format, sources, { ...reader, publisher, scheme: schemes[format] });
      assert.equal(archive.advisories.length + archive.unreadable.length, files.length);
      const told = `${counted(archive.anomalies)}\n${counted(archive.unreadable)}`;
      const golden = join(folder, `${format}.txt`);
      if (process.env['UPDATE_GOLDEN'] === '1') {
        mkdirSync(folder, { recursive: true });
        writeFileSync(golden, told);
      }
      assert.equal(told, readFileSync(golden, 'utf8'));
    });

  for (const { format, files, bytes, publisher, skipped } of archives.filter(({ format: one }) => one !== 'cve'))
    test(
      `LIBVIRT-14 versions of the ${format} archive that no program reads stay the words they were, in every text and page`,
      skipped,
      () => {
        const sources = files.map((name) => ({ name, bytes: new Uint8Array(bytes(name)) }));
        const { advisories } = readArchive(format, sources, { ...reader, publisher, scheme: schemes[format] });
        for (const { file, advisory } of advisories)
          for (const { prose } of advisory.products) {
            if (prose === undefined) continue;
            const source = new TextDecoder().decode(file.bytes).replaceAll(/\s+/g, ' ');
            assert.ok(source.includes(prose), `${file.name}: ${prose}`);
            const written = formats.text.write(advisory, publisher);
            assert.ok(written.ok && written.text.replaceAll(/\s+/g, ' ').includes(prose), `${file.name}: ${prose}`);
          }
      },
    );
});

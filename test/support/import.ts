// SPDX-License-Identifier: Apache-2.0
// `daylight import` against a town: what it prints and its exit code. And small archives of our own.

import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import type { World } from '../../src/app/world.ts';
import { archiveFiles } from '../../src/cli/archive-files.ts';
import { type ImportIo, importAdvisories } from '../../src/cli/import.ts';
import type { TownProject } from './town.ts';

export interface Imported {
  readonly exit: number;
  readonly out: readonly string[];
  readonly err: readonly string[];
}

/** Runs the command as a person would, in a world that stands. */
export async function runImport(
  world: World,
  projects: readonly TownProject[],
  words: readonly string[],
  files: ImportIo['files'] = archiveFiles,
): Promise<Imported> {
  const out: string[] = [];
  const err: string[] = [];
  const settings = projects.map(({ project, policy, members }) => ({
    project,
    title: project,
    policy,
    sender: { name: project, address: `reports@${project}.example` },
    members,
  }));
  const exit = await importAdvisories(words, {
    out: (line) => out.push(line),
    err: (line) => err.push(line),
    files,
    with: (work) => work(world, settings as never),
  });
  return { exit, out, err };
}

/** A folder with these files, which goes when the test ends. */
export function folderOf(t: { after(done: () => void): void }, files: Readonly<Record<string, string>>): string {
  const folder = mkdtempSync(join(tmpdir(), 'daylight-archive-'));
  t.after(() => rmSync(folder, { recursive: true, force: true }));
  for (const [name, text] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, name)), { recursive: true });
    writeFileSync(join(folder, name), text);
  }
  return folder;
}

/** A notice of ours in libvirt's form. */
export function notice(id: string, said: { readonly title?: string; readonly cve?: string; readonly reported?: string } = {}): string {
  const { title = `A guest crashes the wren daemon, number ${id}`, cve = `2019-9${id.slice(-4)}`, reported = '20190501' } = said;
  return `<security-notice xmlns="http://security.libvirt.org/xmlns/security-notice/1.0">
  <id>${id}</id>
  <summary>${title}</summary>
  <description><![CDATA[The index of the ring is not checked.]]></description>
  <impact><![CDATA[The daemon ends.]]></impact>
  <workaround><![CDATA[Close the read-only socket.]]></workaround>
  <credits><reporter><name>Ada Wren</name><email>ada@wren.example</email></reporter></credits>
  <lifecycle><reported>${reported}</reported><published>20190521</published><fixed>20190522</fixed></lifecycle>
  <reference><advisory type="CVE" id="${cve}"/></reference>
  <product name="wren">
    <repository>wren.git</repository>
    <branch><name>master</name><tag state="vulnerable">v1.0</tag><change state="fixed">${'a'.repeat(40)}</change></branch>
  </product>
</security-notice>
`;
}

/** An advisory of ours in OpenStack's form. */
export function ossa(id: string, versions = '>=1.0 <1.2'): string {
  return `date: 2015-06-02
id: ${id}
title: 'Tokens outlive their sessions, number ${id}'
description: 'A token is good after its session has ended.'
affected-products:
  - product: heron
    version: '${versions}'
vulnerabilities:
  - cve-id: CVE-2015-9${id.slice(-3)}
reporters:
  - name: 'Grace Finch'
    affiliation: Finch
    reported: [CVE-2015-9${id.slice(-3)}]
issues:
  links: ['https://bugs.heron.example/1']
reviews:
  master: ['https://review.heron.example/1']
`;
}

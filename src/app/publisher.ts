// SPDX-License-Identifier: Apache-2.0
// The publisher of a project's documents, from its policy and where its site lives. Behaviour hangs on parameters, never on a policy's name.

import type { ProjectId } from '../core/model/identifiers.ts';
import type { Policy } from '../core/policy/policy.ts';
import type { AdvisoryFormat } from '../core/policy/words.ts';
import type { FormatName } from '../formats/index.ts';
import { formats } from '../formats/index.ts';
import type { Publisher } from '../formats/publisher.ts';
import type { World } from './world.ts';

/** The writer of each format that a policy can name. */
const writers: Readonly<Record<AdvisoryFormat, FormatName>> = {
  text: 'text',
  html: 'html',
  markdown: 'markdown',
  lsn_xml: 'lsn',
  ossa_yaml: 'ossa',
  csaf: 'csaf',
  osv: 'osv',
  cve: 'cve',
  openvex: 'openvex',
};

/** The formats that are published under this policy: those it asks for, text first, and Daylight's own record always. */
export function formatsOf(policy: Policy): readonly FormatName[] {
  const wanted = policy.advisory.formats.map((format) => writers[format]);
  return [...new Set<FormatName>(['text', ...wanted, 'advisory'])];
}

/** A format as people call it: `HTML`, `libvirt XML`. One that is made no more keeps its short name. */
export function formatLabel(name: string): string {
  return Object.hasOwn(formats, name) ? formats[name as FormatName].label : name;
}

/** @param keys fingerprints of the keys of which one signs; none where nothing is signed. */
export function publisherOf(world: World, project: ProjectId, policy: Policy, keys: readonly string[]): Publisher {
  const home = world.siteUrl(project);
  return {
    ...publisherUnder(policy),
    name: world.sender(project).name,
    ...(keys.length === 0 ? {} : { keys }),
    namespace: home,
    page: `${home}/{id}.html`,
    pages: {
      // Beside the page, wherever somebody carries the site.
      home: 'index.html',
      advisories: 'index.html',
      report: `${world.baseUrl}/${project}/report`,
      feed: 'atom.xml',
      ...(policy.advisory.formats.includes('csaf') ? { csaf: 'csaf/index.html' } : {}),
      ...(keys.length === 0 ? {} : { key: 'key.asc' }),
    },
  };
}

/** The publisher as far as the policy alone knows it: its site, where it names one, is where its pages are. */
export function publisherUnder(policy: Policy): Publisher {
  const { organisation } = policy.cve.assigner;
  const site = policy.disclosure.channels.find((channel) => channel.kind === 'site');
  const home = site?.kind === 'site' ? site.url?.replace(/\/$/, '') : undefined;
  return {
    name: policy.title,
    prefix: policy.advisory.id.split('-')[0] ?? 'ADV',
    ...(organisation == null ? {} : { cna: { organisation } }),
    ...(home === undefined ? {} : { namespace: home, page: `${home}/{id}.html` }),
    language: 'en',
    repositories: {},
    trackers: {},
    textLayout: policy.advisory.formats.includes('lsn_xml') ? 'libvirt' : 'plain',
    addresses: 'withheld',
    assets: { styles: ['assets/daylight.css'], icons: 'assets/icons.svg' },
    pages: {},
  };
}

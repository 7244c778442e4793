// SPDX-License-Identifier: Apache-2.0
// The policy on the site: the one that holds, and every one before it, each as a page and as the file it was (QEMU-3).

import { html, type Markup } from '../formats/markup.ts';
import { spoken } from '../formats/words.ts';
import { pageFile, textFile } from './frame.ts';
import type { SiteFile, SitePolicy, SiteSettings } from './model.ts';

export function policyPages(site: SiteSettings): readonly SiteFile[] {
  const [current] = site.policies;
  if (current === undefined) return [];
  return [
    policyPage(site, current, 'policy.html'),
    ...site.policies.flatMap((policy) => [
      ...(policy === current ? [] : [policyPage(site, policy, `${nameOf(policy)}.html`)]),
      textFile(`${nameOf(policy)}.yaml`, policy.text),
    ]),
  ];
}

/** `policy/libvirt-2023-1`. */
function nameOf({ name, version }: SitePolicy): string {
  return `policy/${name}-${version}`;
}

function policyPage(site: SiteSettings, policy: SitePolicy, path: string): SiteFile {
  const up = path === 'policy.html' ? '' : '../';
  const old =
    policy.until === null
      ? undefined
      : html`<section class="notice"><h2>Superseded</h2><p>It held until ${spoken(policy.until)}. <a href="${up}policy.html">The policy that holds now</a>.</p></section>\n`;
  const parts = policy.parts
    .filter(({ sentences }) => sentences.length > 0)
    .map(({ title, sentences }) => html`<h2>${title}</h2>\n${sentences.map((sentence) => html`<p>${sentence}</p>\n`)}`);
  const file = html`<p class="after label">As a file: <a class="id" href="${up}${nameOf(policy)}.yaml">${policy.name}-${policy.version}.yaml</a>, SHA-256 <span class="id">${policy.sha256}</span></p>\n`;
  return pageFile(site, {
    path,
    title: policy.title,
    current: 'policy',
    eyebrow: html`<span>${policy.name}, version ${policy.version}</span><span>since ${spoken(policy.from)}</span>`,
    lead: html`Contact: ${policy.contact}`,
    content: html`${old}<article class="reading">\n${parts}${versions(site, policy, up)}${file}</article>\n`,
  });
}

function versions({ policies }: SiteSettings, shown: SitePolicy, up: string): Markup | undefined {
  if (policies.length < 2) return undefined;
  const items = policies.map((policy) => {
    const name = `${policy.name}, version ${policy.version}`;
    const href = policy.until === null ? 'policy.html' : `${nameOf(policy)}.html`;
    const span = policy.until === null ? `since ${spoken(policy.from)}` : `${spoken(policy.from)} to ${spoken(policy.until)}`;
    const what = policy.changed === 0 ? '' : `, ${policy.changed} ${policy.changed === 1 ? 'key' : 'keys'} changed`;
    return html`<dt>${policy === shown ? name : html`<a href="${up}${href}">${name}</a>`}</dt><dd>${span}${what}</dd>\n`;
  });
  return html`<h2>Versions</h2>\n<p>A case keeps the version under which it was opened.</p>\n<dl class="facts is-roomy after">\n${items}</dl>\n`;
}

// SPDX-License-Identifier: Apache-2.0
// The public keys on the site: a page that says which key signs what and how to verify, each key as a file, and all of them in one.

import { type Content, html, type Markup } from '../formats/markup.ts';
import { spoken } from '../formats/words.ts';
import { pageFile, textFile } from './frame.ts';
import type { SiteFile, SiteKey, SiteSettings } from './model.ts';

/** `keys/53A4….asc`, from the top of the site. */
export function keyPath({ fingerprint }: Pick<SiteKey, 'fingerprint'>): string {
  return `keys/${fingerprint}.asc`;
}

export function keyFiles(site: SiteSettings): readonly SiteFile[] {
  const { keys } = site;
  if (keys === null) return [];
  return [keyPage(site, keys.all), textFile('key.asc', keys.armored), ...keys.all.map((key) => textFile(keyPath(key), key.armored))];
}

function keyPage(site: SiteSettings, all: readonly SiteKey[]): SiteFile {
  const now = all.filter(({ use }) => use !== 'former');
  const former = all.filter(({ use }) => use === 'former');
  return pageFile(site, {
    path: 'keys.html',
    title: 'Signing keys',
    current: null,
    lead: 'Every advisory here is signed. A signature shows that a file is the one that was published, wherever you got it.',
    content: html`<article class="reading">
<h2>${now.length === 1 ? 'The key that signs' : 'The keys that sign'}</h2>
${now.map(keyPart)}${
  former.length === 0
    ? undefined
    : html`<h2>Keys before</h2>
<p>They sign nothing new. What one of them signed while it was good stays signed.</p>
${former.map(keyPart)}`
}<h2>To verify</h2>
${checking()}</article>
`,
  });
}

function keyPart(key: SiteKey): Markup {
  const { fingerprint, names, algorithm, created, expires } = key;
  const rows: readonly (readonly [string, Content])[] = [
    ['Fingerprint', html`<span class="id">${fingerprint.replaceAll(/(.{4})(?=.)/g, '$1 ')}</span>`],
    ...(names.length === 0 ? [] : [['Name', names.join(', ')] as const]),
    ...(algorithm === '' ? [] : [['Algorithm', algorithm] as const]),
    ...(created === null ? [] : [['Good from', spoken(created)] as const]),
    ['Good until', expires === null ? 'it has no end' : spoken(expires)],
    ['Signs', signs(key)],
    ['The key', html`<a class="id" href="${keyPath(key)}">${fingerprint.slice(-16)}.asc</a>`],
  ];
  return html`<dl class="facts is-roomy after">
${rows.map(([term, words]) => html`<dt>${term}</dt><dd>${words}</dd>\n`)}</dl>
`;
}

function signs({ use, whose }: SiteKey): string {
  if (use === 'former') return 'nothing any more; advisories before';
  if (use === 'repository') return 'commits of the repository of notices, by the program';
  return whose === 'person'
    ? 'advisories, in every format: a person does it, with a key that this server does not have'
    : 'advisories, in every format, by the program';
}

/** The commands of gpg, and of sq and sqv, for either kind of signature. */
function checking(): Markup {
  return html`<p>Compare the fingerprint with one that you have from elsewhere, then import all keys of this page from <a href="key.asc">key.asc</a>. A file with the ending .asc beside it:</p>
<pre class="out" tabindex="0" role="region" aria-label="Commands that verify a signature that stands apart">$ gpg --import key.asc
$ gpg --verify NAME.html.asc NAME.html
$ sqv --keyring key.asc NAME.html.asc NAME.html</pre>
<p>A text that carries its signature inside:</p>
<pre class="out" tabindex="0" role="region" aria-label="Commands that verify a signed text">$ gpg --verify NAME.txt
$ sq verify --signer-file key.asc --cleartext NAME.txt
$ sq verify --signer-cert key.asc NAME.txt    # sq before 1.0</pre>
<p>A signature is good when its key was good on the day on which it signed: gpg says of a key that has ended since that it is expired, and that the signature is good all the same. The whole site at once, with its hashes and records:</p>
<pre class="out" tabindex="0" role="region" aria-label="Command that verifies a copy of the site">$ daylight verify SITE --fingerprint FINGERPRINT</pre>
`;
}

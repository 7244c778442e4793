// SPDX-License-Identifier: Apache-2.0
// The second half of the public page: what went wrong, who is thanked (VMT-42), when, where more stands (VMT-41), in which formats and versions.

import type { Advisory, Cve, Reference, Severity, Ssvc, Step } from '../core/model/advisory.ts';
import type { PublishedFile } from './format.ts';
import { code, dayTime, facts, levelMark, type Page, type Part, paragraphs, part, time } from './html-parts.ts';
import { type Content, html, joined, link, type Markup } from './markup.ts';
import { bugAddress, type Publisher } from './publisher.ts';
import {
  byKind,
  creditWords,
  exploitationWords,
  referenceWords,
  spoken,
  spokenBug,
  spokenCredit,
  spokenJudge,
  spokenListing,
  spokenWeakness,
} from './words.ts';

export function story(advisory: Advisory): Part | undefined {
  const { exploitation } = advisory;
  const impact =
    advisory.impact === undefined
      ? undefined
      : [html`<h3 class="after">What an attacker gains</h3>\n`, paragraphs(advisory.impact, 'Impact')];
  const exploited =
    exploitation === undefined
      ? undefined
      : [html`<p>Exploited: ${exploitationWords[exploitation.status]}.</p>\n`, paragraphs(exploitation.note, 'Exploitation')];
  return part('how', 'What went wrong', [paragraphs(advisory.description, 'Description'), impact, exploited, numbers(advisory)]);
}

function numbers(advisory: Advisory): Content {
  const described = (advisory.cves ?? []).filter(
    (cve: Cve) => cve.title !== undefined || cve.note !== undefined || spokenListing(cve) !== undefined,
  );
  return described.map((cve) => [
    html`<h3 class="after">${[cve.id, cve.title].filter((each) => each !== undefined).join(': ')}</h3>\n`,
    listed(cve),
    paragraphs(cve.note, cve.id),
  ]);
}

function listed(cve: Cve): Content {
  const words = spokenListing(cve);
  return words === undefined ? undefined : html`<p class="label">${words}</p>\n`;
}

export function severity(advisory: Advisory, publisher: Publisher): Part | undefined {
  const weaknesses = (advisory.cwes ?? []).map(spokenWeakness);
  const machine = facts(
    [
      ['Weakness', weaknesses.length === 0 ? undefined : joined(weaknesses, html`<br>`)],
      ['Attack pattern', advisory.attackPatterns?.join(', ')],
      ...(advisory.ssvc ?? []).map(ssvcRow),
    ],
    'facts is-roomy after',
  );
  return part('severity', 'How severe', [(advisory.severity ?? []).map((each, at) => judgement(each, at, publisher)), machine]);
}

function judgement(each: Severity, at: number, publisher: Publisher): Content {
  const vector =
    each.vector === undefined
      ? undefined
      : html` · <span class="id">${each.vector.value.startsWith('CVSS:') ? '' : `${each.vector.system}/`}${each.vector.value}</span>`;
  const of = each.cve === undefined ? undefined : ` for ${each.cve}`;
  return [
    html`<p>${levelMark(each, publisher)}${of}${vector}, judged by ${spokenJudge(each)}.</p>\n`,
    paragraphs(each.reason, `Reason ${at + 1}`),
  ];
}

function ssvcRow(each: Ssvc): readonly [Content, Content] {
  const points = each.points.map(({ name, value }) => `${name}: ${value}`).join(', ');
  const by = [each.by, each.role, each.version && `version ${each.version}`, each.at && spoken(each.at), each.cve]
    .filter(Boolean)
    .join(', ');
  return [
    `SSVC`,
    [each.decision === undefined ? undefined : html`<strong>${each.decision}</strong>; `, points, html`<span class="label">${by}</span>`],
  ];
}

export function credit(advisory: Advisory, publisher: Publisher): Part | undefined {
  const rows = byKind(creditWords, advisory.credits ?? []).map(([word, some]) => {
    const people = some.map((each) => link(each.url, spokenCredit(each, publisher)));
    return [word, joined(people, html`<br>`)] as const;
  });
  return part('credit', 'Credit', facts(rows, 'facts is-roomy'));
}

export function timeline(advisory: Advisory): Part | undefined {
  const { reported, fixed, published, modified, withdrawn } = advisory.dates;
  const known = [
    [reported, 'reported'],
    [fixed, 'fixed'],
    [published, 'published'],
    [modified, 'last changed'],
    [withdrawn, 'withdrawn'],
  ] as const;
  const dates = known.flatMap(([at, text]) => (at === undefined ? [] : [{ at, text }]));
  const steps = (advisory.timeline ?? []).map((step: Step) => [time(step.at), step.text] as const);
  const record = (advisory.references ?? []).filter(({ kind, url }) => kind === 'record' && url !== undefined);
  const whole = record.map(({ url, title }) => html`<p class="after">${link(url, title ?? 'The whole record of the case')}</p>\n`);
  const listed =
    steps.length > 0
      ? [facts(steps, 'facts is-roomy'), dateLine(dates)]
      : facts(
          dates.map(({ at, text }) => [time(at), text]),
          'facts is-roomy',
        );
  return part('when', 'Timeline', [listed, whole]);
}

function dateLine(dates: readonly { readonly at: Parameters<typeof time>[0]; readonly text: string }[]): Content {
  return dates.length === 0
    ? undefined
    : html`<p class="label after">${joined(
        dates.map(({ at, text }) => [text, ' ', time(at)]),
        ' · ',
      )}</p>\n`;
}

export function references(advisory: Advisory, publisher: Publisher): Part | undefined {
  const others = (advisory.references ?? []).filter((each) => each.kind !== 'record' || each.url === undefined);
  const rows = byKind(referenceWords, others).map(
    ([word, some]) =>
      [
        word,
        joined(
          some.map((each) => oneReference(each, publisher)),
          html`<br>`,
        ),
      ] as const,
  );
  return part('more', 'References', facts(rows, 'facts is-roomy'));
}

function oneReference(each: Reference, publisher: Publisher): Content {
  const bug = spokenBug(each);
  const address = each.url ?? (each.tracker === undefined ? undefined : bugAddress(each.tracker, each.id ?? '', publisher));
  const words = [each.branch, each.title, bug, each.tags?.join(', ')].filter((word) => word !== undefined).join(', ');
  if (words === '') return link(address, address);
  return each.url === undefined ? link(address, words) : [words, ': ', link(each.url, each.url)];
}

export function notes(advisory: Advisory): Part | undefined {
  return part(
    'notes',
    'Notes',
    (advisory.notes ?? []).map((text, at) => paragraphs(text, `Note ${at + 1}`)),
  );
}

export function otherFormats(all: readonly PublishedFile[], publisher: Publisher): Part | undefined {
  const files = all.filter(({ version }) => version === undefined);
  if (files.length === 0) return undefined;
  const signed = files.find(({ signature }) => typeof signature === 'object');
  const table = html`<table class="ledger folds">
<thead><tr><th scope="col">Format</th><th scope="col">File</th><th scope="col">SHA-256</th><th scope="col">Signature</th></tr></thead>
<tbody>
${files.map(fileRow)}</tbody>
</table>
`;
  const check = signed === undefined || publisher.keys === undefined ? undefined : checking(signed, publisher.keys, publisher.pages.key);
  return part('formats', 'Other formats', [table, check]);
}

function checking(file: PublishedFile, keys: readonly string[], keyFile: string | undefined): Content {
  const signature = typeof file.signature === 'object' ? file.signature.href : '';
  return html`<p class="after">To check any of them:</p>
<pre class="out" tabindex="0" role="region" aria-label="Commands that verify a signature">$ ${keyFile === undefined ? `gpg --recv-keys ${keys.join(' ')}` : `gpg --import ${fileName(keyFile)}    # key ${keys.join(' or ')}`}
$ gpg --verify ${fileName(signature)} ${fileName(file.href)}</pre>
`;
}

function fileName(href: string): string {
  return href.slice(href.lastIndexOf('/') + 1);
}

function fileRow(file: PublishedFile): Markup {
  const words = file.signature === undefined ? 'not signed' : 'in the file';
  const signature =
    typeof file.signature === 'object' ? html`<a href="${file.signature.href}">${fileName(file.signature.href)}</a>` : words;
  const cells = [
    html`<td data-l="File"><a href="${file.href}">${fileName(file.href)}</a></td>`,
    html`<td data-l="SHA-256">${code(file.sha256)}</td>`,
    html`<td data-l="Signature">${signature}</td>`,
  ];
  return html`<tr><th scope="row">${file.label}</th>${cells}</tr>\n`;
}

/** A version before this one is a link where its page is among the files. */
export function versions(advisory: Advisory, page: Page, files: readonly PublishedFile[]): Part | undefined {
  const latest = (advisory.errata ?? []).toReversed();
  if (latest.length === 0) return undefined;
  const replaced = (version: number) => {
    const found = files.find((one) => one.version === version);
    return found === undefined ? html`<s>${version}</s>, replaced` : html`<a href="${found.href}">${version}</a>, replaced`;
  };
  const items = latest.map(({ version, date, reason }) => {
    const current = version === advisory.version;
    const state = current ? html`<strong>${version}</strong>, current` : replaced(version);
    const why = paragraphs(reason, `Version ${version}`);
    return html`<li>${page.icon(current ? 'ring' : 'open')}<div>${state} <small>${time(date)}</small>${why}</div></li>\n`;
  });
  const published = advisory.dates.published && dayTime(advisory.dates.published);
  const first = html`<li>${page.icon('open')}<div>${replaced(1)} <small>${published}</small></div></li>\n`;
  return part('errata', 'Versions', html`<ol class="checks">\n${items}${first}</ol>\n`);
}

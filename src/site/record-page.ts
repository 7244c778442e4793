// SPDX-License-Identifier: Apache-2.0
// An opened record as a page: the log with what was said beneath each event, a mark where something is not to be read, and the whole of it to be checked here.

import type { Content, Markup } from '../formats/markup.ts';
import { html, joined, raw } from '../formats/markup.ts';
import { pageFile, textFile } from './frame.ts';
import type { SiteFile, SiteRecord, SiteSettings } from './model.ts';

/** As far as a page needs it; docs/record.md describes the whole. */
interface Opened {
  readonly codename: string;
  readonly title: string | null;
  readonly policy: { readonly name: string; readonly version: number };
  readonly publicSince: string | null;
  readonly chain: {
    readonly head: string;
    readonly events: readonly { readonly seq: number; readonly envelope: string | null; readonly hash: string }[];
  };
  readonly contents: readonly { readonly id: string; readonly text: string }[];
  readonly files: readonly { readonly id: string; readonly name: string; readonly bytes: number; readonly href: string }[];
  readonly closed: readonly Closed[];
}

interface Closed {
  readonly piece: string;
  readonly mark: string;
  readonly why: string | null;
  readonly standsFor: string | null;
}

interface Ref {
  readonly id: string;
  readonly kind?: string;
  readonly field?: string;
  readonly purpose?: string;
  readonly hash: string;
}

interface Envelope {
  readonly at: string;
  readonly kind: string;
  readonly by: { readonly kind: string; readonly person?: string; readonly role?: string };
}

/** The page, and beside it the record's file, byte for byte. */
export function recordFiles(site: SiteSettings, record: SiteRecord): readonly SiteFile[] {
  const path = recordPath(record);
  const opened = JSON.parse(record.json) as Opened;
  const { codename, title, policy, publicSince, chain } = opened;
  const page = pageFile(site, {
    path,
    title: title ?? `The record of ${codename}`,
    current: null,
    eyebrow: html`<span class="id">${codename}</span><span>${policy.name}, version ${policy.version}</span>${publicSince === null ? undefined : html`<span>public since ${moment(publicSince)}</span>`}`,
    lead: html`The whole record of the case${record.number === null ? undefined : html` behind <a class="id" href="../${record.number}.html">${record.number}</a>`}, as it was written. What was struck out is marked.`,
    content: html`${checking(record, chain)}<section class="part"><header><h2>Log <span class="count">${chain.events.length}</span></h2></header>\n<ol class="log">\n${log(opened)}</ol></section>\n${embedded(record)}`,
    scripts: ['site-record.js'],
  });
  return [page, textFile(`records/${record.name}.json`, record.json)];
}

export function recordPath({ name }: Pick<SiteRecord, 'name'>): string {
  return `records/${name}.html`;
}

/** Without scripts the command line checks the same. */
function checking({ name }: SiteRecord, { head, events }: Opened['chain']): Markup {
  return html`<section class="verdict" aria-labelledby="check">
<h2 id="check">Check it yourself</h2>
<p>Each of the ${events.length} events is bound to all before it by a hash, and each text to its event. <span id="checked" role="status"></span></p>
<pre class="out" tabindex="0" role="region" aria-label="Command that checks the record">$ daylight verify ${name}.json</pre>
<p class="label"><a href="${name}.json">${name}.json</a>, head of the chain <span class="id">${head}</span></p>
</section>
`;
}

/** A block of data, not of script: what the page checks is on the page, so that it can be opened from a disk. */
function embedded({ json }: SiteRecord): Markup {
  return html`<script type="application/json" id="record">${raw(json.trim().replaceAll('<', '\\u003c'))}</script>\n`;
}

function log(opened: Opened): readonly Markup[] {
  const texts = new Map(opened.contents.map(({ id, text }) => [id, text]));
  const files = new Map(opened.files.map((file) => [file.id, file]));
  const closed = new Map(opened.closed.map((mark) => [mark.piece, mark]));
  return opened.chain.events.map(({ seq, envelope }) => {
    if (envelope === null)
      return html`<li class="entry is-event" id="event-${seq}"><span class="label">${seq}</span><span></span><div><p class="quiet">An event that is not opened. Its hash keeps its place.</p></div></li>\n`;
    const event = JSON.parse(envelope) as Envelope;
    const said = refsIn(event).map((ref) => piece(ref, texts, files, closed));
    return html`<li class="entry" id="event-${seq}"><span class="label">${seq}</span><span></span><div><p class="by"><b>${words(event.kind)}</b> <span class="label">${who(event.by)}, ${moment(event.at)}</span></p>${said}</div></li>\n`;
  });
}

function piece(
  ref: Ref,
  texts: ReadonlyMap<string, string>,
  files: ReadonlyMap<string, Opened['files'][number]>,
  closed: ReadonlyMap<string, Closed>,
): Markup {
  const name = ref.purpose === undefined ? words(ref.field ?? ref.kind ?? 'text') : `file, ${words(ref.purpose)}`;
  const file = files.get(ref.id);
  if (file !== undefined)
    return html`<p><span class="label">${name}: </span><a href="${file.href}"><bdi class="id">${file.name}</bdi></a> <span class="label">${file.bytes} bytes</span></p>\n`;
  const mark = closed.get(ref.id);
  const text = texts.get(ref.id) ?? (mark?.standsFor == null ? undefined : texts.get(mark.standsFor));
  const shown = text === undefined ? undefined : html`<div class="prose">${paragraphs(text)}</div>`;
  const redacted = mark === undefined && text !== undefined ? undefined : html`<p><span class="chip">${markWords(mark)}</span></p>`;
  return html`<div class="after"><p class="label">${name}</p>${redacted}${shown}</div>\n`;
}

function paragraphs(text: string): Content {
  return joined(
    text.split(/\n{2,}/).map((one) => html`<p>${joined(one.split('\n'), html`<br>`)}</p>`),
    '\n',
  );
}

const marks: Readonly<Record<string, string>> = {
  never_opened: 'Never opened',
  struck_out: 'Struck out',
  passages_struck_out: 'Passages are struck out',
  undecided: 'Not decided yet',
  shared: 'Tells of a case that is not public',
  withheld: 'Withheld',
  proof_of_concept: 'A proof of concept that is not open',
  inside: 'The team’s own',
  not_sent: 'Was not sent',
};

function markWords(mark: Closed | undefined): string {
  if (mark === undefined) return 'Not opened';
  const why = mark.why === null ? '' : `: ${words(mark.why).toLowerCase()}`;
  return `${marks[mark.mark] ?? words(mark.mark)}${why}`;
}

/** Every reference of an event to something said, in the order in which it names them. */
function refsIn(value: unknown): readonly Ref[] {
  if (typeof value !== 'object' || value === null) return [];
  if ('id' in value && 'hash' in value && 'audience' in value) return [value as unknown as Ref];
  return Object.values(value).flatMap(refsIn);
}

/** `report-submitted` as `Report submitted`. */
function words(kind: string): string {
  const text = kind.replaceAll(/[-_]/g, ' ');
  return text.slice(0, 1).toUpperCase() + text.slice(1);
}

function who({ kind, person }: Envelope['by']): string {
  if (kind === 'process') return 'the process itself';
  return kind === 'person' ? (person ?? 'a member') : `a ${kind}`;
}

function moment(at: string): Markup {
  return html`<time datetime="${at}">${at.slice(0, 10)} ${at.slice(11, 16)} UTC</time>`;
}

/** What the list of records says of one. */
export interface RecordLine {
  readonly name: string;
  readonly codename: string;
  readonly title: string | null;
  readonly number: string | null;
  readonly publicSince: string | null;
  readonly events: number;
  readonly struckOut: number;
}

export function recordLine({ name, number, json }: SiteRecord): RecordLine {
  const { codename, title, publicSince, chain, closed } = JSON.parse(json) as Opened;
  const struckOut = closed.filter(({ mark }) => mark === 'struck_out' || mark === 'passages_struck_out').length;
  return { name, codename, title, number, publicSince, events: chain.events.length, struckOut };
}

const schema = 'site-records/1';

/** For people, and for programs with a line for each; the last to become public first. */
export function recordList(site: SiteSettings, all: readonly RecordLine[]): readonly SiteFile[] {
  const lines = all.toSorted((one, other) => (key(one) < key(other) ? 1 : -1));
  const rows = lines.map(
    ({ name, codename, title, number, events, struckOut }) =>
      html`<tr><th scope="row"><a class="id" href="${name}.html">${codename}</a></th><td>${title ?? number ?? ''}</td><td data-l="Events">${events}</td><td data-l="Struck out">${struckOut}</td></tr>\n`,
  );
  const table = html`<table class="ledger folds"><caption class="unseen">Opened records</caption>
<thead><tr><th scope="col">Case</th><th scope="col">What it is about</th><th scope="col">Events</th><th scope="col">Struck out</th></tr></thead>
<tbody>
${rows}</tbody></table>
`;
  const content = lines.length === 0 ? html`<p class="empty">No record is open yet.</p>\n` : table;
  const lead = 'Each can be checked on its own page, and with the command line.';
  return [
    pageFile(site, { path: 'records/index.html', title: 'Opened records', current: 'records', lead, content }),
    textFile('records/index.json', `{"daylight":"${schema}","records":[\n${lines.map((line) => JSON.stringify(line)).join(',\n')}\n]}\n`),
  ];
}

/** Undefined where this version does not write such a file. */
export function readRecordList(text: string): readonly RecordLine[] | undefined {
  try {
    const value = JSON.parse(text) as { readonly daylight?: unknown; readonly records?: readonly RecordLine[] };
    return value.daylight === schema ? value.records : undefined;
  } catch {
    return undefined;
  }
}

function key({ publicSince, name }: RecordLine): string {
  return `${publicSince ?? ''} ${name}`;
}

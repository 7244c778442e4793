// SPDX-License-Identifier: Apache-2.0
// A visitor who follows every link and sends every form that they are shown, in two towns at once: what they find is compared page by page.

import { elements } from '../web/html.ts';
import type { Asked, Visitor } from './crawl.ts';
import { named } from './fit-bodies.ts';
import type { Secret } from './secret.ts';
import { askBoth, type Twins, together } from './twins.ts';

export interface Walked {
  readonly differences: readonly string[];
  /** Pages that were found, as the town without the hidden case gives them. */
  readonly pages: ReadonlyMap<string, string>;
}

const base = 'https://security.example.org';

/** What ends the session, or the membership, of whoever sends it. */
export const leaves = /\/(?:sign-out|leave|people\/[^/]+\/(?:end-role|remove)|my-report\/open|sign-in\b.*|account\/[a-z-]+)$/;

/** An address of ours without its fragment, or nothing where it leads elsewhere. */
function ours(link: string, from: string): string | undefined {
  const { origin, pathname, search } = new URL(link.replaceAll('&amp;', '&'), base + from);
  return origin === base ? pathname + search : undefined;
}

/** Addresses in a page, a feed or an answer of the API. */
function linksIn(text: string, from: string): readonly string[] {
  const attributes = elements(text).flatMap((one) => one.attributes.filter(([name]) => name === 'href' || name === 'src'));
  const inFeeds = [...text.matchAll(/<(?:link|loc|id|guid)>(https?:[^<]+)</g)].map(([, link = '']) => link);
  const inAnswers = [...text.matchAll(/"((?:https:\/\/security\.example\.org)?\/[a-z][^"\s\\<>]*)"/g)].map(([, link = '']) => link);
  return [...attributes.map(([, link]) => link), ...inFeeds, ...inAnswers].flatMap((link) => ours(link, from) ?? []);
}

/** From the addresses, on by every link, as far as `most` pages. */
export async function walk(twins: Twins, who: Visitor, starts: readonly string[], most = 400): Promise<Walked> {
  const pages = new Map<string, string>();
  const differences: string[] = [];
  const known = new Set(starts);
  const asking = (path: string): Asked => ({ who: who.name, path, init: { method: 'GET', headers: who.headers } });
  const next = [...known];
  while (next.length > 0) {
    const found = await Promise.all(
      together(next, asking).map(async (path) => {
        const { without, difference } = await askBoth(twins, asking(path), path);
        const text = /text|json|xml/.test(without.headers['content-type'] ?? '') ? without.body.toString() : '';
        return { path, text, difference, to: without.headers['location'] };
      }),
    );
    for (const { path, text, difference, to } of found) {
      pages.set(path, text);
      if (difference !== null) differences.push(difference);
      const links = [...linksIn(text, path), ...(to === undefined ? [] : [ours(to, path) ?? path])];
      for (const link of links)
        if (!known.has(link) && known.size < most) {
          known.add(link);
          next.push(link);
        }
    }
  }
  return { differences, pages };
}

interface Form {
  readonly action: string;
  readonly body: string;
}

type Attributes = Readonly<Record<string, string>>;

/** A form as somebody fills it in who names the hidden case wherever something is to be named. */
function filled(inside: string, secret: Secret): string {
  const fields = new URLSearchParams();
  const once = (name: string, value: string) => fields.has(name) || fields.append(name, value);
  for (const [, tag = '', head = '', rest = ''] of inside.matchAll(
    /<(input|select|textarea|button)\b([^>]*)>(?:((?:(?!<\/?(?:select|textarea|button)\b)[\s\S])*)<\/\1>)?/g,
  )) {
    const { name, type = 'text', value = '' }: Attributes = Object.fromEntries(elements(`<${tag}${head}>`)[0]?.attributes ?? []);
    if (name === undefined || type === 'file') continue;
    if (tag === 'select') once(name, (/<option[^>]*value="([^"]+)"/.exec(rest) ?? [])[1] ?? '');
    else if (type === 'hidden' || tag === 'button') once(name, value);
    else if (type === 'checkbox' || type === 'radio') once(name, value === '' ? 'on' : value);
    else if (type === 'date' || type === 'datetime-local') once(name, '2026-11-20T15:00'.slice(0, type === 'date' ? 10 : 16));
    else once(name, type === 'number' ? '1' : named(name, secret));
  }
  return fields.toString();
}

function formsIn(text: string, from: string, secret: Secret): readonly Form[] {
  return [...text.matchAll(/<form\b([^>]*)>([\s\S]*?)<\/form>/g)].flatMap(([, head = '', inside = '']) => {
    const { method = 'get', action = from }: Attributes = Object.fromEntries(elements(`<form${head}>`)[0]?.attributes ?? []);
    const to = ours(action, from);
    return method.toLowerCase() !== 'post' || to === undefined ? [] : [{ action: to, body: filled(inside, secret) }];
  });
}

/** Sends every form of these pages once but those that end the session, and gives how many they were. */
export async function sendForms(
  twins: Twins,
  who: Visitor,
  pages: Walked['pages'],
  secret: Secret,
): Promise<{ readonly sent: readonly string[]; readonly differences: readonly string[] }> {
  const forms = new Map(
    [...pages].flatMap(([path, text]) => formsIn(text, path, secret)).map((form) => [`${form.action} ${form.body}`, form] as const),
  );
  const differences: string[] = [];
  const sent: string[] = [];
  for (const { action, body } of forms.values()) {
    if (leaves.test(action)) continue;
    const headers = { ...who.headers, 'Content-Type': 'application/x-www-form-urlencoded', 'Sec-Fetch-Site': 'same-origin' };
    const { difference } = await askBoth(twins, { who: who.name, path: action, init: { method: 'POST', headers, body } }, action);
    sent.push(action);
    if (difference !== null) differences.push(difference);
  }
  return { sent, differences };
}

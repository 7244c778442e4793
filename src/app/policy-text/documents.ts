// SPDX-License-Identifier: Apache-2.0
// The policy as documents: a page in HTML or Markdown, SECURITY.md, and security.txt. One source, so they agree (VMT-38, QEMU-3).

import type { Instant } from '../../core/model/time.ts';
import type { Policy } from '../../core/policy/policy.ts';
import { expiresAt } from '../security-txt.ts';
import { contactUris, policyText } from './policy-text.ts';

/** Where the project's pages are, as far as they are served; null on the command line. */
export interface Addresses {
  readonly policy: string;
  readonly report: string;
  readonly advisories: string;
  readonly key: string | null;
  /** Address of the security.txt itself. */
  readonly canonical: string;
}

export function markdownPage(policy: Policy): string {
  const { title, version, contact, parts } = policyText(policy);
  const body = parts.map((part) => `## ${part.title}\n\n${part.sentences.map((sentence) => `- ${oneLine(sentence)}`).join('\n')}`);
  return `${[`# ${title}`, `${version}.`, `Contact: ${contact}`, ...body].join('\n\n')}\n`;
}

/** A page that stands alone: no script, no style, nothing that loads. */
export function htmlPage(policy: Policy): string {
  const { title, version, contact, contactUri, parts } = policyText(policy);
  const list = (sentences: readonly string[]) => sentences.map((sentence) => `<li>${escaped(sentence)}</li>`).join('\n');
  const body = parts.map((part) => `<h2>${escaped(part.title)}</h2>\n<ul>\n${list(part.sentences)}\n</ul>`).join('\n');
  const link = /^(?:mailto:|https:)/.test(contactUri) ? `<a href="${escaped(contactUri)}">${escaped(contact)}</a>` : escaped(contact);
  return [
    '<!doctype html>',
    '<html lang="en">',
    `<head><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>${escaped(title)}</title></head>`,
    '<body>',
    `<h1>${escaped(title)}</h1>`,
    `<p>${escaped(version)}.</p>`,
    `<p>Contact: ${link}</p>`,
    body,
    '</body>',
    '</html>',
    '',
  ].join('\n');
}

/** The short text that lies in a repository: where to report, what to expect, where the whole process stands. */
export function securityMd(policy: Policy, addresses: Addresses | null): string {
  const { title, contact, parts } = policyText(policy);
  const wanted = ['How to report', 'What we promise', 'Embargo', 'Disclosure'];
  const body = parts
    .filter((part) => wanted.includes(part.title))
    .map((part) => `## ${part.title}\n\n${part.sentences.map((sentence) => `- ${oneLine(sentence)}`).join('\n')}`);
  const links = addresses === null ? [] : [`Report: ${addresses.report}`, `The whole process: ${addresses.policy}`];
  return `${['# Security', `Please do not report a vulnerability in public. Contact: ${contact}`, ...links, ...body, `From “${title}”, ${policy.name}, version ${policy.version}.`].join('\n\n')}\n`;
}

/** RFC 9116. `from`: the instant from which it is good, for less than a year. */
export function securityTxt(policy: Policy, from: Instant, addresses: Addresses | null): string {
  const web = addresses === null ? [] : [addresses.report];
  const contacts = [...new Set([...contactUris(policy), ...web])].filter((uri) => /^(?:mailto:|https:|tel:)/.test(uri));
  const field = (name: string, value: string | null) =>
    value === null || !/^(?:https:|mailto:|tel:)/.test(value) ? [] : [`${name}: ${value}`];
  return `${[
    `# ${oneLine(policy.title)}: ${policy.name}, version ${policy.version}`,
    ...contacts.map((uri) => `Contact: ${uri}`),
    `Expires: ${expiresAt(from).slice(0, 19)}Z`,
    'Preferred-Languages: en',
    ...field('Canonical', addresses?.canonical ?? null),
    ...field('Policy', addresses?.policy ?? null),
    ...field('Acknowledgments', addresses?.advisories ?? null),
    ...field('Encryption', addresses?.key ?? null),
  ].join('\n')}\n`;
}

function oneLine(text: string): string {
  return text.replaceAll(/\s+/g, ' ').trim();
}

function escaped(text: string): string {
  return text.replace(/[&<>"']/g, (one) => `&#${one.charCodeAt(0)};`);
}

// SPDX-License-Identifier: Apache-2.0
// Hard mails written by others, compared in meaning with another parser's reading of them. Each difference is listed with its reason.

import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { parse } from '../../src/mail/parse.ts';
import type { ParsedMail } from '../../src/mail/parsed.ts';
import { sharedMails } from './golden.ts';

type Body = {
  readonly Text?: string;
  readonly Html?: string;
  readonly Binary?: readonly number[];
  readonly InlineBinary?: readonly number[];
};

interface Expected {
  readonly text_body: readonly number[];
  readonly attachments: readonly number[];
  readonly parts: readonly {
    readonly headers: readonly { readonly name: string | object; readonly value: unknown }[];
    readonly body: Body | string;
  }[];
}

interface Reading {
  readonly from: string | null;
  readonly subject: string;
  readonly date: string | null;
  readonly messageId: string | null;
  /** White space counts once; null where the other parser only has HTML. */
  readonly text: string | null;
  /** Size of each attachment; null for those that it has as text or as a mail. */
  readonly attachments: readonly (number | null)[];
}

/** Parts of the reading in which this parser differs on purpose. */
const differs: Readonly<Record<string, { readonly parts: readonly (keyof Reading)[]; readonly because: string }>> = {
  'legacy-034': { parts: ['text'], because: 'UTF-7 is not decoded: browsers dropped it as unsafe; the problem is named' },
  'malformed-002': { parts: ['text', 'attachments'], because: 'a multipart without its boundary is shown as it arrived' },
  'malformed-004': { parts: ['text', 'attachments'], because: 'a multipart without its boundary is shown as it arrived' },
  'malformed-006': { parts: ['text', 'attachments'], because: 'the innermost text is text, although no boundary closes it' },
  'malformed-008': { parts: ['text', 'attachments'], because: 'an HTML part without a file name is text' },
  'malformed-012': {
    parts: ['attachments'],
    because: 'a boundary that is the beginning of another ends nothing; there are three mails inside',
  },
  'malformed-016': { parts: ['text', 'attachments'], because: 'an outer boundary ends the inner containers (RFC 2046 section 5.1.2)' },
  'malformed-020': { parts: ['text'], because: 'the alternative is read as two parts, not as one text' },
  'thirdparty-005': { parts: ['text'], because: 'a boundary begins a line (RFC 2046 section 5.1.1); binary UTF-16 is no line of mail' },
  'thirdparty-007': { parts: ['from'], because: '`moderator` without a domain is no address' },
  'thirdparty-015': { parts: ['attachments'], because: 'there are three mails inside, one after the other' },
};

if (sharedMails === undefined) test('hard mails of others', { skip: 'shared data is not installed' }, () => undefined);
else {
  const folder = sharedMails;
  for (const name of readdirSync(folder).filter((file) => file.endsWith('.eml'))) {
    const id = name.slice(0, -4);
    const known = differs[id];
    test(`hard mail ${id}${known === undefined ? '' : `, except that ${known.because}`}`, async () => {
      const mine = reading(await parse(readFileSync(join(folder, name))));
      const theirs = expectation(JSON.parse(readFileSync(join(folder, `${id}.json`), 'utf8')) as Expected);
      for (const part of Object.keys(theirs) as (keyof Reading)[]) {
        if (known?.parts.includes(part) === true)
          assert.notDeepEqual(comparable(mine, theirs)[part], theirs[part], `${part} no longer differs`);
        else assert.deepEqual(comparable(mine, theirs)[part], theirs[part], part);
      }
    });
  }
}

function squeezed(text: string): string {
  return text.replaceAll(/\s+/g, ' ').trim();
}

function reading(mail: ParsedMail): Reading {
  return {
    from: mail.from?.address ?? null,
    subject: squeezed(mail.subject),
    date: mail.date,
    messageId: mail.messageId?.slice(1, -1) ?? null,
    text: squeezed(mail.text),
    attachments: mail.attachments.map(({ size }) => size),
  };
}

/** Ours with a null wherever theirs has nothing to compare with. */
function comparable(mine: Reading, theirs: Reading): Reading {
  return {
    ...mine,
    text: theirs.text === null ? null : mine.text,
    attachments: mine.attachments.map((size, index) => (theirs.attachments[index] === null ? null : size)),
  };
}

function expectation(json: Expected): Reading {
  const header = (name: string) =>
    json.parts[0]?.headers.find((field) => field.name === name)?.value as Record<string, unknown> | undefined;
  const from = header('from')?.['Address'] as { readonly List?: readonly { readonly address: string | null }[] } | undefined;
  const date = header('date')?.['DateTime'] as Record<string, number | boolean> | undefined;
  const bodies = json.text_body.filter((part) => !json.attachments.includes(part)).map((part) => body(json, part));
  return {
    from: from?.List?.[0]?.address ?? null,
    subject: squeezed(String(header('subject')?.['Text'] ?? '')),
    date: date === undefined ? null : instant(date),
    messageId: (header('message_id')?.['Text'] as string | undefined) ?? null,
    text: bodies.some(({ Html }) => Html !== undefined) ? null : squeezed(bodies.map(({ Text = '' }) => Text).join('\n')),
    attachments: json.attachments.map((part) => (body(json, part).Binary ?? body(json, part).InlineBinary)?.length ?? null),
  };
}

function body(json: Expected, part: number): Body {
  const found = json.parts[part]?.body;
  return typeof found === 'object' ? found : {};
}

function instant(date: Record<string, number | boolean>): string {
  const number = (key: string) => Number(date[key]);
  const local = Date.UTC(number('year'), number('month') - 1, number('day'), number('hour'), number('minute'), number('second'));
  const offset = (date['tz_before_gmt'] === true ? -1 : 1) * (number('tz_hour') * 60 + number('tz_minute'));
  return new Date(local - offset * 60_000).toISOString();
}

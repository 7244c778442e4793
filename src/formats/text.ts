// SPDX-License-Identifier: Apache-2.0
// The advisory as plain text of 72 columns, ready to be clear-signed and sent by mail (LIBVIRT-16).

import type { Advisory } from '../core/model/advisory.ts';
import { charactersLost } from './characters.ts';
import type { Loss, Written } from './format.ts';
import type { Publisher } from './publisher.ts';
import { libvirtLayout } from './text-libvirt.ts';
import { plainLayout } from './text-plain.ts';
import { type SectionName, sections, type TextLayout } from './text-sections.ts';
import { heading } from './wrap.ts';

const layouts: Readonly<Record<Publisher['textLayout'], TextLayout>> = { plain: plainLayout, libvirt: libvirtLayout };

export function writeText(advisory: Advisory, publisher: Publisher): Written {
  const layout = layouts[publisher.textLayout];
  const head = layout.head(advisory, publisher);
  const parts = layout.order.map((name) => section(name, layout, advisory, publisher)).filter((part) => part.length > 0);
  const text = [head, ...parts].map((lines) => `${lines.join('\n')}\n`).join('\n');
  return { ok: true, text, losses: [...charactersLost(advisory, 'visible'), ...addressesWithheld(advisory, publisher)] };
}

function section(name: SectionName, layout: TextLayout, advisory: Advisory, publisher: Publisher): readonly string[] {
  const lines = (layout.own[name] ?? sections[name].lines)(advisory, publisher);
  return lines.length === 0 ? [] : [...heading(layout.titles[name] ?? sections[name].title, '-'), '', ...lines];
}

/** The mail addresses that the publisher's choice keeps out of a document for people. */
export function addressesWithheld(advisory: Advisory, publisher: Publisher): readonly Loss[] {
  if (publisher.addresses === 'shown') return [];
  const why = 'the publisher does not show mail addresses';
  return (advisory.credits ?? []).flatMap((credit, at) => (credit.email === undefined ? [] : [{ field: `credits[${at}].email`, why }]));
}

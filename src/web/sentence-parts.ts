// SPDX-License-Identifier: Apache-2.0
// Sentences of the record that need more than a line: a disclosure and its hour, an owner and how they came to the case.

import type { EventOf } from '../core/model/event.ts';
import type { OwnerHow } from '../core/model/ownership.ts';
import { exact } from './moments.ts';
import { count, ownerWords } from './words.ts';

/** A publication after its hour says when it was due (I12). */
export function begun({ bundleOnly, channels, dueAt }: EventOf<'disclosure-begun'>): string {
  const what = bundleOnly
    ? 'The hard cap came: what was agreed for it is published.'
    : `The disclosure began on ${count(channels.length, 'channel', 'channels')}.`;
  return dueAt === undefined ? what : `${what} It was due ${exact(dueAt)} and is late.`;
}

export function owned(name: string, how: OwnerHow | undefined): string {
  return how === undefined ? `Owner: ${name}.` : `Owner: ${name}, ${ownerWords[how].replace(/; asked$/, '')}.`;
}

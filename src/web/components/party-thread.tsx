// SPDX-License-Identifier: Apache-2.0
// The thread between one party and the team: what was said, by which side, and when. Neither side's people are named to the other.

import type { ContentId } from '../../core/model/identifiers.ts';
import type { Party } from '../../core/model/party.ts';
import { Moment } from './moment.tsx';
import { Said } from './said.tsx';

interface PartyThreadProps {
  readonly party: Party;
  readonly texts: ReadonlyMap<ContentId, string>;
  /** Who reads: that party, or the team. */
  readonly reader: 'party' | 'team';
}

export function PartyThread({ party, texts, reader }: PartyThreadProps) {
  const { thread = [] } = party;
  if (thread.length === 0) return null;
  const from = (side: 'party' | 'team') =>
    side === reader ? (reader === 'party' ? 'You' : 'The team') : side === 'party' ? party.name : 'The team';
  return (
    <div>
      {thread.map((message) => (
        <div class="after">
          <p class="label">
            {from(message.from)} · <Moment at={message.at} />
            {message.files === 0 ? '' : ` · ${message.files === 1 ? 'one file' : `${message.files} files`}`}
          </p>
          <div class="prose">
            <Said text={texts.get(message.body.id)} />
          </div>
        </div>
      ))}
    </div>
  );
}

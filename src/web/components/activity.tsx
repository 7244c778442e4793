// SPDX-License-Identifier: Apache-2.0
// The activity of a case, newest day first unless told as a story: who said what and to whom. Letters from outside, notes inside and the process never look alike.

import type { Event } from '../../core/model/event.ts';
import type { ContentId } from '../../core/model/identifiers.ts';
import { capital } from '../cast.ts';
import { day } from '../moments.ts';
import { type Cast, nameOf, sentenceOf, textsOf, voiceOf } from '../sentences.ts';
import { count } from '../words.ts';
import { Icon, type IconName } from './icon.tsx';
import { Said } from './said.tsx';

export interface ActivityProps {
  readonly events: readonly Event[];
  readonly texts: ReadonlyMap<ContentId, string>;
  /** What stands in the place of what is not to be read. */
  readonly marks?: ReadonlyMap<string, string>;
  readonly cast: Cast;
  /** How many people read an internal note. */
  readonly audience: number;
  /** As a story, from the beginning. */
  readonly oldestFirst?: true;
  /** For readers to whom the inside is closed: what the team wrote for itself is left out, not marked as struck out. */
  readonly outside?: boolean;
}

export function Activity({ events, oldestFirst, ...shown }: ActivityProps) {
  const ordered = oldestFirst === true ? events : [...events].reverse();
  const days = [...new Set(ordered.map((event) => event.at.slice(0, 10)))];
  if (days.length === 0) return <p class="quiet">Nothing has happened yet.</p>;
  return (
    <div class="log">
      {days.map((date) => {
        const ofDay = ordered.filter((event) => event.at.startsWith(date));
        return (
          <>
            <h3 class="day">{ofDay[0] === undefined ? date : `${day(ofDay[0].at)}, UTC`}</h3>
            {ofDay.map((event) => (
              <Entry event={event} {...shown} />
            ))}
          </>
        );
      })}
    </div>
  );
}

type EntryProps = Omit<ActivityProps, 'events' | 'oldestFirst'> & { readonly event: Event };

function Entry(props: EntryProps) {
  const { event, cast, texts, marks, outside } = props;
  const voice = voiceOf(event);
  const who = capital(nameOf(event.by, cast));
  const closed = outside === true ? ['withheld', 'team'] : ['withheld'];
  const said = textsOf(event).filter((ref) => !closed.includes(ref.audience) || (ref.audience === 'team' && texts.has(ref.id)));
  if (voice === 'event' && said.length === 0) return <Line event={event} who={who} cast={cast} />;
  return (
    <article class="entry" id={`event-${event.seq}`} aria-label={`${sentenceOf(event, cast)} ${who}`} data-row="">
      <Hour event={event} />
      <Icon name={iconOf(event)} />
      <div {...(voice === 'inside' ? { class: 'inside' } : {})}>
        <p class="by">
          <strong>{who}</strong> <Remark {...props} />
        </p>
        {said.map((ref) => (
          <>
            {voice === 'letter-in' ? (
              <blockquote>
                <Said text={texts.get(ref.id)} mark={marks?.get(ref.id)} />
              </blockquote>
            ) : (
              <Said text={texts.get(ref.id)} mark={marks?.get(ref.id)} />
            )}
          </>
        ))}
      </div>
    </article>
  );
}

function Remark({ event, cast, audience }: EntryProps) {
  switch (voiceOf(event)) {
    case 'inside':
      return (
        <span class="label">
          <Icon name="lock" /> internal note{audience > 0 ? ` · ${count(audience, 'person', 'people')}` : ''}
        </span>
      );
    case 'letter-in':
      return nameOf(event.by, cast) === 'you' ? null : <span class="label">message from outside</span>;
    case 'letter-out':
      return <span class="label">{sentenceOf(event, cast)}</span>;
    case 'event':
      return <span class="label">{sentenceOf(event, cast)}</span>;
  }
}

function Line({ event, who, cast }: { readonly event: Event; readonly who: string; readonly cast: Cast }) {
  return (
    <article class="entry is-event" id={`event-${event.seq}`} aria-label={sentenceOf(event, cast)}>
      <Hour event={event} />
      <Icon name={iconOf(event)} />
      <p>
        {sentenceOf(event, cast)} {event.by.kind === 'process' ? null : <span class="label">{who}</span>}
      </p>
    </article>
  );
}

function Hour({ event }: { readonly event: Event }) {
  return <time datetime={event.at}>{event.at.slice(11, 16)}</time>;
}

function iconOf(event: Event): IconName {
  switch (event.kind) {
    case 'report-submitted':
    case 'message-sent':
    case 'message-received':
      return 'mail';
    case 'note-added':
      return 'note';
    case 'patch-added':
    case 'patch-checked':
    case 'patch-approved':
    case 'backport-judged':
    case 'patch-posted':
      return 'patch';
    case 'fact-recorded':
    case 'deviation-recorded':
    case 'reminder-due':
      return 'alert';
    case 'embargo-proposed':
    case 'embargo-activated':
    case 'embargo-moved':
    case 'embargo-end-proposed':
    case 'embargo-exited':
      return 'clock';
    case 'case-opened':
    case 'case-disclosed':
    case 'disclosure-begun':
      return 'ring';
    case 'publication-prepared':
    case 'documents-signed':
    case 'publication-timed':
      return 'key';
    default:
      return event.by.kind === 'person' ? 'person' : 'check';
  }
}

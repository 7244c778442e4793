// SPDX-License-Identifier: Apache-2.0
// When one wants mail: the hour of the digest and the quiet hours, in one's own zone.

import type { TypedHours } from '../../app/mail-hours.ts';
import type { Frame } from '../frame.ts';
import { pathsOf } from '../paths.ts';
import { Part } from './part.tsx';
import { Post } from './post.tsx';

export interface OwnMailHours {
  readonly typed: TypedHours;
  /** What is wrong with what was typed; null where nothing is. */
  readonly problem: { readonly field: string; readonly sentence: string } | null;
}

const hours = Array.from({ length: 24 }, (_, hour) => hour);

export function MailHours({ frame, mail: { typed, problem } }: { readonly frame: Frame; readonly mail: OwnMailHours }) {
  const wrong = problem?.field === 'digest' ? problem.sentence : null;
  return (
    <Part title="Your mail" id="mail" remark="about cases; what concerns your way in comes at once">
      <p class="prose">
        What the policy lets wait is gathered into one mail a day, which holds counts and links. In quiet hours nothing comes, unless the
        policy lets an emergency through.
      </p>
      <Post frame={frame} action={`${pathsOf(frame.project.id).account}/choose-mail`} look="form">
        <div class="field">
          <label for="mail-digest">Digest</label>
          {wrong === null ? null : (
            <p class="error" id="mail-digest-error">
              {wrong}
            </p>
          )}
          <select
            class="input"
            id="mail-digest"
            name="digest"
            {...(wrong === null ? {} : { 'aria-invalid': 'true' as const, 'aria-describedby': 'mail-digest-error' })}
          >
            <option value="" selected={typed.digest === ''}>
              None: everything comes when it happens
            </option>
            {hours.map((hour) => (
              <option value={String(hour)} selected={typed.digest === String(hour)}>
                {String(hour).padStart(2, '0')}:00
              </option>
            ))}
          </select>
        </div>
        <Line name="from" label="Quiet from" typed={typed} problem={problem} />
        <Line name="to" label="Quiet to" typed={typed} problem={problem} />
        <Line name="zone" label="Zone" typed={typed} problem={problem} />
        <p class="actions after">
          <button class="button" type="submit">
            Keep these hours
          </button>
        </p>
      </Post>
    </Part>
  );
}

/** As 22:00, whatever the language of the browser; what is wrong stands at its field. */
function Line({ name, label, typed, problem }: OwnMailHours & { readonly name: 'from' | 'to' | 'zone'; readonly label: string }) {
  const wrong = problem?.field === name ? problem.sentence : null;
  const id = `mail-${name}`;
  return (
    <div class="field">
      <label for={id}>{label}</label>
      <p class="label" id={`${id}-help`}>
        {name === 'zone' ? 'As in Europe/Prague, or UTC.' : 'As 22:00; empty for none.'}
      </p>
      {wrong === null ? null : (
        <p class="error" id={`${id}-error`}>
          {wrong}
        </p>
      )}
      <input
        class="input"
        id={id}
        name={name}
        type="text"
        maxlength={name === 'zone' ? 60 : 5}
        value={typed[name]}
        spellcheck={false}
        aria-describedby={wrong === null ? `${id}-help` : `${id}-help ${id}-error`}
        {...(wrong === null ? {} : { 'aria-invalid': 'true' as const })}
      />
    </div>
  );
}

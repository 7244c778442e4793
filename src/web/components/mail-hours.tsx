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
  readonly problem: string | null;
}

const hours = Array.from({ length: 24 }, (_, hour) => hour);

export function MailHours({ frame, mail: { typed, problem } }: { readonly frame: Frame; readonly mail: OwnMailHours }) {
  return (
    <Part title="Your mail" id="mail" remark="about cases; what concerns your way in comes at once">
      <p class="prose">
        What the policy lets wait is gathered into one mail a day, which holds counts and links. In quiet hours nothing comes, unless the
        policy lets an emergency through.
      </p>
      <Post frame={frame} action={`${pathsOf(frame.project.id).account}/choose-mail`} look="form">
        <div class="field">
          <label for="mail-digest">Digest</label>
          <select class="input" id="mail-digest" name="digest">
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
        <div class="field">
          <label for="mail-from">Quiet from</label>
          <input class="input" id="mail-from" name="from" type="time" value={typed.from} {...invalid(problem)} />
        </div>
        <div class="field">
          <label for="mail-to">Quiet to</label>
          <input class="input" id="mail-to" name="to" type="time" value={typed.to} {...invalid(problem)} />
        </div>
        <div class="field">
          <label for="mail-zone">Zone</label>
          <input
            class="input"
            id="mail-zone"
            name="zone"
            type="text"
            maxlength={60}
            value={typed.zone}
            spellcheck={false}
            {...invalid(problem)}
          />
          {problem === null ? null : (
            <p class="error" id="mail-problem">
              {problem}
            </p>
          )}
        </div>
        <p class="actions">
          <button class="button" type="submit">
            Keep these hours
          </button>
        </p>
      </Post>
    </Part>
  );
}

function invalid(problem: string | null) {
  return problem === null ? {} : ({ 'aria-invalid': 'true', 'aria-describedby': 'mail-problem' } as const);
}

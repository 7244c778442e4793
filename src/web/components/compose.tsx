// SPDX-License-Identifier: Apache-2.0
// Where one writes. A message that leaves and a note that stays differ in ground, label and button: sending to the wrong side is the worst slip.

import type { Option } from '../fields.ts';
import type { Frame } from '../frame.ts';
import { Icon } from './icon.tsx';
import { Post } from './post.tsx';

export interface ComposeProps {
  readonly frame: Frame;
  readonly action: string;
  readonly version: number;
  /** Typed before, when the page comes back. */
  readonly text?: string;
}

interface Said {
  /** Whether and when it becomes public, in a sentence. */
  readonly fate: string;
  /** What else may become of it; empty where the policy withholds nothing. */
  readonly fates: readonly Option[];
}

/** Chosen while one writes: this one is never opened, and why. */
function Fate({ id, fates }: Pick<Said, 'fates'> & { readonly id: string }) {
  if (fates.length === 0) return null;
  return (
    <div class="field">
      <label class="plain" for={id}>
        What becomes of it
      </label>
      <select class="input is-short" id={id} name="never">
        {fates.map(({ value, label }) => (
          <option value={value}>{label}</option>
        ))}
      </select>
    </div>
  );
}

/** To the reporters. `held`: seconds for which it can be taken back. */
export function MessageBox({
  frame,
  action,
  version,
  text,
  reporters,
  held,
  button,
  fate,
  pageOnly,
  fates,
}: ComposeProps &
  Said & {
    readonly reporters: readonly Option[];
    readonly held: number;
    readonly button: string;
    /** Those to whom no mail can go. */
    readonly pageOnly: readonly string[];
  }) {
  const everybody = reporters.length === 1 ? 'the reporter' : `${reporters.length} reporters`;
  return (
    <Post frame={frame} action={action} version={version} look="compose" id="compose-message">
      <label for="message-body">
        <Icon name="mail" /> Message to {everybody}
      </label>
      <p class="label" id="message-help">
        {pageOnly.length === reporters.length ? 'Goes onto the reporter’s page.' : 'Leaves this system.'} Held for {held} s, so that you can
        take it back. {fate}
        {pageOnly.length === 0 ? null : ` ${pageOnly.join(', ')} gave no address: it is seen on their page only, and no mail tells of it.`}
      </p>
      {reporters.length === 1 ? (
        <input type="hidden" name="to" value={reporters[0]?.value ?? ''} />
      ) : (
        <fieldset class="actions">
          <legend class="unseen">To</legend>
          {reporters.map((reporter, index) => (
            <label class="tick" for={`message-to-${index}`}>
              <input type="checkbox" id={`message-to-${index}`} name="to" value={reporter.value} checked /> {reporter.label}
            </label>
          ))}
        </fieldset>
      )}
      <textarea class="input" id="message-body" name="body" rows={5} dir="auto" required aria-describedby="message-help" data-unsent="">
        {text ?? ''}
      </textarea>
      <Fate id="message-never" fates={fates} />
      <p class="actions">
        <button class="button" type="submit">
          {button}
        </button>
      </p>
    </Post>
  );
}

/** For the team alone. */
export function NoteBox({ frame, action, version, text, audience, fate, fates }: ComposeProps & Said & { readonly audience: number }) {
  const people = audience === 1 ? '1 person' : `${audience} people`;
  return (
    <Post frame={frame} action={action} version={version} look="compose inside" id="compose-note" files>
      <label for="note-body">
        <Icon name="lock" /> Internal note
      </label>
      <p class="label" id="note-help">
        Read here by {people}; no mail goes out. {fate}
      </p>
      <textarea class="input" id="note-body" name="body" rows={5} dir="auto" required aria-describedby="note-help" data-unsent="">
        {text ?? ''}
      </textarea>
      <Fate id="note-never" fates={fates} />
      <div class="field">
        <label class="plain" for="note-files">
          Files <span class="optional">optional, read inside like the note</span>
        </label>
        <input class="input is-short" id="note-files" type="file" name="attachments" multiple />
      </div>
      <p class="actions">
        <button class="button" type="submit">
          Keep note for {people}
        </button>
      </p>
    </Post>
  );
}

/** From a reporter to the team; files go with it. */
export function AnswerBox({ frame, action, version, text, fate, fates }: ComposeProps & Said) {
  return (
    <Post frame={frame} action={action} version={version} look="compose" id="compose-message" files>
      <label for="message-body">
        <Icon name="mail" /> Message to the team
      </label>
      <p class="label" id="message-help">
        Everyone in the team who handles this case reads it. {fate}
      </p>
      <textarea class="input" id="message-body" name="body" rows={6} dir="auto" required aria-describedby="message-help" data-unsent="">
        {text ?? ''}
      </textarea>
      <Fate id="message-never" fates={fates} />
      <div class="field">
        <label class="plain" for="message-files">
          Files <span class="optional">optional</span>
        </label>
        <input class="input is-short" id="message-files" type="file" name="attachments" multiple />
      </div>
      <p class="actions">
        <button class="button" type="submit">
          Send to the team
        </button>
      </p>
    </Post>
  );
}

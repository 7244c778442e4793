// SPDX-License-Identifier: Apache-2.0
// How a reader likes the pages: light or dark, and whether single letters are shortcuts (WCAG 2.2, 2.1.4). Kept in a cookie, rendered by the server.

import type { Frame } from '../frame.ts';
import { pathsOf } from '../paths.ts';

const themes = [
  { value: 'system', label: 'as the system' },
  { value: 'light', label: 'light' },
  { value: 'dark', label: 'dark' },
] as const;

export function Preferences({ frame }: { readonly frame: Frame }) {
  return (
    <details class="preferences">
      <summary>Look and keys</summary>
      <form class="actions" method="post" action={pathsOf(frame.project.id).preferences}>
        <input type="hidden" name="csrf" value={frame.csrf} />
        <label>
          Theme{' '}
          <select class="input is-inline" name="theme">
            {themes.map(({ value, label }) => (
              <option value={value} selected={value === frame.theme}>
                {label}
              </option>
            ))}
          </select>
        </label>
        <label class="tick">
          <input type="checkbox" name="shortcuts" value="on" checked={frame.shortcuts} /> Keyboard shortcuts
        </label>
        <button class="button is-small" type="submit">
          Keep
        </button>
      </form>
    </details>
  );
}

const keys: readonly { readonly press: string; readonly does: string; readonly inside: boolean }[] = [
  { press: 'g q', does: 'go to the queue', inside: true },
  { press: 'g c', does: 'go back to the case', inside: true },
  { press: 'g a', does: 'go to the advisories', inside: false },
  { press: 'g p', does: 'go to the policy', inside: false },
  { press: 'j', does: 'next row or entry', inside: false },
  { press: 'k', does: 'row or entry before', inside: false },
  { press: 'e', does: 'the next step of the case', inside: true },
  { press: 'r', does: 'write to the reporters', inside: true },
  { press: 'n', does: 'write an internal note', inside: true },
  { press: '?', does: 'this list', inside: false },
];

/** Opened by the script alone; without it there are no shortcuts either. */
export function Shortcuts({ signedIn }: { readonly signedIn: boolean }) {
  return (
    <dialog id="keys" aria-labelledby="keys-title">
      <h2 id="keys-title">Keys</h2>
      <dl class="facts">
        {keys
          .filter(({ inside }) => signedIn || !inside)
          .map(({ press, does }) => (
            <>
              <dt>
                <kbd>{press}</kbd>
              </dt>
              <dd>{does}</dd>
            </>
          ))}
      </dl>
      <form class="actions after" method="dialog">
        <button class="button is-small" type="submit">
          Close
        </button>
        <span class="label">They can be turned off at the foot of every page.</span>
      </form>
    </dialog>
  );
}

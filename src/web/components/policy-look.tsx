// SPDX-License-Identifier: Apache-2.0
// A proposed policy beside the one that holds: what the linter says, which keys act differently, which open cases would notice.

import type { Move } from '../../app/migration.ts';
import type { Look } from '../../app/policy-changes.ts';
import type { Frame } from '../frame.ts';
import { pathsOf } from '../paths.ts';
import { count } from '../words.ts';
import { Notice } from './notice.tsx';
import { Part } from './part.tsx';

export function PolicyLook({ frame, look }: { readonly frame: Frame; readonly look: Look }) {
  const { problems, changes, cases, empty } = look;
  return (
    <>
      {changes === null ? (
        <Notice title="This file is no policy that could be used" tone="danger" icon="alert">
          <p>What is wrong stands below, each with its line. Nothing can be proposed until it is mended.</p>
        </Notice>
      ) : null}
      {empty.length === 0 ? null : (
        <Notice title="Nobody here holds these roles" icon="alert">
          <p>The file gives rights to {empty.join(', ')}. Whatever needs one of them waits until somebody holds it.</p>
        </Notice>
      )}
      {changes === null ? null : (
        <Part title="What changes" remark={changes.length === 0 ? 'no key acts differently' : count(changes.length, 'key', 'keys')}>
          {changes.length === 0 ? <p class="quiet">Comments and wording alone.</p> : <Changes changes={changes} />}
        </Part>
      )}
      <Part title="What the linter says" count={problems.length}>
        {problems.length === 0 ? <p class="quiet">Nothing.</p> : null}
        <ul class="said-list">
          {problems.map(({ line, kind, message }) => (
            <li>
              <span class="label">
                Line {line}, {kind}:
              </span>{' '}
              {message}
            </li>
          ))}
        </ul>
      </Part>
      <Part title="Open cases that would notice" count={cases.length} remark="each keeps its own version until somebody moves it">
        {cases.length === 0 ? <p class="quiet">None of those that you see.</p> : null}
        <ul class="said-list">
          {cases.map(({ case: id, codename, differs, obstacle }) => (
            <li>
              <a href={pathsOf(frame.project.id).case(id)}>{codename}</a>:{' '}
              {[...differs, ...(obstacle === null ? [] : [`cannot move: ${obstacle}`])].join('; ')}
            </li>
          ))}
        </ul>
      </Part>
    </>
  );
}

export function Changes({ changes }: { readonly changes: Move['changes'] }) {
  return (
    <table class="ledger folds">
      <thead>
        <tr>
          <th scope="col">Key</th>
          <th scope="col">Before</th>
          <th scope="col">Now</th>
        </tr>
      </thead>
      <tbody>
        {changes.map(({ key, before, after }) => (
          <tr>
            <th scope="row" class="id">
              {key}
            </th>
            <td data-l="Before">{before ?? 'absent'}</td>
            <td data-l="Now">{after ?? 'absent'}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

// SPDX-License-Identifier: Apache-2.0
// What an advisory says otherwise than another version of it: field by field in its words, and as lines of the text that goes out.

import type { TextChange } from '../../core/advisory/text-changes.ts';
import { withContext } from '../../core/advisory/text-changes.ts';
import type { FieldChange, SavedVersion } from '../../core/advisory/versions.ts';
import { dateAndHour } from '../moments.ts';
import type { Cast } from '../sentences.ts';
import { nameOf } from '../sentences.ts';
import { count } from '../words.ts';
import { Part } from './part.tsx';
import { Scrolls } from './scrolls.tsx';

export interface ChangesProps {
  readonly saved: readonly SavedVersion[];
  readonly base: SavedVersion | null;
  /** What is said where there is none. */
  readonly first: string;
  readonly changes: readonly (FieldChange & { readonly label: string })[];
  readonly lines: readonly TextChange[];
  readonly cast: Cast;
  /** Address of the page, to which the chosen version is added. */
  readonly at: string;
}

/** Lines before and after a change. */
const around = 2;

export function AdvisoryChanges({ saved, base, first, changes, lines, cast, at }: ChangesProps) {
  if (saved.length === 0) return null;
  return (
    <Part title="What changed" remark={base === null ? first : `since version ${base.version}${standing(base)}`} id="changes">
      {base !== null && changes.length === 0 ? <p class="quiet">Not a word of its fields.</p> : null}
      {changes.map((change) => (
        <div class="change">
          <h3 class="label">
            <bdi>{change.label}</bdi>
            {change.was === null ? ' · new' : change.is === null ? ' · taken out' : ''}
          </h3>
          <p class="said">
            {change.words.map((piece) => (
              <Piece piece={piece} />
            ))}
          </p>
        </div>
      ))}
      <Lines lines={lines} />
      <Versions saved={saved} base={base} cast={cast} at={at} />
    </Part>
  );
}

function Piece({ piece: { kind, text } }: { readonly piece: TextChange }) {
  if (kind === 'same') return <>{text}</>;
  return kind === 'gone' ? <del>{text}</del> : <ins>{text}</ins>;
}

function Lines({ lines }: { readonly lines: readonly TextChange[] }) {
  const shown = withContext(lines, around);
  const changed = lines.filter(({ kind }) => kind !== 'same').length;
  if (changed === 0) return null;
  return (
    <details class="deed">
      <summary>As lines of the text: {count(changed, 'line', 'lines')}</summary>
      <Scrolls label="Changed lines of the text" look="out">
        <pre dir="auto">
          {shown.map((line) =>
            line === null ? (
              <span class="quiet">{'  …\n'}</span>
            ) : line.kind === 'gone' ? (
              <del>{`- ${line.text}\n`}</del>
            ) : line.kind === 'new' ? (
              <ins>{`+ ${line.text}\n`}</ins>
            ) : (
              `  ${line.text}\n`
            ),
          )}
        </pre>
      </Scrolls>
    </details>
  );
}

function Versions({ saved, base, cast, at }: Pick<ChangesProps, 'saved' | 'base' | 'cast' | 'at'>) {
  return (
    <details class="deed">
      <summary>Versions</summary>
      <ol class="checks is-plain">
        {saved.toReversed().map((one) => (
          <li>
            <span>
              {one.version === base?.version ? (
                <b>Version {one.version}, compared with</b>
              ) : (
                <a href={`${at}?since=${one.version}#changes`}>Compare with version {one.version}</a>
              )}
              {standing(one)}
              <small>
                {nameOf(one.by, cast)}, {dateAndHour(one.at)} UTC
              </small>
            </span>
          </li>
        ))}
      </ol>
    </details>
  );
}

function standing({ published, approved, submitted }: SavedVersion): string {
  if (published !== null) return `, published as ${published}`;
  if (approved) return ', approved';
  return submitted ? ', sent for review' : '';
}

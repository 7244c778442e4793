// SPDX-License-Identifier: Apache-2.0
// Every document that the policy publishes, byte for byte as preparing the release would keep it, its signature apart; one that cannot be made says so.

import { Part } from './part.tsx';
import { Verbatim } from './scrolls.tsx';

export interface ShownDocument {
  /** Short name of the format: `csaf`. */
  readonly format: string;
  readonly label: string;
  /** Null where it cannot be made honestly. */
  readonly text: string | null;
  /** `LSN-2026-0003.txt · signature inside · SHA-256 3f9a…`; why it is not made. */
  readonly says: string;
}

export interface DocumentsProps {
  readonly documents: readonly ShownDocument[];
  /** Made of what is typed, or of what is kept, if anything is. */
  readonly of: 'typed' | 'kept' | 'nothing';
}

const remarks = {
  typed: 'of what is in the form, byte for byte',
  kept: 'the version kept now, byte for byte',
  nothing: 'as soon as something is written',
} as const;

export function Documents({ documents, of }: DocumentsProps) {
  return (
    <Part title="What the world would read" remark={remarks[of]} id="previews">
      {documents.map(({ format, label, text, says }, index) => (
        <details class="deed" open={index === 0} data-document={format}>
          <summary>
            {label}
            <span class="label" data-left="">
              {text === null ? ' · not made' : ''}
            </span>
          </summary>
          <div>
            <p class="label id" data-says="">
              {says}
            </p>
            {text === null ? <Verbatim label={label} text="" hidden /> : <Verbatim label={label} text={text} />}
          </div>
        </details>
      ))}
    </Part>
  );
}

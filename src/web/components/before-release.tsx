// SPDX-License-Identifier: Apache-2.0
// Before people say go: how much of what would be opened looks as if it was not meant for it, and where to look (QEMU-28).

import { findingsOf } from '../../app/findings.ts';
import { asPublished } from '../../app/preview.ts';
import type { CaseView } from '../../app/views.ts';
import type { ActionKind } from '../../core/model/action.ts';
import type { Frame } from '../frame.ts';
import { below, pathsOf } from '../paths.ts';
import { count } from '../words.ts';
import { Notice } from './notice.tsx';

/** Steps after which the record may be open. */
const opening: readonly ActionKind[] = ['approve-release', 'publish-case', 'record-posting', 'dismiss-flaw'];

/** Texts only: files are looked through on the page of the preview. */
export function BeforeRelease({ frame, view }: { readonly frame: Frame; readonly view: CaseView }) {
  const { state, possibilities } = view;
  if (state.visibility === 'public' || !possibilities.some((one) => opening.includes(one.action))) return null;
  const open = findingsOf(view, asPublished(view, false), new Map()).filter((one) => one.status === 'open').length;
  if (open === 0) return null;
  const preview = below.preview(pathsOf(frame.project.id).case(state.case));
  return (
    <Notice title={`${count(open, 'passage', 'passages')} to look at before this is opened`} icon="alert">
      <p>
        They look like a token, a key or somebody’s address, and would become public.{' '}
        <a href={`${preview}#found`}>See what the world will read</a>.
      </p>
    </Notice>
  );
}

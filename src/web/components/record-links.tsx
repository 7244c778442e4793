// SPDX-License-Identifier: Apache-2.0
// From a case to what becomes of it: what the world reads, what goes out, and who can see it meanwhile.

import type { CaseView } from '../../app/views.ts';
import type { Frame } from '../frame.ts';
import { below, pathsOf } from '../paths.ts';
import { count } from '../words.ts';
import { Part } from './part.tsx';

/** What the world will read of this case, before it does. */
export function RecordLinks({ frame, view }: { readonly frame: Frame; readonly view: CaseView }) {
  const { redactions } = view.state.record;
  const open = redactions.filter((one) => one.state === 'proposed').length;
  const base = pathsOf(frame.project.id).case(view.state.case);
  const links = [
    [below.preview(base), view.state.visibility === 'public' ? 'What the world reads' : 'What the world will read'],
    [below.release(base), 'Release room: what goes out, and what does not'],
    [below.access(base), 'Who can see this, and who has'],
  ] as const;
  return (
    <Part title="Record">
      {links.map(([href, text]) => (
        <p>
          <a href={href}>{text}</a>
        </p>
      ))}
      {open === 0 ? null : <p class="label">{count(open, 'proposal', 'proposals')} to strike something out: a second person decides.</p>}
    </Part>
  );
}

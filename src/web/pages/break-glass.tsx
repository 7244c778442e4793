// SPDX-License-Identifier: Apache-2.0
// Breaking the glass: one case, a reason, a few hours; and what everybody is told of it. For those who run the system, and for nobody else.

import { ErrorSummary, Fields } from '../components/field.tsx';
import { Layout } from '../components/layout.tsx';
import { Head } from '../components/part.tsx';
import { Post } from '../components/post.tsx';
import type { Field, Filled } from '../fields.ts';
import type { Frame } from '../frame.ts';
import { pathsOf } from '../paths.ts';

const fields: readonly Field[] = [
  {
    kind: 'text',
    name: 'case',
    label: 'Codename of the case',
    help: 'As a subject of mail names it; or its id.',
    required: true,
    code: true,
    short: true,
  },
  {
    kind: 'textarea',
    name: 'reason',
    label: 'What the emergency is',
    help: 'Everybody who reads the case reads it. It stays in the log of the case.',
    rows: 3,
    required: true,
  },
  {
    kind: 'text',
    name: 'hours',
    label: 'For how many hours',
    help: '1 to 8. Your access ends by itself then.',
    required: true,
    short: true,
  },
];

export function BreakGlassPage({ frame, filled }: { readonly frame: Frame; readonly filled: Filled }) {
  const paths = pathsOf(frame.project.id);
  return (
    <Layout
      frame={frame}
      title="Break the glass"
      band={{ standing: { kind: 'confidential' }, remark: 'Those who run the system see this page, and nobody else.' }}
    >
      <Head
        title="Break the glass"
        lead="You run the system and read no case. In an emergency you open one. Everybody who reads it, and everybody else who runs the system, is told by mail at once; the log of the case keeps who it was and why. A case that was narrowed to a few people is opened by two of them, and not from here."
      />
      <ErrorSummary form="glass" problems={filled.problems} />
      <Post frame={frame} action={paths.breakGlass} look="form stack">
        <Fields form="glass" fields={fields} filled={filled} />
        <p class="actions">
          <button class="button is-danger" type="submit">
            Break the glass and tell everybody
          </button>
        </p>
      </Post>
    </Layout>
  );
}

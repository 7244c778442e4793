// SPDX-License-Identifier: Apache-2.0
// Breaking the glass: one case, a reason, a few hours; and what everybody is told of it. For those who run the system, and for nobody else.

import type { Stranded } from '../../app/let-in.ts';
import { ErrorSummary, Fields } from '../components/field.tsx';
import { Layout } from '../components/layout.tsx';
import { Notice } from '../components/notice.tsx';
import { Head, Part } from '../components/part.tsx';
import { Post } from '../components/post.tsx';
import type { Field, Filled, Option } from '../fields.ts';
import { untouched } from '../fields.ts';
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

interface BreakGlassProps {
  readonly frame: Frame;
  readonly filled: Filled;
  readonly stranded: readonly Stranded[];
  /** What came back of the form of one narrowed case. */
  readonly returned: { readonly case: string; readonly filled: Filled } | null;
  /** Whoever was named by one and waits, or was let in, with the last form. */
  readonly done: 'proposed' | 'named' | null;
}

export function BreakGlassPage({ frame, filled, stranded, returned, done }: BreakGlassProps) {
  return (
    <Layout
      frame={frame}
      title="Break the glass"
      band={{ standing: { kind: 'confidential' }, remark: 'Those who run the system see this page, and nobody else.' }}
    >
      <Head
        title="Break the glass"
        lead="You run the system and read no case. In an emergency you open one. Everybody who reads it, and everybody else who runs the system, is told by mail at once; the log of the case keeps who it was and why. A case that was narrowed to a few people is opened by two of them; where they are not there any more, two of you let somebody in below."
      />
      <Said done={done} />
      {stranded.map((one) => (
        <Narrowed frame={frame} one={one} filled={returned?.case === one.case ? returned.filled : untouched} />
      ))}
      {stranded.length === 0 ? (
        <Emergency frame={frame} filled={filled} />
      ) : (
        <Part title="Any other case" remark="you read it for some hours">
          <Emergency frame={frame} filled={filled} />
        </Part>
      )}
    </Layout>
  );
}

function Emergency({ frame, filled }: Pick<BreakGlassProps, 'frame' | 'filled'>) {
  return (
    <>
      <ErrorSummary form="glass" problems={filled.problems} />
      <Post frame={frame} action={pathsOf(frame.project.id).breakGlass} look="form stack">
        <Fields form="glass" fields={fields} filled={filled} />
        <p class="actions">
          <button class="button is-danger" type="submit">
            Break the glass and tell everybody
          </button>
        </p>
      </Post>
    </>
  );
}

function Said({ done }: Pick<BreakGlassProps, 'done'>) {
  if (done === null) return null;
  return (
    <Notice title={done === 'named' ? 'Somebody was let in' : 'Your word is noted'} icon="check">
      <p>
        {done === 'named'
          ? 'They read the case now, and look after it. Everybody whom it concerns is told by mail.'
          : 'Nobody is let in yet. Another of those who run the system, or the one who still reads the case, has to name the same person.'}
      </p>
    </Notice>
  );
}

/** One narrowed case that fewer than two can act on: who is left, who was named, and the second word. */
function Narrowed({ frame, one, filled }: { readonly frame: Frame; readonly one: Stranded; readonly filled: Filled }) {
  const form = `narrowed-${one.case}`;
  const { naming } = one;
  const people: readonly Option[] = one.candidates.map(({ person, name }) => ({ value: person, label: name }));
  return (
    <Part
      title={`Narrowed: ${one.codename}`}
      remark={one.left === 0 ? 'nobody is left who reads it' : 'one person is left, who lets nobody in alone'}
    >
      <ErrorSummary form={form} problems={filled.problems} />
      {naming === null ? null : (
        <p class="after">
          {naming.own ? 'You' : naming.by} named <strong>{naming.name}</strong>.{' '}
          {naming.own ? 'Another person has to say so.' : 'Ask them, by another way than mail, before you say the second word.'}
        </p>
      )}
      <Post frame={frame} action={pathsOf(frame.project.id).letIn} look="form stack">
        <input type="hidden" name="case" value={one.case} />
        <Fields
          form={form}
          fields={[
            {
              kind: 'choice',
              name: 'person',
              label: 'Who is to read it',
              help: 'Somebody who would read it if it were not narrowed. It takes another person who names the same one.',
              options: people,
              required: true,
              ...(naming === null || naming.own ? {} : { chosen: naming.person }),
            },
            { kind: 'textarea', name: 'reason', label: 'Why', help: 'Everybody who reads the case reads it.', rows: 2, required: true },
          ]}
          filled={filled}
        />
        <p class="actions">
          <button class="button is-danger" type="submit">
            {naming === null || naming.own ? 'Name them and tell everybody' : 'Say the second word and tell everybody'}
          </button>
        </p>
      </Post>
    </Part>
  );
}

// SPDX-License-Identifier: Apache-2.0
// Back from the sign-in service: it is you, and what you were about to do waits for one press. Nothing was done meanwhile.

import { Layout } from '../components/layout.tsx';
import { Notice } from '../components/notice.tsx';
import { Head } from '../components/part.tsx';
import { Post } from '../components/post.tsx';
import type { Frame } from '../frame.ts';
import type { ParkedForm } from '../parked.ts';

export function ResumePage({ frame, form }: { readonly frame: Frame; readonly form: ParkedForm }) {
  return (
    <Layout frame={frame} title={form.label} band={{ standing: { kind: 'confidential' } }}>
      <Head title={form.label} />
      <Notice title="It is you" tone="done" icon="key">
        <p>“{form.label}” was not done yet. Press once more within five minutes; all that you typed goes along.</p>
      </Notice>
      <Post frame={frame} action={form.action} look="stack">
        {form.fields.map(([name, value]) => (
          <input type="hidden" name={name} value={value} />
        ))}
        <p class="actions">
          <button class="button is-primary" type="submit">
            {form.label}
          </button>
          <a class="button" href={form.back}>
            Leave it
          </a>
        </p>
      </Post>
    </Layout>
  );
}

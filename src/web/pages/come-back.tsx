// SPDX-License-Identifier: Apache-2.0
// Coming back to one's own report by the link of a mail: one button, and another link where this one is spent. The same for every link, good or not.

import { Layout } from '../components/layout.tsx';
import { Notice } from '../components/notice.tsx';
import { Head, Part } from '../components/part.tsx';
import { Post } from '../components/post.tsx';
import type { Frame } from '../frame.ts';
import { pathsOf } from '../paths.ts';

export interface ComeBackPageProps {
  readonly frame: Frame;
  /** What stood in the address. */
  readonly link: string;
  /** `closed`: nobody pressed yet. `spent`: pressed, and not good. `asked`: another was asked for. */
  readonly state: 'closed' | 'spent' | 'asked';
}

const band = { standing: { kind: 'public', since: null }, remark: 'Nothing confidential is on this page.', unlabelled: true } as const;

export function ComeBackPage({ frame, link, state }: ComeBackPageProps) {
  const paths = pathsOf(frame.project.id);
  return (
    <Layout frame={frame} title="Your report" band={band}>
      <Head title="Your report" lead="The link of your mail opens it once, in this browser." />
      {state === 'spent' ? (
        <Notice title="This link does not open anything any more" tone="danger" icon="key" alert>
          <p>It was used, or it is too old. Nothing was lost: ask for another below.</p>
        </Notice>
      ) : null}
      {state === 'asked' ? (
        <Notice title="Look into your mail" icon="mail">
          <p>If this link was one of ours, another is on its way to the address of the report. It may take some minutes.</p>
        </Notice>
      ) : null}
      {state === 'closed' ? (
        <Part title="Open it" remark="then this link is spent">
          <p class="prose">
            You see your own report and what was written to you, for four hours. On a shared machine, leave it when you are done.
          </p>
          <Post frame={frame} action={paths.comeBack(link)}>
            <p class="actions after">
              <button class="button is-primary" type="submit">
                Open my report
              </button>
            </p>
          </Post>
        </Part>
      ) : null}
      <Part title="Another link" remark={state === 'asked' ? 'if none comes' : 'when this one is spent'}>
        <p class="prose">We send it to the address that your report came with, and to no other.</p>
        <Post frame={frame} action={paths.linkAgain(link)}>
          <p class="actions after">
            <button class={state === 'spent' ? 'button is-primary' : 'button'} type="submit">
              Send me another link
            </button>
          </p>
        </Post>
      </Part>
    </Layout>
  );
}

/** Where a reporter arrives without a session: the return key, or how one comes back by mail. `refused`: a key was sent, and is not good. */
export function OwnReportPage({ frame, state }: { readonly frame: Frame; readonly state: 'closed' | 'refused' }) {
  const paths = pathsOf(frame.project.id);
  return (
    <Layout frame={frame} title="Your report" band={band}>
      <Head title="Your report" lead="It opens by a key or by a link, and stays open for four hours." />
      {state === 'refused' ? (
        <Notice title="This key does not open anything" tone="danger" icon="key" alert>
          <p>Look whether all of it is there: it has 38 letters and digits, and begins with dlk. A key that was seen elsewhere is ended.</p>
        </Notice>
      ) : null}
      <Part title="You have the key" remark="shown when the report was received">
        <Post frame={frame} action={paths.openReport}>
          <div class="field">
            <label for="return-key">Key of your report</label>
            <input
              class="input is-code"
              id="return-key"
              name="key"
              type="text"
              required
              maxlength={200}
              autocomplete="off"
              autocapitalize="none"
              spellcheck={false}
              {...(state === 'refused' ? { 'aria-invalid': 'true' as const } : {})}
            />
          </div>
          <p class="actions after">
            <button class="button is-primary" type="submit">
              Open my report
            </button>
          </p>
        </Post>
      </Part>
      <Part title="You left an address">
        <p class="prose">
          Open the link of any mail that we sent you about it. Where that was used already, its page sends you another. An answer to our
          mail reaches us too.
        </p>
      </Part>
      <Part title="You have neither">
        <p class="prose">We cannot show the key again, and give it to nobody who asks. Report anew, and say that it was reported before.</p>
        <p class="actions after">
          <a class="button" href={paths.report}>
            Report something new
          </a>
        </p>
      </Part>
    </Layout>
  );
}

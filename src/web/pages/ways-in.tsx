// SPDX-License-Identifier: Apache-2.0
// The ways in of a member, for those who give them: a first link, an account of the sign-in service, and recovery, which takes two people.

import type { EnrolmentLink, WaysIn } from '../../app/sign-in/enrolment.ts';
import type { WayDeed } from '../../app/sign-in/ways.ts';
import { wayLabels } from '../../app/sign-in/ways.ts';
import { Moment } from '../components/moment.tsx';
import { Notice } from '../components/notice.tsx';
import { Part } from '../components/part.tsx';
import { Post } from '../components/post.tsx';
import type { Frame } from '../frame.ts';
import { pathsOf } from '../paths.ts';

export interface WaysProps {
  readonly ways: WaysIn;
  /** Made by this very request, and shown on no other page. */
  readonly link: EnrolmentLink | null;
  /** Why something was not done. */
  readonly problem: string | null;
}

export function Ways({ frame, person, ways, link, problem }: WaysProps & { readonly frame: Frame; readonly person: string }) {
  const form = { frame, action: pathsOf(frame.project.id).person(person) };
  return (
    <Part title="Ways in" remark="for those who admit people, and who run the system" id="ways">
      {problem === null ? null : (
        <Notice title="Nothing was changed" tone="danger" icon="cross" alert>
          <p>{problem}</p>
        </Notice>
      )}
      {link === null ? null : <Link link={link} now={frame.now} />}
      {ways.has ? <Recovery {...form} ways={ways} /> : <First {...form} ways={ways} />}
    </Part>
  );
}

function Link({ link, now }: { readonly link: EnrolmentLink; readonly now: Frame['now'] }) {
  return (
    <Notice title="Hand over this link" tone="done" icon="key">
      <label class="label" for="made-link">
        Copy it now: it is not shown again. It is good once, until <Moment at={link.expires} now={now} />. Give it to them in person, or by
        a channel on which you know them; whoever opens it comes in as them.
      </label>
      <input class="input is-code" id="made-link" type="text" readonly value={link.url} />
    </Notice>
  );
}

interface FormProps {
  readonly frame: Frame;
  readonly action: string;
  readonly ways: WaysIn;
}

function First({ frame, action, ways: { service } }: FormProps) {
  return (
    <>
      <p class="prose">They have none yet. A link lets them add a passkey; it is good once, for a day.</p>
      <Deed frame={frame} action={action} deed="make-link" />
      {service === null ? null : (
        <Post frame={frame} action={`${action}/bind-identity`} look="form stack after">
          <div class="field">
            <label for="ways-subject">Their account at {service}</label>
            <p class="label" id="ways-subject-help">
              The unchanging id that the service has for them, such as a number; never a mail address or a name that they can change.
            </p>
            <input
              class="input is-code"
              id="ways-subject"
              name="subject"
              type="text"
              maxlength={255}
              required
              aria-describedby="ways-subject-help"
            />
          </div>
          <Press deed="bind-identity" />
        </Post>
      )}
    </>
  );
}

function Recovery({ frame, action, ways: { asked } }: FormProps) {
  if (asked === null)
    return (
      <>
        <p class="prose">
          They have a way in. If they lost it, one of you asks for recovery and another confirms it; then everything that let them in before
          ends. First be sure that it is they who ask, by another way than mail.
        </p>
        <Deed frame={frame} action={action} deed="ask-recovery" />
      </>
    );
  return (
    <>
      <p class="prose">
        {asked.own ? 'You have' : `${asked.by} has`} asked for recovery. It waits for another person until{' '}
        <Moment at={asked.until} now={frame.now} />.
      </p>
      {asked.own ? null : <Deed frame={frame} action={action} deed="confirm-recovery" />}
    </>
  );
}

function Deed({ frame, action, deed }: { readonly frame: Frame; readonly action: string; readonly deed: WayDeed }) {
  return (
    <Post frame={frame} action={`${action}/${deed}`}>
      <Press deed={deed} />
    </Post>
  );
}

function Press({ deed }: { readonly deed: WayDeed }) {
  return (
    <p class="actions after">
      <button class="button" type="submit">
        {wayLabels[deed]}
      </button>
    </p>
  );
}

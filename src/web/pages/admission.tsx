// SPDX-License-Identifier: Apache-2.0
// Asking to be let in, proposing somebody, and accepting the terms.

import type { RoleAsked } from '../../app/roster-view.ts';
import { ErrorSummary, Fields } from '../components/field.tsx';
import { Layout } from '../components/layout.tsx';
import { Notice } from '../components/notice.tsx';
import { Head } from '../components/part.tsx';
import { Post } from '../components/post.tsx';
import type { Filled } from '../fields.ts';
import type { Frame } from '../frame.ts';
import { pathsOf } from '../paths.ts';
import { aboutApplicant, aboutInvited, askedOfApplicants } from '../person-forms.ts';

export interface ApplyPageProps {
  readonly frame: Frame;
  readonly roles: readonly RoleAsked[];
  readonly filled: Filled;
  /** The application has arrived. */
  readonly sent: boolean;
}

const open = { standing: { kind: 'public', since: null }, remark: 'Anybody may ask.' } as const;

/** LIBVIRT-27: applications are kept apart from reports. */
export function ApplyPage({ frame, roles, filled, sent }: ApplyPageProps) {
  const paths = pathsOf(frame.project.id);
  if (sent)
    return (
      <Layout frame={frame} title="Your application has arrived" band={open}>
        <Head title="Your application has arrived" lead="Members of the project look at it. You are told by mail what they decide." />
        <p>A member has to vouch for you, or somebody who may admit people has to know you: tell those who do that you have asked.</p>
      </Layout>
    );
  if (roles.length === 0)
    return (
      <Layout frame={frame} title="Ask to be admitted" band={open}>
        <Head title="Ask to be admitted" lead="This project admits nobody by application: its members are invited." />
        <p>
          To report a flaw you need no membership: <a href={paths.report}>report it here</a>.
        </p>
      </Layout>
    );
  return (
    <Layout frame={frame} title="Ask to be admitted" band={open}>
      <Head
        title="Ask to be admitted"
        lead="For those who package, ship or maintain the project and want to prepare before a flaw is public."
      />
      <p>
        This is no report. To report a flaw, <a href={paths.report}>use the report form</a>; it needs no membership.
      </p>
      <ErrorSummary form="apply" problems={filled.problems} />
      <Post frame={frame} action={paths.apply} look="form stack">
        <Fields form="apply" fields={[...askedOfApplicants(roles), aboutApplicant]} filled={filled} />
        <p class="actions">
          <button class="button is-primary" type="submit">
            Send the application
          </button>
        </p>
      </Post>
    </Layout>
  );
}

export interface InvitePageProps {
  readonly frame: Frame;
  readonly roles: readonly RoleAsked[];
  readonly filled: Filled;
}

export function InvitePage({ frame, roles, filled }: InvitePageProps) {
  const paths = pathsOf(frame.project.id);
  return (
    <Layout
      frame={frame}
      title="Propose somebody"
      current="people"
      band={{ standing: { kind: 'confidential' }, remark: 'Those who may admit people see this page, and nobody else.' }}
    >
      <Head
        title="Propose somebody"
        eyebrow={[<a href={paths.people}>People</a>]}
        lead="The policy says what it takes until they are admitted."
      />
      <ErrorSummary form="invite" problems={filled.problems} />
      <Post frame={frame} action={paths.invite} look="form stack">
        <Fields form="invite" fields={[...askedOfApplicants(roles), aboutInvited]} filled={filled} />
        <p class="actions">
          <button class="button is-primary" type="submit">
            Propose them
          </button>
        </p>
      </Post>
    </Layout>
  );
}

export interface TermsPageProps {
  readonly frame: Frame;
  readonly text: string;
  readonly digest: string;
  readonly owed: boolean;
  readonly problem: string | null;
}

/** LIBVIRT-29: accepted before the first access, and again when they change. */
export function TermsPage({ frame, text, digest, owed, problem }: TermsPageProps) {
  return (
    <Layout
      frame={frame}
      title="The terms"
      band={{ standing: { kind: 'confidential' }, remark: 'Whoever is asked for them sees this page, and members of the project.' }}
    >
      <Head title="The terms" lead={owed ? 'What you hold counts from the moment in which you accept them.' : 'You owe no answer now.'} />
      {problem === null ? null : <Notice title={problem} tone="danger" icon="cross" alert />}
      {text.split('\n\n').map((paragraph) => (
        <p>{paragraph}</p>
      ))}
      {owed ? (
        <Post frame={frame} action={pathsOf(frame.project.id).terms}>
          <input type="hidden" name="digest" value={digest} />
          <p class="actions">
            <button class="button is-primary" type="submit">
              Accept the terms
            </button>
          </p>
        </Post>
      ) : null}
    </Layout>
  );
}

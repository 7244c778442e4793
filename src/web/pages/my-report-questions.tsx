// SPDX-License-Identifier: Apache-2.0
// What we ask a reporter, on top of their page while it is open: the date, whether the report may be passed on, the credit.

import { reporterOf } from '../../core/model/case.ts';
import { ActionFold } from '../components/action-form.tsx';
import { Moment } from '../components/moment.tsx';
import { Post } from '../components/post.tsx';
import { below } from '../paths.ts';
import type { MyReportPageProps } from './my-report-props.ts';
import { can } from './my-report-props.ts';

/** The date is the one thing a reporter is asked to decide; agreeing is the page's one primary button. */
export function DateQuestion({ frame, view, base, returned }: MyReportPageProps) {
  const { proposal } = view.state.embargo;
  if (proposal === null || !proposal.awaits.includes('reporter') || proposal.agreed.includes('reporter')) return null;
  const agree = can(view, 'agree-embargo');
  const refuse = can(view, 'refuse-embargo');
  const back = returned?.action === 'refuse-embargo' ? returned.filled : undefined;
  return (
    <>
      {agree === undefined ? null : (
        <div class="next">
          <p>
            <span class="label">We ask you</span>
            <strong>May this stay private until</strong> <Moment at={proposal.until} zone={proposal.zone} now={view.now} />? Silence is no
            agreement.
          </p>
          <form method="post" action={below.action(base, 'agree-embargo')}>
            <input type="hidden" name="csrf" value={frame.csrf} />
            <input type="hidden" name="version" value={view.state.version} />
            <button class="button is-primary" type="submit">
              Agree to the date
            </button>
          </form>
        </div>
      )}
      {refuse === undefined ? null : (
        <ActionFold
          frame={frame}
          view={view}
          base={base}
          possibility={refuse}
          open={back !== undefined}
          {...(back === undefined ? {} : { filled: back })}
        />
      )}
    </>
  );
}

/** Whether the report may go to those whose it is; without an answer it goes to nobody. */
export function ForwardQuestion({ frame, view, base }: MyReportPageProps) {
  if (can(view, 'answer-forwarding') === undefined || view.state.referral?.consent !== 'asked') return null;
  const answer = (agreed: 'yes' | 'no', label: string) => (
    <Post frame={frame} action={below.action(base, 'answer-forwarding')} version={view.state.version}>
      <input type="hidden" name="agreed" value={agreed} />
      <button class="button" type="submit">
        {label}
      </button>
    </Post>
  );
  return (
    <div class="next">
      <p>
        <span class="label">We ask you</span>
        <strong>May we pass your report on to the project it belongs to?</strong> Your report and your files go, your address does not.
        Without your word it goes to nobody.
      </p>
      <div class="actions">
        {answer('yes', 'Yes, pass it on')}
        {answer('no', 'No')}
      </div>
    </div>
  );
}

/** Asked on top while it is open: no advisory goes out before it is decided. */
export function CreditQuestion({ view, participant }: MyReportPageProps) {
  const own = reporterOf(view.state, participant);
  if (own?.credit !== 'undecided' || !own.credited || can(view, 'decide-credit') === undefined) return null;
  return (
    <div class="next">
      <p>
        <span class="label">We ask you</span>
        <strong>How shall the advisory name you?</strong> By name, by a pseudonym, or not at all.
      </p>
      <a class="button" href="#do-decide-credit">
        Decide the credit
      </a>
    </div>
  );
}

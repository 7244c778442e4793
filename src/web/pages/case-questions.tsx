// SPDX-License-Identifier: Apache-2.0
// What somebody waits to be answered, on top of the case as a question with its answers: a withdrawal, a passage to strike out, a go that is missing.

import { withdrawnSentence } from '../../app/policy-text/withdrawal-sentences.ts';
import type { CaseView } from '../../app/views.ts';
import type { ActionKind } from '../../core/model/action.ts';
import type { Redaction } from '../../core/model/record.ts';
import { wordsWanted } from '../../core/process/words-wanted.ts';
import { castOf } from '../cast.ts';
import { Moment } from '../components/moment.tsx';
import { Notice } from '../components/notice.tsx';
import { Post } from '../components/post.tsx';
import { Said } from '../components/said.tsx';
import type { Frame } from '../frame.ts';
import { below, pathsOf } from '../paths.ts';
import { proposals } from '../piece-options.ts';
import { plain } from '../words.ts';

interface QuestionsProps {
  readonly frame: Frame;
  readonly view: CaseView;
}

export function Questions({ frame, view }: QuestionsProps) {
  return (
    <>
      <NoDateYet view={view} />
      <AskedBack view={view} />
      {view.state.record.redactions
        .filter(({ state }) => state === 'proposed')
        .map((one) => (
          <StrikeOut frame={frame} view={view} redaction={one} />
        ))}
      <MissingEnd frame={frame} view={view} />
      <MissingGo frame={frame} view={view} />
    </>
  );
}

function possible({ possibilities }: CaseView, kind: ActionKind): boolean {
  return possibilities.some(({ action, unmet }) => action === kind && unmet.length === 0);
}

/** A private case under a policy where an embargo is the rule: its date is thought of from the beginning (LIBVIRT-1). */
function NoDateYet({ view }: Pick<QuestionsProps, 'view'>) {
  if (view.endByDefault === undefined) return null;
  return (
    <Notice title="No embargo date yet" icon="clock">
      <p>
        This case is private, and here an embargo is the rule. Counted from now it would end{' '}
        <Moment at={view.endByDefault} now={view.now} />; it begins with {plain(view.policy.embargo.countedFrom)}.
      </p>
      {possible(view, 'propose-embargo') ? (
        <p class="actions">
          <a class="button" href="#do-propose-embargo">
            Propose another date
          </a>
        </p>
      ) : null}
    </Notice>
  );
}

/** It cannot be taken back, so the answer is given in the form, with its reason and the codename. */
function AskedBack({ view }: Pick<QuestionsProps, 'view'>) {
  const { withdrawal } = view.state;
  if (withdrawal === null || !possible(view, 'decide-withdrawal')) return null;
  const asked = view.log.findLast((event) => event.kind === 'withdrawal-asked');
  const cast = castOf(view);
  return (
    <Notice title="May the report be taken back?" icon="mail">
      <p>
        {withdrawal.askedBy.map(cast.reporter).join(', ')} asked <Moment at={withdrawal.at} now={view.now} />
        {asked?.kind === 'withdrawal-asked' ? ':' : '.'}
      </p>
      {asked?.kind === 'withdrawal-asked' ? <Said text={view.texts.get(asked.reason.id)} /> : null}
      <p>{withdrawnSentence(view.state, view.policy, 'team')}</p>
      <p class="actions">
        <a class="button" href="#do-decide-withdrawal">
          Answer: it is withdrawn, or it stays
        </a>
      </p>
    </Notice>
  );
}

function StrikeOut({ frame, view, redaction }: QuestionsProps & { readonly redaction: Redaction }) {
  const what = proposals(view).find(({ value }) => value === redaction.redaction);
  if (what === undefined || !possible(view, 'decline-redaction')) return null;
  const cast = castOf(view);
  const proposer = cast.person(redaction.proposedBy);
  const own = proposer === frame.viewer?.name;
  const asked = possible(view, 'approve-redaction') && !redaction.approvals.some((one) => cast.person(one) === frame.viewer?.name);
  const answer = (kind: 'approve-redaction' | 'decline-redaction', label: string) => (
    <Post frame={frame} action={below.action(pathsOf(frame.project.id).case(view.state.case), kind)} version={view.state.version}>
      <input type="hidden" name="redaction" value={redaction.redaction} />
      <button class="button" type="submit">
        {label}
      </button>
    </Post>
  );
  return (
    <Notice title="Strike this out before the world reads it?" icon="alert">
      <p>
        <bdi>{what.label}</bdi>, because of {what.says}. {own ? 'You proposed it' : `${proposer} proposed it`}{' '}
        <Moment at={redaction.at} now={view.now} />.{' '}
        {redaction.opens ? 'The rest would open with this case, before the other cases of this report are public. ' : ''}
        {redaction.approvals.length === 0
          ? ''
          : `Approved by ${redaction.approvals.map(cast.person).join(', ')}; still needed: ${needed(view, 'approve-redaction', redaction.redaction)}. `}
        {redaction.destroys ? 'The sealed original would be destroyed, and nobody reads it again.' : 'The original stays sealed, inside.'}
      </p>
      <div class="actions">
        {own ? <span class="quiet">A second person decides.</span> : asked ? answer('approve-redaction', 'Strike it out') : null}
        {answer('decline-redaction', own ? 'Take the proposal back' : 'Leave it as it stands')}
      </div>
    </Notice>
  );
}

function MissingEnd({ frame, view }: QuestionsProps) {
  const { ending } = view.state.embargo;
  if (ending.length === 0 || !possible(view, 'end-embargo')) return null;
  const cast = castOf(view);
  const own = ending.some((one) => cast.person(one) === frame.viewer?.name);
  return (
    <Notice title={own ? 'Your word to end the embargo waits for another one' : 'May the embargo end now?'} icon="clock">
      <p>
        Asked for by {ending.map(cast.person).join(', ')}. Still needed: {needed(view, 'end-embargo')}. Until then it holds.
      </p>
      {own ? null : (
        <p class="actions">
          <a class="button" href="#do-end-embargo">
            Answer: it ends now
          </a>
        </p>
      )}
    </Notice>
  );
}

/** Whose word is still asked for. */
function needed({ state, policy }: CaseView, action: ActionKind, redaction?: string): string {
  return wordsWanted(state, policy).find((one) => one.action === action && one.redaction === redaction)?.of ?? 'nobody else';
}

/** Whoever has said go, or speaks for a role that has, waits for others, and nothing else is missing. */
function waitsForAnother({ possibilities }: CaseView): boolean {
  const others = ['second_person', 'publication_reviewer'];
  return possibilities.some(({ action, unmet }) => action === 'approve-release' && unmet.every(({ gate }) => others.includes(gate)));
}

function MissingGo({ frame, view }: QuestionsProps) {
  const { approvedBy, armed } = view.state.disclosure;
  if (armed || approvedBy.length === 0) return null;
  const cast = castOf(view);
  const own = approvedBy.some((one) => cast.person(one) === frame.viewer?.name);
  if (!waitsForAnother(view)) return null;
  const asked = !own && possible(view, 'approve-release');
  const base = pathsOf(frame.project.id).case(view.state.case);
  return (
    <Notice
      title={own ? 'Your go waits for another one' : asked ? 'Does the release go?' : 'The release waits for another word'}
      icon="clock"
    >
      <p>
        {approvedBy.map(cast.person).join(', ')} said go. Still needed: {needed(view, 'approve-release')}. Nothing is prepared or published
        before.
      </p>
      <div class="actions">
        {!asked ? null : (
          <Post frame={frame} action={below.action(base, 'approve-release')} version={view.state.version}>
            <button class="button" type="submit">
              Say go
            </button>
          </Post>
        )}
        {possible(view, 'stop-release') ? (
          <a class="button" href="#do-stop-release">
            Stop the release
          </a>
        ) : null}
      </div>
    </Notice>
  );
}

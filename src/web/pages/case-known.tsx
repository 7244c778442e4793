// SPDX-License-Identifier: Apache-2.0
// What is known of a case: the report, summary and impact, the files, the facts, and the embargo with its caps.

import type { CaseView } from '../../app/views.ts';
import type { AttachmentRef, ContentRef } from '../../core/model/content.ts';
import { wordsWanted } from '../../core/process/words-wanted.ts';
import { capital, castOf } from '../cast.ts';
import { EmbargoTimeline } from '../components/embargo-timeline.tsx';
import type { IconName } from '../components/icon.tsx';
import { Moment } from '../components/moment.tsx';
import { type Check, Checks } from '../components/notice.tsx';
import { Facts, Part } from '../components/part.tsx';
import { Requests } from '../components/requests.tsx';
import { Said } from '../components/said.tsx';
import type { Frame } from '../frame.ts';
import type { Marks } from '../marks.ts';
import { marksIn } from '../marks.ts';
import { below, pathsOf } from '../paths.ts';
import { asLabel, bytes, capWords, channelWords, exitWords, factWords, originWords, plain } from '../words.ts';

/** What the reporters wrote, one after another. Outside the team and the reporter's own page it is not here. */
export function Report({ view }: { readonly view: CaseView }) {
  const { state, texts, reach } = view;
  if (reach === 'for_a_number') return null;
  const cast = castOf(view);
  const marks = marksIn(view);
  return (
    <>
      {state.reporters.map((reporter, index) => (
        <Part
          title={state.reporters.length === 1 ? 'Report' : `Report ${index + 1}`}
          remark={
            <>
              {capital(cast.reporter(reporter.participant))} · by {channelWords[reporter.channel]} · <Moment at={reporter.since} />
              {reporter.origin === 'unknown' ? null : ` · found ${originWords[reporter.origin]}`}
            </>
          }
        >
          <Answers refs={reporter.report} texts={texts} marks={marks} />
        </Part>
      ))}
    </>
  );
}

interface AnswersProps {
  readonly refs: readonly ContentRef[];
  readonly texts: CaseView['texts'];
  readonly marks?: Marks;
}

/** The description first, then the answers to the form's questions. */
export function Answers({ refs, texts, marks }: AnswersProps) {
  const fields = refs.filter((ref) => ref.kind === 'field');
  return (
    <>
      <div class="prose">
        {refs
          .filter((ref) => ref.kind !== 'field')
          .map((ref) => (
            <Said text={texts.get(ref.id)} mark={marks?.get(ref.id)} />
          ))}
      </div>
      {fields.length === 0 ? null : (
        <div class="after">
          <Facts
            roomy
            rows={fields.map(
              (ref) => [asLabel(ref.field ?? 'Answer'), <Said text={texts.get(ref.id)} mark={marks?.get(ref.id)} />] as const,
            )}
          />
        </div>
      )}
    </>
  );
}

/** How many have approved the description, and whose word is still asked for. */
function approvedBy({ state, policy }: CaseView): string {
  const { approvals = [] } = state.impact ?? {};
  const said = approvals.length === 0 ? 'not approved' : `approved by ${approvals.length}`;
  const wanted = wordsWanted(state, policy).find(({ action }) => action === 'approve-impact');
  return wanted === undefined ? said : `${said}; still needed: ${wanted.of}`;
}

function bundleRemark({ state, policy }: CaseView): string {
  const wanted = wordsWanted(state, policy).find(({ action }) => action === 'agree-bundle');
  return wanted === undefined ? 'agreed' : `proposed; still needed: ${wanted.of}`;
}

export function Summaries({ view }: { readonly view: CaseView }) {
  const { state, texts } = view;
  return (
    <>
      {state.bundle === null || view.reach !== 'everything' ? null : (
        <Part title="Summary for the hard cap" remark={bundleRemark(view)}>
          <div class="prose">
            <Said text={texts.get(state.bundle.summary.id)} />
          </div>
        </Part>
      )}
      {state.impact === null ? null : (
        <Part title="Impact" {...(view.reach === 'everything' ? { remark: approvedBy(view) } : {})}>
          <div class="prose">
            <Said text={texts.get(state.impact.content.id)} />
          </div>
        </Part>
      )}
    </>
  );
}

const purposes: Readonly<Record<AttachmentRef['purpose'], { readonly icon: IconName; readonly word: string }>> = {
  original: { icon: 'mail', word: 'As it came' },
  evidence: { icon: 'note', word: 'Evidence' },
  reproducer: { icon: 'flask', word: 'Reproducer' },
  patch: { icon: 'patch', word: 'Patch' },
};

export function Evidence({ frame, view }: { readonly frame: Frame; readonly view: CaseView }) {
  const { state, attachments, texts } = view;
  const base = pathsOf(frame.project.id).case(state.case);
  const cast = castOf(view);
  const marks = marksIn(view);
  // Patches have a part of their own.
  const patches = [...state.reporters.flatMap((one) => one.attachments), ...state.branches.flatMap((fix) => fix.patches)].filter(
    ({ purpose }) => purpose === 'patch',
  );
  const others = attachments.filter(({ ref }) => !patches.some(({ id }) => id === ref.id));
  const files = others.map(
    ({ ref, name }): Check => ({
      state: purposes[ref.purpose].icon,
      text: (
        <>
          {purposes[ref.purpose].word}:{' '}
          <a href={below.attachment(base, ref.id)}>
            <bdi class="id">{name}</bdi>
          </a>
        </>
      ),
      remark: `${marks.has(ref.id) ? `${marks.get(ref.id)} ` : ''}${bytes(ref.bytes)}${ref.participant === undefined ? '' : ` · ${cast.reporter(ref.participant)}`} · saved, never shown`,
    }),
  );
  const facts = state.facts.map(
    (fact): Check => ({
      state: fact.fact === 'rediscovered' ? 'twin' : 'alert',
      text: (
        <>
          {factWords[fact.fact]}, since <Moment at={fact.since} />
          <Said text={texts.get(fact.evidence.id)} />
        </>
      ),
    }),
  );
  if (files.length + facts.length === 0) return null;
  return (
    <Part title="Evidence" count={files.length + facts.length} remark="sealed with the case’s own key">
      <Checks rows={[...files, ...facts]} />
    </Part>
  );
}

export function Embargo({ view }: { readonly view: CaseView }) {
  const { state, policy, now, caps, cap } = view;
  const { embargo } = state;
  if (embargo.state === 'none' && cap === undefined) return null;
  return (
    <Part
      title="Embargo"
      remark={
        embargo.state === 'exited'
          ? `ended: ${embargo.exit === null ? 'no reason on record' : exitWords[embargo.exit]}`
          : plain(embargo.state)
      }
      id="embargo"
    >
      <EmbargoTimeline state={state} policy={policy} now={now} caps={caps} cap={cap} />
      {view.reach === 'everything' ? <Requests view={view} /> : null}
      {cap === undefined || state.visibility === 'public' ? null : (
        <p class="after">
          Public at the latest <Moment at={cap.at} zone={policy.calendar.zone} now={now} />: {capWords(cap.source)} binds.
        </p>
      )}
    </Part>
  );
}

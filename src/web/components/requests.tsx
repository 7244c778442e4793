// SPDX-License-Identifier: Apache-2.0
// Requests for a date: the one that is open with everybody who is asked, and those that were decided. All who are asked see all of them (LIBVIRT-25).

import type { CaseView } from '../../app/views.ts';
import type { EmbargoRequest, Voice } from '../../core/model/embargo.ts';
import { granter } from '../../core/process/voices.ts';
import { plain } from '../words.ts';
import { Moment } from './moment.tsx';
import { type Check, Checks } from './notice.tsx';
import { Said } from './said.tsx';
import { Scrolls } from './scrolls.tsx';

function voiceWords(voice: Voice): string {
  if (voice === 'reporter') return 'the reporter';
  if (voice === granter) return 'whoever may grant it';
  return voice.startsWith('party:') ? voice.slice('party:'.length) : plain(voice);
}

export function Requests({ view }: { readonly view: CaseView }) {
  const { decided, state } = view.state.embargo;
  // What was asked for in a report that is withdrawn rests.
  const proposal = state === 'exited' ? null : view.state.embargo.proposal;
  return (
    <>
      {proposal === null ? null : <Open view={view} request={proposal} />}
      {decided.length === 0 ? null : <Decided view={view} requests={decided} />}
    </>
  );
}

function Open({ view, request }: { readonly view: CaseView; readonly request: EmbargoRequest }) {
  const rows = request.awaits.map(
    (voice): Check => ({
      state: request.agreed.includes(voice) ? 'met' : 'open',
      text: voiceWords(voice),
      remark: request.agreed.includes(voice) ? 'agreed on record' : 'asked; silence is no agreement',
    }),
  );
  const said = [request.reason, request.circumstances, request.evidence].flatMap((ref) => (ref === null ? [] : [ref]));
  return (
    <div class="after">
      <p>
        Asked{request.askedAs.length === 0 ? '' : ` by ${request.askedAs.map(voiceWords).join(', ')}`}:{' '}
        {request.restarts === null ? 'until' : `the count begins again (${plain(request.restarts)}), until`}{' '}
        <Moment at={request.until} zone={request.zone} now={view.now} />
        {request.purposes.length === 0 ? null : `, for ${request.purposes.map(plain).join(', ')}`}
        {request.severity === null ? null : `; severity then ${request.severity}`}
      </p>
      {said.map((ref) => (view.texts.has(ref.id) ? <Said text={view.texts.get(ref.id)} /> : null))}
      <Checks rows={rows} />
    </div>
  );
}

const outcomes = {
  granted: 'agreed',
  refused: 'refused',
  countered: 'another date was proposed',
  ended: 'the embargo ended first',
} as const;

function Decided({ view, requests }: { readonly view: CaseView; readonly requests: readonly EmbargoRequest[] }) {
  return (
    <details class="after">
      <summary>Dates that were asked for before: {requests.length}</summary>
      <Scrolls label="Dates that were asked for before">
        <table class="ledger">
          <thead>
            <tr>
              <th scope="col">Until</th>
              <th scope="col">Asked by</th>
              <th scope="col">What became of it</th>
            </tr>
          </thead>
          <tbody>
            {requests.map(({ until, zone, askedAs, decision }) => (
              <tr>
                <td>
                  <Moment at={until} zone={zone} />
                </td>
                <td>{askedAs.map(voiceWords).join(', ')}</td>
                <td>
                  {decision === null ? '' : outcomes[decision.outcome]}
                  {decision === null || decision.missing.length === 0 ? null : ` (missing: ${decision.missing.map(plain).join(', ')})`}
                  {decision?.reason === null || decision === null || !view.texts.has(decision.reason.id) ? null : (
                    <Said text={view.texts.get(decision.reason.id)} />
                  )}
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </Scrolls>
    </details>
  );
}

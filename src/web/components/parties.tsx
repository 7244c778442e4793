// SPDX-License-Identifier: Apache-2.0
// The parties of a case, as the team sees them: who was told, who is cleared, who is ready, what is owed; and who else discloses at the same hour.

import type { Go } from '../../app/go-no-go.ts';
import type { Recipient } from '../../app/recipients-preview.ts';
import type { CaseView } from '../../app/views.ts';
import { dutiesOf, isCleared, noticeWindow, partiesIn, partyLimit, rulesOf } from '../../core/process/parties.ts';
import { partyWords, plain } from '../words.ts';
import { Moment } from './moment.tsx';
import { type Check, Checks } from './notice.tsx';
import { Part } from './part.tsx';
import { PartyThread } from './party-thread.tsx';
import { Scrolls } from './scrolls.tsx';

export function Parties({ view }: { readonly view: CaseView }) {
  const { state, policy, now } = view;
  const parties = partiesIn(state, policy);
  if (parties.length + view.goNoGo.length === 0) return null;
  const told = parties.filter((party) => party.notifiedAt !== null).length;
  return (
    <Part title="Parties" remark={parties.length === 0 ? '' : `${told} of ${parties.length} told`} id="parties">
      {parties.length === 0 ? null : <Table view={view} />}
      {parties.map((party) =>
        (party.thread ?? []).length === 0 ? null : (
          <details class="after">
            <summary>What {party.name} and the team wrote to each other</summary>
            <PartyThread party={party} texts={view.texts} reader="team" />
          </details>
        ),
      )}
      <Recipients view={view} />
      <Window view={view} />
      <GoNoGo view={view} />
      <Checks
        rows={dutiesOf(state, policy).map(
          (duty): Check => ({
            state: duty.done !== null ? 'met' : duty.due <= now ? 'wrong' : 'open',
            text: `${plain(duty.duty)}, for ${duty.party}${duty.owner === null ? '' : `, by ${view.names.get(duty.owner) ?? duty.owner}`}`,
            remark: duty.done === null ? <Moment at={duty.due} now={now} /> : <Moment at={duty.done} />,
          }),
        )}
      />
    </Part>
  );
}

function Table({ view }: { readonly view: CaseView }) {
  const { state, policy, now } = view;
  return (
    <Scrolls label="Parties">
      <table class="ledger">
        <thead>
          <tr>
            <th scope="col">Party</th>
            <th scope="col">Stands</th>
            <th scope="col">Told</th>
            <th scope="col">Its limit</th>
          </tr>
        </thead>
        <tbody>
          {partiesIn(state, policy).map((party) => {
            const limit = partyLimit(party, policy);
            const list = rulesOf(policy, party.name)?.to.kind === 'list';
            return (
              <tr>
                <th scope="row">
                  {party.name}
                  <small>{list ? 'a list, told by hand' : 'told here'}</small>
                </th>
                <td>
                  {partyWords[party.state]}
                  {isCleared(party, policy) ? null : <small>{party.screening === null ? 'not cleared yet' : 'not cleared: skipped'}</small>}
                  {party.left === null ? null : <small>{party.left === 'breach' ? 'broke the embargo' : 'removed'}</small>}
                </td>
                <td>{party.notifiedAt === null ? <span class="quiet">not yet</span> : <Moment at={party.notifiedAt} />}</td>
                <td>{limit === undefined ? <span class="quiet">none runs</span> : <Moment at={limit} now={now} />}</td>
              </tr>
            );
          })}
        </tbody>
      </table>
    </Scrolls>
  );
}

/** Before anybody is told: who would get it, and why each of them (P24). */
function Recipients({ view }: { readonly view: CaseView }) {
  if (view.recipients.length === 0) return null;
  return (
    <details class="after">
      <summary>Who would be told, and why</summary>
      <p>Nobody is told by default. Each party is told by name.</p>
      <Checks
        rows={view.recipients.map((one): Check => ({ state: one.may ? 'met' : 'open', text: whoGets(one), remark: why(one, view) }))}
      />
    </details>
  );
}

function whoGets({ party, to, people }: Recipient): string {
  if (to.kind === 'list') return `${party}: the list ${to.address}`;
  const names = people.map(({ name, organisation }) => (organisation === null ? name : `${name} of ${organisation}`));
  return `${party}: ${names.length === 0 ? 'nobody holds the role' : names.join(', ')}`;
}

function why({ reasons, covers }: Recipient, { names, texts }: CaseView): string {
  const said = reasons.map(
    ({ kind, by, reason }) => `${plain(kind)} by ${names.get(by) ?? by}: ${texts.get(reason.id) ?? 'not shown to you'}`,
  );
  const looked = covers.length === 0 ? [] : [`looks after ${covers.join(', ')}`];
  return [...looked, ...(said.length === 0 ? ['nobody has said why'] : said)].join('; ');
}

/** When a party may be told, by the lead time of the policy. */
function Window({ view }: { readonly view: CaseView }) {
  const { state, policy, now } = view;
  const { until, state: embargo } = state.embargo;
  if (until === null || embargo !== 'active' || policy.downstream.parties.length === 0) return null;
  const window = noticeWindow(until, policy);
  return (
    <p class="after">
      {window === undefined ? (
        'No day between now and the date leaves the time that the policy promises.'
      ) : (
        <>
          Parties are told between <Moment at={window.opens} now={now} /> and <Moment at={window.closes} now={now} />.
        </>
      )}
    </p>
  );
}

/** Those who disclose at the same hour and parties that were told, each by name: who is not ready is seen before the hour (LIBVIRT-26). */
function GoNoGo({ view }: { readonly view: CaseView }) {
  if (view.goNoGo.length === 0 || view.state.visibility === 'public') return null;
  const ready = view.goNoGo.filter((one) => one.ready).length;
  return (
    <div class="after">
      <p>
        At the same hour: {ready} of {view.goNoGo.length} ready
      </p>
      <Checks
        rows={view.goNoGo.map(
          (one): Check => ({
            state: one.ready ? 'met' : 'open',
            text: whoGoes(one),
            remark: one.ready ? 'said ready' : 'has not said ready',
          }),
        )}
      />
    </div>
  );
}

/** `anna, boris of Example Linux (vendor)`; of a party its name. */
function whoGoes({ as, organisation, people }: Go): string {
  const names = people.join(', ');
  if (as.kind === 'party') return `Party ${as.name}`;
  return `${organisation === null ? names : `${names} of ${organisation}`} (${plain(as.name)})`;
}

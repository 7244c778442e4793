// SPDX-License-Identifier: Apache-2.0
// The release room: what happens at the hour, in which formats, and what does not go out and why.

import { formatLabel } from '../../app/publisher.ts';
import { leftOut, type ReleaseRoom } from '../../app/release-room.ts';
import type { ActionKind } from '../../core/model/action.ts';
import { rowOf } from '../../core/process/table.ts';
import { ActionBody } from '../components/action-form.tsx';
import { Layout } from '../components/layout.tsx';
import { Moment } from '../components/moment.tsx';
import { type Check, Checks, Notice } from '../components/notice.tsx';
import { Facts, Head, Part } from '../components/part.tsx';
import { Verbatim } from '../components/scrolls.tsx';
import type { Problem } from '../fields.ts';
import type { Frame } from '../frame.ts';
import { below, pathsOf } from '../paths.ts';
import { standingOf } from '../standing.ts';
import { count } from '../words.ts';

export interface ReleasePageProps {
  readonly frame: Frame;
  readonly room: ReleaseRoom;
  /** The action that led here. */
  readonly done: ActionKind | null;
  /** What is wrong with signatures that were handed in. */
  readonly problems: readonly Problem[];
}

export function ReleasePage({ frame, room, done, problems }: ReleasePageProps) {
  const { state, now } = room.view;
  const base = pathsOf(frame.project.id).case(state.case);
  const { until } = state.embargo;
  return (
    <Layout
      frame={frame}
      title={`${state.codename}, release room`}
      band={{ standing: standingOf(state, now), remark: 'Release room, for those inside' }}
    >
      <Head
        title={`Release room: ${state.codename}`}
        lead="What goes out, in which order, and what does not. Looking changes nothing."
        eyebrow={[
          <a href={base}>back to the case</a>,
          <a href={below.preview(base)}>what the world will read</a>,
          ...(until === null || state.visibility === 'public' ? [] : [<Moment at={until} now={now} />]),
        ]}
      />
      {done === null ? null : <Notice title={`Done: ${rowOf(done).label}`} tone="done" icon="check" />}
      <LeftOutNotice room={room} />
      <ToSign frame={frame} room={room} base={base} problems={problems} />
      <Go room={room} action={`${base}#actions`} />
      <Formats room={room} advisory={below.advisory(base)} />
      <Kept room={room} />
      <Order room={room} />
    </Layout>
  );
}

function LeftOutNotice({ room }: { readonly room: ReleaseRoom }) {
  const left = leftOut(room);
  if (left.length === 0) return null;
  return (
    <Notice title={`${count(left.length, 'format does', 'formats do')} not go out`} icon="alert">
      <Checks
        rows={left.map(
          ({ format, rule, why }): Check => ({
            state: 'wrong',
            text: `${formatLabel(format)}: ${why}`,
            remark: rule,
          }),
        )}
      />
      <p>The others go out without waiting for it.</p>
    </Notice>
  );
}

function Go({ room: { unmet, view }, action }: { readonly room: ReleaseRoom; readonly action: string }) {
  const { approvedBy, armed } = view.state.disclosure;
  const said = approvedBy.length === 0 ? 'Nobody has said go.' : `${count(approvedBy.length, 'person has', 'people have')} said go.`;
  return (
    <Part title="Go" remark={armed ? 'armed' : ''}>
      <p>
        {said} {unmet?.length === 0 ? <a href={action}>Say go on the page of the case</a> : null}
      </p>
      {unmet === undefined || unmet.length === 0 ? null : <Checks rows={unmet.map((text): Check => ({ state: 'open', text }))} />}
    </Part>
  );
}

function Formats({ room, advisory }: { readonly room: ReleaseRoom; readonly advisory: string }) {
  const { drafts, publishes, kept } = room;
  if (!publishes) return <Part title="Formats">This disclosure has no advisory of its own.</Part>;
  if (drafts === null)
    return (
      <Part title="Formats">
        <p>
          There is no text yet. <a href={advisory}>Write the advisory</a>
        </p>
      </Part>
    );
  return (
    <Part
      title="Formats"
      count={drafts.made.length}
      remark={kept === null ? 'as they would be now, checked by their rules' : 'as they are now'}
    >
      {drafts.made.map(({ format, losses }) =>
        losses.length === 0 ? (
          <Checks rows={[{ state: 'met', text: formatLabel(format), remark: 'carries everything' }]} />
        ) : (
          <details class="deed">
            <summary>
              {formatLabel(format)} <span class="label">{count(losses.length, 'thing', 'things')} of the advisory not in it</span>
            </summary>
            <Checks rows={losses.map(({ field, why }): Check => ({ state: 'open', text: <span class="id">{field}</span>, remark: why }))} />
          </details>
        ),
      )}
    </Part>
  );
}

function Kept({ room: { kept, signing, view } }: { readonly room: ReleaseRoom }) {
  if (kept === null) return null;
  const waiting = new Set(signing?.waiting.map(({ file }) => file));
  const signed = view.policy.disclosure.signed === null ? 'kept, not signed' : 'signed and kept';
  const remark = waiting.size === 0 ? `${signed}; these bytes are the ones that go out` : 'nothing goes out before each is signed';
  return (
    <Part title="Documents" count={kept.length} remark={remark}>
      <Checks
        rows={kept.map(
          ({ file, sha256 }): Check => ({
            state: waiting.has(file) ? 'open' : 'met',
            text: waiting.has(file) ? `${file} waits for its signature` : file,
            remark: <span class="id">sha256 {sha256}</span>,
          }),
        )}
      />
    </Part>
  );
}

interface ToSignProps {
  readonly frame: Frame;
  readonly room: ReleaseRoom;
  readonly base: string;
  readonly problems: readonly Problem[];
}

/** Out to a person's own key, and back (VMT-44). Once nothing waits, what came back last is told, and nothing more is asked. */
function ToSign({ frame, room: { signing, view }, base, problems }: ToSignProps) {
  const files = signing?.waiting.length ?? 0;
  if (signing === null || (files === 0 && problems.length === 0)) return null;
  const possibility = view.possibilities.find(({ action }) => action === 'sign-documents');
  return (
    <Part title="To sign" count={files} remark="with a person’s own key; this server does not have it">
      <Facts
        rows={signing.keys.map(({ fingerprint, expires }) => [
          signing.keys.length === 1 ? 'The key' : 'One of the keys',
          <>
            <span class="id">{fingerprint.replaceAll(/(.{4})(?=.)/g, '$1 ')}</span>
            {expires === null ? null : (
              <>
                , good until <Moment at={expires} now={view.now} />
              </>
            )}
          </>,
        ])}
      />
      {signing.isYours && possibility !== undefined ? (
        <div class="stack">
          <p>
            <a class="button" href={below.toSign(base)} download>
              Download what is to be signed
            </a>
          </p>
          <p>One archive with the exact bytes. They are confidential until the hour. Where the key is, open it and sign:</p>
          <Verbatim
            label="Commands that sign"
            text={[`tar xf ${view.state.codename}.tar && cd ${view.state.codename}`, ...signing.commands].map((one) => `${one}\n`).join('')}
          />
          <ActionBody
            frame={frame}
            view={view}
            base={base}
            possibility={possibility}
            open={true}
            filled={{ values: {}, problems: [...problems] }}
          />
        </div>
      ) : (
        <div class="stack">
          {problems.map(({ sentence }) => (
            <p>{sentence}</p>
          ))}
          <p>{files === 0 ? 'Nothing waits any more.' : 'Somebody who may disclose fetches them here and hands the signatures in.'}</p>
        </div>
      )}
    </Part>
  );
}

function Order({ room: { channels, view } }: { readonly room: ReleaseRoom }) {
  return (
    <Part title="Order" remark={view.state.visibility === 'public' ? '' : 'from the first step on nothing can be taken back'}>
      <Checks
        rows={channels.map(
          ({ channel, confirmed }, index): Check => ({
            state: confirmed ? 'met' : 'open',
            text: `${index + 1}. ${sentenceOf(channel)}`,
            remark: confirmed ? 'seen' : remarkOf(channel),
          }),
        )}
      />
    </Part>
  );
}

function sentenceOf(channel: ReleaseRoom['channels'][number]['channel']): string {
  switch (channel.kind) {
    case 'issue':
      return 'The issue is opened';
    case 'public_review':
      return 'The patches go to public review';
    case 'site':
      return channel.url === null ? 'The advisory is put on this site' : `The advisory is put on ${channel.url}`;
    case 'git':
      return `The notice is pushed to ${channel.url}`;
    case 'mail':
      return `One mail to ${channel.lists.join(', ')}`;
  }
}

function remarkOf({ kind }: ReleaseRoom['channels'][number]['channel']): string {
  switch (kind) {
    case 'site':
      return 'by the program, which then looks at it from outside';
    case 'mail':
      return 'by the program, once the page was seen';
    case 'issue':
      return 'by the program, at once';
    case 'git':
      return 'by the program where it was told where to push, once the page was seen; else by people, who confirm it';
    case 'public_review':
      return 'by people, who confirm it';
  }
}

// SPDX-License-Identifier: Apache-2.0
// The release room: what happens at the hour, in which formats, and what does not go out and why.

import { formatLabel } from '../../app/publisher.ts';
import { leftOut, type ReleaseRoom } from '../../app/release-room.ts';
import { Layout } from '../components/layout.tsx';
import { Moment } from '../components/moment.tsx';
import { type Check, Checks, Notice } from '../components/notice.tsx';
import { Head, Part } from '../components/part.tsx';
import type { Frame } from '../frame.ts';
import { below, pathsOf } from '../paths.ts';
import { standingOf } from '../standing.ts';
import { count } from '../words.ts';

export interface ReleasePageProps {
  readonly frame: Frame;
  readonly room: ReleaseRoom;
}

export function ReleasePage({ frame, room }: ReleasePageProps) {
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
      <LeftOutNotice room={room} />
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

function Kept({ room: { kept, view } }: { readonly room: ReleaseRoom }) {
  if (kept === null) return null;
  const signed = view.policy.disclosure.signed === null ? 'kept, not signed' : 'signed and kept';
  return (
    <Part title="Documents" count={kept.length} remark={`${signed}; these bytes are the ones that go out`}>
      <Checks
        rows={kept.map(({ file, sha256 }): Check => ({ state: 'met', text: file, remark: <span class="id">sha256 {sha256}</span> }))}
      />
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

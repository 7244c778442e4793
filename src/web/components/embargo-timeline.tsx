// SPDX-License-Identifier: Apache-2.0
// The embargo on a line of time: from its beginning to its end, the caps as hairlines, days of rest shaded, now. With the same as a table.

import type { CaseState } from '../../core/model/case.ts';
import { epoch, fromEpoch, type Instant } from '../../core/model/time.ts';
import { isBusinessDay } from '../../core/policy/calendar.ts';
import type { Policy } from '../../core/policy/policy.ts';
import type { Cap } from '../../core/process/caps.ts';
import type { EmbargoMark } from '../../core/process/embargo-marks.ts';
import { dateAndHour, exact } from '../moments.ts';
import { capWords, markWords } from '../words.ts';
import { Moment } from './moment.tsx';

export interface TimelineProps {
  readonly state: CaseState;
  readonly policy: Policy;
  readonly now: Instant;
  readonly caps: readonly Cap[];
  readonly cap: Cap | undefined;
  /** What happened and will happen on the way, where it is shown. */
  readonly marks?: readonly EmbargoMark[];
  /** A line of time that several embargoes share. */
  readonly shared?: Scale;
}

export interface Scale {
  readonly start: number;
  readonly end: number;
}

const dayLength = 86_400_000;

/** Percent across, with one decimal more than a pixel needs. */
function across({ start, end }: Scale, at: number): number {
  return Math.min(100, Math.max(0, ((at - start) / (end - start)) * 100));
}

const percent = (number: number) => `${number.toFixed(2)}%`;

/** The line of time on which all of these stand, and now. */
export function scaleOf(instants: readonly (Instant | null)[], now: Instant): Scale | undefined {
  const known = instants.filter((at) => at !== null).map(epoch);
  if (known.length === 0) return undefined;
  const start = Math.min(...known);
  return { start, end: start + (Math.max(...known, epoch(now), start + dayLength) - start) * 1.03 };
}

export function EmbargoTimeline(props: TimelineProps) {
  const { from, until: agreed, exitedAt } = props.state.embargo;
  const until = exitedAt ?? agreed;
  if (from === null || until === null) return null;
  // What has ended ends where it did: nothing is ahead, and no cap acts.
  const caps = exitedAt === null ? props.caps : [];
  const cap = exitedAt === null ? props.cap : undefined;
  const now = exitedAt ?? props.now;
  const scale = props.shared ?? scaleOf([from, until, ...caps.map((cap) => cap.at)], now);
  if (scale === undefined) return null;
  const sorted = [...caps].sort((a, b) => (a.at < b.at ? -1 : 1));
  return (
    <div class="figure">
      <Plot {...props} cap={cap} from={from} until={until} scale={scale} sorted={sorted} />
      <details>
        <summary>The same as a table</summary>
        <Twin {...props} from={from} until={until} sorted={sorted} />
      </details>
    </div>
  );
}

interface PlotProps extends TimelineProps {
  readonly from: Instant;
  readonly until: Instant;
  readonly scale: Scale;
  readonly sorted: readonly Cap[];
}

function Plot({ state, policy, now, cap, from, until, scale, sorted, marks = [], shared }: PlotProps) {
  const isOver = state.embargo.exitedAt !== null;
  const begin = across(scale, epoch(from));
  const end = across(scale, epoch(until));
  const here = across(scale, epoch(now));
  const done = Math.min(end, here);
  const id = `embargo-${state.case}`;
  return (
    <svg class="plot" width="100%" height={86 + sorted.length * 22} role="img" aria-labelledby={`${id}-title ${id}-desc`}>
      <title id={`${id}-title`}>{`Embargo of ${state.codename}`}</title>
      <desc
        id={`${id}-desc`}
      >{`From ${exact(from)} to ${exact(until)}. ${isOver ? 'It has ended.' : `Now ${exact(now)}.`} ${cap === undefined ? 'No cap acts.' : `The earliest cap is ${exact(cap.at)}: ${capWords(cap.source)}.`}`}</desc>
      <pattern id={`${id}-hatch`} width="7" height="7" patternUnits="userSpaceOnUse" patternTransform="rotate(45)">
        <line class="bar-hatch" x1="1.5" x2="1.5" y1="0" y2="7" />
      </pattern>
      <DaysOfRest policy={policy} scale={scale} />
      <rect class="bar" x={percent(begin)} y="42" width={percent(Math.max(0, done - begin))} height="10" />
      {end > done ? (
        <>
          <rect class="bar-edge" x={percent(done)} y="42.5" width={percent(end - done)} height="9" />
          <rect fill={`url(#${id}-hatch)`} x={percent(done)} y="42" width={percent(end - done)} height="10" />
        </>
      ) : null}
      <Passed marks={marks} scale={scale} />
      <line class="axis" x1="0" x2="100%" y1="60.5" y2="60.5" />
      <Ticks scale={scale} />
      <Mark at={end} top={2} bottom={60} label={`${isOver ? 'ended' : 'ends'} ${exact(until)}`} y={12} look="t-embargo" />
      {isOver ? null : <Mark at={here} top={20} bottom={60} label={`now, ${dateAndHour(now)} UTC`} y={28} look="t-ink" />}
      {sorted.map((one, index) => (
        <Mark
          at={across(scale, epoch(one.at))}
          top={38}
          bottom={102 + index * 22}
          label={`${one.at === cap?.at ? 'cap that binds' : 'cap'}${shared === undefined ? `: ${capWords(one.source)}` : ''}, ${dateAndHour(one.at)} UTC`}
          y={98 + index * 22}
          look=""
          hair
        />
      ))}
    </svg>
  );
}

interface MarkProps {
  readonly at: number;
  readonly top: number;
  readonly bottom: number;
  readonly label: string;
  readonly y: number;
  readonly look: string;
  readonly hair?: boolean;
}

/** A hairline with its label on the side where there is room. */
function Mark({ at, top, bottom, label, y, look, hair }: MarkProps) {
  const left = at > 50;
  return (
    <>
      <line class={hair === true ? 'axis' : 'now'} x1={percent(at)} x2={percent(at)} y1={top} y2={bottom} />
      <text x={percent(at)} y={y} text-anchor={left ? 'end' : 'start'} class={look}>
        {left ? `${label}\u00a0` : `\u00a0${label}`}
      </text>
    </>
  );
}

/** On the bar: a full dot for a party that was told, a hollow one for a warning. What each is stands in the table. */
function Passed({ marks, scale }: { readonly marks: readonly EmbargoMark[]; readonly scale: Scale }) {
  const shown = marks.filter(({ kind }) => kind === 'told' || kind === 'warning');
  return (
    <>
      {shown.map(({ kind, at }) => (
        <circle class={kind === 'told' ? 'fill' : 'hollow'} cx={percent(across(scale, epoch(at)))} cy="47" r="4" />
      ))}
    </>
  );
}

/** Days that are no business days, where they can still be told apart. */
function DaysOfRest({ policy, scale }: { readonly policy: Policy; readonly scale: Scale }) {
  const days = Math.ceil((scale.end - scale.start) / dayLength);
  if (days > 130) return null;
  const first = scale.start - (scale.start % dayLength);
  const rest = Array.from({ length: days + 1 }, (_, index) => first + index * dayLength).filter(
    (at) => at + dayLength > scale.start && !isBusinessDay(fromEpoch(at + dayLength / 2), policy.calendar),
  );
  return (
    <g class="rest">
      {rest.map((at) => {
        const left = across(scale, at);
        return <rect x={percent(left)} y="34" width={percent(across(scale, at + dayLength) - left)} height="26" />;
      })}
    </g>
  );
}

/** Months on a long line, weeks on a short one; at most eight labels. */
function Ticks({ scale }: { readonly scale: Scale }) {
  const days = (scale.end - scale.start) / dayLength;
  const every = [1, 2, 7, 14, 28, 56, 112, 224].find((length) => days / length <= 7) ?? 365;
  const first = Math.ceil(scale.start / dayLength) * dayLength;
  const ticks = Array.from({ length: Math.floor(days / every) + 1 }, (_, index) => first + index * every * dayLength).filter(
    (at) => across(scale, at) > 3 && across(scale, at) < 94,
  );
  return (
    <>
      {ticks.map((at, index) => (
        <g class={index % 2 === 0 ? '' : 'wide-only'}>
          <line class="axis" x1={percent(across(scale, at))} x2={percent(across(scale, at))} y1="60" y2="64" />
          <text x={percent(across(scale, at))} y="76" text-anchor="middle">
            {fromEpoch(at).slice(5, 10)}
          </text>
        </g>
      ))}
    </>
  );
}

function plain(from: Instant, until: Instant): readonly EmbargoMark[] {
  return [
    { kind: 'agreed', at: from, of: null },
    { kind: 'end', at: until, of: null },
  ];
}

function Twin({ state, now, cap, from, until, sorted, marks }: Omit<PlotProps, 'scale'>) {
  return (
    <table class="ledger">
      <caption class="unseen">Embargo of {state.codename}</caption>
      <thead>
        <tr>
          <th scope="col">What</th>
          <th scope="col">When</th>
        </tr>
      </thead>
      <tbody>
        {(marks ?? plain(from, until)).map(({ kind, at, of }) => (
          <tr>
            <th scope="row">{markWords(kind, of)}</th>
            <td>
              <Moment at={at} zone={state.embargo.zone} now={now} />
            </td>
          </tr>
        ))}
        {sorted.map((one) => (
          <tr>
            <th scope="row">
              {one.at === cap?.at ? 'cap that binds' : 'cap'}: {capWords(one.source)}
            </th>
            <td>
              <Moment at={one.at} now={now} />
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

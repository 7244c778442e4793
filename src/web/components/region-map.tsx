// SPDX-License-Identifier: Apache-2.0
// One region of the process as a drawing: its states from top to bottom, and an arrow for every way between them. Lines take the colour of the text.

import type { RegionMap, Way } from '../../app/process-map.ts';
import { asLabel, plain } from '../words.ts';

const box = { left: 112, width: 176, height: 30, pace: 46, top: 8 };
const right = box.left + box.width;

export function RegionDrawing({ map }: { readonly map: RegionMap }) {
  const { region, states, ways } = map;
  const height = box.top * 2 + states.length * box.pace - (box.pace - box.height);
  return (
    <svg class="process-map" viewBox={`0 0 400 ${height}`} role="img" aria-label={`${asLabel(region)}: ${states.map(plain).join(', ')}`}>
      <defs>
        <marker id={`tip-${region}`} viewBox="0 0 8 8" refX="7" refY="4" markerWidth="7" markerHeight="7" orient="auto-start-reverse">
          <path d="M0 0 L8 4 L0 8 z" fill="currentColor" />
        </marker>
      </defs>
      {ways.map((way) => (
        <Arrow way={way} states={states} tip={`url(#tip-${region})`} />
      ))}
      {states.map((state, index) => (
        <g>
          <rect
            class="process-state"
            x={box.left}
            y={top(index)}
            width={box.width}
            height={box.height}
            rx="6"
            fill="none"
            stroke="currentColor"
          />
          <text x={box.left + box.width / 2} y={top(index) + 20} text-anchor="middle" fill="currentColor" font-size="14">
            {plain(state)}
          </text>
        </g>
      ))}
    </svg>
  );
}

/** The next state is one straight line below; a way that passes others goes round them, onwards on the right and back on the left. */
function Arrow({ way, states, tip }: { readonly way: Way; readonly states: readonly string[]; readonly tip: string }) {
  const from = states.indexOf(way.from);
  const to = states.indexOf(way.to);
  return (
    <path d={line(from, to)} fill="none" stroke="currentColor" stroke-opacity="0.55" marker-end={tip}>
      <title>{`${plain(way.from)} to ${plain(way.to)}: ${way.actions.join('; ')}`}</title>
    </path>
  );
}

function line(from: number, to: number): string {
  if (to === from + 1) return `M${box.left + box.width / 2} ${top(from) + box.height} V${top(to)}`;
  const onwards = to > from;
  const side = onwards ? right : box.left;
  const reach = Math.min(100, 14 + Math.abs(to - from) * 6) * (onwards ? 1 : -1);
  const start = top(from) + box.height * 0.65;
  const end = top(to) + box.height * 0.35;
  return `M${side} ${start} C${side + reach} ${start} ${side + reach} ${end} ${side} ${end}`;
}

function top(index: number): number {
  return box.top + index * box.pace;
}

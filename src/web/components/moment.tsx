// SPDX-License-Identifier: Apache-2.0
// An instant on a page: exact first, then in the zone where it was agreed, then how far away it is.

import type { Instant } from '../../core/model/time.ts';
import { dateAndHour, distance, exact, inZone } from '../moments.ts';

interface MomentProps {
  readonly at: Instant;
  /** Adds the distance. */
  readonly now?: Instant;
  /** IANA zone in which it was agreed. */
  readonly zone?: string | null;
}

/** `Wed 2026-12-02 15:00 UTC · 16:00 in Europe/Prague · in 8 d` */
export function Moment({ at, now, zone }: MomentProps) {
  const there = zone === undefined || zone === null ? undefined : inZone(at, zone);
  return (
    <>
      <time datetime={at}>{exact(at)}</time>
      {there === undefined ? null : ` · ${there}`}
      {now === undefined ? null : (
        <>
          {' · '}
          <span class="nowrap" data-distance={at}>
            {distance(at, now)}
          </span>
        </>
      )}
    </>
  );
}

/** Date and hour alone, in a table or list whose heading says UTC. */
export function HourUtc({ at }: { readonly at: Instant }) {
  return <time datetime={at}>{dateAndHour(at)}</time>;
}

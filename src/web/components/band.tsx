// SPDX-License-Identifier: Apache-2.0
// The visibility band: the first element of every page. Word, shape and colour; solid, hatched, hollow, so that it survives grey print.

import type { Child } from 'hono/jsx';
import type { Instant } from '../../core/model/time.ts';
import type { Standing } from '../standing.ts';
import { Icon, type IconName, Tlp } from './icon.tsx';
import { Moment } from './moment.tsx';

export interface BandProps {
  readonly standing: Standing;
  readonly now: Instant;
  /** Who can see this, or what the page holds. */
  readonly remark?: Child;
  /** Pages that hold no case carry no label of FIRST’s. */
  readonly unlabelled?: true;
}

const looks: Readonly<Record<Standing['kind'], { readonly tone: string; readonly icon: IconName; readonly word: string }>> = {
  confidential: { tone: 'confidential', icon: 'lock', word: 'Confidential' },
  embargoed: { tone: 'embargoed', icon: 'clock', word: 'Embargoed' },
  ended: { tone: 'danger', icon: 'alert', word: 'Embargo ended' },
  public: { tone: 'public', icon: 'ring', word: 'Public' },
};

export function Band({ standing, now, remark, unlabelled }: BandProps) {
  const { tone, icon, word } = looks[standing.kind];
  return (
    <section class={`band is-${tone}`} aria-label="Visibility">
      <b>
        <Icon name={icon} /> {word}
      </b>
      <Since standing={standing} now={now} />
      {remark === undefined ? null : <span>{remark}</span>}
      {unlabelled === true ? null : (
        <span class="end">
          <Tlp label={standing.kind === 'public' ? 'TLP:CLEAR' : 'TLP:AMBER+STRICT'} />
        </span>
      )}
      <a class="skip" href="#main">
        Skip to the content
      </a>
    </section>
  );
}

function Since({ standing, now }: { readonly standing: Standing; readonly now: Instant }) {
  switch (standing.kind) {
    case 'confidential':
      return null;
    case 'embargoed':
      return (
        <span>
          until <Moment at={standing.until} zone={standing.zone} now={now} />
        </span>
      );
    case 'ended':
      return (
        <span>
          <Moment at={standing.until} zone={standing.zone} now={now} />, and the case is still private
        </span>
      );
    case 'public':
      return standing.since === null ? null : (
        <span>
          since <Moment at={standing.since} />
        </span>
      );
  }
}

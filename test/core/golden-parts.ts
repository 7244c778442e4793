// SPDX-License-Identifier: Apache-2.0
// The golden story of a part that was split from another case: its report, where it is from, and a proposal that came along.

import type { Event, EventData } from '../../src/core/model/event.ts';
import type { CaseId, RedactionId } from '../../src/core/model/identifiers.ts';
import { replay } from '../../src/core/process/evolve.ts';
import { reported } from '../../src/core/process/shared.ts';
import { partOpened } from '../../src/core/process/steps/flaws.ts';
import { Bench, content, preset, processItself, report } from '../support/core.ts';
import { certain, team } from './journey.ts';

/** As the application does it when a case is split: the events open a case of their own. */
export function splitOff(whole: Bench, more: readonly EventData[] = []): Bench {
  const id = 'case3' as CaseId;
  const title = content('title', 'shared');
  const part = new Bench(whole.policy, report({ case: id }), whole.now);
  const data = [
    ...partOpened(
      { case: id, codename: 'wide-otter', title },
      whole.state,
      { ...certain(whole.state.reporters[0]), title },
      reported(whole.state),
    ),
    ...more,
  ];
  const by = certain(whole.log.at(-1)).by;
  part.log.splice(0, part.log.length, ...data.map((one, index): Event => ({ seq: index + 1, at: whole.now, by, v: 1, ...one })));
  part.state = replay(part.log);
  return part;
}

export const partStories = {
  '11-part-of-another-case': {
    policy: 'qemu-2026',
    tell() {
      const whole = new Bench(preset('qemu-2026'));
      const { anna, boris } = team(whole.policy);
      whole.do(anna, { kind: 'take-up-case' });
      const piece = certain(certain(whole.state.reporters[0]).report[0]).id;
      const redaction = 'redaction1' as RedactionId;
      const proposedBy = certain(boris.kind === 'person' ? boris.person : undefined);
      const part = splitOff(whole, [
        { kind: 'redaction-proposed', redaction, piece, span: null, why: 'tokens', destroys: false, proposedBy },
      ]);
      part.do(anna, { kind: 'decline-redaction', redaction });
      return part;
    },
  },
  '14-opened-with-the-last': {
    policy: 'qemu-2026',
    tell() {
      const whole = new Bench(preset('qemu-2026'));
      const { anna } = team(whole.policy);
      whole.do(anna, { kind: 'take-up-case' });
      const parts = [{ case: 'case3' as CaseId, codename: 'wide-otter', title: content('title') }];
      whole.do(anna, { kind: 'split-case', parts, title: content('title', 'shared'), reason: content(), stood: [] });
      const part = splitOff(whole);
      part.do(anna, { kind: 'take-up-case' });
      for (const bench of [part, whole]) bench.do(anna, { kind: 'decide-eligibility', verdict: 'out', rule: null, reason: content() });
      whole.tryBeside(processItself, { kind: 'update-relations' }, [part]);
      return whole;
    },
  },
};

// SPDX-License-Identifier: Apache-2.0
// The gates of access: a narrowed case lets nobody in by one word, and is widened by two.

import type { PersonId } from '../../src/core/model/identifiers.ts';
import { type Bench, content } from '../support/core.ts';
import type { GateCase } from './gate-cases.ts';
import { byAnna, byBoris, inState, scene } from './gate-cases.ts';

const people = ['anna', 'boris'] as PersonId[];
const narrowed = (bench: Bench) =>
  void bench.do(byAnna(bench), { kind: 'narrow-access', people: [...people, ...owner(bench)], reason: content() });
const owner = ({ state }: Bench) => (state.owner === null ? [] : [state.owner]);
const asked = (bench: Bench) => {
  narrowed(bench);
  bench.do(byAnna(bench), { kind: 'propose-widening', reason: content() });
};
const named = (bench: Bench) => {
  narrowed(bench);
  bench.do(byAnna(bench), { kind: 'name-reader', person: 'cleo' as PersonId, reason: content() });
};
const ownNaming = inState((state) => ({
  narrowed: state.narrowed && {
    ...state.narrowed,
    naming: { person: 'cleo' as PersonId, by: 'boris' as PersonId, at: state.marks.receipt as never },
  },
}));
const isNarrow = inState((state) => ({
  narrowed: { people, by: people[0] as PersonId, at: state.marks.receipt as never, wideningBy: null },
}));
const isWide = inState(() => ({ narrowed: null }));
const ownWord = inState((state) => ({ narrowed: state.narrowed && { ...state.narrowed, wideningBy: 'boris' as PersonId } }));

export const accessGateCases: readonly GateCase[] = [
  ...scene(
    { policy: 'libvirt', stage: 'confirmed', action: () => ({ kind: 'add-person', person: 'olga' as PersonId }), actor: byBoris },
    { not_narrowed: isNarrow },
  ),
  ...scene(
    {
      policy: 'libvirt',
      stage: 'confirmed',
      action: () => ({ kind: 'propose-widening', reason: content() }),
      actor: byBoris,
      before: narrowed,
    },
    { is_narrowed: isWide },
  ),
  ...scene(
    {
      policy: 'libvirt',
      stage: 'confirmed',
      action: () => ({ kind: 'name-reader', person: 'cleo' as PersonId, reason: content() }),
      actor: byBoris,
      before: named,
    },
    { is_narrowed: isWide, naming_second_person: ownNaming },
  ),
  ...scene(
    { policy: 'libvirt', stage: 'confirmed', action: () => ({ kind: 'widen-access' }), actor: byBoris, before: asked },
    { widening_second_person: ownWord },
  ),
];

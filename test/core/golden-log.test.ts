// SPDX-License-Identifier: Apache-2.0
// Logs that a release has written replay in every later one, to the same state (I13). They are never rewritten; a later release adds its own.

import assert from 'node:assert/strict';
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import type { CaseState } from '../../src/core/model/case.ts';
import type { EventKind } from '../../src/core/model/event.ts';
import { eventVersion } from '../../src/core/model/event.ts';
import { guarded } from '../../src/core/policy/access.ts';
import { deadlines } from '../../src/core/process/deadlines.ts';
import { replay } from '../../src/core/process/evolve.ts';
import type { StoredEvent } from '../../src/core/process/upcast.ts';
import { upcast } from '../../src/core/process/upcast.ts';
import { preset } from '../support/core.ts';
import { projectFolder } from '../support/policies.ts';
import { goldenStories } from './golden-stories.ts';

const folder = join(projectFolder, 'test', 'golden', 'log');
const release = `v${eventVersion}`;

/** Writes the logs of this release; done once, before it goes out. */
if (process.env['DAYLIGHT_WRITE_GOLDEN'] === 'log')
  for (const [name, { policy, tell }] of Object.entries(goldenStories)) {
    const place = join(folder, release, name);
    const { log, state } = tell();
    mkdirSync(place, { recursive: true });
    writeFileSync(join(place, 'events.jsonl'), log.map((event) => `${JSON.stringify(event)}\n`).join(''));
    writeFileSync(join(place, 'state.json'), `${JSON.stringify(state, null, 2)}\n`);
    writeFileSync(join(place, 'policy-name'), `${policy}\n`);
  }

interface Golden {
  readonly name: string;
  readonly policy: string;
  readonly stored: readonly StoredEvent[];
  readonly state: CaseState;
}

const goldens: readonly Golden[] = readdirSync(folder).flatMap((version) =>
  readdirSync(join(folder, version)).map((name) => {
    const text = (file: string) => readFileSync(join(folder, version, name, file), 'utf8');
    const lines = text('events.jsonl').split('\n').filter(Boolean);
    return {
      name: `${version}/${name}`,
      policy: text('policy-name').trim(),
      stored: lines.map((line) => JSON.parse(line) as StoredEvent),
      state: JSON.parse(text('state.json')) as CaseState,
    };
  }),
);

/** What a later release knows beside it is left out; a list has what it had, and no more. */
function asWritten(now: unknown, then: unknown): unknown {
  if (Array.isArray(now) && Array.isArray(then)) return now.map((one, at) => asWritten(one, then[at]));
  if (typeof now !== 'object' || now === null || typeof then !== 'object' || then === null || Array.isArray(now)) return now;
  const known = then as Readonly<Record<string, unknown>>;
  return Object.fromEntries(Object.entries(now).flatMap(([key, value]) => (key in known ? [[key, asWritten(value, known[key])]] : [])));
}

for (const { name, policy, stored, state } of goldens)
  test(`I13 the log ${name} replays to the state that it had`, () => {
    const replayed = replay(stored.map(upcast));
    assert.deepStrictEqual(asWritten(replayed, state), state);
    assert.equal(replayed.version, stored.length);
    assert.ok(Array.isArray(deadlines(replayed, preset(policy))), 'its clocks can be read');
    assert.equal(guarded(replayed, preset(policy)).case, state.case);
  });

/** Every kind there is, so that the compiler asks for a new one here. */
const kinds = {
  'report-submitted': true,
  'advisory-imported': true,
  'import-completed': true,
  'report-released': true,
  'report-discarded': true,
  'report-acknowledged': true,
  'person-added': true,
  'person-removed': true,
  'owner-assigned': true,
  'case-taken-up': true,
  'eligibility-decided': true,
  'flaw-confirmed': true,
  'flaw-dismissed': true,
  'severity-assessed': true,
  'fact-recorded': true,
  'embargo-proposed': true,
  'embargo-agreed': true,
  'embargo-refused': true,
  'embargo-activated': true,
  'embargo-moved': true,
  'embargo-exited': true,
  'bundle-proposed': true,
  'bundle-agreed': true,
  'fixing-started': true,
  'fix-completed': true,
  'fix-reopened': true,
  'branch-judged': true,
  'patch-added': true,
  'patch-checked': true,
  'patch-approved': true,
  'patch-posted': true,
  'fix-merged': true,
  'fix-released': true,
  'cve-required': true,
  'cve-not-required': true,
  'cve-waived': true,
  'cve-requested': true,
  'cve-assigned': true,
  'impact-described': true,
  'impact-approved': true,
  'advisory-numbered': true,
  'advisory-written': true,
  'advisory-submitted': true,
  'advisory-approved': true,
  'advisory-returned': true,
  'credit-decided': true,
  'on-call-agreed': true,
  'release-approved': true,
  'release-stopped': true,
  'publication-prepared': true,
  'publication-timed': true,
  'documents-signed': true,
  'disclosure-begun': true,
  'case-opened': true,
  'channel-confirmed': true,
  'case-disclosed': true,
  'case-closed': true,
  'message-sent': true,
  'message-withdrawn': true,
  'message-received': true,
  'note-added': true,
  'duplicate-marked': true,
  'target-followed': true,
  'duplicate-undone': true,
  'report-attached': true,
  'report-detached': true,
  'relations-updated': true,
  'rediscovery-asked': true,
  'rediscovery-answered': true,
  'case-split': true,
  'case-split-off': true,
  'title-given': true,
  'report-shared': true,
  'shared-opened': true,
  'flaw-added': true,
  'flaw-dropped': true,
  'component-added': true,
  'component-assigned': true,
  'component-finished': true,
  'component-dropped': true,
  'content-classified': true,
  'redaction-proposed': true,
  'redaction-approved': true,
  'redaction-declined': true,
  'finding-kept': true,
  'proof-decided': true,
  'proofs-opened': true,
  'opening-agreed': true,
  'deviation-recorded': true,
  'policy-migrated': true,
  'reminder-due': true,
  'embargo-kept': true,
  'party-screened': true,
  'party-notified': true,
  'notice-recorded': true,
  'answer-recorded': true,
  'party-written-to': true,
  'party-message-withdrawn': true,
  'party-wrote': true,
  'terms-accepted': true,
  'notice-acknowledged': true,
  'party-ready': true,
  'party-proposed': true,
  'rules-acknowledged': true,
  'agents-decided': true,
  'vendors-asked': true,
  'readiness-said': true,
  'objection-raised': true,
  'party-left': true,
  'duty-done': true,
  'forwarding-answered': true,
  'report-forwarded': true,
  'withdrawal-asked': true,
  'withdrawal-declined': true,
  'report-withdrawn': true,
  'branch-listed': true,
  'branch-ended': true,
  'branch-retired': true,
  'cve-refused': true,
  'cve-record-published': true,
  'cve-rejected': true,
  'cve-disputed': true,
  'case-reopened': true,
  'embargo-end-proposed': true,
  'unfixed-proposed': true,
  'unfixed-announced': true,
  'unfixed-called-off': true,
  'unfixed-published': true,
  'correction-begun': true,
  'version-published': true,
  'eligibility-proposed': true,
  'answers-corrected': true,
  'class-set': true,
  'credit-requested': true,
  'contributor-credited': true,
  'access-narrowed': true,
  'reader-proposed': true,
  'reader-named': true,
  'widening-proposed': true,
  'access-widened': true,
  'test-recorded': true,
  'backport-judged': true,
  'report-filed': true,
} as const satisfies Record<EventKind, true>;

test('I13 the golden logs of this release have every kind of event', () => {
  const told = new Set(
    goldens.filter(({ name }) => name.startsWith(`${release}/`)).flatMap(({ stored }) => stored.map((event) => event.kind)),
  );
  assert.deepEqual(
    Object.keys(kinds).filter((kind) => !told.has(kind)),
    [],
  );
});

test('I13 a log with a gap, without a beginning, or of a release to come is refused', () => {
  const [{ stored } = { stored: [] }] = goldens;
  const events = stored.map(upcast);
  assert.throws(() => replay(events.filter((event) => event.seq !== 3)), /event 4 follows 2/);
  assert.throws(() => replay(events.slice(1)), /begins with report-submitted/);
  assert.throws(() => replay([]), /empty log/);
  assert.throws(() => upcast({ ...(stored[0] as StoredEvent), v: eventVersion + 1 }), /version 2/);
});

test('the stories from which the next release makes its logs still have every kind of event', () => {
  const told = new Set(Object.values(goldenStories).flatMap(({ tell }) => tell().log.map((event) => event.kind)));
  assert.deepEqual(
    Object.keys(kinds).filter((kind) => !told.has(kind as EventKind)),
    [],
  );
});

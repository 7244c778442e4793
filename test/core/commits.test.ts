// SPDX-License-Identifier: Apache-2.0
// The lint of commits, from patch files as git writes them: where the number and the issue must stand, sign-off, trailers, and what closes.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { lintCommits, passes, trailerNames } from '../../src/core/commits/lint.ts';
import { commitsIn, factsOf } from '../../src/core/commits/series.ts';
import type { Commits } from '../../src/core/policy/embargo-rules.ts';
import { preset } from '../support/core.ts';
import { certain, number } from './journey.ts';

const issue = 'https://security.example.org/qemu/cases/7k2m';
const signed = 'Signed-off-by: Mei <mei@qemu.example>';
const numbered = `Fixes: ${number}`;

/** A series as `git format-patch --stdout` writes it, a message for each commit. */
function series(...messages: readonly (readonly string[])[]): string {
  return messages
    .map((lines, index) =>
      [
        `From ${String(index + 1)
          .repeat(40)
          .slice(0, 40)} Mon Sep 17 00:00:00 2001`,
        'From: Mei <mei@qemu.example>',
        'Date: Mon, 2 Nov 2026 09:00:00 +0000',
        `Subject: [PATCH ${index + 1}/${messages.length}] hw/virtio: bound the`,
        ' descriptor index',
        '',
        ...lines,
        '---',
        ' hw/virtio/ring.c | 2 +-',
        '',
        'diff --git a/hw/virtio/ring.c b/hw/virtio/ring.c',
        '--- a/hw/virtio/ring.c',
        '+++ b/hw/virtio/ring.c',
        '@@ -1 +1 @@',
        '-a',
        '+b',
        '-- ',
        '2.50.1',
        '',
      ].join('\n'),
    )
    .join('\n');
}

function linted(rules: Partial<Commits>, text: string) {
  const all: Commits = { ...preset('minimal').commits, cve: null, issueUrl: null, trailers: [], placedBefore: [], ...rules };
  const facts = commitsIn(text).map((commit) => factsOf(commit, issue, trailerNames(all)));
  return lintCommits(facts, all, { numbers: [number], issue });
}

const said = (findings: ReturnType<typeof linted>) => findings.map(({ level, commit, sentence }) => `${level} ${commit}: ${sentence}`);

test('QEMU-39 the number in the last commit only passes, in all passes, in the first only fails', () => {
  const rules = { cve: 'last_commit' } as const;
  assert.deepEqual(linted(rules, series([signed], [numbered, signed])), []);
  assert.deepEqual(linted(rules, series([numbered, signed], [numbered, signed])), []);
  assert.deepEqual(said(linted(rules, series([numbered, signed], [signed]))), [`fails 2: ${number} is missing.`]);
  assert.deepEqual(said(linted({ cve: 'all_commits' }, series([signed], [numbered, signed]))), [`fails 1: ${number} is missing.`]);
  assert.deepEqual(linted({}, series([signed], [signed])), [], 'a policy that asks for none gets none');
});

test('QEMU-35 the address of the issue stands in all commits, in the last, or nowhere, as the policy says', () => {
  const resolves = `Resolves: ${issue}`;
  const first = series([resolves, signed], [signed]);
  const last = series([signed], [resolves, signed]);
  const all = series([resolves, signed], [resolves, signed]);
  const none = series([signed], [signed]);
  const table = [
    ['all_commits', all, true],
    ['all_commits', first, false],
    ['all_commits', last, false],
    ['all_commits', none, false],
    ['last_commit', all, true],
    ['last_commit', first, false],
    ['last_commit', last, true],
    ['last_commit', none, false],
    [null, all, true],
    [null, none, true],
  ] as const;
  for (const [issueUrl, text, holds] of table)
    assert.equal(passes(linted({ issueUrl }, text)), holds, `${issueUrl}: ${JSON.stringify(linted({ issueUrl }, text))}`);
  assert.deepEqual(said(linted({ issueUrl: 'all_commits' }, last)), [`fails 1: The address of the issue is missing: ${issue}`]);
  assert.equal(passes(linted({ issueUrl: 'last_commit' }, series([`Resolves: ${issue}9`, signed]))), false, 'of another issue');
});

test('QEMU-45 a bare address passes, with the warning that nothing will close automatically', () => {
  const bare = linted({ issueUrl: 'last_commit' }, series([`See ${issue} for the report.`, signed]));
  assert.deepEqual(
    bare.map(({ level }) => level),
    ['warns'],
  );
  assert.match(bare[0]?.sentence ?? '', /nothing will close automatically/);
  for (const word of ['Closes', 'closes', 'Fixed', 'Resolves:', 'Implements'])
    assert.deepEqual(linted({ issueUrl: 'last_commit' }, series([`${word} ${issue}`, signed])), [], word);
  assert.deepEqual(linted({ issueUrl: 'last_commit' }, series([`This does not prefix ${issue}`, signed])).length, 1, 'no closing word');
});

test('QEMU-M7 the trailers of the preset stand in the last commit, above those that follow them', () => {
  const { commits } = preset('qemu-2026');
  const lines = [numbered, `Resolves: ${issue}`];
  assert.deepEqual(linted(commits, series([signed], [...lines, 'Reviewed-by: Jon <jon@qemu.example>', signed])), []);
  assert.deepEqual(said(linted(commits, series([`Resolves: ${issue}`, `See ${number}.`, signed]))), [
    `fails 1: This line is missing: ${numbered}`,
  ]);
  const below = linted(commits, series(['Reviewed-by: Jon <jon@qemu.example>', signed, ...lines]));
  assert.ok(below.length > 0 && passes(below), JSON.stringify(below));
});

test('QEMU-26 every commit is signed off, a cover letter is no commit, and a bare diff has no message', () => {
  assert.deepEqual(said(linted({}, series([signed], ['No sign-off here.']))), ['fails 2: Signed-off-by is missing.']);
  const cover = series([signed]).replace('Subject: [PATCH 1/1]', 'Subject: [PATCH 1/1]');
  const letter = [`From ${'9'.repeat(40)} Mon Sep 17 00:00:00 2001`, 'Subject: [PATCH 0/1] Bound the ring', '', 'Words.', '', ''].join(
    '\n',
  );
  assert.equal(commitsIn(letter + cover).length, 1);
  assert.equal(certain(commitsIn(cover)[0]).subject, 'hw/virtio: bound the descriptor index');
  const diff = 'diff --git a/a b/a\n--- a/a\n+++ b/a\n@@ -1 +1 @@\n-a\n+Signed-off-by: Mei <mei@qemu.example>\n';
  assert.deepEqual(commitsIn(diff), []);
  assert.equal(passes(linted({}, diff)), false);
});

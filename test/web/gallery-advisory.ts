// SPDX-License-Identifier: Apache-2.0
// The gallery's pages of the advisory and of the severity: empty, written with findings, looked at with proposals of the repository, read by one who does not write.

import { scoreOfMetrics, scoreOfVector } from '../../src/app/score.ts';
import type { CaseView } from '../../src/app/views.ts';
import type { ContentRef } from '../../src/core/model/content.ts';
import { line } from '../../src/core/model/prose.ts';
import { instant } from '../../src/core/model/time.ts';
import { emptyReference } from '../../src/web/advisory-form.ts';
import type { Frame } from '../../src/web/frame.ts';
import { AdvisoryEditorPage, type AdvisoryEditorPageProps } from '../../src/web/pages/advisory-editor.tsx';
import { SeverityPage } from '../../src/web/pages/severity.tsx';
import type { Make, Specimen } from './specimen.ts';
import { anna, mei, type Twist } from './story.ts';

type Views = Readonly<Record<'held' | 'review' | 'read', CaseView>>;

export function advisoryPages(specimen: Make, frame: Frame, { held, review, read }: Views, twist: Twist): readonly Specimen[] {
  const nothing: AdvisoryEditorPageProps = {
    frame,
    view: held,
    values: { texts: {}, noWorkaround: false, products: [], references: [] },
    basedOn: held.state.version,
    problems: [],
    looked: false,
    documents: ['Text', 'HTML'].map((label) => ({ format: label.toLowerCase(), label, text: null, says: 'Nothing is written yet.' })),
    remarks: [],
    besides: new Map(),
    open: [],
    desk: { saved: [], writers: new Map(), base: null, changes: [], lines: [] },
    proposed: null,
    done: null,
  };
  const written: AdvisoryEditorPageProps = { ...nothing, ...whatIsWritten(twist), view: review, basedOn: review.state.version };
  const scale = { frame, view: held, basedOn: held.state.version, schemes: ['cvss_3.1', 'cvss_4.0', 'cvss_2.0'] as const };
  const mark = '[E] ';
  return [
    specimen('advisory-new', mark, AdvisoryEditorPage(nothing)),
    specimen('advisory-new-asked', mark, AdvisoryEditorPage({ ...nothing, looked: true, proposed: { histories: [], proposals: [] } })),
    specimen(
      'advisory',
      mark,
      AdvisoryEditorPage({
        ...written,
        problems: [
          { field: 'impact', sentence: twist('Say what an attacker gains.') },
          { field: 'products.0.branches.0.fixedBy.0', sentence: twist('Expected one line of text.') },
        ],
        done: 'write-advisory',
      }),
    ),
    specimen('advisory-looked', mark, AdvisoryEditorPage({ ...written, looked: true, proposed: proposals(twist) })),
    specimen('advisory-read', mark, AdvisoryEditorPage({ ...written, view: read })),
    specimen(
      'severity',
      mark,
      SeverityPage({
        ...scale,
        score: scoreOfVector('CVSS:3.1/AV:N/AC:L/PR:L/UI:N/S:U/C:N/I:N/A:H', 'cvss_3.1'),
        values: { level: 'low', cwes: [twist('CWE-476')], ssvc: '' },
        problems: [{ field: 'vector', sentence: 'The metrics and the vector say different things.' }],
        weaknessNames: new Map([[twist('CWE-476'), 'CWE-476 NULL Pointer Dereference']]),
      }),
    ),
    specimen(
      'severity-new',
      mark,
      SeverityPage({
        ...scale,
        score: scoreOfMetrics('cvss_4.0', { AV: 'N' }),
        values: { level: '', cwes: [], ssvc: '' },
        problems: [],
        weaknessNames: new Map(),
      }),
    ),
  ];
}

function whatIsWritten(twist: Twist): Pick<AdvisoryEditorPageProps, 'values' | 'documents' | 'remarks' | 'besides' | 'open' | 'desk'> {
  const content: ContentRef = { id: 'c-0' as ContentRef['id'], kind: 'advisory', audience: 'team', hash: '0'.repeat(64) };
  const by = (person: typeof mei) => ({ kind: 'person', person: person.person, proof: 'demo_link' }) as const;
  const first = { version: 1, at: instant('2026-11-18T09:00Z'), by: by(anna), content, submitted: true, approved: false, published: null };
  const second = { ...first, version: 2, at: instant('2026-11-19T10:00Z'), by: by(mei) };
  return {
    values: {
      texts: {
        title: twist('A read-only client can stop the daemon'),
        summary: twist('Asking for a pool stops the daemon.'),
        conditions: twist('You run libharbour 3.10 to 5.10.\n\nSomeone you do not trust may open a read-only connection.'),
      },
      noWorkaround: false,
      products: [
        {
          name: twist('harbour'),
          repository: twist('https://git.harbour.example/harbour'),
          component: twist('storage'),
          prose: '',
          branches: [
            {
              name: twist('main'),
              status: 'fixed',
              introducedBy: twist('5d5c732d748d'),
              fixedBy: twist('dfff16a7c261'),
              vulnerableTags: 'v3.10.0',
              fixedTags: 'v6.0.0',
            },
          ],
        },
      ],
      references: [{ ...emptyReference, url: twist('https://git.harbour.example/c/dfff16a7c261'), title: twist('the fix') }],
    },
    documents: [
      {
        format: 'text',
        label: 'Text',
        text: twist('HARBOUR SECURITY NOTICE\n=======================\n\nYou are affected if …'),
        says: twist('HSN-2026-0007.txt · 2104 bytes · its signature will stand inside'),
      },
      { format: 'csaf', label: 'CSAF security advisory', text: twist('{\n  "document": {}\n}'), says: twist('HSN-2026-0007.csaf.json') },
      { format: 'osv', label: 'OSV', text: null, says: twist('Not published: expected full hashes of commits.') },
    ],
    remarks: [
      {
        level: 'error',
        id: 'advisory-products-0-branches-0-fixedBy',
        label: twist('harbour, main: Fixed by'),
        sentence: twist('OSV: expected full hashes of commits (affected[0].ranges[0].events; schema).'),
      },
      { level: 'warning', id: 'fact-severity', label: 'Severity', sentence: twist('CSAF security advisory: a score without a reason.') },
      { level: 'note', id: null, label: null, sentence: twist('CSAF security advisory: a remark that no field causes.') },
      { level: 'loss', id: 'advisory-conditions', label: 'Am I affected?', sentence: twist('OSV: OSV has no place for it.') },
    ],
    besides: new Map([
      ['title', { written: twist('mei, version 2, 2026-11-19 10:00 UTC'), remarks: [] }],
      ['conditions', { written: null, remarks: [{ level: 'loss', sentence: twist('Not carried whole by OSV, CVE record.') }] }],
      [
        'products.0.branches.0.fixedBy',
        { written: twist('anna'), remarks: [{ level: 'error', sentence: twist('OSV: expected full hashes.') }] },
      ],
    ]),
    open: [twist('No hour of publication is agreed: the documents carry this minute, and will carry that of the release.')],
    desk: {
      saved: [first, second],
      writers: new Map(),
      base: first,
      changes: [
        {
          key: 'title',
          place: 'title',
          of: [],
          name: 'title',
          label: 'Title',
          was: 'A client can stop the daemon',
          is: 'A read-only client can stop the daemon',
          words: [
            { kind: 'same', text: twist('A ') },
            { kind: 'gone', text: twist('malicious ') },
            { kind: 'new', text: twist('read-only ') },
            { kind: 'same', text: twist('client can stop the daemon') },
          ],
        },
        {
          key: 'n',
          place: 'notes',
          of: [],
          name: 'notes',
          label: 'Notes',
          was: twist('none'),
          is: null,
          words: [{ kind: 'gone', text: twist('None.') }],
        },
      ],
      lines: [
        { kind: 'same', text: twist('HARBOUR SECURITY NOTICE') },
        { kind: 'gone', text: twist('A malicious client can stop the daemon') },
        { kind: 'new', text: twist('A read-only client can stop the daemon') },
      ],
    },
  };
}

function proposals(twist: Twist): AdvisoryEditorPageProps['proposed'] {
  const said = (text: string) => line(twist(text)) ?? line('x') ?? ('' as never);
  const typed = { name: said('main'), status: 'fixed', fixedBy: [said('dfff16a7c261')] } as const;
  const whole = {
    ...typed,
    fixedBy: [said('dfff16a7c2610b7d5a0e3f4c9d8b7a6f5e4d3c2b')],
    vulnerableTags: [said('v3.10.0'), said('v5.10.0')],
  };
  return {
    histories: [{ kind: 'found', branches: [], unknown: [twist('5d5c732d748d')], named: [twist('5d5c732d748d')] }],
    proposals: [
      { product: 0, branch: whole, typed },
      { product: 0, branch: { ...whole, name: said('v5.0-maint'), status: 'affected' }, typed: undefined },
    ],
  };
}

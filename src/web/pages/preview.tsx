// SPDX-License-Identifier: Apache-2.0
// This is what the world will read: the record as it would be opened now, what was found in it, and what the hard cap would open.

import type { OpenFinding } from '../../app/findings.ts';
import type { Preview } from '../../app/preview.ts';
import { piecesOf } from '../../core/model/pieces.ts';
import { Layout } from '../components/layout.tsx';
import { Notice } from '../components/notice.tsx';
import { Head, Part } from '../components/part.tsx';
import { Post } from '../components/post.tsx';
import type { Frame } from '../frame.ts';
import { below, pathsOf } from '../paths.ts';
import { nameOfPiece } from '../piece-options.ts';
import { standingOf } from '../standing.ts';
import { count } from '../words.ts';
import { RecordBody } from './record-body.tsx';

export interface PreviewPageProps {
  readonly frame: Frame;
  readonly preview: Preview;
}

export function PreviewPage({ frame, preview }: PreviewPageProps) {
  const { inside, published, atCap, findings } = preview;
  const { state } = inside;
  const open = findings.filter((one) => one.status === 'open').length;
  const base = pathsOf(frame.project.id).case(state.case);
  return (
    <Layout frame={frame} title={state.codename} band={{ standing: standingOf(state, inside.now), remark: 'Preview, for those inside' }}>
      <Head
        title="This is what the world will read"
        lead="Made by what serves the public page, with the texts of this moment. Nothing here is open yet unless the case is."
        eyebrow={[state.codename, <a href={base}>back to the case</a>]}
      />
      {open === 0 ? null : (
        <Notice title={`${count(open, 'thing', 'things')} to look at before it is opened`} icon="alert">
          <p>Each looks like something that its writer may not have meant to publish. Strike it out, or keep it and say why.</p>
        </Notice>
      )}
      {findings.length === 0 ? null : (
        <Part title="Found" count={findings.length} remark="looked through: every text, and files up to 1 MB" id="found">
          <ul class="checks is-plain">
            {findings.map((one) => (
              <Found frame={frame} preview={preview} finding={one} />
            ))}
          </ul>
        </Part>
      )}
      {atCap === null ? null : (
        <Part title="At the hard cap" remark="if nothing else is out by then: this, and no more">
          <RecordBody project={frame.project.id} view={atCap} />
        </Part>
      )}
      <Part title="When it is published" remark={published.title ?? state.codename}>
        <RecordBody project={frame.project.id} view={published} />
      </Part>
    </Layout>
  );
}

const settled = { proposed: 'proposed to be struck out; a second person approves it', kept: 'left as it stands', open: '' } as const;

function Found({ frame, preview, finding }: PreviewPageProps & { readonly finding: OpenFinding }) {
  const { inside } = preview;
  const piece = piecesOf(inside.log).find(({ id }) => id === finding.piece);
  const may = inside.possibilities.some((one) => one.action === 'propose-redaction');
  return (
    <li>
      <div>
        {finding.sentence} {finding.passage === null ? null : <bdi class="id">{finding.passage.slice(0, 80)}</bdi>}
        <small>
          {piece === undefined ? 'A text' : nameOfPiece(inside, piece)}
          {finding.line === null ? '' : `, line ${finding.line}`}
          {finding.status === 'open' ? '' : `; ${settled[finding.status]}`}
        </small>
        {finding.status === 'open' && may ? (
          <>
            <Propose frame={frame} preview={preview} finding={finding} />
            <Keep frame={frame} preview={preview} finding={finding} />
          </>
        ) : null}
      </div>
    </li>
  );
}

function Propose({ frame, preview, finding }: PreviewPageProps & { readonly finding: OpenFinding }) {
  const { state } = preview.inside;
  const action = below.action(pathsOf(frame.project.id).case(state.case), 'propose-redaction');
  return (
    <Post frame={frame} action={action} version={state.version}>
      <Where finding={finding} />
      <input type="hidden" name="why" value={finding.why} />
      <button class="button is-small" type="submit">
        {finding.span === null ? 'Propose to strike out the file' : 'Propose to strike it out'}
      </button>
    </Post>
  );
}

function Keep({ frame, preview, finding }: PreviewPageProps & { readonly finding: OpenFinding }) {
  const { state } = preview.inside;
  const action = below.action(pathsOf(frame.project.id).case(state.case), 'keep-finding');
  const id = `keep-${finding.piece}-${finding.line ?? 0}-${finding.span?.[0] ?? 0}`;
  return (
    <Post frame={frame} action={action} version={state.version}>
      <Where finding={finding} />
      <label for={id}>Why it may be read</label>
      <input class="input is-short" id={id} name="reason" required />
      <button class="button is-small" type="submit">
        {finding.span === null ? 'Keep the file as it is' : 'Keep it as it stands'}
      </button>
    </Post>
  );
}

function Where({ finding: { piece, span } }: { readonly finding: OpenFinding }) {
  return (
    <>
      <input type="hidden" name="piece" value={piece} />
      {span === null ? null : (
        <>
          <input type="hidden" name="from" value={span[0]} />
          <input type="hidden" name="to" value={span[1]} />
        </>
      )}
    </>
  );
}

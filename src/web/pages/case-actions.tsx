// SPDX-License-Identifier: Apache-2.0
// All that the reader can do in a case, by what it concerns; what cannot be taken back stands apart.

import type { CaseView } from '../../app/views.ts';
import type { ActionKind } from '../../core/model/action.ts';
import { nextStep, offered } from '../../core/process/next-step.ts';
import type { Possibility } from '../../core/process/possibilities.ts';
import { rowOf } from '../../core/process/table.ts';
import { ActionFold } from '../components/action-form.tsx';
import { Icon } from '../components/icon.tsx';
import { Part } from '../components/part.tsx';
import type { Filled } from '../fields.ts';
import { forms } from '../forms.ts';
import type { Frame } from '../frame.ts';
import { below, pathsOf } from '../paths.ts';

export interface ActionsProps {
  readonly frame: Frame;
  readonly view: CaseView;
  readonly returned: { readonly action: ActionKind; readonly filled: Filled } | null;
}

const groups: readonly { readonly title: string; readonly kinds: readonly ActionKind[] }[] = [
  {
    title: 'Triage',
    kinds: [
      'release-report',
      'take-up-case',
      'correct-answers',
      'confirm-flaw',
      'assess-severity',
      'assign-owner',
      'migrate-policy',
      'record-fact',
      'record-forwarding',
      'close-case',
      'reopen-case',
    ],
  },
  {
    title: 'Other reports, flaws and components',
    kinds: [
      'mark-duplicate',
      'undo-duplicate',
      'answer-rediscovery',
      'add-flaw',
      'drop-flaw',
      'add-component',
      'assign-component',
      'finish-component',
      'drop-component',
    ],
  },
  {
    title: 'Access',
    kinds: ['add-person', 'decide-agents', 'remove-person', 'narrow-access', 'name-reader', 'propose-widening', 'widen-access'],
  },
  { title: 'Embargo', kinds: ['propose-embargo', 'agree-embargo', 'refuse-embargo', 'keep-embargo', 'propose-bundle', 'agree-bundle'] },
  {
    title: 'Parties',
    kinds: ['propose-party', 'acknowledge-rules', 'screen-party', 'record-answer', 'say-ready', 'remove-party', 'record-duty'],
  },
  {
    title: 'Fix',
    kinds: [
      'start-fixing',
      'judge-branch',
      'end-branch',
      'add-patch',
      'record-test',
      'approve-patch',
      'judge-backport',
      'record-merge',
      'record-release',
    ],
  },
  {
    title: 'Numbers and impact',
    kinds: [
      'request-cve',
      'record-cve-refusal',
      'record-cve',
      'record-cve-publication',
      'dispute-cve',
      'reject-cve',
      'waive-cve',
      'describe-impact',
      'approve-impact',
    ],
  },
  {
    title: 'Advisory and credit',
    kinds: [
      'write-advisory',
      'correct-advisory',
      'submit-advisory',
      'approve-advisory',
      'return-advisory',
      'decide-credit',
      'decide-own-credit',
    ],
  },
  { title: 'Record', kinds: ['classify-content', 'keep-finding', 'propose-redaction', 'approve-redaction', 'decline-redaction'] },
  {
    title: 'Release',
    kinds: ['go-on-call', 'approve-release', 'stop-release', 'confirm-channel', 'announce-unfixed', 'call-off-unfixed', 'record-filing'],
  },
];

const placed: ReadonlySet<ActionKind> = new Set(groups.flatMap(({ kinds }) => kinds));

export function Actions(props: ActionsProps) {
  const possible = offered(props.view).filter((one) => forms[one.action] !== null || one.action === 'write-advisory');
  const kept = possible.filter((one) => rowOf(one.action).irreversible !== true);
  const final = possible.filter((one) => rowOf(one.action).irreversible === true);
  if (possible.length === 0) return null;
  return (
    <Part title="What you can do" id="actions">
      <div class="deeds">
        {groups.map(({ title, kinds }) => (
          <Group {...props} title={title} possible={kept.filter((one) => kinds.includes(one.action))} />
        ))}
        <Group {...props} title="Else" possible={kept.filter((one) => !placed.has(one.action))} />
      </div>
      {final.length === 0 ? null : (
        <>
          <p class="point">
            <Icon name="alert" /> These cannot be taken back
          </p>
          <div class="deeds is-final">
            <Folds {...props} possible={final} />
          </div>
        </>
      )}
    </Part>
  );
}

type FoldsProps = ActionsProps & { readonly possible: readonly Possibility[] };

function Group({ title, ...props }: FoldsProps & { readonly title: string }) {
  if (props.possible.length === 0) return null;
  return (
    <div class="deed-group">
      <h3 class="label">{title}</h3>
      <Folds {...props} />
    </div>
  );
}

function Folds({ frame, view, returned, possible }: FoldsProps) {
  const base = pathsOf(frame.project.id).case(view.state.case);
  const next = nextStep(view);
  return (
    <>
      {possible.map((possibility) => {
        const back = returned?.action === possibility.action ? returned.filled : undefined;
        if (possibility.action === 'write-advisory') return <EditorLink base={base} />;
        return (
          <ActionFold
            frame={frame}
            view={view}
            base={base}
            possibility={possibility}
            open={back !== undefined || (possibility.action === next && asks(possibility.action, view))}
            {...(back === undefined ? {} : { filled: back })}
          />
        );
      })}
    </>
  );
}

/** A step without questions is taken on top of the page; its fold stays closed. */
function asks(kind: ActionKind, view: CaseView): boolean {
  return rowOf(kind).irreversible === true || (forms[kind]?.(view).fields.length ?? 0) > 0;
}

/** The advisory has a page of its own. */
function EditorLink({ base }: { readonly base: string }) {
  return (
    <p class="deed">
      <a href={below.advisory(base)}>Write the advisory</a>
    </p>
  );
}

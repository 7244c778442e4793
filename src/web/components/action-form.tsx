// SPDX-License-Identifier: Apache-2.0
// An action as a form behind its label. Where a gate is not met, the form says what is missing and has no button.

import type { CaseView } from '../../app/views.ts';
import type { Possibility } from '../../core/process/possibilities.ts';
import { rowOf } from '../../core/process/table.ts';
import { type Field, type Filled, untouched } from '../fields.ts';
import { confirmation, deviationField, forms } from '../forms.ts';
import type { Frame } from '../frame.ts';
import { below } from '../paths.ts';
import { Fields } from './field.tsx';
import { Gates } from './notice.tsx';
import { Changes } from './policy-look.tsx';
import { Post } from './post.tsx';
import { Said } from './said.tsx';

export interface ActionFormProps {
  readonly frame: Frame;
  readonly view: CaseView;
  /** Address of the case page, to which the action's name is added. */
  readonly base: string;
  readonly possibility: Possibility;
  /** Shown open: it is the next step, or it came back with something to mend. */
  readonly open: boolean;
  readonly filled?: Filled;
}

/** The form in a fold, as the case page lists them. */
export function ActionFold(props: ActionFormProps) {
  const { possibility, open } = props;
  const row = rowOf(possibility.action);
  const missing = possibility.unmet.filter((gate) => gate.strength === 'must').length;
  return (
    <details class="deed" open={open}>
      <summary>
        {row.label}
        {missing === 0 ? null : <span class="label"> · {missing === 1 ? 'one thing is missing' : `${missing} things are missing`}</span>}
      </summary>
      <ActionBody {...props} />
    </details>
  );
}

export function ActionBody({ frame, view, base, possibility, filled }: ActionFormProps) {
  const { action } = possibility;
  const form = forms[action]?.(view);
  if (form === undefined) return null;
  const row = rowOf(action);
  const unmet = possibility.unmet;
  const musts = unmet.filter((gate) => gate.strength === 'must');
  const shoulds = unmet.filter((gate) => gate.strength === 'should');
  const id = `do-${action}`;
  if (musts.length > 0)
    return (
      <div id={id} class="stack">
        <p>Not possible yet:</p>
        <Gates unmet={unmet} />
      </div>
    );
  const fields: readonly Field[] = [
    ...form.fields,
    ...(shoulds.length > 0 ? [deviationField] : []),
    ...(row.irreversible === true ? [confirmation(view.state.codename)] : []),
  ];
  return (
    <Post
      frame={frame}
      action={below.action(base, action)}
      version={view.state.version}
      look="form stack"
      id={id}
      files={fields.some((field) => field.kind === 'file')}
    >
      {form.says === undefined ? null : <p>{form.says}</p>}
      {form.changes === undefined ? null : <Changes changes={form.changes} />}
      {(form.reads ?? []).map(({ to, text }) => (
        <figure class="stack">
          <figcaption>{to}</figcaption>
          <Said text={text} />
        </figure>
      ))}
      {shoulds.length > 0 ? <Gates unmet={shoulds} /> : null}
      <Fields form={id} fields={fields} filled={filled ?? untouched} />
      <p class="actions">
        <button class={row.irreversible === true ? 'button is-danger' : 'button'} type="submit">
          {row.label}
        </button>
      </p>
    </Post>
  );
}

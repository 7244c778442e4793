// SPDX-License-Identifier: Apache-2.0
// Form fields: label, help, error, input, in this order; and the summary of what is wrong, with a link to each field (GOV.UK pattern).

import type { Child } from 'hono/jsx';
import { type Field, type Filled, fieldId, type Option, type Problem } from '../fields.ts';
import { Icon } from './icon.tsx';

export interface FieldsProps {
  /** Name of the form on its page; ids begin with it. */
  readonly form: string;
  readonly fields: readonly Field[];
  readonly filled: Filled;
  /** What else is said of a field, between its help and its input; it is read out with the input. */
  readonly beside?: (name: string) => Child;
}

export function Fields({ form, fields, filled, beside }: FieldsProps) {
  return (
    <>
      {fields.map((field) => (
        <FieldRow
          id={fieldId(form, field.name)}
          field={field}
          value={filled.values[field.name] ?? field.stands}
          error={filled.problems.find((problem) => problem.field === field.name)?.sentence}
          beside={beside?.(field.name)}
        />
      ))}
    </>
  );
}

export function ErrorSummary({ form, problems }: { readonly form: string; readonly problems: readonly Problem[] }) {
  if (problems.length === 0) return null;
  return (
    <section class="notice is-danger" role="alert" aria-labelledby={`${form}-problems`}>
      <h2 id={`${form}-problems`}>
        <Icon name="alert" /> {problems.length === 1 ? 'One thing to mend' : `${problems.length} things to mend`}
      </h2>
      <ul>
        {problems.map(({ field, sentence }) => (
          <li>
            <a href={`#${fieldId(form, field)}`}>{sentence}</a>
          </li>
        ))}
      </ul>
    </section>
  );
}

interface RowProps {
  readonly id: string;
  readonly field: Field;
  readonly value: string | undefined;
  readonly error: string | undefined;
  readonly beside?: Child;
}

function FieldRow(row: RowProps) {
  const { field, error } = row;
  const look = error === undefined ? 'field' : 'field has-error';
  if (field.kind === 'tick')
    return (
      <div class={look}>
        <Notes row={row} helpBelow />
        <Tick {...row} />
      </div>
    );
  if (field.kind === 'choice' || field.kind === 'many')
    return (
      <fieldset class={look} id={row.id} tabindex={-1} {...described(row)}>
        <legend>
          {field.label}
          <Optional field={field} />
        </legend>
        <Notes row={row} />
        <Choices {...row} />
      </fieldset>
    );
  return (
    <div class={look}>
      <label for={row.id}>
        {field.label}
        <Optional field={field} />
      </label>
      <Notes row={row} />
      <Input {...row} />
    </div>
  );
}

function Optional({ field }: { readonly field: Field }) {
  return field.required || field.later === true ? null : <span class="optional"> optional</span>;
}

function Notes({ row, helpBelow }: { readonly row: RowProps; readonly helpBelow?: boolean }) {
  const { field, error, id } = row;
  return (
    <>
      {field.help === undefined || helpBelow === true ? null : (
        <p class="label" id={`${id}-help`}>
          {field.help}
        </p>
      )}
      {error === undefined ? null : (
        <p class="error" id={`${id}-error`}>
          {error}
        </p>
      )}
      {row.beside}
    </>
  );
}

/** Help and error are read out with the input. */
function described({ id, field, error, beside }: RowProps) {
  const ids = [
    ...(field.help === undefined ? [] : [`${id}-help`]),
    ...(error === undefined ? [] : [`${id}-error`]),
    ...(beside === undefined ? [] : [`${id}-beside`]),
  ];
  return ids.length === 0 ? {} : { 'aria-describedby': ids.join(' ') };
}

function shared(row: RowProps) {
  return {
    id: row.id,
    name: row.field.name,
    ...described(row),
    ...(row.error === undefined ? {} : { 'aria-invalid': 'true' as const }),
    ...(row.field.required ? { required: true } : {}),
  };
}

function Input(row: RowProps) {
  const { field, value } = row;
  switch (field.kind) {
    case 'textarea':
      return (
        <textarea class={field.code === true ? 'input is-code' : 'input'} rows={field.rows} dir="auto" spellcheck={false} {...shared(row)}>
          {value ?? ''}
        </textarea>
      );
    case 'file':
      return <input class="input is-short" type="file" multiple={field.many === true} {...shared(row)} />;
    case 'instant':
      return <input class="input is-short is-code" type="text" autocomplete="off" value={value ?? ''} {...shared(row)} />;
    case 'text':
      return (
        <input
          class={['input', ...(field.short === true ? ['is-short'] : []), ...(field.code === true ? ['is-code'] : [])].join(' ')}
          type="text"
          autocomplete="off"
          value={value ?? ''}
          {...shared(row)}
        />
      );
    default:
      return null;
  }
}

function Tick(row: RowProps) {
  const { field, id, value } = row;
  return (
    <div class="choice">
      <input type="checkbox" value="yes" checked={value === 'yes'} {...shared(row)} />
      <label for={id}>{field.label}</label>
      {field.help === undefined ? null : (
        <span class="label" id={`${id}-help`}>
          {field.help}
        </span>
      )}
    </div>
  );
}

function Choices(row: RowProps) {
  const { field, value } = row;
  if (field.kind !== 'choice' && field.kind !== 'many') return null;
  if (field.kind === 'choice' && field.options.length > 7) return <Selection {...row} options={field.options} />;
  const chosen =
    value?.split('\n') ?? (field.kind === 'many' ? (field.all === true ? field.options.map((one) => one.value) : []) : [field.chosen]);
  return (
    <div class={areShort(field.options) ? 'choices is-short' : 'choices'}>
      {field.options.map((option, index) => (
        <div class="choice">
          <input
            type={field.kind === 'many' ? 'checkbox' : 'radio'}
            id={`${row.id}-${index}`}
            name={field.name}
            value={option.value}
            checked={chosen.includes(option.value)}
            {...(field.required && field.kind === 'choice' ? { required: true } : {})}
          />
          <label for={`${row.id}-${index}`}>{option.label}</label>
          {option.says === undefined ? null : <span class="label">{option.says}</span>}
        </div>
      ))}
    </div>
  );
}

/** A few words each, and nothing to explain: they stand side by side, which saves a telephone a page. */
function areShort(options: readonly Option[]): boolean {
  return options.length > 2 && options.every(({ label, says }) => says === undefined && label.length <= 18);
}

function Selection({ options, ...row }: RowProps & { readonly options: readonly Option[] }) {
  const { field, value } = row;
  const chosen = value ?? (field.kind === 'choice' ? field.chosen : undefined);
  return (
    <select class="input is-short" id={`${row.id}-0`} name={field.name} aria-label={field.label} required={field.required}>
      <option value="">{field.required ? 'Choose one' : 'not said'}</option>
      {options.map((option) => (
        <option value={option.value} selected={option.value === chosen}>
          {option.says === undefined ? option.label : `${option.label}: ${option.says}`}
        </option>
      ))}
    </select>
  );
}

// SPDX-License-Identifier: Apache-2.0
// Affected versions and references of an advisory as tables of inputs. Each ends with empty rows: without scripts, saving adds the next ones.

import { referenceKinds, statuses } from '../../core/model/advisory-words.ts';
import {
  type BranchRow,
  branchColumns,
  emptyBranch,
  emptyProduct,
  emptyReference,
  type ProductRow,
  type ReferenceRow,
} from '../advisory-form.ts';
import { fieldId, type Problem } from '../fields.ts';
import { BesideField, type Besides, merged } from './advisory-beside.tsx';
import { Part } from './part.tsx';
import { Scrolls } from './scrolls.tsx';

/** What is said of the inputs. */
export interface Said {
  readonly problems: readonly Problem[];
  readonly besides: Besides;
}

export function BranchTables({ products, said }: { readonly products: readonly ProductRow[]; readonly said: Said }) {
  const shown = products.length === 0 ? [emptyProduct] : products;
  return (
    <Part title="Affected versions" remark="hashes and tags with spaces between; empty rows are left out" id="affected">
      {shown.map((product, index) => (
        <Product
          product={product}
          prefix={`products.${index}`}
          name={product.name === '' ? `Product ${index + 1}` : product.name}
          said={said}
        />
      ))}
    </Part>
  );
}

interface Prefixed {
  /** `products.0.branches.1`: what the names of its inputs begin with. */
  readonly prefix: string;
  readonly said: Said;
}

function Product({ product, prefix, name, said }: Prefixed & { readonly product: ProductRow; readonly name: string }) {
  const rows = [...product.branches, emptyBranch, emptyBranch];
  return (
    <fieldset class="field" id={fieldId('advisory', prefix)} tabindex={-1}>
      <legend>
        <bdi>{name}</bdi>
      </legend>
      <BesideField name={prefix} besides={said.besides} />
      <div class="in-row">
        <Small name={`${prefix}.name`} label="Product" value={product.name} said={said} />
        <Small name={`${prefix}.component`} label="Component" value={product.component} said={said} />
        <Small name={`${prefix}.repository`} label="Repository" value={product.repository} said={said} />
      </div>
      <Small name={`${prefix}.prose`} label="Affected versions in words" value={product.prose} said={said} />
      <Scrolls label={`Branches of ${name}`}>
        <table class="ledger inputs folds">
          <caption class="unseen">Branches of {name}</caption>
          <thead>
            <tr>
              {branchColumns.map((column) => (
                <th scope="col">{column.label}</th>
              ))}
            </tr>
          </thead>
          <tbody>
            {rows.map((row, index) => (
              <BranchInputs row={row} prefix={`${prefix}.branches.${index}`} place={index + 1} said={said} />
            ))}
          </tbody>
        </table>
      </Scrolls>
    </fieldset>
  );
}

function BranchInputs({ row, prefix, place, said }: Prefixed & { readonly row: BranchRow; readonly place: number }) {
  return (
    <>
      <tr>
        {branchColumns.map(({ name, label }) => (
          <td data-l={label}>
            {name === 'status' ? (
              <select
                class="input"
                id={fieldId('advisory', `${prefix}.status`)}
                name={`${prefix}.status`}
                aria-label={`Status, row ${place}`}
              >
                {statuses.map((status) => (
                  <option value={status} selected={status === row.status}>
                    {status.replace('-', ' ')}
                  </option>
                ))}
              </select>
            ) : (
              <Cell name={`${prefix}.${name}`} value={row[name]} label={`${label}, row ${place}`} prefix={prefix} said={said} code />
            )}
          </td>
        ))}
      </tr>
      <SaidOfRow prefix={prefix} said={said} columns={branchColumns.length} />
    </>
  );
}

/** One place below the row for what is wrong, found or known of any of its cells. */
function SaidOfRow({ prefix, said, columns }: Prefixed & { readonly columns: number }) {
  const problems = said.problems.filter(({ field }) => field.startsWith(`${prefix}.`));
  return (
    <tr class="said-of-row">
      <td colspan={columns}>
        {problems.map(({ field, sentence }) => (
          <p class="error" id={`${fieldId('advisory', field)}-error`}>
            {sentence}
          </p>
        ))}
        <BesideField name={prefix} besides={merged(said.besides, `${prefix}.`, prefix)} />
      </td>
    </tr>
  );
}

interface CellProps extends Prefixed {
  readonly name: string;
  readonly value: string;
  readonly label: string;
  readonly code?: boolean;
}

function Cell({ name, value, label, prefix, said, code }: CellProps) {
  const wrong = said.problems.some(({ field }) => field === name || field.startsWith(`${name}.`));
  return (
    <input
      class={code === true ? 'input is-code' : 'input'}
      id={fieldId('advisory', name)}
      type="text"
      name={name}
      value={value}
      aria-label={label}
      aria-describedby={`${fieldId('advisory', prefix)}-beside`}
      {...(wrong ? { 'aria-invalid': 'true' as const } : {})}
      autocomplete="off"
    />
  );
}

interface SmallProps {
  readonly name: string;
  readonly label: string;
  readonly value: string;
  readonly said: Said;
}

function Small({ name, label, value, said: { problems, besides } }: SmallProps) {
  const id = fieldId('advisory', name);
  const error = problems.find(({ field }) => field === name)?.sentence;
  return (
    <div class={error === undefined ? 'small-field' : 'small-field field has-error'}>
      <label for={id}>{label}</label>
      {error === undefined ? null : (
        <p class="error" id={`${id}-error`}>
          {error}
        </p>
      )}
      <BesideField name={name} besides={besides} />
      <input
        class="input"
        id={id}
        type="text"
        name={name}
        value={value}
        autocomplete="off"
        aria-describedby={`${id}-beside${error === undefined ? '' : ` ${id}-error`}`}
        {...(error === undefined ? {} : { 'aria-invalid': 'true' as const })}
      />
    </div>
  );
}

export function References({ references, said }: { readonly references: readonly ReferenceRow[]; readonly said: Said }) {
  const rows = [...references, emptyReference, emptyReference];
  return (
    <Part title="References" id="references">
      <BesideField name="references" besides={said.besides} />
      <Scrolls label="References of the advisory">
        <table class="ledger inputs folds">
          <caption class="unseen">References</caption>
          <thead>
            <tr>
              <th scope="col" class="c-kind">
                Kind
              </th>
              <th scope="col">Address</th>
              <th scope="col">Title</th>
            </tr>
          </thead>
          <tbody>
            {rows.map((row, index) => (
              <ReferenceInputs row={row} prefix={`references.${index}`} place={index + 1} said={said} />
            ))}
          </tbody>
        </table>
      </Scrolls>
    </Part>
  );
}

function ReferenceInputs({ row, prefix, place, said }: Prefixed & { readonly row: ReferenceRow; readonly place: number }) {
  return (
    <>
      <tr>
        <td data-l="Kind">
          <select class="input" id={fieldId('advisory', `${prefix}.kind`)} name={`${prefix}.kind`} aria-label={`Kind, row ${place}`}>
            {referenceKinds.map((kind) => (
              <option value={kind} selected={kind === row.kind}>
                {kind}
              </option>
            ))}
          </select>
        </td>
        <td data-l="Address">
          <Cell name={`${prefix}.url`} value={row.url} label={`Address, row ${place}`} prefix={prefix} said={said} code />
        </td>
        <td data-l="Title">
          <Cell name={`${prefix}.title`} value={row.title} label={`Title, row ${place}`} prefix={prefix} said={said} />
        </td>
      </tr>
      <SaidOfRow prefix={prefix} said={said} columns={3} />
    </>
  );
}

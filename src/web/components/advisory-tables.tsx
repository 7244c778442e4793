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
import { Part } from './part.tsx';
import { Scrolls } from './scrolls.tsx';

export function BranchTables({ products }: { readonly products: readonly ProductRow[] }) {
  const shown = products.length === 0 ? [emptyProduct] : products;
  return (
    <Part title="Affected versions" remark="hashes and tags with spaces between; empty rows are left out">
      {shown.map((product, index) => (
        <Product product={product} prefix={`products.${index}`} name={product.name === '' ? `Product ${index + 1}` : product.name} />
      ))}
    </Part>
  );
}

function Product({ product, prefix, name }: { readonly product: ProductRow; readonly prefix: string; readonly name: string }) {
  const rows = [...product.branches, emptyBranch, emptyBranch];
  return (
    <fieldset class="field">
      <legend>
        <bdi>{name}</bdi>
      </legend>
      <div class="in-row">
        <Small name={`${prefix}.name`} label="Product" value={product.name} />
        <Small name={`${prefix}.component`} label="Component" value={product.component} />
        <Small name={`${prefix}.repository`} label="Repository" value={product.repository} />
      </div>
      <Small name={`${prefix}.prose`} label="Affected versions in words" value={product.prose} />
      <Scrolls label={`Branches of ${name}`}>
        <table class="ledger inputs">
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
              <BranchInputs row={row} prefix={`${prefix}.branches.${index}`} place={index + 1} />
            ))}
          </tbody>
        </table>
      </Scrolls>
    </fieldset>
  );
}

function BranchInputs({ row, prefix, place }: { readonly row: BranchRow; readonly prefix: string; readonly place: number }) {
  return (
    <tr>
      {branchColumns.map(({ name, label }) => (
        <td>
          {name === 'status' ? (
            <select class="input" name={`${prefix}.status`} aria-label={`Status, row ${place}`}>
              {statuses.map((status) => (
                <option value={status} selected={status === row.status}>
                  {status.replace('-', ' ')}
                </option>
              ))}
            </select>
          ) : (
            <input
              class="input is-code"
              type="text"
              name={`${prefix}.${name}`}
              value={row[name]}
              aria-label={`${label}, row ${place}`}
              autocomplete="off"
            />
          )}
        </td>
      ))}
    </tr>
  );
}

function Small({ name, label, value }: { readonly name: string; readonly label: string; readonly value: string }) {
  const id = `advisory-${name.replaceAll('.', '-')}`;
  return (
    <div class="small-field">
      <label for={id}>{label}</label>
      <input class="input" id={id} type="text" name={name} value={value} autocomplete="off" />
    </div>
  );
}

export function References({ references }: { readonly references: readonly ReferenceRow[] }) {
  const rows = [...references, emptyReference, emptyReference];
  return (
    <Part title="References">
      <Scrolls label="References of the advisory">
        <table class="ledger inputs">
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
              <ReferenceInputs row={row} prefix={`references.${index}`} place={index + 1} />
            ))}
          </tbody>
        </table>
      </Scrolls>
    </Part>
  );
}

function ReferenceInputs({ row, prefix, place }: { readonly row: ReferenceRow; readonly prefix: string; readonly place: number }) {
  return (
    <tr>
      <td>
        <select class="input" name={`${prefix}.kind`} aria-label={`Kind, row ${place}`}>
          {referenceKinds.map((kind) => (
            <option value={kind} selected={kind === row.kind}>
              {kind}
            </option>
          ))}
        </select>
      </td>
      <td>
        <input
          class="input is-code"
          type="text"
          name={`${prefix}.url`}
          value={row.url}
          aria-label={`Address, row ${place}`}
          autocomplete="off"
        />
      </td>
      <td>
        <input class="input" type="text" name={`${prefix}.title`} value={row.title} aria-label={`Title, row ${place}`} autocomplete="off" />
      </td>
    </tr>
  );
}

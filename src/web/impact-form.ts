// SPDX-License-Identifier: Apache-2.0
// The form of the impact description: one text, or the fields of the policy's own sentence with what stands in them now (VMT-2).

import { fieldsAt, frameOf } from '../app/impact-frame.ts';
import type { ImpactField } from '../core/model/impact.ts';
import { frameFields } from '../core/process/impact-frame.ts';
import type { Field } from './fields.ts';
import type { Make } from './form.ts';

const asks: Readonly<Record<ImpactField, { readonly label: string; readonly help: string }>> = {
  feature: { label: 'The flaw is in', help: 'The feature or the part, as users know it.' },
  action: { label: 'By doing what', help: 'What somebody has to do: “sending a crafted header”.' },
  actor: { label: 'Who', help: 'Without an article: “guest user”, “remote attacker”.' },
  impact: { label: 'May do what', help: 'As the sentence goes on after “may”: “read the host’s memory”.' },
  consequence: { label: 'Resulting in', help: 'What it leads to: “a leak of other tenants’ data”.' },
  deployments: { label: 'Only where', help: 'Which installations are affected: “setups with the LVM driver”, or “all setups”.' },
};

export const impactForm: Make = ({ state, policy, texts }) => {
  const fields = frameFields(policy);
  const stands = state.impact === null ? '' : (texts.get(state.impact.content.id) ?? '');
  if (fields.length === 0) return { fields: [{ ...whole, ...(stands === '' ? {} : { stands }) }] };
  const kept = state.impact?.places === undefined ? undefined : texts.get(state.impact.places.id);
  const values = kept === undefined ? frameOf(policy, stands) : fieldsAt(stands, kept);
  return {
    says: 'The fields make the sentence that the project uses. It may be saved with gaps; before it is reviewed every field is filled.',
    fields: fields.map((name): Field => {
      const { label, help } = asks[name];
      const value = values[name];
      return {
        kind: 'textarea',
        name: bodyName(name),
        label,
        help,
        rows: 1,
        required: false,
        later: true,
        ...(value === undefined ? {} : { stands: value }),
      };
    }),
  };
};

const whole: Field = {
  kind: 'textarea',
  name: 'impact',
  label: 'Impact',
  help: 'Who can do what to whom, and under which conditions.',
  rows: 5,
  required: true,
};

/** In a body `impact` is the whole text. */
function bodyName(field: ImpactField): string {
  return field === 'impact' ? 'gain' : field;
}

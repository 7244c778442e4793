// SPDX-License-Identifier: Apache-2.0
// The process of a project, drawn from the table that decides: the regions of a case with their ways, and every action in words. Public.

import type { ActionRow, ProcessMap, RegionMap } from '../../app/process-map.ts';
import type { Policy } from '../../core/policy/policy.ts';
import { Layout } from '../components/layout.tsx';
import { Head } from '../components/part.tsx';
import { RegionDrawing } from '../components/region-map.tsx';
import type { Frame } from '../frame.ts';
import { pathsOf } from '../paths.ts';
import { plain } from '../words.ts';

const titles: Readonly<Record<RegionMap['region'], string>> = {
  handling: 'Handling',
  visibility: 'Visibility',
  embargo: 'Embargo',
  cve: 'CVE number of a flaw',
  branch: 'Fix on a branch',
  advisory: 'Advisory',
};

export interface ProcessPageProps {
  readonly frame: Frame;
  readonly policy: Policy;
  readonly map: ProcessMap;
}

export function ProcessPage({ frame, policy, map }: ProcessPageProps) {
  return (
    <Layout
      frame={frame}
      title={`How a case moves: ${policy.title}`}
      current="policy"
      published
      band={{ standing: { kind: 'public', since: null }, remark: 'Everybody can read this page.' }}
    >
      <Head
        title="How a case moves"
        eyebrow={[`${policy.name}, version ${policy.version}`, <a href={pathsOf(frame.project.id).policy}>{policy.title}</a>]}
        lead="A case stands in several regions at once, and each moves by itself. Drawn from the table by which the program decides; what this policy never uses is left out."
      />
      <article class="reading">
        {map.regions.map((region) => (
          <Region map={region} />
        ))}
        <h2>Every action</h2>
        <p>A step that is refused says which of its conditions is not met.</p>
        <table class="ledger folds">
          <thead>
            <tr>
              <th scope="col">Action</th>
              <th scope="col">By</th>
              <th scope="col">Where</th>
              <th scope="col">Conditions</th>
            </tr>
          </thead>
          <tbody>
            {map.actions.map((action) => (
              <Action action={action} />
            ))}
          </tbody>
        </table>
      </article>
    </Layout>
  );
}

function Region({ map }: { readonly map: RegionMap }) {
  return (
    <section>
      <h2>{titles[map.region]}</h2>
      <div class="figure">
        <RegionDrawing map={map} />
        <details>
          <summary>The same as a table</summary>
          <table class="ledger folds">
            <thead>
              <tr>
                <th scope="col">From</th>
                <th scope="col">To</th>
                <th scope="col">By</th>
              </tr>
            </thead>
            <tbody>
              {map.ways.map((way) => (
                <tr>
                  <th scope="row">{plain(way.from)}</th>
                  <td data-l="To">{plain(way.to)}</td>
                  <td data-l="By">{way.actions.join('; ')}</td>
                </tr>
              ))}
            </tbody>
          </table>
        </details>
      </div>
    </section>
  );
}

function Action({ action: { label, by, from, to, gates, irreversible } }: { readonly action: ActionRow }) {
  return (
    <tr>
      <th scope="row">
        {label}
        {irreversible ? ' (for good)' : ''}
      </th>
      <td data-l="By">{by.map(plain).join(', ')}</td>
      <td data-l="Where">
        {from.length === 0 ? 'anywhere' : from.join('; ')}
        {to.length === 0 ? '' : `. May lead to ${to.join('; ')}`}
      </td>
      <td data-l="Conditions">{gates.length === 0 ? 'none' : gates.join(' ')}</td>
    </tr>
  );
}

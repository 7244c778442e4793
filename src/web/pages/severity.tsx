// SPDX-License-Identifier: Apache-2.0
// The severity of a case: metrics that make a vector and a score, a vector that chooses metrics, weaknesses by number or by name.

import type { Metric, MetricGroup } from '../../app/cvss-metrics.ts';
import { metricGroups } from '../../app/cvss-metrics.ts';
import { contradicted, type Score } from '../../app/score.ts';
import type { CaseView } from '../../app/views.ts';
import { weaknesses } from '../../app/weaknesses.ts';
import { ErrorSummary } from '../components/field.tsx';
import { Layout } from '../components/layout.tsx';
import { Head, Part } from '../components/part.tsx';
import { Post } from '../components/post.tsx';
import type { Problem } from '../fields.ts';
import type { Frame } from '../frame.ts';
import { ssvc as ssvcOptions } from '../options.ts';
import { below, pathsOf } from '../paths.ts';
import { standingOf } from '../standing.ts';

export interface SeverityValues {
  readonly level: string;
  /** As typed: numbers or names. */
  readonly cwes: readonly string[];
  readonly ssvc: string;
}

export interface SeverityPageProps {
  readonly frame: Frame;
  readonly view: CaseView;
  readonly score: Score;
  readonly values: SeverityValues;
  readonly basedOn: number;
  readonly problems: readonly Problem[];
  readonly schemes: readonly Score['scheme'][];
  /** What each typed weakness is called. */
  readonly weaknessNames: ReadonlyMap<string, string>;
}

const schemeNames = { 'cvss_4.0': 'CVSS 4.0', 'cvss_3.1': 'CVSS 3.1', 'cvss_2.0': 'CVSS 2.0' } as const;

export function SeverityPage(props: SeverityPageProps) {
  const { frame, view, basedOn, score, problems } = props;
  const { state } = view;
  const base = pathsOf(frame.project.id).case(state.case);
  const here = below.severity(base);
  const recordable = view.possibilities.some(
    (one) => one.action === 'assess-severity' && one.unmet.every(({ strength }) => strength !== 'must'),
  );
  return (
    <Layout frame={frame} title={`${state.codename}, severity`} band={{ standing: standingOf(state, view.now) }}>
      <Head
        title={`Severity of ${state.codename}`}
        eyebrow={[
          <a href={base} data-key="g c">
            {state.codename}
          </a>,
        ]}
        lead="Choose the metrics, or give a vector. Nothing is kept until the severity is recorded, with your name beside it."
      />
      <Post frame={frame} action={here} version={basedOn} look="form is-wide" score={here}>
        <input type="hidden" name="scheme" value={score.scheme} />
        {/* The return key computes, and never begins another scheme. */}
        <button type="submit" name="do" value="metrics" hidden>
          Compute
        </button>
        <ErrorSummary form="severity" problems={problems} />
        <Calculator {...props} />
        <Judgement {...props} />
        <p class="actions field is-last">
          {recordable ? (
            <button class="button is-primary" type="submit" formaction={below.action(base, 'assess-severity')}>
              Record the severity
            </button>
          ) : null}
          <span class="label">The level is a person’s word; the score stands beside it.</span>
        </p>
      </Post>
      <datalist id="weaknesses">
        {weaknesses.map(({ id, name }) => (
          <option value={id}>{name}</option>
        ))}
      </datalist>
    </Layout>
  );
}

function Calculator(props: SeverityPageProps) {
  const { score, schemes } = props;
  const groups = metricGroups[score.scheme];
  return (
    <Part title="Score" remark={schemeNames[score.scheme]}>
      {schemes.length < 2 ? null : (
        <p class="actions">
          {schemes
            .filter((one) => one !== score.scheme)
            .map((one) => (
              <button class="button is-small" type="submit" name="do" value={`scheme ${one}`}>
                Use {schemeNames[one]}
              </button>
            ))}
        </p>
      )}
      {groups
        .filter(({ mandatory }) => mandatory)
        .map((group) => (
          <Metrics group={group} score={score} />
        ))}
      {groups
        .filter(({ mandatory }) => !mandatory)
        .map((group) => (
          <details class="deed" open={group.metrics.some(({ key }) => isSaid(score.chosen[key]))}>
            <summary>{group.name}</summary>
            <Metrics group={group} score={score} />
          </details>
        ))}
      <Result {...props} />
      <p class="actions after">
        <button class="button" type="submit" name="do" value="metrics">
          Compute from the metrics
        </button>
        <button class="button" type="submit" name="do" value="vector">
          Fill in from the vector
        </button>
      </p>
    </Part>
  );
}

/** The vector, and what it comes to. */
function Result({ score, values, view, problems }: SeverityPageProps) {
  const disagrees = contradicted(values.level, score, view.policy.severity.scale);
  return (
    <>
      <div class={isWrong('vector', problems) ? 'field has-error' : 'field'}>
        <label for="severity-vector">Vector</label>
        <p class="label" id="severity-vector-help">
          A vector that you paste chooses the metrics above.
        </p>
        <Wrong name="vector" problems={problems} />
        <input
          class="input is-code"
          id="severity-vector"
          type="text"
          name="vector"
          value={score.vector}
          autocomplete="off"
          maxlength={400}
          aria-describedby="severity-vector-help severity-problem severity-vector-error"
          {...(isWrong('vector', problems) ? { 'aria-invalid': 'true' as const } : {})}
        />
      </div>
      <p class="tally" role="status">
        <b class="as-head" data-score="">
          {score.scored === null ? 'No score yet' : `${score.scored.score.toFixed(1)} ${score.scored.rating}`}
        </b>
        <span id="severity-problem" data-score-problem="">
          {score.problem ?? ''}
        </span>
        <span class="wrong" data-score-disagrees="">
          {disagrees ?? ''}
        </span>
      </p>
    </>
  );
}

function isWrong(name: string, problems: readonly Problem[]): boolean {
  return problems.some(({ field }) => field.split('.')[0] === name);
}

function Wrong({ name, problems }: { readonly name: string; readonly problems: readonly Problem[] }) {
  const problem = problems.find(({ field }) => field.split('.')[0] === name);
  return (
    <p class="error" id={`severity-${name}-error`} hidden={problem === undefined}>
      {problem?.sentence ?? ''}
    </p>
  );
}

function isSaid(letters: string | undefined): boolean {
  return letters !== undefined && letters !== '' && letters !== 'X' && letters !== 'ND';
}

function Metrics({ group, score }: { readonly group: MetricGroup; readonly score: Score }) {
  return (
    <fieldset class="metrics">
      <legend class="unseen">{group.name}</legend>
      {group.metrics.map((metric) => (
        <Choice metric={metric} chosen={score.chosen[metric.key]} mandatory={group.mandatory} />
      ))}
    </fieldset>
  );
}

function Choice({
  metric,
  chosen,
  mandatory,
}: {
  readonly metric: Metric;
  readonly chosen: string | undefined;
  readonly mandatory: boolean;
}) {
  const id = `metric-${metric.key}`;
  return (
    <div class="small-field">
      <label for={id}>
        {metric.name} <span class="id">{metric.key}</span>
      </label>
      <select class="input" id={id} name={`metric.${metric.key}`} data-metric={metric.key}>
        {mandatory ? <option value="">Choose one</option> : null}
        {metric.values.map(([letters, name]) => (
          <option value={letters} selected={letters === chosen}>
            {name} ({letters})
          </option>
        ))}
      </select>
    </div>
  );
}

function Judgement({ view, values, weaknessNames, problems }: SeverityPageProps) {
  const { severity } = view.policy;
  const typed = [...values.cwes, '', ''].slice(0, Math.max(3, values.cwes.length + 1));
  return (
    <Part title="Judgement">
      <fieldset class={isWrong('level', problems) ? 'field has-error' : 'field'} id="severity-level" tabindex={-1}>
        <legend>Severity</legend>
        <Wrong name="level" problems={problems} />
        <div class="choices is-short">
          {severity.scale.map((level, index) => (
            <div class="choice">
              <input type="radio" id={`level-${index}`} name="level" value={level} checked={level === values.level} />
              <label for={`level-${index}`}>{level}</label>
            </div>
          ))}
        </div>
      </fieldset>
      <fieldset class={isWrong('cwes', problems) ? 'field has-error' : 'field'} id="severity-cwes" tabindex={-1}>
        <legend>Weaknesses</legend>
        <Wrong name="cwes" problems={problems} />
        <p class="label">By number or by name, as the CWE list has them.</p>
        {typed.map((one, index) => (
          <div class="small-field">
            <label for={`cwe-${index}`}>Weakness {index + 1}</label>
            <input
              class="input is-short"
              id={`cwe-${index}`}
              type="text"
              name="cwes"
              list="weaknesses"
              value={one}
              autocomplete="off"
              aria-describedby={`cwe-${index}-says`}
            />
            <span class="label" id={`cwe-${index}-says`} data-weakness={String(index)}>
              {weaknessNames.get(one) ?? ''}
            </span>
          </div>
        ))}
      </fieldset>
      {severity.scores.includes('ssvc') ? (
        <div class="small-field">
          <label for="severity-ssvc">SSVC decision</label>
          <select class="input is-short" id="severity-ssvc" name="ssvc">
            <option value="">not said</option>
            {ssvcOptions.map(({ value, label }) => (
              <option value={value} selected={value === values.ssvc}>
                {label}
              </option>
            ))}
          </select>
        </div>
      ) : null}
    </Part>
  );
}

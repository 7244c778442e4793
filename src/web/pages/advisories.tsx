// SPDX-License-Identifier: Apache-2.0
// The advisories of a project, newest first, each in all its formats. Public.

import { isDay, type When } from '../../core/model/day.ts';
import { Layout } from '../components/layout.tsx';
import { HourUtc } from '../components/moment.tsx';
import { Head } from '../components/part.tsx';
import type { Frame } from '../frame.ts';
import { pathsOf } from '../paths.ts';

export interface PublishedAdvisory {
  readonly number: string;
  readonly title: string;
  readonly publishedAt: When;
  /** Its page, or its text where it has none. */
  readonly href: string;
  /** Versions before the one that stands, oldest first. */
  readonly earlier: readonly { readonly version: number; readonly href: string }[];
  readonly files: readonly { readonly format: string; readonly href: string; readonly signature: string | null }[];
  /** The opened record of the case, where the policy opens it. */
  readonly record: string | null;
}

export interface AdvisoriesPageProps {
  readonly frame: Frame;
  readonly advisories: readonly PublishedAdvisory[];
}

export function AdvisoriesPage({ frame, advisories }: AdvisoriesPageProps) {
  return (
    <Layout
      frame={frame}
      title="Advisories"
      current="advisories"
      published
      band={{ standing: { kind: 'public', since: null }, remark: 'Everybody can read this page.' }}
    >
      <Head title="Advisories" lead={`What ${frame.project.title} has published, newest first.`} />
      {advisories.length === 0 ? (
        <div class="empty">
          <p>
            <strong>Nothing is published yet.</strong> How a report becomes an advisory stands in the{' '}
            <a href={pathsOf(frame.project.id).policy}>policy</a>.
          </p>
        </div>
      ) : (
        <table class="ledger folds advisories">
          <caption class="unseen">Published advisories</caption>
          <thead>
            <tr>
              <th scope="col" class="c-number">
                Number
              </th>
              <th scope="col">What it is about</th>
              <th scope="col" class="c-clock">
                Published, UTC
              </th>
              <th scope="col" class="c-formats">
                Formats
              </th>
            </tr>
          </thead>
          <tbody>
            {advisories.map((one) => (
              <Row {...one} />
            ))}
          </tbody>
        </table>
      )}
    </Layout>
  );
}

function Row({ number, title, publishedAt, href, earlier, files, record }: PublishedAdvisory) {
  return (
    <tr>
      <th scope="row">
        <a class="id" href={href} data-row="">
          {number}
        </a>
      </th>
      <td>
        <bdi>{title}</bdi>
        {earlier.length === 0 ? null : (
          <small>
            corrected; before it:{' '}
            {earlier.map((one) => (
              <>
                <a href={one.href}>
                  version {one.version}
                  <span class="unseen"> of {number}</span>
                </a>{' '}
              </>
            ))}
          </small>
        )}
        {record === null ? null : (
          <small>
            <a href={record}>
              the whole record<span class="unseen"> of {number}</span>
            </a>
          </small>
        )}
      </td>
      <td data-l="Published">{isDay(publishedAt) ? <time datetime={publishedAt}>{publishedAt}</time> : <HourUtc at={publishedAt} />}</td>
      <td>
        <span class="formats">
          {files.map((file) => (
            <span class="nowrap">
              <a href={file.href}>
                <span class="unseen">{number} as </span>
                {file.format}
              </a>
              {file.signature === null ? null : (
                <>
                  {' '}
                  <a class="quiet-link" href={file.signature}>
                    <span class="unseen">
                      Signature of {number} as {file.format}:{' '}
                    </span>
                    .asc
                  </a>
                </>
              )}
            </span>
          ))}
        </span>
      </td>
    </tr>
  );
}

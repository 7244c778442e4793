// SPDX-License-Identifier: Apache-2.0
// Where an imported case comes from: the file of the archive as it was kept, its format and hash, and what was odd about it.

import type { CaseView } from '../../app/views.ts';
import type { ArchiveFormat } from '../../core/model/imported.ts';
import { Facts, Part } from '../components/part.tsx';
import type { Frame } from '../frame.ts';
import { below, pathsOf } from '../paths.ts';
import { bytes, plain } from '../words.ts';

const formatWords: Readonly<Record<ArchiveFormat, string>> = {
  lsn: 'libvirt XML',
  ossa: 'OSSA YAML',
  csaf: 'CSAF',
  osv: 'OSV',
  cve: 'CVE record',
  advisory: 'Daylight’s own record',
};

/** Nothing for a case that was reported. For those inside: the file may name people who were never asked. */
export function Origin({ frame, view }: { readonly frame: Frame; readonly view: CaseView }) {
  const { imported } = view.state;
  if (imported === null) return null;
  const { from, sha256, published, version, anomalies = [] } = imported;
  const base = pathsOf(frame.project.id).case(view.state.case);
  const original = view.attachments.find(({ ref }) => ref.purpose === 'original');
  return (
    <Part title="Where it came from" remark="from an archive" id="origin">
      <Facts
        rows={[
          ...(original === undefined
            ? []
            : [
                [
                  'File',
                  <>
                    <a href={below.attachment(base, original.ref.id)}>
                      <bdi class="id">{original.name}</bdi>
                    </a>
                    <span class="label">{bytes(original.ref.bytes)} · kept as it came, saved, never shown</span>
                  </>,
                ] as const,
              ]),
          ['Format', formatWords[from]],
          ['SHA-256', <span class="id">{sha256}</span>],
          ['Published', <time datetime={published}>{published.slice(0, 10)}</time>],
          ['Version', version],
          [
            'Anomalies',
            anomalies.length === 0 ? (
              <span class="quiet">none</span>
            ) : (
              <ul>
                {anomalies.map((rule) => (
                  <li>{plain(rule.replaceAll('-', '_'))}</li>
                ))}
              </ul>
            ),
          ],
        ]}
      />
    </Part>
  );
}

// SPDX-License-Identifier: Apache-2.0
// What the project itself waits for, on top of the queue: a word on its policy, a look at its security.txt.

import type { Upkeep } from '../../app/policy-changes.ts';
import type { Frame } from '../frame.ts';
import { pathsOf } from '../paths.ts';
import { Moment } from './moment.tsx';
import { Notice } from './notice.tsx';

export function Upkept({ frame, upkeep: { waiting, expires } }: { readonly frame: Frame; readonly upkeep: Upkeep }) {
  const changes = pathsOf(frame.project.id).changes;
  return (
    <>
      {waiting === 0 ? null : (
        <Notice
          title={waiting === 1 ? 'A change of the policy waits for your word' : `${waiting} changes of the policy wait for your word`}
        >
          <p>
            <a href={changes}>Look at what would change</a>
          </p>
        </Notice>
      )}
      {expires === null ? null : (
        <Notice title="security.txt has to be confirmed" icon="alert">
          <p>
            It is good until <Moment at={expires} now={frame.now} />. <a href={changes}>Look whether it is still true</a>
          </p>
        </Notice>
      )}
    </>
  );
}

// SPDX-License-Identifier: Apache-2.0
// Mail about a project as a whole, to those who run it: that something waits, and where. Nothing of a case, nothing of a proposed text.

import type { Notice } from './notice.ts';
import { wrapped } from './notice.ts';

type ProjectNotice = 'policy-proposed' | 'policy-published' | 'security-txt-expires' | 'signing-key-ends';

export interface ProjectContext {
  readonly title: string;
  /** Where changes of the policy are looked at. */
  readonly url: string;
  /** The end of security.txt, or of the signing key, in words; empty in notices of other things. */
  readonly expires: string;
}

export function toProject(name: ProjectNotice, { title, url, expires }: ProjectContext): Notice {
  return {
    subject: `[${title}] ${subjects[name]}`,
    text: wrapped(`${sentences[name].replace('{expires}', expires)}\n\n  ${url}\n`),
  };
}

const subjects: Readonly<Record<ProjectNotice, string>> = {
  'policy-proposed': 'A change of the policy waits for a second person',
  'policy-published': 'Another version of the policy holds',
  'security-txt-expires': 'security.txt has to be confirmed',
  'signing-key-ends': 'The signing key comes to its end',
};

const sentences: Readonly<Record<ProjectNotice, string>> = {
  'policy-proposed':
    'Somebody proposes a change of the policy. It holds once another person who may has accepted it. The difference, and what the linter says of it, stand here:',
  'policy-published':
    'A change of the policy was accepted and holds for new cases from now on. Cases that are open keep the version under which they were opened.',
  'security-txt-expires':
    'The security.txt of this project is good until {expires}. After that, those who look for a way to report may take it for abandoned. Look whether it still says the truth, and confirm it here:',
  'signing-key-ends':
    'A key that signs what this project publishes is good until {expires}. After that it signs nothing, and where no other does, nothing goes out. Move its end or put another one in its place in time; what this one has signed stays signed. Its fingerprint and its end stand here:',
};

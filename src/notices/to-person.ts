// SPDX-License-Identifier: Apache-2.0
// Mail about somebody's place in the project: that something happened and where to read it. It names nobody else, and no case.

import type { PersonNoticeName } from '../core/people/consequences.ts';
import type { Notice } from './notice.ts';
import { wrapped } from './notice.ts';

export interface PersonContext {
  /** Heading of the policy: whose project it is. */
  readonly title: string;
  /** Where the recipient reads on: their own page, the terms, the list of people. */
  readonly url: string;
}

export function toPerson(name: PersonNoticeName, { title, url }: PersonContext): Notice {
  const { subject, sentence } = words[name];
  return { subject: `[${title}] ${subject}`, text: wrapped(`${sentence}\n\n  ${url}\n`) };
}

const words: Readonly<Record<PersonNoticeName, { readonly subject: string; readonly sentence: string }>> = {
  'application-arrived': {
    subject: 'Somebody asks to be admitted',
    sentence:
      'An application for membership waits for a decision. Who it is, what they state and who vouches for them stands on the page of people.',
  },
  'application-received': {
    subject: 'Your application has arrived',
    sentence: 'Your application for membership has arrived. The members of the project look at it; you are told what they decide.',
  },
  'application-vouched': {
    subject: 'A member vouches for an applicant',
    sentence: 'A member has vouched for somebody who asks to be admitted. The application waits for a decision.',
  },
  'application-declined': {
    subject: 'Your application',
    sentence: 'The project has decided not to admit you now. What you sent with your application is read by nobody but those who decided.',
  },
  'member-welcome': {
    subject: 'You have been admitted',
    sentence:
      'The project has admitted you. Sign in to read its terms; what your role gives you counts once you have accepted them, where they ask for it.',
  },
  'terms-asked': {
    subject: 'Terms to read and accept',
    sentence: 'The terms of the embargo wait for your yes. Until you have accepted them you see no case by your role.',
  },
  'confirmation-asked': {
    subject: 'A membership is to be confirmed',
    sentence:
      'A member of the project is to be confirmed: that they still belong. Without a word from somebody who may admit, their role lapses by itself.',
  },
  'role-lapsed': {
    subject: 'A role has lapsed',
    sentence:
      'Nobody confirmed a role in time, so it does not count any more. Somebody who may admit can confirm it at any time, and it counts again.',
  },
  'role-ended': {
    subject: 'A role of yours has ended',
    sentence: 'A role that you held in this project has ended. Your page says which, and why.',
  },
  'access-ended': {
    subject: 'Your access has ended',
    sentence: 'Your access to this project has ended, and so have all your sessions. Write to the project if this surprises you.',
  },
  'reading-stopped': {
    subject: 'A member was locked out',
    sentence:
      'Somebody opened more cases within an hour than anybody reads. Their sessions and tokens have ended and they are suspended, until somebody who may admit takes them back. Who it is stands on the page of people. Ask them, by another way than mail, whether it was they.',
  },
  'titles-held-back': {
    subject: 'A member was shown very many titles',
    sentence:
      'Lists have shown somebody as many titles of confidential cases within an hour as they show anybody; they show them codenames from then on. Who it is stands in the log of the server and in the logs of reads. Ask them, by another way than mail, whether it was they.',
  },
  'access-restored': {
    subject: 'Your access is restored',
    sentence: 'Your access to this project counts again. Sign in as before.',
  },
};

// SPDX-License-Identifier: Apache-2.0
// The public text of a policy, once: the served page, the HTML and Markdown of the command line, SECURITY.md and security.txt are written from it.

import { dated } from '../../core/model/time.ts';
import type { Policy } from '../../core/policy/policy.ts';
import { sections } from '../../core/policy/words.ts';
import { approvalSentences, downstreamSentences, embargoSentences } from './agreement-sentences.ts';
import { plain } from './plain.ts';
import {
  advisorySentences,
  agentSentences,
  calendarSentences,
  closingSentences,
  lawSentences,
  releaseSentences,
} from './publication-sentences.ts';
import {
  duplicateSentences,
  ownerSentences,
  readerSentences,
  requestSentences,
  roleSentences,
  verdictSentences,
} from './report-sentences.ts';
import { branchSentences, channelSentence, clockSentences, cveSentences, disclosureSentences, firstReply, readers } from './sentences.ts';

export interface PolicyText {
  readonly title: string;
  /** `libvirt-2023, version 1, in force since 2023-10-31 10:04 UTC`. */
  readonly version: string;
  /** The address as people read it: it stands in the visible text, never in a link alone (LIBVIRT-8). */
  readonly contact: string;
  /** The same as a URI: `mailto:` or https (RFC 9116 section 2.5.3). */
  readonly contactUri: string;
  readonly parts: readonly TextPart[];
}

export interface TextPart {
  readonly title: string;
  readonly sentences: readonly string[];
}

/** Parts that the served page draws in its own way. */
export const scopeTitle = 'What counts';
export const undecidedTitle = 'Not decided';

const proposed = { in: 'in scope', out: 'out of scope', elsewhere: 'belongs elsewhere' } as const;

export function policyText(policy: Policy): PolicyText {
  const { contact, validFrom } = policy;
  return {
    title: policy.title,
    version: `${policy.name}, version ${policy.version}, in force since ${dated(validFrom.at)}`,
    contact: contact.kind === 'mail' ? contact.address : contact.url,
    contactUri: contact.kind === 'mail' ? `mailto:${contact.address}` : contact.url,
    parts: [
      { title: 'How to report', sentences: [...policy.intake.channels.map(channelSentence), readers(policy), ...requestSentences(policy)] },
      { title: 'Who reads it', sentences: [...readerSentences(policy), ...ownerSentences(policy), ...duplicateSentences(policy)] },
      {
        title: scopeTitle,
        sentences: policy.eligibility.scope.map(({ rule, proposes, say }) => `${rule} (${proposed[proposes]}): ${say}`),
      },
      { title: 'The verdict', sentences: verdictSentences(policy) },
      {
        title: 'What we promise',
        sentences: [firstReply(policy), ...clockSentences(policy).slice(policy.clocks.acknowledge === null ? 0 : 1)],
      },
      { title: 'Embargo', sentences: embargoSentences(policy) },
      { title: 'Told before the public', sentences: downstreamSentences(policy) },
      { title: 'CVE numbers', sentences: cveSentences(policy) },
      { title: 'Branches', sentences: branchSentences(policy) },
      { title: 'Second words', sentences: approvalSentences(policy) },
      { title: 'Disclosure', sentences: [...disclosureSentences(policy), ...releaseSentences(policy)] },
      { title: 'What is published', sentences: [...advisorySentences(policy), ...closingSentences(policy)] },
      { title: 'Days that count', sentences: calendarSentences(policy) },
      { title: 'AI agents', sentences: agentSentences(policy) },
      { title: 'Roles', sentences: [...roleSentences(policy), ...lawSentences(policy)] },
      { title: undecidedTitle, sentences: undecidedSentences(policy) },
      { title: 'Reasons', sentences: reasons(policy) },
      { title: 'Sources', sentences: [...Object.entries(policy.sources).map(([name, what]) => `${name}: ${what}`), ...licence(policy)] },
    ].filter(({ sentences }) => sentences.length > 0),
  };
}

/** One entry for each place that takes reports and has an address of its own, the contact first; no address twice. */
export function contactUris(policy: Policy): readonly string[] {
  const mail = policy.intake.channels.flatMap((channel) =>
    channel.kind === 'mail' && channel.accepts === 'reports' ? [`mailto:${channel.address}`] : [],
  );
  return [...new Set([policyText(policy).contactUri, ...mail])];
}

/** One sentence for all: a reader looks for a key in it, and never reads it whole. */
function undecidedSentences({ unspecified }: Policy): readonly string[] {
  return unspecified.length === 0 ? [] : [`The project does not say, and a default acts until it does: ${unspecified.join(', ')}.`];
}

function reasons({ origins }: Policy): readonly string[] {
  return sections.flatMap((section) =>
    Object.entries(origins[section].because).map(([key, because]) => `${plain(section)}, ${plain(key)}: ${because}`),
  );
}

function licence({ licence: words }: Policy): readonly string[] {
  return words === null ? [] : [words];
}

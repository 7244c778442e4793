// SPDX-License-Identifier: Apache-2.0
// Events of the agreement in a sentence: dates that are asked for, and the parties.

import type { Voice } from '../core/model/embargo.ts';
import type { EventKind, EventOf } from '../core/model/event.ts';
import { granter } from '../core/process/voices.ts';
import { exact } from './moments.ts';
import { factWords, plain } from './words.ts';

export const voice = (as: Voice | 'member') => {
  if (as === 'reporter') return 'the reporter';
  if (as.startsWith('party:')) return `party ${as.slice('party:'.length)}`;
  if (as === granter) return 'whoever may grant it';
  return as === 'member' ? 'a member' : `role ${plain(as)}`;
};

export const list = (words: readonly string[]) => (words.length === 0 ? 'nobody' : words.join(', '));

type Told = { readonly [Kind in EventKind]?: (event: EventOf<Kind>) => string };

export const agreementSentences = {
  'embargo-proposed': (event) =>
    `Proposed ${event.restarts === null ? 'an embargo until' : `to restart the embargo (${plain(event.restarts)}), ending`} ${exact(event.until)}. Asked to agree: ${list(event.awaits.map(voice))}.`,
  'embargo-agreed': (event) => `Agreed to the date, for ${voice(event.as)}.`,
  'embargo-refused': (event) =>
    `Refused the date, for ${voice(event.as)}.${event.missing.length === 0 ? '' : ` Missing: ${list(event.missing.map(plain))}.`}`,
  'embargo-kept': (event) => `Kept the embargo all the same: ${factWords[event.fact].toLowerCase()}.`,
  'party-proposed': (event) => `Proposed to tell the party ${event.party}.`,
  'rules-acknowledged': (event) =>
    `Read the rules of ${event.rules.replace(/^party:/, '').replace(/^\d+:/, 'the channel ')} before sending (${event.text.slice(0, 12)}).`,
  'agents-decided': (event) => (event.allowed ? 'Opened the case to AI agents.' : 'Closed the case to AI agents.'),
  'party-screened': (event) => `Party ${event.party}: ${event.cleared ? 'cleared' : 'not cleared'} for private material.`,
  'party-notified': (event) => `Told the party ${event.party}.`,
  'notice-recorded': (event) =>
    `Recorded that ${event.party} was told, ${exact(event.since)}${event.dated === undefined ? '' : `, naming ${exact(event.dated)}`}.`,
  'answer-recorded': (event) => `Recorded for ${event.party}: ${plain(event.answer)}.`,
  'party-message-withdrawn': (event) => `Took back message ${event.message} to the party ${event.party} before it left.`,
  'party-written-to': (event) => `To the party ${event.party} alone:`,
  'party-wrote': (event) => `From the party ${event.party}, to the team alone:`,
  'terms-accepted': (event) => `Accepted the terms, for ${event.party}.`,
  'notice-acknowledged': (event) => `Has read the notice, for ${event.party}.`,
  'party-ready': (event) => `Ready, for ${event.party}.`,
  'vendors-asked': (event) =>
    `Asked to be ready at the same hour: ${event.vendors.length === 0 ? 'nobody' : event.vendors.map(({ role, people }) => `${people.join(', ')} (${plain(role)})`).join('; ')}.`,
  'readiness-said': (event) => `Ready for the hour, as ${plain(event.role)}.`,
  'objection-raised': (event) => `Objected, for ${event.party}.`,
  'party-left': (event) =>
    event.cause === 'breach' ? `The embargo was broken by ${event.party}; its access ended.` : `The part of ${event.party} ended.`,
  'duty-done': (event) => `Done for ${event.party}: ${plain(event.duty)}.`,
} as const satisfies Told;

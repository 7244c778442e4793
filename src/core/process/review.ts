// SPDX-License-Identifier: Apache-2.0
// What a review asks for: words of different people, each for one role. Whether they are enough, who else is wanted, and the words for it.

import type { Actor } from '../model/actor.ts';
import type { PersonId, Role } from '../model/identifiers.ts';
import type { HeldAs, SpokenAs } from '../model/word.ts';
import type { Review } from '../policy/embargo-rules.ts';
import type { Policy } from '../policy/policy.ts';
import { rolesWith } from '../policy/policy.ts';
import type { Right } from '../policy/words.ts';
import { rolesOf } from './situation.ts';

/** One word that is asked for: of somebody who holds one of these roles, or of anybody who may take the step. */
export type Asked = readonly Role[] | 'anybody';

/** What one person said. Without `as` it stands for any role: whoever asked then asked for people. */
export interface Word {
  readonly as?: readonly string[] | undefined;
}

/** Who may approve under this review. */
export function reviewerRoles(review: Review | null): readonly Role[] {
  if (review === null) return [];
  return review.kind === 'approvals' ? review.by : review.eachOf;
}

/** The words that the review asks for; where the policy has none, one person's. */
export function asks(review: Review | null): readonly Asked[] {
  if (review === null) return ['anybody'];
  return review.kind === 'approvals' ? new Array<Asked>(review.approvals).fill(review.by) : review.eachOf.map((role) => [role]);
}

/** The words that a publication asks for: the first is anybody's, and the reviewers are counted beside it. */
export function asksToPublish({ publication }: Policy['reviews']): readonly Asked[] {
  return publication === null ? ['anybody'] : ['anybody', ...asks(publication)];
}

/** The words for what opens at the cap by itself: those of any publication, and two people's under every policy, since nobody looks again at the hour. */
export function asksForBundle(reviews: Policy['reviews']): readonly Asked[] {
  return reviews.publication === null ? ['anybody', 'anybody'] : asksToPublish(reviews);
}

/** The same number of words for a step by another right: a role that has not got it could never speak, and anybody else speaks in its place. */
export function asksBy(right: Right, policy: Policy): readonly Asked[] {
  const able = rolesWith(policy, right);
  return asksToPublish(policy.reviews).map((asked) =>
    asked === 'anybody' || asked.some((role) => able.includes(role)) ? asked : 'anybody',
  );
}

/** How many of the asked words are given, as the people can be matched to them best: each speaks for one. */
function given(asked: readonly Asked[], words: readonly Word[]): number {
  const speaker = new Map<number, Word>();
  const place = (word: Word, tried: Set<number>): boolean =>
    asked.some((one, index) => {
      if (tried.has(index) || !fits(word, one)) return false;
      tried.add(index);
      const before = speaker.get(index);
      if (before !== undefined && !place(before, tried)) return false;
      speaker.set(index, word);
      return true;
    });
  return words.filter((word) => place(word, new Set())).length;
}

function fits({ as }: Word, asked: Asked): boolean {
  return asked === 'anybody' || as === undefined || asked.some((role) => as.includes(role));
}

export function enough(asked: readonly Asked[], words: readonly Word[]): boolean {
  return given(asked, words) === asked.length;
}

/** Whether one more word, by somebody who holds these roles, is one of those that are still asked for. */
export function isWanted(asked: readonly Asked[], words: readonly Word[], roles: readonly string[]): boolean {
  return given(asked, [...words, { as: roles }]) > given(asked, words);
}

/** Whether somebody with these roles may speak now: one whom the policy names, and of several roles one whose word is not given yet. */
export function maySpeak(review: Review | null, asked: readonly Asked[], words: readonly Word[], roles: readonly Role[]): boolean {
  if (review === null) return true;
  const named = reviewerRoles(review).some((role) => roles.includes(role));
  const toPublish = asked.includes('anybody');
  // Words of a time when nobody recorded as what they were said stand for any role.
  const unnamed = words.length === 0 || words.some(({ as }) => as === undefined);
  if (review.kind === 'approvals' && (unnamed || !toPublish)) return named || (words.length === 0 && toPublish);
  return isWanted(asked, words, roles) || (named && enough(asked, words));
}

/**
 * The same for a step that asks by another right (`asksBy`): of people who were named by their roles, the first is anybody and each that follows is one
 * of these, as far as any of them can speak there.
 */
export function mayAddBy(review: Review | null, asked: readonly Asked[], words: readonly Word[], roles: readonly Role[]): boolean {
  if (review?.kind === 'approvals' && asked.every((one) => one === 'anybody')) return true;
  return review?.kind === 'each_of' ? isWanted(asked, words, roles) : maySpeak(review, asked, words, roles);
}

/** Who is still asked, in words: `somebody with the role editor`, `2 people with the role core or lead`; empty when nobody is. */
export function stillNeeded(asked: readonly Asked[], words: readonly Word[]): string {
  const named = asked.filter((one) => one !== 'anybody');
  const said = named.length === asked.length ? words : withoutFirst(words);
  const missing = named.length - given(named, said);
  const others = asked.length - given(asked, words) - missing;
  const open = named.filter((roles) => isWanted(named, said, roles));
  return [...rolesIn(open, missing), ...(others > 0 ? [others === 1 ? 'another person' : `${others} other people`] : [])].join(' and ');
}

/** A first word that names no role was anybody's: it stands for none of the roles. */
function withoutFirst(words: readonly Word[]): readonly Word[] {
  const first = words.find(({ as }) => as === undefined);
  return words.filter((word) => word !== first);
}

function rolesIn(open: readonly (readonly Role[])[], missing: number): readonly string[] {
  if (missing === 0) return [];
  const roles = [...new Set(open.map((one) => one.map((role) => role.replace(/[_-]/g, ' ')).join(' or ')))];
  if (roles.length === 1) return [missing === 1 ? `somebody with the role ${roles[0]}` : `${missing} people with the role ${roles[0]}`];
  if (open.length === missing) return roles.map((role) => `somebody with the role ${role}`);
  return [`${missing === 1 ? 'somebody with one' : `people with ${missing}`} of the roles ${roles.join(', ')}`];
}

/** People who have spoken, with what they spoke for. */
export function wordsOf(people: readonly PersonId[], heldAs: HeldAs = {}): readonly Word[] {
  return people.map((person) => ({ as: heldAs[person] }));
}

/** What an event tells of its author: which of the asked roles they hold, where each is asked for a word of its own. */
export function speaksAs(review: Review | null, actor: Actor): SpokenAs {
  return review?.kind === 'each_of' ? { as: rolesOf(actor).filter((role) => review.eachOf.includes(role)) } : {};
}

/** The same of a word to a publication, whose first is anybody's: where one of the reviewers said it, anybody else may say the second. */
export function speaksToPublish({ publication }: Policy['reviews'], actor: Actor): SpokenAs {
  return publication === null ? {} : { as: rolesOf(actor).filter((role) => reviewerRoles(publication).includes(role)) };
}

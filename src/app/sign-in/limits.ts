// SPDX-License-Identifier: Apache-2.0
// The lengths of time and the counts of signing in, each with its reason, in one place.

/** A session ends by itself after a working day, whatever happens (ASVS 7.3.2). */
export const sessionHours = 12;

/** And when nobody used it for half an hour: it may stand on a screen that somebody left (ASVS 7.3.1). NIST SP 800-63B has this for AAL2 and half of it for AAL3; docs/operate.md says why. */
export const idleMinutes = 30;

/** How far apart two entries of `seen` are: a write for each request would cost more than the page. */
export const seenEverySeconds = 60;

/** Publishing, a date, access and exports want a proof this fresh: long enough to read once more, too short for a desk that was left (SAFETY 4.6). */
export const freshMinutes = 5;

/** A challenge is good once and for this long; people look for their key. */
export const challengeMinutes = 5;

/** An enrolment link: until tomorrow, unless it is made shorter. */
export const enrolmentHours = { least: 1, most: 24 };

/** A request for recovery waits this long for a second person. */
export const recoveryHours = 24;

/** A link in a mail to a reporter: good once, for a long weekend; after that it offers to send another. */
export const reporterLinkHours = 72;

/** What a reporter opened by it ends after half a working day, whatever happens: there is no other proof of them to ask for in between. */
export const reporterHours = 4;

/** Fresh links to one address of one report, in the stretch of `attempts`: nobody fills a mailbox by asking. */
export const freshLinksEach = 2;

/** Ceremonies and requests for links: from one address in a quarter of an hour, and for a project as a whole. */
export const attempts = { seconds: 900, fromOne: 30, ofAll: 600 };

/** Somebody who signs in after this many days without is told of it, as it may be somebody else. */
export const absentDays = 60;

/** Passkeys and tokens of one person, so that none becomes a store. */
export const mostEach = 20;

/** An API token lives at most a quarter of a year: nobody knows after that where it lies. */
export const tokenDays = 90;

// SPDX-License-Identifier: Apache-2.0
// One case with something in every field, driven to the eve of its publication through the API, under any of the presets.

import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import type { Answer, Village, VillageProject } from './village.ts';

/** What differs between the presets: who holds the roles, and what a report and a confirmation need. */
interface Course {
  readonly members: VillageProject['members'];
  readonly fields: readonly string[];
  readonly confirmation: object;
  readonly branch: { readonly branch: string; readonly component?: string };
  /** Whether the policy publishes an advisory of its own. */
  readonly advisory: boolean;
}

const courses: Readonly<Record<string, Course>> = {
  'libvirt-2023': {
    members: { anna: ['core'], viktor: ['vendor'], mo: ['moderator'], rhea: ['core'], cleo: [] },
    fields: ['description', 'steps', 'version'],
    confirmation: { severity: 'high', branches: 'development master' },
    branch: { branch: 'master' },
    advisory: true,
  },
  'qemu-2026': {
    members: { anna: ['maintainer'], viktor: ['maintainer'], cecil: ['cna'], rhea: ['maintainer'], cleo: [] },
    fields: ['description', 'version', 'command_line', 'steps', 'found_with', 'findings_checked', 'host', 'logs'],
    confirmation: { severity: 'high', branches: 'development master' },
    branch: { branch: 'master' },
    advisory: false,
  },
  'openstack-vmt': {
    members: {
      anna: ['coordinator', 'core_reviewer', 'stable_maintainer'],
      viktor: ['coordinator', 'core_reviewer', 'stable_maintainer', 'liaison'],
      lia: ['liaison'],
      rhea: ['coordinator'],
      cleo: [],
    },
    fields: ['description', 'component', 'version', 'steps'],
    confirmation: { class: 'A', branches: 'development master nova' },
    branch: { branch: 'master', component: 'nova' },
    advisory: true,
  },
};

export const presets = Object.keys(courses);

export function courseOf(preset: string): Course {
  const course = courses[preset];
  if (course === undefined) throw new Error(`no course for ${preset}`);
  return course;
}

/** Ids of a case that was driven; those to whom it is hidden may guess them all and must not be told whether they guessed well. */
export interface Secret {
  readonly project: string;
  readonly case: string;
  readonly codename: string;
  /** The reporter's page, as a path of the API. */
  readonly mine: string;
  readonly token: string;
  readonly participant: string;
  readonly flaw: string;
  readonly cve: string;
  readonly number: string | null;
  readonly until: string | null;
  readonly attachments: readonly string[];
  readonly messages: readonly string[];
}

/** Text for a field; `kind` says what form it has to have. */
export type Say = (field: string, kind?: 'text' | 'name' | 'address' | 'file') => string;

export interface Sent {
  readonly case: string;
  readonly codename: string;
  readonly mine: string;
  readonly token: string;
}

export async function sendReport(here: Village, project: string, preset: string, say: Say, key?: string): Promise<Sent> {
  const { fields } = courseOf(preset);
  const file = (field: string, purpose: string) => ({
    name: say(`${field} name`, 'file'),
    purpose,
    base64: Buffer.from(say(`${field} content`)).toString('base64'),
  });
  const sent = await here.call(`/api/v1/${project}/reports`, {
    ...(key === undefined ? {} : { headers: { 'Idempotency-Key': key } }),
    body: {
      title: say('title'),
      fields: {
        ...Object.fromEntries(fields.map((field) => [field, say(`field ${field}`)])),
        credit_name: say('asked credit name', 'name'),
      },
      name: say('reporter name', 'name'),
      address: say('reporter address', 'address'),
      consent: true,
      files: [
        file('evidence file', 'evidence'),
        file('reproducer file', 'reproducer'),
        { name: say('photo name', 'file'), purpose: 'evidence', base64: photo(say('photo metadata content')).toString('base64') },
      ],
    },
  });
  assert.equal(sent.status, 201, sent.body.toString());
  const token: string = sent.json.key;
  return { case: sent.json.case, codename: sent.json.codename, token, mine: `${token}@/api/v1/${project}/my-report` };
}

/** The whole text, or where the project has a sentence of its own its fields. */
function impactOf(preset: string, text: string): object {
  if (preset !== 'openstack-vmt') return { impact: text };
  return { feature: 'a driver', action: 'a request', actor: 'user', gain: text, consequence: 'a leak', deployments: 'some setups' };
}

/** Drives a case to the eve of its publication: every kind of text is in it, and its documents are prepared and signed where there are any. */
export async function driveSecret(here: Village, project: string, preset: string, say: Say): Promise<Secret> {
  const { advisory, branch, confirmation } = courseOf(preset);
  const sent = await sendReport(here, project, preset, say);
  const steps = stepsOf(here, project, sent);
  const { anna, viktor, reporter } = steps;
  await here.settle();
  if ((await here.call(`/api/v1/${project}/cases/${sent.case}`, { token: await here.signIn(project, 'anna') })).status === 404)
    await steps.as('mo', 'release-report');
  await anna('take-up-case');
  await conversation(steps, say);
  await closedForGood(steps, say);
  await anna('decide-eligibility', { verdict: 'in', reason: say('eligibility reason') });
  await anna('confirm-flaw', { reason: say('confirmation reason'), summary: say('bundle summary'), ...confirmation });
  await related(here, project, preset, steps, sent, say);
  await viktor('agree-bundle');
  await dates(here, steps, say);
  await anna('add-patch', {
    ...branch,
    patch: { name: say('patch name', 'file'), text: `${say('patch content')}\n\nSigned-off-by: Anna <a@b>\n` },
  });
  await viktor('approve-patch', branch);
  await anna('describe-impact', impactOf(preset, say('impact')));
  await reporter('approve-impact');
  await steps.maybe('viktor', 'approve-impact');
  await numbers(here, steps, sent);
  await reporter('decide-credit', { decision: 'named', name: say('credit name', 'name') });
  if (advisory) await writeAdvisory(steps, say);
  await steps.maybe('anna', 'go-on-call', { role: 'core_reviewer' });
  await steps.maybe('viktor', 'go-on-call', { role: 'stable_maintainer' });
  if (advisory) {
    await anna('approve-release');
    await anna('stop-release', { reason: say('stop reason') });
    await anna('approve-release');
    await viktor('approve-release');
  }
  await anna('add-note', { body: say('last note') });
  await here.settle();
  return secretOf(here, project, sent);
}

/** A picture whose metadata say something. */
function photo(said: string): Buffer {
  const chunk = (name: string, data: Buffer) => {
    const length = Buffer.alloc(4);
    length.writeUInt32BE(data.length);
    return Buffer.concat([length, Buffer.from(name), data, Buffer.alloc(4)]);
  };
  const start = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);
  return Buffer.concat([start, chunk('IHDR', Buffer.alloc(13)), chunk('tEXt', Buffer.from(said)), chunk('IEND', Buffer.alloc(0))]);
}

/** What is never opened, whatever the policy opens: a note that its author closed, and one of which two people struck out all that it says. */
async function closedForGood({ anna, viktor, state, texts }: Steps, say: Say): Promise<void> {
  await anna('add-note', { body: say('closed note'), never: 'personal_data' });
  const struck = say('struck note');
  await anna('add-note', { body: `Before. ${struck} After.` });
  const [piece] = Object.entries(await texts()).find(([, text]) => text.includes(struck)) ?? [];
  await anna('propose-redaction', { piece, passage: struck, why: 'tokens' });
  const [{ redaction }] = (await state()).record.redactions;
  await viktor('approve-redaction', { redaction });
}

/** A second flaw that comes to nothing, and a second report, by the same address, that is a duplicate of this case. */
async function related(here: Village, project: string, preset: string, { anna, state }: Steps, sent: Sent, say: Say): Promise<void> {
  await anna('add-flaw', { title: say('title of a flaw', 'name') });
  const { flaws } = await state();
  await anna('drop-flaw', { flaw: flaws.at(-1).flaw, reason: say('reason of a dropped flaw') });
  const second = await sendReport(here, project, preset, (field, kind) =>
    kind === 'address' ? say('reporter address', kind) : say(`second ${field}`, kind),
  );
  await here.settle();
  const steps = stepsOf(here, project, second);
  await steps.maybe('mo', 'release-report').catch(() => undefined);
  await steps.anna('mark-duplicate', { of: sent.case, independent: false, reason: say('reason of a duplicate') });
  await steps.anna('send-message', { body: say('second message to the reporter') });
  await steps.reporter('decide-credit', { decision: 'declined' });
  await here.settle();
}

type Take = (action: string, body?: object) => Promise<Answer>;

export interface Steps {
  readonly as: (person: string, action: string, body?: object) => Promise<Answer>;
  /** Where the policy knows no such step, nothing happens. */
  readonly maybe: (person: string, action: string, body?: object) => Promise<Answer>;
  readonly anna: Take;
  readonly viktor: Take;
  readonly reporter: Take;
  readonly state: () => Promise<Answer['json']>;
  /** Texts of the case as those inside read them, by id. */
  readonly texts: () => Promise<Readonly<Record<string, string>>>;
}

export function stepsOf(here: Village, project: string, sent: Pick<Sent, 'case' | 'mine'>): Steps {
  const path = `/api/v1/${project}/cases/${sent.case}`;
  const maybe = async (person: string, action: string, body: object = {}) =>
    here.call(`${path}/${action}`, { token: await here.signIn(project, person), body });
  const as = (person: string, action: string, body?: object) => done(action, maybe(person, action, body));
  return {
    as,
    maybe,
    anna: (action, body) => as('anna', action, body),
    viktor: (action, body) => as('viktor', action, body),
    reporter: (action, body = {}) => done(action, here.call(`${sent.mine}/${action}`, { body })),
    state: async () => (await here.call(path, { token: await here.signIn(project, 'anna') })).json.state,
    texts: async () => (await here.call(path, { token: await here.signIn(project, 'anna') })).json.texts,
  };
}

async function done(action: string, answer: Promise<Answer>): Promise<Answer> {
  const given = await answer;
  assert.equal(given.status, 200, `${action}: ${given.body}`);
  return given;
}

async function conversation({ anna, viktor, reporter }: Steps, say: Say): Promise<void> {
  await anna('send-message', { body: say('message to the reporter') });
  const files = [{ name: say('note file name', 'file'), text: say('note file content') }];
  await anna('add-note', { body: say('note'), attachments: files });
  await reporter('answer-team', {
    body: say('answer of the reporter'),
    attachments: [{ name: say('answer file name', 'file'), text: say('answer file content') }],
  });
  await viktor('record-fact', { fact: 'exposed', since: '2026-11-01 09:00 UTC', evidence: say('evidence of a fact') });
}

/** A date is proposed, and refused where somebody is asked; the embargo stands afterwards, at the first date or at the one that nobody refused. */
async function dates(here: Village, { anna, viktor, reporter, state }: Steps, say: Say): Promise<void> {
  await anna('propose-embargo', {
    until: '2026-11-10 15:00 UTC',
    reason: say('reason of a date'),
    circumstances: say('circumstances'),
    evidence: say('evidence for a date'),
    deviation: say('deviation'),
  });
  const { state: stands, proposal } = (await state()).embargo;
  if (stands === 'active') return;
  const refuse = proposal.awaits.includes('reporter') ? reporter : viktor;
  await refuse('refuse-embargo', { reason: say('refusal of a date') });
  await here.settle();
}

async function numbers(here: Village, { maybe, state }: Steps, sent: Sent): Promise<void> {
  const { flaw } = (await state()).flaws[0];
  await maybe('anna', 'request-cve', { flaw });
  for (const person of ['viktor', 'cecil']) {
    if ((await state()).flaws[0].number !== null) return;
    await maybe(person, 'record-cve', { flaw, number: secretCve(sent) }).catch(() => undefined);
  }
  await here.settle();
}

/** A number names one case of a project only. */
function secretCve(sent: Sent): string {
  const digits = createHash('sha256').update(sent.case).digest().readUInt32BE() % 90_000;
  return `CVE-1900-${10_000 + digits}`;
}

async function writeAdvisory({ anna, viktor }: Steps, say: Say): Promise<void> {
  const advisory = advisoryBody(say);
  await anna('write-advisory', { advisory });
  await anna('submit-advisory');
  await viktor('return-advisory', { reason: say('reason of a return') });
  await anna('write-advisory', { advisory });
  await anna('submit-advisory');
  await viktor('approve-advisory');
}

export function advisoryBody(say: Say) {
  return {
    title: say('advisory title'),
    summary: say('advisory summary'),
    description: say('advisory description'),
    impact: say('advisory impact'),
    conditions: [say('advisory condition')],
    detection: say('advisory detection'),
    workarounds: [say('advisory workaround')],
    solution: say('advisory solution'),
    products: [
      {
        name: say('advisory product', 'name'),
        branches: [
          {
            name: 'master',
            status: 'fixed',
            introducedBy: ['a'.repeat(40)],
            fixedBy: ['b'.repeat(40)],
            vulnerableTags: ['v6.2.0'],
            fixedTags: ['v6.6.0'],
            note: say('advisory branch note', 'name'),
          },
        ],
      },
    ],
    references: [{ kind: 'bug', url: 'https://bugs.example/1', title: say('advisory reference title', 'name') }],
    notes: [say('advisory note')],
  };
}

async function secretOf(here: Village, project: string, sent: Sent): Promise<Secret> {
  const view = await here.call(`/api/v1/${project}/cases/${sent.case}`, { token: await here.signIn(project, 'anna') });
  assert.equal(view.status, 200);
  const { state, attachments, messages } = view.json;
  return {
    ...sent,
    project,
    participant: state.reporters[0].participant,
    flaw: state.flaws[0].flaw,
    cve: state.flaws[0].number,
    number: state.advisory.number,
    until: state.embargo.until,
    attachments: attachments.map((one: { id: string }) => one.id),
    messages: messages.map((one: { id: string }) => one.id),
  };
}

// SPDX-License-Identifier: Apache-2.0
// The demo's cases, made through the same actions as everyone's: one waits, one is under a running embargo, one is published.

import { act } from '../app/act.ts';
import { newContents } from '../app/contents.ts';
import type { Received } from '../app/intake.ts';
import { receiveReport } from '../app/intake.ts';
import type { OfferedAction } from '../app/parse.ts';
import { looked, parseBody } from '../app/parse.ts';
import { preparePublication } from '../app/preparation.ts';
import { announce, publishSite } from '../app/publication.ts';
import { readCase } from '../app/read.ts';
import { tick } from '../app/tick.ts';
import type { World } from '../app/world.ts';
import type { PersonActor } from '../core/model/actor.ts';
import type { CaseId, ParticipantId, PersonId, ProjectId } from '../core/model/identifiers.ts';
import { cveId } from '../core/model/identifiers.ts';
import { isRefusal } from '../core/model/refusal.ts';
import type { Instant } from '../core/model/time.ts';
import { shifted } from '../core/model/time.ts';
import type { DemoProject } from './people.ts';
import type { Replay } from './replays.ts';
import { mapperControl, mapperControlAdvisory, mapperControlPatch, reentrantDma, volumeAttachment } from './replays.ts';

/** A world whose clock the seeding moves: the cases have a past. */
export interface SeedWorld {
  readonly world: World;
  readonly setClock: (at: Instant) => void;
}

/** @returns what each case replays, by case id, for the line that every page of it carries. */
export async function seedDemo(seed: SeedWorld, projects: readonly DemoProject[], now: Instant): Promise<Readonly<Record<string, string>>> {
  const [libvirt, qemu, openstack] = projects;
  if (libvirt === undefined || qemu === undefined || openstack === undefined) throw new Error('the demo has three projects');
  const published = await seedPublished(seed, libvirt, now);
  const waiting = await seedWaiting(seed, qemu, now);
  const embargoed = await seedEmbargoed(seed, openstack, now);
  seed.setClock(now);
  return { [published]: mapperControl.replays, [waiting]: reentrantDma.replays, [embargoed]: volumeAttachment.replays };
}

async function seedWaiting(seed: SeedWorld, { project }: DemoProject, now: Instant): Promise<CaseId> {
  seed.setClock(shifted(now, { hours: -15 }));
  const { case: id } = await submit(seed.world, project, reentrantDma, 'fuzzer');
  return id;
}

async function seedEmbargoed(seed: SeedWorld, { project }: DemoProject, now: Instant): Promise<CaseId> {
  const { world, setClock } = seed;
  setClock(shifted(now, { hours: -4 * 24 }));
  const { case: id } = await submit(world, project, volumeAttachment, 'manual');
  if (await begun(world, project, id)) return id;
  const take = taker(world, project, id);
  setClock(shifted(now, { hours: -3 * 24 }));
  await take('mei', 'take-up-case', {});
  await take('mei', 'decide-eligibility', {
    verdict: 'in',
    reason: 'Supported releases are affected and the default configuration is enough.',
  });
  await take('mei', 'send-message', {
    body: 'Thank you. We have reproduced it with LVM over iSCSI and will write again by the end of the week.',
  });
  setClock(shifted(now, { hours: -2 * 24 }));
  await take('mei', 'confirm-flaw', {
    reason: 'Reproduced on a cloud of two hosts.',
    class: 'A',
    summary: 'Deleting an attachment behind the back of Nova may give the volume of another tenant to an instance.',
    branches: ['development master nova', 'development master cinder'],
  });
  for (const person of ['cora', 'rea', 'lia']) await take('mei', 'add-person', { person });
  await take('cora', 'add-note', { body: 'The remedy needs a configuration change as well as code: Nova has to send a service token.' });
  return id;
}

async function seedPublished(seed: SeedWorld, { project }: DemoProject, now: Instant): Promise<CaseId> {
  const { world, setClock } = seed;
  const first = shifted(now, { hours: -20 * 24 });
  setClock(first);
  const { case: id, participant } = await submit(world, project, mapperControl, 'manual');
  if (await begun(world, project, id)) return id;
  const take = taker(world, project, id);
  setClock(shifted(first, { hours: 3 }));
  await take('mo', 'release-report', {});
  await take('anna', 'take-up-case', {});
  setClock(shifted(first, { hours: 24 }));
  await take('anna', 'confirm-flaw', {
    reason: 'Seen in the open files of a guest process.',
    severity: 'moderate',
    summary: 'A descriptor of the device mapper leaks into QEMU processes.',
  });
  await take('jon', 'agree-bundle', {});
  setClock(shifted(first, { hours: 48 }));
  await take('anna', 'add-patch', { branch: 'master', patch: { name: 'virdevmapper.patch', text: mapperControlPatch } });
  await take('jon', 'approve-patch', { branch: 'master' });
  await recordNumber(world, project, id, 'viktor', 'CVE-2020-14339');
  await creditReporter(world, project, id, participant);
  setClock(shifted(first, { hours: 72 }));
  await take('anna', 'write-advisory', { advisory: mapperControlAdvisory });
  await take('anna', 'submit-advisory', {});
  await take('viktor', 'approve-advisory', {});
  await take('anna', 'approve-release', {});
  await take('jon', 'approve-release', {});
  await preparePublication(world, project, id);
  await disclose(seed, project, id);
  await take('jon', 'record-merge', { branch: 'master', commit: '22494556542c676d1b9e7f1c1f2ea13ac17e1e3e' });
  return id;
}

/** A start that was killed in the middle leaves a case on its way; the visitor goes on with it. */
async function begun(world: World, project: ProjectId, id: CaseId): Promise<boolean> {
  const view = await readCase(world, { kind: 'process', project }, id);
  return view?.log.some((event) => event.by.kind === 'person') ?? false;
}

/** The end of the embargo, as the clock and the worker would do it. */
async function disclose({ world, setClock }: SeedWorld, project: ProjectId, id: CaseId): Promise<void> {
  const view = await readCase(world, { kind: 'process', project }, id);
  if (view?.state.embargo.until == null) throw new Error('the case of the demo has no embargo');
  setClock(view.state.embargo.until);
  while ((await tick(world, project)) > 0);
  for (const { channel } of view.policy.disclosure.channels.map((one, index) => ({ channel: `${index}:${one.kind}` }))) {
    if (channel.endsWith(':site')) await publishSite(world, project, id, channel);
    if (channel.endsWith(':mail')) await announce(world, project, id, channel);
    if (channel.endsWith(':git')) await taker(world, project, id)('jon', 'confirm-channel', { channel, evidence: 'Pushed by hand.' });
  }
  while ((await tick(world, project)) > 0);
}

async function submit(world: World, project: ProjectId, replay: Replay, origin: 'manual' | 'fuzzer'): Promise<Received> {
  const received = await receiveReport(world, {
    project,
    channel: 'web',
    mailbox: null,
    proof: { by: 'nothing' },
    member: false,
    key: `demo:${replay.title}`,
    title: replay.title,
    fields: replay.fields,
    files: [],
    name: replay.reporter.name,
    address: replay.reporter.address,
    sensitive: 'yes',
    origin,
    deadline: null,
    consented: true,
  });
  if (isRefusal(received)) throw new Error(`the demo's report was refused: ${JSON.stringify(received.refusal)}`);
  return received;
}

/** Takes actions as a member, with the bodies that the API takes. @throws Error when one is refused. */
function taker(world: World, project: ProjectId, id: CaseId) {
  return async (name: string, kind: OfferedAction, body: object): Promise<void> => {
    const actor = await memberNamed(world, project, name);
    const view = await readCase(world, actor, id);
    if (view === undefined) throw new Error(`${name} does not see the case of the demo`);
    const contents = newContents(world.random);
    const parsed = parseBody(kind, body, { ...looked(view), contents, random: world.random, participant: null });
    if ('problems' in parsed) throw new Error(`${kind}: ${JSON.stringify(parsed.problems)}`);
    const acted = await act(world, actor, id, { action: parsed.action, contents });
    if (isRefusal(acted)) throw new Error(`${kind}: ${JSON.stringify(acted.refusal)}`);
  };
}

async function recordNumber(world: World, project: ProjectId, id: CaseId, name: string, text: string): Promise<void> {
  const actor = await memberNamed(world, project, name);
  const flaw = (await readCase(world, actor, id))?.state.flaws[0]?.flaw;
  const number = cveId(text);
  if (flaw === undefined || number === undefined) throw new Error('the case of the demo has no flaw to number');
  await act(world, actor, id, { action: { kind: 'record-cve', flaw, number }, contents: newContents(world.random) });
}

async function creditReporter(world: World, project: ProjectId, id: CaseId, participant: ParticipantId): Promise<void> {
  const contents = newContents(world.random);
  const name = contents.text({ kind: 'credit_name', audience: 'withheld', participant }, mapperControl.reporter.name);
  const actor = { kind: 'reporter', project, case: id, participant, proof: { by: 'case_link' } } as const;
  await act(world, actor, id, { action: { kind: 'decide-credit', participant, decision: 'named', name }, contents });
}

async function memberNamed(world: World, project: ProjectId, name: string): Promise<PersonActor> {
  const member = await world.store.as({ kind: 'process', project }, (transaction) => transaction.accounts.member(name as PersonId));
  if (member === undefined) throw new Error(`the demo has no ${name}`);
  return { kind: 'person', project, person: member.person, roles: member.roles, proof: { by: 'demo_link' } };
}

// SPDX-License-Identifier: Apache-2.0
// What a document needs and the advisory does not say: who publishes, where things live, in which style. Filled from the policy.

export interface Publisher {
  /** As it stands at the head of a page: `libvirt security`. */
  readonly name: string;
  /** First part of its advisories' ids: `LSN`. */
  readonly prefix: string;
  /** Who makes the products, where an advisory names nobody. */
  readonly vendor?: string;
  /** The address that stands for the publisher, in formats that name things by address (CSAF, OpenVEX). */
  readonly namespace?: string;
  /** The organisation of the CVE program that assigns its numbers. */
  readonly cna?: { readonly organisation: string; readonly name?: string };
  /** Address of an advisory's page: `{id}` is the whole id, `{year}` and `{number}` its parts. */
  readonly page?: string;
  /** BCP 47, where an advisory names no language. */
  readonly language: string;
  /** Repositories by the name that records give them. */
  readonly repositories: Readonly<Record<string, Repository>>;
  /** Addresses of bugs by tracker, `{id}` where the number goes. */
  readonly trackers: Readonly<Record<string, string>>;
  readonly textLayout: 'plain' | 'libvirt';
  /** Whether mail addresses in credits are published. */
  readonly addresses: 'shown' | 'withheld';
  /** Fingerprints of the keys of which one signs, 40 hexadecimal digits each. */
  readonly keys?: readonly string[];
  /** Where the pages' styles and symbols lie; same origin, so that a strict policy holds. */
  readonly assets: { readonly styles: readonly string[]; readonly icons: string };
  /** Links of the public pages' head and foot. */
  readonly pages: {
    readonly home?: string;
    readonly report?: string;
    readonly advisories?: string;
    readonly feed?: string;
    readonly csaf?: string;
    /** The file of the signing keys, beside the documents. */
    readonly key?: string;
  };
}

interface Repository {
  readonly url: string;
  /** Address of a commit, `{id}` where the hash goes. */
  readonly commit?: string;
}

const plain: Publisher = {
  name: 'Security advisories',
  prefix: 'ADV',
  language: 'en',
  repositories: {},
  trackers: {},
  textLayout: 'plain',
  addresses: 'withheld',
  assets: { styles: ['/static/tokens.css', '/static/daylight.css'], icons: '/static/icons.svg' },
  pages: {},
};

const gitlabLibvirt = 'https://gitlab.com/libvirt/libvirt';

/** libvirt prints its reporters' and patchers' addresses in every notice (LIBVIRT-16). */
const libvirt: Publisher = {
  ...plain,
  name: 'libvirt security',
  prefix: 'LSN',
  vendor: 'libvirt',
  namespace: 'https://security.libvirt.org',
  cna: { organisation: '53f830b8-0a3f-465b-8143-3b8a9948e749', name: 'redhat' },
  page: 'https://security.libvirt.org/{year}/{number}.html',
  repositories: { 'libvirt.git': { url: gitlabLibvirt, commit: `${gitlabLibvirt}/-/commit/{id}` } },
  trackers: {
    redhat: 'https://bugzilla.redhat.com/show_bug.cgi?id={id}',
    debian: 'https://bugs.debian.org/cgi-bin/bugreport.cgi?bug={id}',
    ubuntu: 'https://bugs.launchpad.net/bugs/{id}',
  },
  textLayout: 'libvirt',
  addresses: 'shown',
};

/** OpenStack names its reporters and keeps their addresses to itself (VMT-42). */
const openstack: Publisher = {
  ...plain,
  name: 'OpenStack vulnerability management team',
  prefix: 'OSSA',
  vendor: 'OpenStack',
  namespace: 'https://security.openstack.org',
  cna: { organisation: '8254265b-2729-46b6-b9e3-3dfca2d5bfca', name: 'mitre' },
  page: 'https://security.openstack.org/ossa/{id}.html',
  trackers: { launchpad: 'https://launchpad.net/bugs/{id}' },
};

const builtIn: ReadonlyMap<string, Publisher> = new Map([
  ['libvirt-2012', libvirt],
  ['libvirt-2023', libvirt],
  ['openstack-vmt', openstack],
]);

/** The publisher that the program knows without a policy file; without a name a plain one, for an unknown name nothing. */
export function builtInPublisher(policy?: string): Publisher | undefined {
  return policy === undefined ? plain : builtIn.get(policy);
}

/** The address of `repository` as a reader can open it, or its name where the publisher knows none. */
export function repositoryAddress(repository: string, publisher: Publisher): string {
  return known(publisher.repositories, repository)?.url ?? repository;
}

export function commitAddress(repository: string | undefined, commit: string, publisher: Publisher): string | undefined {
  const template = repository === undefined ? undefined : known(publisher.repositories, repository)?.commit;
  return template?.replace('{id}', () => encodeURIComponent(commit));
}

export function bugAddress(tracker: string, id: string, publisher: Publisher): string | undefined {
  return known(publisher.trackers, tracker)?.replace('{id}', () => encodeURIComponent(id));
}

/** The page of the publisher's own advisory; nothing for the id of another. */
export function advisoryPage(id: string, { page, prefix }: Publisher): string | undefined {
  const [, year = '', number = ''] = /-(\d{4})-(\d+)$/.exec(id) ?? [];
  if (page === undefined || !id.startsWith(`${prefix}-`)) return undefined;
  return page
    .replace('{id}', () => encodeURIComponent(id))
    .replace('{year}', year)
    .replace('{number}', number);
}

/** Own entries only: a tracker named `constructor` is not known. */
function known<T>(entries: Readonly<Record<string, T>>, name: string): T | undefined {
  return Object.hasOwn(entries, name) ? entries[name] : undefined;
}

// SPDX-License-Identifier: Apache-2.0
// What an OSV record says is affected, as a product of the advisory record.

import type { Branch, Product, VersionRange } from '../core/model/advisory.ts';
import { type Line, line } from '../core/model/prose.ts';
import type { Finding } from './format.ts';
import { filled, present } from './optional.ts';
import type { OsvAffected, OsvRange } from './osv-schema.ts';

const ecosystemSchemes: Readonly<Record<string, VersionRange['scheme']>> = {
  PyPI: 'pep440',
  Debian: 'deb',
  Ubuntu: 'deb',
  'Red Hat': 'rpm',
  npm: 'semver',
  Go: 'semver',
  'crates.io': 'semver',
};

const known = ['package', 'ranges', 'versions', 'database_specific'];

export function readOsvAffected(affected: OsvAffected, place: string, notes: Finding[]): Product {
  const { package: packaged, ranges = [], versions = [], database_specific: own } = affected;
  for (const key of Object.keys(affected))
    if (!known.includes(key)) notes.push({ place: `${place}.${key}`, rule: 'not-read', message: 'is not read' });
  for (const key of Object.keys(own ?? {}))
    if (key !== 'product' && key !== 'versions')
      notes.push({ place: `${place}.database_specific.${key}`, rule: 'not-read', message: 'is not read' });
  const git = ranges.filter(({ type }) => type === 'GIT');
  const repository = line(git[0]?.repo ?? '');
  const name = line(typeof own?.product === 'string' ? own.product : '') ?? line(packaged?.name ?? '') ?? line(nameIn(repository));
  if (name === undefined) notes.push({ place, rule: 'no-name', message: 'no package, repository or product names what is affected' });
  const packageName = line(packaged?.name ?? '');
  const prose = Array.isArray(own?.versions) ? line(own.versions.join('; ')) : undefined;
  const scheme = ecosystemSchemes[packaged?.ecosystem.split(':')[0] ?? ''] ?? 'other';
  const bounds = ranges
    .filter(({ type }) => type !== 'GIT')
    .flatMap((range, at) => rangesIn(range, range.type === 'SEMVER' ? 'semver' : scheme, `${place}.ranges[${at}]`, notes));
  const exact = versions.flatMap((version): VersionRange[] => {
    const known = line(version);
    return known === undefined ? [] : [{ scheme: packaged === undefined ? 'other' : scheme, exact: known }];
  });
  return {
    name: name ?? ('unnamed' as Line),
    ...present('repository', repository),
    ...present('purl', line(packaged?.purl ?? '')),
    ...present('package', packageName === name ? undefined : packageName),
    ...present('ecosystem', line(packaged?.ecosystem ?? '')),
    ...present('branches', filled(git.flatMap((range, at) => branchIn(range, repository, `${place}.ranges[${at}]`, notes)))),
    ...present('ranges', filled([...bounds, ...exact])),
    ...present('prose', prose),
  };
}

function nameIn(repository: string | undefined): string {
  return (
    repository
      ?.replace(/\/$/, '')
      .split('/')
      .at(-1)
      ?.replace(/\.git$/, '') ?? ''
  );
}

/** Each `introduced` begins a range, which the next `fixed` or `last_affected` ends. */
function rangesIn(range: OsvRange, scheme: VersionRange['scheme'], place: string, notes: Finding[]): readonly VersionRange[] {
  const found: VersionRange[] = [];
  for (const event of range.events) {
    const [introduced, fixed, lastAffected] = [event.introduced, event.fixed, event.last_affected].map((bound) => line(bound ?? ''));
    const last = found.at(-1);
    if (introduced !== undefined) found.push(introduced === '0' ? { scheme } : { scheme, introduced });
    else if (last === undefined || last.fixed !== undefined || last.lastAffected !== undefined || event.limit !== undefined)
      notes.push({ place, rule: 'event', message: `${JSON.stringify(event)} ends no range and is not read` });
    else found[found.length - 1] = { ...last, ...present('fixed', fixed), ...present('lastAffected', lastAffected) };
  }
  return found;
}

/** OSV names no branch: all commits of a repository are one. */
function branchIn(range: OsvRange, first: Line | undefined, place: string, notes: Finding[]): readonly Branch[] {
  if (line(range.repo ?? '') !== first) {
    notes.push({
      place: `${place}.repo`,
      rule: 'second-repository',
      message: `commits of ${range.repo ?? 'no repository'} are not read: a product has one repository`,
    });
    return [];
  }
  const all = (key: 'introduced' | 'fixed') =>
    filled(range.events.flatMap((event) => (event[key] === '0' ? [] : (line(event[key] ?? '') ?? []))));
  const [introducedBy, fixedBy] = [all('introduced'), all('fixed')];
  for (const event of range.events)
    if (event.last_affected !== undefined || event.limit !== undefined)
      notes.push({ place, rule: 'event', message: `${JSON.stringify(event)} is not read` });
  return [
    {
      name: 'all branches' as Line,
      status: fixedBy === undefined ? 'affected' : 'fixed',
      ...present('introducedBy', introducedBy),
      ...present('fixedBy', fixedBy),
    },
  ];
}

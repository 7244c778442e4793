// SPDX-License-Identifier: Apache-2.0
// The whole document around a page: title, band, masthead, content, colophon. A confidential title holds the mark and the codename, never what the case is about.

import type { Child } from 'hono/jsx';
import { epoch } from '../../core/model/time.ts';
import { bodyFont, script, stylesheet, tabIcon } from '../assets.ts';
import type { Frame } from '../frame.ts';
import { pathsOf } from '../paths.ts';
import { titleMark } from '../standing.ts';
import { Band, type BandProps } from './band.tsx';
import { Icon } from './icon.tsx';
import { Preferences, Shortcuts } from './preferences.tsx';

export interface LayoutProps {
  readonly frame: Frame;
  /** What the browser's tab says after the mark. */
  readonly title: string;
  readonly band: Omit<BandProps, 'now'>;
  readonly current?: NavName;
  /** Remarks at the foot. */
  readonly colophon?: Child;
  readonly children?: Child;
  /** Published pages may be indexed. */
  readonly published?: boolean;
  /** Two things stand side by side that are both read while one writes. */
  readonly wide?: boolean;
}

export type NavName = 'queue' | 'embargoes' | 'people' | 'report' | 'advisories' | 'policy' | 'statistics' | 'mail';

export function Layout({ frame, title, band, current, colophon, children, published, wide }: LayoutProps) {
  return (
    <html
      lang="en"
      data-now={epoch(frame.now)}
      {...(frame.theme === 'system' ? {} : { 'data-theme': frame.theme })}
      {...(frame.shortcuts ? { 'data-shortcuts': 'on' } : {})}
    >
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        {published === true ? null : <meta name="robots" content="noindex, nofollow" />}
        <title>{`${titleMark(band.standing.kind)}${title} · ${frame.project.title}`}</title>
        <link rel="preload" href={bodyFont} as="font" type="font/woff2" crossorigin="" />
        <link rel="icon" type="image/svg+xml" href={tabIcon.url} />
        <link rel="stylesheet" href={stylesheet.url} />
        <script src={script.url} defer />
      </head>
      <body>
        <Band {...band} now={frame.now} />
        <Masthead frame={frame} current={current} />
        <main class={wide === true ? 'page is-wide' : 'page'} id="main">
          {children}
        </main>
        <footer class="colophon">
          {frame.replay === null ? null : <span>{frame.replay}</span>}
          {colophon}
          {frame.project.id === '' ? null : <Preferences frame={frame} />}
        </footer>
        {frame.shortcuts ? <Shortcuts signedIn={frame.viewer !== null} /> : null}
      </body>
    </html>
  );
}

interface NavItem {
  readonly name: NavName;
  readonly href: string;
  readonly label: string;
  readonly key?: string;
}

const forMembers: readonly NavName[] = ['queue', 'embargoes', 'people'];

function itemsOf(frame: Frame): readonly NavItem[] {
  const paths = pathsOf(frame.project.id);
  const inside: readonly NavItem[] = [
    { name: 'queue', href: paths.queue, label: 'Queue', key: 'g q' },
    { name: 'embargoes', href: paths.embargoes, label: 'Embargoes' },
    { name: 'people', href: paths.people, label: 'People' },
    { name: 'report', href: paths.report, label: 'Report', key: 'g r' },
    { name: 'advisories', href: paths.advisories, label: 'Advisories', key: 'g a' },
    { name: 'policy', href: paths.policy, label: 'Policy', key: 'g p' },
    { name: 'statistics', href: paths.statistics, label: 'Figures' },
  ];
  const mail: readonly NavItem[] = frame.replay === null ? [] : [{ name: 'mail', href: paths.mail, label: 'Mail', key: 'g m' }];
  return frame.viewer === null ? inside.filter(({ name }) => !forMembers.includes(name)) : [...inside, ...mail];
}

function Masthead({ frame, current }: { readonly frame: Frame; readonly current: NavName | undefined }) {
  const paths = pathsOf(frame.project.id);
  return (
    <header class="masthead">
      <a class="brand" href={frame.project.id === '' ? '/' : frame.viewer === null ? paths.home : paths.queue}>
        <Icon name="daylight" /> {frame.project.title}
      </a>
      <nav aria-label="Main">
        <ul>
          {(frame.project.id === '' ? [] : itemsOf(frame)).map((item) => (
            <li>
              <a href={item.href} data-key={item.key} {...(item.name === current ? { 'aria-current': 'page' } : {})}>
                {item.label}
              </a>
            </li>
          ))}
        </ul>
      </nav>
      <Who frame={frame} />
    </header>
  );
}

function Who({ frame }: { readonly frame: Frame }) {
  if (frame.viewer === null)
    return (
      <a class="end" href={frame.project.id === '' ? '/' : pathsOf(frame.project.id).signIn}>
        Sign in
      </a>
    );
  return (
    <form class="end actions" method="post" action={pathsOf(frame.project.id).signOut}>
      <input type="hidden" name="csrf" value={frame.csrf} />
      <a href={pathsOf(frame.project.id).account}>{[frame.viewer.name, ...frame.viewer.roles].join(', ')}</a>
      <button class="button is-quiet" type="submit">
        Sign out
      </button>
    </form>
  );
}

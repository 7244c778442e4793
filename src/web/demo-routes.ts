// SPDX-License-Identifier: Apache-2.0
// What only the demonstration has: sign-in as one of its invented people, and the mail that would have left.

import type { Context } from 'hono';
import type { ProjectSettings } from '../app/projects.ts';
import { openSession } from '../app/sign-in/sessions.ts';
import type { World } from '../app/world.ts';
import type { PersonId, ProjectId } from '../core/model/identifiers.ts';
import { instant } from '../core/model/time.ts';
import type { Routes } from '../http/routes.ts';
import { MailListPage, MailMessagePage, type SunkMessage } from './pages/mail.tsx';
import type { DemoLink } from './pages/sign-in.tsx';
import { SignInPage } from './pages/sign-in.tsx';
import { pathsOf } from './paths.ts';
import { render } from './render.ts';
import { keepSession } from './session-cookie.ts';
import { preferences, visitOf } from './visit.ts';

export interface DemoOptions {
  readonly people: readonly {
    readonly project: string;
    readonly title: string;
    readonly members: readonly { readonly name: string; readonly roles: readonly string[] }[];
  }[];
  /** What a case replays, by its id. */
  readonly replays: ReadonlyMap<string, string>;
  readonly sink: { list(): Promise<readonly SunkFile[]>; read(id: string): Promise<Uint8Array> };
}

const demonstration = 'Demonstration: no mail leaves this machine';

interface SunkFile {
  readonly id: string;
  readonly from: string | null;
  readonly to: readonly string[];
  readonly kept: string;
}

/** Messages of all projects that are looked through for one page. */
const mostMessages = 500;

export function demoRoutes(
  world: World,
  projects: readonly ProjectSettings[],
  demo: DemoOptions,
  routes: Routes,
  notFound: (context: Context) => Response | Promise<Response>,
): void {
  routes.get('/sign-in', 'demo', (context) => {
    const frame = {
      project: { id: projects[0]?.project ?? '', title: 'Daylight demo' },
      viewer: null,
      now: world.clock.now(),
      ...preferences(world, context),
      csrf: '',
      replay: null,
    };
    return context.html(
      render(
        SignInPage({
          frame,
          links: demo.people.flatMap(({ project }) => demoLinks(demo, project as ProjectId)),
          service: null,
          message: null,
        }),
      ),
    );
  });
  routes.get('/:project/sign-in/:person', 'demo', async (context) => {
    const { project = '', person = '' } = context.req.param() as Record<string, string>;
    const known = demo.people.find((one) => one.project === project)?.members.some((member) => member.name === person) ?? false;
    if (!known) return notFound(context);
    const { token } = await openSession(world, project as ProjectId, person as PersonId, 'demo_link');
    keepSession(world, context, project as ProjectId, token);
    return context.redirect(pathsOf(project).queue, 303);
  });
  routes.get('/:project/mail', 'demo', async (context) => {
    const visit = await visitOf(world, projects, context, demonstration);
    if (visit === undefined) return notFound(context);
    const files = await demo.sink.list();
    const all = await Promise.all(
      [...files]
        .reverse()
        .slice(0, mostMessages)
        .map((file) => message(demo, file)),
    );
    const messages = all.filter(({ from }) => from === world.sender(visit.project).address);
    return context.html(render(MailListPage({ frame: visit.frame, messages })));
  });
  routes.get('/:project/mail/:message', 'demo', async (context) => {
    const visit = await visitOf(world, projects, context, demonstration);
    const file = (await demo.sink.list()).find((one) => one.id === context.req.param('message'));
    const found = file && (await message(demo, file));
    return visit === undefined || found?.from !== world.sender(visit.project).address
      ? notFound(context)
      : context.html(render(MailMessagePage({ frame: visit.frame, message: found })));
  });
}

/** The invented people of one project, each as a link that signs in. */
export function demoLinks({ people }: DemoOptions, project: ProjectId): readonly DemoLink[] {
  const { title, members } = people.find((one) => one.project === project) ?? { title: '', members: [] };
  return members.map(({ name, roles }) => ({
    name: `${name}, ${title}`,
    does: roles.join(', ').replaceAll('_', ' '),
    href: `${pathsOf(project).signIn}/${name}`,
  }));
}

/** The demonstration's own messages are plain: headers, an empty line, quoted-printable or plain text. */
async function message(demo: DemoOptions, file: SunkFile): Promise<SunkMessage> {
  const { default: PostalMime } = await import('postal-mime');
  const mail = await PostalMime.parse(await demo.sink.read(file.id));
  return {
    id: file.id,
    at: instant(file.kept),
    from: mail.from?.address ?? '',
    to: file.to,
    subject: mail.subject ?? '',
    text: mail.text ?? '',
    headers: mail.headers.map(({ key, value }) => [key, value] as const),
  };
}

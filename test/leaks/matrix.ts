// SPDX-License-Identifier: Apache-2.0
// The access matrix: what the access rule says of one principal, one route and one case, and how the two are asked and compared.

import type { RegisteredRoute, RouteRule } from '../../src/app/registry.ts';
import { scopeFor } from '../../src/app/sign-in/api-tokens.ts';
import type { PersonId } from '../../src/core/model/identifiers.ts';
import { canSee, type Principal, type Reach, reach } from '../../src/core/policy/access.ts';
import { csrfToken } from '../../src/web/cross-site.ts';
import { alpha, type Kind, type MatrixTown, type Subject } from './matrix-town.ts';
import type { Answer, Village } from './village.ts';

/** Never issued: none begins like an id of the seeded villages. */
const never = (id: string) => `zz${'0'.repeat(Math.max(id.length - 2, 1))}`;

/** As whom the access rule takes somebody who comes by this route. */
export function principalOf(kind: Kind, route: RegisteredRoute, { guarded, participant }: Subject): Principal {
  const nobody = { kind: 'anonymous', project: alpha } as const;
  if (kind.reporter !== undefined)
    return route.rule === 'reporter' && kind.reporter === 'this' && guarded.project === alpha
      ? { kind: 'reporter', project: alpha, case: guarded.case, participant }
      : nobody;
  if (kind.person === undefined || kind.project !== undefined || kind.roles === undefined) return nobody;
  const admitted = kind.scopes === undefined || (route.path.startsWith('/api/') && kind.scopes.some((scope) => scope === scopeFor(route)));
  return admitted ? { kind: 'person', project: alpha, person: kind.person as PersonId, roles: kind.roles } : nobody;
}

/** `none`: the answer for what does not exist. `some`: never that nothing is there. `either`: one of the two. */
type Expected = 'none' | 'some' | 'either';

/** What only those find who read all of a case. */
const wholly = /\/cases\/:case\/(?:preview|release|release\/to-sign|access|advisory|severity|mail\/.*|messages\/.*)(?:\/\w+)?$/;
/** What is there only while it is: a document to sign, a record that is out, a flaw whose severity is still assessed. */
const perhaps = /\/(?:to-sign|record|record\.json|severity|propose-versions|take-back|withdraw)$/;

/** What the access rule says of a route that names a case in its address. */
function expected(who: Principal, { path, method }: RegisteredRoute, { guarded }: Subject): Expected {
  const reached: Reach = reach(who, guarded);
  if (!canSee(who, guarded)) return 'none';
  if (/\/record(?:\.json)?$/.test(path) && !guarded.public) return 'none';
  if (wholly.test(path) && reached !== 'everything') return guarded.public ? 'either' : 'none';
  if (path.endsWith('/:attachment') && (reached === 'terms' || reached === 'for_a_number' || reached === 'bundle')) return 'none';
  if (perhaps.test(path)) return 'either';
  if (method === 'GET') return /\/cases\/:case$/.test(path) || reached === 'everything' ? 'some' : 'either';
  return reached === 'everything' ? 'some' : 'either';
}

/** The ids that stand in an address and a body: those of the case, or those that nothing has. */
interface Named {
  readonly case: string;
  readonly codename: string;
  readonly file: string;
  readonly message: string;
}

function namedOf({ sent, files, messages }: Subject): { readonly hidden: Named; readonly none: Named } {
  const hidden = { case: sent.case, codename: sent.codename, file: files[0] ?? 'none', message: messages[0] ?? 'none' };
  return {
    hidden,
    none: { ...hidden, case: never(hidden.case), codename: 'no-such', file: never(hidden.file), message: never(hidden.message) },
  };
}

/** Parameters that take no id of a case get one all the same: such a route says of it what it says of nothing. */
function addressOf(path: string, named: Named): string {
  const values: Readonly<Record<string, string>> = {
    ':project': 'alpha',
    ':case': named.case,
    ':attachment': named.file,
    ':message': named.message,
    ':action': 'add-note',
    ':deed': 'no-such-deed',
    ':person': named.case,
    ':proposal': named.case,
    ':link': named.case,
    ':token': named.case,
    ':file': `${named.case}.json`,
    ':folder': 'records',
    ':part': named.case,
    ':hash': named.case,
    ':name': named.case,
    ':version': '1',
  };
  return path.replace(/:\w+/g, (name) => values[name] ?? name);
}

function headersOf({ reporter }: Kind, secret: string): Record<string, string> {
  if (secret === '') return {};
  return { Authorization: `Bearer ${secret}`, Cookie: `__Host-daylight-${reporter === undefined ? 'alpha' : 'report'}=${secret}` };
}

interface Cell {
  readonly kind: Kind;
  readonly route: RegisteredRoute;
  readonly subject: Subject;
}

/** Asks as this principal, for these ids. What is random while it is answered follows from the route. */
function ask(here: Village, { kind, route: { method, path } }: Cell, secret: string, named: Named): Promise<Answer> {
  const address = addressOf(path, named);
  const headers = headersOf(kind, secret);
  if (method === 'GET') return here.request(address, { headers }, path);
  const fields = { case: named.case, of: named.case, cases: named.case, codename: named.codename };
  const csrf = csrfToken(here.world.derive('csrf'), secret);
  const json = path.startsWith('/api/');
  const sent = json ? JSON.stringify({ ...fields, cases: [named.case] }) : new URLSearchParams({ ...fields, csrf }).toString();
  const type = json ? 'application/json' : 'application/x-www-form-urlencoded';
  return here.request(address, { method, headers: { ...headers, 'Content-Type': type }, body: sent }, path);
}

/** An answer without the ids that were asked for, and without what is drawn for a session. */
function plain({ status, headers, body }: Answer, named: Named): string {
  const ids = Object.values(named).filter((id) => id !== '' && id !== 'none');
  const text = `${status} ${JSON.stringify(headers)} ${body}`;
  return ids
    .reduce((shown, id) => shown.replaceAll(id, 'ID'), text)
    .replace(/name="csrf" value="[^"]*"/g, 'CSRF')
    .replace(/__Host-daylight-\w+=[^;"]+/g, 'COOKIE')
    .replace(/"challenge":"[^"]*"/, 'CHALLENGE')
    .replace(/"content-length":"\d+",?/, '');
}

/** Answers that are the same for every case that is asked for: each principal asks once. */
export type Asked = Map<string, Promise<{ readonly answer: Answer; readonly named: Named }>>;

/** What is wrong in one cell; undefined where the answer is what the rule says. */
export async function wrong(town: MatrixTown, cell: Cell, kept: string, asked: Asked): Promise<string | undefined> {
  const { kind, route, subject } = cell;
  if (route.method === 'GET' && addressOf(route.path, namedOf(subject).hidden) === addressOf(route.path, namedOf(subject).none))
    return wrongAtLarge(town, cell, kept, asked);
  const who = principalOf(kind, route, subject);
  const says = route.path.includes(':case') ? expected(who, route, subject) : seesIn(kind, route, subject) ? 'either' : 'none';
  const { status, shown, same } = await compared(town, cell, kept, asked);
  const line = `${kind.name}, ${subject.name}: ${route.method} ${route.path} answered ${status}`;
  if (shown.length > 0) return `${line} and shows ${shown.join(', ')}`;
  if (unfit(status)) return line;
  if (says === 'some') return status === 404 ? `${line}, though the rule lets them` : undefined;
  if (same || (says === 'either' && status !== 404)) return undefined;
  // What was said of nothing may be of an earlier hour, and what can be done once is done by whichever request comes first: a second pair tells.
  return says === 'none' && (await compared(town, cell, kept)).same ? undefined : `${line}, otherwise than for what does not exist`;
}

/** Each confirmation is a line on the page that answers it, and nothing that is sent with it is read. */
const growing = '/:project/policy/changes/confirm-security-txt';

const endsSession = ({ method, path, rule }: RegisteredRoute) =>
  method === 'POST' && (rule === 'account' || rule === 'link' || rule === 'reporter' || /\/sign-(?:in|out)/.test(path));

/** The case, and then nothing, each with a session of its own where the request may end it. What is said of no case is said of it once. */
async function compared({ here, secretOf }: MatrixTown, cell: Cell, kept: string, asked: Asked = new Map()) {
  const { kind, route, subject } = cell;
  const { hidden, none } = namedOf(subject);
  const secret = () => (endsSession(route) ? secretOf(kind, subject) : Promise.resolve(kept));
  const found = await ask(here, cell, await secret(), hidden);
  const key = `${kind.name} ${route.method} ${route.path}`;
  const nothing = asked.get(key) ?? ask(here, cell, await secret(), none).then((answer) => ({ answer, named: none }));
  asked.set(key, nothing);
  const { answer, named } = await nothing;
  const alike = route.path === growing && answer.status === found.status;
  return { status: found.status, shown: leaked(found, cell), same: alike || plain(found, hidden) === plain(answer, named) };
}

/** A fault, or a count of attempts, which says nothing of who may. */
const unfit = (status: number) => status >= 500 || status === 429;

const inside: readonly RouteRule[] = ['member', 'in_person', 'account'];

/** A page or list as a whole: it shows nothing of a case that is hidden from who asks, and whoever is no member finds what nobody's visitor finds. */
async function wrongAtLarge({ here }: MatrixTown, cell: Cell, kept: string, asked: Asked): Promise<string | undefined> {
  const { kind, route, subject } = cell;
  const once = (who: Kind, secret: string) => {
    const key = `${who.name} ${who.reporter === undefined ? '' : subject.name} ${route.path}`;
    const named = namedOf(subject).hidden;
    const one = asked.get(key) ?? ask(here, { ...cell, kind: who }, secret, named).then((answer) => ({ answer, named }));
    asked.set(key, one);
    return one.then(({ answer }) => answer);
  };
  const found = await once(kind, kept);
  const line = `${kind.name}, ${subject.name}: GET ${route.path} answered ${found.status}`;
  const shown = leaked(found, cell);
  if (shown.length > 0) return `${line} and shows ${shown.join(', ')}`;
  if (unfit(found.status)) return line;
  const stranger = principalOf(kind, route, subject).kind === 'anonymous' && inside.includes(route.rule);
  if (!stranger) return undefined;
  const { hidden } = namedOf(subject);
  return plain(found, hidden) === plain(await once(nobody, ''), hidden) ? undefined : `${line}, otherwise than to a visitor`;
}

const nobody: Kind = { name: 'anonymous' };

/** Whether this principal sees the case by any of the doors. */
function seesIn(kind: Kind, route: RegisteredRoute, subject: Subject): boolean {
  return [route, { ...route, rule: 'reporter' as const }, { ...route, rule: 'case' as const }].some((one) =>
    canSee(principalOf(kind, one, subject), subject.guarded),
  );
}

/** What stands in an answer though the rule gives it to none who asks so. */
function leaked({ body, headers }: Answer, { kind, route, subject }: Cell): readonly string[] {
  const text = `${JSON.stringify(headers)}${body}`;
  const asked = addressOf(route.path, namedOf(subject).hidden);
  const marks = seesIn(kind, route, subject) ? [] : subject.marks.filter((one) => !asked.includes(one) && one !== subject.sent.codename);
  const whole = reach(principalOf(kind, { ...route, rule: 'case' }, subject), subject.guarded);
  const inside = whole === 'everything' || whole === 'full_record' ? [] : [subject.inside];
  return [...marks, ...inside].filter((one) => text.includes(one) && !(one === subject.sent.case && route.method === 'POST'));
}

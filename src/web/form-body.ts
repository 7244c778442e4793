// SPDX-License-Identifier: Apache-2.0
// A form's fields as the body that the API takes: dotted names become objects, numbered ones lists, files their bytes. Then one parser serves both.

import { HTTPException } from 'hono/http-exception';
import type { ActionKind } from '../core/model/action.ts';
import { readBranchValue } from './options.ts';

export interface SentFile {
  readonly name: string;
  readonly mediaType: string;
  readonly bytes: Uint8Array;
}

export interface SentForm {
  /** Every text field, several of one name on lines of their own: what is shown again when something is to be mended. */
  readonly values: Readonly<Record<string, string>>;
  readonly files: Readonly<Record<string, readonly SentFile[]>>;
  /** All values of a name, in order. */
  readonly all: (name: string) => readonly string[];
}

/**
 * What is no form has no fields; the page says what is missing, as it does for an empty one.
 * @throws HTTPException 413 for a form with more fields, or deeper ones, than any of ours.
 */
async function fieldsOf(request: Request): Promise<FormData> {
  const data = await request.formData().catch(() => new FormData());
  const names = [...data.keys()];
  if (names.length > mostFields || names.some((name) => name.length > 200 || name.split('.', deepest + 1).length > deepest))
    throw new HTTPException(413, { message: 'This form has too many fields.' });
  return data;
}

export async function sentForm(request: Request): Promise<SentForm> {
  const data = await fieldsOf(request);
  const texts = new Map<string, string[]>();
  const files: Record<string, SentFile[]> = {};
  for (const [name, value] of data.entries()) {
    if (typeof value === 'string') texts.set(name, [...(texts.get(name) ?? []), readable(value)]);
    else if (value.size > 0)
      files[name] = [...(files[name] ?? []), { name: value.name, mediaType: value.type, bytes: new Uint8Array(await value.arrayBuffer()) }];
  }
  return {
    values: Object.fromEntries([...texts].map(([name, all]) => [name, all.join('\n')])),
    files,
    all: (name) => texts.get(name) ?? [],
  };
}

/** No NUL is anybody's word, and no id has one; the database takes none. It becomes what a browser shows in its place. */
function readable(value: string): string {
  return value.replaceAll('\r\n', '\n').replaceAll('\0', '\ufffd');
}

/** Names of the files that came with a form. A page that shows the form again cannot hold them: whoever chose them is told. */
export function chosenFiles({ files }: SentForm): readonly string[] {
  return Object.values(files).flatMap((some) => some.map(({ name }) => name));
}

/** The same as words that were typed, to stand beside them. */
export function unkeptFiles(form: SentForm): readonly (readonly [string, string])[] {
  const names = chosenFiles(form);
  return names.length === 0 ? [] : [['Files that were not kept: choose them again', names.join('\n')]];
}

const lists: readonly string[] = ['to', 'purposes'];
const fileLists: readonly string[] = ['attachments', 'signatures'];

/** The body of an action, as JSON would bring it. */
export function actionBody(kind: ActionKind, form: SentForm): object {
  const body: Record<string, unknown> = {};
  for (const [name, value] of Object.entries(form.values))
    if (value !== '' || lists.includes(name)) put(body, name.split('.', deepest + 1), lists.includes(name) ? form.all(name) : value);
  for (const [name, files] of Object.entries(form.files)) body[name] = fileLists.includes(name) ? files : files[0];
  if (typeof body['branch'] === 'string' && kind !== 'judge-branch') {
    const { branch, component } = readBranchValue(body['branch']);
    Object.assign(body, { branch, ...(component === null ? {} : { component }) });
  }
  return body;
}

/** Deepest path and most fields of a form; ours are far below both, and what lies beyond is nobody's form. */
const deepest = 8;
const mostFields = 2000;

/** Puts a value at a path of names; a path never reaches what objects have by themselves. */
function put(target: Record<string, unknown>, path: readonly string[], value: unknown): void {
  const last = path.at(-1);
  if (last === undefined || path.some((name) => name === '' || name in Object.prototype)) return;
  let place = target;
  for (const name of path.slice(0, -1)) {
    const inner = Object.hasOwn(place, name) ? place[name] : undefined;
    const next = typeof inner === 'object' && inner !== null ? (inner as Record<string, unknown>) : {};
    place[name] = next;
    place = next;
  }
  place[last] = value;
}

/** The version of the case that the form was made of; one that names none was made of none, and is stale. */
export function seenIn({ values }: SentForm): number {
  return /^[1-9]\d{0,14}$/.test(values['version'] ?? '') ? Number(values['version']) : -1;
}

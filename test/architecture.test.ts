// SPDX-License-Identifier: Apache-2.0
// The rules that hold for every source file: who may import whom, which words stay where, how long things get. Each rule is shown to fail.

import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import { test } from 'node:test';
import { arrows } from './support/arrows.ts';
import { projectRoot } from './support/embedded.ts';
import { type Module, parse, readModules, target } from './support/source.ts';

const compositionRoot = ['main.ts', 'installation.ts', 'serve.ts', 'demo.ts', 'bench.ts'];

const anything = /^/;
const outsideWorld = /^node:(fs|net|tls|dgram|dns|http|https|http2|child_process|cluster|worker_threads|os|process)\b/;

/** Packages that have a home. A file beyond the home that imports one is a mistake. */
const packages: readonly { readonly name: RegExp; readonly beyond: RegExp; readonly why: string }[] = [
  { name: anything, beyond: /^core\/(?!model\/time\.ts$)/, why: 'the core stands alone' },
  { name: /^(?!temporal-polyfill$)/, beyond: /^core\//, why: 'the core stands alone but for Temporal' },
  { name: outsideWorld, beyond: /^(duplicates|formats|site|notices|ports)\//, why: 'it is pure: values in, values out' },
  { name: /^(pg|kysely)(\/|$)/, beyond: /^(?!adapters\/postgres\/)/, why: 'the database is behind the store' },
  { name: /^(hono|@hono\/)/, beyond: /^(?!(http|web|api|mcp)\/|serve\.ts$)/, why: 'HTTP stays in its doors' },
];

/** The session itself, what prepares a database before there is anybody to act for, and the anchor of a benchmark. */
const withoutPrincipal = ['session', 'prepare', 'roles', 'migrate', 'jobs-schema', 'embedded/lease', 'bare'].map(
  (name) => `adapters/postgres/${name}.ts`,
);

/** Words that may stand in a few files only. Comments and strings do not count. */
const words: readonly { readonly word: RegExp; readonly only: readonly string[]; readonly why: string }[] = [
  { word: /\bprocess\.env\b/, only: ['main.ts'], why: 'the environment goes to config.ts, and nowhere else' },
  {
    word: /\bDate\.now\(|\bnew Date\(\)|\bTemporal\.Now\b/,
    only: ['adapters/system.ts', 'adapters/sink/mail-sink.ts'],
    why: 'time is an argument',
  },
  { word: /\bMath\.random\b/, only: [], why: 'ids and keys come from node:crypto' },
  { word: /\beval\(|\bnew Function\(|\bdeserialize\(/, only: [], why: 'text that comes in is never run' },
  { word: /(?<!\breq)\.query\(/, only: withoutPrincipal, why: 'SQL runs with a principal, or not at all' },
];

const longestFunction = 60;
const longestFile = 300;

type Rule = (modules: readonly Module[]) => readonly string[];

function room(path: string): string {
  return path.split('/', 1)[0] ?? path;
}

const keepsToArrows: Rule = (modules) =>
  modules.flatMap((module) => {
    const allowed = arrows[room(module.path)];
    if (allowed === undefined) return [`${module.path}: ${room(module.path)} is not a room of the table`];
    return targets(module)
      .filter((to) => room(to) !== room(module.path) && !allowed.includes(room(to)))
      .map((to) => `${module.path} -> ${to}`);
  });

function targets(module: Module): readonly string[] {
  return module.imports.flatMap((name) => target(module, name) ?? []);
}

const onlyTheRootConfigures: Rule = (modules) =>
  modules
    .filter(({ path }) => !compositionRoot.includes(path))
    .flatMap((module) =>
      targets(module)
        .filter((to) => to === 'config.ts')
        .map((to) => `${module.path} -> ${to}`),
    );

const leadsSomewhere: Rule = (modules) => {
  const known = new Set(modules.map(({ path }) => path));
  return modules.flatMap((module) =>
    targets(module)
      .filter((to) => !known.has(to))
      .map((to) => `${module.path} -> ${to}`),
  );
};

/** Type-only imports count too: two files that need each other's types are one thought in two places. */
const hasNoCycle: Rule = (modules) => {
  const edges = new Map(modules.map((module) => [module.path, targets(module)]));
  const done = new Set<string>();
  const walk = (path: string, above: readonly string[]): readonly string[] => {
    if (above.includes(path)) return [[...above.slice(above.indexOf(path)), path].join(' -> ')];
    if (done.has(path)) return [];
    const found = (edges.get(path) ?? []).flatMap((to) => walk(to, [...above, path]));
    done.add(path);
    return found;
  };
  return modules.flatMap(({ path }) => walk(path, []));
};

const usesPackagesAtHome: Rule = (modules) =>
  modules.flatMap((module) =>
    module.imports
      .filter((name) => target(module, name) === undefined)
      .flatMap((name) => {
        const broken = packages.find((rule) => rule.beyond.test(module.path) && rule.name.test(name));
        return broken === undefined ? [] : [`${module.path} imports ${name}: ${broken.why}`];
      }),
  );

const keepsWords: Rule = (modules) =>
  modules.flatMap((module) =>
    words.filter(({ word, only }) => !only.includes(module.path) && word.test(module.code)).map(({ why }) => `${module.path}: ${why}`),
  );

const opensWithPurpose: Rule = (modules) => modules.filter(({ text }) => !opening.test(text)).map(({ path }) => path);
const opening = /^(#![^\n]*\n)?\/\/ SPDX-License-Identifier: Apache-2\.0\n\/\/ (?!TODO)[^\n]{12,}(\n\/\/ [^\n]+)*[.?:]\n/;

const staysShort: Rule = (modules) =>
  modules.flatMap(({ path, text, functions }) => {
    const lines = text.trimEnd().split('\n').length;
    const long = functions
      .filter((one) => one.lines > longestFunction)
      .map((one) => `${path}:${one.line}: a function of ${one.lines} lines`);
    return lines > longestFile ? [...long, `${path}: ${lines} lines`] : long;
  });

const isComplete =
  (listed: readonly string[]): Rule =>
  (modules) => {
    const read = new Set(modules.map(({ path }) => path));
    return modules.length === 0 ? ['no module was read'] : listed.filter((path) => !read.has(path)).map((path) => `${path} was not read`);
  };

const sources = readModules(join(projectRoot, 'src'), ['.ts', '.tsx']);
const commands = readModules(join(projectRoot, 'bin'), ['.js', 'daylight', 'develop']);
const tests = readModules(join(projectRoot, 'test'), ['.ts', '.tsx']);

/** What git knows of src, without what is deleted in the working tree; nothing when this is no checkout. */
function listedByGit(): readonly string[] {
  const git = (...more: readonly string[]) =>
    execFileSync('git', ['ls-files', '-z', ...more, '--', 'src'], {
      cwd: projectRoot,
      encoding: 'utf8',
      stdio: ['ignore', 'pipe', 'ignore'],
    })
      .split('\0')
      .filter((path) => /\.tsx?$/.test(path))
      .map((path) => path.slice('src/'.length));
  try {
    const gone = new Set(git('--deleted'));
    return git('--cached', '--others', '--exclude-standard').filter((path) => !gone.has(path));
  } catch {
    return [];
  }
}

/** A rule, the files it holds for, files that break it, and what it must say of them. */
function rule(
  name: string,
  holds: Rule,
  over: readonly Module[],
  planted: Readonly<Record<string, string>>,
  expected: readonly string[],
): void {
  test(`${name} (${over.length} files)`, () => {
    assert.deepEqual(holds(over), []);
  });
  test(`${name}: a planted violation is found`, () => {
    assert.deepEqual(holds(Object.entries(planted).map(([path, text]) => parse(path, text))), expected);
  });
}

rule('every source file is read', isComplete(listedByGit()), sources, {}, ['no module was read']);

test('every source file is read: a planted gap is found', () => {
  assert.deepEqual(isComplete(['a.ts', 'b/c.tsx'])([parse('a.ts', '')]), ['b/c.tsx was not read']);
});

rule(
  'imports follow the arrows',
  keepsToArrows,
  sources,
  {
    'core/model/case.ts': "import type { Clock } from '../../ports/clock.ts';\nimport { a } from './a.ts';\n",
    'formats/osv.ts': "export { store } from '../adapters/postgres/store.ts';\n",
    'web/page.tsx': "import {\n  decide,\n} from '../core/process/decide.ts';\nconst late = await import('../mail/parse.ts');\n",
    'demo.ts': "import './web/page.tsx';\nimport './adapters/smtp/relay.ts';\n",
    'main.ts': "import './web/page.tsx';\nimport './adapters/smtp/relay.ts';\n",
    'serve.ts': "import './web/page.tsx';\nimport './adapters/smtp/relay.ts';\n",
    'installation.ts': "import './adapters/smtp/relay.ts';\nimport './web/page.tsx';\n",
    'utils/strings.ts': '',
  },
  [
    'core/model/case.ts -> ports/clock.ts',
    'formats/osv.ts -> adapters/postgres/store.ts',
    'web/page.tsx -> mail/parse.ts',
    'main.ts -> adapters/smtp/relay.ts',
    'serve.ts -> adapters/smtp/relay.ts',
    'installation.ts -> web/page.tsx',
    'utils/strings.ts: utils is not a room of the table',
  ],
);

rule(
  'only the composition root imports config.ts',
  onlyTheRootConfigures,
  sources,
  { 'main.ts': "import { c } from './config.ts';", 'app/act.ts': "import type { C } from '../config.ts';" },
  ['app/act.ts -> config.ts'],
);

rule(
  'every relative import leads to a file',
  leadsSomewhere,
  sources,
  { 'a.ts': "import { b } from './b.ts';\nimport './c.js';\nawait import(name);\n", 'b.ts': "// import { x } from './x.ts';\n" },
  ['a.ts -> c.js', 'a.ts -> (an import whose name is computed)'],
);

rule(
  'no imports run in a circle',
  hasNoCycle,
  sources,
  {
    'a.ts': "import { b } from './b.ts';",
    'b.ts': "import type { C } from './c.ts';",
    'c.ts': "export type { B } from './b.ts';",
    'd.ts': "import { a } from './a.ts';",
  },
  ['b.ts -> c.ts -> b.ts'],
);

rule(
  'packages stay at home',
  usesPackagesAtHome,
  sources,
  {
    'core/model/time.ts': "import { Temporal } from 'temporal-polyfill';",
    'core/process/clock.ts': "import { Temporal } from 'temporal-polyfill';",
    'core/model/hash.ts': "import { createHash } from 'node:crypto';",
    'formats/text.ts': "import { readFile } from 'node:fs/promises';",
    'app/read.ts': "import { Pool } from 'pg';",
    'cli/serve.ts': "import { serve } from '@hono/node-server';",
  },
  [
    'core/process/clock.ts imports temporal-polyfill: the core stands alone',
    'core/model/hash.ts imports node:crypto: the core stands alone',
    'formats/text.ts imports node:fs/promises: it is pure: values in, values out',
    'app/read.ts imports pg: the database is behind the store',
    'cli/serve.ts imports @hono/node-server: HTTP stays in its doors',
  ],
);

rule(
  'words stay where they belong',
  keepsWords,
  sources,
  {
    'app/tick.ts': 'const now = Date.now(); // Math.random',
    'core/model/a.ts': "const told = 'process.env'; const at = new Date();",
    'cli/color.ts': 'const plain = process.env.NO_COLOR;',
    'app/ids.ts': 'const id = Math.random();',
    'app/parse.ts': "const said = eval(text); const also = new Function(text); const told = 'eval(x)';",
    'app/read.ts': "await pool.query('select 1');",
    'web/queue.ts': "const page = c.req.query('page'); const born = new Date(text);",
  },
  [
    'app/tick.ts: time is an argument',
    'core/model/a.ts: time is an argument',
    'cli/color.ts: the environment goes to config.ts, and nowhere else',
    'app/ids.ts: ids and keys come from node:crypto',
    'app/parse.ts: text that comes in is never run',
    'app/read.ts: SQL runs with a principal, or not at all',
  ],
);

const head = '// SPDX-License-Identifier: Apache-2.0\n// Says what it is for.\n';

rule(
  'every file opens with its licence and a sentence on its purpose',
  opensWithPurpose,
  [...sources, ...commands, ...tests],
  {
    'good.ts': head,
    'long.ts': `${head.trimEnd().slice(0, -1)},\n// and goes on in a second line.\n\nimport './a.ts';\n`,
    command: `#!/usr/bin/env node\n${head}`,
    'bare.ts': 'export const a = 1;\n',
    'silent.ts': '// SPDX-License-Identifier: Apache-2.0\n\nexport const a = 1;\n',
    'unfinished.ts': '// SPDX-License-Identifier: Apache-2.0\n// Says what it is\n\n',
  },
  ['bare.ts', 'silent.ts', 'unfinished.ts'],
);

const lines = (count: number) => '  step();\n'.repeat(count);

rule(
  `no function is over ${longestFunction} lines, no file over ${longestFile}`,
  staysShort,
  [...sources, ...commands],
  {
    'short.ts': `export function short(): void {\n${lines(58)}}\n`,
    'function.ts': `\nexport async function* long<A extends { b: C }>(a: { b: 1 }): Promise<{ c: D }> {\n${lines(59)}}\n`,
    'arrow.ts': `const a = 1;\nexport const long = (a: string) => {\n  const brace = '}';\n${lines(59)}};\n`,
    'page.tsx': `export const Page = () => (\n${'  <p>text</p>\n'.repeat(60)});\n`,
    'method.ts': `const port = {\n  async send(mail) {\n    // }\n    if (/[}]/.test(mail)) {\n${lines(58)}    }\n  },\n};\n`,
    'file.ts': `${'step();\n'.repeat(301)}`,
    'calls.ts': `${'step(() => [\n  a,\n]);\n'.repeat(90)}`,
  },
  [
    'function.ts:2: a function of 61 lines',
    'arrow.ts:2: a function of 62 lines',
    'page.tsx:1: a function of 62 lines',
    'method.ts:2: a function of 63 lines',
    'file.ts: 301 lines',
  ],
);

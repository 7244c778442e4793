// SPDX-License-Identifier: Apache-2.0
// The CSAF validator in a process of its own: it is large, and seldom needed. On each line a list of documents in, and a list of what was found in each out.

import { createRequire } from 'node:module';
import { createInterface } from 'node:readline';

hasten();
const { csaf_2_0_strict: schema } = await import('@secvisogram/csaf-validator-lib/schemaTests.js');
const mandatory = await import('@secvisogram/csaf-validator-lib/mandatoryTests.js');

/** CSAF 2.0 tests that ask the network or a spelling program; nothing leaves this machine for a check. */
const left = /^informativeTest_6_3_(?:6|7|8)$/;

const tests = [schema, ...testsOf(mandatory), ...(process.argv[2] === 'whole' ? await others() : [])];

/** The validator checks its own schemas against theirs each time it is loaded, in three seconds of four: they do not change, so nobody waits for it. */
function hasten(): void {
  const library = createRequire(import.meta.resolve('@secvisogram/csaf-validator-lib/schemaTests.js'));
  const { prototype } = library('ajv/dist/core.js').default as { prototype: Compiler };
  const { compile } = prototype;
  prototype.compile = function (this: Compiler, ...words: unknown[]) {
    this.opts.validateSchema = false;
    this.opts.code.optimize = 0;
    return compile.apply(this, words);
  };
}

interface Compiler {
  readonly opts: { validateSchema: boolean; readonly code: { optimize: number } };
  compile: (...words: unknown[]) => unknown;
}

async function others(): Promise<readonly CsafTest[]> {
  const optional = testsOf(await import('@secvisogram/csaf-validator-lib/optionalTests.js'));
  const informative = testsOf(await import('@secvisogram/csaf-validator-lib/informativeTests.js'));
  return [...optional, ...informative].filter(({ name }) => !left.test(name));
}

function testsOf(module: object): readonly CsafTest[] {
  return Object.values(module).filter((value): value is CsafTest => typeof value === 'function');
}

async function checked(document: unknown): Promise<readonly unknown[]> {
  const found: unknown[] = [];
  for (const test of tests) {
    const { errors = [], warnings = [], infos = [] } = await test(document);
    const rule = `CSAF ${test.name.replace(/^[a-zA-Z]+Test_/, '').replaceAll('_', '.')}`;
    const said = (level: string, all: readonly CsafFinding[]) =>
      all.map(({ message, instancePath }) => ({ level, place: instancePath || 'the document', rule, message }));
    found.push(...said('error', errors), ...said('warning', warnings), ...said('note', infos));
  }
  return found;
}

for await (const question of createInterface(process.stdin)) {
  const answers: unknown[] = [];
  for (const document of JSON.parse(question) as readonly unknown[]) answers.push(await checked(document));
  process.stdout.write(`${JSON.stringify(answers)}\n`);
}

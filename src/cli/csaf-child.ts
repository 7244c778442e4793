// SPDX-License-Identifier: Apache-2.0
// The CSAF validator in a process of its own: it is large, and needed by one command. A list of documents in, a list of what was found in each out.

import { text } from 'node:stream/consumers';

/** CSAF 2.0 tests that ask the network or a spelling program; nothing leaves this machine for a check. */
const left = /^informativeTest_6_3_(?:6|7|8)$/;

interface Result {
  readonly isValid?: boolean;
  readonly errors?: readonly Remark[];
  readonly warnings?: readonly Remark[];
  readonly infos?: readonly Remark[];
}

interface Remark {
  readonly message: string;
  readonly instancePath: string;
}

type Test = (document: unknown) => Result | Promise<Result>;

const library = '@secvisogram/csaf-validator-lib';
const modules = ['mandatoryTests', 'optionalTests', 'informativeTests'];

async function load(name: string): Promise<Readonly<Record<string, Test>>> {
  return (await import(`${library}/${name}.js`)) as Readonly<Record<string, Test>>;
}

const { csaf_2_0_strict: schema } = await load('schemaTests');
const others = (await Promise.all(modules.map(load))).flatMap((tests) => Object.values(tests)).filter(({ name }) => !left.test(name));
const tests = schema === undefined ? others : [schema, ...others];

async function checked(document: unknown): Promise<readonly unknown[]> {
  const found: unknown[] = [];
  for (const test of tests) {
    const { errors = [], warnings = [], infos = [] } = await test(document);
    const rule = `CSAF ${test.name.replace(/^[a-zA-Z]+Test_/, '').replaceAll('_', '.')}`;
    const said = (level: string, all: readonly Remark[]) =>
      all.map(({ message, instancePath }) => ({ level, place: instancePath || 'the document', rule, message }));
    found.push(...said('error', errors), ...said('warning', warnings), ...said('note', infos));
  }
  return found;
}

const answers: unknown[] = [];
for (const document of JSON.parse(await text(process.stdin)) as readonly unknown[]) answers.push(await checked(document));
process.stdout.write(JSON.stringify(answers));

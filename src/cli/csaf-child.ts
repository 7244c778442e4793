// SPDX-License-Identifier: Apache-2.0
// The CSAF validator in a process of its own: it is large, and needed by one command. A list of documents in, a list of what was found in each out.

import { text } from 'node:stream/consumers';
import * as informative from '@secvisogram/csaf-validator-lib/informativeTests.js';
import * as mandatory from '@secvisogram/csaf-validator-lib/mandatoryTests.js';
import * as optional from '@secvisogram/csaf-validator-lib/optionalTests.js';
import { csaf_2_0_strict as schema } from '@secvisogram/csaf-validator-lib/schemaTests.js';

/** CSAF 2.0 tests that ask the network or a spelling program; nothing leaves this machine for a check. */
const left = /^informativeTest_6_3_(?:6|7|8)$/;

const others: readonly CsafTest[] = [mandatory, optional, informative].flatMap((tests) => Object.values<CsafTest>(tests));
const tests = [schema, ...others.filter(({ name }) => !left.test(name))];

async function checked(document: unknown): Promise<readonly unknown[]> {
  const found: unknown[] = [];
  for (const test of tests) {
    const { errors = [], warnings = [], infos = [] } = await test(document);
    const rule = `CSAF ${test.name.replace(/^[a-zA-Z]+Test_/, '').replaceAll('_', '.')}`;
    const said = (level: string, all: readonly CsafRemark[]) =>
      all.map(({ message, instancePath }) => ({ level, place: instancePath || 'the document', rule, message }));
    found.push(...said('error', errors), ...said('warning', warnings), ...said('note', infos));
  }
  return found;
}

const answers: unknown[] = [];
for (const document of JSON.parse(await text(process.stdin)) as readonly unknown[]) answers.push(await checked(document));
process.stdout.write(JSON.stringify(answers));

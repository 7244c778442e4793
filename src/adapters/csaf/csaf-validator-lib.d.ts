// SPDX-License-Identifier: Apache-2.0
// What is used of the CSAF validator, which has no types: every export of its test modules is a test.

type CsafFinding = { readonly message: string; readonly instancePath: string };
type CsafResult = {
  readonly isValid?: boolean;
  readonly errors?: readonly CsafFinding[];
  readonly warnings?: readonly CsafFinding[];
  readonly infos?: readonly CsafFinding[];
};
type CsafTest = (document: unknown) => CsafResult | Promise<CsafResult>;

declare module '@secvisogram/csaf-validator-lib/schemaTests.js' {
  export const csaf_2_0_strict: CsafTest;
}

declare module '@secvisogram/csaf-validator-lib/mandatoryTests.js' {
  export const mandatoryTest_6_1_1: CsafTest;
}

declare module '@secvisogram/csaf-validator-lib/optionalTests.js' {
  export const optionalTest_6_2_1: CsafTest;
}

declare module '@secvisogram/csaf-validator-lib/informativeTests.js' {
  export const informativeTest_6_3_1: CsafTest;
}

// SPDX-License-Identifier: Apache-2.0
// The port to the CSAF validator, which somebody else wrote: what it says of documents.

export interface CsafRemark {
  readonly level: 'error' | 'warning' | 'note';
  /** A JSON pointer, or words. */
  readonly place: string;
  /** `CSAF 6.1.21`, or the schema. */
  readonly rule: string;
  readonly message: string;
}

export interface CsafValidator {
  /**
   * What it says of each document, in their order: the schema and the mandatory tests (CSAF 2.0 section 6.1), with `whole` the others too.
   * @throws OutsideFailure temporary when it ends without an answer, permanent when it is not installed
   */
  check(documents: readonly unknown[], whole?: 'whole'): Promise<readonly (readonly CsafRemark[])[]>;
}

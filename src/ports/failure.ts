// SPDX-License-Identifier: Apache-2.0
// How everything outside may fail. A refusal is a returned value; this is the other thing: the outside did not do what it was asked.

/** `temporary`: the same call may succeed later, and the worker tries again. `permanent`: it never will, and a person is told. */
export class OutsideFailure extends Error {
  readonly lasting: 'temporary' | 'permanent';

  constructor(lasting: 'temporary' | 'permanent', message: string, options?: ErrorOptions) {
    super(message, options);
    this.name = 'OutsideFailure';
    this.lasting = lasting;
  }
}

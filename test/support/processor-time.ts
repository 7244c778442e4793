// SPDX-License-Identifier: Apache-2.0
// How much work something is, whatever else the machine does meanwhile.

/** Milliseconds of processor time that this process spends on `work`. */
export function processorTime(work: () => void): number {
  const before = process.cpuUsage();
  work();
  const { user, system } = process.cpuUsage(before);
  return (user + system) / 1000;
}

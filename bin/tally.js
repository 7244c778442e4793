// SPDX-License-Identifier: Apache-2.0
// Counts the test cases of JUnit reports by how they ended.

/** Quotation marks are escaped within attributes, and `<` everywhere; `>` is not. */
const testCase = /<testcase(?:\s[\w-]+="[^"]*")*\s*(?:\/>|>(.*?)<\/testcase>)/gs;

/** @param {readonly string[]} reports texts of JUnit XML files, as node --test writes them */
export function tally(reports) {
  const sum = { passed: 0, failed: 0, skipped: 0 };
  for (const [, content = ''] of reports.join('\n').matchAll(testCase)) {
    // A test that is marked as not done yet has both elements, and is no failure.
    if (/<skipped\b/.test(content)) sum.skipped += 1;
    else if (/<(failure|error)\b/.test(content)) sum.failed += 1;
    else sum.passed += 1;
  }
  return sum;
}

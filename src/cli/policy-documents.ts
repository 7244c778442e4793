// SPDX-License-Identifier: Apache-2.0
// `daylight policy page`, `security-md` and `security-txt`: the documents that are made from a policy.

import { htmlPage, markdownPage, securityMd, securityTxt } from '../app/policy-text/documents.ts';
import type { Instant } from '../core/model/time.ts';
import { instant } from '../core/model/time.ts';
import type { Policy } from '../core/policy/policy.ts';
import type { PolicyIo } from './policy-files.ts';
import { exit, usable } from './policy-files.ts';

export interface DocumentCall {
  /** `page`, `security-md` or `security-txt`. */
  readonly document: string;
  readonly policy: string;
  readonly format: string | undefined;
  readonly now: string | undefined;
}

/** The exit code: 0 printed, 1 not a policy, 2 an option that cannot be read, 3 no such policy. */
export async function policyDocument(call: DocumentCall, io: PolicyIo): Promise<number> {
  const from = call.now === undefined ? io.now() : readInstant(call.now);
  if (from === undefined) {
    io.err(`--now: expected an instant such as 2026-11-02T09:00Z, not ${call.now}`);
    return exit.wrongUsage;
  }
  if (call.format !== undefined && call.format !== 'html' && call.format !== 'md') {
    io.err(`--format: expected html or md, not ${call.format}`);
    return exit.wrongUsage;
  }
  const policy = await usable(io, call.policy);
  if (typeof policy === 'number') return policy;
  for (const line of textOf(call, policy, from).trimEnd().split('\n')) io.out(line);
  return exit.ok;
}

function textOf({ document, format }: DocumentCall, policy: Policy, from: Instant): string {
  if (document === 'security-md') return securityMd(policy, null);
  if (document === 'security-txt') return securityTxt(policy, from, null);
  return format === 'html' ? htmlPage(policy) : markdownPage(policy);
}

function readInstant(text: string): Instant | undefined {
  try {
    return instant(text);
  } catch (error) {
    if (error instanceof RangeError) return undefined;
    throw error;
  }
}

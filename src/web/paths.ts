// SPDX-License-Identifier: Apache-2.0
// Addresses of the pages. They hold ids and secrets of one's own only, never a title (L-58).

import type { ActionKind } from '../core/model/action.ts';

/** Pages of one project, from the root of the site. */
export function pathsOf(project: string) {
  const root = `/${encodeURIComponent(project)}`;
  return {
    home: root,
    report: `${root}/report`,
    checkReport: `${root}/report/check`,
    sendReport: `${root}/report/send`,
    policy: `${root}/policy`,
    process: `${root}/policy/process`,
    securityTxt: `${root}/.well-known/security.txt`,
    policies: `${root}/policy/versions`,
    changes: `${root}/policy/changes`,
    lookAtChange: `${root}/policy/changes/look`,
    proposeChange: `${root}/policy/changes/propose`,
    confirmSecurityTxt: `${root}/policy/changes/confirm-security-txt`,
    proposal: (id: string) => `${root}/policy/changes/${encodeURIComponent(id)}`,
    policyVersion: (name: string, version: number) => `${root}/policy/versions/${encodeURIComponent(name)}/${version}`,
    statistics: `${root}/statistics`,
    advisories: `${root}/advisories`,
    queue: `${root}/queue`,
    embargoes: `${root}/embargoes`,
    preferences: `${root}/preferences`,
    signIn: `${root}/sign-in`,
    signOut: `${root}/sign-out`,
    people: `${root}/people`,
    person: (id: string) => `${root}/people/${encodeURIComponent(id)}`,
    invite: `${root}/people/invite`,
    apply: `${root}/apply`,
    terms: `${root}/terms`,
    service: `${root}/sign-in/service`,
    passkeyBegin: `${root}/sign-in/passkey/begin`,
    passkey: `${root}/sign-in/passkey`,
    enrol: (token: string) => `${root}/enrol/${encodeURIComponent(token)}`,
    account: `${root}/account`,
    breakGlass: `${root}/break-glass`,
    letIn: `${root}/break-glass/readers`,
    recovery: `${root}/recovery`,
    prove: `${root}/prove`,
    mail: `${root}/mail`,
    mailMessage: (id: string) => `${root}/mail/${encodeURIComponent(id)}`,
    case: (id: string) => `${root}/cases/${encodeURIComponent(id)}`,
    record: (id: string) => `${root}/records/${encodeURIComponent(id)}`,
    ownReport: `${root}/my-report`,
    openReport: `${root}/my-report/open`,
    leaveReport: `${root}/my-report/leave`,
    comeBack: (token: string) => `${root}/return/${encodeURIComponent(token)}`,
    linkAgain: (token: string) => `${root}/return/${encodeURIComponent(token)}/again`,
  };
}

/** Pages below a case; `base` is the case page of a member or of its reporter. */
export const below = {
  action: (base: string, kind: ActionKind) => `${base}/${kind}`,
  advisory: (base: string) => `${base}/advisory`,
  severity: (base: string) => `${base}/severity`,
  preview: (base: string) => `${base}/preview`,
  release: (base: string) => `${base}/release`,
  toSign: (base: string) => `${base}/release/to-sign`,
  access: (base: string) => `${base}/access`,
  recordFile: (base: string) => `${base}/record.json`,
  attachment: (base: string, id: string) => `${base}/attachments/${encodeURIComponent(id)}`,
  withdraw: (base: string, message: string) => `${base}/mail/${encodeURIComponent(message)}/take-back`,
};

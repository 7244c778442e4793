// SPDX-License-Identifier: Apache-2.0
// An advisory about several CVE ids, narrowed to what it says of one of them: a CVE record is about one (CNA 4.2.11).

import type { Advisory } from '../core/model/advisory.ts';
import type { CveId } from '../core/model/identifiers.ts';
import { filled, present } from './optional.ts';

/** What names no id concerns all of them and stays. */
export function onlyOf(advisory: Advisory, id: CveId): Advisory {
  const { cves = [], severity = [], cwes = [], ssvc = [], credits = [], products, ...rest } = advisory;
  const one = (of: { readonly cve?: CveId }) => of.cve === undefined || of.cve === id;
  const among = (of: { readonly cves?: readonly CveId[] }) => of.cves === undefined || of.cves.includes(id);
  return {
    ...rest,
    products: products.filter(among),
    cves: cves.filter((each) => each.id === id),
    ...present('severity', filled(severity.filter(one))),
    ...present('cwes', filled(cwes.filter(one))),
    ...present('ssvc', filled(ssvc.filter(one))),
    ...present('credits', filled(credits.filter(among))),
  };
}

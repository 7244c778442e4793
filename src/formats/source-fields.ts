// SPDX-License-Identifier: Apache-2.0
// Where a document says something, back to the field of the record from which it came: what a validator finds is told where somebody can mend it.

import type { FormatName } from './index.ts';

type Rule = readonly [place: RegExp, field: string];

/** The first that fits says it; `$1` is the place in a list. Places are paths with dots, or a JSON pointer read as one. */
const rules: Readonly<Partial<Record<FormatName, readonly Rule[]>>> = {
  osv: [
    [/^summary/, 'title'],
    [/^details/, 'description'],
    [/^severity|^affected\[\d+\]\.severity/, 'severity'],
    [/^affected\[(\d+)\]\.ranges\[\d+\]\.repo/, 'products[$1].repository'],
    [/^affected\[(\d+)\]\.(?:ranges|versions)/, 'products[$1].branches'],
    [/^affected\[(\d+)\]\.package\.name/, 'products[$1].name'],
    [/^affected\[(\d+)\]/, 'products[$1]'],
    [/^affected/, 'products'],
    [/^references/, 'references'],
    [/^credits/, 'credits'],
    [/^aliases/, 'cves'],
    [/^published|^modified|^withdrawn/, 'dates'],
    [/^id/, 'id'],
  ],
  cve: [
    [/^cveMetadata\.(?:cveId|state|assigner)/, 'cves'],
    [/^cveMetadata|^containers\.cna\.(?:datePublic|providerMetadata\.dateUpdated)/, 'dates'],
    [/^containers\.cna\.title/, 'title'],
    [/^containers\.cna\.(?:descriptions|rejectedReasons)/, 'description'],
    [/^containers\.cna\.affected\[(\d+)\]\.(?:product|vendor)/, 'products[$1].name'],
    [/^containers\.cna\.affected\[(\d+)\]\.repo/, 'products[$1].repository'],
    [/^containers\.cna\.affected\[(\d+)\]\.(?:versions|defaultStatus)/, 'products[$1].branches'],
    [/^containers\.cna\.affected\[(\d+)\]/, 'products[$1]'],
    [/^containers\.cna\.affected/, 'products'],
    [/^containers\.cna\.problemTypes/, 'cwes'],
    [/^containers\.cna\.metrics/, 'severity'],
    [/^containers\.cna\.references/, 'references'],
    [/^containers\.cna\.credits/, 'credits'],
    [/^containers\.cna\.workarounds/, 'workarounds'],
    [/^containers\.cna\.solutions/, 'solution'],
    [/^containers\.cna\.configurations/, 'conditions'],
    [/^containers\.cna\.impacts/, 'impact'],
    [/^containers\.cna\.timeline/, 'dates'],
  ],
  lsn: [
    [/^summary/, 'title'],
    [/^(description|impact)/, '$1'],
    [/^workaround/, 'workarounds'],
    [/^credits/, 'credits'],
    [/^lifecycle/, 'dates'],
    [/^reference/, 'cves'],
    [/^product/, 'products[0].branches'],
    [/^id/, 'id'],
  ],
  ossa: [
    [/^(title|description|notes)/, '$1'],
    [/^affected-products\[(\d+)\]\.version/, 'products[$1].prose'],
    [/^affected-products\[(\d+)\]/, 'products[$1]'],
    [/^affected-products/, 'products'],
    [/^vulnerabilities\[\d+\]\.(?:cvss|score)|^cvss/, 'severity'],
    [/^vulnerabilities/, 'cves'],
    [/^reporters|^credits/, 'credits'],
    [/^issues|^reviews/, 'references'],
    [/^date|^errata/, 'dates'],
    [/^id/, 'id'],
  ],
};

const csaf: readonly Rule[] = [
  [/^document\.title/, 'title'],
  [/^document\.tracking\.id/, 'id'],
  [/^document\.tracking\.(?:version|revision_history|status)/, 'version'],
  [/^document\.tracking/, 'dates'],
  [/^document\.(?:publisher|distribution|lang|category)/, 'policy'],
  [/^document\.acknowledgments|^vulnerabilities\[\d+\]\.acknowledgments/, 'credits'],
  [/^document\.references|^vulnerabilities\[\d+\]\.references/, 'references'],
  [/^document\.notes|^vulnerabilities\[\d+\]\.notes/, 'description'],
  [/^product_tree|^vulnerabilities\[\d+\]\.(?:product_status|flags)/, 'products'],
  [/^vulnerabilities\[\d+\]\.cve/, 'cves'],
  [/^vulnerabilities\[\d+\]\.cwe/, 'cwes'],
  [/^vulnerabilities\[\d+\]\.scores/, 'severity'],
  [/^vulnerabilities\[\d+\]\.remediations/, 'solution'],
  [/^vulnerabilities\[\d+\]\.threats/, 'impact'],
  [/^vulnerabilities\[\d+\]\.title/, 'title'],
  [/^vulnerabilities/, 'products'],
];

/** `products[0].branches` of `affected[0].ranges[1].events` in an OSV record; null where no field of the record is to blame. */
export function sourceField(format: FormatName, place: string): string | null {
  const path = dotted(place);
  if (format === 'advisory') return /^[a-z]/i.test(path) && !path.includes(' ') ? path : null;
  const own = format === 'csaf' || format === 'csaf_vex' ? csaf : (rules[format] ?? []);
  for (const [pattern, field] of own) {
    const found = pattern.exec(path);
    if (found !== null) return field.replace('$1', found[1] ?? '');
  }
  return null;
}

/** `/vulnerabilities/0/cwe` and `product/branch, line 12` as paths with dots. */
function dotted(place: string): string {
  const [path = ''] = place.split(',');
  return path
    .replace(/^\//, '')
    .replace(/\/(\d+)(?=\/|$)/g, '[$1]')
    .replaceAll('/', '.');
}

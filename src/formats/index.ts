// SPDX-License-Identifier: Apache-2.0
// The formats, by the names that the command line, the policy and the site use: a new one is a file and a line here.

import { readAdvisoryJson, writeAdvisoryJson } from './advisory-json.ts';
import { writeAnnouncement, writeOssSecurity } from './announcement.ts';
import { writeCsaf, writeCsafVex } from './csaf.ts';
import { readCsaf } from './csaf-read.ts';
import { writeCve } from './cve.ts';
import { readCve } from './cve-read.ts';
import type { Format } from './format.ts';
import { writeHtml } from './html.ts';
import { writeLsn } from './lsn.ts';
import { readLsn } from './lsn-read.ts';
import { writeMarkdown } from './markdown.ts';
import { writeOpenVex } from './openvex.ts';
import { writeOssa } from './ossa.ts';
import { readOssa } from './ossa-read.ts';
import { writeOssn } from './ossn.ts';
import { writeOsv } from './osv.ts';
import { readOsv } from './osv-read.ts';
import { writeRst } from './rst.ts';
import { writeText } from './text.ts';

export const formats = {
  text: { label: 'Text', extension: '.txt', mediaType: 'text/plain; charset=utf-8', signing: 'clearsign', write: writeText },
  html: { label: 'HTML', extension: '.html', mediaType: 'text/html; charset=utf-8', signing: 'detached', write: writeHtml },
  lsn: {
    label: 'libvirt XML',
    extension: '.xml',
    mediaType: 'application/xml',
    signing: 'detached',
    write: writeLsn,
    read: readLsn,
    usualPolicy: 'libvirt-2023',
  },
  ossa: {
    label: 'OpenStack YAML',
    extension: '.yaml',
    mediaType: 'application/yaml',
    signing: 'detached',
    write: writeOssa,
    read: readOssa,
    usualPolicy: 'openstack-vmt',
  },
  rst: {
    label: 'OpenStack page (reStructuredText)',
    extension: '.rst',
    mediaType: 'text/x-rst; charset=utf-8',
    signing: 'detached',
    write: writeRst,
    usualPolicy: 'openstack-vmt',
  },
  ossn: {
    label: 'OpenStack security note',
    extension: '.note.txt',
    mediaType: 'text/plain; charset=utf-8',
    signing: 'clearsign',
    write: writeOssn,
    usualPolicy: 'openstack-vmt',
  },
  osv: {
    label: 'OSV',
    extension: '.osv.json',
    mediaType: 'application/json',
    signing: 'detached',
    write: writeOsv,
    read: readOsv,
  },
  cve: {
    label: 'CVE record',
    extension: '.cve.json',
    mediaType: 'application/json',
    signing: 'detached',
    write: writeCve,
    read: readCve,
  },
  csaf: {
    label: 'CSAF security advisory',
    extension: '.csaf.json',
    mediaType: 'application/json',
    signing: 'detached',
    write: writeCsaf,
    read: readCsaf,
  },
  csaf_vex: {
    label: 'CSAF VEX',
    extension: '.vex.json',
    mediaType: 'application/json',
    signing: 'detached',
    write: writeCsafVex,
  },
  openvex: {
    label: 'OpenVEX',
    extension: '.openvex.json',
    mediaType: 'application/json',
    signing: 'detached',
    write: writeOpenVex,
  },
  markdown: { label: 'Markdown', extension: '.md', mediaType: 'text/markdown; charset=utf-8', signing: 'detached', write: writeMarkdown },
  announce: {
    label: 'Mail to an announcement list',
    extension: '.mail.txt',
    mediaType: 'text/plain; charset=utf-8',
    signing: 'clearsign',
    write: writeAnnouncement,
  },
  oss_security: {
    label: 'Mail to oss-security',
    extension: '.oss-security.txt',
    mediaType: 'text/plain; charset=utf-8',
    signing: 'clearsign',
    write: writeOssSecurity,
  },
  advisory: {
    label: 'Daylight JSON',
    extension: '.json',
    mediaType: 'application/json',
    signing: 'detached',
    write: writeAdvisoryJson,
    read: readAdvisoryJson,
  },
} as const satisfies Readonly<Record<string, Format>>;

export type FormatName = keyof typeof formats;

export function isFormatName(text: string): text is FormatName {
  return Object.hasOwn(formats, text);
}

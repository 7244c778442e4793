// SPDX-License-Identifier: Apache-2.0
// The anchor of one advisory: a notice in libvirt's XML made into a page by xsltproc, as libvirt makes its own (LIBVIRT-14).

import { execFile } from 'node:child_process';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';

const run = promisify(execFile);

/** Makes a page of the notice in this file. @throws Error where the stylesheet finds no notice in it. */
export type Transform = (notice: string) => Promise<void>;

/** @param folder for the stylesheet and the page. @returns undefined where there is no xsltproc. */
export async function pageByStylesheet(folder: string): Promise<Transform | undefined> {
  const found = await run('xsltproc', ['--version']).then(
    () => true,
    () => false,
  );
  if (!found) return undefined;
  const [sheet, page] = [join(folder, 'notice.xsl'), join(folder, 'notice.html')];
  await writeFile(sheet, stylesheet);
  return async (notice) => {
    await run('xsltproc', ['--nonet', '--output', page, sheet, notice]);
  };
}

/** What libvirt's pages say of a notice, section by section. */
const stylesheet = `<?xml version="1.0" encoding="UTF-8"?>
<xsl:stylesheet version="1.0" xmlns:xsl="http://www.w3.org/1999/XSL/Transform"
  xmlns:n="http://security.libvirt.org/xmlns/security-notice/1.0" exclude-result-prefixes="n">
<xsl:output method="html" encoding="UTF-8" indent="yes"/>
<xsl:template match="/">
  <xsl:if test="not(n:security-notice)"><xsl:message terminate="yes">expected a notice</xsl:message></xsl:if>
  <xsl:apply-templates/>
</xsl:template>
<xsl:template match="n:security-notice">
  <html lang="en">
    <head><title><xsl:value-of select="n:id"/>: <xsl:value-of select="n:summary"/></title></head>
    <body>
      <h1><xsl:value-of select="n:id"/>: <xsl:value-of select="n:summary"/></h1>
      <xsl:apply-templates select="n:lifecycle|n:credits|n:reference"/>
      <xsl:apply-templates select="n:description|n:impact|n:workaround"/>
      <xsl:apply-templates select="n:product"/>
    </body>
  </html>
</xsl:template>
<xsl:template match="n:description|n:impact|n:workaround">
  <h2><xsl:value-of select="local-name()"/></h2>
  <pre><xsl:value-of select="."/></pre>
</xsl:template>
<xsl:template match="n:lifecycle|n:credits">
  <h2><xsl:value-of select="local-name()"/></h2>
  <dl><xsl:for-each select="*"><dt><xsl:value-of select="local-name()"/></dt><dd><xsl:value-of select="normalize-space(.)"/></dd></xsl:for-each></dl>
</xsl:template>
<xsl:template match="n:reference">
  <h2>See also</h2>
  <ul><xsl:for-each select="*"><li><xsl:value-of select="@type"/><xsl:text> </xsl:text><xsl:value-of select="@id"/></li></xsl:for-each></ul>
</xsl:template>
<xsl:template match="n:product">
  <h2><xsl:value-of select="@name"/></h2>
  <xsl:for-each select="n:branch">
    <table>
      <caption><xsl:value-of select="n:name"/></caption>
      <xsl:for-each select="n:tag|n:change"><tr><th><xsl:value-of select="@state"/></th><td><xsl:value-of select="."/></td></tr></xsl:for-each>
    </table>
  </xsl:for-each>
</xsl:template>
</xsl:stylesheet>
`;

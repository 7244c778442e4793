// SPDX-License-Identifier: Apache-2.0
// HTML as plain text, in one pass from left to right: nothing runs, nothing is fetched, nothing of the markup survives (L-52, L-53, L-57).

const breaks = new Set([
  'br',
  'p',
  'div',
  'tr',
  'table',
  'ul',
  'ol',
  'pre',
  'hr',
  'section',
  'article',
  'header',
  'footer',
  'address',
  'dl',
  'dt',
  'dd',
  'form',
]);
const paragraphs = new Set(['p', 'h1', 'h2', 'h3', 'h4', 'h5', 'h6', 'blockquote', 'table', 'ul', 'ol', 'pre']);

// A comment, an element that is never text, a declaration, or a tag. The end of each is optional in the pattern: an unclosed one runs to
// the end of the text, as in a browser, and the whole is still read once.
const markup = new RegExp(
  [
    String.raw`<!--[\s\S]*?(?:-->|$)`,
    String.raw`<(script|style|title|template)(?=[\s/>])[^>]*>?[\s\S]*?(?:<\/\1[^>]*>?|$)`,
    '<[!?][^>]*>?',
    String.raw`<(\/?)([a-z][a-z0-9]*)((?:=\s*"[^"]*(?:"|$)|=\s*'[^']*(?:'|$)|[^>])*)>?`,
  ].join('|'),
  'giu',
);
const hrefForm = /(?:^|\s)href\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s"'>]+))/iu;
const altForm = /(?:^|\s)alt\s*=\s*(?:"([^"]*)"|'([^']*)')/iu;

/** The text a person would read. A link keeps its address behind its words, an image only its alternative text. */
export function htmlToText(html: string): string {
  const out: string[] = [];
  const links: string[] = [];
  let from = 0;
  let preformatted = 0;
  for (const match of html.matchAll(markup)) {
    const [whole, , slash, name = '', attributes = ''] = match;
    out.push(words(html.slice(from, match.index), preformatted > 0), tag(name.toLowerCase(), slash === '/', attributes, links));
    from = match.index + whole.length;
    if (name.toLowerCase() === 'pre') preformatted = slash === '/' ? Math.max(preformatted - 1, 0) : preformatted + 1;
  }
  out.push(words(html.slice(from), preformatted > 0));
  return tidy(out.join(''));
}

function tag(name: string, closing: boolean, attributes: string, links: string[]): string {
  if (name === 'a') return closing ? shown(links.pop()) : opened(attributes, links);
  if (name === 'img') return closing ? '' : words(attribute(altForm, attributes), false);
  if (name === 'li') return closing ? '' : '\n* ';
  if (name === 'td' || name === 'th') return closing ? ' ' : '';
  if (paragraphs.has(name)) return '\n\n';
  return breaks.has(name) || /^h[1-6]$/.test(name) ? '\n' : '';
}

function opened(attributes: string, links: string[]): string {
  links.push(entities(attribute(hrefForm, attributes)));
  return '';
}

function shown(link: string | undefined): string {
  return link !== undefined && /^(?:https?|ftp|mailto):/i.test(link) ? ` <${link.replaceAll(/\s/g, '')}> ` : '';
}

function attribute(form: RegExp, attributes: string): string {
  const found = form.exec(attributes);
  return found?.[1] ?? found?.[2] ?? found?.[3] ?? '';
}

// Stands for a space that must not be merged with its neighbours, until the text is tidied.
const fixedSpace = '\u{f8ff}';

/** Text between tags: white space counts once, as a browser shows it, except where it is preformatted. */
function words(text: string, preformatted: boolean): string {
  const spaced = preformatted ? text.replaceAll(/\r\n?/g, '\n').replaceAll(/[ \t]/g, fixedSpace) : text.replaceAll(/[ \t\r\n\f]+/g, ' ');
  return entities(spaced);
}

function tidy(text: string): string {
  return text
    .replaceAll(/ +/g, ' ')
    .replaceAll(/ ?\n ?/g, '\n')
    .replaceAll(/\n{3,}/g, '\n\n')
    .trim()
    .replaceAll(fixedSpace, ' ');
}

const named: Readonly<Record<string, string>> = {
  amp: '&',
  lt: '<',
  gt: '>',
  quot: '"',
  apos: "'",
  nbsp: ' ',
  copy: '©',
  reg: '®',
  trade: '™',
  hellip: '…',
  mdash: '—',
  ndash: '–',
  lsquo: '‘',
  rsquo: '’',
  ldquo: '“',
  rdquo: '”',
  laquo: '«',
  raquo: '»',
  bull: '•',
  middot: '·',
  deg: '°',
  para: '¶',
  sect: '§',
  euro: '€',
  pound: '£',
  yen: '¥',
  cent: '¢',
  times: '×',
  divide: '÷',
  plusmn: '±',
  frac12: '½',
  micro: 'µ',
  zwnj: '',
  zwj: '',
  shy: '',
  agrave: 'à',
  aacute: 'á',
  acirc: 'â',
  atilde: 'ã',
  auml: 'ä',
  aring: 'å',
  aelig: 'æ',
  ccedil: 'ç',
  egrave: 'è',
  eacute: 'é',
  ecirc: 'ê',
  euml: 'ë',
  igrave: 'ì',
  iacute: 'í',
  icirc: 'î',
  iuml: 'ï',
  ntilde: 'ñ',
  ograve: 'ò',
  oacute: 'ó',
  ocirc: 'ô',
  otilde: 'õ',
  ouml: 'ö',
  oslash: 'ø',
  ugrave: 'ù',
  uacute: 'ú',
  ucirc: 'û',
  uuml: 'ü',
  yacute: 'ý',
  szlig: 'ß',
  Agrave: 'À',
  Aacute: 'Á',
  Auml: 'Ä',
  Aring: 'Å',
  AElig: 'Æ',
  Ccedil: 'Ç',
  Egrave: 'È',
  Eacute: 'É',
  Ntilde: 'Ñ',
  Ouml: 'Ö',
  Oslash: 'Ø',
  Uuml: 'Ü',
};

/** Character references of HTML; a name that is not in the short table stays as it was written. */
function entities(text: string): string {
  return text.replaceAll(/&(?:#x([0-9a-f]{1,6})|#([0-9]{1,7})|([a-z][a-z0-9]{1,9}));/giu, (whole, hex, decimal, name) => {
    if (name !== undefined) return named[name] ?? whole;
    const code = hex === undefined ? Number.parseInt(decimal, 10) : Number.parseInt(hex, 16);
    return code > 0x10ffff || (code >= 0xd800 && code <= 0xdfff) ? '\u{fffd}' : String.fromCodePoint(code);
  });
}

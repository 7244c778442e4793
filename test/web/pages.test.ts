// SPDX-License-Identifier: Apache-2.0
// What every page keeps to: the band first, the mark in the title, no secret title, one primary button, exact instants, tokens in forms.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { htmlFaults } from '../support/site-checks.ts';
import { gallery } from './gallery.ts';
import { elements, textOf, titleOf } from './html.ts';

const pages = gallery();
const secret = 'A client on the read-only socket can stop the daemon';

test('the visibility band is the first element of every page', () => {
  for (const { name, html } of pages) assert.match(html, /<body><section class="band is-(?:confidential|embargoed|danger|public)"/, name);
});

test('titles of confidential pages begin with [C] or [E]', () => {
  for (const { name, html, mark } of pages) {
    const begins = /^\[[CE]\] /.exec(titleOf(html))?.[0] ?? '';
    assert.equal(begins, mark, name);
  }
});

test('L-58 the title of a case stands in no browser title and no address', () => {
  for (const { name, html } of pages) {
    assert.ok(!titleOf(html).includes(secret), name);
    for (const { tag, attributes } of elements(html))
      for (const [attribute, value] of attributes)
        if (attribute === 'href' || attribute === 'action')
          assert.ok(!/read-only|daemon/.test(value), `${name}: <${tag} ${attribute}="${value}">`);
  }
});

test('every page has at most one primary button, and one where something is to be done', () => {
  const primaries = (html: string) =>
    elements(html).filter(({ attributes }) => attributes.some(([name, value]) => name === 'class' && value.includes('is-primary'))).length;
  for (const { name, html } of pages) assert.ok(primaries(html) <= 1, `${name}: ${primaries(html)}`);
  for (const name of ['queue', 'case-received', 'case-embargoed', 'my-report', 'report', 'report-check', 'advisory-new', 'policy']) {
    const page = pages.find((one) => one.name === name);
    assert.equal(page === undefined ? 0 : primaries(page.html), 1, name);
  }
});

test('an advisory that nobody has begun says so, and claims no check of what is not there', () => {
  const said = (name: string) => textOf(pages.find((one) => one.name === name)?.html ?? assert.fail(name));
  const clean = /Nothing that keeps a document back/;
  assert.match(said('advisory-new'), /nothing written yet[\s\S]*Nothing is written yet, so nothing was looked at/);
  assert.doesNotMatch(said('advisory-new'), clean);
  assert.doesNotMatch(said('advisory-new'), /byte for byte/);
  assert.match(said('advisory-new-asked'), /No product is named yet\. Name one above, with a commit\./);
  assert.doesNotMatch(said('advisory-looked'), /No product is named yet/);
  assert.match(said('advisory-looked'), clean, 'said where there is a document, and hidden while there are findings');
});

test('L-73 every instant is shown with its hour; outside tables and lists that say UTC, with its zone', () => {
  for (const { name, html } of pages) {
    const times = [...html.matchAll(/<time datetime="([^"]*)">([^<]*)<\/time>/g)];
    for (const [, machine = '', shown = ''] of times) {
      assert.match(machine, /T\d{2}:\d{2}:\d{2}\.\d{3}Z$/, name);
      assert.match(shown, /\d{2}:\d{2}(?: UTC)?$/, `${name}: ${shown}`);
      if (!shown.endsWith('UTC')) assert.match(textOf(html), /UTC/, name);
    }
  }
});

test('L-73 no sentence of a page gives a date without an hour', () => {
  for (const { name, html } of pages.filter(
    (page) => !page.name.startsWith('case-mend') && !page.name.startsWith('policy') && !page.name.startsWith('record'),
  ))
    for (const [date] of textOf(html.replace(/<h3 class="day">[^<]*<\/h3>/g, '').replace(/<svg[\s\S]*?<\/svg>/g, '')).matchAll(
      /\d{4}-\d{2}-\d{2}(?! \d{2}:\d{2})[^-\d]/g,
    ))
      assert.fail(`${name}: ${date}`);
});

test('every form that changes something carries the token of the session', () => {
  for (const { name, html } of pages) {
    const forms = html.split('<form ').slice(1);
    for (const form of forms.filter((one) => one.startsWith('method="post"') || one.includes('method="post"')))
      assert.match(form.slice(0, form.indexOf('</form>')), /name="csrf"/, name);
  }
});

test('every page of somebody who is signed in has the button that signs them out', () => {
  const signedIn = pages.filter(({ html }) => html.includes('href="/harbour/account"'));
  assert.ok(signedIn.length >= 20, String(signedIn.length));
  for (const { name, html } of signedIn)
    assert.match(html, /<form[^>]*method="post" action="\/harbour\/sign-out">.*Sign out\s*<\/button>/s, name);
});

test('every action of a case carries the version that the reader saw', () => {
  for (const { name, html } of pages.filter((page) => page.name.startsWith('case-') || page.name === 'my-report')) {
    const forms = html
      .split('<form ')
      .slice(1)
      .map((form) => form.slice(0, form.indexOf('</form>')));
    for (const form of forms.filter((one) => /action="[^"]*\/(?:cases\/[^"/]+|my-report)\/(?!leave")[a-z-]+"/.test(one)))
      assert.match(form, /name="version" value="\d+"/, name);
  }
});

test('a button whose gate is not met is absent, and the gate is said in words', () => {
  const page = pages.find(({ name }) => name === 'case-embargoed')?.html ?? '';
  const publish = page.slice(page.indexOf('id="do-publish-case"'), page.indexOf('</details>', page.indexOf('id="do-publish-case"')));
  assert.match(textOf(publish), /The advisory is not approved\./);
  assert.doesNotMatch(publish, /<button/);
});

test('what cannot be taken back asks for the codename', () => {
  const page = pages.find(({ name }) => name === 'case-embargoed')?.html ?? '';
  const end = page.slice(page.indexOf('id="do-end-embargo"'), page.indexOf('</form>', page.indexOf('id="do-end-embargo"')));
  assert.match(end, /name="codename"/);
  assert.match(textOf(end), /Type tidal-heron to confirm/);
});

test('QEMU-14 whoever is not sure is preselected to report in private', () => {
  const page = pages.find(({ name }) => name === 'report')?.html ?? '';
  assert.match(page, /name="sensitive" value="unsure" checked=""/);
});

test('QEMU-28 what looks like a secret is shown with its line before the report is sent', () => {
  const page = pages.find(({ name }) => name === 'report-check')?.html ?? '';
  assert.match(textOf(page), /Steps, and what happens, line 3/);
  assert.match(page, /<mark>glpat-x+<\/mark>/);
});

test('a message that leaves and a note that stays differ in ground, label and button', () => {
  const page = pages.find(({ name }) => name === 'case-embargoed')?.html ?? '';
  assert.match(page, /class="compose" id="compose-message"[\s\S]*Message to the reporter[\s\S]*Send to the reporter</);
  assert.match(page, /class="compose inside" id="compose-note"[\s\S]*Internal note[\s\S]*Keep note for 7 people</);
});

test('a reporter sees no internal note, no name of a member, nothing of another reporter', () => {
  const page = pages.find(({ name }) => name === 'my-report')?.html ?? '';
  assert.doesNotMatch(textOf(page), /One distribution builds|\bmei\b|\banna\b|\btomas\b|Internal note/);
});

test('L-22 not found is the same whatever was asked', () => {
  const [first, second] = [gallery(), gallery()].map((all) => all.find(({ name }) => name === 'not-found')?.html);
  assert.equal(first, second);
  assert.doesNotMatch(first ?? '', /csrf" value="[^"]/);
});

test('L-28 the page of a failure holds an id and nothing of what went wrong', () => {
  const page = pages.find(({ name }) => name === 'failure')?.html ?? '';
  assert.match(page, /7Q2K-91/);
  assert.doesNotMatch(page, /at .*\.ts:\d+|Error:/);
});

test('every page is valid by the HTML standard', () => {
  for (const { name, html } of pages) assert.deepEqual(htmlFaults(html), [], name);
});

test('the validator finds what is planted', () => {
  const page = pages.find(({ name }) => name === 'queue')?.html ?? '';
  const planted = page.replace('</main>', '<span><form></form></span><p hidden="perhaps"></p><input type="perhaps"></main>');
  assert.match(htmlFaults(planted).join('\n'), /element-permitted-content[\s\S]*attribute-allowed-values/);
});

test('ids on a page are unique, and labels and descriptions point to them', () => {
  for (const { name, html } of pages) {
    const all = elements(html).flatMap(({ attributes }) => attributes);
    const ids = all.filter(([attribute]) => attribute === 'id').map(([, value]) => value);
    assert.equal(new Set(ids).size, ids.length, `${name}: ${ids.filter((id, index) => ids.indexOf(id) !== index).join(', ')}`);
    for (const [attribute, value] of all.filter(([one]) => ['for', 'aria-describedby', 'aria-labelledby'].includes(one)))
      for (const id of value.split(' ')) assert.ok(ids.includes(id), `${name}: ${attribute}="${id}"`);
  }
});

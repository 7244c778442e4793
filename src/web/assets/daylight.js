// SPDX-License-Identifier: Apache-2.0
// What a script adds, all of it optional: distances that go on counting, keys, and a word before unsent text is lost. It writes text only, never markup.

const minute = 60_000;

/** As moments.ts counts on the server. */
function length(minutes) {
  const hours = Math.floor(minutes / 60);
  const days = Math.floor(hours / 24);
  if (days >= 3) return `${days} d`;
  if (days >= 1) return hours % 24 === 0 ? `${days} d` : `${days} d ${hours % 24} h`;
  if (hours >= 1) return minutes % 60 === 0 ? `${hours} h` : `${hours} h ${minutes % 60} min`;
  return `${minutes} min`;
}

function distance(at, now) {
  const minutes = Math.floor(Math.abs(at - now) / minute);
  if (minutes === 0) return 'now';
  return at > now ? `in ${length(minutes)}` : `${length(minutes)} ago`;
}

/** The server's clock may differ from the reader's: distances count on from what the server said. */
function keepCounting() {
  const shown = [...document.querySelectorAll('[data-distance]')];
  const server = Number(document.documentElement.dataset.now);
  if (shown.length === 0 || Number.isNaN(server)) return;
  const began = performance.now();
  setInterval(() => {
    const now = server + (performance.now() - began);
    for (const element of shown) element.textContent = distance(Date.parse(element.dataset.distance), now);
  }, minute);
}

function localHours() {
  for (const time of document.querySelectorAll('time[datetime*="T"]')) {
    const at = new Date(time.dateTime);
    time.title = `${at.toLocaleString(undefined, { dateStyle: 'full', timeStyle: 'short' })}, your time`;
  }
}

/** A fold whose content is the target of the address stands open. */
function openTarget() {
  const target = location.hash.length > 1 ? document.getElementById(decodeURIComponent(location.hash.slice(1))) : null;
  const fold = target?.closest('details');
  if (!fold) return;
  fold.open = true;
  target.scrollIntoView();
  target.querySelector('input:not([type=hidden]), textarea, select, button')?.focus();
}

/** Text that was typed and not sent is kept nowhere: whoever leaves is asked first. */
function guardUnsent() {
  let sending = false;
  addEventListener('submit', () => {
    sending = true;
  });
  addEventListener('beforeunload', (event) => {
    const unsent = [...document.querySelectorAll('[data-unsent]')].some((field) => field.value !== field.defaultValue);
    if (unsent && !sending) event.preventDefault();
  });
}

function isTyping(element) {
  return element instanceof HTMLElement && element.matches('input, textarea, select, [contenteditable]');
}

function step(by) {
  const rows = [...document.querySelectorAll('[data-row]')];
  if (rows.length === 0) return;
  const here = rows.findIndex((row) => row === document.activeElement || row.contains(document.activeElement));
  const next = rows[here < 0 ? (by > 0 ? 0 : rows.length - 1) : Math.min(rows.length - 1, Math.max(0, here + by))];
  if (!next.matches('a, button')) next.tabIndex = -1;
  next.focus();
  next.scrollIntoView({ block: 'nearest' });
}

function follow(keys) {
  const target = document.querySelector(`[data-key="${keys}"]`);
  if (!target) return false;
  if (target.matches('a')) target.click();
  else target.focus();
  return true;
}

const single = {
  j: () => step(1),
  k: () => step(-1),
  e: () => follow('e'),
  r: () => document.getElementById('message-body')?.focus(),
  n: () => document.getElementById('note-body')?.focus(),
  '?': () => document.getElementById('keys')?.showModal(),
};

/** Single letters do nothing while one types, with a modifier, or where they are turned off. None of them changes anything. */
function keyboard() {
  let waiting = '';
  addEventListener('keydown', (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || isTyping(event.target)) return;
    if (waiting === 'g') {
      waiting = '';
      if (/^[a-z]$/.test(event.key) && follow(`g ${event.key}`)) event.preventDefault();
      return;
    }
    waiting = event.key === 'g' ? 'g' : '';
    const does = single[event.key];
    if (!does) return;
    event.preventDefault();
    does();
  });
}

/** Asks the server what to sign, the browser its owner, and sends the form with the answer. The challenge is asked for at the press, so that it is fresh. */
async function answered(field) {
  const begun = await fetch(field.dataset.begin, {
    method: 'POST',
    headers: { 'Content-Type': 'application/x-www-form-urlencoded' },
    body: new URLSearchParams({ csrf: field.form.elements.csrf.value }),
  });
  if (!begun.ok) throw new Error(await begun.text());
  const options = await begun.json();
  const made =
    field.dataset.passkey === 'create'
      ? await navigator.credentials.create({ publicKey: PublicKeyCredential.parseCreationOptionsFromJSON(options) })
      : await navigator.credentials.get({ publicKey: PublicKeyCredential.parseRequestOptionsFromJSON(options) });
  return JSON.stringify(made.toJSON());
}

function passkeys() {
  for (const field of document.querySelectorAll('[data-passkey]')) {
    const said = field.form.querySelector('[data-passkey-said]');
    field.form.addEventListener('submit', async (event) => {
      if (field.value !== '') return;
      event.preventDefault();
      if (!window.PublicKeyCredential?.parseRequestOptionsFromJSON) {
        said.textContent = 'This browser cannot use passkeys. Use a newer one, or another way of this page.';
        return;
      }
      said.textContent = 'Waiting for your passkey.';
      try {
        field.value = await answered(field);
        field.form.submit();
      } catch (error) {
        said.textContent =
          error.name === 'Error' ? error.message : 'The passkey was not used. Nothing was sent; press again to try once more.';
      }
    });
  }
}

/** Elements as the server writes them: texts only, never markup. */
function make(name, look, ...inside) {
  const made = document.createElement(name);
  if (look) made.className = look;
  made.append(...inside);
  return made;
}

/** Sends a form after a pause, and shows the answer to the last one sent. Nothing is kept by it. */
function afterAPause(form, address, pause, begin, show, silent) {
  let timer;
  let asked;
  const send = async (wish) => {
    asked?.abort();
    asked = new AbortController();
    const body = new URLSearchParams(new FormData(form));
    body.set('do', wish);
    try {
      const answer = await fetch(address, { method: 'POST', headers: { Accept: 'application/json' }, body, signal: asked.signal });
      if (!answer.ok) throw new Error(String(answer.status));
      show(await answer.json());
    } catch (error) {
      if (error.name !== 'AbortError') silent();
    }
  };
  form.addEventListener('input', (event) => {
    const wish = begin(event.target);
    clearTimeout(timer);
    if (wish) timer = setTimeout(send, pause, wish);
  });
}

function icon(name) {
  const [sprite] = document.querySelector('.icon use').getAttribute('href').split('#');
  const made = document.createElementNS('http://www.w3.org/2000/svg', 'svg');
  const use = document.createElementNS('http://www.w3.org/2000/svg', 'use');
  made.setAttribute('class', 'icon');
  made.setAttribute('aria-hidden', 'true');
  use.setAttribute('href', `${sprite}#${name}`);
  made.append(use);
  return made;
}

const icons = { error: 'cross', warning: 'alert', later: 'clock' };

function found({ level, id, label, word, sentence }) {
  const link = id ? make('a', '', label) : (label ?? '');
  if (id) link.href = `#${id}`;
  const text = make('span', '', make('b', '', word), ...(label ? [' · ', link] : []), make('small', '', make('bdi', '', sentence)));
  return make('li', level === 'error' ? 'is-wrong' : '', icon(icons[level] ?? 'note'), text);
}

function showBeside(beside) {
  for (const list of document.querySelectorAll('[data-remarks]')) {
    const { written, remarks = [] } = beside[list.dataset.remarks] ?? {};
    list.replaceChildren(
      ...remarks.map(({ level, word, sentence }) => make('li', `is-${level}`, make('b', '', `${word}.`), ` ${sentence}`)),
    );
    list.previousElementSibling.replaceChildren(...(written ? [make('bdi', '', written)] : []));
  }
}

function showDocuments(documents) {
  for (const { format, text, says } of documents) {
    const fold = document.querySelector(`[data-document="${format}"]`);
    if (!fold) continue;
    fold.querySelector('[data-left]').textContent = text === null ? ' · not made' : '';
    fold.querySelector('[data-says]').textContent = says;
    const pre = fold.querySelector('pre');
    pre.textContent = text ?? '';
    pre.parentElement.hidden = text === null;
  }
}

/** The advisory: documents, findings and what stands beside the fields, of what is typed. */
function live() {
  const form = document.querySelector('[data-live]');
  if (!form) return;
  const say = (words) => {
    form.querySelector('[data-live-said]').textContent = words;
  };
  const show = ({ documents, remarks, beside, open, problems, moved }) => {
    const losses = remarks.filter(({ level }) => level === 'loss');
    const others = remarks.filter(({ level }) => level !== 'loss');
    const at = (name) => document.querySelector(`[data-${name}]`);
    at('findings').replaceChildren(...others.map(found));
    at('findings-none').hidden = others.length > 0;
    at('findings-none').textContent = 'Nothing that keeps a document back.';
    at('losses').replaceChildren(...losses.map(found));
    at('losses').closest('details').hidden = losses.length === 0;
    at('losses-count').textContent = losses.length;
    at('open').replaceChildren(...open.map((sentence) => make('li', '', sentence)));
    document.querySelector('#findings .count').textContent = ` ${others.length}`;
    document.querySelector('#previews header .label').textContent = 'of what is in the form, byte for byte';
    showBeside(beside);
    showDocuments(documents);
    const wrong = problems.map(({ sentence }) => sentence).join(' ');
    say(
      moved
        ? 'The case has changed since this page was opened: saving will ask.'
        : wrong || 'The preview is of what is in the form; it is not saved.',
    );
  };
  const begin = (field) => (field.name === 'take' ? null : 'preview');
  afterAPause(form, form.dataset.live, 800, begin, show, () => say('No preview just now; what you typed is still here.'));
}

/** The calculator: a metric makes the vector, a vector chooses the metrics; the server does the sums. */
function scores() {
  const form = document.querySelector('[data-score-at]');
  if (!form) return;
  const at = (name) => form.querySelector(`[data-score${name}]`);
  const show = ({ scheme, chosen, vector, scored, problem, contradiction, weaknesses }) => {
    const same = form.elements.scheme.value === scheme;
    if (document.activeElement !== form.elements.vector) form.elements.vector.value = vector;
    if (same && scored)
      for (const select of form.querySelectorAll('[data-metric]')) {
        select.value = chosen[select.dataset.metric] ?? '';
        if (select.selectedIndex < 0) select.selectedIndex = 0;
      }
    at('').textContent = scored ? `${scored.score.toFixed(1)} ${scored.rating}` : 'No score yet';
    at('-problem').textContent = same ? (problem ?? '') : 'This vector is of another version: press “Fill in from the vector”.';
    at('-disagrees').textContent = contradiction ?? '';
    for (const says of form.querySelectorAll('[data-weakness]')) says.textContent = weaknesses[says.dataset.weakness] ?? '';
  };
  const begin = (field) => {
    form.dataset.wish = field.name === 'vector' ? 'vector' : field.dataset.metric ? 'metrics' : (form.dataset.wish ?? 'metrics');
    return form.dataset.wish;
  };
  afterAPause(form, form.dataset.scoreAt, 250, begin, show, () => {
    at('-problem').textContent = 'No answer just now; press “Compute” to try once more.';
  });
}

live();
scores();
keepCounting();
localHours();
passkeys();
openTarget();
addEventListener('hashchange', openTarget);
guardUnsent();
if (document.documentElement.dataset.shortcuts === 'on') keyboard();

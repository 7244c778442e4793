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

keepCounting();
localHours();
passkeys();
openTarget();
addEventListener('hashchange', openTarget);
guardUnsent();
if (document.documentElement.dataset.shortcuts === 'on') keyboard();

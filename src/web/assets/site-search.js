// SPDX-License-Identifier: Apache-2.0
// Searches all advisories of a published site. Years are read as scripts, so that it works from a disk too. Without it the list stands as it is.
(() => {
  const box = document.getElementById('search');
  const wanted = document.getElementById('wanted');
  const found = document.getElementById('found');
  const list = document.getElementById('advisories');
  if (!(box && wanted && found && list)) return;
  const most = 200;
  const asWritten = [...list.children];
  const years = box.dataset.years.split(' ').filter((year) => year !== '');
  const rows = new Map();
  let asked = false;

  window.siteSearch = (year, entries) => {
    rows.set(
      year,
      entries.map((entry) => ({ entry, text: entry.slice(0, 3).join(' ').toLowerCase() })),
    );
    show();
  };

  function load() {
    if (asked) return;
    asked = true;
    for (const year of years) {
      const script = document.createElement('script');
      script.src = `${year}/search.js`;
      document.head.append(script);
    }
  }

  function cell(name, label, content) {
    const made = document.createElement(name);
    if (name === 'th') made.scope = 'row';
    if (label) made.dataset.l = label;
    made.append(content);
    return made;
  }

  function row([number, title, cves, published, page]) {
    const made = document.createElement('tr');
    const link = document.createElement('a');
    link.className = 'id';
    link.href = page;
    link.textContent = number;
    const ids = document.createElement('span');
    ids.className = 'id';
    ids.textContent = cves;
    made.append(cell('th', '', link), cell('td', '', title), cell('td', 'CVE', cves === '' ? '' : ids), cell('td', 'Published', published));
    return made;
  }

  function show() {
    const words = wanted.value
      .toLowerCase()
      .split(/\s+/)
      .filter((word) => word !== '');
    if (words.length === 0) {
      list.replaceChildren(...asWritten);
      found.textContent = '';
      return;
    }
    const all = years.flatMap((year) => rows.get(year) ?? []).filter(({ text }) => words.every((word) => text.includes(word)));
    list.replaceChildren(...all.slice(0, most).map(({ entry }) => row(entry)));
    const more = all.length > most ? `, the newest ${most} are shown` : '';
    found.textContent = rows.size < years.length ? 'Reading the years…' : `${all.length} found${more}`;
  }

  box.hidden = false;
  wanted.addEventListener('focus', load, { once: true });
  wanted.addEventListener('input', () => {
    load();
    show();
  });
})();

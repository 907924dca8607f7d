/* The search: a form, a phrase or a glob among the words of the index, as kit.concordance finds them. */
"use strict";
(() => {
  const CONTEXT = 8, PAGE = 100;
  const index = window.kitLines;
  const form = document.getElementById("search"), field = document.getElementById("query");
  const count = document.getElementById("count"), table = document.getElementById("lines");
  const more = document.getElementById("more"), words = form.dataset;
  const language = document.documentElement.lang;
  const size = index.types.length;
  const begins = new Uint32Array(size), owner = new Uint32Array(size);
  const first = [0];
  index.documents.forEach((one, row) => {
    const head = first[row], stop = head + one.words;
    for (let word = head, place = 0; word < stop; word += 1) {
      place += index.starts[word];
      begins[word] = place;
      owner[word] = row;
    }
    first.push(stop);
  });
  const ends = (word) => begins[word] + index.lengths[word];

  /* As kit.language.tokens.fold does. */
  function fold(word) {
    let made = word.normalize("NFC").replace(/[\u2010\u2011]/gu, "-");
    made = made.replace(/(?<=(?!\u02bc)[\p{L}\p{N}\p{M}])['\u2018\u2019`\u02bc](?=[\p{L}\p{N}])(?!\u02bc)/gu, "'");
    made = made.toLowerCase();
    return /^\p{L}/u.test(made) && made.endsWith(".") ? made.slice(0, -1) : made;
  }

  /* Which forms a word of the query stands for: one mark a form. */
  function like(word) {
    const parts = [...fold(word)].map((sign) => {
      if (sign === "*") return ".*";
      if (sign === "?") return ".";
      return sign.replace(/[\\^$.*+?()[\]{}|/]/gu, "\\$&");
    });
    const pattern = new RegExp(`^(?:${parts.join("")})$`, "su");
    return Uint8Array.from(index.forms, (one) => (pattern.test(one) ? 1 : 0));
  }

  function find(query) {
    const asked = query.replace(/^form:/u, "").trim().split(/\s+/u).filter(Boolean).map(like);
    const found = [];
    if (!asked.length) return { found, length: 0 };
    for (let word = 0; word + asked.length <= size; word += 1) {
      let fits = true;
      for (let place = 0; fits && place < asked.length; place += 1) {
        fits = asked[place][index.types[word + place]] === 1
          && (place + 1 === asked.length || index.joined[word + place] === "1");
      }
      if (fits) found.push(word);
    }
    return { found, length: asked.length };
  }

  const flat = (text) => text.split(/\s+/u).filter(Boolean).join(" ");

  function cell(row, name, text, header) {
    const made = document.createElement(header ? "th" : "td");
    made.className = name;
    made.textContent = text;
    if (header) made.scope = "row";
    row.append(made);
    return made;
  }

  function line(number, word, length) {
    const row = document.createElement("tr"), about = index.documents[owner[word]], last = word + length - 1;
    const head = first[owner[word]], stop = first[owner[word] + 1];
    const opening = Math.max(word - CONTEXT, head), closing = Math.min(last + CONTEXT, stop - 1);
    const from = begins[word], to = ends(last);
    cell(row, "number", number.toLocaleString(language), true);
    cell(row, "left", flat(about.text.slice(begins[opening], from)));
    const node = document.createElement("mark");
    node.textContent = flat(about.text.slice(from, to));
    cell(row, "node", "").append(node);
    cell(row, "right", flat(about.text.slice(to, ends(closing) + index.marks[closing])));
    for (const name of ["left", "node", "right"]) row.querySelector(`.${name}`).lang = "id";
    const source = cell(row, "source", [...about.stated, about.name].join(" · "));
    const shown = about.passages.find(([begin, end]) => begin <= from && from < end);
    if (shown) {
      const link = document.createElement("a");
      link.href = words.way + shown[2];
      link.textContent = words.evidence;
      link.setAttribute("aria-label", `${words.evidence}, ${number.toLocaleString(language)}`);
      source.append(" · ", link);
    }
    return row;
  }

  let answer = { found: [], length: 0 }, listed = 0;

  function list() {
    const stop = Math.min(listed + PAGE, answer.found.length);
    const rows = document.createDocumentFragment();
    for (; listed < stop; listed += 1) rows.append(line(listed + 1, answer.found[listed], answer.length));
    table.tBodies[0].append(rows);
    more.hidden = listed === answer.found.length;
    table.hidden = listed === 0;
  }

  function said(text, values) {
    return text.replace(/\{(\w+)\}/gu, (_, name) => values[name].toLocaleString(language));
  }

  function search() {
    const query = field.value.trim();
    table.tBodies[0].replaceChildren();
    listed = 0;
    answer = { found: [], length: 0 };
    if (/^(re|lexeme|concept):/u.test(query)) {
      count.textContent = words.notebook;
    } else {
      answer = find(query);
      const places = new Set(answer.found.map((word) => owner[word]));
      count.textContent = query ? said(words.count, { n: answer.found.length, documents: places.size }) : "";
    }
    list();
  }

  form.addEventListener("submit", (event) => { event.preventDefault(); search(); });
  more.addEventListener("click", () => {
    const next = listed;
    list();
    table.tBodies[0].rows[next].tabIndex = -1;
    table.tBodies[0].rows[next].focus();
  });
  document.getElementById("unscripted").hidden = true;
  form.hidden = false;
})();

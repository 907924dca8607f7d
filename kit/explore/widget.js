// An explorer: it draws what the kernel says is seen, and tells the kernel what was done. All text is text, none is markup.

const make = (tag, given = {}, ...inside) => {
  const made = document.createElement(tag);
  for (const [name, value] of Object.entries(given)) {
    if (name.startsWith("on")) made.addEventListener(name.slice(2), value);
    else if (value === true) made.setAttribute(name, "");
    else if (value !== false && value !== null && value !== undefined) made.setAttribute(name, value);
  }
  for (const one of inside) made.append(one);
  return made;
};

function render({ model, el }) {
  const root = make("section", { class: "kit-explore mathjax_ignore tex2jax_ignore", tabindex: -1, "data-lm-suppress-shortcuts": "true" });
  const title = make("h3");
  const controls = make("div", { class: "controls", role: "group" });
  const status = make("p", { class: "status", role: "status", "aria-live": "polite" });
  const problem = make("p", { class: "problem", role: "alert" });
  const notes = make("div", { class: "notes" });
  const buttons = make("div", { class: "buttons" });
  const list = make("div", { class: "list" });
  const side = make("div", { class: "side" });
  const code = make("div", { class: "code" });
  root.append(title, controls, problem, status, notes, make("div", { class: "panes" }, list, side), buttons, code);
  el.append(root);
  let shown = null;
  let number = 0;
  let waiting = null; // the question that is not answered yet
  const queue = []; // what was done meanwhile
  let late = 0;

  const send = () => {
    if (waiting !== null || !queue.length) return;
    const next = queue.shift();
    waiting = ++number;
    root.setAttribute("aria-busy", "true");
    model.send({ ...next, number });
    late = setTimeout(() => { problem.textContent = shown?.words?.waiting ?? "…"; }, 8000);
  };
  const act = (name, value = null) => {
    const last = queue[queue.length - 1];
    if (name === "query" && last?.do === "query") queue.pop(); // only the newest of what was typed counts
    queue.push({ do: name, value });
    send();
  };

  const field = (one) => {
    const id = `${Math.random().toString(36).slice(2)}-${one.name}`;
    let input;
    if (one.kind === "choice") {
      input = make("select", { id, onchange: () => act(one.name, input.value) });
    } else if (one.kind === "toggle") {
      input = make("input", { id, type: "checkbox", onchange: () => act(one.name, input.checked) });
    } else {
      const on = one.kind === "text" ? "oninput" : "onchange";
      const type = { text: "search", line: "text" }[one.kind] ?? one.kind;
      input = make("input", { id, type, autocomplete: "off", spellcheck: "false", min: 1, [on]: () => act(one.name, input.value) });
    }
    input.dataset.name = one.name;
    return make("span", { class: `field ${one.kind}` }, make("label", { for: id }), input);
  };

  const set = (holder, one) => {
    const [label, input] = holder.children;
    label.textContent = one.label;
    if (one.kind === "choice") {
      const known = JSON.stringify(one.options);
      if (input.dataset.options !== known) {
        input.replaceChildren(...one.options.map(([value, words]) => {
          const option = make("option", { value });
          option.textContent = words;
          return option;
        }));
        input.dataset.options = known;
      }
    }
    if (one.kind === "toggle") input.checked = Boolean(one.value);
    else if (input.getRootNode().activeElement !== input || one.kind === "choice") input.value = String(one.value);
  };

  const drawControls = () => {
    const kept = new Map([...controls.children].map((one) => [one.lastElementChild.dataset.name, one]));
    const wanted = shown.controls.map((one) => kept.get(one.name) ?? field(one));
    for (const [place, one] of wanted.entries()) {
      if (controls.children[place] !== one) controls.insertBefore(one, controls.children[place] ?? null);
    }
    while (controls.children.length > wanted.length) controls.lastElementChild.remove();
    shown.controls.forEach((one, place) => set(wanted[place], one));
    controls.hidden = !wanted.length;
  };

  const move = (event) => {
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (!step) return;
    const rows = [...list.querySelectorAll("button.row")];
    const next = rows[rows.indexOf(event.target) + step];
    if (next) next.focus();
    event.preventDefault();
  };

  const drawRows = () => {
    const focused = list.contains(root.getRootNode().activeElement) ? root.getRootNode().activeElement.dataset.id : null;
    const kind = focused ? root.getRootNode().activeElement.tagName : "";
    list.replaceChildren();
    list.hidden = !shown.columns.length;
    if (list.hidden) return;
    const main = Math.max(0, shown.columns.findIndex((one) => one.main ?? one.name === "node"));
    const head = make("tr");
    if (shown.selectable) head.append(make("td"));
    for (const one of shown.columns) {
      const cell = make("th", { scope: "col", class: one.side });
      cell.textContent = one.heading;
      head.append(cell);
    }
    const body = make("tbody");
    for (const row of shown.rows) {
      const line = make("tr", { class: row.chosen ? "chosen" : null });
      if (shown.selectable) {
        const box = make("input", { type: "checkbox", "aria-label": `${shown.words.choose}: ${row.cells[main]}`, "data-id": row.id, onchange: () => act("choose", row.id) });
        box.checked = row.chosen;
        line.append(make("td", {}, box));
      }
      row.cells.forEach((text, place) => {
        const cell = make("td", { class: shown.columns[place].side });
        if (place === main && shown.readable !== false) {
          const button = make("button", { type: "button", class: "row", "data-id": row.id, onclick: () => act("open", row.id), onkeydown: move });
          button.textContent = text;
          cell.append(button);
        } else cell.textContent = text;
        line.append(cell);
      });
      body.append(line);
    }
    list.append(make("table", { "aria-label": shown.title }, make("thead", {}, head), body));
    if (focused) { // a line that is gone hands the keys to the first
      const lines = [...list.querySelectorAll(kind)].filter((one) => one.dataset.id);
      (lines.find((one) => one.dataset.id === focused) ?? lines[0])?.focus();
    }
  };

  const drawDetail = () => {
    side.replaceChildren();
    side.hidden = !shown.detail;
    if (!shown.detail) return;
    const heading = make("h4");
    heading.textContent = shown.detail.title;
    const text = make("div", { class: "text", tabindex: 0, role: "region", "aria-label": shown.words.article });
    for (const piece of shown.detail.pieces) {
      const part = make("span", { class: piece.kinds.join(" ") });
      part.textContent = piece.text;
      text.append(part);
      if (piece.label) {
        const label = make("small");
        label.textContent = `[${piece.label}]`;
        text.append(label);
      }
    }
    const facts = shown.detail.facts.map((one) => {
      const fact = make("p");
      fact.textContent = one;
      return fact;
    });
    side.append(make("article", {}, heading, ...facts, text));
    text.querySelector(".node")?.scrollIntoView({ block: "nearest" });
  };

  const button = (words, done, given = {}) => {
    const made = make("button", { type: "button", onclick: done, ...given });
    made.textContent = words;
    return made;
  };

  const drawButtons = () => {
    const focused = buttons.contains(root.getRootNode().activeElement) ? root.getRootNode().activeElement.dataset.name : null;
    const { words, page } = shown;
    buttons.replaceChildren();
    for (const [key, [name, told]] of Object.entries(shown.keys)) {
      buttons.append(button(told, () => act(name, key), { "data-name": `key-${key}`, "aria-keyshortcuts": key }));
    }
    if (page) {
      buttons.append(button(words.back, () => act("page", page.number - 1), { "data-name": "back", disabled: page.number === 0 }));
      buttons.append(button(words.next, () => act("page", page.number + 1), { "data-name": "next", disabled: !page.more }));
    }
    const undoes = Object.values(shown.keys).some(([name]) => name === "undo");
    if (!undoes) buttons.append(button(words.undo, () => act("undo"), { "data-name": "undo" }));
    if (shown.pin) buttons.append(button(words.pin, () => act("pin"), { "data-name": "pin" }));
    if (focused) [...buttons.children].find((one) => one.dataset.name === focused)?.focus();
  };

  const drawCode = () => {
    code.replaceChildren();
    if (!shown.code) return;
    const heading = make("h4");
    heading.textContent = shown.words.code;
    const text = make("pre", { tabindex: 0 });
    text.textContent = shown.code;
    const copy = () => navigator.clipboard?.writeText(shown.code).catch(() => getSelection().selectAllChildren(text));
    code.append(heading, text, button(shown.words.copy, copy));
  };

  const draw = (view) => {
    const inside = root.contains(root.getRootNode().activeElement);
    shown = view;
    root.lang = view.language;
    title.textContent = view.title;
    status.textContent = view.status;
    problem.textContent = view.problem;
    notes.replaceChildren(...view.notes.map((one) => {
      const note = make("p");
      note.textContent = one;
      return note;
    }));
    drawControls();
    drawRows();
    drawDetail();
    drawButtons();
    drawCode();
    if (inside && !root.contains(root.getRootNode().activeElement)) root.focus(); // the keys go on
  };

  const heard = (view) => {
    if (view.answers === waiting) {
      clearTimeout(late);
      waiting = null;
      root.setAttribute("aria-busy", "false");
    }
    if (view.words) draw(view);
    send();
  };
  root.addEventListener("keydown", (event) => {
    event.stopPropagation(); // the notebook has keys of its own
    const typing = /^(INPUT|SELECT|TEXTAREA)$/.test(event.target.tagName);
    if (typing || event.ctrlKey || event.metaKey || event.altKey || !shown) return;
    const does = shown.keys[event.key];
    if (does) {
      act(does[0], event.key);
      event.preventDefault();
    }
  });
  model.on("msg:custom", heard);
  act("show");
  return () => {
    clearTimeout(late);
    model.off("msg:custom", heard);
  };
}

export default { render };

"use strict";
(() => {
  const given = JSON.parse(document.getElementById("data").textContent);
  const at = (id) => document.getElementById(id);
  const fill = (words, values) => words.replace(/\{(\w+)\}/g, (_, name) => String(values[name]));
  const known = new Set(given.rows.map((row) => row.item));
  const answers = new Map();
  let here = 0;
  let saved = true;

  const button = (parent, text, act) => {
    const made = document.createElement("button");
    made.type = "button";
    made.textContent = text;
    made.addEventListener("click", act);
    at(parent).append(made);
    return made;
  };
  const now = () => new Date().toISOString().replace(/\.\d+Z$/, "Z");

  const show = () => {
    const row = given.rows[here];
    for (const name of ["question", "preceding", "passage", "following"]) at(name).textContent = row ? row[name] : "";
    at("place").textContent = fill(given.words.place, { here: row ? here + 1 : 0, all: given.rows.length });
    at("progress").textContent = fill(given.words.progress, { done: answers.size, all: given.rows.length });
    const value = row && answers.has(row.item) ? answers.get(row.item).value : "";
    for (const [code, made] of buttons) made.setAttribute("aria-pressed", String(code === value));
  };
  const move = (step) => {
    here = Math.min(Math.max(here + step, 0), Math.max(given.rows.length - 1, 0));
    show();
  };
  const seek = () => {
    const count = given.rows.length;
    for (let step = 1; step <= count; step += 1) {
      const place = (here + step) % count;
      if (!answers.has(given.rows[place].item)) {
        here = place;
        break;
      }
    }
    show();
  };
  const answer = (code) => {
    if (!given.rows.length) return;
    answers.set(given.rows[here].item, { value: code, time: now() });
    saved = false;
    move(1);
  };
  const save = () => {
    const rows = given.rows.filter((row) => answers.has(row.item));
    const content = {
      sheet: given.sheet,
      coder: given.coder,
      answers: rows.map((row) => ({ item: row.item, ...answers.get(row.item) })),
    };
    const link = document.createElement("a");
    link.href = URL.createObjectURL(new Blob([JSON.stringify(content, null, 1) + "\n"], { type: "application/json" }));
    link.download = `coding-${given.coder}.json`;
    link.click();
    setTimeout(() => URL.revokeObjectURL(link.href), 60000);
    saved = true;
  };
  const load = async (event) => {
    const file = event.target.files[0];
    if (!file) return;
    try {
      const content = JSON.parse(await file.text());
      const fits = content.sheet === given.sheet && content.coder === given.coder && Array.isArray(content.answers);
      if (!fits || content.answers.some((one) => !known.has(one.item) || !(one.value in given.answers))) throw new Error();
      for (const { item, value, time } of content.answers) answers.set(item, { value, time: String(time) });
      at("message").textContent = "";
      here = -1;
      seek();
    } catch {
      at("message").textContent = given.words.other;
    }
    event.target.value = "";
  };

  for (const name of ["preceding", "passage", "following"]) at(`name-${name}`).textContent = given.words[name];
  at("load-name").textContent = given.words.load;
  at("keys").textContent = given.words.keys;
  at("offline").textContent = given.words.offline;
  at("save").textContent = given.words.save;
  at("save").addEventListener("click", save);
  at("load").addEventListener("change", load);
  const buttons = new Map();
  for (const code of Object.keys(given.answers)) {
    buttons.set(code, button("answers", given.answers[code], () => answer(code)));
  }
  button("moves", given.words.back, () => move(-1));
  button("moves", given.words.next, () => move(1));
  button("moves", given.words.open, seek);

  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.altKey || event.metaKey || event.target.tagName === "INPUT") return;
    const key = event.key.toLowerCase();
    if (key in given.keys) answer(given.keys[key]);
    else if (key === "s") save();
    else if (event.key === "ArrowLeft") move(-1);
    else if (event.key === "ArrowRight") move(1);
    else return;
    event.preventDefault();
  });
  window.addEventListener("beforeunload", (event) => {
    if (saved) return;
    event.preventDefault();
    event.returnValue = given.words.unsaved;
  });
  show();
})();

// What a page does with what it shows: addresses open their row in place, wide things stay inside
// the page, and everything is set going.

// The addresses of footnote marks, of cells and source lines: each a button that opens its row.
function dressAddresses(root) {
  for (const mark of root.querySelectorAll(":is(sup, td, figcaption):not([data-dressed])")) {
    mark.dataset.dressed = "";
    for (const node of [...mark.childNodes].filter(child => child.nodeType === Node.TEXT_NODE)) {
      const pieces = node.textContent.split(casebook.address).filter(Boolean);
      if (!pieces.some(isAddress)) continue;
      node.replaceWith(...pieces.map(piece => (isAddress(piece) ? addressButton(piece) : piece)));
    }
  }
}

const isAddress = text => Object.hasOwn(casebook.rows, text);

function addressButton(address) {
  const press = made("button", {
    type: "button", class: "ed-address", "aria-expanded": "false",
    "aria-label": `${address}: what stands there`,
  }, address);
  press.addEventListener("click", () => toggleRow(press, address));
  return press;
}

function toggleRow(press, address) {
  if (press.row) {
    press.row.remove();
    press.row = null;
    press.setAttribute("aria-expanded", "false");
    return;
  }
  const close = button("Close", () => {
    toggleRow(press, address);
    press.focus();
  });
  press.row = made("div", {
    class: "ed-row", role: "note", "aria-label": address, html: casebook.rows[address],
  });
  press.row.append(close);
  dress(press.row);
  press.row.addEventListener("keydown", event => event.key === "Escape" && close.click());
  const place = press.closest("p, li, td, th, summary, dd, figcaption, legend, label, h2, h3") || press;
  if (place.matches("li, td, th, dd")) place.append(press.row);
  else place.after(press.row);
  press.setAttribute("aria-expanded", "true");
}

// The words of a cell on one line.
function wordsOf(cell) {
  return [...cell.childNodes].map(node => node.textContent.trim()).filter(Boolean).join(" ");
}

// A table of many columns is on a narrow screen a list of cards: each cell says its column's name.
function dressTables(root) {
  for (const table of root.querySelectorAll("table:not([data-dressed])")) {
    table.dataset.dressed = "";
    const heads = [...table.querySelectorAll(":scope > thead > tr:last-child > th")];
    const columns = Math.max(...[...table.rows].map(row => row.cells.length));
    if (columns < 3) continue;
    if (!heads.length || table.querySelector("[colspan], [rowspan]") || table.matches(".dataframe")) {
      scrolling(table, "Table");
      continue;
    }
    table.classList.add("ed-cards");
    // A box that is no table to the eye stays one to a screen reader.
    const roles = { table: "table", thead: "rowgroup", tbody: "rowgroup", tr: "row", td: "cell" };
    for (const part of [table, ...table.querySelectorAll("thead, tbody, tr, td")]) {
      part.setAttribute("role", roles[part.localName]);
    }
    for (const head of heads) head.setAttribute("role", "columnheader");
    for (const row of table.querySelectorAll(":scope > tbody > tr")) {
      [...row.children].forEach((cell, n) => {
        if (cell.localName === "th") cell.setAttribute("role", "rowheader");
        cell.dataset.column = heads[n] ? wordsOf(heads[n]) : "";
      });
    }
  }
}

function scrolling(element, name) {
  const box = made("div", { class: "ed-wide", tabindex: "0", role: "region", "aria-label": name });
  element.replaceWith(box);
  box.append(element);
}

function dressPictures(root) {
  for (const picture of root.querySelectorAll("figure img:not([data-dressed])")) {
    picture.dataset.dressed = "";
    scrolling(picture, "Picture");
  }
}

function dress(root) {
  dressAddresses(root);
  dressTables(root);
  dressPictures(root);
}

// On the index and above a lesson's contents: how much of each lesson is answered.
function showProgress(answers) {
  const { answers: kept } = answers.file;
  const every = Object.keys({ ...kept.exercise, ...kept.prediction, ...kept.writing });
  for (const place of document.querySelectorAll("[data-counted]")) {
    const counted = place.dataset.counted.split(" ");
    const done = counted.filter(id => every.includes(id)).length;
    place.textContent = done ? `${done} of ${counted.length} done` : "";
  }
}

// Called by the page's own data, the last script of a page.
casebook.start = data => {
  const answers = isPresented() ? new NobodysAnswers() : new Answers();
  const lesson = data.tasks ? unveiled(data.tasks) : null;
  for (const root of document.querySelectorAll("[data-panel]")) {
    panelAlive(root, data.panels[root.dataset.panel], data.parts);
  }
  for (const root of document.querySelectorAll("[data-task]")) taskAlive(root, lesson, answers);
  const scenes = data.scenes ? unveiled(data.scenes) : [];
  for (const root of document.querySelectorAll("[data-scene]")) {
    const told = scenes[root.dataset.scene];
    sceneAlive(root, new SCENES[told.model](told, answers, data.parts));
  }
  const own = document.querySelector("#your-answers");
  const recount = own ? workAlive(own, answers) : () => {};
  answers.heard = () => {
    showProgress(answers);
    recount();
  };
  dress(document.body);
  showProgress(answers);
  if (isPresented() && data.cells) present(data.cells);
  Object.assign(casebook, {
    page: data, lesson, answers, scenes, PanelModel, TaskModel, CommitModel, SCENES, Answers, checked, wholeNumber,
  });
  document.documentElement.dataset.ready = "";
};

// What a page does with what it shows: addresses open their row in place, wide things stay inside
// the page and say so, and everything is set going.

// The addresses of footnote marks, of cells and source lines: each a button that opens its row.
function dressAddresses(root) {
  for (const mark of root.querySelectorAll(":is(sup, td, figcaption):not([data-dressed])")) {
    mark.dataset.dressed = "";
    for (const node of [...mark.childNodes].filter(child => child.nodeType === Node.TEXT_NODE)) {
      const pieces = node.textContent.split(casebook.address).filter(Boolean);
      if (!pieces.some(isAddress)) continue;
      node.replaceWith(...pieces.map(piece => (isAddress(piece) ? addressButton(piece, mark) : piece)));
    }
  }
}

const isAddress = text => Object.hasOwn(casebook.rows, text);
const OPENS = "what stands there";
const WAITS = "opens after your first check";

function addressButton(address, place) {
  const press = made("button", {
    type: "button", class: "ed-address", "aria-expanded": "false", "aria-label": `${address}: ${OPENS}`,
  }, address);
  // What a check-out asks is not answered by the row behind it.
  const waits = place.closest("[data-waits]");
  if (waits && !place.closest(".lp-result")) {
    const name = { "aria-disabled": "true", "aria-label": `${address}: ${WAITS}`, title: capital(WAITS) };
    for (const [trait, value] of Object.entries(name)) press.setAttribute(trait, value);
  }
  press.addEventListener("click", () => {
    if (press.hasAttribute("aria-disabled")) frameOf(waits).says.textContent = `${address} ${WAITS}.`;
    else if (press.row) closeRow(press);
    else openRow(press, address);
  });
  return press;
}

// From the first check of an exercise on its addresses open.
function letOpen(root) {
  root.removeAttribute("data-waits");
  for (const press of root.querySelectorAll(".ed-address[aria-disabled]")) {
    press.removeAttribute("aria-disabled");
    press.removeAttribute("title");
    press.setAttribute("aria-label", `${press.textContent}: ${OPENS}`);
  }
}

let openMarks = []; // those whose rows are open, the newest last

function openRow(press, address) {
  const close = button("Close", () => {
    closeRow(press);
    press.focus();
  });
  const row = made("div", { class: "ed-row", role: "note", "aria-label": address, html: casebook.rows[address] });
  row.append(close);
  dress(row);
  press.row = under(press, row);
  press.setAttribute("aria-expanded", "true");
  openMarks.push(press);
}

function closeRow(press) {
  press.row.remove();
  press.row = null;
  press.setAttribute("aria-expanded", "false");
  openMarks = openMarks.filter(mark => mark !== press && mark.isConnected);
}

// Put what a mark opens below its paragraph; of a cell below the table's row, over its whole width.
function under(press, row) {
  const line = press.closest("tr");
  if (line) {
    const cells = [...line.children];
    const across = cells.reduce((all, cell) => all + cell.colSpan, 0);
    const wide = made("tr", { class: "ed-row-line", role: line.getAttribute("role") },
      made("td", { colspan: across, role: line.hasAttribute("role") ? "cell" : null }, row));
    line.after(wide);
    return wide;
  }
  const place = press.closest("p, li, summary, dd, figcaption, legend, label, h2, h3") || press;
  if (place.matches("li, dd")) place.append(row);
  else place.after(row);
  return row;
}

// Escape closes the row that has the focus, in it or at its mark, else the newest, and gives the
// focus back. A field keeps its key.
addEventListener("keydown", event => {
  const field = event.target.closest?.("input, select, textarea");
  if (event.key !== "Escape" || (field && !field.closest(".ed-row"))) return;
  const open = openMarks.filter(mark => mark.isConnected);
  const press = open.findLast(mark => mark === event.target || mark.row.contains(event.target)) || open.at(-1);
  if (!press) return;
  event.stopImmediatePropagation(); // on the projector it would leave
  closeRow(press);
  press.focus();
}, true);

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

// A thing in a box that scrolls sideways; where it has to, a line says so.
function scrolling(element, name) {
  const box = made("div", { class: "ed-wide", tabindex: "0", role: "region", "aria-label": name });
  const says = made("p", { class: "ed-swipe" }, `Swipe: the ${name.toLowerCase()} is wider than the screen.`);
  element.replaceWith(says, box);
  box.append(element);
  const look = () => { says.hidden = box.scrollWidth <= box.clientWidth; };
  new ResizeObserver(look).observe(box);
  look();
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

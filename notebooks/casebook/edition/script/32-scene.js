// A panel that keeps what is done in it, without its looks. Its controls are told as data, so that
// a test can set them beside those of the lab: {kind, label, options, at, off, set}.

const SCENES = {};

class Scene {
  constructor(data, answers) {
    this.data = data;
    this.answers = answers;
    this.told = "";
  }

  kept(kind, key) {
    return this.answers.kept(kind, key);
  }

  // "", or why it is not saved.
  keep(kind, key, value) {
    return this.answers.keep(kind, key, value);
  }

  // A hand on a control: as in the lab, what is set to what it is already tells nobody.
  act(place, value) {
    const control = this.controls[place];
    if (control.off || (control.kind !== "press" && control.at === value)) return;
    control.set(value);
  }
}

const select = (label, options, at, set, off = false) => ({ kind: "select", label, options, at, set, off });
const slide = (...parts) => ({ ...select(...parts), kind: "slide" });
const radio = (...parts) => ({ ...select(...parts), kind: "radio" });
const press = (label, set, off = false) => ({ kind: "press", label, at: null, set, off });
const box = (label, at, set, off = false) => ({ kind: "tick", label, at, set, off });
const text = (label, at, set, traits = {}) => ({ kind: "text", label, at, set, traits });
const area = (label, at, set, off = false, hint = "your words") => ({ kind: "area", label, at, set, off, hint });
const told = html => ({ kind: "html", at: html });

const NUMERALS = "no one two three four five six seven eight nine ten eleven twelve".split(" ");
const number = count => NUMERALS[count] || String(count);
const several = (count, noun, many = `${noun}s`) => `${number(count)} ${count === 1 ? noun : many}`;
const capital = words => words.slice(0, 1).toUpperCase() + words.slice(1);
const listed = items =>
  items.length > 1 ? `${items.slice(0, -1).join(", ")} and ${items.at(-1)}` : items.join("");

// The first characters of a text.
const upTo = (words, most) => [...words].slice(0, most).join("");

// A text, cut at a word where it has more characters.
function shortened(words, most) {
  if ([...words].length <= most) return words;
  const cut = upTo(words, most);
  return `${cut.includes(" ") ? cut.slice(0, cut.lastIndexOf(" ")) : cut} …`;
}

// To the nearest whole number, a half to the even one, as Python rounds.
function evenly(value) {
  const down = Math.floor(value);
  if (value - down !== 0.5) return Math.round(value);
  return down % 2 ? down + 1 : down;
}

// A number with some decimals as Python writes it: toFixed rounds a true half up.
function fixed(value, places) {
  const doubled = value * 2 ** (places + 1);
  const half = Number.isInteger(doubled) && doubled % 2 !== 0;
  return (half ? evenly(value * 10 ** places) / 10 ** places : value).toFixed(places);
}

const percent = share => `${evenly(share * 100)}%`;
const signed = (value, places) => (value < 0 ? "" : "+") + fixed(value, places);

// A text as HTML, its addresses as footnote marks: casebook/figure/marks.py.
function marked(words) {
  marked.pattern ||= new RegExp(
    ` ?\\((${ONE_ADDRESS()}(?:[,;] ${ONE_ADDRESS()})*)\\)([.,;:?!]*)`, "g",
  );
  return escaped(words).replace(marked.pattern, "$2<sup>$1</sup>");
}

// The pattern of an address, without the group around it.
const ONE_ADDRESS = () => `(?:${casebook.address.source.slice(1, -1)})`;

// A table whose cells are HTML; the first of a row is the row's name.
function htmlTable(head, rows, kind = "") {
  const heads = head.map(cell => `<th scope='col'>${cell}</th>`).join("");
  const lines = rows.map(([name, ...cells]) =>
    `<tr><th scope='row'>${name}</th>${cells.map(cell => `<td>${cell}</td>`).join("")}</tr>`);
  const named = kind ? ` class='${kind}'` : "";
  return `<table${named}><thead><tr>${heads}</tr></thead><tbody>${lines.join("")}</tbody></table>`;
}

// Whether a button that shows a part is pressed, and what it then says.
class Fold {
  constructor(name, hide = `Hide the ${name.toLowerCase()}`) {
    Object.assign(this, { name, hide, open: false });
  }

  press(then, off = false) {
    return press(this.open ? this.hide : this.name, () => {
      this.open = !this.open;
      then();
    }, off);
  }
}

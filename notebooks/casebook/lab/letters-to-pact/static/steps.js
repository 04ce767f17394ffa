// What a lesson on the projector is made of, in JupyterLab (present.js) and on the edition's pages: its steps, the keys of
// a clicker, the line at the foot.

const LEFT_OUT = /^## (What holds|Code track|Every address|Your own work)/; // up to the next part
const NOTICE = "**What to notice."; // folded under the step before it, until somebody presses
const SHORT = 60; // words: so short a text stands above what it leads to; a longer one has a screen of its own

// The steps of a lesson: {cells, notice}, indices both. Cells are {type, source, tags, shows}.
export function stepsOf(cells) {
  const steps = [];
  let out = false, leads = false;
  const add = (index, joins) => {
    if (joins && steps.length) steps.at(-1).cells.push(index);
    else steps.push({ cells: [index], notice: [] });
  };
  cells.forEach(({ type, source, tags, shows }, index) => {
    if (tags.includes("notebook-only")) return; // how a notebook is worked with
    if (type === "markdown") {
      if (/^# |^## |^\*\*Onward/.test(source)) out = LEFT_OUT.test(source);
      if (out) return;
      const notice = source.startsWith(NOTICE) && steps.length > 0;
      if (notice) steps.at(-1).notice.push(index);
      else add(index, false);
      leads = !notice && (source.split(/\s+/).length <= SHORT || /(^|\n)#+ [^\n]*\s*$/.test(source));
    } else if (!out && shows && !tags.includes("code-track")) {
      add(index, leads || source.includes(".folded(")); // what opens once one has chosen stands under the choice
      leads = false;
    }
  });
  return steps;
}

const FORWARD = ["PageDown", "ArrowRight", "ArrowDown", " "];
const BACK = ["PageUp", "ArrowLeft", "ArrowUp"];
// What needs the arrows itself, and what needs the space bar alone.
const MOVED = "textarea, select, [contenteditable=true], [role=slider], input:not([type=checkbox], [type=button])";
const PRESSED = "button, summary, a, input";

// What a key means here: 1 forward, -1 back, 0 nothing. Page Down and Page Up, which a clicker sends, are never a control's.
export function step(event) {
  const control = event.target.closest?.(MOVED) ? MOVED : event.target.closest?.(PRESSED) ? PRESSED : "";
  if (event.ctrlKey || event.altKey || event.metaKey) return 0;
  if (!event.key.startsWith("Page") && (control === MOVED || (control && event.key === " "))) return 0;
  if (event.key === " " && event.shiftKey) return -1;
  return FORWARD.includes(event.key) ? 1 : BACK.includes(event.key) ? -1 : 0;
}

export function made(name, words, press) {
  const button = document.createElement("button");
  button.className = name;
  button.textContent = words;
  button.addEventListener("click", press);
  return button;
}

// The line at the foot: back, where we are, forward.
export class Foot {
  constructor(move) {
    this.node = document.createElement("div");
    this.node.className = "lp-foot";
    this.where = document.createElement("span");
    this.hint = document.createElement("span");
    this.hint.textContent = "Page Down, → or space: forward · Page Up or ←: back · F11: the whole screen";
    const [back, on] = [made("", "‹", () => move(-1)), made("", "›", () => move(1))];
    back.setAttribute("aria-label", "Back");
    on.setAttribute("aria-label", "Forward");
    this.node.append(this.hint, back, this.where, on);
    document.body.append(this.node);
  }

  say(at, all) {
    this.where.textContent = `${at + 1} / ${all}`;
    this.hint.hidden = at > 0;
  }
}

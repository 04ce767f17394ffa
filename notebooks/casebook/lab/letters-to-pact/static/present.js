// A lesson on the projector: one step per screen, no code, no answers, live panels, and the keys of a clicker.
// `python start.py present 07` asks for it; it is the same notebook, and nothing of it is saved.

import { Foot, made, step, stepsOf } from "./steps.js";

export { stepsOf };

// One lesson, shown.
class Show {
  constructor(app, panel) {
    this.app = app;
    this.panel = panel;
    this.notebook = panel.content;
    this.at = 0;
    panel.toolbar.hide();
    // Nothing is to be saved, so nothing asks whether to save it.
    const clean = () => { if (panel.context.model.dirty) panel.context.model.dirty = false; };
    panel.context.model.stateChanged.connect(clean);
    this.steps = stepsOf(this.notebook.widgets.map(({ model }) => ({
      type: model.type,
      source: model.sharedModel.getSource(),
      tags: model.getMetadata("tags") || [],
      shows: model.type === "code" && model.outputs.length > 0,
    })));
    for (const { notice } of this.steps) for (const index of notice) this.fold(this.notebook.widgets[index].node);
  }

  // A text that says what there is to see stays folded until somebody presses.
  fold(node) {
    const button = made("lp-fold", "What to notice", () => {
      button.setAttribute("aria-expanded", String(node.classList.toggle("lp-open")));
      if (node.classList.contains("lp-open")) button.scrollIntoView({ block: "nearest" });
    });
    button.setAttribute("aria-expanded", "false");
    node.prepend(button);
  }

  get page() {
    return this.panel.node.querySelector(".jp-WindowedPanel-outer");
  }

  draw() {
    const { cells, notice } = this.steps[this.at];
    this.notebook.widgets.forEach(({ node }, index) => {
      node.classList.toggle("lp-on", cells.includes(index) || notice.includes(index));
      if (notice.includes(index) && node.classList.contains("lp-open")) node.querySelector(".lp-fold").click();
    });
    if (this.panel.node.contains(document.activeElement)) document.activeElement.blur();
    this.page.scrollTop = 0;
  }

  // By a screen where the step is higher than the screen, else to the next step.
  move(by) {
    const { page } = this;
    const below = page.scrollHeight - page.clientHeight - page.scrollTop;
    if (by > 0 ? below > 8 : page.scrollTop > 8) page.scrollBy(0, by * page.clientHeight * 0.8);
    else this.go(this.at + by);
  }

  go(at) {
    if (at < 0 || at >= this.steps.length) return;
    this.at = at;
    this.draw();
    this.said();
  }

  // Runs the lesson, so that its panels live. Run All moves to the last cell: the page stays where it was.
  async run() {
    await this.panel.sessionContext.ready;
    const top = this.page.scrollTop;
    await this.app.commands.execute("notebook:run-all-cells");
    this.page.scrollTop = top;
    this.panel.node.classList.add("lp-live");
  }
}

// Hides all that stands around a widget, so that it has the window to itself.
function alone(widget) {
  for (let inner = widget; inner.parent; inner = inner.parent)
    if (inner.parent.id !== "jp-main-dock-panel" && inner.parent.layout)
      for (const other of inner.parent.layout) if (other !== inner) other.hide();
}

function asked() {
  const config = document.getElementById("jupyter-config-data");
  return config && JSON.parse(config.textContent).casebookPresent === true;
}

function dress(here) {
  const link = document.createElement("link");
  link.rel = "stylesheet";
  link.href = new URL("present.css", here);
  document.head.append(link);
  document.body.classList.add("lp-present");
}

export default {
  id: "letters-to-pact:present",
  autoStart: true,
  async activate(app) {
    if (!asked()) return;
    dress(import.meta.url);
    await app.serviceManager.sessions.shutdownAll(); // a page that is loaded again begins anew
    const shows = new Map(); // a lesson that a link opened and the one it came from are both there
    let now = null;
    const foot = new Foot((by) => now?.move(by));
    const open = async (panel) => {
      if (!panel?.content?.widgets || panel === now?.panel) return;
      await panel.context.ready;
      if (app.shell.currentWidget !== panel) return;
      alone(panel);
      const known = shows.get(panel);
      now = known || new Show(app, panel);
      shows.set(panel, now);
      now.said = () => foot.say(now.at, now.steps.length);
      now.go(now.at);
      if (!known) now.run();
    };
    app.shell.currentChanged.connect((_, { newValue }) => open(newValue));
    app.restored.then(() => open(app.shell.currentWidget));
    window.addEventListener(
      "keydown",
      (event) => {
        if (event.target.closest?.(".jp-Dialog")) return;
        const by = step(event);
        if (by || ((event.ctrlKey || event.metaKey) && event.key === "s")) event.preventDefault();
        // No key reaches the notebook: none can cut a cell, or save.
        if (by || !event.target.closest?.(".lp-panel, .lp-foot")) event.stopImmediatePropagation();
        if (by) now?.move(by);
      },
      true,
    );
  },
};

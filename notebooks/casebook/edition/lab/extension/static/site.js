// A lesson in the browser. It is read as stored, at once; Python is fetched when somebody asks for it, and what that
// costs is said before. The lesson itself is never changed here, so that a newer one is never hidden; who wants to keep
// changes makes a copy. Links between lessons lead from one to the other.

const LESSON = /([\w-]+\.ipynb)(#.*)?$/;
const COPY = "my-copy-of-";

// What the build says of this site: {"megabytes": 21}.
function said() {
  return JSON.parse(document.getElementById("jupyter-config-data").textContent).casebookSite || {};
}

function nameOf(panel) {
  return panel.context.path.split("/").pop();
}

export function addressOf(name, hash = "") {
  const address = new URL(location.href);
  address.search = `?path=${encodeURIComponent(name)}`;
  address.hash = hash;
  return address.href;
}

// Nothing starts by itself: opening a lesson must cost no more than reading it. A lesson's session waits here, before it
// looks for a kernel, until somebody asks for it; what hangs on a kernel (the controls) waits with it.
function startWhenAsked(app) {
  const sessions = app.serviceManager.sessions;
  const look = sessions.refreshRunning.bind(sessions);
  let begin;
  const asked = new Promise((resolve) => (begin = resolve));
  sessions.refreshRunning = () => asked.then(look);
  return begin;
}

// Before JupyterLite's own handling, which opens a list of files in a new tab.
function follow(event) {
  const link = event.target.closest?.("a[href]");
  const [, name, hash] = (link && LESSON.exec(decodeURIComponent(link.getAttribute("href")))) || [];
  if (!name || /^(https?:)?\/\//.test(link.getAttribute("href")) && new URL(link.href).origin !== location.origin) return;
  event.preventDefault();
  event.stopImmediatePropagation();
  location.assign(addressOf(name, hash));
}

// The line at the foot of the page: what is shown, and what can be done.
class Bar {
  constructor(app, panel, begin) {
    this.app = app;
    this.panel = panel;
    this.begin = begin;
    this.node = document.createElement("aside");
    this.node.className = "ltp-bar";
    this.node.setAttribute("aria-label", "This lesson in the browser");
    this.words = document.createElement("p");
    this.words.setAttribute("role", "status");
    this.node.append(this.words);
    this.buttons = [];
    document.body.append(this.node);
    new ResizeObserver(() => {
      document.body.style.setProperty("--ltp-bar", `${this.node.offsetHeight}px`);
    }).observe(this.node);
    this.stored();
  }

  say(words, ...buttons) {
    this.words.textContent = words;
    this.buttons.forEach((button) => button.remove());
    this.buttons = buttons.map(([name, press]) => {
      const button = document.createElement("button");
      button.textContent = name;
      button.addEventListener("click", press);
      return button;
    });
    this.node.append(...this.buttons);
  }

  stored() {
    const { megabytes } = said();
    const cost = megabytes ? ` The first time it fetches about ${megabytes} MB.` : "";
    this.say(
      `You see the results as they were stored. To use the controls, run the lesson: Python then works in this browser.${cost}`,
      ["Run this lesson", () => this.run()],
    );
  }

  async run() {
    this.say("Python is being fetched and started. You can read on meanwhile.");
    try {
      this.begin();
      await this.panel.sessionContext.ready;
      this.say("The lesson runs. You can read on meanwhile.");
      await this.runAll();
    } catch (error) {
      console.warn(error);
      this.say("Python could not be started. Load the page again, or try another browser; a private window may refuse it.", [
        "Try again",
        () => this.run(),
      ]);
    }
  }

  // JupyterLab goes to the last cell; whoever reads stays where they are.
  async runAll() {
    const { content } = this.panel;
    const outer = content.node.querySelector(".jp-WindowedPanel-outer") || content.node;
    const [active, top] = [content.activeCellIndex, outer.scrollTop];
    await this.app.commands.execute("notebook:run-all-cells");
    content.activeCellIndex = active;
    outer.scrollTop = top;
    this.running();
  }

  running() {
    const outputs = [...this.panel.content.model.cells].filter((cell) => cell.type === "code").flatMap((cell) => cell.outputs.toJSON());
    if (outputs.some((output) => output.output_type === "error")) {
      this.say("A cell stopped with an error, so the cells after it were not run. Its message stands below it.", [
        "Run all again",
        () => this.runAll(),
      ]);
      return;
    }
    if (nameOf(this.panel).startsWith(COPY)) {
      this.say("This is your copy, and the controls are live. Ctrl + S (⌘ + S) saves it in this browser.");
      return;
    }
    this.say(
      "The controls are live, and your answers are kept in this browser. What you change in the lesson itself is not.",
      ["Make a copy to keep changes", () => this.copy()],
    );
  }

  async copy() {
    const name = COPY + nameOf(this.panel);
    const content = this.panel.context.model.toJSON();
    await this.app.serviceManager.contents.save(name, { type: "notebook", format: "json", content });
    location.assign(addressOf(name));
  }
}

// The one document that the page shows, once it is there.
function whenOpen(app, act) {
  const look = () => {
    const panel = app.shell.currentWidget;
    if (panel?.context?.path?.endsWith(".ipynb") && panel.sessionContext) panel.context.ready.then(() => act(panel));
    else setTimeout(look, 50);
  };
  look();
}

export default {
  id: "letters-to-pact-site:lesson",
  autoStart: true,
  activate(app) {
    const begin = startWhenAsked(app);
    document.addEventListener("click", follow, true);
    const style = document.createElement("link");
    style.rel = "stylesheet";
    style.href = new URL("site.css", import.meta.url);
    document.head.append(style);
    app.restored.then(() => {
      app.shell.menu?.hide?.();
      app.shell.top?.hide?.();
    });
    whenOpen(app, (panel) => new Bar(app, panel, begin));
  },
};

// A lesson on the projector: a step a screen, without answers, with the keys of a clicker. The steps
// and the keys are those of JupyterLab's view (PROJECTOR, from lab/…/steps.js).

// Nothing that is done on the projector is kept, and nothing shows that was kept before.
class NobodysAnswers extends Answers {
  constructor() {
    super();
    this.held = nobody();
  }

  save(file) {
    this.held = file;
    return "";
  }
}

const isPresented = () => new URLSearchParams(location.search).has("present");

class Show {
  constructor(cells) {
    this.cells = new Map([...document.querySelectorAll(".ed-cell")].map(node => [Number(node.dataset.cell), node]));
    this.steps = PROJECTOR.stepsOf(cells);
    this.at = Math.min(Number(location.hash.slice(1)) || 1, this.steps.length) - 1;
    this.foot = new PROJECTOR.Foot(by => this.move(by));
    for (const { notice } of this.steps) for (const index of notice) this.fold(this.cells.get(index));
    this.draw();
  }

  // A text that says what there is to see stays folded until somebody presses.
  fold(node) {
    const press = PROJECTOR.made("lp-fold", "What to notice", () => {
      press.setAttribute("aria-expanded", String(node.classList.toggle("lp-open")));
      if (node.classList.contains("lp-open")) press.scrollIntoView({ block: "nearest" });
    });
    press.setAttribute("aria-expanded", "false");
    node.prepend(press);
  }

  draw() {
    const { cells, notice } = this.steps[this.at];
    for (const [index, node] of this.cells) {
      node.classList.toggle("lp-on", cells.includes(index) || notice.includes(index));
      if (notice.includes(index) && node.classList.contains("lp-open")) node.querySelector(".lp-fold").click();
    }
    document.activeElement.blur();
    scrollTo(0, 0);
    this.foot.say(this.at, this.steps.length);
  }

  // By a screen where the step is higher than the screen, else to the next step.
  move(by) {
    const { scrollTop: top, scrollHeight, clientHeight } = document.documentElement;
    const below = scrollHeight - clientHeight - top;
    if (by > 0 ? below > 8 : top > 8) scrollBy(0, by * clientHeight * 0.8);
    else this.go(this.at + by);
  }

  go(at) {
    if (at < 0 || at >= this.steps.length) return;
    this.at = at;
    history.replaceState(null, "", `#${at + 1}`); // a page that is loaded anew shows the step it showed
    this.draw();
  }
}

function present(cells) {
  document.body.classList.add("lp-present");
  const show = new Show(cells);
  for (const link of document.querySelectorAll(".ed-cell a[href$='.html'], .ed-cell a[href*='.html#']")) {
    link.search = "?present"; // the next lesson is shown the same way
  }
  const leave = made("a", { href: location.pathname, class: "lp-leave" }, "Leave");
  show.foot.node.append(leave);
  addEventListener("keydown", event => {
    if (event.key === "Escape") leave.click();
    const by = PROJECTOR.step(event);
    if (!by) return;
    event.preventDefault();
    event.stopImmediatePropagation();
    show.move(by);
  }, true);
  casebook.show = show;
}

// Forecasts as of a day, their outcomes, what was recalled of them:
// casebook/subjects/arc/widgets.py and forecasts/widgets.

const UNSET_STEP = 0; // the first step of a slider for a probability: "not set"
const STEPS = 20;
const KNOWN = "known";
const isNumber = value => typeof value === "number";
const stepOf = chance => (isNumber(chance) ? evenly(chance * STEPS) + 1 : UNSET_STEP);
const chanceOf = step => (step === UNSET_STEP ? null : (step - 1) / STEPS);
const leaning = chance =>
  chance === 0.5 ? "as likely as not" : chance > 0.5 ? "rather likely" : "rather unlikely";

SCENES["first forecast"] = class extends Scene {
  constructor(data, answers) {
    super(data, answers);
    const before = this.kept("forecast", data.key);
    this.closed = this.isOpened;
    const hidden = this.closed && this.kept("forecast", data.hindsight) === null;
    this.recall(hidden ? null : before);
    if (this.closed) {
      const asked = " What did you say? Lesson 09 asks you, and shows it then.";
      this.says = data.stays + (before === null || !hidden ? "" : asked);
    } else {
      this.says = before === null ? this.inWords(null) : `Kept from before. ${this.said()}`;
    }
  }

  get isOpened() {
    return this.kept("writing", this.data.opened) !== null;
  }

  recall(value) {
    this.knew = value === KNOWN;
    this.at = stepOf(value);
  }

  inWords(chance) {
    if (chance === null) return "No forecast yet: move the slider to your number.";
    return `You say ${Math.round(chance * 100)} per cent: ${leaning(chance)}.`;
  }

  said() {
    if (!this.knew) return this.inWords(chanceOf(this.at));
    return "You already knew: then it is no forecast, and it will not be scored. Honest, and useful to know.";
  }

  change(part, value) {
    this[part] = value;
    if (this.isOpened) {
      this.recall(this.kept("forecast", this.data.key));
      this.says = this.data.stays;
      return;
    }
    const given = this.knew ? KNOWN : chanceOf(this.at);
    const problem = this.keep("forecast", this.data.key, given);
    const done = given === null ? "" : "Kept; the next panel will tell.";
    this.says = `${this.said()} ${problem || done}`.trim();
  }

  get controls() {
    return [
      slide("Per cent", this.data.steps, this.at, at => this.change("at", at), this.knew || this.closed),
      box("I already knew", this.knew, is => this.change("knew", is), this.closed),
    ];
  }

  get html() {
    return this.data.shown;
  }
};

SCENES.forecast = class extends Scene {
  constructor(data, answers) {
    super(data, answers);
    this.open(0);
  }

  get today() {
    return this.data.questions.filter(question => question.opens === this.day.day);
  }

  get isOpened() {
    return this.kept("writing", this.day.opened) !== null;
  }

  open(at) {
    this.day = this.data.days[at];
    this.ask(0);
  }

  ask(at) {
    this.question = this.today[at];
    this.told = "";
    this.recall();
  }

  // After the opening nothing is shown, so that it can be recalled.
  recall() {
    const kept = this.isOpened ? null : this.kept("forecast", this.question.key);
    this.knew = kept === KNOWN;
    this.at = stepOf(kept);
  }

  answer(at, knew) {
    if (this.isOpened) {
      this.recall();
      this.told = "The outcomes of this day are open: nothing is changed any more. ";
      return;
    }
    const byTick = at === this.at;
    const known = knew && (byTick || at === UNSET_STEP);
    Object.assign(this, known ? { at: UNSET_STEP, knew: true } : { at, knew: false });
    const problem = this.keep("forecast", this.question.key, known ? KNOWN : chanceOf(this.at));
    this.told = problem ? `${problem} ` : "";
  }

  get controls() {
    const { days, steps } = this.data;
    return [
      slide("As of", days.map(day => day.called), days.indexOf(this.day), at => this.open(at)),
      select("Question", this.today.map(one => one.called), this.today.indexOf(this.question), at => this.ask(at)),
      slide("Probability", steps, this.at, at => this.answer(at, this.knew)),
      box("I already knew", this.knew, is => this.answer(this.at, is)),
    ];
  }

  get says() {
    return this.told + this.state();
  }

  state() {
    const { id } = this.question;
    const done = this.today.filter(one => this.kept("forecast", one.key) !== null).length;
    const count = `${done} of ${this.today.length} answered as of ${this.day.called}.`;
    if (this.isOpened) {
      return `${id}: the outcomes of this day are open; what you said is kept as it was. ${count}`;
    }
    if (this.knew) return `${id}: you already knew. That is kept, and not scored. ${count}`;
    const chance = chanceOf(this.at);
    if (chance === null) return `${id}: no forecast yet. ${count}`;
    return `${id}: you say ${percent(chance)}, ${leaning(chance)}. ${count}`;
  }

  get html() {
    return this.question.shown;
  }
};

SCENES.outcomes = class extends Scene {
  constructor(data, answers) {
    super(data, answers);
    this.move(0);
    this.follows = () => {};
  }

  // Each day is opened on its own: moving on never opens the next one.
  move(at) {
    this.day = this.data.days[at];
    this.isOpen = false;
    this.told = "";
  }

  get wasOpened() {
    return this.kept("writing", this.day.opened) !== null;
  }

  tick(is) {
    this.isOpen = is;
    const problem = is && !this.wasOpened ? this.keep("writing", this.day.opened, "opened") : "";
    this.told = problem ? `${problem} ` : "";
  }

  get controls() {
    const { days } = this.data;
    return [
      slide("Asked as of", days.map(day => day.called), days.indexOf(this.day), at => this.move(at)),
      box("Open the outcomes of this day", this.isOpen, is => this.tick(is)),
    ];
  }

  get says() {
    const { called, keys, came } = this.day;
    if (this.isOpen) return `${this.told}As of ${called}: ${came}`;
    const closed = this.wasOpened ? "opened before, now folded" : "not opened";
    return `As of ${called}: ${several(keys.length, "question")}, ${closed}.`;
  }

  get html() {
    const { keys, outcomes } = this.day;
    if (this.isOpen) return outcomes;
    const done = keys.filter(key => this.kept("forecast", key) !== null).length;
    return `<p>You have answered ${done} of ${keys.length}. A forecast that is not there when you` +
      " open can't be made up afterwards.</p>";
  }
};

SCENES["look back"] = class extends Scene {
  constructor(data, answers) {
    super(data, answers);
    this.question = null;
    this.look();
    this.follows = () => {
      if (!this.told) this.look();
    };
  }

  // The questions with a number of the learner's and an outcome that they have opened.
  get ready() {
    const { questions, days } = this.data;
    const isOpened = new Set(days.filter(day => this.kept("writing", day.opened) !== null).map(day => day.day));
    return questions.filter(one => one.outcome !== null && isOpened.has(one.opens) &&
      (value => value !== null && value !== KNOWN)(this.kept("forecast", one.key)));
  }

  // Offer what is ready now.
  offer() {
    this.offered = this.ready;
    if (!this.offered.includes(this.question)) this.question = this.offered[0] || null;
  }

  look() {
    this.told = "";
    this.offer();
    this.at = this.question ? stepOf(this.kept("forecast", this.question.hindsight)) : UNSET_STEP;
  }

  say(at) {
    this.at = at;
    this.offer();
    if (!this.question) {
      this.look();
      return;
    }
    const problem = this.keep("forecast", this.question.hindsight, chanceOf(this.at));
    this.told = problem ? `${problem} ` : "";
  }

  get controls() {
    const names = this.offered.map(one => one.called);
    return [
      select("Question", names.length ? names : ["none yet"], Math.max(this.offered.indexOf(this.question), 0), at => {
        this.question = this.offered[at];
        this.look();
      }),
      slide("I said", this.data.steps, this.at, at => this.say(at)),
      press("Look again", () => this.look()),
    ];
  }

  // What was said before the outcome, what was recalled after it: [question, said, recalled, toward].
  get shifts() {
    return this.data.questions.flatMap(one => {
      const said = this.kept("forecast", one.key);
      const recalled = this.kept("forecast", one.hindsight);
      if (one.outcome === null || !isNumber(said) || !isNumber(recalled)) return [];
      return [[one, said, recalled, Math.abs(said - one.outcome) - Math.abs(recalled - one.outcome)]];
    });
  }

  get says() {
    if (!this.question) return "Nothing to look back at yet: forecast first, then open the outcomes.";
    const { id, outcome } = this.question;
    const here = this.shifts.find(([one]) => one === this.question);
    if (!here) return `${this.told}${id}: set what you think you said. The kept number is shown then.`;
    const [, said, recalled, toward] = here;
    const points = evenly(100 * Math.abs(toward));
    const memory = points
      ? `Your memory moved ${points} points ${toward > 0 ? "towards" : "away from"} what happened.`
      : "Your memory kept the number.";
    return `${this.told}${id}: you said ${percent(said)}, you recall ${percent(recalled)}; it ` +
      `${outcome ? "happened" : "did not happen"}. ${memory}`;
  }

  get html() {
    if (!this.question) {
      return "<p>This panel lists the questions that you gave a number for and whose outcomes you" +
        " have opened. Then press <em>Look again</em>.</p>";
    }
    const title = `<p><strong>${this.question.asked}</strong></p>`;
    const moved = this.shifts;
    if (!moved.some(([one]) => one === this.question)) return title;
    const count = is => moved.filter(row => is(row[3])).length;
    return `${title}<p>Recalled so far: ${several(moved.length, "question")}. Nearer to what happened` +
      ` than said: ${count(toward => toward > 0)}; farther: ${count(toward => toward < 0)}; as it` +
      ` was: ${count(toward => toward === 0)}.</p>`;
  }
};

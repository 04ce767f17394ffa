// Cards that are opened one at a time, a vote after each: casebook/subjects/reports/widgets.py.

SCENES.cards = class extends Scene {
  constructor(data, answers) {
    super(data, answers);
    this.words = new Map(data.votes.map(([vote, sign, word]) => [vote, `${sign} ${word}`]));
    const known = kept => (this.words.has(kept) ? kept : null);
    this.votes = data.steps.map(step => known(this.kept("exercise", step.key)));
    const given = this.votes.filter(Boolean).length;
    const gap = this.votes.indexOf(null);
    this.open = gap < 0 ? this.votes.length : gap;
    this.found = new Fold("What we found", "Hide what we found");
    this.rows = false;
    this.told = given ? `Kept from before: ${several(given, "vote")}. ` : "";
  }

  // The place of the step that is voted on; -1 before the first card.
  get now() {
    return this.open - 1;
  }

  get cards() {
    return this.data.steps.length - 1; // the last step is the judge's
  }

  get isJudge() {
    return this.now === this.cards;
  }

  get isDone() {
    return this.isJudge && this.votes[this.now] !== null;
  }

  step(by) {
    this.told = "";
    if (by > 0 && this.open && !this.votes[this.now]) this.told = "Vote first: what do you think now? ";
    else if (by < 0 && !this.open) this.told = "No card is open. ";
    else if (by > 0 && this.open === this.votes.length) this.told = "All cards are open. ";
    else this.open += by;
  }

  get controls() {
    const { votes, names, rows_label: rows } = this.data;
    const left = this.votes.length - this.open;
    const next = left > 1 ? "Open the next card" : left ? `Go back to ${names.at(-1)}` : "All are open";
    const quiet = () => { this.told = ""; };
    return [
      radio("Your vote now", votes.map(([vote]) => this.words.get(vote)),
        votes.findIndex(([vote]) => vote === this.votes[this.now]), at => this.vote(votes[at][0]),
        !this.open),
      press(next, () => this.step(1), !left),
      press("Close the last card", () => this.step(-1)),
      this.found.press(quiet, !this.isDone),
      box(rows, this.rows, is => {
        quiet();
        this.rows = is;
      }),
    ];
  }

  vote(vote) {
    this.votes[this.now] = vote;
    this.told = this.keep("exercise", this.data.steps[this.now].key, vote);
  }

  get says() {
    return `${this.told}${this.state()}`;
  }

  state() {
    if (!this.open) return "No card is open yet.";
    const vote = this.votes[this.now];
    const now = vote ? `Your vote: ${this.words.get(vote)}.` : "Vote now.";
    const { judged, names } = this.data;
    if (!this.isJudge) return `Card ${this.open} of ${this.cards} is open. ${now}`;
    if (this.found.open && this.isDone) {
      return `On ${names.at(-1)}: ${judged}. How it stands today is the next question.`;
    }
    return `It is ${names.at(-1)}: what was not public yet lies covered. Judge as one of that day. ${now}`;
  }

  get html() {
    const verdict = this.found.open && this.isDone ? this.data.verdict : "";
    const rows = this.open ? this.data.steps[this.now].rows : this.data.no_rows;
    return verdict + this.table() + (this.rows ? rows : "");
  }

  table() {
    if (!this.open) return "<p>All cards lie face down. Open the first, read it aloud, and vote.</p>";
    const { front, before } = this.data.steps[this.now];
    return front + this.path() + before;
  }

  // All votes so far: a mark a step in three lanes, and the same in a line of text.
  path() {
    const { votes, names, first } = this.data;
    const said = this.kept("prediction", first);
    const path = [this.words.has(said) ? said : null, ...this.votes.slice(0, this.open)];
    const told = vote => (vote ? this.words.get(vote) : "–");
    const lanes = votes.map(([vote, sign, word, mark]) =>
      [`${sign} ${escaped(word)}`, ...path.map(one => (one === vote ? mark : ""))]);
    const table = htmlTable(["Your vote", ...path.map((_, n) => marked(names[n]))], lanes, "lp-path");
    const line = path.map((vote, n) => `${names[n]}: ${told(vote)}`).join(" → ");
    const given = path.filter(Boolean);
    const count = given.filter((vote, n) => n && vote !== given[n - 1]).length;
    const often = { 1: "once", 2: "twice" }[count] || `${number(count)} times`;
    const turned = count ? `It has turned ${often}.` : "It has not turned yet.";
    return `${table}<p>${marked(line)}. ${turned}</p>`;
  }
};

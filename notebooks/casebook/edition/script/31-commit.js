// What a learner says before the evidence, and the comparison after it: casebook/exercises.

class CommitModel {
  // ``part`` is "commit" or "compare".
  constructor(id, lesson, answers, part) {
    this.id = id;
    this.part = part;
    this.task = lesson.tasks[id];
    this.lesson = lesson;
    this.answers = answers;
    this.open = false;
    this.key = part === "compare" ? this.task.second : id;
    this.answer = usable(this.task, answers.kept(this.task.kept_as, this.key));
    this.here = this.answer !== null;
    if (part === "compare") this.says = this.asked();
    else this.says = this.here ? `Kept from before: ${this.said(this.answer)}` : this.nothing();
  }

  // The line of a comparison, before and after it is open.
  asked() {
    return this.task.rules.says[this.open ? 1 : 0];
  }

  nothing() {
    if (this.task.kind !== "predict") return "Nothing said yet.";
    return "No guess yet, unless 0 is yours: move the slider.";
  }

  // An answer in words, as HTML.
  said(answer) {
    if (this.task.kind === "predict") return `${answer} of ${this.task.most}.`;
    if (this.task.kind === "sentence") return answer ? `“${escaped(answer)}”` : "nothing";
    const chosen = this.task.choices.find(choice => choice[0] === answer);
    return chosen ? chosen[1] : "nothing";
  }

  change(answer) {
    this.answer = answer;
    this.here = true;
    const problem = this.answers.keep(this.task.kept_as, this.key, answer);
    if (this.part === "commit") this.says = `${this.said(answer)} ${problem}`.trim();
    else this.says = problem || this.asked();
  }

  fold() {
    this.open = !this.open;
    this.says = this.asked();
  }

  get html() {
    const table = this.part === "compare" ? this.table() : `<p>${this.task.hint}</p>`;
    return table + tally(this.lesson, this.answers);
  }

  table() {
    const first = usable(this.task, this.answers.kept(this.task.kept_as, this.id));
    const any = this.task.kind === "predict" ? this.here : Boolean(this.answer);
    const columns = [
      ["Before the evidence", first === null ? "nothing" : this.said(first)],
      ["Now", any ? this.said(this.answer) : "nothing yet"],
    ];
    const heads = columns.map(column => `<th scope='col'>${column[0]}</th>`).join("");
    const [name, ...others] = columns.map(column => column[1]);
    const cells = others.map(other => `<td>${other}</td>`).join("");
    const table =
      `<table class='lp-compared'><thead><tr>${heads}</tr></thead>` +
      `<tbody><tr><th scope='row'>${name}</th>${cells}</tr></tbody></table>`;
    const { found, name: title } = this.task.rules;
    return this.open ? `${table}<p><strong>${title}:</strong> ${found}</p>` : table;
  }
}

// An article's line judged by the record (casebook/subjects/council/widgets.py), and claims graded
// on two axes (stances/widgets.py).

SCENES.line = class extends Scene {
  constructor(data, answers) {
    super(data, answers);
    this.open(0);
  }

  open(at) {
    this.line = this.data.lines[at];
    const kept = this.kept("exercise", this.line.key);
    this.judged = this.data.judgements.includes(kept) ? kept : null;
    this.isTold = false;
    this.told = this.judged ? `Kept from before: you say ${this.judged}.` : "";
  }

  get controls() {
    const { lines, judgements } = this.data;
    const names = lines.map(line => line.called);
    return [
      select("Line", names, lines.indexOf(this.line), at => this.open(at)),
      radio("Your judgement", judgements, judgements.indexOf(this.judged), at => {
        this.judged = judgements[at];
        this.isTold = true;
        this.told = this.keep("exercise", this.line.key, this.judged);
      }),
      press("Tell me why", () => {
        this.isTold = this.judged !== null;
        this.told = this.judged ? "" : "Judge first: this line has no judgement of yours yet.";
      }),
    ];
  }

  get says() {
    const waits = this.judged ? "Judge anew, or press “Tell me why”." : "Read both sides, then judge.";
    return `${this.told} ${this.isTold ? this.line.told[this.judged] : waits}`.trim();
  }

  get html() {
    return this.line.beside + (this.isTold ? this.line.why : "");
  }
};

const LETTERS = [..."ABCDEF"];
const DIGITS = [..."123456"];

SCENES.grades = class extends Scene {
  constructor(data, answers) {
    super(data, answers);
    this.grades = new Map();
    this.checked = new Set();
    for (const claim of data.claims) {
      const kept = this.kept("exercise", claim.key);
      if (/^[A-F][1-6]$/.test(kept)) this.grades.set(claim.id, [...kept]);
    }
    this.open(0);
    const count = this.grades.size;
    this.told = count ? `Kept from before: ${several(count, "grade")}.` : "";
  }

  open(at) {
    this.claim = this.data.claims[at];
    this.grade = [...(this.grades.get(this.claim.id) || ["", ""])];
    this.told = "";
  }

  give(axis, grade) {
    this.grade[axis] = grade;
    this.checked.delete(this.claim.id);
    this.grades.delete(this.claim.id);
    if (this.grade.every(Boolean)) this.grades.set(this.claim.id, [...this.grade]);
    const whole = this.grade.every(Boolean) ? this.grade.join("") : "";
    this.told = this.keep("exercise", this.claim.key, whole);
  }

  get controls() {
    const { labels, calls, claims } = this.data;
    const axes = [LETTERS, DIGITS].map((grades, axis) => select(
      labels[axis + 1], calls[axis + 1], grades.indexOf(this.grade[axis]) + 1,
      at => this.give(axis, at ? grades[at - 1] : ""),
    ));
    return [
      select(labels[0], calls[0], claims.indexOf(this.claim), at => this.open(at)),
      ...axes,
      press(labels[3], () => {
        this.told = "";
        if (this.grades.has(this.claim.id)) this.checked.add(this.claim.id);
      }),
    ];
  }

  get says() {
    const { id, called, verdicts } = this.claim;
    let says = `${this.grade.join("")} for ${called}: check it.`;
    if (!this.grade.every(Boolean)) says = `${capital(called)}: choose a letter and a number, then check.`;
    if (this.checked.has(id)) {
      says = `${capital(called)}: ${this.grade.map((grade, axis) => verdicts[axis][grade]).join("; ")}.`;
    }
    return `${this.told} ${says} ${this.grades.size ? this.where() : ""}`.trim();
  }

  // How the grades lie to the diagonal; F and 6 are unknown, not low.
  where() {
    const steps = [...this.grades.values()].map(([letter, digit]) =>
      (letter === "F") !== (digit === "6") ? 6 : Math.abs(LETTERS.indexOf(letter) - DIGITS.indexOf(digit)));
    const [on, beside, off] = [n => n === 0, n => n === 1, n => n > 1].map(is => {
      const count = steps.filter(is).length;
      return count ? number(count) : "none";
    });
    const all = steps.length >= 3 && steps.every(step => step === 0);
    return `${capital(several(steps.length, "claim"))} graded: ${on} on the diagonal, ${beside} a` +
      ` step beside it, ${off} further off.` +
      (all ? " All on the diagonal: did you judge the source twice?" : "");
  }

  get html() {
    const { told, reasons } = this.claim;
    const lines = this.grade.map((grade, axis) => reasons[axis][grade]).join("");
    const why = this.checked.has(this.claim.id) ? this.data.readers.join(lines) : "";
    return told + why + (this.grades.size ? this.grid() : "");
  }

  grid() {
    const called = new Map(this.data.claims.map(claim => [claim.id, claim.called]));
    const here = (letter, digit) => [...this.grades].filter(([, grade]) =>
      grade[0] === letter && grade[1] === digit).map(([id]) => id).sort()
      .map(id => this.data.badge.replace("?", called.get(id))).join(" ");
    const mark = (i, j) => (i === j ? "<span aria-hidden='true'>╲</span>" : "");
    const rows = LETTERS.map((letter, i) => {
      const cells = DIGITS.map((digit, j) => {
        const content = here(letter, digit) || mark(i, j);
        return `<td style='text-align: center; min-width: 52px'>${content}</td>`;
      });
      return `<tr><th scope='row'>${letter}</th>${cells.join("")}</tr>`;
    });
    const head = DIGITS.map(digit => `<th scope='col'>${digit}</th>`).join("");
    return "<p style='margin-bottom: 2px'><strong>Your grades so far</strong> (╲ is the diagonal)</p>" +
      `<table><thead><tr><th scope='col'></th>${head}</tr></thead><tbody>${rows.join("")}</tbody></table>`;
  }
};

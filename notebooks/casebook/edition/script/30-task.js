// An exercise without its looks: an answer, a check, the words of casebook/exercises.

const asksSeveral = kind => kind === "choose all" || kind === "sort";

function isEmpty(value) {
  if (value === null || value === undefined || value === "") return true;
  return typeof value === "object" && Object.keys(value).length === 0;
}

// A whole number as Python writes {:g}: six digits, a half to the even one.
function general(number) {
  if (number < 1e6) return String(number);
  const power = String(number).length - 1;
  const unit = 10 ** (power - 5);
  const down = Math.floor(number / unit);
  const rest = (number % unit) * 2;
  const up = rest > unit || (rest === unit && down % 2 === 1);
  const [digits, rounded] = (down + (up ? 1 : 0)).toExponential().split("e");
  return `${digits}e+${String(Number(rounded) + power - 5).padStart(2, "0")}`;
}

// What of a kept answer the exercise still has; null where that is nothing.
function usable(task, kept) {
  const values = task.choices.map(choice => choice[0]);
  if (kept === null || kept === undefined) return null;
  if (task.kind === "choose" || task.kind === "vote") return values.includes(kept) ? kept : null;
  if (task.kind === "sentence") {
    return typeof kept === "string" && [...kept].length <= task.longest ? kept : null;
  }
  if (task.kind === "choose all") {
    if (!Array.isArray(kept)) return null;
    const found = values.filter(value => kept.includes(value));
    return found.length ? found : null;
  }
  if (task.kind === "sort") {
    if (typeof kept !== "object" || Array.isArray(kept)) return null;
    const found = values.filter(value => task.bins.includes(kept[value]));
    return found.length ? Object.fromEntries(found.map(value => [value, kept[value]])) : null;
  }
  if (!Number.isInteger(kept)) return null;
  return task.kind === "number" || (kept >= 0 && kept <= task.most) ? kept : null;
}

const CHECKS = {
  choose: (rules, answer) => rules[answer],
  "choose all": (rules, answer, values) => {
    const chosen = value => answer.includes(value);
    const key = value => rules.key.includes(value);
    const told = values.filter(value => chosen(value) || key(value));
    const wrong = values.filter(value => chosen(value) !== key(value)).length;
    return {
      right: wrong === 0,
      verdict: rules.verdicts[wrong],
      reasons: told.map(value => rules.lines[value][chosen(value) ? 0 : 1]),
    };
  },
  sort: (rules, answer, values) => {
    const wrong = values.map(value => answer[value] !== rules.key[value]);
    const count = wrong.filter(Boolean).length;
    return {
      right: count === 0,
      verdict: rules.verdicts[count],
      reasons: wrong.map((is, n) => (is ? rules.wrong : rules.right)[n]),
    };
  },
  number: (rules, answer) => {
    const right = answer === rules.key;
    const verdict = right ? rules.right : rules.wrong.join(general(answer));
    return { right, verdict, reasons: rules.reasons[right ? 1 : 0] };
  },
};

// What a check says of an answer.
function checked(task, answer) {
  const values = task.choices.map(choice => choice[0]);
  const gaps = task.kind === "sort" && answer !== null && values.some(value => !answer[value]);
  if (isEmpty(answer) || gaps) return { right: false, verdict: task.open, reasons: [] };
  return CHECKS[task.kind](task.rules, answer, values);
}

class TaskModel {
  constructor(id, lesson, answers) {
    this.id = id;
    this.task = lesson.tasks[id];
    this.lesson = lesson;
    this.answers = answers;
    this.open = { hint: false, worked: false };
    this.checks = 0;
    this.reasons = [];
    this.again = "";
    this.answer = usable(this.task, answers.kept("exercise", id));
    this.says = this.answer === null ? this.task.unanswered : "Kept from before: check again.";
  }

  change(answer) {
    this.answer = answer;
    const said = Array.isArray(answer) ? answer : this.answers.given(answer);
    const kept = isEmpty(said) || said === 0 ? this.task.unanswered : "Kept; not checked yet.";
    const problem = this.answers.keep("exercise", this.id, answer);
    this.say(problem || (this.checks ? "Changed: check again." : kept));
  }

  say(says, reasons = [], again = "") {
    this.says = says;
    this.reasons = reasons;
    this.again = again;
  }

  check() {
    const result = checked(this.task, this.answer);
    if (result.reasons.length) this.checks += 1;
    const again = result.right ? "" : this.task.again;
    const first = this.checks === 1 && result.reasons.length && asksSeveral(this.task.kind);
    // A first wrong check says how many are right, not which.
    if (first && !result.right) {
      this.say(`${result.verdict} Look again; the next check says why.`, [], again);
    } else {
      this.say(result.verdict, result.reasons, again);
    }
  }

  fold(name) {
    this.open[name] = !this.open[name];
  }

  get html() {
    const lines = this.reasons.map(reason => `<li>${reason}</li>`).join("");
    const { hint, worked } = this.task;
    return [
      lines && `<ul>${lines}</ul>`,
      this.again,
      this.open.hint ? `<p><strong>Hint:</strong> ${hint}</p>` : "",
      this.open.worked ? `<p><strong>Worked answer:</strong> ${worked}</p>` : "",
      tally(this.lesson, this.answers),
    ].join("");
  }
}

// The line that says how many tasks of the lesson are done.
function tally(lesson, answers) {
  const done = lesson.counted.filter(id => {
    const task = lesson.tasks[id];
    return usable(task, answers.kept(task.kept_as, id)) !== null;
  });
  return lesson.tally[done.length];
}

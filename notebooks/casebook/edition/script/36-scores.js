// Brier scores of the learner's forecasts beside their rivals': forecasts/widgets/scores.py.

// The sum of numbers in the order in which numpy adds up to 128 of them, to the last digit.
function sum(numbers) {
  if (numbers.length < 8) return numbers.reduce((all, one) => all + one, 0);
  const parts = numbers.slice(0, 8);
  let at = 8;
  for (; at + 8 <= numbers.length; at += 8) parts.forEach((_, n) => { parts[n] += numbers[at + n]; });
  const [a, b, c, d, e, f, g, h] = parts;
  return numbers.slice(at).reduce((all, one) => all + one, a + b + (c + d) + (e + f + (g + h)));
}

const mean = numbers => sum(numbers) / numbers.length;

SCENES.scores = class extends Scene {
  constructor(data, answers) {
    super(data, answers);
    this.asked = 0;
    this.isOpen = false;
    this.follows = () => {};
  }

  get shownDays() {
    const { days } = this.data;
    const asked = this.asked < days.length ? [days[this.asked]] : days;
    return asked.filter(day => this.kept("writing", day.opened) !== null);
  }

  get name() {
    const { days } = this.data;
    return this.asked < days.length ? days[this.asked].called : "all opened days";
  }

  // The learner's forecasts that can be scored, on the days that are shown.
  get mine() {
    const shown = this.shownDays.map(day => day.day);
    return this.data.questions.flatMap(({ id, key, opens, outcome, base }) => {
      const value = this.kept("forecast", key);
      if (outcome === null || !isNumber(value) || !shown.includes(opens)) return [];
      const [score, base_score, half_score] = [value, base, this.data.half].map(said => (said - outcome) ** 2);
      return [{ id, outcome, value, base, score, base_score, half_score }];
    });
  }

  get controls() {
    const names = [...this.data.days.map(day => day.called), "all opened days"];
    return [
      slide("Asked as of", names, this.asked, at => { this.asked = at; }),
      box("Show the scores", this.isOpen, is => { this.isOpen = is; }),
    ];
  }

  get says() {
    const name = capital(this.name);
    if (!this.shownDays.length) return `${name}: outcomes not opened yet.`;
    if (!this.isOpen) return `${name}: scores folded.`;
    const { mine } = this;
    if (!mine.length) return `${name}: no forecast of yours can be scored. The rivals stand below.`;
    const own = mean(mine.map(one => one.score));
    const flipped = mine.map(one => own + (1 - 2 * Math.abs(one.value - one.outcome)) / mine.length);
    return `${name}, ${several(mine.length, "question")}: you ${fixed(own, 2)}, base rate ` +
      `${fixed(mean(mine.map(one => one.base_score)), 2)}, always 50 % ` +
      `${fixed(mean(mine.map(one => one.half_score)), 2)}. Had one answer come out the other way,` +
      ` yours would lie between ${fixed(Math.min(...flipped, own), 2)} and` +
      ` ${fixed(Math.max(...flipped, own), 2)}.`;
  }

  get html() {
    const shown = this.shownDays;
    if (!shown.length) return "<p>Scores are shown for days whose outcomes you have opened.</p>";
    if (!this.isOpen) return "<p>Look back first, in the panel above: afterwards you can't.</p>";
    const rivals = this.table(this.data.rivals, shown.map(day => day.rivals));
    const { mine } = this;
    return mine.length ? this.picture(mine) + this.own(mine) + rivals : rivals;
  }

  table(heads, lines) {
    const head = heads.map(name => `<th scope='col'>${name}</th>`).join("");
    return `<table><thead><tr>${head}</tr></thead><tbody>${lines.join("")}</tbody></table>`;
  }

  own(mine) {
    return this.table(this.data.own, mine.map(one =>
      `<tr><th scope='row'>${one.id}</th><td>${one.outcome ? "yes" : "no"}</td>` +
      `<td>${percent(one.value)}</td><td>${fixed(one.score, 2)}</td><td>${percent(one.base)}</td>` +
      `<td>${fixed(one.base_score, 2)}</td><td>${fixed(one.half_score, 2)}</td></tr>`));
  }

  // The marks are drawn into the line that Python drew: open ones the questions, filled the mean.
  picture(mine) {
    const { html, across: [zero, one], down, rivals } = this.data.picture;
    const means = rivals.map(([name, column]) => [name, mean(mine.map(row => row[column]))]);
    const place = score => zero + score * (one - zero);
    const marks = rivals.map(([, column, colour, shape], n) => {
      const open = mine.map(row => mark(shape, place(row[column]), down[n], 5.8,
        `fill="none" stroke="${colour}" stroke-width="1.2"`));
      const at = place(means[n][1]);
      const look = `x="${at.toFixed(1)}" y="${(down[n] - 9).toFixed(1)}" text-anchor="middle"` +
        ' font-family="DejaVu Sans, sans-serif" font-size="11" font-weight="bold"';
      return `${open.join("")}${mark(shape, at, down[n], 11.4, `fill="${colour}"`)}` +
        `<text ${look} fill="#1f1f1f">${fixed(means[n][1], 2)}</text>`;
    });
    const told = `Dots on a line from 0 to 1, ${several(mine.length, "question")}. ` +
      `${means.map(([name, value]) => `${name}: mean ${fixed(value, 3)}`).join("; ")}.`;
    return html.replace('alt="?"', `alt="${escaped(told)}"`).replace(CODED, (_, coded) => {
      const svg = new TextDecoder().decode(Uint8Array.from(atob(coded), letter => letter.charCodeAt(0)));
      return `${PREFIX}${base64(svg.replace(/<\/svg>\s*$/, `${marks.join("")}</svg>`))}`;
    });
  }
};

// A circle, a square or a diamond of a width around a point.
function mark(shape, x, y, wide, look) {
  const [at, down, half] = [x, y, wide / 2].map(value => Number(value.toFixed(2)));
  if (shape === "o") return `<circle cx="${at}" cy="${down}" r="${half}" ${look}/>`;
  const turned = shape === "D" ? ` transform="rotate(45 ${at} ${down})"` : "";
  return `<rect x="${(at - half).toFixed(2)}" y="${(down - half).toFixed(2)}" width="${wide}" height="${wide}"${turned} ${look}/>`;
}

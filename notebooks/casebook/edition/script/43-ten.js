// Ten pairs of six phrasings, and the learner's own ladder beside the reader's:
// casebook/subjects/commitment/widgets/ten_pairs.py.

class Six extends Scene {
  // What was chosen of each of the ten pairs so far, by its key.
  get judged() {
    const { pairs, cannot } = this.data;
    const chosen = pair => [pairKey(pair), this.kept("judgement", pairKey(pair))];
    return new Map(pairs.map(chosen).filter(([key, kept]) => [...key.split("|"), cannot].includes(kept)));
  }
}

SCENES["ten pairs"] = class extends Six {
  constructor(data, answers) {
    super(data, answers);
    Object.assign(this, { at: this.firstOpen(), choice: -1 });
  }

  firstOpen() {
    const { judged } = this;
    const at = this.data.pairs.findIndex(pair => !judged.has(pairKey(pair)));
    return at < 0 ? this.data.pairs.length : at;
  }

  // The pair on the screen; none where all are judged.
  get pair() {
    return this.data.pairs[this.at];
  }

  get controls() {
    const shown = this.pair ? pairHtml(this.pair.map(item => escaped(this.data.words[item]))) : "";
    return [
      told(shown),
      stronger(this.choice, at => { this.choice = at; }),
      press("Keep it, next pair", () => this.judge()),
      press("Back", () => this.back()),
    ];
  }

  judge() {
    this.told = this.pair && this.choice < 0 ? "Choose one of the three first. " : "";
    if (this.pair && !this.told) {
      const chosen = [...this.pair, this.data.cannot][this.choice];
      const problem = this.keep("judgement", pairKey(this.pair), chosen);
      this.at = problem ? this.at + 1 : this.firstOpen();
      this.told = problem ? `${problem} ` : "";
    }
    this.choice = -1;
  }

  back() {
    this.told = this.at ? "Judge it again, or go on. " : "This is the first pair. ";
    this.at = Math.max(this.at - 1, 0);
    this.choice = -1;
  }

  get says() {
    const count = this.data.pairs.length;
    if (this.pair) return `${this.told}${this.judged.size} of ${count} judged.`;
    return `${this.told}All ${number(count)} pairs are judged: your own scale opens in the next panel.`;
  }

  get html() {
    return "";
  }
};

SCENES.ladders = class extends Six {
  constructor(data, answers) {
    super(data, answers);
    Object.assign(this, { stage: 0, rows: false });
    this.six = Object.keys(data.words).sort();
    this.follows = () => {}; // the pairs are judged in another panel
  }

  get controls() {
    const { controls: [stage], rows_label: rows } = this.data.panel;
    const names = stage.offers[""].options.map(option => option[0]);
    return [
      slide(stage.label, names, this.stage, at => { this.stage = at; }),
      box(rows, this.rows, is => { this.rows = is; }),
    ];
  }

  // The six in the learner's own order, the strongest first; null where there is no scale.
  get own() {
    const place = new Map(this.six.map((item, n) => [item, n]));
    const mine = [...this.judged].map(([key, chosen]) =>
      [...key.split("|").map(item => place.get(item)), place.has(chosen) ? place.get(chosen) : -1]);
    if (partsOf(mine, this.six.length).length > 1) return null;
    const found = strengthsOf(winsOf(mine, this.six.length), this.data.alpha);
    const above = item => found.filter(one => one > found[place.get(item)] + this.data.equal).length;
    return [...this.six].sort((a, b) => above(a) - above(b)); // equals by their names
  }

  // What is shown: the learner's order, or why there is none yet.
  get now() {
    const left = this.data.pairs.length - this.judged.size;
    if (left) return { why: `Your scale opens when all are judged: ${several(left, "pair")} to go.` };
    const { own } = this;
    return own ? { own } : { why: this.noScale() };
  }

  get unsure() {
    return [...this.judged.values()].filter(chosen => chosen === this.data.cannot).length;
  }

  noScale() {
    return `${capital(several(this.unsure, "pair"))} of ${this.judged.size} you called not comparable, and what` +
      " is left joins no chain from each phrasing to every other. That is a result: no scale.";
  }

  get says() {
    const { own, why } = this.now;
    return why || `${this.title(own)}. ${this.more()}`.trim();
  }

  title(own) {
    const apart = order => Math.abs(order.indexOf(this.data.twins[0]) - order.indexOf(this.data.twins[1]));
    const mine = several(apart(own), "place");
    return [
      "Your scale of six phrasings",
      `On your scale two Englishes that we take for one sentence lie ${mine} apart`,
      `Two Englishes that we take for one sentence: ${mine} apart on your scale,` +
        ` ${number(apart(this.data.reader))} on the reader's`,
      "What stands on grey lies too near the top of these six to tell it apart",
    ][this.stage];
  }

  more() {
    return [
      `It rests on ${this.judged.size} judgements, ${this.unsure ? number(this.unsure) : "none"} of them` +
        ` “${this.data.cannot}”, and so` +
        ` few can turn round at one answer.${this.circle()}`,
      `Against ${number(this.unlike())} of four others you judged them unlike.`,
      "",
      "The grey is as deep as those two Englishes lie apart on the reader's scale, by our reading of" +
        ` them: ${this.data.floor} of its units, called log odds. That depth is the noise floor, the` +
        " difference that a second translator can make.",
    ][this.stage];
  }

  // Three answers that no order can keep, if there are such.
  circle() {
    const { judged, six } = this;
    const over = (one, other) => judged.get(pairKey([one, other])) === one;
    const rings = six.flatMap((one, n) => six.slice(n + 1).flatMap((two, m) =>
      six.slice(n + m + 2).flatMap(three => [[one, two, three], [one, three, two]])));
    const ring = rings.find(all => all.every((item, n) => over(item, all[(n + 1) % 3])));
    if (!ring) return "";
    const [first, next, last] = ring.map(item => `“${shortened(this.data.words[item], 30)}”`);
    return ` You went round in a circle: ${first} over ${next}, that over ${last}, and that over the first again,` +
      " so no order keeps all three answers.";
  }

  // Against how many of the others the two Englishes were judged unlike.
  unlike() {
    const { twins } = this.data;
    const { judged } = this;
    const against = (other, twin) => {
      const chosen = judged.get(pairKey([other, twin]));
      return [twin, other].indexOf(chosen);
    };
    const others = this.six.filter(item => !twins.includes(item));
    return others.filter(other => against(other, twins[0]) !== against(other, twins[1])).length;
  }

  get html() {
    const { own } = this.now;
    if (!own) return this.data.blind;
    return this.picture(own) + (this.rows ? this.data.rows : "");
  }

  picture(own) {
    const { frames, picture, reader } = this.data;
    const svg = layered(picture, this.parts(own, reader));
    return frames[this.stage]
      .replace('alt="?"', () => `alt="${escaped(this.description(own))}"`)
      .replace(PREFIX, () => `${PREFIX}${base64(svg)}`);
  }

  // The names of the parts that are shown: Ladders in charts/ladders.py.
  parts(own, reader) {
    const rungs = own.flatMap((item, place) => {
      const look = this.stage >= 1 && this.data.twins.includes(item) ? "twin" : "plain";
      const beside = this.stage >= 2 ? [`line ${item} ${place}`, `reader ${item}`] : [];
      return [`own ${item} ${place} ${look}`, ...beside];
    });
    const heads = this.ladders(own, reader).map(([name]) => `head ${name}`);
    return new Set([...heads, ...rungs, ...(this.stage === 3 ? ["floor"] : [])]);
  }

  ladders(own, reader) {
    const both = [["Your scale", own], ["One reader's scale", reader]];
    return this.stage >= 2 ? both : both.slice(0, 1);
  }

  description(own) {
    const { words, twins, reader } = this.data;
    const told = this.ladders(own, reader).map(([name, order]) =>
      `${name}: ${order.map((item, n) => `${n + 1}. ${words[item]}`).join("; ")}`);
    const two = this.stage ? ` The two Englishes: ${words[twins[0]]}; ${words[twins[1]]}.` : "";
    return `${told.join(". ")}.${two}`;
  }
};

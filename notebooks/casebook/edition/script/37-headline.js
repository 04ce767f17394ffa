// A headline printed, stamped as the day moves, and corrected:
// casebook/subjects/messages/widgets/headline.py.

class Headline extends Scene {
  constructor(data, answers) {
    super(data, answers);
    this.said = new Map(data.claims.map(([key, said]) => [key, said]));
  }

  // A headline in one line, no longer than it may be.
  clean(words) {
    const line = words.split(/\s+/).filter(Boolean).join(" ");
    return [...line].slice(0, this.data.longest).join("").trimEnd();
  }

  headline(key) {
    const kept = this.kept("writing", key);
    return typeof kept === "string" ? [...kept].slice(0, this.data.longest).join("") : "";
  }

  // What was printed and kept: [headline, claim, stake].
  get printed() {
    const { keys, stakes } = this.data;
    const kept = this.kept("writing", keys.stake);
    const found = /^(never|before) (\d{2,3})$/.exec(typeof kept === "string" ? kept : "");
    const isOne = found && stakes.includes(Number(found[2]));
    const [claim, stake] = isOne ? [found[1], Number(found[2])] : ["", stakes[0]];
    return [this.headline(keys.first), claim, stake];
  }

  sheet([headline, claim, stake], stamp = "") {
    const staked = claim ? `Stake: ${stake} per cent on “${this.said.get(claim)}”.` : "No stake yet.";
    const { sheet, bare } = this.data;
    const [a, b, c, d = ""] = headline ? sheet : bare;
    return a + escaped(staked) + b + stamp + c + escaped(headline) + d;
  }

  field(label, at, set) {
    const traits = { placeholder: `one line, at most ${this.data.longest} characters`, autocomplete: "off" };
    return { ...text(label, at, set, traits), wide: true };
  }
}

SCENES.headline = class extends Headline {
  constructor(data, answers) {
    super(data, answers);
    const [headline, claim, stake] = this.printed;
    Object.assign(this, { text: headline, claim, stake });
  }

  get now() {
    return [this.clean(this.text), this.claim, this.stake];
  }

  change(part, value) {
    this[part] = value;
    const { keys } = this.data;
    const staked = this.claim ? `${this.claim} ${this.stake}` : "";
    this.told = this.keep("writing", keys.first, this.clean(this.text)) || this.keep("writing", keys.stake, staked);
  }

  get controls() {
    const { claims, stakes } = this.data;
    const names = claims.map(([, said, claimed]) => `I stake on “${said}”: ${claimed}`);
    return [
      this.field("Your headline", this.text, words => this.change("text", words)),
      radio("", names, claims.findIndex(([key]) => key === this.claim), at => this.change("claim", claims[at][0])),
      slide("My stake", stakes.map(share => `${share} per cent`), stakes.indexOf(this.stake),
        at => this.change("stake", stakes[at])),
    ];
  }

  get says() {
    const [headline, claim] = this.now;
    if (this.told) return this.told;
    if (!headline) return `Write your headline, with the word “${this.data.word}” in it. It stays on this machine.`;
    if (!claim) return "Kept. Now choose on what you stake, and how much: 50 means that you can't say.";
    return "Printed, and kept on this machine. Read on before you change it.";
  }

  get html() {
    return this.sheet(this.now);
  }
};

// The states of the declared panel, with the learner's own front page on top.
SCENES["day of the headline"] = class extends Headline {
  constructor(data, answers, parts) {
    super(data, answers);
    this.model = new PanelModel(data.panel, parts);
    this.rows = false;
    this.bare = this.sheet(["", "", data.stakes[0]]);
    this.text = this.headline(data.keys.second);
    this.count = new Fold("Count of my stake");
    this.follows = () => {};
  }

  get controls() {
    const [control] = this.data.panel.controls;
    const options = this.model.offer(0).options;
    const at = options.findIndex(option => option[1] === this.model.values[0]);
    return [
      slide(control.label, options.map(option => option[0]), at, to => this.model.move(0, options[to][1])),
      press(control.steps[0], () => this.model.step(0, -1)),
      press(control.steps[1], () => this.model.step(0, 1)),
      box(this.data.panel.rows_label, this.rows, is => {
        this.model.line = "";
        this.rows = is;
      }),
      this.field("Corrected headline", this.text, words => {
        this.text = words;
        this.model.line = this.keep("writing", this.data.keys.second, this.clean(words));
      }),
      this.count.press(() => { this.model.line = ""; }),
    ];
  }

  // The place of the state that is shown among all, in their order.
  get place() {
    return Object.keys(this.data.panel.states).indexOf(this.model.values.join());
  }

  get says() {
    return `${this.model.line} ${this.data.says[this.place]}`.trim();
  }

  // The front page, and once it is corrected the correction beside it.
  get sheets() {
    const { correction, beside, found, stamps } = this.data;
    const now = this.printed;
    const stamp = now[1] ? stamps[now[1]][found[this.place] ? 1 : 0] : "";
    const first = this.sheet(now, stamp);
    const corrected = this.clean(this.text);
    if (!corrected) return first;
    const [a, b, c] = beside;
    return a + first + b + correction.join(escaped(corrected)) + c;
  }

  get counted() {
    if (!this.count.open) return "";
    const [, claim, stake] = this.printed;
    const counts = this.data.counts[this.data.counted[this.place]];
    return claim ? counts[claim][stake] : counts[""];
  }

  get html() {
    const rest = this.model.html.slice(this.bare.length);
    return this.sheets + this.counted + rest + (this.rows ? this.model.rows : "");
  }
};

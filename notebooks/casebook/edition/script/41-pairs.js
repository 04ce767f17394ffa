// Pairs of phrasings judged, and the learner's own scale:
// casebook/subjects/commitment/widgets/judging.py.

const FIRST_SECOND = ["the first", "the second"];

// The key under which the judgement of a pair is kept.
const pairKey = pair => [...pair].sort().join("|");

// The words of a pair, as HTML, one over the other.
const pairHtml = both => both.map((words, n) =>
  `<blockquote><strong>${capital(FIRST_SECOND[n])}:</strong> “${words}”</blockquote>`).join("");

function stronger(at, set) {
  const names = [...FIRST_SECOND.map(name => `${name} sounds as if it commits more`), "they can't be compared"];
  return radio("In English,", names, at, set);
}

SCENES.pairs = class extends Scene {
  constructor(data, answers) {
    super(data, answers);
    this.items = data.phrases.map(phrase => phrase.id);
    this.by = new Map(data.phrases.map(phrase => [phrase.id, phrase]));
    Object.assign(this, { pair: null, choice: -1, reveal: false, scales: new Map() });
    this.show("", null);
  }

  // What is kept, without what is no judgement and what is of phrases that are not here.
  get judged() {
    const kept = this.answers.file.answers.judgement || {};
    const isOne = ([key, { value }]) => {
      const pair = key.split("|");
      return pair.length === 2 && pair[0] < pair[1] && pair.every(item => this.by.has(item)) &&
        [...pair, this.data.cannot].includes(value);
    };
    return Object.fromEntries(Object.entries(kept).filter(isOne).map(([key, { value }]) => [key, value]));
  }

  next(judged) {
    return nextPair(this.items, judged, this.data.opening, this.data.cannot);
  }

  show(told, pair) {
    this.told = told;
    this.pair = pair || this.next(this.judged);
  }

  get controls() {
    return [
      told(this.pair ? pairHtml(this.pair.map(item => this.by.get(item).words)) : "<p>No pair is left.</p>"),
      stronger(this.choice, at => { this.choice = at; }),
      press("Keep it, next pair", () => this.judge()),
      press("Undo the last", () => this.undo()),
      box("Show my scale, with dates and speakers", this.reveal, is => {
        this.reveal = is;
        this.show("", this.pair);
      }),
    ];
  }

  judge() {
    if (!this.pair || this.choice < 0) {
      this.show(this.pair ? "Choose one of the three first." : "", this.pair);
      return;
    }
    const chosen = [...this.pair, this.data.cannot][this.choice];
    const problem = this.keep("judgement", pairKey(this.pair), chosen);
    this.choice = -1;
    this.show(problem || "Kept.", null);
  }

  undo() {
    const { judged } = this;
    if (!Object.keys(judged).length) {
      this.show("Nothing to undo yet.", this.pair);
      return;
    }
    const pair = this.last(judged);
    const problem = this.keep("judgement", pairKey(pair), "");
    this.choice = -1;
    this.show(problem || "Undone: judge it again.", pair);
  }

  // The pair that was judged last: the answers are gone through as they were asked for. Where an
  // import brought in others, the latest by its time.
  last(judged) {
    const soFar = {};
    let pair = null;
    while (Object.keys(soFar).length < Object.keys(judged).length) {
      const asked = this.next(soFar);
      const key = pairKey(asked);
      if (!Object.hasOwn(judged, key)) {
        const { judgement } = this.answers.file.answers;
        const late = (a, b) => (judgement[b].at > judgement[a].at ? b : a);
        return Object.keys(judged).sort().reduce(late).split("|");
      }
      pair = asked;
      soFar[key] = judged[key];
    }
    return pair;
  }

  get says() {
    const done = Object.keys(this.judged).length;
    const wanted = this.items.length;
    let says = `${done} judged; ${wanted} were asked for.`;
    if (!this.pair) says = `All ${done} pairs are judged.`;
    else if (done <= wanted) says = `${done} of ${wanted} judged.`;
    return `${this.told} ${says}`.trim();
  }

  get html() {
    if (!this.reveal) return "";
    const { judged } = this;
    const more = this.items.length - Object.keys(judged).length;
    if (more <= 0) return this.scaled(judged);
    return `<p>Your scale, the dates and the speakers open after ${several(more, "more judgement")}:` +
      " whoever knows them hears them.</p>";
  }

  // The learner's own scale as HTML; worked out once for a state of the judgements.
  scaled(judged) {
    const state = JSON.stringify(judged);
    if (!this.scales.has(state)) this.scales = new Map([[state, this.scale(judged)]]);
    return this.scales.get(state);
  }

  scale(judged) {
    const sorted = [...this.items].sort();
    const place = new Map(sorted.map((item, n) => [item, n]));
    const mine = Object.entries(judged).map(([key, chosen]) =>
      [...key.split("|").map(item => place.get(item)), place.has(chosen) ? place.get(chosen) : -1]);
    const unsure = mine.filter(one => one[2] < 0).length;
    const said = `<p>${capital(several(unsure, "pair"))} of ${mine.length} you called not comparable: counted` +
      " here, left out of the scale.</p>";
    const parts = partsOf(mine, sorted.length);
    if (parts.length > 1) return said + this.loose(parts, mine, sorted) + this.data.dates;
    const found = scaleOf(mine, sorted.length, this.data).map(([item, ...rest]) => [this.by.get(sorted[item]), ...rest]);
    const each = (2 * (mine.length - unsure)) / found.length;
    const few = each < this.data.wanted
      ? `<p>Each phrasing stands in ${evenly(each)} comparisons on average. ${this.data.few}</p>` : "";
    return said + this.floor(found) + few + this.places(found);
  }

  // How far apart two English versions of one sentence land.
  floor(found) {
    const groups = new Map();
    found.forEach(([{ version_of: name }], n) => {
      if (name) groups.set(name, [...(groups.get(name) || []), n]);
    });
    const pairs = [...groups].sort((a, b) => inOrder(a[0], b[0])).flatMap(([, here]) =>
      here.flatMap((a, n) => here.slice(n + 1).map(b => [found[a], found[b], found[a][1] - found[b][1], b - a])));
    pairs.sort((a, b) => b[2] - a[2]);
    const told = pairs.map(([a, b, , apart]) => `${a[0].id} and ${b[0].id} ${several(apart, "place")} apart`).join("; ");
    return "<p>Your noise floor: two Englishes that we take for one sentence lie up to" +
      ` ${fixed(pairs[0][2], 1)} log odds apart (${told}).</p>`;
  }

  places(found) {
    const lies = "Strength, and where it lies in 95 of 100 resamples";
    return htmlTable(["Place", "The words", "Whose, when", lies], found.map(
      ([{ words, whose }, strength, low, high], n) => [n + 1, `“${words}”`, whose,
        `${signed(strength, 1)} <small>(${signed(low, 1)} to ${signed(high, 1)})</small>`],
    ));
  }

  // Why there is no scale yet, how many more decided pairs it takes, which phrases hang loose.
  loose(parts, mine, sorted) {
    const most = parts.reduce((one, other) => (other.length > one.length ? other : one));
    const html = "<p><strong>No scale yet.</strong> “Can't be compared” is a real answer, and no fault:" +
      " yours are kept. A scale needs a chain of decided pairs from each phrasing to every" +
      ` other. ${capital(several(parts.length - 1, "more decided pair"))} would close the chain,` +
      " and the pairs that come next are chosen for it.</p>";
    if (most.length === 1) {
      return `${html}<p>So far no pair is decided. If none of them can be compared for you, that is a` +
        " result as well: no scale.</p>";
    }
    const others = parts.filter(part => part !== most).flat();
    const lines = others.map(item => {
      const met = mine.filter(([one, other]) => one === item || other === item).length;
      const off = met === sorted.length - 1 ? " (all its pairs are judged: it stays off)" : "";
      return `<li>${sorted[item]}: “${this.by.get(sorted[item]).words}”${off}</li>`;
    });
    return `${html}<p>${capital(several(most.length, "phrasing"))} hang together.` +
      ` ${capital(several(others.length, "phrasing"))} not yet joined to them:</p><ul>${lines.join("")}</ul>`;
  }
};

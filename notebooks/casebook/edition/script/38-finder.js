// The phrase finder: casebook/subjects/messages/widgets/finder.py, and the rules of methods.py.

const WORD = /[\p{L}\p{N}]+(?:['’-][\p{L}\p{N}]+)*/gu;
const ENDINGS = [[/ie[sd]$/, "y"], [/(?<=s|x|z)es$|(?<=ch|sh)es$/, ""], [/(?<![su])s$/, ""]];

// A word without its common English endings; words of three letters or fewer stay as they are.
function stem(word) {
  let left = word.toLowerCase().replaceAll("’", "'").replace(/'s$/, "");
  if ([...left].length <= 3) return left;
  const plural = ENDINGS.find(([pattern]) => pattern.test(left));
  if (plural) left = left.replace(...plural);
  if (/[aeiouy][a-z]*[a-z](?:ed|ing)$/.test(left)) left = left.replace(/(?<=[a-z]{2})(?:ed|ing)$/, "");
  return left
    .replace(/bility$/, "bl")
    .replace(/bly$/, "bl")
    .replace(/(?<=[a-z]{3})ly$/, "")
    .replace(/(?<=[a-z]{3})e$/, "")
    .replace(/([b-df-hj-np-tv-z])\1$/, "$1");
}

// The words of a text as they are compared, and where each stands.
function wordsAt(words, byStem) {
  const key = byStem ? stem : word => word.toLowerCase();
  return [...words.matchAll(WORD)].map(({ 0: word, index }) => [key(word), index, index + word.length]);
}

// Where the words of a phrase stand one after the other in a text: [start, end] of each.
function spansOf(words, phrase, byStem = true) {
  const sought = wordsAt(phrase, byStem).map(([key]) => key);
  const here = wordsAt(words, byStem);
  const last = sought.length ? here.length - sought.length : -1;
  return Array.from({ length: last + 1 }, (_, at) => at)
    .filter(at => sought.every((key, n) => here[at + n][0] === key))
    .map(at => [here[at][1], here[at + sought.length - 1][2]]);
}

const inOrder = (a, b) => (a < b ? -1 : a > b ? 1 : 0);

SCENES.finder = class extends Scene {
  constructor(data, answers) {
    super(data, answers);
    Object.assign(this, { wording: data.start, chosen: data.own, forms: true, day: 0, rows: false });
    this.offer();
  }

  offer() {
    this.offered = [this.data.own, ...this.data.offers.filter(([, from]) => from <= this.day).map(([words]) => words)];
    if (!this.offered.includes(this.chosen)) this.chosen = this.data.own;
  }

  type(words) {
    this.wording = words;
    if (this.chosen !== words) this.chosen = this.data.own;
  }

  get controls() {
    const { days, own } = this.data;
    return [
      text("Wording", this.wording, words => this.type(words), { autocomplete: "off" }),
      select("or choose", this.offered, this.offered.indexOf(this.chosen), at => {
        this.chosen = this.offered[at];
        if (this.chosen !== own) this.type(this.chosen);
      }),
      box("other forms too (unconditionally, supports)", this.forms, is => { this.forms = is; }),
      slide("As of", days.map(([called]) => called), this.day, at => {
        this.day = at;
        this.offer();
      }),
      box("Show the rows", this.rows, is => { this.rows = is; }),
    ];
  }

  get sought() {
    return [...this.wording].slice(0, this.data.longest).join("").trim();
  }

  // Every use of the wording, oldest first: what is shown of each as of the day.
  get hits() {
    const found = new Map();
    for (const [words, ...states] of this.data.texts) {
      const state = states.findLast(([from]) => from <= this.day);
      if (!state || (state[1].is_use && found.has(state[1].address))) continue;
      const spans = spansOf(words, this.sought, this.forms);
      if (spans.length) found.set(state[1].address, { ...state[1], words, spans });
    }
    return [...found.values()].sort((a, b) => inOrder(a.date, b.date) || inOrder(a.address, b.address));
  }

  get says() {
    const cut = [...this.wording].length > this.data.longest;
    return (cut ? `Only the first ${this.data.longest} characters are looked for. ` : "") + this.found();
  }

  found() {
    if (!this.sought) return "No wording yet.";
    const { hits } = this;
    const how = `“${this.sought}”, ${this.forms ? "in any form" : "exactly so"}, ${this.data.days[this.day][1]}`;
    if (!hits.length) return `${how}: none found among ${this.data.rows[this.day]} rows.`;
    const events = new Set(hits.map(hit => hit.event)).size;
    const weak = hits.filter(hit => hit.weak).length;
    const first = hits.find(hit => !hit.weak);
    let says = `${how}: found in ${several(hits.length, "place")}`;
    if (events !== hits.length) says += ` (${several(events, "event")})`;
    if (!first) return `${says}. All of them are weak: no first use is named.`;
    says += `. First found: ${first.day}, ${first.who}.`;
    return weak ? `${says} ${capital(several(weak, "weak row"))} left out of that comparison.` : says;
  }

  get html() {
    if (!this.sought) return "<p>Type a word or two, for instance <em>full support</em>.</p>";
    const { hits } = this;
    if (!hits.length) return this.data.none_found[this.day];
    const first = hits.find(hit => !hit.weak);
    const lines = hits.map(hit => hit.line[hit === first ? 1 : 0].join(this.quoted(hit)));
    const heads = ["Date", "Who", "The words", "Found in"].map(name => `<th scope='col'>${name}</th>`).join("");
    return `<table><thead><tr>${heads}</tr></thead><tbody>${lines.join("")}</tbody></table><p><small>First found,` +
      " not first ever: the log holds excerpts. The same word may have another object, and another" +
      ` speaker: read the words around it.</small></p>${this.rows ? this.evidence(hits) : ""}`;
  }

  // The words of a hit, those that were sought marked.
  quoted({ words, spans }) {
    let last = 0;
    const marked = spans.map(([start, end]) => {
      const before = words.slice(last, start);
      last = end;
      return `${escaped(before)}<mark>[${escaped(words.slice(start, end))}]</mark>`;
    });
    return marked.join("") + escaped(words.slice(last));
  }

  // The rows behind the hits as one table, put together from tables of a row each.
  evidence(hits) {
    const tables = hits.map(hit => hit.row).filter(Boolean);
    if (!tables.length) return this.data.no_rows;
    const body = table => table.slice(table.indexOf("<tbody>") + 7, table.indexOf("</tbody>"));
    return tables[0].replace(body(tables[0]), () => tables.map(body).join(""));
  }
};

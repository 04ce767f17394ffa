// A document of the learner's own: its claims, their codes, and its bar beside the five documents:
// casebook/subjects/coding/widgets/own_document.py.

const inWords = value => value.replaceAll("_", " ");

SCENES["own document"] = class extends Scene {
  constructor(data, answers) {
    super(data, answers);
    this.names = data.codes.map(({ code }) => code);
    const [name, claims] = this.read(this.kept("writing", data.key));
    Object.assign(this, { name, title: name, claims: claims.length ? claims : [{ claim: "" }], at: 0, by: 0 });
  }

  // The name and the claims of a kept text, without what has another shape or no value of the codes.
  read(text) {
    let found = null;
    try {
      found = JSON.parse(text);
    } catch {
      return ["", []];
    }
    if (!found || !Array.isArray(found.claims)) return ["", []];
    const { longest, most, codes } = this.data;
    const claims = found.claims.slice(0, most).filter(row => row && typeof row.claim === "string").map(row => {
      const there = codes.filter(({ code, values }) => values.includes(row[code]));
      return { claim: upTo(row.claim, longest.claim), ...Object.fromEntries(there.map(({ code }) => [code, row[code]])) };
    });
    return [typeof found.name === "string" ? upTo(found.name, longest.name) : "", claims];
  }

  get claim() {
    return this.claims[this.at];
  }

  get controls() {
    const { codes, empty } = this.data;
    const count = this.claims.length;
    const fields = codes.map(({ code, values }) => select(
      code, [empty, ...values.map(inWords)], values.indexOf(this.claim[code]) + 1,
      at => this.write({ ...this.claim, [code]: at ? values[at - 1] : undefined }),
    ));
    const words = area("In your words", this.claim.claim,
      said => this.write({ ...this.claim, claim: upTo(said.trim(), this.data.longest.claim) }), false, "one actor, one act");
    return [
      { ...text("Your document", this.title, name => this.rename(name), { placeholder: "its name" }), wide: true },
      select("Claim", this.claims.map((_, n) => `${n + 1} of ${count}`), this.at, at => this.open(at)),
      press("Add a claim", () => this.add()),
      press("Delete this claim", () => this.remove()),
      { ...words, wide: true },
      ...fields,
      select("Draw the documents by", this.names, this.by, by => Object.assign(this, { by, told: "" })),
    ];
  }

  open(at) {
    Object.assign(this, { at, told: "" });
  }

  rename(name) {
    this.title = name;
    this.name = upTo(name.trim(), this.data.longest.name);
    this.save();
  }

  write(claim) {
    const codes = this.names.filter(code => claim[code]).map(code => [code, claim[code]]);
    this.claims[this.at] = { claim: claim.claim, ...Object.fromEntries(codes) };
    this.save();
  }

  add() {
    if (this.claims.length === this.data.most) this.told = `There is room for ${number(this.data.most)} claims. `;
    else if (!this.claims.at(-1).claim) this.told = "The last claim has no words yet. ";
    else this.open(this.claims.push({ claim: "" }) - 1);
  }

  remove() {
    this.claims.splice(this.at, 1);
    if (!this.claims.length) this.claims = [{ claim: "" }];
    this.at = Math.min(this.at, this.claims.length - 1);
    this.save();
  }

  save() {
    const [one] = this.claims;
    const empty = !this.name && this.claims.length === 1 && Object.keys(one).length === 1 && !one.claim;
    const whole = coded({ name: this.name, claims: this.claims }, false);
    this.told = this.keep("writing", this.data.key, empty ? "" : whole);
  }

  // The values of the code by which the documents are drawn.
  get values() {
    return this.claims.map(claim => claim[this.names[this.by]]).filter(Boolean);
  }

  get says() {
    return `${this.told} ${this.state()}`.trim();
  }

  state() {
    const { values } = this;
    const by = this.names[this.by];
    if (!values.length) return `No ${by} is chosen yet: write a claim, and choose its ${by}.`;
    const gaps = this.claims.flatMap(claim => this.names.filter(code => claim[code] === this.data.gap)).length;
    const stand = values.length === 1 ? "stands" : "stand";
    const gap = gaps ? ` No value of the codebook fits in ${several(gaps, "place")}.` : "";
    return `${capital(several(values.length, "claim"))} of your document ${stand} in the chart.${gap}`;
  }

  get html() {
    const { five, asks } = this.data.codes[this.by];
    return (this.values.length ? this.six() : this.exhibit(five)) + asks + this.listed();
  }

  // The HTML of an exhibit around its picture, with what is drawn here and said of it.
  exhibit({ frame, picture }, above = "", said = "") {
    const svg = layered({ ...picture, definitions: this.data.definitions }, new Set(), above);
    return frame
      .replace('?" src="', () => `${escaped(said)}" src="`)
      .replace(PREFIX, () => `${PREFIX}${base64(svg)}`);
  }

  // The claims written so far, as a table.
  listed() {
    const rows = this.claims.flatMap((claim, n) => (claim.claim
      ? [[n + 1, shortened(claim.claim, 90), ...this.names.map(code => inWords(claim[code] || "–"))]] : []));
    if (!rows.length) return "";
    return htmlTable(["", "Your claim", ...this.names], rows.map(row => row.map(cell => marked(String(cell)))), "lp-rows");
  }

  // The documents and the learner's own below them.
  six() {
    const { six, values } = this.data.codes[this.by];
    const name = `▸ ${this.name || this.data.unnamed}`;
    const often = value => this.values.filter(one => one === value).length;
    const counts = values.map(value => [value, often(value)]).filter(([, count]) => count);
    const most = [...counts].sort((a, b) => b[1] - a[1]);
    const told = listed(most.map(([value, count]) => `${number(count)} “${inWords(value)}”`));
    return this.exhibit(six, this.bar(counts, name), `${name}: ${told}.`);
  }

  bar(counts, name) {
    const { six, across: [left, right], down, label } = this.data.codes[this.by];
    const part = key => six.picture.layers.find(layer => layer[0] === key)[1];
    const unit = (right - left) / this.values.length;
    let start = left;
    const marks = counts.map(([value, count]) => {
      const [from, to] = [start, start + count * unit];
      start = to;
      const bar = part(`bar ${value}`).replace(/([ML]) ([\d.]+)/g, (_, way, x) =>
        `${way} ${fixed(Math.abs(x - left) < 1 ? from : to, 3)}`);
      return `${bar}<g transform="translate(${fixed((from + to) / 2 - left, 3)} 0)">${part(`count ${count}`)}</g>`;
    });
    const short = [...name].length > label.most ? `${upTo(name, label.most - 1).trimEnd()}…` : name;
    const look = `x="${left - label.off}" y="${down}" text-anchor="end" dominant-baseline="central"` +
      ` font-family="DejaVu Sans, sans-serif" font-size="${label.size}" font-weight="bold" fill="${label.ink}"`;
    return `${marks.join("")}<text ${look}>${escaped(short)}</text>`;
  }
};

// Claims coded by the codebook, in two rounds, and what came of it:
// casebook/subjects/coding/widgets.

const ROUNDS = ["1", "2"];
const STRETCH = 5; // claims that are compared with the key at a time

SCENES.coding = class extends Scene {
  constructor(data, answers) {
    super(data, answers);
    Object.assign(this, { round: 0, at: 0, compared: false });
    this.values = new Map(data.codes.map(code => [code, data.tests[code].map(test => test[0])]));
    this.openAtFirstGap();
  }

  // What is chosen in a round, {"item/code": value}.
  mine(round = this.round, items = this.data.items) {
    const found = new Map();
    for (const { id } of items) {
      for (const code of this.data.codes) {
        const value = this.kept("coding", `${id}/${ROUNDS[round]}/${code}`);
        if (this.values.get(code).includes(value)) found.set(`${id}/${code}`, value);
      }
    }
    return found;
  }

  // The items, by their place from 1, that lack a code in this round.
  missing(round = this.round) {
    const mine = this.mine(round);
    const lacks = ({ id }) => this.data.codes.some(code => !mine.has(`${id}/${code}`));
    return this.data.items.flatMap((item, n) => (lacks(item) ? [n + 1] : []));
  }

  // The claims that can be compared: from the first on, whole stretches without a gap.
  ready() {
    const { items } = this.data;
    const gaps = this.missing();
    const without = gaps.length ? gaps[0] - 1 : items.length;
    return items.slice(0, without - (without % STRETCH));
  }

  // What is chosen of them in a round.
  comparable(round = this.round) {
    return this.mine(round, this.ready());
  }

  openAtFirstGap() {
    this.at = (this.missing()[0] || 1) - 1;
  }

  step(by) {
    this.told = "";
    const to = this.at + by;
    if (to < 0 || to >= this.data.items.length) {
      this.told = `There is no ${by < 0 ? "earlier" : "later"} claim. `;
      return;
    }
    Object.assign(this, { at: to, compared: false });
  }

  choose(code, value) {
    const { id } = this.data.items[this.at];
    const problem = this.keep("coding", `${id}/${ROUNDS[this.round]}/${code}`, value);
    this.compared = false;
    this.told = problem ? `${problem} ` : "";
  }

  turn(round) {
    if (round === 1 && this.missing(0).length) {
      this.told = "The second round opens when the first is complete. ";
      return;
    }
    Object.assign(this, { round, compared: false, told: "" });
    this.openAtFirstGap();
  }

  compare() {
    const ready = this.ready().length > 0;
    this.compared = ready && !this.compared;
    this.told = ready ? "" :
      "The key is shown for five claims at a time, when each of them has its four codes. ";
  }

  get controls() {
    const { codes, empty, rounds, passages } = this.data;
    const first = [
      select("Round", rounds, this.round, at => this.turn(at)),
      press("Previous", () => this.step(-1)),
      press("Next", () => this.step(1)),
      press("Compare with the key", () => this.compare()),
    ];
    if (this.compared) return first;
    const asked = codes.flatMap(code => {
      const values = this.values.get(code);
      const field = select(code, [empty, ...values.map(inWords)], values.indexOf(this.chosen(code)) + 1,
        at => this.choose(code, at ? values[at - 1] : ""));
      return [field, told(this.tests(code))];
    });
    return [...first, told(passages[this.at]), ...asked];
  }

  chosen(code) {
    return this.mine().get(`${this.data.items[this.at].id}/${code}`) || "";
  }

  // The code's question and the test question of each value, the chosen one marked.
  tests(code) {
    const chosen = this.chosen(code);
    const lines = this.data.tests[code].map(([value, test]) =>
      `<li>${value === chosen ? `<strong>${inWords(value)}</strong>` : inWords(value)}: ${test}</li>`);
    return `<div style='line-height: 1.3'><small>${this.data.asks[code]}<ul style='margin: 0;` +
      ` padding-left: 18px'>${lines.join("")}</ul></small></div>`;
  }

  get says() {
    const { codes, items, rounds } = this.data;
    if (this.compared) return this.told + this.summary();
    const mine = this.mine();
    const gaps = this.missing();
    const ready = this.ready();
    const here = codes.filter(code => mine.has(`${items[this.at].id}/${code}`)).length;
    const done = items.length - gaps.length;
    const next = gaps.length ? `; the next to do is claim ${gaps[0]}.` : ": compare with the key.";
    return `${this.told}Claim ${this.at + 1} of ${items.length}, ${rounds[this.round]}: ${number(here)} of ` +
      `${number(codes.length)} codes chosen. ${capital(several(done, "claim"))} of ${items.length} complete${next}` +
      (gaps.length && ready.length ? ` The first ${number(ready.length)} can be compared.` : "");
  }

  get html() {
    if (!this.compared) return "";
    return this.agreement() + this.confusions() + this.contested() + (this.round ? this.changed() : "");
  }

  // How far the learner agrees with the key, by code; contested items are left out.
  get figures() {
    const mine = this.comparable();
    return this.data.codes.map(code => {
      const pairs = this.data.key.filter(([id, its, , , , contested]) =>
        its === code && !contested && mine.has(`${id}/${code}`))
        .map(([id, , , , settled]) => [mine.get(`${id}/${code}`), settled]);
      const same = pairs.filter(([one, other]) => one === other).length;
      return { code, items: pairs.length, same, kappa: kappa(pairs, same) };
    });
  }

  summary() {
    const told = this.figures.map(one => `${one.code} ${one.same} of ${one.items}`).join(", ");
    const count = this.ready().length;
    return `Agreement with the key, ${this.data.rounds[this.round]}, ${count} claims: ${told}. The key is one project's` +
      " settled coding, not the truth; contested codes are not counted. Press the button once more to" +
      " see the claims again.";
  }

  agreement() {
    const heads = ["Code", "Same as the key", "Corrected for chance (Cohen&#x27;s kappa)"];
    const rows = this.figures.map(({ code, same, items, kappa: found }) => [
      code,
      `${same} of ${items} (${percent(items ? same / items : 0)})`,
      found === null ? "not defined: one value only" : fixed(found, 2),
    ]);
    return `<h4>Agreement with the key</h4>${htmlTable(heads, rows)}<p><small>1 is full agreement,` +
      " 0 is what chance gives, below 0 is less than chance. With so few claims one more slip moves" +
      " it much.</small></p>";
  }

  place(id) {
    return `claim ${this.data.items.findIndex(item => item.id === id) + 1}`;
  }

  confusions() {
    const { key, codes, items, book } = this.data;
    const mine = this.comparable();
    const found = new Map();
    for (const [id, code, , , settled, contested] of key) {
      const said = mine.get(`${id}/${code}`);
      if (contested || said === undefined || said === settled) continue;
      const name = JSON.stringify([code, said, settled]);
      found.set(name, [...(found.get(name) || []), id]);
    }
    if (!found.size) {
      return "<h4>What was taken for what</h4><p>Nothing: every code that is not contested is as in the key.</p>";
    }
    const rows = [...found].map(([name, ids]) => [...JSON.parse(name), ids]);
    rows.sort((a, b) => b[3].length - a[3].length || codes.indexOf(a[0]) - codes.indexOf(b[0]) ||
      inOrder(a[1], b[1]) || inOrder(a[2], b[2]));
    const told = id => `${this.place(id)}: ${items.find(item => item.id === id).told}`;
    const often = count => ({ 1: "once", 2: "twice" })[count] || `${count} times`;
    const lines = rows.map(([code, said, settled, ids]) =>
      `<li><strong>${code}</strong>: you said “${inWords(said)}” where the key says “${inWords(settled)}”,` +
      ` ${often(ids.length)} (${ids.map(told).join("; ")}). “${capital(inWords(settled))}” asks:` +
      ` ${book[`${code}/${settled}`][0]} The near miss of “${inWords(said)}”: ${book[`${code}/${said}`][1]}.</li>`);
    return `<h4>What was taken for what</h4><ul>${lines.join("")}</ul>`;
  }

  contested() {
    const mine = this.comparable();
    const here = new Set(this.ready().map(item => item.id));
    const rows = this.data.key.filter(row => row[5] && here.has(row[0])).map(([id, code, first, second, settled]) => {
      const mark = this.data.badge.replace("?", inWords(mine.get(`${id}/${code}`) || "–"));
      const item = this.data.items.find(one => one.id === id);
      return [`${capital(this.place(id))}, ${code}`, item.contested, inWords(first), inWords(second), mark, inWords(settled)];
    });
    const heads = ["Claim, code", "What it says", "First coder", "Second coder", "You", "Settled later"];
    return "<h4>Contested: our two coders parted here, so nobody is counted wrong</h4>" +
      `${htmlTable(heads, rows)}<p>With whom do you side, and which word of the claim decides it?</p>`;
  }

  changed() {
    const { key, moves } = this.data;
    const [first, second] = [this.comparable(0), this.comparable(1)];
    const found = key.flatMap(([id, code, , , settled, contested]) => {
      const [before, after] = [first, second].map(round => round.get(`${id}/${code}`));
      if (!before || !after || before === after) return [];
      const plain = after === settled ? "to the key" : before === settled ? "from the key" : "elsewhere";
      return [{ id, code, before, after, move: contested ? "contested" : plain }];
    });
    if (!found.length) {
      return "<h4>From the first round to the second</h4><p>You changed nothing: you agree with yourself.</p>";
    }
    const counts = new Map();
    for (const { move } of found) counts.set(move, (counts.get(move) || 0) + 1);
    const told = [...counts].sort((a, b) => b[1] - a[1]).map(([move, count]) => `${number(count)} ${moves[move]}`);
    const lines = found.map(({ id, code, before, after }) =>
      `<li>${capital(this.place(id))}, ${code}: “${inWords(before)}” → “${inWords(after)}”</li>`);
    return `<h4>From the first round to the second: ${several(found.length, "change")}</h4>` +
      `<p>${capital(listed(told))}. A change towards the key after you have seen it is memory as much as` +
      ` skill.</p><ul>${lines.join("")}</ul>`;
  }
};

// Cohen's kappa of pairs of values; null without pairs or where chance agrees always.
function kappa(pairs, same) {
  if (!pairs.length) return null;
  const count = (side, value) => pairs.filter(pair => pair[side] === value).length;
  const values = [...new Set(pairs.map(pair => pair[0]))];
  const both = values.reduce((all, value) => all + count(0, value) * count(1, value), 0);
  const expected = both / pairs.length ** 2;
  return expected === 1 ? null : (same / pairs.length - expected) / (1 - expected);
}

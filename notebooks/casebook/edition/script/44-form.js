// A form before the lessons, or after them, whose first answers stay:
// casebook/exercises/form_widget.py.

SCENES.form = class extends Scene {
  constructor(data, answers) {
    super(data, answers);
    this.given = data.items.map(({ choices, key }) => {
      const last = this.kept(choices.length ? "prediction" : "writing", key);
      return !choices.length || choices.some(choice => choice[0] === last) ? last : null;
    });
    this.locked = this.given.some(given => given !== null);
    this.told = this.locked ? data.done : data.ready;
  }

  get controls() {
    const fields = this.data.items.flatMap(({ asked, choices }, n) => {
      const name = `Answer ${n + 1}`;
      const values = choices.map(choice => choice[0]);
      const field = choices.length
        ? radio(name, choices.map(choice => choice[1]), values.indexOf(this.given[n]),
          at => { this.given[n] = values[at]; }, this.locked)
        : area(name, this.given[n] || "", words => { this.given[n] = words; }, this.locked);
      return [told(asked), field];
    });
    return [...fields, press("I have finished", () => this.finish())]; // disabled it would lose the focus
  }

  finish() {
    if (this.locked) {
      this.told = this.data.done;
      return;
    }
    const empty = this.given.flatMap((given, n) => (given ? [] : [n + 1]));
    if (empty.length) {
      this.told = `Not yet answered: ${empty.join(", ")}. “I don't know” is an answer too.`;
      return;
    }
    const trouble = this.data.items.map(({ choices, key }, n) => {
      const words = upTo(this.given[n].trim(), this.data.longest);
      return this.keep(choices.length ? "prediction" : "writing", key, words);
    }).filter(Boolean);
    this.locked = !trouble.length;
    this.told = [...new Set(trouble)].join(" ") || this.data.done;
  }

  get says() {
    return this.told;
  }

  get html() {
    return "";
  }
};

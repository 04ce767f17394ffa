// A declared panel without its looks: values of the controls by their numbers, and what is shown.
// The rules are those of casebook/panel/explore.py: offer what fits, then set what follows.

class PanelModel {
  constructor(data, parts) {
    this.data = data;
    this.parts = parts;
    this.values = [...data.values];
    this.kept = data.controls.map(() => new Map());
    this.line = "";
  }

  // The options of a control beside the values of those that it needs, and where it starts.
  offer(which) {
    const control = this.data.controls[which];
    return control.offers[control.needs.map(need => this.values[need]).join()];
  }

  start(which) {
    return this.offer(which).start;
  }

  move(which, value) {
    const before = this.values[which];
    if (value === before) return;
    this.values[which] = value;
    this.line = "";
    this.fit(which);
    this.follow(which, before, value);
  }

  fit(first) {
    const moved = new Set([first]);
    this.data.controls.forEach((control, which) => {
      if (!control.needs.some(need => moved.has(need))) return;
      const there = this.offer(which).options.map(option => option[1]);
      if (there.includes(this.values[which])) return;
      this.values[which] = this.start(which);
      moved.add(which);
    });
  }

  follow(first, before, value) {
    this.data.controls.forEach((control, which) => {
      if (control.per === first) this.kept[which].set(before, this.values[which]);
      if (control.per !== first && !control.anew.includes(first)) return;
      const kept = this.kept[which].get(value);
      this.values[which] = kept === undefined ? this.start(which) : kept;
    });
  }

  // Earlier and Later: one step along the slider, or a remark at its ends.
  step(which, by) {
    const there = this.offer(which).options.map(option => option[1]);
    const next = there[there.indexOf(this.values[which]) + by];
    if (next === undefined) this.line = this.data.edges[by < 0 ? 0 : 1];
    else this.move(which, next);
  }

  get state() {
    return this.data.states[this.values.join()];
  }

  get html() {
    return joined(this.parts, this.data.html[this.state[0]]);
  }

  get says() {
    return `${this.line} ${this.data.says[this.state[1]]}`.trim();
  }

  get rows() {
    return joined(this.parts, this.data.rows[this.state[2]]);
  }
}

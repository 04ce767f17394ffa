// What a learner did, kept in this browser in the form of my_work/answers.json
// (casebook/answers/shape.py), so that exports of both kinds are one kind.

const STORE = "letters-to-pact answers";
const SCHEMA = "casebook answers";
const VERSION = 1;
const CHOICES = ["exercise", "prediction", "forecast", "judgement", "coding"];
const KINDS = [...CHOICES, "writing"];
const KEY = /^[A-Za-z0-9][A-Za-z0-9 ._|@/:+¶-]{0,119}$/;
const PSEUDONYM = /^[A-Za-z0-9][A-Za-z0-9-]{1,19}$/;
const AT = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/;
const MOST_BYTES = 1e6;
const REFUSED =
  "Not saved: this browser keeps nothing for this page (a private window?). " +
  "Your answer is held until you leave the page; export it before.";

const now = () => new Date().toISOString().replace(/\.\d+Z$/, "Z");

function nobody() {
  const bytes = crypto.getRandomValues(new Uint8Array(3));
  const name = [...bytes].map(byte => byte.toString(16).padStart(2, "0")).join("");
  return { answers: {}, learner: `learner-${name}`, schema: SCHEMA, version: VERSION };
}

// A value as Python's json writes it, names sorted or as they come.
function coded(value, sorted = true) {
  if (Array.isArray(value)) return `[${value.map(one => coded(one, sorted)).join(", ")}]`;
  if (value === null || typeof value !== "object") return JSON.stringify(value);
  const names = sorted ? Object.keys(value).sort() : Object.keys(value);
  return `{${names.map(name => `${coded(name)}: ${coded(value[name], sorted)}`).join(", ")}}`;
}

// The file that holds a learner's answers: the same bytes as casebook.answers.shape.written.
function written(learner, answers) {
  const kinds = Object.keys(answers).sort().filter(kind => Object.keys(answers[kind]).length);
  const parts = kinds.map(kind => {
    const keys = Object.keys(answers[kind]).sort();
    const lines = keys.map(key => `   ${coded(key)}: ${coded(answers[kind][key])}`);
    return `  ${coded(kind)}: {\n${lines.join(",\n")}\n  }`;
  });
  const all = parts.length ? `{\n${parts.join(",\n")}\n }` : "{}";
  const name = coded(learner);
  return `{\n "answers": ${all},\n "learner": ${name},\n "schema": ${coded(SCHEMA)},\n "version": ${VERSION}\n}\n`;
}

function isText(value) {
  return typeof value === "string" && value.length <= 500;
}

// Whether a value may stand in a file of answers.
function fits(kind, value) {
  if (kind === "writing") return typeof value === "string" && value.length <= 50000;
  if (kind === "forecast") return value === "known" || (value >= 0 && value <= 1);
  if (kind === "judgement" || kind === "coding") return isText(value) && value !== "";
  if (typeof value === "number") return Math.abs(value) <= 1e12;
  if (value === null || typeof value !== "object") return isText(value);
  const parts = Array.isArray(value) ? value : [...Object.keys(value), ...Object.values(value)];
  return Object.keys(value).length <= 60 && parts.every(isText);
}

// The good entries of a file, [kind, key, entry], and how many are not. Throws what is wrong.
function read(text) {
  if (text.length > MOST_BYTES) throw new Error("it is larger than 1 MB");
  let file = null;
  try {
    file = JSON.parse(text.replace(/^\ufeff/, ""));
  } catch {
    throw new Error("it is no JSON");
  }
  if (!file || file.schema !== SCHEMA || typeof file.answers !== "object") {
    throw new Error("it is no file of answers of this casebook");
  }
  if (file.version !== VERSION) throw new Error(`its version is ${String(file.version)}`);
  const entries = Object.entries(file.answers || {}).flatMap(([kind, kept]) =>
    Object.entries(kept || {}).map(([key, entry]) => [kind, key, entry]));
  const good = entries.filter(([kind, key, entry]) =>
    KINDS.includes(kind) && KEY.test(key) && entry && AT.test(entry.at) && fits(kind, entry.value));
  return { learner: file.learner, good, bad: entries.length - good.length };
}

class Answers {
  constructor() {
    this.held = null; // what the browser refused to keep
  }

  get file() {
    if (this.held) return this.held;
    try {
      const file = JSON.parse(localStorage.getItem(STORE));
      if (file && file.schema === SCHEMA && file.version === VERSION) return file;
    } catch {
      // Refused, or not ours: begin anew.
    }
    return nobody();
  }

  heard() {} // called when something was kept

  // "", or why it is not saved.
  save(file) {
    try {
      localStorage.setItem(STORE, JSON.stringify(file));
      this.held = null;
      return "";
    } catch {
      this.held = file;
      return REFUSED;
    }
  }

  kept(kind, key) {
    const found = (this.file.answers[kind] || {})[key];
    return found ? found.value : null;
  }

  // Keep a value, or forget it where it is empty; as casebook/panel/kept.py does.
  keep(kind, key, answer) {
    const file = this.file;
    const value = Array.isArray(answer) ? [...answer].sort() : this.given(answer);
    const kept = file.answers[kind] || {};
    if (isEmpty(value)) delete kept[key];
    else kept[key] = { at: now(), value };
    file.answers[kind] = kept;
    const problem = this.save(file);
    this.heard();
    return problem;
  }

  // An answer without its gaps.
  given(answer) {
    if (answer === null || typeof answer !== "object") return answer;
    return Object.fromEntries(Object.entries(answer).filter(part => part[1]));
  }

  count(kinds = KINDS) {
    const { answers } = this.file;
    return kinds.reduce((sum, kind) => sum + Object.keys(answers[kind] || {}).length, 0);
  }

  // Choices only, each with its day: what was written stays here, and so does the time of day.
  exported() {
    const { learner, answers } = this.file;
    const days = kept => Object.fromEntries(Object.entries(kept).map(([key, entry]) =>
      [key, { ...entry, at: `${entry.at.slice(0, 10)}T00:00:00Z` }]));
    const choices = CHOICES.filter(kind => answers[kind]).map(kind => [kind, days(answers[kind])]);
    return written(learner, Object.fromEntries(choices));
  }

  // What importing these entries would do.
  plan(entries) {
    const plan = { fresh: [], newer: [], older: [], same: 0 };
    const { answers } = this.file;
    for (const [kind, key, entry] of entries) {
      const found = { at: entry.at < now() ? entry.at : now(), value: entry.value };
      const mine = (answers[kind] || {})[key];
      const place = [kind, key, found];
      if (!mine) plan.fresh.push(place);
      else if (coded(mine.value) === coded(found.value)) plan.same += 1;
      else if (found.at > mine.at) plan.newer.push(place);
      else plan.older.push(place);
    }
    return plan;
  }

  add(entries) {
    const file = this.file;
    for (const [kind, key, entry] of entries) {
      file.answers[kind] = file.answers[kind] || {};
      file.answers[kind][key] = entry;
    }
    return this.save(file);
  }

  rename(learner) {
    return this.save({ ...this.file, learner });
  }

  forgetAll() {
    this.held = null;
    try {
      localStorage.removeItem(STORE);
    } catch {
      // It kept nothing anyway.
    }
  }
}

// A scale from judgements of pairs: casebook/subjects/commitment/methods. The strengths are those of
// choix's ilsr_pairwise_dense, to the last shown digit; the resamples are drawn by a generator of
// our own, so their intervals are Python's within the noise of 200 draws.

// What stays where a chain of rates has run long: the weights of its states.
function stationary(rates) {
  const size = rates.length;
  // x · rates = 0 with x[last] = 1: for each state but the last one equation.
  const rows = Array.from({ length: size - 1 }, (_, j) =>
    [...rates.slice(0, -1).map(row => row[j]), -rates[size - 1][j]]);
  for (let at = 0; at < size - 1; at += 1) {
    const best = rows.slice(at).reduce((top, row, n) =>
      (Math.abs(row[at]) > Math.abs(rows[top][at]) ? at + n : top), at);
    [rows[at], rows[best]] = [rows[best], rows[at]];
    for (let below = at + 1; below < size - 1; below += 1) {
      const share = rows[below][at] / rows[at][at];
      if (share) for (let k = at; k < size; k += 1) rows[below][k] -= share * rows[at][k];
    }
  }
  const found = Array(size).fill(1);
  for (let at = size - 2; at >= 0; at -= 1) {
    const rest = rows[at].slice(at + 1, -1).reduce((all, value, n) => all + value * found[at + 1 + n], 0);
    found[at] = (rows[at][size - 1] - rest) / rows[at][at];
  }
  return found;
}

const centred = values => {
  const middle = values.reduce((all, value) => all + value, 0) / values.length;
  return values.map(value => value - middle);
};

// Strengths (log odds, mean 0) from a matrix of wins.
function strengthsOf(wins, alpha, start = null) {
  const size = wins.length;
  let found = start;
  for (let round = 0; round < 2000; round += 1) {
    const raw = found ? found.map(Math.exp) : Array(size).fill(1);
    const whole = raw.reduce((all, weight) => all + weight, 0);
    const weights = raw.map(weight => (weight * size) / whole);
    const rates = wins.map((_, i) =>
      wins.map((row, j) => alpha + row[i] / (weights[i] + weights[j])));
    rates.forEach((row, i) => {
      row[i] -= row.reduce((all, rate) => all + rate, 0);
    });
    const next = centred(stationary(rates).map(Math.log));
    const moved = found && round > 0
      ? next.reduce((all, value, n) => all + Math.abs(value - found[n]), 0) : Infinity;
    found = next;
    if (moved <= 1e-8 * size) return found;
  }
  throw new Error("The scale does not settle.");
}

// Numbers from 0 to 1 from a seed, the same on every machine (mulberry32).
function generator(seed) {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
  };
}

// The value below which a share of the values lies, as numpy's percentile has it.
function quantile(values, share) {
  const sorted = [...values].sort((a, b) => a - b);
  const place = share * (sorted.length - 1);
  const low = Math.floor(place);
  const next = sorted[Math.min(low + 1, sorted.length - 1)];
  return sorted[low] + (place - low) * (next - sorted[low]);
}

// Items × items: how often the row was chosen over the column. ``judged`` are [one, other, chosen],
// by their places; chosen -1: not comparable.
function winsOf(judged, size) {
  const wins = Array.from({ length: size }, () => Array(size).fill(0));
  for (const [one, other, chosen] of judged) {
    if (chosen >= 0) wins[chosen][chosen === one ? other : one] += 1;
  }
  return wins;
}

// Groups of items that hang together by decided comparisons.
function partsOf(judged, size) {
  const left = new Set(Array.from({ length: size }, (_, n) => n));
  const parts = [];
  while (left.size) {
    const part = new Set([Math.min(...left)]);
    for (const item of part) {
      for (const [one, other, chosen] of judged) {
        if (chosen >= 0 && (one === item || other === item)) part.add(one === item ? other : one);
      }
    }
    parts.push([...part].sort((a, b) => a - b));
    part.forEach(item => left.delete(item));
  }
  return parts;
}

// [item, strength, low, high] of each item, the strongest first.
function scaleOf(judged, size, { alpha, times, seed }) {
  const found = strengthsOf(winsOf(judged, size), alpha);
  const dice = generator(seed);
  const resamples = Array.from({ length: times }, () => {
    const drawn = judged.map(() => judged[Math.floor(dice() * judged.length)]);
    return strengthsOf(winsOf(drawn, size), alpha, found);
  });
  return found
    .map((strength, item) => {
      const drawn = resamples.map(resample => resample[item]);
      return [item, strength, quantile(drawn, 0.025), quantile(drawn, 0.975)];
    })
    .sort((a, b) => b[1] - a[1]);
}

const CRC = Array.from({ length: 256 }, (_, n) => {
  let value = n;
  for (let bit = 0; bit < 8; bit += 1) value = value & 1 ? (value >>> 1) ^ 0xedb88320 : value >>> 1;
  return value;
});

// A checksum, the same on every machine.
function crc32(words) {
  let sum32 = 0xffffffff;
  for (const byte of new TextEncoder().encode(words)) sum32 = CRC[(sum32 ^ byte) & 255] ^ (sum32 >>> 8);
  return (sum32 ^ 0xffffffff) >>> 0;
}

// Which pair to judge next, null if all are; ``judged`` is {"P03|P11": "P03"}.
function nextPair(items, judged, opening, cannot) {
  if (!Object.hasOwn(judged, [...opening].sort().join("|"))) return opening;
  const shown = new Map(items.map(item => [item, 0]));
  const group = new Map(items.map(item => [item, item]));
  for (const [key, chosen] of Object.entries(judged)) {
    const [one, other] = key.split("|");
    for (const item of [one, other]) shown.set(item, shown.get(item) + 1);
    if (chosen === cannot) continue;
    const [old, now] = [group.get(one), group.get(other)];
    for (const [item, name] of group) if (name === old) group.set(item, now);
  }
  const soFar = Object.keys(judged).sort().map(key => `${key}=${judged[key]}`).join(" ");
  const sorted = [...items].sort();
  const ranks = sorted.flatMap((one, n) => sorted.slice(n + 1).map(other => [one, other]))
    .filter(pair => !Object.hasOwn(judged, pair.join("|")))
    .map(([one, other]) => {
      const [a, b] = [shown.get(one), shown.get(other)];
      return { pair: [one, other], by: [Number(group.get(one) === group.get(other)), Math.max(a, b), a + b] };
    });
  if (!ranks.length) return null;
  const first = (a, b) => a.by.map((value, n) => value - b.by[n]).find(Boolean) || 0;
  const [best] = [...ranks].sort(first);
  // The answers so far decide between equals.
  const equals = ranks.filter(one => first(one, best) === 0)
    .map(({ pair }) => [crc32(`${pair.join(" ")} ${soFar}`), pair]);
  const [check, pair] = equals.reduce((least, one) => (one[0] < least[0] ? one : least));
  return check % 2 ? pair : [...pair].reverse();
}

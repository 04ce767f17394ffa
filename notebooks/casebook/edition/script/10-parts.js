// Puts texts together from parts that are stored once; casebook/edition/parts.py took them apart.
"use strict";

const casebook = { rows: {}, address: / /, page: null };
window.casebook = casebook;

const PREFIX = "data:image/svg+xml;base64,";
const CODED = /data:image\/svg\+xml;base64,([A-Za-z0-9+/=]+)/;
const PICTURE = /\u0001([^\u0002]*)\u0002/g;

function base64(text) {
  const bytes = new TextEncoder().encode(text);
  let binary = "";
  // In slices: a call takes only so many arguments.
  for (let at = 0; at < bytes.length; at += 8192) {
    binary += String.fromCharCode(...bytes.subarray(at, at + 8192));
  }
  return btoa(binary);
}

function unveiled(coded) {
  const bytes = Uint8Array.from(atob(coded), letter => letter.charCodeAt(0));
  return JSON.parse(new TextDecoder().decode(bytes));
}

function joined(parts, numbers) {
  const text = numbers.map(number => parts[number]).join("");
  return text.replace(PICTURE, (_, svg) => `${PREFIX}${base64(svg)}`);
}

// The SVG of a picture in layers that shows the parts of these names, and above them what is drawn
// here: casebook/figure/layers.py.
function layered({ head, layers, definitions }, wanted, above = "") {
  const shown = layers.filter(([name]) => !name || wanted.has(name)).map(layer => layer[1]);
  const body = [...shown, above].join("");
  const used = [...body.matchAll(/(?:href="|url\()#([^")]+)/g)].map(found => found[1]);
  const names = [...new Set(used)].sort();
  const defined = names.map(name => definitions[name]).join("");
  return `${head}${body}  </g>\n </g>\n <defs>\n${defined} </defs>\n</svg>\n`;
}

function escaped(text) {
  const names = { "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;", "'": "&#x27;" };
  return text.replace(/[&<>"']/g, sign => names[sign]);
}

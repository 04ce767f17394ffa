// Puts texts together from parts that are stored once; casebook/edition/parts.py took them apart.
"use strict";

const casebook = { rows: {}, address: / /, page: null };
window.casebook = casebook;

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
  return text.replace(PICTURE, (_, svg) => `data:image/svg+xml;base64,${base64(svg)}`);
}

function escaped(text) {
  const names = { "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;", "'": "&#x27;" };
  return text.replace(/[&<>"']/g, sign => names[sign]);
}

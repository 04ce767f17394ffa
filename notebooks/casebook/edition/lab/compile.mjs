// node compile.mjs PLAIN OUT KEPT: every wheel of a Pyodide distribution with its modules compiled by the very
// Python that will run them, so that no browser compiles them again; core and lock beside them. In KEPT lies what was
// compiled before. What `help` shows is left out.
import crypto from "node:crypto";
import fs from "node:fs";
import path from "node:path";
import { pathToFileURL } from "node:url";

const [plain, out, kept] = process.argv.slice(2, 5).map((folder) => path.resolve(folder));

// A hash-based, unchecked .pyc in the module's place needs no source beside it, and no clock.
const COMPILER = `
import importlib.util, io, zipfile
from importlib._bootstrap_external import _code_to_hash_pyc

def compiled(raw):
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(bytes(raw))) as old, zipfile.ZipFile(out, "w") as new:
        for info in old.infolist():
            name, content = info.filename, old.read(info)
            if name.endswith(".py") and ".data/" not in name:
                try:
                    code = compile(content, "/lib/python3.14/site-packages/" + name, "exec", dont_inherit=True, optimize=2)
                    content = bytes(_code_to_hash_pyc(code, importlib.util.source_hash(content), False))
                    name += "c"
                except SyntaxError:
                    pass  # a template, never imported
            new.writestr(zipfile.ZipInfo(name, info.date_time), content, zipfile.ZIP_DEFLATED, 9)
    return out.getvalue()
`;
let python; // started when something is to be compiled

async function compile(raw) {
  if (!python) {
    const { loadPyodide } = await import(pathToFileURL(path.join(plain, "pyodide.mjs")).href);
    python = await loadPyodide({ indexURL: plain + path.sep });
    python.runPython(COMPILER);
  }
  const made = python.globals.get("compiled")(python.toPy(new Uint8Array(raw)));
  const wheel = Buffer.from(made.toJs());
  made.destroy();
  return wheel;
}

const hash = (content) => crypto.createHash("sha256").update(content).digest("hex");
const by = hash(fs.readFileSync(path.join(plain, "pyodide.asm.wasm")) + COMPILER);
const lock = JSON.parse(fs.readFileSync(path.join(plain, "pyodide-lock.json"), "utf-8"));
const entries = new Map(Object.values(lock.packages).map((entry) => [entry.file_name, entry]));

for (const name of fs.readdirSync(plain).sort()) {
  const raw = fs.readFileSync(path.join(plain, name));
  const entry = entries.get(name);
  if (!entry) {
    fs.writeFileSync(path.join(out, name), raw);
    continue;
  }
  const before = path.join(kept, `${hash(by + entry.sha256)}.whl`);
  if (!fs.existsSync(before)) fs.writeFileSync(before, await compile(raw));
  const wheel = fs.readFileSync(before);
  entry.sha256 = hash(wheel);
  // The build number tells the content: a browser's cache never gives one version for another.
  const parts = name.split("-");
  parts[parts.length - 4] = String(parseInt(entry.sha256.slice(0, 8), 16));
  entry.file_name = parts.join("-");
  fs.writeFileSync(path.join(out, entry.file_name), wheel);
}
fs.writeFileSync(path.join(out, "pyodide-lock.json"), JSON.stringify(lock, null, 1));

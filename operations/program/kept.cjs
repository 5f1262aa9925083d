// Where compiled programs are kept, each named by what it was made of.
"use strict";

const { createHash } = require("node:crypto");
const fs = require("node:fs");
const { join } = require("node:path");

const root = join(__dirname, "../..");
const kept = join(root, "node_modules/.cache/synth");
/** So many programs are kept: one is used, the others are of sources that somebody may go back to. */
const mostKept = 4;
/** What main.ts does not import. */
const otherFolders = ["__tests__", "bench", "coverage", "demo", "docs", "examples", "preview", "cdktf.out"];

/** Sources, lock files and Node's version, in one word. */
function keyOfSources() {
  const hash = createHash("sha256").update(`${process.version} ${process.arch}`);
  const add = (path, content) => hash.update(`\0${path}\0`).update(content);
  const addFolder = (folder) => {
    const names = fs.readdirSync(join(root, folder), { withFileTypes: true });
    for (const entry of names.sort((a, b) => (a.name < b.name ? -1 : 1))) {
      const path = folder === "" ? entry.name : `${folder}/${entry.name}`;
      if (entry.name.startsWith(".") || entry.name === "node_modules" || otherFolders.includes(path))
        continue;
      if (entry.isDirectory()) addFolder(path);
      else if (/\.([cm]?[jt]s|json)$/.test(entry.name)) add(path, fs.readFileSync(join(root, path)));
    }
  };
  addFolder("");
  const installed = "node_modules/.package-lock.json";
  if (fs.existsSync(join(root, installed))) add(installed, fs.readFileSync(join(root, installed)));
  return hash.digest("hex").slice(0, 32);
}

function stampOf(path) {
  const { size, mtimeMs } = fs.statSync(join(root, path));
  return `${String(size)} ${String(mtimeMs)}`;
}

function read(key) {
  try {
    const packages = JSON.parse(fs.readFileSync(join(kept, `${key}.json`), "utf8"));
    if (packages.some(([path, stamp]) => stampOf(path) !== stamp)) return undefined;
    // Only ASCII is in it.
    const code = fs.readFileSync(join(kept, `${key}.js`), "latin1");
    return { code, packages, compiled: fs.readFileSync(join(kept, `${key}.bin`)) };
  } catch {
    return undefined;
  }
}

/** Each file appears as a whole, or not at all; the list of packages, without which none is read, comes last. */
function keep(key, code, packages, compiled) {
  try {
    fs.mkdirSync(kept, { recursive: true });
    const write = (name, content) => {
      const temporary = join(kept, `.${String(process.pid)}-${name}`);
      fs.writeFileSync(temporary, content);
      fs.renameSync(temporary, join(kept, name));
    };
    write(`${key}.js`, code);
    write(`${key}.bin`, compiled);
    write(`${key}.json`, JSON.stringify(packages));
    removeOldest();
  } catch {
    // A file system that cannot be written: the next time takes as long.
  }
}

function removeOldest() {
  const lists = fs.readdirSync(kept).filter((name) => name.endsWith(".json"));
  const byAge = lists
    .map((name) => ({ key: name.slice(0, -5), time: fs.statSync(join(kept, name)).mtimeMs }))
    .sort((a, b) => b.time - a.time);
  for (const { key } of byAge.slice(mostKept)) {
    for (const kind of ["json", "js", "bin"]) fs.rmSync(join(kept, `${key}.${kind}`), { force: true });
  }
}

module.exports = { keep, keyOfSources, read, root, stampOf };

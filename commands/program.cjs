// main.ts and all that it imports as one script, compiled: made by esbuild, kept with V8's compiled code, so that the
// next synth neither looks for some 800 files nor compiles them. What is kept is named by the contents of all sources and
// of the lock files and by the version of Node: it cannot grow stale. Without it all works, only slower.
"use strict";

const { createHash } = require("node:crypto");
const fs = require("node:fs");
const { join, relative } = require("node:path");
const vm = require("node:vm");

const root = join(__dirname, "..");
const kept = join(root, "node_modules/.cache/synth");
/** What stack traces call the program. It is kept with the compiled code: a path would be that of where it was compiled. */
const scriptName = "the compiled main.ts";
/** So many programs are kept: one is used, the others are of sources that somebody may go back to. */
const mostKept = 4;
/** What main.ts does not import. */
const otherFolders = ["__tests__", "bench", "coverage", "demo", "docs", "examples", "preview", "cdktf.out"];

/**
 * The program as a compiled script, whose name is `scriptName`.
 * @returns the script, and what keeps it for the next time, to be called when it has run: by then all is compiled
 * @throws Error of esbuild, with `errors`, for sources that are no TypeScript
 */
function compile() {
  const key = keyOfSources();
  const found = read(key);
  const { code, packages } = found ?? build(key);
  const script = new vm.Script(code, { filename: scriptName, cachedData: found?.compiled });
  const isKept = found !== undefined && script.cachedDataRejected === false;
  return { script, keep: () => isKept || keep(key, code, packages, script.createCachedData()) };
}

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

function build(key) {
  const { outputFiles, metafile } = bundle({ metafile: true });
  // A file of a package that somebody changed by hand is seen by its size and time.
  const paths = Object.keys(metafile.inputs).filter((path) => path.includes("node_modules/"));
  return { key, code: outputFiles[0].text, packages: paths.map((path) => [path, stampOf(path)]) };
}

/** The program as esbuild makes it; with `sourcemap: "external"` its map comes first. */
function bundle(options) {
  return require("esbuild").buildSync({
    absWorkingDir: root,
    entryPoints: ["main.ts"],
    bundle: true,
    minifyWhitespace: true,
    platform: "node",
    target: "node20",
    outfile: "main.js",
    write: false,
    logLevel: "silent",
    format: "cjs",
    banner: { js: "(function (exports, require, module, __filename, __dirname) {" },
    footer: { js: "})" },
    ...options,
  });
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

/** What says where in the sources a place of the program is; made where somebody asks, as it takes half a second. */
function sourceMap() {
  const { SourceMap } = require("node:module");
  const [map] = bundle({ sourcemap: "external" }).outputFiles;
  const payload = JSON.parse(map.text);
  const places = new SourceMap(payload);
  return (line, column) => {
    const { originalSource, originalLine, originalColumn } = places.findEntry(line - 1, column - 1);
    if (originalSource === undefined) return undefined;
    const path = relative(root, join(root, originalSource));
    return `${join(root, path)}:${String(originalLine + 1)}:${String(originalColumn + 1)}`;
  };
}

module.exports = { compile, root, scriptName, sourceMap };

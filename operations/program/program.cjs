// main.ts and all that it imports as one script, compiled: made by esbuild, kept with V8's compiled code, so that the
// next synth neither looks for some 800 files nor compiles them. What is kept is named by the contents of all sources and
// of the lock files and by the version of Node: it cannot grow stale. Without it all works, only slower.
"use strict";

const { join, relative } = require("node:path");
const vm = require("node:vm");
const { keep, keyOfSources, read, root, stampOf } = require("./kept.cjs");

/** What stack traces call the program. It is kept with the compiled code: a path would be that of where it was compiled. */
const scriptName = "the compiled main.ts";

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
    alias: { archiver: join(__dirname, "archiver.cjs") },
    banner: { js: "(function (exports, require, module, __filename, __dirname) {" },
    footer: { js: "})" },
    ...options,
  });
}

/** What says where in the sources a place of the program is; made where somebody asks, as it takes a third of a second. */
function sourceMap() {
  const { SourceMap } = require("node:module");
  const [map] = bundle({ sourcemap: "external", sourcesContent: false }).outputFiles;
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

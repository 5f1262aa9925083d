// What cdktf.json runs: main.ts and the files of this project that it imports, made into one script by esbuild and run
// at once, with nothing kept that could grow stale. Loaders that compile file by file take a third of a second longer,
// and so do source maps (`npx tsx main.ts` has them, for debugging); types are checked by `npm run typecheck`.
"use strict";

const Module = require("node:module");
const { join } = require("node:path");
const { buildSync } = require("esbuild");

const root = join(__dirname, "..");
const { outputFiles } = bundle({
  absWorkingDir: root,
  entryPoints: ["main.ts"],
  bundle: true,
  packages: "external",
  platform: "node",
  target: "node20",
  write: false,
  logLevel: "silent",
});

const program = new Module(join(root, "main.js"), module);
program.filename = program.id;
program.paths = module.paths;
program._compile(outputFiles[0].text, program.filename);

/** What cannot be read, such as a file of an environment with a missing brace, is told by its place, without a stack. */
function bundle(options) {
  try {
    return buildSync(options);
  } catch (error) {
    if (!Array.isArray(error.errors)) throw error;
    for (const { text, location } of error.errors) {
      console.error(location ? `${location.file}:${location.line}:${location.column + 1}: ${text}` : text);
    }
    process.exit(1);
  }
}

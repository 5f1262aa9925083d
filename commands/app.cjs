// What cdktf.json runs: main.ts and the files of this project that it imports, made into one script by esbuild and run
// at once, with nothing kept that could grow stale. Loaders that compile file by file take a third of a second longer,
// and so do source maps (`npx tsx main.ts` has them, for debugging); types are checked by `npm run typecheck`.
"use strict";

const Module = require("node:module");
const { join } = require("node:path");
const { buildSync } = require("esbuild");

const root = join(__dirname, "..");
const { outputFiles } = buildSync({
  absWorkingDir: root,
  entryPoints: ["main.ts"],
  bundle: true,
  packages: "external",
  platform: "node",
  target: "node20",
  write: false,
});

const program = new Module(join(root, "main.js"), module);
program.filename = program.id;
program.paths = module.paths;
program._compile(outputFiles[0].text, program.filename);

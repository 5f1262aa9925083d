// What cdktf.json and `npm run synth` run: main.ts and the files that it imports as one program (see operations/program). Types
// are checked by `npm run typecheck`; mistakes that the program finds itself are told with their place in the sources.
"use strict";

const Module = require("node:module");
const { join, relative } = require("node:path");
const v8 = require("node:v8");
const { compile, root, scriptName, sourceMap } = require("../operations/program/program.cjs");

const filename = join(root, "main.js");

/**
 * Has V8 optimize what has run fifteen times as often as it would by itself: a synth is over before that pays, and it takes
 * up to a quarter of the CPU time. As an option of Node it would cost more: V8 would then compile Node's own code, too.
 */
function optimizeLater() {
  const isNode20 = Number(process.versions.v8.split(".")[0]) < 12;
  v8.setFlagsFromString(isNode20 ? "--interrupt-budget=1000000" : "--invocation-count-for-turbofan=45000");
}

/** Puts the places in the sources into stack traces, which are only made where one is shown or a place is looked for. */
function showSources() {
  let placeOf;
  Error.prepareStackTrace = (error, frames) => {
    // The framework takes traces of what is no error, and nobody is shown them.
    if (!(error instanceof Error)) return "";
    const lines = frames.map((frame) => {
      const isOurs = frame.getFileName() === scriptName;
      if (isOurs) placeOf ??= sourceMap();
      const place = isOurs && placeOf(frame.getLineNumber(), frame.getColumnNumber());
      return place ? `    at ${frame.getFunctionName() ?? "<anonymous>"} (${place})` : `    at ${frame}`;
    });
    return [String(error), ...lines].join("\n");
  };
}

/** Ends with a message of one line for each problem. */
function refuse(problems) {
  const count = problems.length === 1 ? "1 problem" : `${String(problems.length)} problems`;
  console.error(`${count} in the sources:\n${problems.map((line) => `  ${line}`).join("\n")}`);
  process.exitCode = 1;
}

/** What esbuild found: no TypeScript, or a name or file that is not there. */
function problemsOf({ errors }) {
  return errors.map(({ text, location }) => {
    const place = location
      ? `${location.file}:${String(location.line)}:${String(location.column + 1)}: `
      : "";
    return `${place}${text}`;
  });
}

/** Where a file of ours, not of a package, made an error that types would have shown; undefined for any other. */
function mistakeOf(error) {
  if (!(error instanceof TypeError || error instanceof ReferenceError)) return undefined;
  const first = /\(?([^\s(]+:\d+:\d+)\)?$/m.exec(error.stack.split("\n    at ")[1] ?? "")?.[1];
  const place = first && relative(root, first);
  return place && !/^\.\.|node_modules|^node:/.test(place) ? `${place}: ${error.message}` : undefined;
}

function run() {
  optimizeLater();
  showSources();
  let program;
  try {
    program = compile();
  } catch (error) {
    if (!Array.isArray(error.errors)) throw error;
    refuse(problemsOf(error));
    return;
  }
  const main = new Module(filename, module);
  main.filename = main.id;
  main.paths = module.paths;
  try {
    const load = main.require.bind(main);
    program.script.runInThisContext().call(main.exports, main.exports, load, main, filename, root);
  } catch (error) {
    const mistake = mistakeOf(error);
    if (mistake === undefined) throw error;
    refuse([mistake]);
  }
  program.keep();
}

run();

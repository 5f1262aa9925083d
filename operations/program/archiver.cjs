// In place of the package of this name, which the framework loads with a fifth of all files of the program and uses for
// assets alone that are packed: it is loaded when one is.
"use strict";

const { createRequire } = require("node:module");
const { join } = require("node:path");

module.exports = (...args) => {
  // In the compiled program this folder is the root.
  const framework = createRequire(join(__dirname, "node_modules/cdktf/package.json"));
  return framework("archiver")(...args);
};

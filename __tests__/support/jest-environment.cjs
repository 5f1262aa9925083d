// Node's environment, which takes away the temporary folders of a file of tests once all its hooks have run: Jest runs
// `afterAll` in the order of writing, so that a hook would take a folder from a program that another one ends later.
"use strict";

const { rmSync } = require("node:fs");
const { TestEnvironment } = require("jest-environment-node");

module.exports = class extends TestEnvironment {
  async setup() {
    await super.setup();
    this.global.temporaryFolders = [];
  }

  async teardown() {
    const { temporaryFolders } = this.global;
    await super.teardown();
    for (const folder of temporaryFolders) rmSync(folder, { recursive: true, force: true });
  }
};

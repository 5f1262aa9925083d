import "./lib/load-failure";
import { readFileSync, writeFileSync } from "node:fs";
import { join, relative } from "node:path";
import { loadEnvironments } from "../environments";
import { CommandError, run } from "./lib/cli";
import { parseOptions } from "./lib/options";
import { withGeneratedParts } from "./lib/notifications/document";
import { notificationTables } from "./lib/notifications/markdown";

const file = join(__dirname, "..", "docs", "notifications.md");
const help = `Writes the tables of docs/notifications.md from the environments' routes.

npm run notifications:docs
npm run notifications:docs:check    write nothing; exit status 1 when docs/notifications.md is stale`;

run(help, (args) => {
  const { check } = parseOptions({ args, options: { check: { type: "boolean", default: false } } }).values;
  const name = relative(process.cwd(), file);
  const found = readFileSync(file, "utf8");
  const wanted = withGeneratedParts(found, notificationTables(loadEnvironments(undefined)));
  if (found === wanted) {
    console.log(`${name} is up to date.`);
    return;
  }
  if (check) {
    throw new CommandError(`${name} is stale: run "npm run notifications:docs" and commit what it writes.`);
  }
  writeFileSync(file, wanted);
  console.log(`${name} written.`);
});

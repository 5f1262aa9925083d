import "./lib/load-failure";
import { readFileSync, writeFileSync } from "node:fs";
import { join, relative } from "node:path";
import { withAlertTables } from "./lib/alerts-docs";
import { CommandError, run } from "./lib/cli";
import { parseOptions } from "./lib/options";

const file = join(__dirname, "..", "docs", "alerts.md");
const help = `Writes the tables of docs/alerts.md from the rules and thresholds.

npm run alerts:docs
npm run alerts:docs -- --check    write nothing; exit status 1 when docs/alerts.md is stale`;

run(help, (args) => {
  const { check } = parseOptions({ args, options: { check: { type: "boolean", default: false } } }).values;
  const name = relative(process.cwd(), file);
  const found = readFileSync(file, "utf8");
  const wanted = withAlertTables(found);
  if (found === wanted) {
    console.log(`${name} is up to date.`);
  } else if (check) {
    throw new CommandError(`${name} is stale: run "npm run alerts:docs" and commit what it writes.`);
  } else {
    writeFileSync(file, wanted);
    console.log(`${name} written.`);
  }
});

import "./lib/load-failure";
import { readFileSync } from "node:fs";
import { parseArgs } from "node:util";
import { checkRules, checks } from "../alerts/checks";
import { CommandError, run } from "./lib/cli";
import { formatTable } from "./lib/table";

const help = `Checks files of Prometheus rules for what Prometheus takes and what still is a mistake.

npm run lint:rules -- [--scrape-interval 15s] [--retention 15d] [--read NAME]... FILE...
  --scrape-interval D  time between two scrapes. Default 15s
  --retention D        how long samples are kept. Default 15d
  --read NAME          a recorded series that a dashboard reads; may be repeated
  --help               print this text

Checks: ${Object.keys(checks).join(", ")}.
Exit status 1 on any finding.`;

run(help, (args) => {
  const { values, positionals } = parseArgs({
    args,
    allowPositionals: true,
    options: {
      "scrape-interval": { type: "string", default: "15s" },
      retention: { type: "string", default: "15d" },
      read: { type: "string", multiple: true, default: [] },
    },
  });
  if (positionals.length === 0) throw new CommandError("Name one file of rules or more. See --help.");
  const files = Object.fromEntries(positionals.map((file) => [file, read(file)]));
  const findings = checkRules(files, {
    scrapeInterval: values["scrape-interval"],
    retention: values.retention,
    readElsewhere: values.read,
  });
  if (findings.length === 0) {
    console.log(`${String(positionals.length)} files: nothing found.`);
    return;
  }
  const rows = findings.map(({ file, group, rule, check, message }) => [file, group, rule, check, message]);
  console.log(formatTable(["FILE", "GROUP", "RULE", "CHECK", "FINDING"], rows));
  process.exitCode = 1;
});

function read(file: string): string {
  try {
    return readFileSync(file, "utf8");
  } catch (error) {
    throw new CommandError(
      `${file} cannot be read: ${error instanceof Error ? error.message : String(error)}`,
    );
  }
}

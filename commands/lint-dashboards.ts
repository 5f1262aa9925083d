import { readFileSync } from "node:fs";
import { parseArgs } from "node:util";
import { CommandError, run } from "./lib/cli";
import { readDashboard } from "./lib/dashboard-lint/dashboard";
import { allRules, commonRules, lint, type Finding } from "./lib/dashboard-lint/lint";
import { formatTable } from "./lib/table";

const width = Math.max(...allRules.map(({ name }) => name.length));
const help = `Checks dashboards of Grafana against the rules that this project's own keep.

npm run lint:dashboards -- [--catalogue] [--json] FILE...
  FILE         a dashboard's JSON in the classic schema: an export, an answer of the API, a file of someone's project
  --catalogue  check too that every metric and label is in this project's catalogue; left out by default, as the
               dashboards of others read metrics of others
  --json       print the findings as JSON
  --help       print this text

Exit status 1 on any finding, and where a file cannot be read. Rules:
${allRules.map(({ name, summary }) => `  ${name.padEnd(width)}  ${summary}`).join("\n")}`;

interface Report {
  readonly file: string;
  readonly findings: readonly Finding[];
}

run(help, (args) => {
  const { values, positionals } = parseArgs({
    args,
    allowPositionals: true,
    options: { catalogue: { type: "boolean", default: false }, json: { type: "boolean", default: false } },
  });
  if (positionals.length === 0) throw new CommandError("No file is named.\nSee --help.");
  const rules = values.catalogue ? allRules : commonRules;
  const reports = positionals.map((file): Report => ({ file, findings: lint(read(file), rules) }));
  process.stdout.write(`${values.json ? JSON.stringify(reports, null, 2) : describe(reports)}\n`);
  if (reports.some(({ findings }) => findings.length > 0)) process.exitCode = 1;
});

function read(file: string) {
  let text: string;
  try {
    text = readFileSync(file, "utf8");
  } catch (error) {
    throw new CommandError(`${file}: ${error instanceof Error ? error.message : String(error)}`);
  }
  try {
    return readDashboard(text);
  } catch (error) {
    throw error instanceof CommandError ? new CommandError(`${file} ${error.message}`) : error;
  }
}

function describe(reports: readonly Report[]): string {
  const rows = reports.flatMap(({ file, findings }) =>
    findings.map(({ panel, rule, message }) => [file, panel ?? "-", rule, message]),
  );
  const files = `${String(reports.length)} ${reports.length === 1 ? "dashboard" : "dashboards"}`;
  if (rows.length === 0) return `${files}, no finding.`;
  return [
    formatTable(["FILE", "PANEL", "RULE", "MESSAGE"], rows),
    `${files}, ${String(rows.length)} ${rows.length === 1 ? "finding" : "findings"}.`,
  ].join("\n");
}

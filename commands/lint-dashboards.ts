import "../operations/terminal/load-failure";
import { CommandError, run } from "../operations/terminal/command";
import { parseOptions } from "../operations/terminal/options";
import { UnreadableDashboard } from "../dashboards/lint/classic";
import { readDashboard } from "../dashboards/lint/dashboard";
import { allRules, lint, type Finding } from "../dashboards/lint/lint";
import type { SystemSeries } from "../dashboards/lint/series";
import { formatTable } from "../operations/terminal/table";
import { readTextFile } from "../operations/terminal/text-file";
import { system } from "../shop";

const width = Math.max(...allRules.map(({ name }) => name.length));
const help = `Checks dashboards of Grafana against the rules that this project's own keep.

npm run lint:dashboards -- [--catalogue] [--json] FILE...
  FILE         a dashboard's JSON in the classic schema: an export, an answer of the API, a file of someone's project,
               a resource of dashboard.grafana.app up to v1, a dashboard from before Grafana 5
  --catalogue  check too that every metric and label is in this project's catalogue; left out by default, as the
               dashboards of others read metrics of others
  --json       print the findings as JSON
  --help       print this text

Exit status 1 on any finding, and where a file cannot be read. Rules:
${allRules.map(({ name, summary }) => `  ${name.padEnd(width)}  ${summary}`).join("\n")}`;

/** What became of one file: its findings, or why it cannot be checked. */
type Report =
  | { readonly file: string; readonly findings: readonly Finding[] }
  | { readonly file: string; readonly error: string };

run(help, (args) => {
  const { values, positionals } = parseOptions({
    args,
    allowPositionals: true,
    options: { catalogue: { type: "boolean", default: false }, json: { type: "boolean", default: false } },
  });
  if (positionals.length === 0) throw new CommandError("No file is named.\nSee --help.");
  const own = values.catalogue ? system : undefined;
  const reports = positionals.map((file) => reportOn(file, own));
  process.stdout.write(values.json ? `${JSON.stringify(reports, null, 2)}\n` : described(reports));
  const errors = reports.flatMap((report) => ("error" in report ? [`${report.file} ${report.error}`] : []));
  // A reader of JSON has them there.
  if (errors.length > 0 && !values.json) throw new CommandError(errors.join("\n"));
  if (reports.some((report) => "error" in report || report.findings.length > 0)) process.exitCode = 1;
});

function reportOn(file: string, own: SystemSeries | undefined): Report {
  const read = readTextFile(file);
  if ("error" in read) return { file, error: read.error };
  try {
    return { file, findings: lint(readDashboard(read.text), own) };
  } catch (error) {
    if (error instanceof UnreadableDashboard) return { file, error: error.message };
    // A fault of this linter, which the other files have nothing to do with.
    return {
      file,
      error: `cannot be checked: ${error instanceof Error ? (error.stack ?? "") : String(error)}`,
    };
  }
}

function described(reports: readonly Report[]): string {
  const read = reports.flatMap((report) => ("error" in report ? [] : [report]));
  if (read.length === 0) return "";
  const rows = read.flatMap(({ file, findings }) =>
    findings.map(({ panel, rule, message }) => [file, panel ?? "-", rule, message]),
  );
  const files = `${String(read.length)} ${read.length === 1 ? "dashboard" : "dashboards"}`;
  if (rows.length === 0) return `${files}, no finding.\n`;
  const table = formatTable(["FILE", "PANEL", "RULE", "MESSAGE"], rows);
  return `${table}\n${files}, ${String(rows.length)} ${rows.length === 1 ? "finding" : "findings"}.\n`;
}

import "../operations/terminal/load-failure";
import { secondsOf } from "../alerts/durations";
import { askPrograms, unknownTo } from "../alerts/lint/ask/programs";
import { allChecks } from "../alerts/lint/checks";
import { checkGroups, formFinding, type Finding } from "../alerts/lint/lint";
import { readRules, type RuleFile } from "../alerts/lint/read-rules";
import { featureLines, summaryOf } from "../alerts/lint/summary";
import { CommandError, run } from "../operations/terminal/command";
import { parseOptions, unknownName } from "../operations/terminal/options";
import { findProgram } from "../operations/find-program";
import { formatTable } from "../operations/terminal/table";
import { readTextFile } from "../operations/terminal/text-file";
import { system } from "../shop";

const width = Math.max(...allChecks.map(({ name }) => name.length));
const help = `Checks files of Prometheus rules for what Prometheus refuses, and for what it takes and still is a mistake.

npm run lint:rules -- [--catalogue] [--disable CHECK]... [--read NAME]... [--enable-feature NAME]... [--alone]
                      [--scrape-interval 15s] [--retention 15d] [--json] FILE...
  FILE                   rules, or resources of the kind PrometheusRule; all of them are taken for one Prometheus's
  --catalogue            check too that every metric and label is in this project's catalogue, or recorded; left out by
                         default, as the rules of others read metrics of others
  --disable CHECK        leave a check out; may be repeated
  --read NAME            a recorded series that a dashboard reads: any other that no rule reads is then a finding
  --enable-feature NAME  a feature flag of the Prometheus; with one (or with "none") what needs another is a finding
  --alone                do not ask promtool and pint, which are asked where they are installed
  --scrape-interval D    time between two scrapes. Default 15s
  --retention D          how long samples are kept. Default 15d
  --json                 print the findings as JSON
  --help                 print this text

Exit status 1 on any finding, and where a file cannot be read. Checks, each with a page in docs/lint/rules:
  ${"form".padEnd(width)}  The file has the form that Prometheus takes.
${allChecks.map(({ name, summary }) => `  ${name.padEnd(width)}  ${summary}`).join("\n")}`;

run(help, (args) => {
  const { values, positionals } = parseOptions({
    args,
    allowPositionals: true,
    options: {
      catalogue: { type: "boolean", default: false },
      disable: { type: "string", multiple: true, default: [] },
      read: { type: "string", multiple: true },
      "enable-feature": { type: "string", multiple: true },
      alone: { type: "boolean", default: false },
      "scrape-interval": { type: "string", default: "15s" },
      retention: { type: "string", default: "15d" },
      json: { type: "boolean", default: false },
    },
  });
  if (positionals.length === 0) throw new CommandError("Name one file of rules or more. See --help.");
  for (const name of values.disable) refuseUnknownCheck(name);
  for (const name of ["scrape-interval", "retention"] as const) refuseNoDuration(name, values[name]);
  const features = values["enable-feature"]?.filter((name) => name !== "none");

  const files = positionals.map(read);
  const sound = files.flatMap((file) => ("error" in file ? [] : [file]));
  const groups = sound.flatMap((file) => file.groups);
  const own = [
    ...sound.flatMap(({ findings }) => findings.map(formFinding)),
    ...checkGroups(groups, {
      scrapeInterval: values["scrape-interval"],
      retention: values.retention,
      readElsewhere: values.read,
      ...(values.catalogue && { catalogue: system.catalogue }),
      features,
      disabled: values.disable,
    }),
  ];
  const programs = values.alone ? {} : { promtool: findProgram("promtool"), pint: findProgram("pint") };
  const answers = askPrograms(programs, groups, features);
  const findings = inOrder([...own, ...answers.flatMap((answer) => unknownTo(own, answer))], positionals);
  const errors = files.flatMap((file) => ("error" in file ? [`${file.file} ${file.error}`] : []));
  if (values.json) {
    process.stdout.write(
      `${JSON.stringify({ asked: answers.map(({ asked }) => asked), findings, errors }, null, 2)}\n`,
    );
  } else {
    if (findings.length > 0) console.log(`${tableOf(findings)}\n`);
    if (features === undefined) for (const line of featureLines(groups)) console.log(line);
    console.log(summaryOf(sound, findings.length, values.alone ? undefined : answers));
    if (errors.length > 0) throw new CommandError(errors.join("\n"));
  }
  if (findings.length > 0 || errors.length > 0) process.exitCode = 1;
});

function read(file: string): RuleFile {
  const content = readTextFile(file);
  return "error" in content ? { file, error: content.error } : readRules(file, content.text);
}

function inOrder(findings: readonly Finding[], files: readonly string[]): Finding[] {
  return [...findings].sort((a, b) => files.indexOf(a.file) - files.indexOf(b.file) || a.line - b.line);
}

function tableOf(findings: readonly Finding[]): string {
  const rows = findings.map(({ file, line, group, rule, check, message }) => [
    `${file}:${String(line)}`,
    group,
    rule,
    check,
    message,
  ]);
  return formatTable(["FILE", "GROUP", "RULE", "CHECK", "FINDING"], rows);
}

function refuseUnknownCheck(name: string): void {
  const names = allChecks.map((check) => check.name);
  if (!names.includes(name)) throw unknownName("--disable", name, names);
}

function refuseNoDuration(option: string, text: string): void {
  try {
    secondsOf(text);
  } catch {
    throw new CommandError(`--${option}: found "${text}", allowed: a duration such as 15s or 1d12h.`);
  }
}

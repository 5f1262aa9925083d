import "../operations/terminal/load-failure";
import { grafanaAdminPassword } from "../stacks/secrets";
import { run, CommandError } from "../operations/terminal/command";
import { parseOptions } from "../operations/terminal/options";
import type { NamedFinding } from "../operations/checks/check";
import { allChecks } from "../operations/doctor/checks";
import { dockerCheck } from "../operations/doctor/checks/docker";
import { examine } from "../operations/checks/examine";
import { findingLines, nameWidthOf } from "../operations/checks/report";
import { bringUp } from "../operations/up/bring-up";
import { commandLine } from "../operations/up/command-line";
import { asVariables } from "../operations/up/secrets";
import { type LocalSystem, localSystem, subjectOf } from "../operations/up/system";
import { whereTable } from "../operations/up/where";

const help = `Deploys an environment that needs no account, such as local, on a Docker engine, and tells what is where. What an earlier run has done is left as it is, what it left half-done is finished.

npm run up                                       the environment local
npm run up -- local-docker local-alertmanager    some of its stacks
  --show-login    print Grafana's login and do nothing else
  --help          print this text

Secrets that are not set (TF_VAR_...) are made at random on first use and kept in .secrets/, for you alone.`;

run(help, async (args) => {
  const { values, positionals } = parseOptions({
    args,
    allowPositionals: true,
    options: { "show-login": { type: "boolean", default: false } },
  });
  const started = Date.now();
  const system = localSystem(positionals);
  if (values["show-login"]) {
    console.log(login(system));
    return;
  }
  await assertReady(system);
  system.secrets.keep(system.values);
  await bringUp(system.contents, system.environment.name, asVariables(system.values), console.log);
  const seconds = Math.round((Date.now() - started) / 1000);
  console.log(`\nUp after ${String(seconds)} s.\n\n${whereTable(system.contents)}\n\n${advice(system)}`);
});

/** Ends with what doctor finds wrong, before anything is touched. */
async function assertReady({ environment, contents, values }: LocalSystem): Promise<void> {
  const checks = allChecks.filter(({ isCheap }) => isCheap);
  const findings = await examine(checks, subjectOf(environment, contents, values));
  const unwell = findings.filter(({ status }) => status !== "ok");
  if (unwell.some(({ status }) => status === "problem")) {
    throw new CommandError(
      `Nothing was touched, as this is missing:\n\n${unwell.map((each) => findingLines(each, nameWidthOf(checks))).join("\n")}\n\n` +
        `${commandLine("doctor", environment.name)} looks at the providers and images too.` +
        (isWithoutDocker(unwell) ? `\n${demoInstead}` : ""),
    );
  }
  for (const finding of unwell) console.log(findingLines(finding, nameWidthOf(checks)));
}

const demoInstead =
  "Without Docker: npm run demo runs the services, Prometheus, Alertmanager and the inbox as processes on this machine.";

function isWithoutDocker(findings: readonly NamedFinding[]): boolean {
  return findings.some(({ check, status }) => check === dockerCheck.name && status === "problem");
}

function login({ environment, secrets }: LocalSystem): string {
  const { name } = grafanaAdminPassword;
  const password = process.env[`TF_VAR_${name}`] ?? secrets.get(name);
  if (password === undefined)
    throw new CommandError(`There is no login yet: ${commandLine("up", environment.name)} makes it.`);
  return `${environment.grafana.url}\nuser      admin\npassword  ${password}`;
}

function advice({ environment, secrets, values }: LocalSystem): string {
  const { name } = grafanaAdminPassword;
  const kept = name in values ? `kept in ${secrets.file}` : `that of TF_VAR_${name}`;
  return [
    `Log in to Grafana as admin; the password is ${kept}:`,
    `  ${commandLine("up", environment.name, "--show-login")}`,
    "Stop and remove everything; the data stays in volumes:",
    `  ${commandLine("down", environment.name)}`,
  ].join("\n");
}

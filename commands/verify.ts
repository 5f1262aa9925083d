import "../operations/terminal/load-failure";
import { runningDemo } from "../demo/running-demo";
import { environmentNames, loadEnvironments } from "../environments";
import { examine } from "../operations/checks/examine";
import { findingLines, nameWidthOf, summary } from "../operations/checks/report";
import { CommandError, run } from "../operations/terminal/command";
import { parseOptions } from "../operations/terminal/options";
import { oneEnvironmentOf, requiredSelection } from "../operations/terraform/selection";
import { verifyChecks } from "../operations/verify/checks";
import { type Deployment, deploymentOf, type Places } from "../operations/verify/deployment";
import { drill } from "../operations/verify/drill/drill";
import { grafanaPasswordOf } from "../operations/verify/password";
import { placesIn } from "../operations/verify/place-options";
import { hasHole, type VerifyReport } from "../operations/verify/report";
import { subjectOf } from "../operations/verify/subject";

const help = `Says what is wrong with a system that runs, after a deploy, and how to mend it. It changes nothing, and ends with status 1 where something is wrong.

npm run verify -- <environment> [options]
npm run verify -- local
npm run verify -- demo             the demo that runs on this machine
ENVIRONMENT=local npm run verify   the same by a variable
  --drill               send an alert of each route that is marked as a drill, say who got it and after how long, and end it
  --prometheus URL      where Prometheus is reached from here (default: where the environment says); a name and a password in it are sent as basic authentication
  --alertmanager URL    the same for Alertmanager; may be given again where there are two
  --grafana URL         the same for Grafana, whose admin's password is in TF_VAR_grafana_admin_password
  --json                print what was found as JSON
  --help                print this text`;

run(help, async (args, stopped) => {
  const { values, positionals } = parseOptions({
    args,
    allowPositionals: true,
    options: {
      drill: { type: "boolean", default: false },
      prometheus: { type: "string" },
      alertmanager: { type: "string", multiple: true },
      grafana: { type: "string" },
      json: { type: "boolean", default: false },
    },
  });
  const deployment = deploymentNamed(positionals, placesIn(values));
  const subject = subjectOf(deployment, grafanaPasswordOf(deployment.environment));
  const say = (line: string) => {
    if (!values.json) console.log(line);
  };
  const started = performance.now();
  const width = nameWidthOf(verifyChecks);
  const findings = await examine(verifyChecks, subject, (found) => {
    for (const finding of found) say(findingLines(finding, width));
  });
  const seconds = Math.round(performance.now() - started) / 1_000;
  say(`\n${summary(findings)} It took ${seconds.toFixed(1)} s.`);
  const drilled = values.drill ? await drill(subject, say, stopped) : undefined;
  for (const finding of drilled?.findings ?? []) say(findingLines(finding, width));
  if (drilled) say(`\n${summary(drilled.findings)}`);
  const report: VerifyReport = {
    name: deployment.name,
    seconds,
    findings: [...findings, ...(drilled?.findings ?? [])],
    ...(drilled && { drill: drilled.results }),
  };
  if (values.json) console.log(JSON.stringify(report, null, 2));
  if (hasHole(report.findings)) process.exitCode = 1;
});

function deploymentNamed(names: readonly string[], places: Partial<Places>): Deployment {
  const selection = requiredSelection(names, "npm run verify");
  if (selection.length === 1 && selection[0] === "demo" && !environmentNames.includes("demo")) {
    const demo = runningDemo();
    return { ...demo, places: { ...demo.places, ...places } };
  }
  const name = oneEnvironmentOf(selection);
  const [environment] = loadEnvironments(name);
  if (environment === undefined) throw new CommandError(`There is no environment ${name}.`);
  return deploymentOf(environment, places);
}

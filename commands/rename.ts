import "../operations/terminal/load-failure";
import { resolve } from "node:path";
import type { ParseArgsConfig } from "node:util";
import { environmentNames, loadEnvironments, type Environment } from "../environments";
import { renamingsOf } from "../metrics/families";
import { CommandError, run } from "../operations/terminal/command";
import { parseOptions, unknownName } from "../operations/terminal/options";
import { deploymentOf } from "../operations/verify/deployment";
import { grafanaPasswordOf } from "../operations/verify/password";
import { type PlaceOptions, placesIn } from "../operations/verify/place-options";
import { isReady, renameStates } from "../operations/verify/renames/state";
import { obstacles } from "../operations/verify/renames/told";
import { subjectOf } from "../operations/verify/subject";
import { metricBeingRenamed, metricToRename, type Names, RenameError } from "../review/rename/names";
import { finishPlan, type RenamePlan, startPlan } from "../review/rename/plan";
import { applyChanges, sourceFiles, uncommitted } from "../review/rename/project";
import { afterFinish, afterStart, planLines } from "../review/rename/told";
import { system } from "../shop";
import { readingsOf } from "../signals/reads";
import { readableOf } from "../stacks/system";

const root = resolve(__dirname, "..");
const help = `Renames a metric of the catalogue in two steps that lose nothing. After the first, services expose it under both names, and queries read either. The second, with --finish, leaves the new name alone; it asks a system that runs whether anybody still needs the former one. docs/rename.md says what to deploy when.

npm run rename -- metric OLD NEW
npm run rename -- metric OLD NEW --finish --environment NAME
  --finish            the second step
  --environment NAME  whose Prometheus and Grafana are asked; may be given again
  --prometheus URL    where Prometheus is reached from here (default: where the environment says)
  --grafana URL       the same for Grafana, whose admin's password is in TF_VAR_grafana_admin_password
  --dry-run           print what would be changed, and write nothing
  --force             change files that are not committed, too; finish though somebody needs the former name, or nobody was asked
  --help              print this text`;

const options = {
  finish: { type: "boolean", default: false },
  environment: { type: "string", multiple: true, default: [] },
  prometheus: { type: "string" },
  grafana: { type: "string" },
  "dry-run": { type: "boolean", default: false },
  force: { type: "boolean", default: false },
} satisfies ParseArgsConfig["options"];

run(help, async (args) => {
  const { values, positionals } = parseOptions({ args, options, allowPositionals: true });
  const names = namesIn(positionals);
  try {
    const open = uncommitted(root);
    if (open.length > 0 && !values.force && !values["dry-run"]) {
      throw new CommandError(
        `Found ${String(open.length)} files that are changed and not committed, such as ${open[0]?.trim() ?? ""}. Commit or stash them, so that the renaming can be looked at and undone by itself; or --force.`,
      );
    }
    if (values.finish) await refuseUnready(names, values);
    const plan = values.finish ? planOfFinish(names) : planOfStart(names);
    for (const line of planLines(plan)) console.log(line);
    if (values["dry-run"]) {
      console.log("\nNothing is written, as --dry-run says.");
      return;
    }
    console.log("\nWriting these, and all that is made of them (npm run update) …");
    applyChanges(root, plan.changes);
    for (const line of values.finish ? afterFinish(names) : afterStart(names)) console.log(line);
  } catch (error) {
    throw error instanceof RenameError ? new CommandError(error.message) : error;
  }
});

function namesIn(positionals: readonly string[]): Names {
  const [kind, from, to, ...others] = positionals;
  if (kind !== undefined && kind !== "metric") {
    throw new CommandError(
      `"${kind}": found a kind that is not renamed by this, allowed: metric. A label, a recorded name or an alert has no two names at a time: change it where it is defined, and npm run typecheck, npm run update and npm run signals name what read it.\nSee --help.`,
    );
  }
  if (from === undefined || to === undefined || others.length > 0) {
    throw new CommandError(
      `Found ${String(positionals.length)} arguments, allowed: metric, its name and its new name.\nSee --help.`,
    );
  }
  return { from, to };
}

function planOfStart(names: Names): RenamePlan {
  const { type } = metricToRename(system.catalogue, names);
  return startPlan(sourceFiles(root), names, type);
}

function planOfFinish(names: Names): RenamePlan {
  metricBeingRenamed(system.catalogue, names);
  return finishPlan(sourceFiles(root), names);
}

interface Asked extends Pick<PlaceOptions, "prometheus" | "grafana"> {
  readonly environment: readonly string[];
  readonly force: boolean;
}

/** @throws CommandError where somebody still needs the former name, or nobody was asked */
async function refuseUnready(names: Names, asked: Asked): Promise<void> {
  metricBeingRenamed(system.catalogue, names);
  const environments = environmentsIn(asked);
  if (environments.length === 0) {
    if (asked.force) return;
    throw new CommandError(
      `Nobody was asked whether ${names.from} is still needed. Name the environments in which it is deployed: --environment NAME, or --force.`,
    );
  }
  const told: string[] = [];
  for (const environment of environments) told.push(...(await obstaclesIn(environment, names, asked)));
  if (told.length === 0) return;
  if (!asked.force) {
    throw new CommandError(
      `${names.from} is still needed. Nothing is changed.\n${told.join("\n")}\nDeploy what has only the former name, and wait where something reads farther back; or --force.`,
    );
  }
  for (const line of told) console.log(line);
}

function environmentsIn({ environment, prometheus, grafana }: Asked): readonly Environment[] {
  for (const name of environment) {
    if (!environmentNames.includes(name)) throw unknownName("--environment", name, environmentNames);
  }
  if (environment.length !== 1 && (prometheus ?? grafana) !== undefined) {
    throw new CommandError(
      `--prometheus and --grafana say where one environment is reached, found ${String(environment.length)}, allowed: one --environment.\nSee --help.`,
    );
  }
  return environment.flatMap((name) => loadEnvironments(name));
}

async function obstaclesIn(
  environment: Environment,
  { from, to }: Names,
  asked: Asked,
): Promise<readonly string[]> {
  const subject = subjectOf(deploymentOf(environment, placesIn(asked)), grafanaPasswordOf(environment));
  const away = await subject.withoutPrometheus;
  if (away !== undefined) {
    throw new CommandError(
      `Prometheus of ${environment.name} cannot be asked: ${away}\nWhere it is reached by another URL from here: --prometheus URL.`,
    );
  }
  const renamings = renamingsOf(system.catalogue).filter(
    ({ metric, formerly }) => metric.name === to && formerly === from,
  );
  const readings = readingsOf(readableOf(environment));
  const states = await renameStates(renamings, { ...subject, readings });
  for (const line of new Set(states.flatMap(({ unknown }) => unknown))) {
    console.log(`${environment.name}: ${line}`);
  }
  return states
    .filter((state) => !isReady(state))
    .flatMap((state) => obstacles(state).map((each) => `${environment.name}: ${each}`));
}

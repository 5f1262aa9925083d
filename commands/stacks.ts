import "../operations/terminal/load-failure";
import { loadEnvironments } from "../environments";
import { synthesize } from "../stacks";
import { run, CommandError } from "../operations/terminal/command";
import { parseOptions } from "../operations/terminal/options";
import { assertEnginesReached } from "../operations/doctor/engines-reached";
import { selectInDeployOrder } from "../operations/terraform/deploy-order";
import { assertDataNamed, assertNames, lostDataOf } from "../operations/terraform/lost-data";
import { environmentsOf, requiredSelection } from "../operations/terraform/selection";
import { sharedStateWarning } from "../operations/terraform/shared-state";
import { assertOwn } from "../operations/terraform/takeover";
import { isGoneAnyway } from "../operations/up/take-down";
import { operate, type Operation, type StackResult } from "../operations/terraform/stack-operations";
import {
  outputFolder,
  readSynthesizedStacks,
  type SynthesizedStack,
} from "../operations/terraform/synth-output";
import { formatTable } from "../operations/terminal/table";

const operations: Readonly<Record<Operation, string>> = {
  deploy: "Makes what the stacks describe with Terraform, each after those that it needs.",
  diff: "Shows what a deploy would change, by Terraform's plan, and changes nothing.",
  destroy: "Removes with Terraform what the stacks made, each before those that it needs.",
};

const operation = process.argv[2] ?? "";
if (!isOperation(operation)) throw new Error(`Unknown operation "${operation}".`);

run(help(operation), async ([, ...args]) => {
  const { values, positionals } = parseOptions({
    args,
    allowPositionals: true,
    options: {
      json: { type: "boolean", default: false },
      yes: { type: "boolean", default: false },
      volumes: { type: "boolean", default: false },
      data: { type: "string", multiple: true, default: [] },
    },
  });
  const { json, yes, data } = values;
  const volumes = values.volumes || data.length > 0;
  if (volumes && operation !== "destroy")
    throw new CommandError("--volumes and --data are for destroy alone.\nSee --help.");
  const selection = requiredSelection(positionals, `npm run ${operation}`);
  const names = environmentsOf(selection);
  assertNames(data, names);
  const environments = loadEnvironments(names.join(","));
  synthesize(environments, outputFolder);
  const contents = selectInDeployOrder(selection, readSynthesizedStacks(outputFolder));
  const selected = contents.map(({ stack }) => stack);
  const stacks = operation === "destroy" ? selected.reverse() : selected;
  const losesData = ({ name }: SynthesizedStack) =>
    volumes || contents.some((each) => each.stack.name === name && isGoneAnyway(each, contents));
  assertVariables(stacks);
  // Of what was never deployed a destroy asks no engine.
  if (operation !== "destroy") {
    for (const environment of environments) {
      const own = contents.filter(({ stack }) => environmentsOf([stack.name]).includes(environment.name));
      await assertEnginesReached(environment, own);
    }
  }
  if (operation !== "destroy") {
    const warning = sharedStateWarning(selected);
    if (warning !== undefined) console.error(warning);
  }
  if (operation === "deploy") await assertOwn(contents);
  if (volumes) {
    for (const name of names) {
      const own = contents.filter(({ stack }) => environmentsOf([stack.name]).includes(name));
      // Lines for people are not mixed with those of Terraform.
      await assertDataNamed(name, await lostDataOf(own), data, json ? console.error : console.log);
    }
  }
  const results: StackResult[] = [];
  try {
    for (const stack of stacks) {
      if (!json) console.log(`\n${stack.name} (${String(results.length + 1)} of ${String(stacks.length)})`);
      const result = await operate(stack, operation, { json, yes, withData: losesData(stack) });
      results.push(result);
      if (result.outcome === "declined") break;
    }
  } finally {
    if (!json) {
      summarize(results, stacks.length);
      const kept = keptMessage(results, selection);
      if (kept !== undefined) console.log(kept);
    }
  }
});

/** Secrets are asked for all at once and before anything is done, not stack by stack. */
function assertVariables(stacks: readonly SynthesizedStack[]): void {
  const missing = [...new Set(stacks.flatMap(({ variables }) => variables))].filter(
    (name) => process.env[`TF_VAR_${name}`] === undefined,
  );
  if (missing.length === 0) return;
  const lines = missing.map((name) => `  export TF_VAR_${name}=...`);
  throw new CommandError(
    `Terraform needs ${missing.length === 1 ? "a secret" : "secrets"} in the environment:\n${lines.join("\n")}`,
  );
}

function summarize(results: readonly StackResult[], total: number): void {
  if (results.length === 0) return;
  const rows = results.map(({ stack, added, changed, removed, outcome }) => [
    stack,
    added,
    changed,
    removed,
    outcome,
  ]);
  console.log(`\n${formatTable(["STACK", "ADD", "CHANGE", "REMOVE", "OUTCOME"], rows)}`);
  if (results.length < total) console.log(`${String(total - results.length)} more not done`);
}

/** What a destroy has kept, and how that is removed, too. */
function keptMessage(results: readonly StackResult[], selection: readonly string[]): string | undefined {
  const kept = results.flatMap(({ stack, kept: addresses }) =>
    addresses.map((address) => `  ${stack}: ${address}`),
  );
  if (kept.length === 0) return undefined;
  return (
    `\nKept, and used by the next deploy:\n${kept.join("\n")}\n` +
    `npm run destroy -- ${selection.join(" ")} --volumes removes it, with all data in it.`
  );
}

function help(of: Operation): string {
  const changes = of !== "diff";
  const destroys = of === "destroy";
  return `${operations[of]}

npm run ${of} -- <environment or stack>... [--json]${changes ? " [--yes]" : ""}${destroys ? " [--volumes]" : ""}
npm run ${of} -- dev           all stacks of dev
npm run ${of} -- dev-docker    one stack
ENVIRONMENT=dev npm run ${of}  the same by a variable
  --json    print Terraform's own JSON lines, each with its stack${changes ? "\n  --yes     do not ask before anything is changed" : ""}${
    destroys
      ? "\n  --volumes remove the volumes with data and the keys too, which stay otherwise; you are told what is lost and asked for the environment's name" +
        "\n  --data ENVIRONMENT  the same, with the answer, for scripts"
      : ""
  }
  --help    print this text`;
}

function isOperation(text: string): text is Operation {
  return Object.hasOwn(operations, text);
}

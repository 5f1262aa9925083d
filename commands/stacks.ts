import { parseArgs } from "node:util";
import { loadEnvironments } from "../environments";
import { synthesize } from "../stacks";
import { run, UserError } from "./lib/run";
import { environmentsOf, selectStacks } from "./lib/selection";
import { operate, type Operation, type StackResult } from "./lib/stack-operations";
import { outputFolder, readSynthesizedStacks, type SynthesizedStack } from "./lib/synth-output";
import { formatTable } from "./lib/table";

const operations: Readonly<Record<Operation, string>> = {
  deploy: "Makes what the stacks describe, each after those that it needs",
  diff: "Shows what a deploy would change, and changes nothing",
  destroy: "Removes what the stacks made, each before those that it needs",
};

run(async () => {
  const { operation, selection, json, yes } = options();
  const names = environmentsOf(selection);
  synthesize(loadEnvironments(names.join(",")), outputFolder);
  const selected = selectStacks(selection, readSynthesizedStacks(outputFolder));
  const stacks = operation === "destroy" ? selected.reverse() : selected;
  assertVariables(stacks);
  const results: StackResult[] = [];
  try {
    for (const stack of stacks) {
      if (!json) console.log(`\n${stack.name} (${String(results.length + 1)} of ${String(stacks.length)})`);
      const result = await operate(stack, operation, { json, yes });
      results.push(result);
      if (result.outcome === "declined") break;
    }
  } finally {
    if (!json) summarize(results, stacks.length);
  }
});

/** Secrets are asked for all at once and before anything is done, not stack by stack. */
function assertVariables(stacks: readonly SynthesizedStack[]): void {
  const missing = [...new Set(stacks.flatMap(({ variables }) => variables))].filter(
    (name) => process.env[`TF_VAR_${name}`] === undefined,
  );
  if (missing.length === 0) return;
  const lines = missing.map((name) => `  export TF_VAR_${name}=...`);
  throw new UserError(
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

interface Options {
  readonly operation: Operation;
  readonly selection: readonly string[];
  readonly json: boolean;
  readonly yes: boolean;
}

function options(): Options {
  const [operation = "", ...rest] = process.argv.slice(2);
  if (!isOperation(operation)) throw new UserError(`Unknown operation "${operation}".`);
  const usage = `Usage: npm run ${operation} -- <environment or stack>... [--json]${operation === "diff" ? "" : " [--yes]"}

${operations[operation]}, with Terraform.

  npm run ${operation} -- dev            the four stacks of dev
  npm run ${operation} -- dev-docker     one stack

  --json    print Terraform's own JSON lines, each with its stack, for machines${operation === "diff" ? "" : "\n  --yes     do not ask before anything is changed"}`;
  try {
    const { values, positionals } = parseArgs({
      args: rest,
      allowPositionals: true,
      options: { json: { type: "boolean", default: false }, yes: { type: "boolean", default: false } },
    });
    if (positionals.length === 0) throw new Error("Which environment or stack?");
    return { operation, selection: positionals, ...values };
  } catch (error) {
    throw new UserError(`${error instanceof Error ? error.message : String(error)}\n\n${usage}`);
  }
}

function isOperation(text: string): text is Operation {
  return Object.hasOwn(operations, text);
}

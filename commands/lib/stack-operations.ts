import { mkdirSync, rmSync } from "node:fs";
import { dirname, join } from "node:path";
import { createInterface } from "node:readline/promises";
import { CommandError } from "./cli";
import type { SynthesizedStack } from "./synth-output";
import { indent, parseEvent, type Phase, progressLine, terraform } from "./terraform";

/** What is done with each stack. */
export type Operation = "deploy" | "diff" | "destroy";

export interface OperationOptions {
  /** Prints Terraform's own JSON lines, each with its stack, in place of text for people. */
  readonly json: boolean;
  /** Does not ask before something is changed. */
  readonly yes: boolean;
}

/** What became of a stack. */
export interface StackResult {
  readonly stack: string;
  readonly added: number;
  readonly changed: number;
  readonly removed: number;
  readonly outcome: "no changes" | "would change" | "done" | "declined";
}

const planFile = "stack.tfplan";

/**
 * Plans a stack, asks, and does what was planned.
 * @throws CommandError with what Terraform said when it fails, and what may be the reason
 */
export async function operate(
  stack: SynthesizedStack,
  operation: Operation,
  options: OperationOptions,
): Promise<StackResult> {
  const sayPlanned = printer(stack, options, "plan");
  prepareStateFolder(stack);
  await step(stack, "init", ["init", "-input=false", "-no-color"], () => undefined);
  try {
    const plan = ["plan", "-json", `-out=${planFile}`, ...(operation === "destroy" ? ["-destroy"] : [])];
    const counts = { added: 0, changed: 0, removed: 0 };
    await step(stack, "plan", plan, (line) => {
      const changes = parseEvent(line)?.changes;
      if (changes)
        Object.assign(counts, { added: changes.add, changed: changes.change, removed: changes.remove });
      sayPlanned(line);
    });
    const result = { stack: stack.name, ...counts };
    if (counts.added + counts.changed + counts.removed === 0) return { ...result, outcome: "no changes" };
    if (operation === "diff") return { ...result, outcome: "would change" };
    if (!options.yes && !(await confirm(operation, stack.name))) return { ...result, outcome: "declined" };
    await step(stack, operation, ["apply", "-json", planFile], printer(stack, options, "apply"));
    return { ...result, outcome: "done" };
  } finally {
    // A plan holds the values of sensitive variables.
    rmSync(join(stack.folder, planFile), { force: true });
  }
}

/** The local state holds secrets in clear: its folder is its owner's alone. */
function prepareStateFolder({ stateFile }: SynthesizedStack): void {
  if (stateFile !== undefined) mkdirSync(dirname(stateFile), { recursive: true, mode: 0o700 });
}

function printer(stack: SynthesizedStack, { json }: OperationOptions, phase: Phase): (line: string) => void {
  return (line) => {
    const event = parseEvent(line);
    if (!event) return;
    if (json) {
      console.log(JSON.stringify({ stack: stack.name, ...event }));
      return;
    }
    // Diagnostics of a failed step stand in its error.
    const text = event.type === "diagnostic" ? undefined : progressLine(event, phase);
    if (text !== undefined) console.log(`${stack.name}: ${text}`);
  };
}

async function step(
  stack: SynthesizedStack,
  name: string,
  args: readonly string[],
  onLine: (line: string) => void,
): Promise<void> {
  const { status, output } = await terraform(stack.folder, args, onLine);
  if (status === 0) return;
  throw new CommandError(`${stack.name}: ${name} failed.\n${indent(readable(output))}${hint(stack, output)}`);
}

/** Of JSON lines only the diagnostics, for people; other output as it is. */
function readable(output: string): string {
  const lines = output.split("\n");
  const events = lines.map(parseEvent);
  if (!events.some((event) => event !== undefined)) return output;
  return events
    .flatMap((event) => (event?.type === "diagnostic" ? (progressLine(event, "plan") ?? []) : []))
    .join("\n");
}

function hint({ name, dependencies }: SynthesizedStack, output: string): string {
  if (/Unable to find remote state|No stored state was found/.test(output)) {
    return `\n${name} needs what ${dependencies.join(", ")} made. Deploy that first: npm run deploy -- ${dependencies.join(" ")}`;
  }
  return "";
}

async function confirm(operation: Operation, stack: string): Promise<boolean> {
  if (!process.stdin.isTTY) {
    throw new CommandError(
      `Nobody is there to confirm the ${operation} of ${stack}. Add --yes to go on without.`,
    );
  }
  const terminal = createInterface({ input: process.stdin, output: process.stderr });
  try {
    const answer = await terminal.question(`${operation} ${stack} as planned above? Only "yes" goes on: `);
    return answer.trim() === "yes";
  } finally {
    terminal.close();
  }
}

import { chmodSync, mkdirSync, readdirSync, rmSync } from "node:fs";
import { dirname, join } from "node:path";
import { createInterface } from "node:readline/promises";
import { enginesAway } from "./engines-away";
import { Protection } from "./protection";
import { ProviderLock } from "./provider-locks";
import { CommandError } from "../terminal/command";
import type { SynthesizedStack } from "./synth-output";
import { indent, parseEvent, type Phase, progressLine, terraform } from "./terraform";

/** What is done with each stack. */
export type Operation = "deploy" | "diff" | "destroy";

export interface OperationOptions {
  /** Prints Terraform's own JSON lines, each with its stack, in place of text for people. */
  readonly json: boolean;
  /** Does not ask before something is changed. */
  readonly yes: boolean;
  /** Variables of Terraform's environment besides those of this process. Default: none. */
  readonly env?: Readonly<Record<string, string>>;
  /**
   * Whether a destroy removes what the stack protects, too: volumes with data, and keys. Default false: that stays as it
   * is, and in the state, where the next deploy finds it.
   */
  readonly withData?: boolean;
}

/** What became of a stack. */
export interface StackResult {
  readonly stack: string;
  readonly added: number;
  readonly changed: number;
  readonly removed: number;
  readonly outcome: "no changes" | "would change" | "done" | "declined";
  /** Addresses of what a destroy has kept, as it is protected. */
  readonly kept: readonly string[];
}

/** A step of Terraform that failed. */
export class StackFailure extends CommandError {
  /** @param said what Terraform found wrong, for people */
  constructor(
    readonly said: string,
    message: string,
  ) {
    super(message);
  }
}

const planFile = "stack.tfplan";

/**
 * Plans a stack, asks, and does what was planned.
 * @throws StackFailure with what Terraform said when it fails, and what may be the reason
 */
export async function operate(
  stack: SynthesizedStack,
  operation: Operation,
  options: OperationOptions,
): Promise<StackResult> {
  const sayPlanned = printer(stack, options, "plan");
  const { env } = options;
  protectState(stack);
  await initialize(stack, options);
  try {
    const counts = { added: 0, changed: 0, removed: 0 };
    const { scope, kept } =
      operation === "destroy" ? await destroyScope(stack, options) : { scope: [], kept: [] };
    if (!scope) return { stack: stack.name, ...counts, outcome: "no changes", kept };
    const protection = Protection.of(stack.folder);
    const lost: string[] = [];
    const onLine = (line: string) => {
      const { changes, change } = parseEvent(line) ?? {};
      if (change?.action === "delete" && protection.keeps(change.resource.addr))
        lost.push(change.resource.addr);
      if (changes)
        Object.assign(counts, { added: changes.add, changed: changes.change, removed: changes.remove });
      sayPlanned(line);
    };
    await step(stack, "plan", ["plan", "-json", `-out=${planFile}`, ...scope], { env, onLine });
    const result = { stack: stack.name, ...counts, kept };
    if (operation !== "destroy" && lost.length > 0) throw new StackFailure("", lossMessage(stack, lost));
    if (counts.added + counts.changed + counts.removed === 0) return { ...result, outcome: "no changes" };
    if (operation === "diff") return { ...result, outcome: "would change" };
    if (!options.yes && !(await confirm(operation, stack.name))) return { ...result, outcome: "declined" };
    const apply = ["apply", "-json", planFile];
    await step(stack, operation, apply, { env, onLine: printer(stack, options, "apply") });
    return { ...result, outcome: "done" };
  } finally {
    // A plan holds the values of sensitive variables.
    rmSync(join(stack.folder, planFile), { force: true });
    protectState(stack);
  }
}

/** Makes the stack's folder ready, with the providers whose checksums are kept. */
async function initialize(stack: SynthesizedStack, { env, json }: OperationOptions): Promise<void> {
  const lock = new ProviderLock(stack.folder);
  try {
    await step(stack, "init", ["init", "-input=false", "-no-color", ...lock.lay()], { env });
  } catch (error) {
    if (!(error instanceof StackFailure)) throw error;
    throw new StackFailure(error.said, `${error.message}${lock.explain(error.said) ?? ""}`);
  }
  const kept = lock.keep();
  if (kept !== undefined && !json) console.log(`${stack.name}: ${kept}`);
}

interface DestroyScope {
  /** Arguments of the plan; undefined when nothing is left to destroy. */
  readonly scope: readonly string[] | undefined;
  /** Addresses of what stays. */
  readonly kept: readonly string[];
}

/** What a plan to destroy is about: everything, or each resource of the state that is not protected. */
async function destroyScope(stack: SynthesizedStack, options: OperationOptions): Promise<DestroyScope> {
  const protection = Protection.of(stack.folder);
  if (options.withData) {
    protection.lift();
    return { scope: ["-destroy"], kept: [] };
  }
  let known = await addressesInState(stack, options);
  // Terraform refuses to destroy a part while another is still to be moved.
  for (const { from, to } of protection.moves.filter((move) => known.includes(move.from))) {
    await step(stack, "state mv", ["state", "mv", from, to], { env: options.env });
    known = known.map((address) => (address === from ? to : address));
  }
  const kept = known.filter((address) => protection.keeps(address));
  if (kept.length === 0) return { scope: known.length === 0 ? undefined : ["-destroy"], kept };
  const targets = known.filter((address) => !kept.includes(address));
  const scope = targets.length === 0 ? undefined : ["-destroy", ...targets.map((each) => `-target=${each}`)];
  return { scope, kept };
}

/** Addresses of the resources that a stack's state knows; none for a stack that was never deployed. */
async function addressesInState(stack: SynthesizedStack, { env }: OperationOptions): Promise<string[]> {
  const { status, output } = await terraform(stack.folder, ["state", "list"], { ...(env && { env }) });
  if (status === 0) {
    return output.split("\n").filter((address) => address !== "" && !address.startsWith("data."));
  }
  if (/No state file was found/.test(output)) return [];
  throw new StackFailure(output, `${stack.name}: its state cannot be read.\n${indent(output)}`);
}

/** A deploy that would remove data does nothing at all. */
function lossMessage({ name, folder }: SynthesizedStack, lost: readonly string[]): string {
  return (
    `${name}: this would remove ${lost.join(", ")}, with all data in it, as the stack no longer describes it.\n` +
    `Nothing was changed. Where only its address is another now: terraform -chdir=${folder} state mv OLD NEW.\n` +
    `Where Terraform is to forget it, and leave it: terraform -chdir=${folder} state rm ADDRESS.`
  );
}

/** The local state holds secrets in clear: its folder and its files are its owner's alone, whoever made them. */
function protectState({ stateFile }: SynthesizedStack): void {
  if (stateFile === undefined) return;
  const folder = dirname(stateFile);
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  chmodSync(folder, 0o700);
  for (const name of readdirSync(folder)) {
    if (/\.tfstate(?:\.|$)/.test(name)) chmodSync(join(folder, name), 0o600);
  }
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
  { env, onLine }: { readonly env: OperationOptions["env"]; readonly onLine?: (line: string) => void },
): Promise<void> {
  const { status, output } = await terraform(stack.folder, args, {
    ...(env && { env }),
    ...(onLine && { onLine }),
  });
  if (status === 0) return;
  const said = readable(output);
  throw new StackFailure(said, `${stack.name}: ${name} failed.\n${indent(said)}${hint(stack, said)}`);
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

function hint({ name, dependencies }: SynthesizedStack, said: string): string {
  const away = enginesAway(said);
  if (away !== undefined)
    return `\nNo Docker engine is reached at ${away}: npm run doctor -- ${name} says why.`;
  if (/Unable to find remote state|No stored state was found/.test(said)) {
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

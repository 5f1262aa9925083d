import { spawn } from "node:child_process";
import { createInterface } from "node:readline";
import { CommandError } from "../terminal/command";

/** One line of Terraform's machine-readable output, as far as it is used here. */
export interface TerraformEvent {
  readonly type: string;
  readonly "@message": string;
  readonly "@level": string;
  readonly hook?: { readonly resource?: { readonly addr: string }; readonly action?: string };
  readonly diagnostic?: {
    readonly severity: string;
    readonly summary: string;
    readonly detail?: string;
    /** The resource that it is about, if it is about one. */
    readonly address?: string;
  };
  /** What a plan would do with one resource. */
  readonly change?: { readonly resource: { readonly addr: string }; readonly action: string };
  readonly changes?: {
    readonly add: number;
    readonly change: number;
    readonly remove: number;
    readonly operation: string;
  };
}

/** How a run of Terraform ended. */
export interface TerraformResult {
  readonly status: number;
  /** Everything that it printed. */
  readonly output: string;
}

/** How Terraform is run. */
export interface TerraformOptions {
  /** Gets each line of its standard output as it comes. Default: none does. */
  readonly onLine?: (line: string) => void;
  /** Variables of its environment besides those of this process. Default: none. */
  readonly env?: Readonly<Record<string, string>>;
  /** Time in milliseconds after which it is ended. Default: no limit. */
  readonly timeLimitMs?: number;
}

/**
 * Runs Terraform in a stack's folder. What it writes is readable by this user alone: states and plans hold secrets. A
 * SIGTERM to this process reaches it too, so that it ends what it is at and keeps its state; a Ctrl-C does by itself.
 * @throws CommandError when there is no `terraform`
 */
export async function terraform(
  folder: string,
  args: readonly string[],
  { onLine = () => undefined, env, timeLimitMs }: TerraformOptions = {},
): Promise<TerraformResult> {
  const umask = process.umask(0o077);
  const child = spawn("terraform", args, {
    cwd: folder,
    // Nothing here calls home, and nothing waits for an answer that nobody gives.
    env: { ...process.env, ...env, CHECKPOINT_DISABLE: "1", TF_IN_AUTOMATION: "1", TF_INPUT: "0" },
    stdio: ["ignore", "pipe", "pipe"],
    ...(timeLimitMs !== undefined && { timeout: timeLimitMs }),
  });
  process.umask(umask);
  const end = () => child.kill("SIGTERM");
  process.on("SIGTERM", end);
  const printed: string[] = [];
  const ended = new Promise<number>((resolve, reject) => {
    child.once("error", (error: NodeJS.ErrnoException) => {
      reject(error.code === "ENOENT" ? new CommandError(missingTerraform) : error);
    });
    child.once("close", (status, signal) => {
      resolve(status ?? (signal === null ? 1 : 128));
    });
  });
  createInterface({ input: child.stdout }).on("line", (line) => {
    printed.push(line);
    onLine(line);
  });
  createInterface({ input: child.stderr }).on("line", (line) => printed.push(line));
  try {
    const status = await ended;
    return { status, output: printed.join("\n") };
  } finally {
    process.off("SIGTERM", end);
  }
}

const missingTerraform =
  "There is no `terraform` on the PATH. Install Terraform 1.10 or newer " +
  "(https://developer.hashicorp.com/terraform/install) and try again; `npm run synth` works without it.";

/** The event that a line of `-json` output is, if it is one. */
export function parseEvent(line: string): TerraformEvent | undefined {
  try {
    const event: unknown = JSON.parse(line);
    return typeof event === "object" && event !== null && "type" in event
      ? (event as TerraformEvent)
      : undefined;
  } catch {
    return undefined;
  }
}

/** Whether a line for people shows the plan, or what becomes of it: applying repeats the whole plan first. */
export type Phase = "plan" | "apply";

/** A line for people on what happens to one resource, or on an error; nothing for other events. */
export function progressLine(event: TerraformEvent, phase: Phase): string | undefined {
  switch (event.type) {
    case "apply_complete":
    case "apply_errored":
      return event["@message"];
    case "planned_change":
      return phase === "plan" ? event["@message"] : undefined;
    case "change_summary":
      return phase === "plan" || event.changes?.operation !== "plan" ? event["@message"] : undefined;
    case "diagnostic": {
      const {
        severity = "error",
        summary = event["@message"],
        detail = "",
        address,
      } = event.diagnostic ?? {};
      // Providers leave it to Terraform to say which resource failed.
      const about = address === undefined ? "" : `${address}: `;
      return `${severity}: ${about}${summary}${detail === "" ? "" : `\n${indent(detail)}`}`;
    }
    default:
      return undefined;
  }
}

/** Text with each line two columns to the right. */
export function indent(text: string): string {
  return text
    .trimEnd()
    .split("\n")
    .map((line) => `  ${line}`.trimEnd())
    .join("\n");
}

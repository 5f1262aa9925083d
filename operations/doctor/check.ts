import type { Environment } from "../../environments";
import type { Check } from "../checks/check";
import type { StackContents } from "../terraform/stack-contents";
import type { AwsPlace } from "../clients/topics-client";
import type { DockerEngine } from "./engine";

/** The machines that an environment's alarms are about, where AWS itself can be asked of them. */
export interface WatchedMachines {
  readonly place: AwsPlace;
  readonly target: Environment["machines"]["aws"]["target"];
  /** Whether the environment says that they have detailed monitoring. */
  readonly isDetailed: boolean;
}

/** The engine of another machine. */
export interface OtherEngine {
  /** Name of the machine. */
  readonly machine: string;
  readonly engine: DockerEngine;
  /** Where it is to keep its data. Undefined where nothing says so. */
  readonly dataRoot: string | undefined;
}

/** What is examined: the stacks of an environment as synth wrote them, and the engine that they name. */
export interface Subject {
  readonly environment: string;
  readonly contents: readonly StackContents[];
  /** Undefined where no stack of the selection uses Docker. */
  readonly engine: DockerEngine | undefined;
  /** Where the engine is to keep its data. Undefined where nothing says so. */
  readonly dataRoot?: string;
  /** The engines of other machines. */
  readonly otherEngines?: readonly OtherEngine[];
  /** Undefined where no stack of the selection has alarms of AWS, and where an emulator takes its place. */
  readonly machines?: WatchedMachines;
  /** Variables of the environment of this process, with the secrets that `up` would add. */
  readonly env: NodeJS.ProcessEnv;
}

/** One thing that must be right before a deploy. */
export interface DoctorCheck extends Check<Subject> {
  /** Whether it is done in a second or two, without the network: `up` begins with these. */
  readonly isCheap: boolean;
}

/** Whether a version such as `1.5.7` is older than another. Parts that are missing count as 0. */
export function isOlder(version: string, than: string): boolean {
  const parts = (text: string) => text.split(/[.+-]/).map((part) => Number.parseInt(part, 10) || 0);
  const [a, b] = [parts(version), parts(than)];
  for (let index = 0; index < 3; index++) {
    const difference = (a[index] ?? 0) - (b[index] ?? 0);
    if (difference !== 0) return difference < 0;
  }
  return false;
}

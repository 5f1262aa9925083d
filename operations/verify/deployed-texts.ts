import type { Environment } from "../../environments";
import { formatPath } from "../../environments/describe";

/** A text of an environment and where it stands. */
export interface PlacedText {
  /** Such as `alerting.receivers[0].to[0]`. */
  readonly path: string;
  readonly text: string;
}

/**
 * The texts of an environment that reach something real. Where an emulator takes AWS's place, nothing that is said of AWS
 * does; where an inbox takes the receivers' place, nothing that is said of them.
 */
export function deployedTexts(environment: Environment): readonly PlacedText[] {
  const { aws, cloudwatch, machines, alerting, ...rest } = environment;
  const { aws: instances, ...reached } = machines;
  const { receivers, ...routing } = alerting;
  return textsIn({
    ...rest,
    alerting: { ...routing, ...(alerting.inbox === undefined && { receivers }) },
    machines: { ...reached, ...(aws.emulatorUrl === undefined && { aws: instances }) },
    ...(aws.emulatorUrl === undefined && { cloudwatch }),
  });
}

function textsIn(value: unknown, path: readonly PropertyKey[] = []): readonly PlacedText[] {
  if (typeof value === "string") return [{ path: formatPath(path), text: value }];
  if (Array.isArray(value)) return value.flatMap((each: unknown, index) => textsIn(each, [...path, index]));
  if (typeof value !== "object" || value === null) return [];
  return Object.entries(value).flatMap(([key, each]) => textsIn(each, [...path, key]));
}

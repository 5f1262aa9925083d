import { managedEngineOf } from "../environments/metrics-engine";

/** Every kind of stack that an environment can have: `dev-docker` is that of kind `docker` of the environment `dev`. */
export const stackKinds = ["metrics", "cloudwatch", "docker", "grafana", "alertmanager"] as const;

/** A kind of stack. */
export type StackKind = (typeof stackKinds)[number];

/** The kinds that an environment has: the workspace has an Alertmanager of its own. */
export function stackKindsOf(environment: Parameters<typeof managedEngineOf>[0]): readonly StackKind[] {
  const absent: StackKind = managedEngineOf(environment) ? "alertmanager" : "metrics";
  return stackKinds.filter((kind) => kind !== absent);
}

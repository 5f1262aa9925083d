import type { Environment } from "./environment";
import { namePrefixOf } from "./aws-names";

/** What an environment says of a workspace of Amazon Managed Service for Prometheus. */
export type ManagedEngine = Extract<
  Environment["prometheus"]["engine"],
  { readonly kind: "amazon-managed-prometheus" }
>;

/** The workspace that an environment chose as its engine; undefined where one Prometheus is. */
export function managedEngineOf({
  prometheus,
}: {
  readonly prometheus: Pick<Environment["prometheus"], "engine">;
}): ManagedEngine | undefined {
  const { engine } = prometheus;
  return engine.kind === "amazon-managed-prometheus" ? engine : undefined;
}

/** Name of the log group of a workspace's ruler and Alertmanager. */
export function workspaceLogGroupNameOf({ project, name }: Pick<Environment, "project" | "name">): string {
  return `/aws/vendedlogs/prometheus/${project}/${name}`;
}

/** Alias of an environment's workspace, and of the key that encrypts it. */
export function workspaceAliasOf(environment: Pick<Environment, "project" | "name">): string {
  return `${namePrefixOf(environment)}-metrics`;
}

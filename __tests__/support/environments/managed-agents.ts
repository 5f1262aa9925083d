import type { EnvironmentInput } from "../../../environments/environment";
import { parseEnvironment } from "../../../environments/validation";
import { managed } from "./managed";

/** An environment on a workspace, whose targets are shared by so many shards of so many agents. */
export function managedWith(
  agents: { readonly shards: number; readonly replicas: number },
  changed: Partial<EnvironmentInput["prometheus"]> = {},
) {
  return parseEnvironment(
    {
      ...managed,
      prometheus: {
        ...managed.prometheus,
        engine: { kind: "amazon-managed-prometheus", agents },
        ...changed,
      },
    },
    "environments/managed.ts",
  );
}

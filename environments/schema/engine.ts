import { z } from "zod";
import { retentionDays } from "../../constructs/cloudwatch/settings";
import { awsCredentials } from "../../constructs/grafana/settings";
import { agentReplicas, agentShards } from "../../constructs/managed-prometheus/settings";

/** What keeps the samples, evaluates the rules and tells of alerts. */
export const engineSchema = z.discriminatedUnion("kind", [
  /** One Prometheus on the environment's Docker engine, and Alertmanager beside it. */
  z.strictObject({ kind: z.literal("prometheus") }),
  /**
   * A workspace of Amazon Managed Service for Prometheus, with its ruler and its Alertmanager. The Prometheus on the Docker
   * engine is an agent then, which only scrapes and writes.
   */
  z.strictObject({
    kind: z.literal("amazon-managed-prometheus"),
    /** What scrapes the targets and writes to the workspace. */
    agents: z
      .strictObject({
        /** How many share the targets, each with those that a hash gives it. Default 1. */
        shards: agentShards.default(1),
        /** How many scrape the same targets; what both write is kept once. Default 1. */
        replicas: agentReplicas.default(1),
      })
      .prefault({}),
    /** What the workspace's ruler and Alertmanager log. */
    logs: z
      .strictObject({
        /** Days for which these lines are kept. Default 30. */
        retentionDays: retentionDays.default(30),
      })
      .prefault({}),
    /** By what agents and Grafana reach the workspace. Default: the role of the EC2 instance that they run on. */
    awsCredentials: awsCredentials.optional(),
  }),
]);

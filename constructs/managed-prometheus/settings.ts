import { text, wholeNumber } from "../../schema/primitives";

/** Agents among which the targets are divided. */
export const agentShards = wholeNumber(1, 32);

/** Agents that scrape the same targets. */
export const agentReplicas = wholeNumber(1, 2);

/** Name of a workspace in the console: its alias, which need not be unique. */
export const workspaceAlias = text(/^[A-Za-z0-9._-]{1,100}$/, "1 to 100 letters, digits and . _ -");

/**
 * Name of the log group of a workspace. Amazon Managed Service for Prometheus delivers to groups of this prefix alone.
 * Source: https://docs.aws.amazon.com/prometheus/latest/userguide/CW-logs.html, November 2026.
 */
export const workspaceLogGroupName = text(
  /^\/aws\/vendedlogs\/[A-Za-z0-9_\-/.#]{1,490}$/,
  `"/aws/vendedlogs/" and 1 to 490 letters, digits and _ - / . #`,
);

import { workspaceFault } from "../workspace-metrics";

/** Goes off when a workspace is too slow for a group of rules, and leaves evaluations out: alerts come late. */
export const workspaceRulesMissed = workspaceFault({
  meaning: "evaluations of rules were left out",
  severity: "warning",
  metricName: "RuleGroupIterationsMissed",
  by: "RuleGroup",
  unit: "evaluations",
  happened:
    "The workspace of Amazon Managed Prometheus left out evaluations of rules, whose alerts come late",
  action: "See which group it is on the dashboard, and make two of it.",
});

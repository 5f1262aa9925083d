import { workspaceFault } from "../workspace-metrics";

/** Goes off when a workspace cannot evaluate rules: alerts of these cannot fire. */
export const workspaceRulesFailing = workspaceFault({
  meaning: "rules of the workspace failed",
  severity: "critical",
  metricName: "RuleEvaluationFailures",
  by: "RuleGroup",
  unit: "evaluations",
  happened: "Rules failed in the workspace of Amazon Managed Prometheus, whose alerts cannot fire",
  action: "See which group it is on the dashboard, then read the ruler's lines in the workspace's log group.",
});

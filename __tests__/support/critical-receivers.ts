/** Who is told of critical alerts in the tests' environment `local`, as the inbox names them. */
export const criticalReceivers = [
  "slack-critical",
  "ops@example.com",
  "pagerduty-on-call",
  "webhook-incidents",
];

import type { TrafficSummary } from "./customers";

/** What was sent, and what the services must have counted of it, for people. */
export function describeTraffic(summary: TrafficSummary): string {
  const { requests, seconds, unanswered, serverErrors, faultsAskedFor, journeys, expected } = summary;
  const count = Object.values(journeys).reduce((sum, each) => sum + each, 0);
  const lines = [
    `${String(count)} journeys, ${String(requests)} requests in ${seconds.toFixed(1)} s: ${String(serverErrors)} server errors, ${String(unanswered)} without an answer.`,
    "",
    "Journeys",
    ...Object.entries(journeys).map(([name, times]) => `  ${name.padEnd(20)} ${String(times).padStart(7)}`),
    "",
    "What the services must have counted (--json has each series)",
    ...totals(expected).map(
      ({ service, metric, value }) =>
        `  ${service.padEnd(16)} ${String(Math.round(value * 100) / 100).padStart(9)}  ${metric}`,
    ),
  ];
  if (summary.journeysSkipped > 0) {
    lines.push(
      "",
      `${String(summary.journeysSkipped)} journeys were not started: the services were too slow for the rate.`,
    );
  }
  if (faultsAskedFor > 0 && serverErrors === 0) {
    lines.push("", "No request failed as asked: start the services with FAULT_INJECTION=on.");
  }
  return `${lines.join("\n")}\n`;
}

/** The sum of a metric's series for each service. */
function totals(expected: TrafficSummary["expected"]): { service: string; metric: string; value: number }[] {
  const sums = new Map<string, { service: string; metric: string; value: number }>();
  for (const { service, metric, value } of expected) {
    const key = `${service} ${metric}`;
    sums.set(key, { service, metric, value: (sums.get(key)?.value ?? 0) + value });
  }
  return [...sums.values()];
}

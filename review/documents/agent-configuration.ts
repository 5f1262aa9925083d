import { isOfAgent } from "../../constructs/cloudwatch/alarm-kind";
import { namedAlarmKinds } from "../../constructs/cloudwatch/alarm-kinds";

interface AgentConfiguration {
  readonly metrics: { readonly metrics_collected: Record<string, { measurement?: string[] }> };
}

/** Characters of a line, as prettier is told. */
const lineLength = 110;

/**
 * The CloudWatch agent's configuration, with every metric that alarms watch among those that it collects. All else in
 * it is as it was found.
 * @param found the configuration as it is
 */
export function withWatchedMetrics(found: string): string {
  const configuration = JSON.parse(found) as AgentConfiguration;
  const { metrics_collected: collected } = configuration.metrics;
  for (const metricName of watchedMetrics()) {
    // The agent calls a metric by its plugin and, after the first underscore, its measurement.
    const [, plugin = "", measurement = ""] = /^([a-z]+)_(\w+)$/.exec(metricName) ?? [];
    const entry = (collected[plugin] ??= {});
    entry.measurement = [...new Set([...(entry.measurement ?? []), measurement])];
  }
  return `${written(configuration, "")}\n`;
}

function watchedMetrics(): string[] {
  const target = { kind: "auto-scaling-group", name: "any" };
  return namedAlarmKinds.flatMap(({ kind }) => {
    if (!isOfAgent(kind)) return [];
    const { metric } = kind.watch({ target } as never);
    return metric.kind === "metric" ? [metric.metricName] : [];
  });
}

/** JSON as prettier writes it: a list that fits into a line is on one. */
function written(value: unknown, indent: string): string {
  if (typeof value !== "object" || value === null) return JSON.stringify(value);
  const inner = `${indent}  `;
  if (Array.isArray(value)) {
    const entries = value.map((each) => written(each, inner));
    const line = `[${entries.join(", ")}]`;
    return indent.length + line.length < lineLength && !line.includes("\n")
      ? line
      : `[\n${entries.map((each) => `${inner}${each}`).join(",\n")}\n${indent}]`;
  }
  const entries = Object.entries(value).map(
    ([key, each]) => `${inner}${JSON.stringify(key)}: ${written(each, inner)}`,
  );
  return `{\n${entries.join(",\n")}\n${indent}}`;
}

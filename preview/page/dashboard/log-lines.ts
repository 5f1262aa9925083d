// Panels on log lines, which are asked of Loki: the preview has none. Pure: the unit tests of the root read it.

import type { ClassicPanel } from "./classic";

/** The kind under which they are shown, whatever their own is. */
export const logLines = "log-lines";

/** What stands in their place. */
export const notShown = "Log lines are shown in Grafana. The preview asks Prometheus alone.";

/** Whether a panel is on log lines. */
export function isOnLogLines({ datasource, type }: ClassicPanel): boolean {
  const source = typeof datasource === "object" ? datasource?.type : datasource;
  return source === "loki" || type === "logs";
}

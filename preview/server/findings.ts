import type { Finding as LinterFinding } from "../../dashboards/lint/lint";
import type { Finding } from "./source";

/** What the linter found, as the page shows it. */
export function findingsOf(found: readonly LinterFinding[], severity: Finding["severity"]): Finding[] {
  return found.map(({ panel, panelId, rule, message }) => ({
    ...(panelId !== undefined && { panelId }),
    ...(panel !== undefined && { panelTitle: panel }),
    rule,
    severity,
    message,
  }));
}

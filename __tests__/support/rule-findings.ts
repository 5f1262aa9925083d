import { stringify } from "yaml";
import { checkRules, type CheckSettings } from "../../alerts/lint/lint";

/** An alert that passes every check, with what a test changes. */
export function alertWith(changes: Readonly<Record<string, unknown>>) {
  return {
    alert: "ServiceDown",
    expr: "up == 0",
    for: "5m",
    labels: { severity: "warning" },
    annotations: { summary: "Down", description: "It is down." },
    ...changes,
  };
}

/** What one check says of the rules of a group, whose metrics nobody has catalogued unless the settings say so. */
export function messagesOf(
  check: string,
  rules: readonly object[],
  settings: Partial<CheckSettings> = {},
  group: object = {},
): string[] {
  const text = stringify({ groups: [{ name: "g", ...group, rules }] });
  const findings = checkRules(
    { "rules.yml": text },
    { scrapeInterval: "15s", retention: "15d", ...settings },
  );
  return findings.filter((finding) => finding.check === check).map(({ message }) => message);
}

/** What one check says of an alert on an expression. */
export function messagesOn(check: string, expr: string, settings: Partial<CheckSettings> = {}): string[] {
  return messagesOf(check, [alertWith({ expr })], settings);
}

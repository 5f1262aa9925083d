import * as units from "@grafana/grafana-foundation-sdk/units";

/** Ids of Grafana's units, as its Foundation SDK lists them. */
export const unitIds: readonly string[] = Object.values(units);

const known: ReadonlySet<string> = new Set(unitIds);

/** Units that a dashboard makes up, by Grafana's documentation, "Standard options: Unit", "Custom unit". */
const custom = /^(suffix|prefix|time|si|count|currency|bool):.+/;

/** Whether Grafana has such a unit. */
export function isUnit(id: string): boolean {
  return known.has(id) || custom.test(id);
}

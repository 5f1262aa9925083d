import {
  CustomVariableBuilder,
  DashboardBuilder,
  DashboardCursorSync,
  DatasourceVariableBuilder,
} from "@grafana/grafana-foundation-sdk/dashboard";
import { dataSourceVariable } from "./panels";

/** What every dashboard takes from its environment. */
export interface DashboardSettings {
  /** The services to choose from. */
  readonly services: readonly string[];
  /** `browser`, `utc` or a name such as `Europe/Berlin`. */
  readonly timezone: string;
  /** How often an open dashboard asks again, such as `30s`. */
  readonly refresh: string;
}

/** Name of the variable that holds the services to show. */
export const serviceVariable = "service";

/** A dashboard without panels: read-only in Grafana, as the code owns it, and with the variables that all have. */
export function dashboard(uid: string, title: string, settings: DashboardSettings): DashboardBuilder {
  return new DashboardBuilder(title)
    .uid(uid)
    .readonly()
    .timezone(settings.timezone)
    .refresh(settings.refresh)
    .time({ from: "now-1h", to: "now" })
    .tooltip(DashboardCursorSync.Crosshair)
    .withVariable(new DatasourceVariableBuilder(dataSourceVariable).label("Data source").type("prometheus"))
    .withVariable(
      new CustomVariableBuilder(serviceVariable)
        .label("Service")
        .values(settings.services.join(","))
        .multi(true)
        .includeAll(true)
        .current({ text: "All", value: "$__all" }),
    );
}

import { seriesOver } from "../alerts/cases";
import type { OwnAlerts } from "../alerts/own-alerts";
import { noOwnDashboards } from "../dashboards/own-dashboards";
import { lt, promqlOver, sum } from "../metrics/promql";
import { catalogue } from "./metrics/catalogue";
import type { OwnSettings } from "./settings";

const { select } = promqlOver(catalogue);
const series = seriesOver(catalogue);

const alerts: OwnAlerts<OwnSettings> = {
  groups: ({ thresholds: { seatsFewFree } }) => ({
    "seats.yml": [
      {
        name: "seats",
        source: "shop/index.ts",
        rules: [
          {
            alert: "FewSeatsFree",
            severity: "warning",
            expr: lt(sum(select("seats_free"), { by: ["service"] }), seatsFewFree),
            for: "10m",
            keepFiringFor: "5m",
            summary: "{{ $labels.service }} has few seats left",
            description: `{{ $value }} seats are free, fewer than ${String(seatsFewFree)}.`,
            dashboard: { uid: "service-health" },
          },
        ],
      },
    ],
  }),
  pages: { prompt: [], slow: [] },
  objectives: [],
  cases: [
    {
      alert: "FewSeatsFree",
      severity: "warning",
      series: [series("seats_free", { service: "seat-service" }, [50, 5, 4])],
      labels: { service: "seat-service" },
      summary: "seat-service has few seats left",
      description: "4 seats are free, fewer than 5.",
    },
  ],
};

export const system = { catalogue, records: [], alerts, dashboards: noOwnDashboards } as const;
export type System = typeof system;

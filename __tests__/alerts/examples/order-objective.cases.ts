import { seriesOver } from "../../../alerts/cases";
import { burnCases, levelsOf } from "../../../alerts/objective.cases";
import { catalogue } from "../../../shop/metrics/catalogue";

const series = seriesOver(catalogue);
const orderService = { service: "order-service", job: "order-service" } as const;

/** How its alerts behave, for each pair of windows. */
export const orderObjectiveCases = burnCases({
  service: "order-service",
  name: "orders",
  alert: "OrderBudgetBurn",
  allowed: 0.01,
  says: "of the attempts to order failed",
  series: (bad) => [
    series("orders_total", orderService, [1, 1, 1]),
    series(
      "orders_created_total",
      orderService,
      levelsOf(bad, (share) => 1 - share),
    ),
  ],
});

import { objective } from "../../../alerts/objective";
import { select } from "../../../shop/promql";

/** Of 100 attempts to order 99 succeed, over 30 days. */
export const orderObjective = objective({
  service: "order-service",
  name: "orders",
  alert: "OrderBudgetBurn",
  events: "attempts to order",
  bad: "failed",
  good: select("orders_created_total"),
  total: select("orders_total"),
  target: 0.99,
  windowDays: 30,
});

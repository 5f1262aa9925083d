import type { AlertRule } from "../../../alerts/rule";
import { count, gt, lte } from "../../../metrics/promql";
import { select } from "../../../shop/promql";

const soldOut = count(lte(select("product_stock_level"), 0), { by: ["service"] });

/** Too many products are sold out. */
export const productsSoldOut: AlertRule = {
  alert: "ProductsSoldOut",
  severity: "warning",
  expr: gt(soldOut, 2),
  for: "10m",
  keepFiringFor: "5m",
  summary: "Products of {{ $labels.service }} are sold out",
  description: "{{ $value }} products have nothing left in stock; at most 2 may.",
  dashboard: { uid: "business-metrics" },
};

import { type AlertCase, series } from "../../../alerts/cases";
import type { AlertRule } from "../../../alerts/rule";
import { count, gt, lte, select } from "../../../metrics/promql";

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

const stock = (id: string, edge: number) =>
  series("product_stock_level", { service: "shop", product_id: id }, [10, edge, 0]);

/** How it behaves. */
export const productsSoldOutCase: AlertCase = {
  alert: "ProductsSoldOut",
  severity: "warning",
  // At the edge two of three are sold out.
  series: [stock("1", 0), stock("2", 0), stock("3", 1)],
  labels: { service: "shop" },
  summary: "Products of shop are sold out",
  description: "3 products have nothing left in stock; at most 2 may.",
};

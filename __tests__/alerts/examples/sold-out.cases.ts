import { type AlertCase, seriesOver } from "../../../alerts/cases";
import { catalogue } from "../../../shop/metrics/catalogue";

const series = seriesOver(catalogue);
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

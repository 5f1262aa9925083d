import {
  anyOf,
  and,
  gt,
  gte,
  increase,
  lt,
  max,
  maxOverTime,
  min,
  mul,
  ratio,
  sum,
  unless,
} from "../../metrics/promql";
import type { AlertRule, DashboardUid, RuleSettings } from "../../alerts/rule";
import { percent, rounded } from "../../alerts/text";
import { select } from "../promql";
import { conversion } from "../recorded";
import { type OwnThresholds, share, threshold, wholeThreshold } from "../../alerts/threshold";
import type { Thresholds } from "../../alerts/thresholds";

/** What these alerts compare with. */
export const businessThresholds = {
  minimumProductViews: wholeThreshold(
    "product views below which orders and conversion are not judged",
    "views",
    50,
    [1, 1_000_000],
  ),
  orderFailureRatio: threshold("orders that failed for a fault of ours", "ratio", 0.05, share),
  conversionDrop: threshold("conversion lost against the same hour a day before", "ratio", 0.5, share),
  stockLow: wholeThreshold("items left of a product below which it runs low", "items", 10, [1, 1_000_000]),
} as const satisfies OwnThresholds;

/** The thresholds of an environment of the shop. */
export type ShopThresholds = Thresholds<keyof typeof businessThresholds>;

/** An alert that links to a dashboard of every system, or to the shop's. */
type ShopAlert = AlertRule<DashboardUid | "business-metrics">;

const dashboard = { uid: "business-metrics" } as const;
const labels = { service: "order-service" } as const;

/** Alerts of the business: whether visitors still become customers. */
export function businessAlerts({ thresholds: limits }: RuleSettings<ShopThresholds>): ShopAlert[] {
  const views = (range: "30m" | "1h") => sum(increase(select("products_viewed_total"), range));
  const ourFault = { reason: anyOf("dependency_unavailable", "internal_error") } as const;
  // Few may order: of orders that come every seven minutes there are always two in the range.
  const failed = increase(select("orders_failed_total", ourFault), "15m");
  return [
    {
      alert: "NoOrders",
      severity: "critical",
      expr: unless(
        gte(views("30m"), limits.minimumProductViews),
        gt(sum(increase(select("orders_created_total"), "30m")), 0),
      ),
      for: "5m",
      labels,
      summary: "Nobody can order",
      description:
        'About {{ $value | printf "%.0f" }} product pages were viewed in the last 30 minutes, and no order was made.',
      dashboard,
    },
    {
      alert: "OrdersFailing",
      severity: "critical",
      expr: and(
        gt(ratio(sum(failed), sum(increase(select("orders_total"), "15m"))), limits.orderFailureRatio),
        // More than one: an increase is extrapolated, of one order to somewhat above 1.
        gt(sum(failed), 1.5),
      ),
      for: "5m",
      labels,
      summary: "Orders fail for a fault of ours",
      description:
        "{{ $value | humanizePercentage }} of the orders of the last 15 minutes failed, as a service behind the order " +
        `service did not answer or it had an error of its own; at most ${percent(limits.orderFailureRatio)} may.`,
      dashboard,
    },
    {
      alert: "ConversionDrop",
      severity: "warning",
      expr: and(
        lt(select(conversion), mul(rounded(1 - limits.conversionDrop), select(conversion).offset("1d"))),
        gte(views("1h"), limits.minimumProductViews),
      ),
      for: "30m",
      keepFiringFor: "15m",
      labels,
      summary: "Fewer visitors order than a day before",
      description:
        "{{ $value | humanizePercentage }} of the product views of the last hour led to an order: at least " +
        `${percent(limits.conversionDrop)} less than in the same hour a day before.`,
      dashboard,
    },
  ];
}

/**
 * Alerts of the stock. What is sold out for good is no news: only a product that had enough within the last day runs low.
 */
export function stockAlerts({ thresholds: { stockLow } }: RuleSettings<ShopThresholds>): ShopAlert[] {
  const stock = select("product_stock_level");
  const by = { by: ["service", "product_name"] } as const;
  return [
    {
      alert: "StockRunningLow",
      severity: "warning",
      expr: and(lt(min(stock, by), stockLow), gte(max(maxOverTime(stock, "1d"), by), stockLow)),
      for: "15m",
      keepFiringFor: "15m",
      summary: "{{ $labels.product_name }} is running low",
      description:
        "{{ $value | humanize }} items of {{ $labels.product_name }} are left in stock; it runs low below " +
        `${String(stockLow)}.`,
      dashboard,
    },
  ];
}

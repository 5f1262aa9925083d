import type { Dashboard } from "@grafana/grafana-foundation-sdk/dashboard";
import { dashboard, type Row } from "../../dashboards/dashboard";
import { colors, palette } from "../../dashboards/palette";
import type { Limits } from "../../dashboards/panel-options";
import { statPanel, timeseriesPanel } from "../../dashboards/panels";
import type { DashboardSettings } from "../../dashboards/settings";
import { instanceVariable, labelChoice } from "../../dashboards/variables";
import { anyOf, bottomk, type Vector } from "../../metrics/promql";
import type { ShopThresholds } from "../alerts/business";
import { measures, shopTargets } from "./business-measures";
import { titles } from "./titles";

type Settings = DashboardSettings<ShopThresholds>;

const now = measures();
const before = measures("7d");

/** Names of measures that give one number. */
type Measure = {
  [N in keyof typeof now]: (typeof now)[N] extends Vector<never> ? N : never;
}[keyof typeof now];

/** What a panel shows: a measure, and the same a week before. */
interface Compared {
  readonly now: Vector<never>;
  readonly before: Vector<never>;
}

function compared(name: Measure): Compared {
  return { now: now[name], before: before[name] };
}

function conversion({ thresholds }: Settings): Compared {
  const least = thresholds.minimumProductViews;
  return { now: now.conversion(least), before: before.conversion(least) };
}

function lowStock({ thresholds }: Settings): Compared {
  return { now: now.lowStock(thresholds.stockLow), before: before.lowStock(thresholds.stockLow) };
}

/** Whether the shop does what it is there for, each measure beside the same time a week before. */
export function businessMetrics(settings: Settings): Dashboard {
  return dashboard({
    uid: "business-metrics",
    title: titles["business-metrics"],
    description:
      "Whether visitors become customers: orders, revenue, conversion, beside the same time a week before.",
    settings,
    variables: [labelChoice(instanceVariable, "Instance", { label: "instance", series: shopTargets })],
    alerts: { service: anyOf("order-service", "product-service") },
    since: "24h",
    rows: [first(settings), salesRow(), visitorRow(settings), orderRow(), stockRow(settings)],
  });
}

function first(settings: Settings): Row {
  const { orderFailureRatio, stockLow } = settings.thresholds;
  const stat = (title: string, description: string, unit: string, measure: Compared, limits?: Limits) =>
    statPanel({
      title,
      description: `${description} Beside it the same a week before.`,
      unit,
      queries: { now: measure.now, "a week before": measure.before },
      ...(limits && { limits }),
    });
  return {
    panels: [
      stat("Orders in an hour", "Orders accepted in the last hour.", "none", compared("orders")),
      stat(
        "Revenue in an hour",
        "Value of the orders accepted in the last hour.",
        "currencyUSD",
        compared("revenue"),
      ),
      stat(
        "Conversion",
        "Orders for each view of a product's page, in the last hour.",
        "percentunit",
        conversion(settings),
      ),
      stat("Active users now", "Successful logins in the last 15 minutes.", "none", compared("activeUsers")),
      stat(
        "Failing orders",
        "Share of the attempts to order in the last hour that failed for a fault of ours.",
        "percentunit",
        compared("failureRatio"),
        { critical: orderFailureRatio },
      ),
      stat(
        "Products running low",
        `Products with fewer than ${String(stockLow)} items in stock.`,
        "none",
        lowStock(settings),
        {
          warning: 1,
        },
      ),
    ],
  };
}

/** A graph of one measure and the same a week before. */
function graph(title: string, description: string, unit: string, measure: Compared, span = 12) {
  return timeseriesPanel({
    title,
    description: `${description} Dashed: the same time a week before.`,
    unit,
    span,
    queries: { now: measure.now },
    dashed: { "a week before": measure.before },
    colors: { now: palette.blue },
  });
}

function salesRow(): Row {
  return {
    title: "Sales",
    panels: [
      graph(
        "Orders per hour",
        "Orders accepted within the hour before each point.",
        "none",
        compared("orders"),
      ),
      graph(
        "Revenue per hour",
        "Value of the orders accepted within the hour before.",
        "currencyUSD",
        compared("revenue"),
      ),
    ],
  };
}

function visitorRow(settings: Settings): Row {
  return {
    title: "Visitors",
    panels: [
      graph(
        "Product views per hour",
        "Views of products' pages within the hour before.",
        "none",
        compared("views"),
        8,
      ),
      graph(
        "Conversion rate",
        "Orders for each view of a product's page, over an hour. Nothing is shown for an hour with fewer than " +
          `${String(settings.thresholds.minimumProductViews)} views.`,
        "percentunit",
        conversion(settings),
        8,
      ),
      graph(
        "Active users",
        "Successful logins within the 15 minutes before. Who logs in twice counts twice; who stays logged in, once.",
        "none",
        compared("activeUsers"),
        8,
      ),
    ],
  };
}

function orderRow(): Row {
  return {
    title: "Orders",
    panels: [
      timeseriesPanel({
        title: "Failed orders by reason",
        description:
          "Attempts to order that failed within the hour before, by reason. Dashed: all of them a week before.",
        unit: "none",
        stacked: true,
        queries: { "{{reason}}": now.failedByReason },
        dashed: { "all, a week before": before.failed },
      }),
      timeseriesPanel({
        title: "Active orders by status",
        description: "Orders that the order service holds, by status. Dashed: all of them a week before.",
        unit: "none",
        stacked: true,
        queries: { "{{status}}": now.activeByStatus },
        dashed: { "all, a week before": before.active },
        colors: {
          pending: colors.pending,
          paid: colors.paid,
          shipped: colors.shipped,
          cancelled: colors.cancelled,
        },
      }),
      timeseriesPanel({
        title: "Order values",
        description:
          "What half and what 90 % of the orders within the hour before were worth at most. Dashed: half of them a week before.",
        unit: "currencyUSD",
        queries: { median: now.medianValue, p90: now.highValue },
        dashed: { "median a week before": before.medianValue },
        colors: { median: colors.p50, p90: colors.p90 },
      }),
      graph(
        "Mean order value",
        "Revenue for each order within the hour before.",
        "currencyUSD",
        compared("meanValue"),
      ),
    ],
  };
}

function stockRow(settings: Settings): Row {
  const { stockLow } = settings.thresholds;
  return {
    title: "Stock",
    panels: [
      graph(
        "Products running low over time",
        `Products with fewer than ${String(stockLow)} items.`,
        "none",
        lowStock(settings),
      ),
      timeseriesPanel({
        title: "Least stock",
        description:
          "Items left of the ten products with the least stock. Dashed: the least of a week before.",
        unit: "none",
        queries: { "{{product_name}}": bottomk(10, now.stock) },
        dashed: { "{{product_name}}, a week before": bottomk(1, before.stock) },
        limits: { bad: "below", warning: stockLow },
      }),
    ],
  };
}

import { type AlertCase, every, type Levels, rare, seriesOver } from "../../alerts/cases";
import { catalogue } from "../metrics/catalogue";

const series = seriesOver(catalogue);

const labels = { service: "order-service" } as const;
const orderService = { service: "order-service", job: "order-service" } as const;

function views(levels: Levels) {
  return series("products_viewed_total", { service: "product-service", product_id: "1" }, levels);
}

function failed(reason: string, levels: Levels) {
  return series("orders_failed_total", { ...orderService, reason }, levels);
}

function stock(product: string, levels: Levels) {
  const name = { product_id: product, product_name: product } as const;
  return series(
    "product_stock_level",
    { service: "product-service", job: "product-service", ...name },
    levels,
  );
}

/** How the alerts of the business behave. */
export const businessCases: readonly AlertCase[] = [
  {
    alert: "NoOrders",
    severity: "critical",
    series: [views([1, 1, 1]), series("orders_created_total", orderService, [0.1, 0.001, 0])],
    minutes: { healthy: 30, faulty: 60, mended: 60 },
    labels,
    summary: "Nobody can order",
    description: "About 1800 product pages were viewed in the last 30 minutes, and no order was made.",
  },
  {
    alert: "NoOrders",
    severity: "critical",
    // No order ever, and at the edge too few visitors to expect one.
    series: [views([0, 45 / 1800, 55 / 1800])],
    minutes: { healthy: 30, faulty: 60, mended: 60 },
    labels,
    summary: "Nobody can order",
    description: "About 55 product pages were viewed in the last 30 minutes, and no order was made.",
  },
  {
    alert: "NoOrders",
    severity: "critical",
    // At the edge somebody orders every 29 minutes.
    series: [
      views([every(30), every(30), every(30)]),
      series("orders_created_total", orderService, [every(29 * 60), every(29 * 60), 0]),
    ],
    ...rare,
    minutes: { healthy: 60, faulty: 90, mended: 60 },
    labels,
    summary: "Nobody can order",
    description: "About 61 product pages were viewed in the last 30 minutes, and no order was made.",
  },
  {
    alert: "OrdersFailing",
    severity: "critical",
    series: [
      series("orders_total", orderService, [1, 1, 1]),
      // What customers do wrong is no fault of ours.
      failed("invalid_order", [0.5, 0.5, 0.5]),
      failed("dependency_unavailable", [0, 0.03, 0.04]),
      failed("internal_error", [0, 0.015, 0.02]),
    ],
    labels,
    summary: "Orders fail for a fault of ours",
    description:
      "6% of the orders of the last 15 minutes failed, as a service behind the order service did not answer or it had " +
      "an error of its own; at most 5% may.",
  },
  {
    alert: "OrdersFailing",
    severity: "critical",
    // Few order: all of it fails, at the edge one order alone.
    series: [
      series("orders_total", orderService, [every(420), every(420), every(420)]),
      failed("dependency_unavailable", [0, every(420, { times: 1 }), every(420)]),
    ],
    ...rare,
    labels,
    summary: "Orders fail for a fault of ours",
    description:
      "100% of the orders of the last 15 minutes failed, as a service behind the order service did not answer or it had " +
      "an error of its own; at most 5% may.",
  },
  {
    alert: "ConversionDrop",
    severity: "warning",
    series: [views([1, 1, 1]), series("orders_created_total", orderService, [0.1, 0.055, 0.04])],
    step: 300,
    minutes: { healthy: 26 * 60, faulty: 180, mended: 300 },
    labels,
    summary: "Fewer visitors order than a day before",
    description:
      "4% of the product views of the last hour led to an order: at least 50% less than in the same hour a day before.",
  },
  {
    alert: "ConversionDrop",
    severity: "warning",
    // Nobody orders, but at the edge too few visit to tell anything by it.
    series: [views([1, 45 / 3600, 60 / 3600]), series("orders_created_total", orderService, [0.1, 0, 0])],
    step: 300,
    minutes: { healthy: 26 * 60, faulty: 180, mended: 300 },
    labels,
    summary: "Fewer visitors order than a day before",
    description:
      "0% of the product views of the last hour led to an order: at least 50% less than in the same hour a day before.",
  },
  {
    alert: "ConversionDrop",
    severity: "warning",
    // Few order: four in an hour, at the edge three, and then one.
    series: [
      views([every(30), every(30), every(30)]),
      series("orders_created_total", orderService, [every(900), every(1200), every(3600)]),
    ],
    step: 60,
    samplesAfter: 20,
    minutes: { healthy: 26 * 60, faulty: 180, mended: 300 },
    labels,
    summary: "Fewer visitors order than a day before",
    description:
      "0.8475% of the product views of the last hour led to an order: at least 50% less than in the same hour a day before.",
  },
  {
    alert: "StockRunningLow",
    severity: "warning",
    // The second one has been sold out for good, the third has enough.
    series: [stock("Mug", [50, 10, 9]), stock("Poster, 2019", [0, 0, 0]), stock("Pen", [500, 400, 300])],
    labels: { service: "product-service", product_name: "Mug" },
    summary: "Mug is running low",
    description: "9 items of Mug are left in stock; it runs low below 10.",
  },
  {
    alert: "StockRunningLow",
    severity: "warning",
    // Sold out at once.
    series: [stock("Mug", [50, 10, 0])],
    labels: { service: "product-service", product_name: "Mug" },
    summary: "Mug is running low",
    description: "0 items of Mug are left in stock; it runs low below 10.",
  },
];

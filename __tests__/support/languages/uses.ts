import type { Framework } from "../../../metrics/generate";

/** Uses of an order service's instruments in a language: each line of `right` is one, and each of `wrong`. */
export interface Uses {
  readonly head: readonly string[];
  readonly right: readonly string[];
  readonly wrong: readonly string[];
  readonly foot: readonly string[];
}

/** Python, for `mypy --strict` and `pyright`. */
export const pythonUses: Uses = {
  head: [
    "from microservices_monitoring.units import Dollars, Seconds",
    "from order_service_metrics import OrderServiceMetrics",
    "from product_service_metrics import ProductServiceMetrics",
    "m = OrderServiceMetrics()",
    "p = ProductServiceMetrics()",
    "text: str = input()",
    "amount: float = 1.5",
  ],
  right: [
    "m.orders_total.inc()",
    "m.orders_total.inc(2)",
    'm.orders_failed_total.inc(reason="invalid_order")',
    'm.orders_failed_total.inc(0, reason="internal_error")',
    "m.order_value_dollars.observe(Dollars(amount))",
    'm.active_orders.set(3, status="paid")',
    'm.active_orders.dec(status="paid")',
    "p.products_viewed_total.inc(product_id=text)",
    "p.product_stock_level.dec(2, product_id=text, product_name=text)",
  ],
  wrong: [
    'm.orders_failed_total.inc(reason="bad_luck")',
    "m.orders_failed_total.inc(reason=text)",
    "m.orders_failed_total.inc()",
    'm.orders_failed_total.inc("invalid_order")',
    'm.orders_failed_total.inc(reason="invalid_order", cause="x")',
    'm.orders_total.inc(reason="invalid_order")',
    'm.orders_total.inc("2")',
    "m.orders_total.dec()",
    "m.orders_total.observe(1)",
    "m.order_value_dollars.observe(amount)",
    "m.order_value_dollars.observe(Seconds(1))",
    "m.order_value_dollars.inc()",
    'm.active_orders.set("3", status="paid")',
    "m.active_orders.set(3)",
    "m.orders_lost_total.inc()",
    "m.products_viewed_total.inc(product_id=text)",
    "p.product_stock_level.set(2, product_id=text, product_name=text)",
    "p.product_stock_level.inc(2, product_id=text)",
    "p.products_viewed_total.inc(product_id=7)",
  ],
  foot: [],
};

/** Go, for its compiler. */
export const goUses: Uses = {
  head: [
    "package main",
    'import "context"',
    'import "microservices-monitoring/go/monitoring"',
    'import "try/metrics"',
    "func use(ctx context.Context, text string, amount float64, m *metrics.OrderService, p *metrics.ProductService) {",
    "_ = monitoring.Seconds(0)",
  ],
  right: [
    "m.OrdersTotal.Inc()",
    "m.OrdersTotal.Add(2)",
    "m.OrdersFailedTotal.Inc(metrics.OrdersFailedTotalReasonInvalidOrder)",
    "m.OrdersFailedTotal.Add(0, metrics.OrdersFailedTotalReasonInternalError)",
    "m.OrderValueDollars.Observe(ctx, monitoring.Dollars(amount))",
    "m.ActiveOrders.Set(3, metrics.ActiveOrdersStatusPaid)",
    "m.ActiveOrders.Dec(metrics.ActiveOrdersStatusPaid)",
    "p.ProductsViewedTotal.Inc(metrics.ProductsViewedTotalProductId(text))",
    "p.ProductStockLevel.Add(-2, metrics.ProductStockLevelProductId(text), metrics.ProductStockLevelProductName(text))",
  ],
  wrong: [
    'm.OrdersFailedTotal.Inc("bad_luck")',
    "m.OrdersFailedTotal.Inc(text)",
    "m.OrdersFailedTotal.Inc()",
    "m.OrdersFailedTotal.Inc(metrics.OrdersFailedTotalReasonBadLuck)",
    "m.OrdersFailedTotal.Inc(metrics.ActiveOrdersStatusPaid)",
    'm.OrdersFailedTotal.Inc(metrics.OrdersFailedTotalReason{"bad_luck"})',
    "m.OrdersTotal.Inc(metrics.OrdersFailedTotalReasonInvalidOrder)",
    'm.OrdersTotal.Add("2")',
    "m.OrdersTotal.Dec()",
    "m.OrdersTotal.Observe(ctx, 1)",
    "m.OrderValueDollars.Observe(ctx, amount)",
    "m.OrderValueDollars.Observe(ctx, monitoring.Seconds(1))",
    "m.OrderValueDollars.Inc()",
    'm.ActiveOrders.Set("3", metrics.ActiveOrdersStatusPaid)',
    "m.ActiveOrders.Set(3)",
    "m.OrdersLostTotal.Inc()",
    "m.ProductsViewedTotal.Inc(metrics.ProductsViewedTotalProductId(text))",
    "p.ProductStockLevel.Set(2, metrics.ProductStockLevelProductId(text), metrics.ProductStockLevelProductName(text))",
    "p.ProductStockLevel.Inc(metrics.ProductStockLevelProductId(text))",
    "p.ProductStockLevel.Inc(metrics.ProductStockLevelProductName(text), metrics.ProductStockLevelProductId(text))",
  ],
  foot: ["}", "func main() {}"],
};

/** TypeScript, for its compiler. */
const typescriptUses = {
  head: [
    'import { dollars, seconds } from "microservices-monitoring/metrics/units";',
    "const text: string = String(process.env.TEXT);",
    "const amount: number = 1.5;",
    "void [dollars, seconds];",
  ],
  right: [
    "m.orders_total.inc();",
    "m.orders_total.inc(2);",
    'm.orders_failed_total.inc({ reason: "invalid_order" });',
    "m.order_value_dollars.observe(dollars(amount));",
    'm.active_orders.set({ status: "paid" }, 3);',
    "p.products_viewed_total.inc({ product_id: text });",
    "p.product_stock_level.dec({ product_id: text, product_name: text }, 2);",
  ],
  wrong: [
    'm.orders_failed_total.inc({ reason: "bad_luck" });',
    "m.orders_failed_total.inc({ reason: text });",
    "m.orders_failed_total.inc();",
    'm.orders_failed_total.inc({ reason: "invalid_order", cause: "x" });',
    'm.orders_total.inc({ reason: "invalid_order" });',
    'm.orders_total.inc("2");',
    "m.orders_total.dec();",
    "m.orders_total.observe(1);",
    "m.order_value_dollars.observe(amount);",
    "m.order_value_dollars.observe(seconds(1));",
    "m.order_value_dollars.inc();",
    'm.active_orders.set({ status: "paid" }, "3");',
    "m.active_orders.set(3);",
    "m.orders_lost_total.inc();",
    "m.products_viewed_total.inc({ product_id: text });",
    "p.product_stock_level.set({ product_id: text, product_name: text }, 2);",
    "p.product_stock_level.inc({ product_id: text }, 2);",
  ],
};

/** What `service` of a generated module takes and refuses, whatever it is on. */
const ofService = {
  head: [
    'import { catalogue, service } from "./order-service-metrics";',
    'import * as product from "./product-service-metrics";',
    'const order = service("order-service");',
    "const m = order.metrics;",
    'const p = product.service("product-service").metrics;',
    "void catalogue;",
  ],
  right: [
    'service("order-service", { ready: () => Promise.resolve(true), exposeMetrics: false, trustCallers: false });',
    "order.metricsOf(catalogue).orders_total.inc();",
    'void order.render("openmetrics");',
  ],
  wrong: [
    'service("product-service");',
    "service(text);",
    "service();",
    'service("order-service", { redy: () => true });',
    'service("order-service", { ready: true });',
    "order.metricsOf(product.catalogue);",
    'void order.render("json");',
  ],
};

/** TypeScript, for its compiler, on each framework. */
export const typescriptUsesOn: Readonly<Record<Framework, Uses>> = {
  fastify: typescriptUsesWith({
    head: [
      'import Fastify from "fastify";',
      'import { businessMetrics, instrumentation } from "./order-service-metrics";',
      'import * as product from "./product-service-metrics";',
      "const app = Fastify();",
      'void app.register(instrumentation, { service: "order-service" });',
      'const m = businessMetrics(app, "order-service");',
      'const p = product.businessMetrics(Fastify(), "product-service");',
    ],
    right: ['app.get("/", { config: { telemetry: false } }, () => app.renderMetrics("text"));'],
    wrong: [
      'businessMetrics(app, "product-service");',
      'void app.register(instrumentation, { service: "product-service" });',
      "void app.register(instrumentation);",
    ],
  }),
  express: typescriptUsesWith(ofService, {
    head: ['import express from "express";', "const app = express();"],
    right: ["app.use(order.middleware);"],
    wrong: ["app.use(order);", "app.use(order.handler);", "order.middleware();"],
  }),
  http: typescriptUsesWith(ofService, {
    head: ['import { createServer } from "node:http";'],
    right: [
      "createServer(order.handler((_request, response) => response.end()));",
      'createServer(order.handler(() => Promise.resolve(), ({ url }) => (url === "/" ? "/" : undefined)));',
    ],
    wrong: [
      "createServer(order.handler);",
      "createServer(order.handler());",
      "createServer(order.handler((_request, response) => response.end(), () => 7));",
      "createServer(order.middleware);",
    ],
  }),
};

function typescriptUsesWith(...more: readonly Omit<Uses, "foot">[]): Uses {
  const all = [...more, typescriptUses];
  return {
    head: all.flatMap(({ head }) => head),
    right: all.flatMap(({ right }) => right),
    wrong: all.flatMap(({ wrong }) => wrong),
    foot: [],
  };
}

/** A file of uses, and the numbers of the lines that are wrong. */
export function fileOf({ head, right, wrong, foot }: Uses, with_: "right" | "wrong") {
  const lines = [...head, ...(with_ === "right" ? right : wrong), ...foot];
  const numbers = with_ === "right" ? [] : wrong.map((_, index) => head.length + index + 1);
  return { text: `${lines.join("\n")}\n`, wrongLines: numbers };
}

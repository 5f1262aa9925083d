import { counter, gauge, histogram, owned } from "../../metrics/define";
import { oneOf } from "../../metrics/labels";

/** What the order service measures of its business. */
export const order = owned({ owner: "order", title: "Order service", exportedBy: ["order-service"] }, [
  counter("orders_total", { help: "Attempts to order, whatever became of them.", unit: "orders" }),
  counter("orders_created_total", { help: "Orders accepted.", unit: "orders" }),
  counter("orders_failed_total", {
    help: "Attempts to order that failed, by reason.",
    unit: "orders",
    labels: {
      reason: oneOf(
        "invalid_order",
        "unknown_product",
        "insufficient_stock",
        "payment_declined",
        "dependency_unavailable",
        "internal_error",
      ),
    },
  }),
  histogram("order_value_dollars", {
    help: "Value of the orders accepted.",
    unit: "dollars",
    buckets: [10, 50, 100, 500, 1000, 5000],
  }),
  gauge("active_orders", {
    help: "Orders that the service holds, by status.",
    unit: "orders",
    labels: { status: oneOf("pending", "paid", "shipped", "cancelled") },
  }),
]);

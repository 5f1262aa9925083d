import { failingAt, requestsAt } from "../../dashboards/known-traffic/requests";
import {
  counter,
  gauge,
  histogram,
  type KnownSeries,
  type Labels,
} from "../../dashboards/known-traffic/series";
import { busy, day, incidentShare, jitter, now } from "../../dashboards/known-traffic/timeline";
import type { LabelsOf } from "../../metrics/catalogue";
import type { ShopCatalogue } from "../metrics/catalogue";
import { order } from "../metrics/order";
import type { Service } from "../metrics/services";
import { placement } from "./routes";

type FailureReason = LabelsOf<ShopCatalogue, "orders_failed_total">["reason"];
type OrderStatus = LabelsOf<ShopCatalogue, "active_orders">["status"];

/** What is sold, with how fast it goes and when it was last delivered. */
const products = [
  "Aurora Lamp",
  "Birch Desk",
  "Cobalt Kettle",
  "Drift Chair",
  "Ember Mug",
  "Fjord Jacket",
  "Granite Board",
  "Harbor Bag",
];

/** Dollars of an order, on average. */
const meanOrder = 87;

/** What the shop sells and who buys it; the same is there a week before, when all went well. */
export function businessSeries(targetOf: (service: Service) => Labels): KnownSeries[] {
  return [
    ...orderSeries(targetOf("order-service")),
    ...productSeries(targetOf("product-service")),
    ...customerSeries(targetOf("auth-service")),
  ].map((series) => ({ ...series, everyWeek: true }));
}

/** A week before there were fewer customers, and no incident. */
function thisWeek(time: number): number {
  return time > now - 2 * day ? 1 : 0.86;
}

/** Baskets are fuller in the evening than in the morning. */
function basket(time: number): number {
  return (
    1 + 0.16 * Math.sin(((((time % day) + day) % day) / day) * 2 * Math.PI - 2.6) + 0.03 * jitter(95, time)
  );
}

function orderSeries(target: Labels): KnownSeries[] {
  const wanted = (time: number) => 0.08 * requestsAt(placement, time) * thisWeek(time);
  const failed = {
    insufficient_stock: (time) => 0.012 * wanted(time),
    payment_declined: (time) => 0.021 * wanted(time),
    dependency_unavailable: (time) => failingAt(placement, time) * wanted(time),
    internal_error: () => 0,
  } satisfies Partial<Record<FailureReason, (time: number) => number>>;
  const accepted = (time: number) =>
    wanted(time) - Object.values(failed).reduce((sum, at) => sum + at(time), 0);
  const held: Readonly<Record<OrderStatus, number>> = { pending: 14, paid: 46, shipped: 120, cancelled: 6 };
  return [
    counter("orders_total", target, wanted),
    counter("orders_created_total", target, accepted),
    ...Object.entries(failed).map(([reason, at]) =>
      counter("orders_failed_total", { ...target, reason }, at),
    ),
    ...histogram(
      "order_value_dollars",
      target,
      order.order_value_dollars.buckets ?? [],
      accepted,
      (bound, time) => 1 / (1 + ((62 * basket(time)) / bound) ** 1.9),
      (time) => meanOrder * basket(time),
    ),
    ...Object.entries(held).map(([status, most], index) =>
      gauge("active_orders", { ...target, status }, (time) =>
        Math.round(
          most *
            thisWeek(time) *
            (0.4 + 0.6 * busy(time - 1_800)) *
            (1 + 0.05 * jitter(80 + index, time)) *
            (status === "pending" ? 1 + 2.2 * incidentShare(time) : 1),
        ),
      ),
    ),
  ];
}

function productSeries(target: Labels): KnownSeries[] {
  return products
    .flatMap((product_name, index) => {
      const product_id = String(index + 1);
      const share = 0.22 / (1 + 0.35 * index);
      const full = 240 - 18 * index;
      // Sold through the day and filled up again by a delivery, of one product later than it should be.
      const cycle = day * (0.8 + 0.15 * index);
      const least = product_name === "Ember Mug" ? 0.02 : 0.2;
      const stock = (time: number) =>
        Math.round(full * (1 - (1 - least) * (((time - now) / cycle + 1.04 + index * 0.37) % 1)));
      return [
        counter(
          "products_viewed_total",
          { ...target, product_id },
          (time) => 4.5 * share * busy(time) * thisWeek(time) * (1 + 0.07 * jitter(90 + index, time)),
        ),
        gauge("product_stock_level", { ...target, product_id, product_name }, stock),
      ];
    })
    .concat(counter("products_created_total", target, () => 0));
}

function customerSeries(target: Labels): KnownSeries[] {
  const logins = (time: number) => 0.42 * busy(time) * thisWeek(time) * (1 + 0.06 * jitter(110, time));
  return [
    counter("login_attempts_total", { ...target, status: "success" }, logins),
    counter("login_attempts_total", { ...target, status: "failure" }, (time) => 0.06 * logins(time)),
    counter("registrations_total", target, (time) => 0.09 * logins(time)),
    counter(
      "token_validations_total",
      { ...target, result: "valid" },
      (time) => 9.6 * busy(time) * thisWeek(time),
    ),
    counter("token_validations_total", { ...target, result: "expired" }, (time) => 0.11 * busy(time)),
    counter("token_validations_total", { ...target, result: "invalid" }, (time) => 0.02 * busy(time)),
  ];
}

import { catalogueOf } from "../../../metrics/catalogue";
import { counter, foreign, gauge, histogram, owned } from "../../../metrics/define";
import { oneOf, open } from "../../../metrics/labels";

const several = "several workers count together";
const kind = oneOf("card");
const workers = { unit: "workers", help: "Workers." } as const;

/** What the foreign service in Python measures, as a person would write it down. */
export const foreignCatalogue = catalogueOf(
  { "payment-service": { seriesBudget: 1_000, owner: "payment" } },
  owned({ owner: "payment", exportedBy: ["payment-service"] }, [
    counter("payments_total", {
      help: "Payments, by outcome.",
      unit: "payments",
      labels: { status: oneOf("success", "failure") },
    }),
    counter("payment_wait_seconds_total", { help: "Time that payments waited.", unit: "seconds" }),
    histogram("payment_duration_seconds", {
      help: "Time that a payment took.",
      unit: "seconds",
      labels: { kind },
      buckets: [0.1, 1, 5],
    }),
    foreign("summary", "payment_size_bytes", { help: "Size of a payment.", unit: "bytes", labels: { kind } }),
    gauge("queue_length", { help: "Payments that wait.", unit: "payments" }),
    gauge("open_payments", { help: "Payments that are open.", unit: "payments", labels: { kind } }),
    gauge("workers_all", workers),
    gauge("workers_liveall", workers),
    gauge("workers_min", workers),
    gauge("workers_max", workers),
    gauge("workers_added", workers),
    gauge("workers_liveadded", workers),
    gauge("workers_mostrecent", workers),
    foreign("gauge", "payment_build_info", {
      help: "Build of the service.",
      unit: "constant 1",
      labels: { revision: open(1) },
      absentWhen: several,
    }),
    foreign("gauge", "payment_mode", {
      help: "Mode of the service.",
      unit: "boolean",
      labels: { payment_mode: oneOf("on", "off") },
      absentWhen: several,
    }),
  ]),
);

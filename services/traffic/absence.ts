import type { Absence } from "../customers/customers";

/** What customers may stop doing, and the alert that must tell of it. */
export const absence: Absence = {
  name: "orders",
  title: "Orders stay away",
  what:
    "Customers go on looking at products, and none of them orders: no error and no slow answer, yet nothing is sold. " +
    "The alert waits until the last order has left what it looks back on.",
  alert: "NoOrders",
  severity: "critical",
  service: "order-service",
  job: "order-service",
  says: ["Nobody can order", "product pages were viewed in the last 30 minutes, and no order was made"],
};

import type { Disturbing } from "./failing";
import { exactly, type TourFault } from "./fault";

/** Products are looked at and nobody orders, and then somebody does. */
export function ordersMissing({ begin, mend }: Disturbing): TourFault {
  return {
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
    // The last order leaves the range by time alone: no further scrape has to show it.
    course: ({ seconds, scrape }) => ({ onset: exactly(seconds - scrape), outlast: exactly(0) }),
    begin,
    mend,
  };
}

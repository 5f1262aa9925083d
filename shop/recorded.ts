import { increase, ratio, recorded, sum } from "../metrics/promql";
import { select } from "./promql";

/** Orders made for each product's page viewed, over an hour and all services. */
export const conversion = recorded(
  "shop:orders_per_view:ratio_increase1h",
  ratio(
    sum(increase(select("orders_created_total"), "1h")),
    sum(increase(select("products_viewed_total"), "1h")),
  ),
);

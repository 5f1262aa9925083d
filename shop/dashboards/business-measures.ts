import {
  and,
  anyOf,
  count,
  gte,
  increase,
  lt,
  mul,
  or,
  quantile,
  ratio,
  sum,
  min,
  variable,
  type Duration,
  type Sample,
  type Selector,
} from "../../metrics/promql";
import { known, orZero } from "../../dashboards/guards";
import { instanceVariable } from "../../dashboards/variables";
import { select } from "../promql";
import { conversion } from "../recorded";

const instance = variable(instanceVariable);
const orderService = { job: "order-service", instance } as const;
const productService = { job: "product-service", instance } as const;
const authService = { job: "auth-service", instance } as const;

/** Reasons for which an order fails that are faults of ours, not of whoever orders. */
const ourFaults = { reason: anyOf("dependency_unavailable", "internal_error") } as const;

/** Scrapes of the services that the measures come from. */
export const shopTargets = select("up", { job: anyOf("order-service", "product-service", "auth-service") });

/**
 * What the business is measured by, now or some time ago. What is counted is counted over an hour: it is the same
 * at every zoom.
 */
export function measures(ago?: Duration) {
  const at = <L extends string, T extends Sample>(series: Selector<L, T>) =>
    ago === undefined ? series : series.offset(ago);
  const attempts = sum(increase(at(select("orders_total", orderService)), "1h"));
  const orders = sum(increase(at(select("orders_created_total", orderService)), "1h"));
  const revenue = sum(increase(at(select("order_value_dollars_sum", orderService)), "1h"));
  const values = increase(at(select("order_value_dollars_bucket", orderService)), "1h");
  const failed = increase(at(select("orders_failed_total", orderService)), "1h");
  const ourFailed = increase(at(select("orders_failed_total", { ...orderService, ...ourFaults })), "1h");
  const views = sum(increase(at(select("products_viewed_total", productService)), "1h"));
  const stock = min(at(select("product_stock_level", productService)), { by: ["product_name"] });
  const active = at(select("active_orders", orderService));
  return {
    orders,
    revenue,
    /** Successful logins of a quarter of an hour. */
    activeUsers: sum(
      increase(at(select("login_attempts_total", { ...authService, status: "success" })), "15m"),
    ),
    views,
    /** Where there were so many views at least: of a few, any share may come. */
    conversion: (leastViews: number) => and(at(select(conversion)), gte(views, leastViews)),
    failed: sum(failed),
    failedByReason: sum(failed, { by: ["reason"] }),
    /** Share of the attempts to order that failed for a fault of ours. */
    failureRatio: ratio(or(sum(ourFailed), mul(attempts, 0)), attempts),
    meanValue: ratio(revenue, orders),
    medianValue: known(quantile(0.5, values)),
    highValue: known(quantile(0.9, values)),
    /** Items left of each product. */
    stock,
    /** How many products have fewer items left than this. */
    lowStock: (limit: number) => orZero(count(lt(stock, limit)), count(stock)),
    active: sum(active),
    activeByStatus: sum(active, { by: ["status"] }),
  };
}

import { count, share, threshold, type OwnThresholds, type Thresholds } from "../../alerts/thresholds";

/** What the alerts of the business compare with. */
export const shopThresholds = {
  minimumProductViews: count(
    "product views below which orders and conversion are not judged",
    "views",
    50,
    [1, 1_000_000],
  ),
  orderFailureRatio: threshold("orders that failed for a fault of ours", "ratio", 0.05, share),
  conversionDrop: threshold("conversion lost against the same hour a day before", "ratio", 0.5, share),
  stockLow: count("items left of a product below which it runs low", "items", 10, [1, 1_000_000]),
} as const satisfies OwnThresholds;

/** The thresholds of an environment of the shop. */
export type ShopThresholds = Thresholds<keyof typeof shopThresholds>;

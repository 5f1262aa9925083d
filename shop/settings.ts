import { shopThresholds } from "./alerts/thresholds";
import { audiences } from "./dashboards/titles";

/** What an environment of the shop can set besides what every environment can. */
export const settings = { thresholds: shopThresholds, audiences } as const;

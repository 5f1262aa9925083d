import { businessThresholds } from "./alerts/business";
import { audiences } from "./dashboards/titles";

/** What an environment of the shop can set besides what every environment can. */
export const settings = { thresholds: businessThresholds, audiences } as const;

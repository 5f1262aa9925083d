import type { OwnDashboards } from "../../dashboards/own-dashboards";
import type { ShopThresholds } from "../alerts/business";
import { businessMetrics } from "./business-metrics";
import { gatewayCalls } from "./gateway-calls";
import { audiences, titles } from "./titles";

/** What the shop shows besides what every system shows. */
export const dashboards: OwnDashboards<ShopThresholds> = {
  titles,
  folders: { business: { title: audiences.business, dashboards: [businessMetrics] } },
  serviceRows: (_settings, colors) => [gatewayCalls(colors)],
};

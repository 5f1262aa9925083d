import type { OwnAlerts } from "../../alerts/own-alerts";
import { slowestEvaluation } from "../../alerts/rare-events";
import { recordingRules } from "../../alerts/recording";
import { conversion } from "../recorded";
import { businessAlerts, stockAlerts, type ShopThresholds } from "./business";
import { businessCases } from "./business.cases";

const source = "shop/alerts/business.ts";

/** What the shop watches besides what every system has. */
export const alerts: OwnAlerts<ShopThresholds> = {
  groups: (settings) => ({
    "business.yml": [
      { name: "business", source, rules: [...recordingRules(conversion), ...businessAlerts(settings)] },
      // It reads a day of each product's stock: not at every scrape.
      { name: "stock", source, interval: slowestEvaluation, rules: stockAlerts(settings) },
    ],
  }),
  pages: { prompt: ["OrdersFailing"], slow: ["NoOrders"] },
  objectives: [],
  cases: [...businessCases],
};

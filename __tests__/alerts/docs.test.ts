import { readFileSync } from "node:fs";
import { join } from "node:path";
import { windowsOf } from "../../alerts/burn-alerts";
import { checkRules } from "../../alerts/lint/lint";
import { renderRuleFile } from "../../alerts/rule-files";
import { metricsRead } from "../support/metrics-read";
import { ruleSettings } from "../support/rule-settings";
import { catalogue } from "../support/system";
import { orderObjective } from "./examples/order-objective";
import { productsSoldOut } from "./examples/sold-out";

const document = readFileSync(join(__dirname, "../../docs/alerts.md"), "utf8");
const settings = { scrapeInterval: "15s", retention: "15d", catalogue, features: [] };

describe("docs/alerts.md", () => {
  it.each(["sold-out.ts", "sold-out.cases.ts", "order-objective.ts", "order-objective.cases.ts"])(
    "shows the example %s as it is run",
    (file) => {
      // From where the document puts it.
      const example = readFileSync(join(__dirname, "examples", file), "utf8")
        .replaceAll("../../../shop/", "../")
        .replaceAll("../../../", "../../");
      expect(document.replace(/\s+/g, " ")).toContain(example.replace(/\s+/g, " ").trim());
    },
  );

  it("shows a rule that passes the checks", () => {
    const text = renderRuleFile([{ name: "stock", rules: [productsSoldOut] }], ruleSettings);
    expect(checkRules({ "stock.yml": text }, settings)).toEqual([]);
  });

  it("shows an objective whose rules pass the checks", () => {
    const { good, target, budgetLeft, burnRate } = orderObjective.queries;
    const text = renderRuleFile(orderObjective.groups, ruleSettings);
    const burnRates = windowsOf(orderObjective.burnAlerts).map(burnRate);
    const readElsewhere = [good, target, budgetLeft, ...burnRates].flatMap((query) => metricsRead(query));
    expect(checkRules({ "orders.yml": text }, { ...settings, readElsewhere })).toEqual([]);
    expect(text.match(/alert: OrderBudgetBurn/g)).toHaveLength(4);
    expect(text).toContain(" / 0.01, 0.001) > 14.4 and");
    expect(text).toContain("of the attempts to order failed; at most 1% may.");
  });
});

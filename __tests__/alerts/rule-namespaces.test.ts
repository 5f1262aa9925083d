import { parse } from "yaml";
import { quotas, quotaWords } from "../../alerts/managed/quotas";
import { renderRuleNamespaces } from "../../alerts/managed/rule-namespaces";
import type { RuleGroup } from "../../alerts/rule";
import { managedEnvironment } from "../support/environments/managed";
import { rulesOf } from "../../stacks/system";

const settings = {
  environment: "prod",
  scrapeInterval: "15s",
  runbooksUrl: "https://runbooks.example.com",
  dashboardsUrl: "https://grafana.example.com",
};
const groups: readonly RuleGroup[] = Object.values(rulesOf(managedEnvironment)).flat().slice(0, 5);

interface File {
  readonly groups: readonly { readonly name: string; readonly interval: string }[];
}

function namesOf(text: string | undefined): readonly string[] {
  return (parse(text ?? "") as File).groups.map(({ name }) => name);
}

describe("namespaces of rules", () => {
  it("are one a file where there is room, each group with its interval, no shorter than the quota", () => {
    const all = renderRuleNamespaces(
      { "parcels.yaml": groups.map((group, index) => ({ ...group, interval: index === 0 ? "15s" : "1m" })) },
      settings,
    );
    expect(Object.keys(all)).toEqual(["parcels"]);
    const intervals = (parse(all.parcels ?? "") as File).groups.map(({ interval }) => interval);
    expect(intervals).toEqual(["30s", "1m", "1m", "1m", "1m"]);
  });

  it("are several where a file is too large, with each group once, in its order", () => {
    const whole = renderRuleNamespaces({ "parcels.yaml": groups }, settings).parcels ?? "";
    const most = Math.ceil(Buffer.byteLength(whole) / 2);
    const parts = renderRuleNamespaces({ "parcels.yaml": groups }, settings, most);
    expect(Object.keys(parts).length).toBeGreaterThan(1);
    expect(Object.keys(parts).slice(0, 2)).toEqual(["parcels", "parcels-2"]);
    expect(Object.values(parts).flatMap(namesOf)).toEqual(groups.map(({ name }) => name));
    const sizes = Object.values(parts).map(
      (text) => [namesOf(text).length, Buffer.byteLength(text)] as const,
    );
    for (const [count, size] of sizes) expect(count === 1 || size <= most).toBe(true);
  });

  it("say of a quota where it can be raised, and of others that it cannot", () => {
    expect(quotaWords(quotas.rules)).toContain("L-3D15CDB4 of the service aps in Service Quotas");
    expect(quotaWords(quotas.namespaceSize)).toContain("which AWS does not raise");
  });
});

import { App } from "cdktf";
import { quotas } from "../../alerts/managed/quotas";
import type { Environment } from "../../environments";
import { EnvironmentError } from "../../environments/validation";
import { addStacks } from "../../stacks";
import { countedOf, evaluationIntervals, quotaProblems } from "../../stacks/managed-quotas";
import { managedEnvironment } from "../support/environments/managed";

const { prometheus } = managedEnvironment;

function withLimits(limits: Partial<Environment["prometheus"]["scrapeLimits"]>): Environment {
  return {
    ...managedEnvironment,
    prometheus: { ...prometheus, scrapeLimits: { ...prometheus.scrapeLimits, ...limits } },
  };
}

describe("the quotas of a workspace", () => {
  it("hold for an environment, which is counted against each that can be known", () => {
    expect(quotaProblems(managedEnvironment)).toEqual([]);
    const counted = new Set(countedOf(managedEnvironment).map(({ quota }) => quota.name));
    // How often rules are evaluated is kept to, and how large alerts get is known when they fire.
    const kept: readonly string[] = [quotas.evaluationInterval.name, quotas.alertsSize.name];
    const all = Object.values(quotas).map(({ name }) => name);
    expect([...counted].sort()).toEqual(all.filter((name) => !kept.includes(name)).sort());
    for (const { count } of countedOf(managedEnvironment)) expect(count).toBeGreaterThan(0);
  });

  it("are kept to by how often rules are evaluated", () => {
    expect(Math.min(...evaluationIntervals(managedEnvironment))).toBe(quotas.evaluationInterval.value);
  });

  it("refuse labels that it would discard, all at once, with what is allowed and where it can be raised", () => {
    const environment = withLimits({ labels: 70, labelValue: 8_000 });
    expect(quotaProblems(environment)).toEqual([
      {
        path: ["prometheus", "scrapeLimits", "labels"],
        found: "71 labels that a series may have, the external one among them",
        allowed:
          "at most 70, the quota Labels per metric series (L-CDA4AB0F of the service aps in Service Quotas, where it can be raised)",
      },
      {
        path: ["prometheus", "scrapeLimits", "labelValue"],
        found: "8,200 characters that a label's name and value may have",
        allowed: "at most 7,168, the quota Label size, which AWS does not raise; let labels be shorter",
      },
    ]);
    expect(() => {
      addStacks(new App(), environment);
    }).toThrow(EnvironmentError);
  });

  it("refuse a service on more targets than the series of a workspace", () => {
    const [first, ...others] = managedEnvironment.services;
    if (!first) throw new Error("there is no service");
    const addresses = Array.from(
      { length: 1000 },
      (_, index) => `10.0.${String(index >> 8)}.${String(index & 255)}:3000`,
    );
    const elsewhere = { targets: { kind: "addresses" as const, addresses }, scheme: "http" as const };
    const environment = { ...managedEnvironment, services: [{ ...first, elsewhere }, ...others] };
    const series = countedOf(environment).find(({ quota }) => quota === quotas.series)?.count ?? 0;
    const before = countedOf(managedEnvironment).find(({ quota }) => quota === quotas.series)?.count ?? 0;
    expect(series).toBeGreaterThan(100 * before);
    const isBeyond = series > quotas.series.value;
    expect(quotaProblems(environment).some(({ path }) => path[0] === "services")).toBe(isBeyond);
  });
});

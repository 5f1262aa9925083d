import { readFileSync } from "node:fs";
import { join } from "node:path";
import { isOfAgent } from "../../../constructs/cloudwatch/alarm-kind";
import { namedAlarmKinds } from "../../../constructs/cloudwatch/alarm-kinds";
import { sampleSettings } from "../../support/alarm-samples";
import { instance } from "./support";

interface AgentConfiguration {
  readonly metrics: {
    readonly namespace: string;
    readonly append_dimensions: Readonly<Record<string, string>>;
    readonly aggregation_dimensions: readonly (readonly string[])[];
    readonly metrics_collected: Readonly<
      Record<
        string,
        { readonly measurement: readonly string[]; readonly ignore_file_system_types?: string[] }
      >
    >;
  };
}

const file = join(__dirname, "../../../docs/cloudwatch-agent.json");
const { metrics } = JSON.parse(readFileSync(file, "utf8")) as AgentConfiguration;
const published = Object.entries(metrics.metrics_collected).flatMap(([plugin, { measurement }]) =>
  measurement.map((name) => `${plugin}_${name}`),
);

describe("docs/cloudwatch-agent.json", () => {
  it.each([
    ["one instance", { kind: "instances", instanceIds: [instance] }],
    ["an Auto Scaling group", { kind: "auto-scaling-group", name: "shop" }],
  ] as const)("publishes the series that the alarms on %s watch", (_what, target) => {
    const ofAgent = namedAlarmKinds.filter(({ kind }) => isOfAgent(kind));
    expect(ofAgent.length).toBeGreaterThan(1);
    for (const { kind } of ofAgent) {
      const { metric: watched } = kind.watch({ ...sampleSettings(kind), target } as never);
      if (watched.kind !== "metric") throw new Error(`expected one series, found ${watched.kind}`);
      expect(watched.namespace).toBe(metrics.namespace);
      expect(published).toContain(watched.metricName);
      expect(metrics.aggregation_dimensions).toContainEqual(Object.keys(watched.dimensions));
      expect(Object.keys(metrics.append_dimensions)).toEqual(
        expect.arrayContaining(Object.keys(watched.dimensions)),
      );
    }
  });

  it("leaves out file systems that are no disks", () => {
    expect(metrics.metrics_collected.disk?.ignore_file_system_types).toEqual(
      expect.arrayContaining(["tmpfs", "devtmpfs", "overlay", "squashfs"]),
    );
  });
});

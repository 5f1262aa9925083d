import { App, Testing } from "cdktf";
import { parseEnvironment } from "../../environments/validation";
import { managedEngineOf } from "../../environments/metrics-engine";
import { addStacks } from "../../stacks";
import { stackKindsOf } from "../../stacks/kinds";
import { loadEnvironments } from "../support/environments";
import { managed, managedEnvironment } from "../support/environments/managed";
import { Template } from "../support/template";
import { MetricsStack } from "../../stacks/metrics-stack";

const engine = managedEngineOf(managedEnvironment);
if (!engine) throw new Error("the environment has another engine");
const template = Template.synth(new MetricsStack(Testing.app(), managedEnvironment, engine));

describe("the engine of an environment", () => {
  it("is one Prometheus unless it says otherwise", () => {
    for (const environment of loadEnvironments(undefined)) {
      expect(environment.prometheus.engine).toEqual({ kind: "prometheus" });
    }
  });

  it("has its defaults filled in", () => {
    expect(engine).toEqual({
      kind: "amazon-managed-prometheus",
      agents: { shards: 1, replicas: 1 },
      logs: { retentionDays: 30 },
    });
  });

  it("is refused with what is allowed", () => {
    const wrong = {
      ...managed,
      prometheus: {
        ...managed.prometheus,
        engine: { kind: "amazon-managed-prometheus", agents: { shards: 33, replicas: 3 } },
      },
    };
    const parse = () => parseEnvironment(wrong, "environments/managed.ts");
    expect(parse).toThrow("prometheus.engine.agents.shards: found 33, allowed: a whole number from 1 to 32");
    expect(parse).toThrow("prometheus.engine.agents.replicas: found 3, allowed: a whole number from 1 to 2");
  });

  it("takes no credentials beside an emulator", () => {
    const wrong = {
      ...managed,
      aws: { ...managed.aws, emulatorUrl: "http://127.0.0.1:5566" },
      prometheus: {
        ...managed.prometheus,
        engine: { kind: "amazon-managed-prometheus", awsCredentials: { kind: "instance-role" } },
      },
    };
    expect(() => parseEnvironment(wrong, "environments/managed.ts")).toThrow(
      "prometheus.engine.awsCredentials: found credentials of AWS beside aws.emulatorUrl",
    );
  });
});

describe("the stacks of an environment", () => {
  it("are those of its engine, each after what it needs", () => {
    for (const environment of [...loadEnvironments(undefined), managedEnvironment]) {
      const app = new App();
      addStacks(app, environment);
      const names = stackKindsOf(environment).map((kind) => `${environment.name}-${kind}`);
      expect(app.node.children.map(({ node }) => node.id)).toEqual(names);
    }
    expect(stackKindsOf(managedEnvironment)).toEqual(["metrics", "cloudwatch", "docker", "grafana"]);
  });
});

describe("the metrics stack", () => {
  it("has a workspace named after project and environment", () => {
    expect(template.resource("aws_prometheus_workspace")).toMatchObject({
      alias: "microservices-monitoring-managed-metrics",
    });
    expect(template.resource("aws_cloudwatch_log_group")).toMatchObject({
      name: "/aws/vendedlogs/prometheus/microservices-monitoring/managed",
      retention_in_days: 30,
    });
  });

  it("marks what it makes, and keeps its state where the others do", () => {
    expect(template.provider("aws")).toMatchObject({
      region: "eu-central-1",
      default_tags: [{ tags: { Project: "microservices-monitoring", Environment: "managed" } }],
    });
    expect(template.text).toContain("managed-metrics.tfstate");
  });
});

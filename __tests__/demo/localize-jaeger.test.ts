import { parse } from "yaml";
import { Addresses } from "../../demo/addresses";
import { localizeJaeger } from "../../demo/localize-jaeger";
import { readContainers } from "../../demo/containers";
import { synthesize } from "../../stacks";
import { loadEnvironments } from "../support/environments";
import { temporaryFolder } from "../support/temporary-folder";

describe("the configuration of Jaeger, here", () => {
  const folder = temporaryFolder();
  const root = "/tmp/demo/jaeger";
  const ports = { 16686: 1, 16685: 2, 4317: 3, 4318: 4, 8888: 5, 8889: 6, 13133: 7 };
  let text: string;

  beforeAll(() => {
    const outdir = folder();
    synthesize(loadEnvironments("local"), outdir);
    const containers = readContainers(outdir);
    const container = containers.find(({ name }) => name === "jaeger");
    if (container === undefined) throw new Error("There is no Jaeger.");
    const addresses = new Addresses(containers);
    for (const [internal, port] of Object.entries(ports)) addresses.add("jaeger", Number(internal), port);
    text = localizeJaeger(container.files["/etc/jaeger/config.yaml"] ?? "", addresses, container, root);
  });

  it("listens at no address but the loopback's, each port where it is here", () => {
    expect(text).not.toContain("0.0.0.0");
    expect(parse(text)).toMatchObject({
      receivers: {
        otlp: { protocols: { grpc: { endpoint: "127.0.0.1:3" }, http: { endpoint: "127.0.0.1:4" } } },
      },
      extensions: {
        healthcheckv2: { http: { endpoint: "127.0.0.1:7" } },
        jaeger_query: { http: { endpoint: "127.0.0.1:1" }, grpc: { endpoint: "127.0.0.1:2" } },
      },
      exporters: { prometheus: { endpoint: "127.0.0.1:6", enable_open_metrics: true } },
      service: {
        telemetry: {
          metrics: { readers: [{ pull: { exporter: { prometheus: { host: "127.0.0.1", port: 5 } } } }] },
        },
      },
    });
  });

  it("keeps its traces below its own folder", () => {
    expect(text).not.toMatch(/: \/tmp\/badger/);
    const badger = `${root}/tmp/badger`;
    expect(text).toContain(`keys: ${badger}/keys`);
    expect(text).toContain(`values: ${badger}/values`);
  });
});

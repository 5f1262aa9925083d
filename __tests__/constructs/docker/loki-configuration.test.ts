import { parse } from "yaml";
import { renderLokiConfiguration } from "../../../constructs/docker/loki-configuration";

interface Configuration {
  readonly auth_enabled: boolean;
  readonly analytics: { readonly reporting_enabled: boolean };
  readonly server: Readonly<Record<string, unknown>>;
  readonly compactor: Readonly<Record<string, unknown>>;
  readonly limits_config: Readonly<Record<string, unknown>>;
  readonly schema_config: { readonly configs: readonly Readonly<Record<string, unknown>>[] };
}

const place = { port: 3100, dataPath: "/loki" } as const;
const rendered = (retentionTime: string, ingestionMbPerSecond: number) => {
  const text = renderLokiConfiguration({ retentionTime, ingestionMbPerSecond }, place);
  return { text, json: parse(text) as Configuration };
};

it("deletes what is older than the retention, which Loki does only where it is told to", () => {
  const { json } = rendered("14d", 4);
  expect(json.limits_config.retention_period).toBe("14d");
  expect(json.compactor).toMatchObject({ retention_enabled: true, delete_request_store: "filesystem" });
  // Retention by the compactor wants an index of a day.
  expect(json.schema_config.configs).toMatchObject([
    { store: "tsdb", schema: "v13", object_store: "filesystem", index: { period: "24h" } },
  ]);
});

it("takes no more than it may, of one container as of all", () => {
  expect(rendered("7d", 6).json.limits_config).toMatchObject({
    ingestion_rate_mb: 6,
    ingestion_burst_size_mb: 24,
    per_stream_rate_limit: "6MB",
    per_stream_rate_limit_burst: "24MB",
    max_line_size: "256KB",
    max_line_size_truncate: true,
  });
});

it("tells nobody of its use, and listens for its own calls on the loopback alone", () => {
  const { json } = rendered("7d", 4);
  expect(json.analytics.reporting_enabled).toBe(false);
  expect(json.server).toMatchObject({ http_listen_port: 3100, grpc_listen_address: "127.0.0.1" });
});

it("keeps all that it writes below its folder of data", () => {
  const { text } = rendered("7d", 4);
  const paths = [...text.matchAll(/: (\/\S+)/g)].map(([, path = ""]) => path);
  expect(paths.length).toBeGreaterThan(3);
  expect(paths.filter((path) => path !== "/loki" && !path.startsWith("/loki/"))).toEqual([]);
});

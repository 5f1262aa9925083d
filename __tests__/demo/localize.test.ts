import { parse } from "yaml";
import { Addresses } from "../../demo/addresses";
import type { Container } from "../../demo/containers";
import { localizeAlertmanager, localizeCommand, localizePrometheus } from "../../demo/localize";

const container = (name: string, more: Partial<Container> = {}): Container => ({
  name,
  alsoAt: [],
  program: name,
  version: undefined,
  command: [],
  environment: {},
  files: {},
  folders: {},
  ports: [],
  onHostNetwork: false,
  ...more,
});

const prometheus = container("prometheus", {
  command: [
    "--config.file=/etc/prometheus/prometheus.yml",
    "--storage.tsdb.path=/prometheus",
    "--storage.tsdb.retention.time=15d",
    "--web.external-url=http://127.0.0.1:9090",
    "--web.route-prefix=/",
    "--enable-feature=exemplar-storage",
  ],
  folders: { "/etc/prometheus": undefined, "/prometheus": undefined },
  ports: [{ internal: 9090, external: 9090, ip: "127.0.0.1" }],
});
const exporter = container("node-exporter", {
  onHostNetwork: true,
  command: [
    "--web.listen-address=172.30.90.1:9100",
    "--path.rootfs=/host/root",
    "--path.procfs=/host/root/proc",
  ],
  folders: { "/host/root": "/" },
});
const second = container("alertmanager-2", {
  program: "alertmanager",
  command: [
    "--cluster.listen-address=0.0.0.0:9094",
    "--cluster.peer=alertmanager:9094",
    "--cluster.advertise-address=",
  ],
});
const addresses = new Addresses([prometheus, exporter, second]);
addresses.add("prometheus", 9090, 4001);
addresses.add("node-exporter", 9100, 4002);
addresses.add("order-service", 3003, 4003);
addresses.add("inbox", 8025, 4004);
addresses.add("alertmanager", 9094, 4005);
addresses.add("alertmanager-2", 9094, 4006);
addresses.add("alertmanager", 9093, 4007);
addresses.add("blackbox-exporter", 9115, 4008);

describe("the configuration of Prometheus", () => {
  const text = `
global: { scrape_interval: 15s, external_labels: { environment: local } }
rule_files: [/etc/prometheus/rules/*.yml]
alerting: { alertmanagers: [{ static_configs: [{ targets: ["alertmanager:9093"] }] }] }
remote_write: [{ url: "http://inbox:8025/write", basic_auth: { password_file: /run/secrets/mimir } }]
scrape_configs:
  - job_name: order-service
    metrics_path: /metrics
    sample_limit: 10000
    static_configs: [{ targets: ["order-service:3003"], labels: { service: order-service } }]
    relabel_configs: [{ source_labels: [__address__], regex: "(.*):.*", target_label: host }]
  - job_name: machines
    static_configs:
      - { targets: ["172.30.90.1:9100"], labels: { instance: here } }
      - { targets: ["10.0.0.9:9100"], labels: { instance: elsewhere } }
  - job_name: probe
    static_configs:
      - targets: ["blackbox-exporter:9115"]
        labels: { instance: "http://order-service:3003/a", __param_target: "http://order-service:3003/a" }
      - targets: ["blackbox-exporter:9115"]
        labels: { instance: "https://example.com", __param_target: "https://example.com" }
  - { job_name: cadvisor, static_configs: [{ targets: ["cadvisor:8080"] }] }
`;
  const {
    text: rendered,
    targets,
    absent,
  } = localizePrometheus(text, addresses, prometheus, "/tmp/demo/prometheus");
  const file = parse(rendered) as Record<string, unknown> & { scrape_configs: unknown[] };

  it("keeps what is not an address or a path", () => {
    expect(file.global).toEqual({ scrape_interval: "15s", external_labels: { environment: "local" } });
    expect(file.scrape_configs[0]).toMatchObject({
      job_name: "order-service",
      metrics_path: "/metrics",
      sample_limit: 10_000,
      static_configs: [{ targets: ["order-service:3003"], labels: { service: "order-service" } }],
    });
  });

  it("resolves targets after all other relabeling, with the instance that they would have", () => {
    expect(file.scrape_configs[0]).toMatchObject({
      relabel_configs: [
        { source_labels: ["__address__"], regex: "(.*):.*", target_label: "host" },
        { source_labels: ["instance", "__address__"], regex: ";(.+)", target_label: "instance" },
        {
          source_labels: ["__address__"],
          regex: "order-service:3003",
          target_label: "__address__",
          replacement: "127.0.0.1:4003",
        },
      ],
    });
    expect(file.alerting).toMatchObject({
      alertmanagers: [{ relabel_configs: [{ replacement: "127.0.0.1:4007" }] }],
    });
  });

  it("counts the targets that are here, those of jobs alone", () => {
    expect(targets).toBe(4);
  });

  it("finds what is on the host's network by the address at which it listens", () => {
    expect(file.scrape_configs[1]).toMatchObject({
      static_configs: [{ targets: ["172.30.90.1:9100"], labels: { instance: "here" } }],
      relabel_configs: [{}, { regex: "172\\.30\\.90\\.1:9100", replacement: "127.0.0.1:4002" }],
    });
  });

  it("has URLs asked where they are here, under the names that they have there", () => {
    const named = { instance: "http://order-service:3003/a" };
    const elsewhere = { instance: "https://example.com", __param_target: "https://example.com" };
    expect(file.scrape_configs[2]).toMatchObject({
      static_configs: [
        { labels: { ...named, __param_target: "http://127.0.0.1:4003/a" } },
        { labels: elsewhere },
      ],
      relabel_configs: [
        { target_label: "instance" },
        { regex: "blackbox-exporter:9115", replacement: "127.0.0.1:4008" },
      ],
    });
  });

  it("leaves out the targets that are not here, and says which", () => {
    expect(file.scrape_configs).toHaveLength(3);
    expect(absent).toEqual([
      { job: "machines", address: "10.0.0.9:9100" },
      { job: "cadvisor", address: "cadvisor:8080" },
    ]);
  });

  it("finds files below the container's folder, and URLs by their names", () => {
    expect(file.rule_files).toEqual(["/tmp/demo/prometheus/etc/prometheus/rules/*.yml"]);
    expect(file.remote_write).toEqual([
      {
        url: "http://127.0.0.1:4004/write",
        basic_auth: { password_file: "/tmp/demo/prometheus/run/secrets/mimir" },
      },
    ]);
  });
});

describe("the configuration of Alertmanager", () => {
  it("has its names and paths resolved, and nothing else changed", () => {
    const text = `
templates: [/etc/alertmanager/*.tmpl]
receivers:
  - name: team
    email_configs: [{ smarthost: "order-service:3003", to: a@example.com, html: '{{ template "a" . }}' }]
    webhook_configs: [{ url: "http://inbox:8025/webhook/team" }, { url: "https://example.com/hook" }]
    slack_configs: [{ api_url_file: /run/secrets/team, channel: "#team" }]
`;
    const root = "/tmp/demo/alertmanager";
    expect(parse(localizeAlertmanager(text, addresses, second, root))).toEqual({
      templates: [`${root}/etc/alertmanager/*.tmpl`],
      receivers: [
        {
          name: "team",
          email_configs: [{ smarthost: "127.0.0.1:4003", to: "a@example.com", html: '{{ template "a" . }}' }],
          webhook_configs: [
            { url: "http://127.0.0.1:4004/webhook/team" },
            { url: "https://example.com/hook" },
          ],
          slack_configs: [{ api_url_file: `${root}/run/secrets/team`, channel: "#team" }],
        },
      ],
    });
  });
});

describe("the arguments of a container's program", () => {
  it("have paths in the program's own folder and the port of here", () => {
    expect(
      localizeCommand(prometheus, addresses, "/tmp/demo/p", { "web.listen-address": "127.0.0.1:4001" }),
    ).toEqual([
      "--config.file=/tmp/demo/p/etc/prometheus/prometheus.yml",
      "--storage.tsdb.path=/tmp/demo/p/prometheus",
      "--storage.tsdb.retention.time=15d",
      "--web.external-url=http://127.0.0.1:4001",
      "--web.route-prefix=/",
      "--enable-feature=exemplar-storage",
      "--web.listen-address=127.0.0.1:4001",
    ]);
  });

  it("have the host's own paths where the container sees these, unless a flag replaces them", () => {
    expect(localizeCommand(exporter, addresses, "/tmp/demo/n", {})).toEqual([
      "--web.listen-address=127.0.0.1:4002",
      "--path.rootfs=/",
      "--path.procfs=/proc",
    ]);
    expect(localizeCommand(exporter, addresses, "/tmp/demo/n", { "path.rootfs": "/mnt/small" })).toContain(
      "--path.rootfs=/mnt/small",
    );
  });

  it("lead the members of a cluster to one another", () => {
    expect(localizeCommand(second, addresses, "/tmp/demo/a", {})).toEqual([
      "--cluster.listen-address=127.0.0.1:4006",
      "--cluster.peer=127.0.0.1:4005",
      "--cluster.advertise-address=",
    ]);
  });
});

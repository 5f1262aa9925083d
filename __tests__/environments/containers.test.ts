import { local } from "../support/environments/local";
import { prod } from "../support/environments/prod";
import { edited, type Edit } from "../support/edit";
import { problems, problemsOf } from "../support/environment-problems";

const mail = prod.alerting.receivers.findIndex(({ kind }) => kind === "email");
const remoteWrite = { name: "mimir", url: "https://mimir.example.com/api/v1/push" };

describe("Prometheus broken on purpose is refused, by its place", () => {
  it.each<[string, Edit[], string]>([
    ["two jobs of one name", [["services.1.name", "api-gateway"]], `services[1].name: found "api-gateway"`],
    [
      "a job of the monitoring's own name",
      [["services.1.name", "cadvisor"]],
      `services[1].name: found "cadvisor"`,
    ],
    ["a port out of range", [["services.0.port", 70_000]], "services[0].port: found 70000"],
    [
      "a path without a slash",
      [["services.0.metricsPath", "metrics"]],
      `services[0].metricsPath: found "metrics"`,
    ],
    ["a bad interval", [["prometheus.scrapeInterval", "15"]], `prometheus.scrapeInterval: found "15"`],
    [
      "a scrape that may take longer than the interval",
      [
        ["prometheus.scrapeInterval", "15s"],
        ["prometheus.scrapeTimeout", "20s"],
      ],
      `prometheus.scrapeTimeout: found "20s", allowed: a duration of at most prometheus.scrapeInterval, which is 15s`,
    ],
    [
      "a bad retention time",
      [["prometheus.retentionTime", "30 days"]],
      `prometheus.retentionTime: found "30 days"`,
    ],
    ["a bad retention size", [["prometheus.retentionSize", "50"]], `prometheus.retentionSize: found "50"`],
    [
      "a retention size that the write-ahead log fills alone",
      [["prometheus.retentionSize", "1MB"]],
      `prometheus.retentionSize: found "1MB", allowed: a size such as "10GB", of at least 512MB`,
    ],
    [
      "a retention size that the retention time cannot fit into",
      [
        ["prometheus.retentionSize", "512MB"],
        ["prometheus.retentionTime", "2y"],
      ],
      `prometheus.retentionSize: found "512MB", allowed: at least 2407MB, the least that 4 services need in a retentionTime of 2y`,
    ],
    ["no samples", [["prometheus.scrapeLimits", { samples: 0 }]], "prometheus.scrapeLimits.samples: found 0"],
    ["no labels", [["prometheus.scrapeLimits", { labels: 0 }]], "prometheus.scrapeLimits.labels: found 0"],
    [
      "a bad size of a scrape",
      [["prometheus.scrapeLimits", { body: "big" }]],
      `scrapeLimits.body: found "big"`,
    ],
    ["a service's own limit below one", [["services.2.sampleLimit", 0]], "services[2].sampleLimit: found 0"],
    [
      "a secret in the URL of remote write",
      [["prometheus.remoteWrite", [{ ...remoteWrite, url: "https://user:secret@mimir.example.com" }]]],
      "prometheus.remoteWrite[0].url",
    ],
    [
      "signatures without a region",
      [["prometheus.remoteWrite", [{ ...remoteWrite, auth: { kind: "sigv4" } }]]],
      "prometheus.remoteWrite[0].auth.region: found nothing",
    ],
    [
      "a kind of proof that there is not",
      [["prometheus.remoteWrite", [{ ...remoteWrite, auth: { kind: "basik" } }]]],
      "prometheus.remoteWrite[0].auth",
    ],
    [
      "two remote writes of one name",
      [["prometheus.remoteWrite", [remoteWrite, remoteWrite]]],
      `prometheus.remoteWrite[1].name: found "mimir"`,
    ],
    [
      "a machine with a port",
      [["machines.others", [{ name: "db", address: "10.0.0.5:9100" }]]],
      `machines.others[0].address: found "10.0.0.5:9100", allowed: a host such as`,
    ],
    [
      "two machines of one name",
      [["machines.others", [{ name: "docker-host", address: "10.0.0.5" }]]],
      `machines.others[0].name: found "docker-host"`,
    ],
    [
      "two machines of one address",
      [
        [
          "machines.others",
          [
            { name: "db", address: "db.example.com" },
            { name: "cache", address: "DB.example.com" },
          ],
        ],
      ],
      `machines.others[1].address: found "DB.example.com", allowed: an address that no other machine has`,
    ],
    [
      "the engine's machine a second time, by its name",
      [["machines.others", [{ name: "again", address: "monitoring.example.com" }]]],
      `machines.others[0].address: found "monitoring.example.com", allowed: another machine than the engine's`,
    ],
    [
      "the engine's machine a second time, by its address on the monitoring network",
      [["machines.others", [{ name: "again", address: "172.30.90.1" }]]],
      `machines.others[0].address: found "172.30.90.1", allowed: another machine than the engine's`,
    ],
    [
      "the engine's machine a second time, by its address on the management network",
      [["machines.others", [{ name: "again", address: "172.30.89.1" }]]],
      `machines.others[0].address: found "172.30.89.1", allowed: another machine than the engine's`,
    ],
    [
      "Prometheus's own container as a machine",
      [["machines.others", [{ name: "here", address: "localhost" }]]],
      `machines.others[0].address: found "localhost", allowed: an address that Prometheus reaches`,
    ],
    [
      "a group of which nobody says how many there must be",
      [["machines.aws.discovery", {}]],
      "machines.aws.discovery.atLeast: found nothing, allowed: how many machines must run",
    ],
    [
      "more instances than there are",
      [
        ["machines.aws.target", { kind: "instances", instanceIds: ["i-00000001"] }],
        ["machines.aws.discovery", { atLeast: 2 }],
      ],
      "machines.aws.discovery.atLeast: found 2, allowed: at most 1, which is all instances",
    ],
    [
      "a tag that stands for several",
      [["machines.aws.discovery", { atLeast: 2, tags: { Role: "web*" } }]],
      `machines.aws.discovery.tags.Role: found "web*", allowed: a tag's value`,
    ],
    [
      "a name that is none of DNS",
      [["machines.dns", { name: "machines", atLeast: 2 }]],
      `machines.dns.name: found "machines", allowed: a name in DNS`,
    ],
    [
      "records that hold no address",
      [["machines.dns", { name: "machines.example.com", type: "SRV", atLeast: 2 }]],
      `machines.dns.type: found "SRV", allowed: one of A, AAAA`,
    ],
  ])("%s", (_, edits, expected) => {
    expect(problems(...edits)).toEqual([expect.stringContaining(expected)]);
  });
});

describe("a container that cannot run is refused, by its place", () => {
  const image = "ghcr.io/shop/cart:2.0.0";
  it.each<[string, Edit[], string]>([
    [
      "an image without a version",
      [["services.0.image", "shop/cart"]],
      `services[0].image: found "shop/cart"`,
    ],
    [
      "the latest image",
      [["services.0.image", "shop/cart:latest"]],
      `services[0].image: found "shop/cart:latest"`,
    ],
    ["no health check", [["services.0.healthCheck", undefined]], "services[0].healthCheck: found nothing"],
    [
      "an image and a build",
      [["services.0.build", { sources: ["services"] }]],
      "services[0].build: found an image, too, allowed: either image or build",
    ],
    ["a network that there is not", [["services.0.networks", ["monitor"]]], "services[0].networks[0]"],
    [
      "less memory than the engine starts a container with",
      [["services.0.limits", { memoryMb: 5, cpus: 1 }]],
      "services[0].limits.memoryMb: found 5, allowed: a whole number from 6 to 1048576",
    ],
    [
      "a user with two groups",
      [["services.0.user", "1000:0:0"]],
      `services[0].user: found "1000:0:0", allowed: a user with or without a group`,
    ],
    [
      "a user beyond the last number",
      [["services.0.user", "2147483648:0"]],
      `services[0].user: found "2147483648:0", allowed: a user with or without a group`,
    ],
    [
      "an image that the engine cannot read",
      [["services.0.image", "shop//cart:2.0.0"]],
      `services[0].image: found "shop//cart:2.0.0", allowed: an image pinned`,
    ],
    ["no memory", [["services.0.limits", { memoryMb: 0, cpus: 1 }]], "services[0].limits.memoryMb: found 0"],
    ["a port that is taken", [["services.1.hostPort", 16_686]], "services[1].hostPort: found 16686"],
    [
      "a build outside of the repository",
      [
        ["services.0.image", undefined],
        ["services.0.build", { context: "../other", sources: ["."] }],
      ],
      `services[0].build.context: found "../other"`,
    ],
    [
      "a secret that its user cannot read",
      [["services.0.secrets", { "/run/secrets/db": "db_password" }]],
      "services[0].user: found nothing",
    ],
    [
      "a public subnet",
      [["docker.monitoringSubnet", "8.8.8.0/24"]],
      `docker.monitoringSubnet: found "8.8.8.0/24"`,
    ],
    [
      "the range of the engine's own bridge",
      [["docker.monitoringSubnet", "172.17.4.0/24"]],
      `docker.monitoringSubnet: found "172.17.4.0/24", allowed: a private IPv4 range of 16 to 4096 addresses that starts at a multiple of its size, such as "172.30.90.0/24", outside of 172.17.0.0/16`,
    ],
    [
      "a subnet with too few addresses",
      [
        ["docker.monitoringSubnet", "10.0.0.0/28"],
        [
          "services",
          Array.from({ length: 12 }, (_, index) => ({ name: `service-${String(index)}`, port: 80 })),
        ],
        ["blackboxExporter", undefined],
        ["logShipper", undefined],
        ["cloudwatch.logs", undefined],
        ["cloudwatch.alarms.errorLines", undefined],
        ["alerting.objectives", {}],
      ],
      `docker.monitoringSubnet: found "10.0.0.0/28", allowed: a range for the 14 containers on the monitoring network: this one has 13 addresses for them`,
    ],
    [
      "two networks with the same addresses",
      [["docker.managementSubnet", "172.30.90.128/25"]],
      `docker.monitoringSubnet: found "172.30.90.0/24", allowed: a range apart from docker.managementSubnet, which is "172.30.90.128/25"`,
    ],
    [
      "Alertmanagers' addresses within those of another network",
      [
        ["docker.alertmanagerSubnet", "172.30.89.64/28"],
        ["alerting.replicas", 2],
      ],
      `docker.alertmanagerSubnet: found "172.30.89.64/28", allowed: a range apart from docker.managementSubnet, which is "172.30.89.0/24"`,
    ],
    [
      "a service that nothing of the monitoring reaches",
      [["services.0.networks", ["microservices"]]],
      `services[0].networks: found "microservices", allowed: a list with "monitoring": over that network alone Prometheus scrapes it, and its spans reach Jaeger`,
    ],
    [
      "a service with a name that means itself in every container",
      [["services.0.name", "localhost"]],
      `services[0].name: found "localhost", allowed: a name by which others reach it`,
    ],
    [
      "a service with the name of something beside it in the stack",
      [["services.0.name", "docker"]],
      `services[0].name: found "docker", allowed: a name that the monitoring does not use itself`,
    ],
    [
      "a port of SSH that is none",
      [["docker.host", "ssh://deploy@monitoring.example.com:99999"]],
      `docker.host: found "ssh://***@monitoring.example.com:99999", allowed: a Docker host such as`,
    ],
    ["an engine at port 0", [["docker.host", "tcp://10.0.0.5:0"]], `docker.host: found "tcp://10.0.0.5:0"`],
    [
      "a /tmp as big as its memory",
      [["services.0.tmpMb", 256]],
      "services[0].tmpMb: found 256, allowed: a whole number below limits.memoryMb, which is 256",
    ],
    ["a subnet between two", [["docker.monitoringSubnet", "10.0.0.9/24"]], "docker.monitoringSubnet"],
    [
      "a mail server that need not prove its name",
      [[`alerting.receivers.${String(mail)}.verifyCertificate`, false]],
      `alerting.receivers[${String(mail)}].verifyCertificate: found false`,
    ],
    ["an inbox that nothing makes", [["inbox", {}]], "inbox: found neither image nor build"],
    ["an emulator elsewhere", [["moto", { hostPort: 5566 }]], "aws.emulatorUrl: found nothing"],
  ])("%s", (_, edits, expected) => {
    expect(problems(...edits)).toEqual([expect.stringContaining(expected)]);
  });

  it("but a subnet with just enough addresses is taken", () => {
    const services = Array.from({ length: 11 }, (_, index) => ({
      name: `service-${String(index)}`,
      port: 80,
    }));
    const edits: Edit[] = [
      ["docker.monitoringSubnet", "10.0.0.0/28"],
      ["services", services],
      ["blackboxExporter", undefined],
      ["logShipper", undefined],
      ["cloudwatch.logs", undefined],
      ["cloudwatch.alarms.errorLines", undefined],
    ];
    expect(problems(...edits)).toEqual([]);
  });

  it("but addresses of a network that is not made are nobody's", () => {
    const edits: Edit[] = [
      ["docker.alertmanagerSubnet", "172.30.89.64/28"],
      ["alerting.replicas", 1],
    ];
    expect(problems(...edits)).toEqual([]);
  });

  it("but what the engine itself takes is taken", () => {
    expect(
      problems(
        ["services.0.limits", { memoryMb: 6, cpus: 0.01 }],
        ["services.0.tmpMb", 1],
        ["services.0.user", "node:0"],
        ["services.0.environment", { "discovery.type": "single-node" }],
        ["services.0.image", "Registry.example.com:5000/shop/cart:2.0.0"],
      ),
    ).toEqual([]);
  });

  it("but a service that runs elsewhere needs no image", () => {
    expect(problemsOf(edited(local, ["services.0", { name: "cart", port: 8080 }]))).toEqual([]);
    expect(problems(["services.1", { name: "cart", port: 8080, image, healthCheck: ["true"] }])).toEqual([]);
  });
});

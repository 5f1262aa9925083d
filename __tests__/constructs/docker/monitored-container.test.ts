import { Network } from "@cdktf/provider-docker/lib/network";
import { Volume } from "@cdktf/provider-docker/lib/volume";
import type { MonitoredContainerProps } from "../../../constructs/docker/container-options";
import { MonitoredContainer } from "../../../constructs/docker/monitored-container";
import { sensitiveVariable } from "../../../constructs/sensitive-variable";
import { Template } from "../../support/template";
import { foreignScope, messageOf, type Scope } from "./support";

/** Puts a container into someone else's stack. */
function addCache(scope: Scope, options: Partial<MonitoredContainerProps>): void {
  const { stack, network } = scope;
  new MonitoredContainer(stack, "cache", {
    name: "cache",
    image: "redis:8.2.1",
    networks: [network],
    healthCheck: { command: ["redis-cli", "ping"] },
    limits: { memoryMb: 128, cpus: 0.5 },
    ...options,
  });
}

/** Someone else's stack with one container in it. */
function synthesize(options: (scope: Scope) => Partial<MonitoredContainerProps> = () => ({})): Template {
  const scope = foreignScope();
  addCache(scope, options(scope));
  return Template.synth(scope.stack);
}

const container = (options?: Parameters<typeof synthesize>[0]) =>
  synthesize(options).resource("docker_container");

describe("what the Docker provider stumbles over", () => {
  it("has its CPUs limited by period and quota, as `cpus` crashes the provider", () => {
    expect(container()).toMatchObject({ cpu_period: 100_000, cpu_quota: 50_000 });
    expect(container()).not.toHaveProperty("cpus");
  });

  it("names its swap, which otherwise changes at every plan", () => {
    expect(container()).toMatchObject({ memory: 128, memory_swap: 256 });
  });

  it("spells capabilities as the kernel does, which otherwise replaces the container at every plan", () => {
    const kept = { name: "CAP_NET_BIND_SERVICE", reason: "listens at port 80" } as const;
    expect(container(() => ({ capabilities: [kept] }))).toMatchObject({
      capabilities: { add: ["CAP_NET_BIND_SERVICE"], drop: ["ALL"] },
    });
    const misspelt = { name: "CAP_net_bind", reason: "listens at port 80" } as const;
    expect(() => container(() => ({ capabilities: [misspelt] }))).toThrow(/spelt like CAP_NET_BIND_SERVICE/);
  });

  it("writes durations in Go's form, any other of which changes at every plan", () => {
    const healthCheck = {
      command: ["true"],
      intervalSeconds: 90,
      timeoutSeconds: 60,
      startPeriodSeconds: 3725,
    };
    expect(container(() => ({ healthCheck }))).toMatchObject({
      healthcheck: { interval: "1m30s", timeout: "1m0s", start_period: "1h2m5s" },
    });
  });

  it("is replaced when its health check changes, which is never applied in place", () => {
    const labels = [1, 2].map((retries) => {
      const healthCheck = { command: ["true"], retries };
      return JSON.stringify(container(() => ({ healthCheck })).labels);
    });
    expect(labels[0]).toContain("monitoring.health-check");
    expect(labels[0]).not.toBe(labels[1]);
  });

  it("is on its networks by id, so that a network can be replaced", () => {
    expect(container().networks_advanced).toEqual([{ name: "${docker_network.network.id}" }]);
  });

  it("has names and an address on one network alone where that is said", () => {
    const aliases = ["cache.inner"];
    const networks = container(({ stack, network }) => ({
      networks: [
        network,
        { network: new Network(stack, "inner", { name: "inner" }), aliases, address: "10.1.0.2" },
      ],
    })).networks_advanced;
    expect(networks).toEqual([
      { name: "${docker_network.network.id}" },
      { name: "${docker_network.inner.id}", aliases, ipv4_address: "10.1.0.2" },
    ]);
  });

  it.each([
    [{ aliases: ["no name"] }, `networks[0].aliases: found "no name", allowed: a container's name`],
    [{ address: "10.1.0" }, `networks[0].address: found "10.1.0", allowed: an IPv4 address such as`],
  ])("refuses %j on a network", (own, problem) => {
    const message = messageOf((scope) => {
      addCache(scope, { networks: [{ network: scope.network, ...own }] });
    });
    expect(message).toContain(problem);
  });

  it("is made from the image's id, as a rebuilt image of the same tag is noticed by that alone", () => {
    expect(container().image).toMatch(/^\$\{docker_image\.\w+\.image_id\}$/);
  });

  it("is waited for, as a crash loop otherwise counts as success, longer than its health can take", () => {
    const healthCheck = {
      command: ["true"],
      intervalSeconds: 10,
      timeoutSeconds: 5,
      retries: 3,
      startPeriodSeconds: 60,
    };
    expect(container(() => ({ healthCheck }))).toMatchObject({ wait: true });
    expect(container(() => ({ healthCheck })).wait_timeout).toBeGreaterThan(60 + 3 * (10 + 5));
  });

  it("has a root that can be written to only where files are put into it", () => {
    expect(container()).toMatchObject({ read_only: true });
    const files = [{ path: "/etc/cache.conf", content: "maxmemory 64mb" }];
    expect(container(() => ({ files }))).toMatchObject({ read_only: false });
    expect(() => container(() => ({ files, writableRoot: false }))).toThrow(/no file into a read-only/);
    expect(container(() => ({ writableRoot: true }))).toMatchObject({ read_only: false });
  });

  it("refuses a file below a tmpfs, which would be hidden", () => {
    const files = [{ path: "/run/cache/cache.conf", content: "" }];
    expect(() => container(() => ({ files, tmpfs: [{ path: "/run/" }] }))).toThrow(
      `files[0].path: found "/run/cache/cache.conf", allowed: a path that the tmpfs at /run/ does not hide`,
    );
    expect(() => container(() => ({ files, tmpfs: [{ path: "/running" }] }))).not.toThrow();
  });
});

describe("what every container has", () => {
  it("no privileges, bounded logs, a restart policy", () => {
    expect(container()).toMatchObject({
      capabilities: { drop: ["ALL"] },
      security_opts: ["no-new-privileges:true"],
      log_driver: "json-file",
      log_opts: { "max-size": "10m", "max-file": "3" },
      restart: "unless-stopped",
    });
  });

  it("ports on the host's loopback address unless asked otherwise", () => {
    const ports = [
      { container: 6379, host: 16379 },
      { container: 8001, host: 18001, address: "0.0.0.0" },
    ];
    expect(container(() => ({ ports })).ports).toEqual([
      { internal: 6379, external: 16379, ip: "127.0.0.1" },
      { internal: 8001, external: 18001, ip: "0.0.0.0" },
    ]);
  });

  it("what it is given: command, environment, user, volumes, tmpfs", () => {
    const rendered = container(({ stack }) => ({
      command: ["--appendonly", "yes"],
      environment: { MODE: "cache" },
      user: "999",
      volumes: [{ volume: new Volume(stack, "data", { name: "cache-data" }), path: "/data" }],
      tmpfs: [{ path: "/tmp", sizeMb: 16 }],
    }));
    expect(rendered).toMatchObject({
      command: ["--appendonly", "yes"],
      env: ["MODE=cache"],
      user: "999",
      volumes: [{ volume_name: "${docker_volume.data.name}", container_path: "/data" }],
      tmpfs: { "/tmp": "rw,noexec,nosuid,size=16m" },
    });
  });

  it("secrets as files that its user alone can read, their values not in the JSON", () => {
    const template = synthesize(({ stack }) => ({
      user: "999:0",
      files: [
        {
          path: "/run/secrets/password",
          content: sensitiveVariable(stack, "password", "").stringValue,
          secret: true,
        },
        { path: "/etc/cache.conf", content: "maxmemory 64mb" },
      ],
    }));
    expect(template.resource("docker_container").upload).toEqual([
      { file: "/run/secrets/password", content: "${var.password}", permissions: "0440" },
      { file: "/etc/cache.conf", content: "maxmemory 64mb", permissions: "0444" },
    ]);
    expect(template.variables().password).toMatchObject({ sensitive: true });
    expect(template.variables().password).not.toHaveProperty("default");
  });
});

describe("what is refused", () => {
  it.each<[string, Partial<MonitoredContainerProps>, string]>([
    ["a name that the engine refuses", { name: "-" }, `name: found "-", allowed: a container's name`],
    ["an image without a tag", { image: "redis" }, `image: found "redis", allowed: an image pinned`],
    [
      "the image of the day",
      { image: "redis:latest" },
      `image: found "redis:latest", allowed: an image pinned`,
    ],
    [
      "a built image without a tag",
      { image: { name: "cart", context: ".", trigger: "1" } },
      `image.name: found "cart", allowed: an image pinned`,
    ],
    [
      "a build argument that is none",
      { image: { name: "cart:1", context: ".", trigger: "1", args: { "a-b": "" } } },
      `image.args: found "a-b", allowed: a name such as "SERVICE"`,
    ],
    ["no network", { networks: [] }, "networks: found [], allowed: one network or more"],
    [
      "the host's network and another",
      { hostNamespaces: ["network"] },
      `networks: found ["network"], allowed: none beside the host's network`,
    ],
    [
      "a port on the host's network",
      { hostNamespaces: ["network"], networks: [], ports: [{ container: 80, host: 80 }] },
      `ports: found [{"container":80,"host":80}], allowed: none on the host's network`,
    ],
    [
      "a namespace that is none",
      { hostNamespaces: ["ipc" as "pid"] },
      `hostNamespaces[0]: found "ipc", allowed: one of network, pid`,
    ],
    [
      "namespaces that are no list",
      { hostNamespaces: "pid" as unknown as [] },
      `hostNamespaces: found "pid", allowed: a list of 0 to 2 entries`,
    ],
    [
      "no health check",
      { healthCheck: { command: [] } },
      "healthCheck.command: found [], allowed: a list of 1 to 50 entries",
    ],
    [
      "a check without a pause",
      { healthCheck: { command: ["true"], intervalSeconds: 0 } },
      "healthCheck.intervalSeconds: found 0, allowed: a whole number from 1",
    ],
    [
      "half a retry",
      { healthCheck: { command: ["true"], retries: 0.5 } },
      "healthCheck.retries: found 0.5, allowed: a whole number from 1",
    ],
    [
      "no memory",
      { limits: { memoryMb: 0, cpus: 1 } },
      "limits.memoryMb: found 0, allowed: a whole number from 6 to 1048576",
    ],
    [
      "no CPU",
      { limits: { memoryMb: 64, cpus: 0 } },
      "limits.cpus: found 0, allowed: a number from 0.01 to 1024",
    ],
    ["endless CPUs", { limits: { memoryMb: 64, cpus: Infinity } }, "limits.cpus: found Infinity"],
    [
      "a port that is none",
      { ports: [{ container: 80, host: 70000 }] },
      "ports[0].host: found 70000, allowed: a whole number from 1 to 65535",
    ],
    [
      "an address that is none",
      { ports: [{ container: 80, host: 80, address: "localhost" }] },
      `ports[0].address: found "localhost", allowed: an IPv4 address`,
    ],
    [
      "a folder in memory without room",
      { tmpfs: [{ path: "/tmp", sizeMb: 0 }] },
      "tmpfs[0].sizeMb: found 0, allowed: a whole number from 1 to 1048576",
    ],
    [
      "a relative path",
      { tmpfs: [{ path: "tmp" }] },
      `tmpfs[0].path: found "tmp", allowed: an absolute path`,
    ],
    [
      "a relative path of the host",
      { hostPaths: [{ host: "srv", path: "/srv" }] },
      `hostPaths[0].host: found "srv", allowed: an absolute path`,
    ],
    ["a device without a path", { devices: ["kmsg"] }, `devices[0]: found "kmsg", allowed: an absolute path`],
    ["a user that is none", { user: "a b" }, `user: found "a b", allowed: a user with or without a group`],
    [
      "a variable that is none",
      { environment: { "A=B": "1" } },
      `environment: found "A=B", allowed: a variable's name`,
    ],
    [
      "a secret that nobody could read",
      { files: [{ path: "/s", content: "x", secret: true }], user: "999" },
      `user: found "999", allowed: a user with group 0, such as "1000:0"`,
    ],
    [
      "a capability without a reason",
      { capabilities: [{ name: "CAP_CHOWN", reason: " " }] },
      `capabilities[0].reason: found " ", allowed: why the program needs it`,
    ],
  ])("%s", (_, options, problem) => {
    const message = messageOf((scope) => {
      addCache(scope, options);
    });
    expect(message).toMatch(/^elsewhere\/cache: 1 problem in its props:\n {2}/);
    expect(message).toContain(problem);
  });

  it("is told all at once, with the construct's path", () => {
    const message = messageOf((scope) => {
      addCache(scope, { image: "redis", networks: [], limits: { memoryMb: 5, cpus: 0 } });
    });
    expect(message).toBe(
      [
        "elsewhere/cache: 4 problems in its props:",
        "  limits.memoryMb: found 5, allowed: a whole number from 6 to 1048576",
        "  limits.cpus: found 0, allowed: a number from 0.01 to 1024",
        `  image: found "redis", allowed: an image pinned by a version or a digest, such as "prom/prometheus:v3.13.5"`,
        "  networks: found [], allowed: one network or more",
      ].join("\n"),
    );
  });
});

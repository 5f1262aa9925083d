import { traceIdPattern } from "../../constructs/grafana/loki-data-source";
import { App } from "cdktf";
import { parse } from "yaml";
import { type Environment, loadEnvironments } from "../support/environments";
import { AlertmanagerStack } from "../../stacks/alertmanager-stack";
import { DockerStack } from "../../stacks/docker-stack";
import { GrafanaStack } from "../../stacks/grafana-stack";
import { type Block, parsed, containerNameOf, Template } from "../support/template";
import { temporaryFolder } from "../support/temporary-folder";

const outdir = temporaryFolder();

function stacksOf(environment: Environment) {
  const app = new App({ outdir: outdir(), stackTraces: false });
  const docker = new DockerStack(app, environment);
  const grafana = new GrafanaStack(app, environment, docker);
  const alertmanager = new AlertmanagerStack(app, environment, docker);
  return {
    docker: Template.synth(docker),
    grafana: Template.synth(grafana),
    alertmanager: Template.synth(alertmanager),
  };
}

function container(template: Template, name: string): Block {
  const found = template.resources("docker_container").find((block) => containerNameOf(block) === name);
  if (!found) throw new Error(`No container ${name}.`);
  return found;
}

/** The YAML document that is put into a container at a path. */
function file(block: Block, path: string): unknown {
  const uploads = block.upload as readonly { file: string; content: string }[];
  return parse(uploads.find((upload) => upload.file === path)?.content ?? "");
}

describe.each(loadEnvironments(undefined).map((environment) => [environment.name, environment] as const))(
  "%s",
  (_, environment) => {
    const { docker, grafana, alertmanager } = stacksOf(environment);

    it("has its networks, as bridges that lead out", () => {
      const networks = docker.resources("docker_network");
      expect(networks.map(({ name, driver, internal }) => [name, driver, internal ?? false])).toEqual([
        [`${environment.name}-management-network`, "bridge", false],
        [`${environment.name}-microservices-network`, "bridge", false],
        [`${environment.name}-monitoring-network`, "bridge", false],
      ]);
    });

    it("publishes Grafana at port 3300, dev at another, whose password is a file of its own", () => {
      const block = container(docker, "grafana");
      const external = environment.name === "dev" ? 13300 : 3300;
      expect(block.ports).toEqual([{ external, internal: 3000, ip: environment.docker.publishOn }]);
      expect(block.env).toContain("GF_SECURITY_ADMIN_PASSWORD__FILE=/run/secrets/grafana-admin-password");
      expect(block.upload).toEqual([
        {
          file: "/run/secrets/grafana-admin-password",
          content: "${var.grafana_admin_password}",
          permissions: "0440",
        },
      ]);
      expect(block.env).toEqual(
        expect.arrayContaining(["GF_USERS_ALLOW_SIGN_UP=false", "GF_AUTH_ANONYMOUS_ENABLED=false"]),
      );
    });

    it("has Prometheus scrape every service of the environment and the monitoring itself", () => {
      const configuration = file(container(docker, "prometheus"), "/etc/prometheus/prometheus.yml") as {
        scrape_configs: { job_name: string; static_configs: { targets: string[]; labels: unknown }[] }[];
      };
      const jobs = new Map(configuration.scrape_configs.map((job) => [job.job_name, job.static_configs]));
      expect([...jobs.keys()]).toEqual([
        "prometheus",
        "alertmanager",
        "grafana",
        "jaeger",
        "span-metrics",
        ...(environment.loki ? ["loki"] : []),
        ...(environment.blackboxExporter ? ["blackbox-exporter"] : []),
        "cadvisor",
        ...(environment.logShipper ? ["log-shipper"] : []),
        "node-exporter",
        ...environment.services.map(({ name }) => name),
        ...(environment.blackboxExporter ? ["probe"] : []),
      ]);
      for (const { name, port, metricsPort = port } of environment.services) {
        expect(jobs.get(name)).toEqual([
          {
            targets: [`${name}:${String(metricsPort)}`],
            labels: { service: name, environment: environment.name },
          },
        ]);
      }
    });

    it("has Prometheus find each program of the monitoring where its container listens", () => {
      const configuration = file(container(docker, "prometheus"), "/etc/prometheus/prometheus.yml") as {
        scrape_configs: { job_name: string; static_configs: { targets: string[]; labels: unknown }[] }[];
      };
      for (const { job_name, static_configs } of configuration.scrape_configs) {
        const [host, port] = static_configs[0]?.targets[0]?.split(":") ?? [];
        if (job_name === "node-exporter") {
          const { command } = container(docker, "node-exporter");
          expect(command).toContain(`--web.listen-address=${String(host)}:${String(port)}`);
          continue;
        }
        const template = job_name === "alertmanager" ? alertmanager : docker;
        const name = String(host).replace(/\.management$/, "");
        const networks = container(template, name).networks_advanced as { aliases?: string[] }[];
        // Who is on both networks is asked at a name that leads to one of its addresses alone.
        const isOnBoth = ["prometheus", "jaeger", "blackbox-exporter"].includes(name);
        const others = networks.flatMap(({ aliases = [] }) => aliases).filter((alias) => alias !== name);
        expect(others).toEqual(isOnBoth ? [host] : []);
      }
    });

    it("keeps who its programs are in the label instance, by whatever name they are asked", () => {
      const configuration = file(container(docker, "prometheus"), "/etc/prometheus/prometheus.yml") as {
        scrape_configs: { static_configs: { targets: string[]; labels: { instance?: string } }[] }[];
      };
      const renamed = configuration.scrape_configs
        .flatMap(({ static_configs }) => static_configs)
        .filter(({ targets }) => targets[0]?.includes(".management:"))
        .map(({ targets, labels }) => [targets[0], labels.instance]);
      expect(renamed.length).toBeGreaterThanOrEqual(3);
      for (const [target, instance] of renamed.filter(([, each]) => each?.startsWith("http") !== true)) {
        expect(instance).toBe(target?.replace(".management", ""));
      }
    });

    it("has no service beside the pages and APIs of the monitoring", () => {
      const networksOf = ({ networks_advanced }: Block) =>
        ((networks_advanced ?? []) as { name: string }[]).map(
          ({ name }) => /docker_network\.([\w-]+?)(?:_[0-9A-F]+)?\.id/.exec(name)?.[1],
        );
      const monitoring = ["management-network", "monitoring-network"];
      const services = environment.services.map(({ name }) => name);
      const seen = docker.resources("docker_container").map(containerNameOf);
      for (const name of seen) {
        const both = ["prometheus", "jaeger", "blackbox-exporter"].includes(name);
        expect([name, networksOf(container(docker, name))]).toEqual([
          name,
          services.includes(name)
            ? ["microservices-network", "monitoring-network"]
            : name === "node-exporter"
              ? []
              : both
                ? monitoring
                : ["management-network"],
        ]);
      }
    });

    it("has who is on both networks answer on the one without services alone", () => {
      const flags = (name: string) =>
        (container(docker, name).command as string[]).filter((option) => option.includes("listen-address"));
      expect(flags("prometheus")).toEqual([
        "--web.listen-address=prometheus.management:9090",
        "--web.listen-address=127.0.0.1:9090",
      ]);
      if (environment.blackboxExporter) {
        expect(flags("blackbox-exporter")).toEqual([
          "--web.listen-address=blackbox-exporter.management:9115",
          "--web.listen-address=127.0.0.1:9115",
        ]);
      }
      const jaeger = JSON.stringify(file(container(docker, "jaeger"), "/etc/jaeger/config.yaml"));
      const listened = [...jaeger.matchAll(/"(?:endpoint|host)":"([^"]+)"(?:,"port":(\d+))?/g)];
      const everywhere = listened.filter(([, host]) => host?.startsWith("0.0.0.0"));
      expect(everywhere.map(([, host]) => host).sort()).toEqual(["0.0.0.0:4317", "0.0.0.0:4318"]);
    });

    it("has node-exporter answer at the management network's own address, where strangers do not reach it", () => {
      const [network] = docker
        .resources("docker_network")
        .filter(({ name }) => String(name).endsWith("-management-network"));
      const [{ gateway } = { gateway: "" }] = network?.ipam_config as { gateway: string }[];
      const block = container(docker, "node-exporter");
      expect(block.command).toContain(`--web.listen-address=${gateway}:9100`);
      expect(block).toMatchObject({ network_mode: "host", pid_mode: "host" });
      expect(block.mounts).toEqual([
        {
          type: "bind",
          source: "/",
          target: "/rootfs",
          read_only: true,
          bind_options: { propagation: "rslave" },
        },
      ]);
      expect(block.depends_on).toHaveLength(1);
    });

    it("runs every service that has an image on its networks, sending its spans to Jaeger", () => {
      for (const { name, networks } of environment.services) {
        const block = container(docker, name);
        expect(block.env).toEqual(
          expect.arrayContaining([
            `OTEL_SERVICE_NAME=${name}`,
            "OTEL_EXPORTER_OTLP_ENDPOINT=http://jaeger:4318",
            "OTEL_EXPORTER_OTLP_PROTOCOL=http/protobuf",
            "JAEGER_AGENT_HOST=jaeger",
          ]),
        );
        expect(block.networks_advanced).toHaveLength(networks.length);
      }
      expect(container(docker, "api-gateway").ports).toEqual([
        {
          external: environment.name === "dev" ? 13000 : 3000,
          internal: 3000,
          ip: environment.docker.publishOn,
        },
      ]);
    });

    it("gives every service, whose root is read-only, a /tmp in memory", () => {
      const programs = environment.inbox
        ? [...environment.services, { name: "inbox" }]
        : environment.services;
      for (const { name } of programs) {
        expect(container(docker, name)).toMatchObject({
          read_only: true,
          tmpfs: { "/tmp": "rw,noexec,nosuid,size=64m" },
        });
      }
    });

    it("has the stand-ins of accounts elsewhere only where the environment asks for them", () => {
      const names = docker.resources("docker_container").map(containerNameOf);
      expect(names.includes("moto")).toBe(environment.moto !== undefined);
      expect(names.includes("inbox")).toBe(environment.inbox !== undefined);
    });

    it("keeps samples as long as the environment says, in a volume", () => {
      const block = container(docker, "prometheus");
      expect(block.command).toEqual(
        expect.arrayContaining([
          `--storage.tsdb.retention.time=${environment.prometheus.retentionTime}`,
          `--storage.tsdb.retention.size=${environment.prometheus.retentionSize}`,
        ]),
      );
      expect(docker.resources("docker_volume").map(({ name }) => name)).toEqual([
        `${environment.name}-grafana-data`,
        `${environment.name}-jaeger-data`,
        ...(environment.logShipper ? [`${environment.name}-log-shipper-data`] : []),
        ...(environment.loki ? [`${environment.name}-loki-data`] : []),
        `${environment.name}-prometheus-data`,
      ]);
    });

    it("has Prometheus send its alerts to where the alertmanager stack listens", () => {
      const configuration = file(container(docker, "prometheus"), "/etc/prometheus/prometheus.yml");
      const names = alertmanager.resources("docker_container").map(containerNameOf);
      const targets = names.sort().map((name) => `${name}:9093`);
      expect(configuration).toMatchObject({
        alerting: { alertmanagers: [{ static_configs: [{ targets }] }] },
      });
    });

    it("puts Alertmanager on the management network, by the id that the docker stack has", () => {
      const [network] = container(alertmanager, "alertmanager").networks_advanced as { name: string }[];
      expect(network?.name).toMatch(
        new RegExp(
          `^\\$\\{data\\.terraform_remote_state\\.[\\w-]*${environment.name}-docker\\.outputs\\.\\S+id\\}$`,
        ),
      );
    });

    it("asks for the secrets of its receivers alone, and for none where an inbox takes their place", () => {
      const { receivers, inbox } = environment.alerting;
      const asked = Object.keys(alertmanager.variables());
      expect(asked).toHaveLength(inbox === undefined ? receivers.length : 0);
      for (const { name } of inbox === undefined ? receivers : []) {
        const start = `${name.replaceAll("-", "_")}_`;
        expect(asked.filter((variable) => variable.startsWith(start))).toHaveLength(1);
      }
    });

    it("has as many Alertmanagers as it asks for, each with its own port, volume and the others as peers", () => {
      const { replicas, hostPort } = environment.alerting;
      const names = ["alertmanager", "alertmanager-2"].slice(0, replicas);
      const found = (type: string) => alertmanager.resources(type).map(({ name }) => String(name));
      const onEngine = names.map((name) => `${environment.name}-${name}`);
      expect(found("docker_container").sort()).toEqual(onEngine);
      expect(found("docker_volume").sort()).toEqual(onEngine.map((name) => `${name}-data`).sort());
      for (const [index, name] of names.entries()) {
        const block = container(alertmanager, name);
        expect(block.ports).toEqual([
          { internal: 9093, external: hostPort + index, ip: environment.docker.publishOn },
        ]);
        const clustering = (block.command as string[]).filter((option) => option.startsWith("--cluster"));
        expect(clustering).toEqual(
          replicas === 1
            ? ["--cluster.listen-address="]
            : [
                `--cluster.listen-address=172.30.88.${String(2 + index)}:9094`,
                `--cluster.peer=172.30.88.${String(3 - index)}:9094`,
              ],
        );
      }
    });

    it("has two Alertmanagers speak to one another on a network of theirs that leads nowhere", () => {
      const isClustered = environment.alerting.replicas > 1;
      expect(alertmanager.resources("docker_network")).toEqual(
        isClustered
          ? [
              expect.objectContaining({
                name: `${environment.name}-alertmanager-network`,
                driver: "bridge",
                internal: true,
              }),
            ]
          : [],
      );
    });

    it("puts secrets into files that Alertmanager's user alone reads, and none into the YAML", () => {
      for (const block of alertmanager.resources("docker_container")) {
        const uploads = block.upload as { file: string; content: string; permissions: string }[];
        const secrets = uploads.filter(({ file }) => file.startsWith("/run/secrets/"));
        expect(secrets).toHaveLength(environment.alerting.receivers.length);
        expect(new Set(secrets.map(({ permissions }) => permissions))).toEqual(new Set(["0440"]));
        const yaml = uploads.find(({ file }) => file.endsWith(".yml"))?.content ?? "";
        expect(yaml).toContain("/run/secrets/");
        expect(yaml).not.toContain("${var.");
      }
    });

    it("has a folder per audience, the default data source and the dashboard of services", () => {
      expect(grafana.resources("grafana_folder").map(({ uid }) => uid)).toEqual([
        "business",
        "platform",
        "services",
      ]);
      const isDefault: unknown = Object.fromEntries(
        grafana.resources("grafana_data_source").map(({ uid, is_default }) => [uid, is_default === true]),
      );
      expect(isDefault).toEqual({
        prometheus: true,
        jaeger: false,
        alertmanager: false,
        ...(environment.loki && { loki: false }),
        ...(environment.grafana.awsCredentials && { cloudwatch: false }),
      });
      for (const block of grafana.resources("grafana_dashboard")) {
        expect(parsed(block, "config_json")).toMatchObject({ editable: false });
      }
    });

    it("leads from an exemplar to its trace, and from a span to the metrics of its service", () => {
      const settings = (wanted: string) => {
        const block = grafana.resources("grafana_data_source").find(({ uid }) => uid === wanted);
        return JSON.parse(String(block?.json_data_encoded)) as Record<string, unknown>;
      };
      expect(settings("prometheus").exemplarTraceIdDestinations).toMatchObject([
        { name: "trace_id", datasourceUid: "jaeger" },
      ]);
      expect(settings("jaeger").tracesToMetrics).toMatchObject({
        datasourceUid: "prometheus",
        tags: [{ key: "service.name", value: "service" }],
      });
    });

    it("leads from a log line to its trace, and from a span to the lines of its service, where lines are kept", () => {
      const settings = (wanted: string) => {
        const block = grafana.resources("grafana_data_source").find(({ uid }) => uid === wanted);
        return block && (JSON.parse(String(block.json_data_encoded)) as Record<string, unknown>);
      };
      if (!environment.loki) {
        expect([settings("loki"), settings("jaeger")?.tracesToLogsV2]).toEqual([undefined, undefined]);
        return;
      }
      // Terraform takes the second dollar away.
      expect(settings("loki")?.derivedFields).toMatchObject([
        { matcherRegex: traceIdPattern, datasourceUid: "jaeger", url: "$${__value.raw}" },
      ]);
      expect(settings("jaeger")?.tracesToLogsV2).toMatchObject({
        datasourceUid: "loki",
        tags: [{ key: "service.name", value: "container" }],
        query: '{$${__tags}} |= "$${__trace.traceId}"',
      });
    });

    it("shows everybody the home dashboard first, which nobody but an admin changes", () => {
      const { home_dashboard_uid, timezone } = grafana.resource("grafana_organization_preferences");
      expect(home_dashboard_uid).toMatch(/^\$\{grafana_dashboard\.services_service-health_\w+\.uid\}$/);
      expect(timezone).toBe(environment.grafana.timezone);
      const permissions = grafana
        .resources("grafana_folder_permission")
        .flatMap((block) => block.permissions);
      expect(permissions.length).toBeGreaterThan(0);
      for (const each of permissions) expect(each).toMatchObject({ permission: "View" });
    });
  },
);

describe("a service's own", () => {
  const [dev] = loadEnvironments("dev");
  const service = (own: object) => {
    if (!dev) throw new Error("There is no environment dev.");
    const [first, ...others] = dev.services;
    const services = [{ ...first, ...own }, ...others] as Environment["services"];
    return container(stacksOf({ ...dev, services }).docker, "api-gateway");
  };

  it("variables win over those that say where spans go", () => {
    const environment = { OTEL_SERVICE_NAME: "edge", OTEL_EXPORTER_OTLP_ENDPOINT: "http://collector:4318" };
    const env = service({ environment }).env as string[];
    expect(env.filter((each) => each.startsWith("OTEL_SERVICE_NAME="))).toEqual(["OTEL_SERVICE_NAME=edge"]);
    expect(env).toContain("OTEL_EXPORTER_OTLP_ENDPOINT=http://collector:4318");
    expect(env).not.toContain("OTEL_EXPORTER_OTLP_ENDPOINT=http://jaeger:4318");
  });

  it("Jaeger is not overruled by an endpoint, which would come before it", () => {
    const env = service({ environment: { JAEGER_AGENT_HOST: "elsewhere" } }).env as string[];
    expect(env).toContain("JAEGER_AGENT_HOST=elsewhere");
    expect(env.filter((each) => each.startsWith("OTEL_EXPORTER_OTLP"))).toEqual([]);
  });

  it("size of /tmp is kept", () => {
    expect(service({ tmpMb: 16 }).tmpfs).toEqual({ "/tmp": "rw,noexec,nosuid,size=16m" });
  });
});

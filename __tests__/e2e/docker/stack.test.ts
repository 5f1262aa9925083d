import { type ContainerState, stateOf, wellStates } from "../../support/container-state";
import { AlertmanagerClient } from "../../../operations/clients/alertmanager-client";
import { requestJson } from "../../../operations/clients/json-client";
import { describeWithEngine, DockerEngine } from "../../support/docker-engine";
import { DockerProject } from "../../support/docker-project";
import { makeStandIn } from "../../support/docker-stand-ins";
import { providersOfLocal } from "../../support/local-project";
import { projectCopies } from "../../support/project-copy";
import { itWithProvider } from "../../support/provider";

const makeCopy = projectCopies();

jest.setTimeout(600_000);

interface InspectedContainer {
  readonly Id: string;
  readonly State: ContainerState;
  readonly Config: { readonly Env: readonly string[] };
  readonly HostConfig: {
    readonly CapDrop: readonly string[];
    readonly SecurityOpt: readonly string[];
    readonly Memory: number;
    readonly CpuQuota: number;
    readonly Privileged: boolean;
    readonly RestartPolicy: { readonly Name: string };
    readonly LogConfig: { readonly Type: string; readonly Config: Readonly<Record<string, string>> };
    readonly PortBindings: Readonly<
      Record<string, readonly { readonly HostIp: string; readonly HostPort: string }[]>
    > | null;
  };
}

const withProvider = itWithProvider(providersOfLocal().docker);

/** Each test goes on where the one before it ended, as a team's days with the stacks do. */
describeWithEngine("The docker and alertmanager stacks on an engine, by the real provider", () => {
  let engine: DockerEngine;
  let project: DockerProject;

  const names = () =>
    project
      .containers()
      .map(({ name }) => name)
      .sort();
  const all = () =>
    Promise.all(names().map(async (name) => ({ name, ...(await engine.inspect<InspectedContainer>(name)) })));
  const states = async () => (await all()).map(({ name, State }) => [name, stateOf(State)]);
  const ids = async () => new Map((await all()).map(({ name, Id }) => [name, Id]));
  const lines = async (...args: string[]) =>
    (await engine.docker(...args)).split("\n").filter((line) => line !== "");
  const succeed = async (operation: "deploy" | "diff" | "destroy", ...options: string[]) => {
    const { status, output } = await project.run(operation, ...options);
    if (status !== 0) throw new Error(output);
    return output;
  };
  /** Names of the containers that an operation replaces. */
  const replacedBy = async (operation: () => Promise<unknown>) => {
    const before = await ids();
    await operation();
    const after = await ids();
    return [...after].filter(([name, id]) => before.get(name) !== id).map(([name]) => name);
  };

  beforeAll(async () => {
    engine = await DockerEngine.start();
    project = await DockerProject.create(makeCopy(), engine);
    await project.prepareImages();
  });
  afterAll(async () => {
    await engine.stop();
  });

  withProvider("are made by one deploy that waits until everything is healthy", async () => {
    await succeed("deploy");
    expect((await all()).map(({ State }) => State.Status)).toEqual(names().map(() => "running"));
    expect(await states()).toEqual(wellStates(project.containers()));
  });

  withProvider("are not changed by a second plan", async () => {
    const output = await succeed("diff");
    expect(output).toMatch(/^e2e-docker +0 +0 +0 +no changes$/m);
    expect(output).toMatch(/^e2e-alertmanager +0 +0 +0 +no changes$/m);
  });

  withProvider("give each container limits, bounded logs and no privileges", async () => {
    for (const { name, HostConfig } of await all()) {
      expect({ name, ...HostConfig }).toMatchObject({
        name,
        CapDrop: ["ALL"],
        SecurityOpt: expect.arrayContaining(["no-new-privileges:true"]) as unknown,
        Privileged: false,
        RestartPolicy: { Name: "unless-stopped" },
        LogConfig: { Type: "json-file", Config: { "max-size": "10m", "max-file": "3" } },
      });
      expect(HostConfig.Memory).toBeGreaterThan(0);
      expect(HostConfig.CpuQuota).toBeGreaterThan(0);
    }
  });

  withProvider("publish ports on the loopback address alone", async () => {
    const bindings = (await all()).flatMap(({ HostConfig }) =>
      Object.values(HostConfig.PortBindings ?? {}).flat(),
    );
    expect(new Set(bindings.map(({ HostIp }) => HostIp))).toEqual(new Set(["127.0.0.1"]));
    const hostPorts = bindings.map(({ HostPort }) => Number(HostPort));
    expect(hostPorts.sort()).toEqual(Object.values(project.ports).sort());
    const response = await fetch(`http://127.0.0.1:${String(project.ports.grafana)}/api/health`);
    expect(response.status).toBe(200);
  });

  withProvider("let containers reach one another by name", async () => {
    await engine.docker("exec", "e2e-prometheus", "wget", "-q", "--spider", "http://grafana:3000/api/health");
    await engine.docker(
      "exec",
      "e2e-grafana",
      "wget",
      "-q",
      "--spider",
      "http://alertmanager:9093/-/healthy",
    );
  });

  withProvider("keep secrets for the container's own user, out of its environment and labels", async () => {
    const files = [
      ["e2e-grafana", "/run/secrets/grafana-admin-password", project.secrets.grafana_admin_password],
      // The inbox's own addresses are no secret, but the files are as those of real receivers.
      ["e2e-alertmanager", "/run/secrets/slack_critical_api_url", "http://inbox:8025/slack/slack-critical"],
    ] as const;
    for (const [name, path, value] of files) {
      expect(await engine.docker("exec", name, "cat", path)).toBe(value);
      expect(await engine.docker("exec", name, "stat", "-c", "%a %u:%g", path)).toBe("440 0:0");
      const other = await engine.tryDocker("exec", "--user", "1000:1000", name, "cat", path);
      expect(other.output).toMatch(/Permission denied/);
    }
    const inspected = await engine.docker("inspect", ...names());
    const secrets = Object.values(project.secrets);
    expect(secrets.length).toBeGreaterThan(0);
    for (const value of secrets) expect(inspected).not.toContain(value);
  });

  withProvider("replace the one container whose rules change, and keep its data", async () => {
    await engine.docker("exec", "e2e-prometheus", "touch", "/prometheus/marker");
    project.change({ errorRatioWarning: 0.0123 });
    expect(await replacedBy(() => succeed("deploy"))).toEqual(["e2e-prometheus"]);
    await engine.docker("exec", "e2e-prometheus", "stat", "/prometheus/marker");
    const rules = await fetch(`http://127.0.0.1:${String(project.ports.prometheus)}/api/v1/rules?type=alert`);
    expect(await rules.text()).toMatch(/"query":"[^"]*0\.0123[^"]*"/);
  });

  withProvider("replace Alertmanager alone where a route changes, and keep its silences", async () => {
    const alertmanager = new AlertmanagerClient(`http://127.0.0.1:${String(project.ports.alertmanager)}`);
    await alertmanager.silence({ alertname: "HostHighCpu" }, 3_600_000);
    const silences = () =>
      requestJson<readonly { id: string; status: { state: string } }[]>(
        `${alertmanager.url}/api/v2/silences`,
      );
    const before = await silences();
    expect(before.map(({ status }) => status.state)).toEqual(["active"]);

    project.change({ errorRatioWarning: 0.0123, criticalRepeatInterval: "2h" });
    expect(await replacedBy(() => succeed("deploy"))).toEqual(["e2e-alertmanager"]);
    expect(await silences()).toEqual(before);
    const status = await requestJson<{ config: { original: string } }>(`${alertmanager.url}/api/v2/status`);
    expect(status.config.original).toContain("repeat_interval: 2h");
    expect(await succeed("diff")).toMatch(/^e2e-alertmanager +0 +0 +0 +no changes$/m);
  });

  withProvider("bring back a container that was stopped and one that was removed", async () => {
    await engine.docker("stop", "e2e-grafana");
    await engine.docker("rm", "--force", "e2e-alertmanager");
    const kept = (name: string) => engine.inspect<InspectedContainer>(name).then(({ Id }) => Id);
    const before = await kept("e2e-prometheus");
    await succeed("deploy");
    expect(await kept("e2e-prometheus")).toBe(before);
    expect(await states()).toEqual(wellStates(project.containers()));
    expect(await succeed("diff")).toMatch(/^e2e-docker +0 +0 +0 +no changes$/m);
  });

  withProvider(
    "fail by name where a container does not become healthy, and are finished by the next deploy",
    async () => {
      const images = { alertmanager: "prom/alertmanager:v0.33.2" };
      const [wanted] = project.containers().filter(({ name }) => name === "e2e-alertmanager");
      if (!wanted) throw new Error("There is no alertmanager.");
      await makeStandIn(engine, { ...wanted, image: images.alertmanager }, false);
      project.change({ errorRatioWarning: 0.0123, criticalRepeatInterval: "2h", images });
      const { status, output } = await project.run("deploy");
      expect(status).toBe(1);
      expect(output).toMatch(/e2e-alertmanager: deploy failed\.[^]*alertmanager/);

      await makeStandIn(engine, { ...wanted, image: images.alertmanager });
      await succeed("deploy");
      expect(await states()).toEqual(wellStates(project.containers()));
    },
  );

  withProvider("leave the data when they are destroyed, and nothing when that is asked for", async () => {
    const volumes = [
      ...["alertmanager-data", "grafana-data", "jaeger-data"],
      ...["log-shipper-data", "loki-data", "prometheus-data"],
    ];
    const output = await succeed("destroy");
    expect(await lines("ps", "--all", "--quiet")).toEqual([]);
    expect((await lines("volume", "ls", "--quiet")).sort()).toEqual(volumes.map((name) => `e2e-${name}`));
    for (const volume of volumes) expect(output).toContain(`docker_volume.${volume}`);
    expect(output).toMatch(/--volumes removes it, with all data in it\.$/m);

    await succeed("deploy");
    await engine.docker("exec", "e2e-prometheus", "stat", "/prometheus/marker");
    expect(await succeed("diff")).toMatch(/^e2e-docker +0 +0 +0 +no changes$/m);

    await succeed("destroy", "--data", "e2e");
    expect(await lines("ps", "--all", "--quiet")).toEqual([]);
    expect(await lines("volume", "ls", "--quiet")).toEqual([]);
    expect(await lines("network", "ls", "--quiet", "--filter", "type=custom")).toEqual([]);
  });
});

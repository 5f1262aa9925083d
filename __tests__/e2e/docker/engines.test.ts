import { freePorts } from "../../../operations/loopback-port";
import { type ContainerState, stateOf, wellStates } from "../../support/container-state";
import { describeWithEngine, DockerEngine } from "../../support/docker-engine";
import { DockerProject, type OtherMachine } from "../../support/docker-project";
import { providersOfLocal } from "../../support/local-project";
import { projectCopies } from "../../support/project-copy";
import { itWithProvider } from "../../support/provider";
import { until } from "../../support/until";

const makeCopy = projectCopies();

jest.setTimeout(600_000);

interface InspectedContainer {
  readonly Id: string;
  readonly State: ContainerState;
  readonly Config: { readonly Cmd: readonly string[] | null };
  readonly NetworkSettings: {
    readonly Ports: Readonly<Record<string, readonly { readonly HostIp: string }[] | null>>;
  };
}

const withProvider = itWithProvider(providersOfLocal().docker);

/** Each test goes on where the one before it ended. */
describeWithEngine("The exporters of a second machine, on its own engine, by the real provider", () => {
  let own: DockerEngine;
  let second: DockerEngine;
  let machine: OtherMachine;
  let project: DockerProject;

  const containersOn = async (engine: DockerEngine) => {
    const names = (await engine.docker("ps", "--all", "--format", "{{.Names}}")).split("\n").sort();
    return Promise.all(
      names.map(async (name) => ({ name, ...(await engine.inspect<InspectedContainer>(name)) })),
    );
  };
  const statesOn = async (engine: DockerEngine) =>
    (await containersOn(engine)).map(({ name, State }) => [name, stateOf(State)]);
  const idsOn = async (engine: DockerEngine) => (await containersOn(engine)).map(({ Id }) => Id);
  const succeed = async (operation: "deploy" | "diff" | "destroy", ...options: string[]) => {
    const { status, output } = await project.run(operation, ...options);
    if (status !== 0) throw new Error(output);
    return output;
  };
  /** What an operation that fails prints, in one line. */
  const refused = async (operation: "deploy" | "diff" | "destroy", ...options: string[]) => {
    const { status, output } = await project.run(operation, ...options);
    expect(status).toBe(1);
    return output.replaceAll(/\s+/g, " ");
  };

  beforeAll(async () => {
    own = await DockerEngine.start();
    const [port, nodeExporterPort = 0, cadvisorPort = 0] = await freePorts(3);
    second = await DockerEngine.start({ index: 1, port });
    machine = { name: "second", engine: second, nodeExporterPort, cadvisorPort };
    project = await DockerProject.create(makeCopy(), own, [machine]);
    await project.prepareImages();
  });
  afterAll(async () => {
    await second.stop();
    await own.stop();
  });

  withProvider("are made by the one deploy that makes everything else on the first", async () => {
    await succeed("deploy");
    expect(await statesOn(second)).toEqual([
      ["e2e-cadvisor", "healthy"],
      ["e2e-node-exporter", "healthy"],
    ]);
    expect(await statesOn(own)).toEqual(wellStates(project.containers()));
  });

  withProvider("are not changed by a second plan", async () => {
    const output = await succeed("diff");
    expect(output).toMatch(/^e2e-docker +0 +0 +0 +no changes$/m);
    expect(output).toMatch(/^e2e-alertmanager +0 +0 +0 +no changes$/m);
  });

  withProvider("listen at their machine's address alone", async () => {
    const [cadvisor, nodeExporter] = await containersOn(second);
    const [host, atCadvisor] = [second.address, String(machine.cadvisorPort)];
    const atNodeExporter = String(machine.nodeExporterPort);
    expect(cadvisor?.NetworkSettings.Ports).toEqual({
      "8080/tcp": [{ HostIp: host, HostPort: atCadvisor }],
    });
    expect(nodeExporter?.Config.Cmd).toContain(`--web.listen-address=${host}:${atNodeExporter}`);
    const metrics = await fetch(`http://${host}:${atNodeExporter}/metrics`);
    expect(await metrics.text()).toContain("\nnode_cpu_seconds_total{");
    // What listens at all addresses answers at each of the loopback's, too.
    for (const port of [atNodeExporter, atCadvisor]) {
      await expect(fetch(`http://127.0.0.2:${port}/`)).rejects.toThrow();
    }
  });

  withProvider(
    "are asked for first: where their engine is away it is named, and nothing is touched",
    async () => {
      const before = await idsOn(own);
      await second.halt();
      for (const operation of ["diff", "deploy"] as const) {
        expect(await refused(operation)).toContain(
          `Nothing was touched, as this is missing: problem Docker second: no engine listens at ${second.tcpHost} -> Start Docker on second,`,
        );
      }
      expect(await idsOn(own)).toEqual(before);
    },
  );

  withProvider("are as they were when their engine is back", async () => {
    await second.resume();
    await until(async () => (await statesOn(second)).every(([, state]) => state === "healthy"), 120_000);
    expect(await succeed("diff")).toMatch(/^e2e-docker +0 +0 +0 +no changes$/m);
  });

  withProvider("are not waited for where their engine takes connections and does not answer", async () => {
    process.kill(second.pid, "SIGSTOP");
    try {
      expect(await refused("diff")).toContain(
        `problem Docker second: ${second.tcpHost} is not reached: ${second.tcpHost} did not answer within 15 s`,
      );
    } finally {
      process.kill(second.pid, "SIGCONT");
    }
  });

  withProvider("are not destroyed while their engine is away, and what fails names it", async () => {
    await second.halt();
    expect(await refused("destroy", "--data", "e2e")).toContain(
      `No Docker engine is reached at ${second.tcpHost} (machine second): npm run doctor -- e2e-docker says why.`,
    );
    await second.resume();
  });

  withProvider("are gone from there with the rest", async () => {
    await succeed("destroy", "--data", "e2e");
    for (const engine of [own, second]) {
      expect(await engine.docker("ps", "--all", "--quiet")).toBe("");
      expect(await engine.docker("network", "ls", "--quiet", "--filter", "type=custom")).toBe("");
      expect(await engine.docker("volume", "ls", "--quiet")).toBe("");
    }
  });
});

import { type ContainerState, stateOf, wellStates } from "../support/container-state";
import { readdirSync, readFileSync, statSync } from "node:fs";
import { setTimeout as sleep } from "node:timers/promises";
import { findAwsProvider } from "../support/aws-provider";
import { describeWithEngine, DockerEngine } from "../support/docker-engine";
import { makeStandIn, standInsLack } from "../support/docker-stand-ins";
import { filesWith } from "../support/files";
import { LocalProject, providersOfLocal } from "../support/local-project";
import { motoServer } from "../support/moto";
import { projectCopies } from "../support/project-copy";
import { itWithProvider } from "../support/provider";
import { describeUnless, lackOf } from "../support/require-program";

const makeCopy = projectCopies();

jest.setTimeout(600_000);

interface InspectedContainer {
  readonly Id: string;
  readonly State: ContainerState;
}

const { aws, ...others } = providersOfLocal();
const found = findAwsProvider(aws.version);
const awsVersion = typeof found === "string" ? aws.version : found.version;
if (typeof found !== "string") {
  process.stderr.write(`${found.note}\n`);
  found.remove();
}
const withProviders = itWithProvider(...Object.values(others), { source: aws.source, version: awsVersion });

const lacking = [standInsLack(), lackOf([motoServer])];
const describeHere = (title: string, fn: () => void) => {
  const reason = lacking.join(" ").trim();
  if (reason === "") describeWithEngine(title, fn);
  else describeUnless(reason, title, fn);
};

/** Each test goes on where the one before it ended, as somebody's days with it do. */
describeHere("npm run up and npm run down, by the real providers", () => {
  let engine: DockerEngine;
  let project: LocalProject;

  const names = () =>
    project
      .containers()
      .map(({ name }) => name)
      .sort();
  const inspected = () =>
    Promise.all(names().map(async (name) => ({ name, ...(await engine.inspect<InspectedContainer>(name)) })));
  const ids = async () => (await inspected()).map(({ Id }) => Id);
  const health = async () => (await inspected()).map(({ name, State }) => [name, stateOf(State)]);
  const allHealthy = () => wellStates(project.containers());
  const lines = async (...args: string[]) =>
    (await engine.docker(...args))
      .split("\n")
      .filter((line) => line !== "")
      .sort();
  const succeed = async (command: "up" | "down", ...args: string[]) => {
    const { status, output } = await project.run(command, ...args).ended;
    if (status !== 0) throw new Error(output);
    return output;
  };
  const password = () => {
    const secrets = readFileSync(project.path(".secrets/local.json"), "utf8");
    return (JSON.parse(secrets) as { grafana_admin_password: string }).grafana_admin_password;
  };
  const url = (program: keyof LocalProject["ports"], path: string) =>
    `http://127.0.0.1:${String(project.ports[program])}${path}`;
  /** Kills an `up` with all that it started when the first containers are there. */
  const killInTheMiddle = async () => {
    const { child, ended, output } = project.run("up");
    const end = Date.now() + 240_000;
    while (!/docker_container\.\S+: Creation complete/.test(output()) && Date.now() < end) await sleep(50);
    process.kill(-(child.pid ?? 0), "SIGKILL");
    expect((await ended).output).not.toContain("Up after");
    expect(await lines("ps", "--all", "--quiet")).not.toEqual([]);
  };
  const expectNothing = async () => {
    expect(await lines("ps", "--all", "--quiet")).toEqual([]);
    expect(await lines("volume", "ls", "--quiet")).toEqual([]);
    expect(await lines("network", "ls", "--format", "{{.Name}}")).toEqual(["bridge", "host", "none"]);
  };
  const mode = (name: string) => (statSync(project.path(name)).mode & 0o777).toString(8);

  beforeAll(async () => {
    engine = await DockerEngine.start();
    project = await LocalProject.create(makeCopy(), engine, awsVersion);
    await project.prepareImages();
  });
  afterAll(async () => {
    await engine.stop();
  });

  withProviders(
    "deploys the four stacks in order, a line a resource, and ends with what is where",
    async () => {
      const output = await succeed("up");
      const order = [...output.matchAll(/^(\S+) \((\d) of 4\)$/gm)].map(([, stack, place]) => [place, stack]);
      expect(order.map(([place]) => place)).toEqual(["1", "2", "3", "4"]);
      expect(order[0]).toEqual(["1", "local-docker"]);
      for (const [stack, resources] of project.resources()) {
        const created = output.match(new RegExp(`^${stack}: \\S+: Creation complete after`, "gm")) ?? [];
        expect({ stack, created: created.length }).toEqual({ stack, created: resources });
      }
      const [, table = ""] = /\nUp after \d+ s\.\n\n([^]*)$/.exec(output) ?? [];
      for (const program of ["prometheus", "grafana", "alertmanager", "jaeger", "moto", "inbox"] as const) {
        expect(table).toMatch(new RegExp(`^${program} +${url(program, "")}$`, "m"));
      }
      expect(table).toMatch(new RegExp(`^api-gateway +${url("gateway", "")}$`, "m"));
      expect(table).toMatch(/npm run up -- --show-login\n[^]*npm run down$/m);
      expect(await health()).toEqual(allHealthy());
    },
  );

  withProviders("has given Grafana and the emulated account what the stacks describe", async () => {
    const authorization = `Basic ${Buffer.from(`admin:${password()}`).toString("base64")}`;
    const preferences = await fetch(url("grafana", "/api/org/preferences"), { headers: { authorization } });
    expect(await preferences.json()).toMatchObject({ homeDashboardUID: "service-health" });
    const account = await fetch(url("moto", "/moto-api/data.json"));
    expect(await account.text()).toContain("microservices-monitoring-local-high-cpu");
  });

  withProviders(
    "makes secrets at random, for their owner alone, and shows them on request only",
    async () => {
      const secret = password();
      expect(Buffer.from(secret, "base64url")).toHaveLength(32);
      expect([".secrets", ".secrets/local.json", ".state"].map(mode)).toEqual(["700", "600", "700"]);
      const states = readdirSync(project.path(".state"));
      expect(states.length).toBeGreaterThanOrEqual(4);
      expect(new Set(states.map((name) => mode(`.state/${name}`)))).toEqual(new Set(["600"]));
      // Without the providers, which are programs of some 100 MB.
      expect(filesWith(secret, project.path("cdktf.out"), /\/\.terraform\/providers\//)).toEqual([]);
      expect(filesWith(secret, project.path(".secrets"))).toEqual(["local.json"]);
      expect(await succeed("up", "--show-login")).toMatch(
        new RegExp(`^user +admin\npassword +${secret}$`, "m"),
      );
    },
  );

  withProviders("changes nothing the second time", async () => {
    const before = await ids();
    const output = await succeed("up");
    expect(output).not.toContain(password());
    expect(output).not.toMatch(/: (?:Creation|Modifications|Destruction) complete/);
    expect(await ids()).toEqual(before);
  });

  withProviders(
    "down leaves the volumes; an up that is killed hard is finished by the next, with the old data",
    async () => {
      await engine.docker("exec", "local-prometheus", "touch", "/prometheus/marker");
      const output = await succeed("down");
      for (const volume of project.volumes()) expect(output).toContain(volume);
      expect(await lines("ps", "--all", "--quiet")).toEqual([]);
      expect(await lines("network", "ls", "--format", "{{.Name}}")).toEqual(["bridge", "host", "none"]);
      expect(await lines("volume", "ls", "--quiet")).toEqual(project.volumes().sort());
      expect(await succeed("down")).toMatch(/nothing to do/);

      const { child, ended, output: printed } = project.run("up");
      const end = Date.now() + 240_000;
      while (!/docker_container\.\S+: Creation complete/.test(printed()) && Date.now() < end) await sleep(50);
      process.kill(-(child.pid ?? 0), "SIGKILL");
      expect((await ended).output).not.toContain("Up after");
      expect((await lines("ps", "--all", "--quiet")).length).toBeGreaterThan(0);

      await succeed("up");
      expect(await health()).toEqual(allHealthy());
      await engine.docker("exec", "local-prometheus", "stat", "/prometheus/marker");
    },
  );

  withProviders("names the cause and the next step of a failure, and the next one finishes it", async () => {
    const images = { alertmanager: "prom/alertmanager:v0.33.2" };
    const wanted = project.containers().find(({ name }) => name === "local-alertmanager");
    if (!wanted) throw new Error("There is no alertmanager.");
    const changed = { ...wanted, image: images.alertmanager };
    await makeStandIn(engine, changed, false);
    project.change({ images });
    const { status, output } = await project.run("up").ended;
    expect(status).toBe(1);
    expect(output).toMatch(/The last lines of local-alertmanager:\n/);
    expect(output).toMatch(/^Cause: local-alertmanager did not become healthy\.$/m);
    expect(output).toMatch(/^Next: .*docker logs local-alertmanager.*npm run up again/m);

    await makeStandIn(engine, changed);
    await succeed("up");
    expect(await health()).toEqual(allHealthy());
  });

  withProviders("down with the data leaves nothing, be it after an up that was killed hard", async () => {
    await succeed("down", "--data", "local");
    await expectNothing();
    await killInTheMiddle();
    await succeed("down", "--data", "local");
    await expectNothing();
  });
});

import { existsSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { AlertmanagerClient } from "../../../operations/clients/alertmanager-client";
import { requestJson } from "../../../operations/clients/json-client";
import { describeWithEngine, DockerEngine } from "../../support/docker-engine";
import { DockerProject } from "../../support/docker-project";
import { providersOfLocal } from "../../support/local-project";
import { projectCopies } from "../../support/project-copy";
import { itWithProvider } from "../../support/provider";
import { temporaryFolder } from "../../support/temporary-folder";

const makeCopy = projectCopies();
const folder = temporaryFolder();

jest.setTimeout(900_000);

const withProvider = itWithProvider(providersOfLocal().docker);

/** The steps of docs/engine-names.md, one after the other. */
describeWithEngine("An environment that was deployed without the prefix", () => {
  let engine: DockerEngine;
  let project: DockerProject;
  let backups: string;

  const names = async (...args: string[]) =>
    (await engine.docker(...args)).split("\n").filter((line) => line !== "");
  const containers = () => names("ps", "--format", "{{.Names}}");
  const volumes = () => names("volume", "ls", "--quiet");
  const succeed = async (ended: Promise<{ readonly status: number; readonly output: string }>) => {
    const { status, output } = await ended;
    if (status !== 0) throw new Error(output);
    return output;
  };
  const alertmanager = () => new AlertmanagerClient(`http://127.0.0.1:${String(project.ports.alertmanager)}`);
  const silences = async () => {
    const all = await requestJson<readonly { id: string; comment: string; status: { state: string } }[]>(
      `${alertmanager().url}/api/v2/silences`,
    );
    return all.filter(({ status }) => status.state === "active").map(({ id }) => id);
  };

  beforeAll(async () => {
    engine = await DockerEngine.start();
    project = await DockerProject.create(makeCopy(), engine);
    await project.prepareImages();
    backups = join(folder(), "backups");
  });
  afterAll(async () => {
    await engine.stop();
  });

  let silenced: readonly string[];

  withProvider("keeps its names where it says so, and is backed up by them", async () => {
    project.change({ names: "plain" });
    await succeed(project.run("deploy"));
    expect(await containers()).toEqual(expect.arrayContaining(["prometheus", "grafana", "alertmanager"]));
    expect((await containers()).filter((name) => name.startsWith("e2e-"))).toEqual([]);
    await alertmanager().silence({ alertname: "HostHighCpu" }, 3_600_000);
    silenced = await silences();
    expect(silenced).toHaveLength(1);
    await engine.docker("exec", "grafana", "touch", "/var/lib/grafana/marker");

    await succeed(project.command("backup", "--to", backups));
    expect(readdirSync(backups)).toHaveLength(1);
  });

  withProvider("cannot be given the prefix by a plan, which changes nothing", async () => {
    const before = await names("ps", "--format", "{{.Names}} {{.ID}}");
    project.change({});
    const { status, output } = await project.run("deploy");
    expect(status).toBe(1);
    expect(output).toMatch(/prevent_destroy|cannot be destroyed/);
    expect(await names("ps", "--format", "{{.Names}} {{.ID}}")).toEqual(before);
  });

  withProvider("is destroyed with its data by its name, deployed with the prefix, and restored", async () => {
    project.change({ names: "plain" });
    await succeed(project.run("destroy", "--data", "e2e"));
    expect([await containers(), await volumes()]).toEqual([[], []]);

    project.change({});
    await succeed(project.run("deploy"));
    expect((await containers()).every((name) => name.startsWith("e2e-"))).toBe(true);
    expect((await volumes()).every((name) => name.startsWith("e2e-"))).toBe(true);
    expect(await silences()).toEqual([]);

    const [backup = ""] = readdirSync(backups);
    expect(existsSync(join(backups, backup, "manifest.json"))).toBe(true);
    await succeed(project.command("restore", "--from", backups, "--yes"));
    expect(await silences()).toEqual(silenced);
    await engine.docker("exec", "e2e-grafana", "stat", "/var/lib/grafana/marker");
    expect(await succeed(project.run("diff"))).toMatch(/^e2e-docker +0 +0 +0 +no changes$/m);
  });
});

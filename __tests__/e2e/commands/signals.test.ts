import { readFileSync } from "node:fs";
import { join } from "node:path";
import type { Signals } from "../../../signals/model";
import { projectCopies, type ProjectCopy } from "../../support/project-copy";

const copy = projectCopies();
const signals = (project: ProjectCopy, ...args: string[]) =>
  project.run("node", ["--import", "tsx", "commands/signals.ts", ...args], { COLUMNS: "80" });

describe("npm run signals", () => {
  const project = copy();

  it("prints four tables of 80 columns", () => {
    const { status, stdout, stderr } = signals(project, "prod");
    expect({ status, stderr }).toEqual({ status: 0, stderr: "" });
    const titles = stdout.split("\n").filter((line) => /^[A-Z][a-z ]+$/.test(line));
    expect(titles).toEqual(["Produces", "Reads", "Carries", "Left out"]);
    expect(stdout).toMatch(/^scrape job +node-exporter +\d+ +\d+ +\d+ +1 target, EC2$/m);
    expect(stdout).toMatch(/^topic +critical +\d crit +/m);
    expect(stdout.split("\n").filter((line) => line.length > 80)).toEqual([]);
  });

  it("prints JSON, and writes the picture beside it", () => {
    const { status, stdout } = signals(project, "local", "--json", "--picture", "local.svg");
    expect(status).toBe(0);
    const { environment, producers, carriers } = JSON.parse(stdout) as Signals;
    expect(environment).toBe("local");
    expect(producers.map(({ name }) => name)).toContain("order-service");
    expect(carriers.map(({ name }) => name)).toContain("slack-critical");
    expect(readFileSync(join(project.folder, "local.svg"), "utf8")).toMatch(/^<svg [^]*<\/svg>\n$/);
  });

  it.each([
    [[], /^Which environment\?/],
    [["staging", "prod"], /^One environment at a time: found staging, prod\./],
    [["prod", "--picture", "no/such/folder.svg"], /^no\/such\/folder\.svg cannot be written: ENOENT/],
    [["prod", "--picture"], /^--picture: found no value, allowed: --picture VALUE/],
  ])("refuses %j", (args, message) => {
    expect(signals(project, ...args)).toMatchObject({
      status: 1,
      stdout: "",
      stderr: expect.stringMatching(message) as string,
    });
  });
});

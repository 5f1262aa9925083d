import { mkdirSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { stringify } from "yaml";
import type { AlertsPart } from "../../../review/page/data/alerts";
import type { Review } from "../../../review/page/data/review";
import { projectCopies, type ProjectCopy } from "../../support/project-copy";

const copy = projectCopies();
const review = (project: ProjectCopy, ...args: string[]) =>
  project.run("node", ["--import", "tsx", "commands/review.ts", ...args], { COLUMNS: "80" });
const read = (project: ProjectCopy, ending: string) =>
  readFileSync(join(project.folder, `review.out/review.${ending}`), "utf8");

jest.setTimeout(300_000);

describe("npm run review -- --example", () => {
  const project = copy();

  it("shows a whole review without any other program", () => {
    const { status, stdout, stderr } = review(project, "--example", "--since", "8h");
    expect({ status, stderr: stderr.split("\n").filter((line) => /error/i.test(line)) }).toEqual({
      status: 0,
      stderr: [],
    });
    expect(stdout).toMatch(/^Who would have been woken: Messages that wake: \d+ before, \d+ after/);
    expect(stdout).toContain("The page is review.out/review.html");
    expect(stdout.split("\n").filter((line) => line.length > 80)).toEqual([]);
    expect(statSync(join(project.folder, "review.out/review.html")).size).toBeLessThan(5_000_000);
    expect(read(project, "md").split("\n").length).toBeLessThanOrEqual(60);
    const { format, made, alerts } = JSON.parse(read(project, "json")) as Review;
    expect([format, made.environment, made.past?.source]).toEqual([1, "prod", "the recorded week"]);
    const latency = (alerts as AlertsPart).alerts.filter(({ what }) => what.includes("threshold 1 → 0.2"));
    expect(latency).toHaveLength(1);
    expect(latency[0]?.after?.firings).toBeGreaterThan(latency[0]?.before?.firings ?? Infinity);
  });
});

describe("npm run review in a repository", () => {
  const project = copy();

  beforeAll(() => {
    const identity = ["-c", "user.name=A", "-c", "user.email=a@example.com"];
    for (const args of [
      ["init", "-q", "-b", "main"],
      ["add", "-A"],
      [...identity, "commit", "-q", "-m", "All"],
    ]) {
      const { status, stderr } = project.run("git", args);
      if (status !== 0) throw new Error(stderr);
    }
  });

  it("finds nothing where nothing has changed, and says what it lacks to replay alerts", () => {
    const { status, stdout } = review(project, "--environment", "staging", "--check");
    expect(status).toBe(0);
    const said = stdout.replaceAll(/\s+/g, " ");
    expect(said).toContain("No past was named: --prometheus URL replays the alerts");
    expect(said).toContain("What breaks: Nothing that is read is gone, renamed or different.");
  });

  it("names the rule of others that reads what is gone, and fails with --check", () => {
    mkdirSync(join(project.folder, "theirs"));
    const rules = {
      groups: [
        {
          name: "theirs",
          rules: [
            { alert: "GatewayBusy", expr: 'sum(rate(http_requests_total{service="api-gateway"}[5m])) > 100' },
          ],
        },
      ],
    };
    writeFileSync(join(project.folder, "theirs/rules.yml"), stringify(rules));
    const renamed = ["--environment", "local", "--set", "services.0.name=front-door", "--foreign", "theirs"];
    const { status, stdout } = review(project, ...renamed, "--check");
    expect({ status, said: stdout.replaceAll(/\s+/g, " ") }).toEqual({
      status: 1,
      said: expect.stringContaining("must not be merged so") as string,
    });
    expect(read(project, "md")).toContain("GatewayBusy");
  });

  it.each([
    [
      ["--base", "nowhere"],
      '--base: found "nowhere", allowed: a branch, a tag or a commit of this repository',
    ],
    [
      ["--environment", "production"],
      '--environment: found "production", allowed: local, dev, staging, prod',
    ],
    [["--set", "alerting.thresholds"], '--set: found "alerting.thresholds", allowed: a path'],
    [["--sweep", "a.b=1"], '--sweep: found "1", allowed: a range'],
    [["--sweep", "a.b=1..2"], "--sweep: found no past to count messages over, allowed: beside --prometheus"],
    [["--recorded", "nowhere"], "--recorded: found no folder nowhere, allowed: a folder that is there"],
    [["--foreign", "nowhere"], "--foreign: found no folder nowhere, allowed: a folder that is there"],
    [
      ["--out", "package.json"],
      "--out: found the file package.json, allowed: a folder, or a name that is free",
    ],
    [["--timezone", "Mars/Base"], '--timezone: found "Mars/Base", allowed: a zone'],
    [["--since", "soon"], '--since: found "soon", allowed: a duration'],
    [["--since", "0d"], '--since: found "0d", allowed: a duration'],
    [["--since", "100y"], '--since: found "100y", allowed: a duration such as 14d or 12h, 10y at most'],
    [["--prometheus", "prometheus:9090"], '--prometheus: expected an http(s) URL, found "prometheus:9090"'],
    [["--example", "--prometheus", "http://127.0.0.1:9"], "found several, allowed: one of them"],
  ])("refuses %j", (args, message) => {
    const { status, stdout, stderr } = review(project, ...args);
    expect({ status, stdout }).toEqual({ status: 1, stdout: "" });
    expect(stderr).toContain(message);
  });
});

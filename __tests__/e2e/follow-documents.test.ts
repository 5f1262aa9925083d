import { readdirSync, readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { stepsBelow, take } from "../support/document-steps";
import { exitOf } from "../support/health-check";
import { NpmCommand } from "../support/npm-command";
import { projectCopies, type Ended } from "../support/project-copy";
import { describeWith } from "../support/require-program";

jest.setTimeout(600_000);

const python = { name: "python3", hint: "On Debian: apt-get install python3" };
const root = resolve(__dirname, "../..");
const document = (name: string) => readFileSync(join(root, name), "utf8");

/** What the documents tell a reader how to add, in an order in which a later one finds what an earlier one made. */
const additions = [
  ["a service", "README.md", "## Add a service"],
  ["an environment", "README.md", "## Environments"],
  ["a panel", "README.md", "## What the dashboards show"],
  ["a receiver", "docs/notifications.md", "## Add a receiver"],
  ["a kind of receiver", "docs/notifications.md", "## Adding a receiver kind"],
  ["an alert", "docs/alerts.md", "## Adding an alert"],
  ["an objective", "docs/alerts.md", "## Adding an objective"],
  ["an alarm of CloudWatch", "docs/cloudwatch.md", "## Adding an alarm of CloudWatch"],
  ["a dashboard", "docs/dashboards.md", "## Adding a dashboard"],
  ["a metric and a service of one's own", "docs/instrumenting.md", "## A service in another language"],
] as const;

/**
 * Suites that no addition can concern, as they know neither the catalogue nor an environment, or compile all again; and
 * that of the pictures, which are drawn with a browser (`preview/pictures.test.ts`).
 */
const unconcerned = [
  "__tests__/preview/pictures",
  "__tests__/ci/",
  "__tests__/commands/(?!selection|help)",
  "__tests__/dashboards/documentation",
  "__tests__/environments/fuzz",
  "__tests__/providers/",
  "__tests__/services/(?!instrumentation|inbox/(?:any-bytes|forms))",
  "__tests__/stacks/every-container",
];

describe("who follows the documents in a copy of the project", () => {
  const project = projectCopies({ whole: true })();
  const npm = (...args: string[]) => project.run("npm", ["run", "--silent", ...args]);
  const succeeds = ({ status, stdout, stderr }: Ended) => {
    expect({ status, output: status === 0 ? "" : stdout + stderr }).toEqual({ status: 0, output: "" });
  };

  it.each(additions)("can add %s as %s tells", (_, file, heading) => {
    for (const step of stepsBelow(heading, document(file))) take(step, project);
  });

  it("adds an alarm of CloudWatch in three files", () => {
    const steps = stepsBelow("## Adding an alarm of CloudWatch", document("docs/cloudwatch.md"));
    expect(new Set(steps.map(({ what }) => what.replace(/,.*/, ""))).size).toBe(3);
  });

  it("can change what is theirs: a receiver's name, a threshold, a region", () => {
    const rename = "sed -i 's/discord-alerts/discord-shop/g' environments/*.ts shop/expectations.ts";
    take({ what: "run", block: rename }, project);
    project.edit("environments/prod.ts", "replicas: 2,", "replicas: 2,\n    thresholds: { hostCpu: 0.85 },");
    project.edit("environments/dev.ts", `region: "eu-central-1"`, `region: "eu-west-1"`);
  });

  it("then updates what is generated, and is told what that was", () => {
    const ended = npm("update");
    succeeds(ended);
    const changed = ended.stdout.split("\n").filter((line) => !line.endsWith("unchanged"));
    for (const line of [
      /^docs\/metrics\.md +written$/,
      /^docs\/alerts\.md +written$/,
      /^docs\/notifications\.md +written$/,
      /^docs\/cloudwatch\.md +written$/,
      /^docs\/cloudwatch-agent\.json +written$/,
      /^__tests__\/dashboards\/snapshots\/logins\.txt +new$/,
      /^__tests__\/dashboards\/snapshots\/service-health\.txt +written$/,
      /^__tests__\/stacks\/snapshots\/dev-docker\.yaml +written$/,
      /^__tests__\/stacks\/snapshots\/qa-docker\.yaml +new$/,
      /^__tests__\/stacks\/snapshots\/staging-alertmanager\.yaml +written$/,
      /^__tests__\/stacks\/snapshots\/staging-cloudwatch\.yaml +written$/,
    ]) {
      expect(changed).toContainEqual(expect.stringMatching(line));
    }
  });

  it("is told which pictures are to be drawn anew, and how", () => {
    const { status, stderr } = npm("pictures", "--", "--check");
    // The new dashboard is linked to from each.
    const pictures = readdirSync(join(project.folder, "docs/pictures")).filter((name) =>
      name.endsWith(".png"),
    );
    const lines = pictures.map((name) => `docs/pictures/${name} is older than its dashboard`);
    expect(status).toBe(1);
    expect(
      stderr
        .split("\n")
        .filter((line) => line.endsWith("older than its dashboard"))
        .sort(),
    ).toEqual(lines.sort());
    expect(stderr).toContain("Run `npm run pictures`, and commit what it writes.");
  });

  it("synthesizes the stacks, the new environment's among them", () => {
    const ended = npm("synth");
    succeeds(ended);
    expect(ended.stdout).toMatch(/^qa-docker +\d+ /m);
  });

  it("has no type wrong", () => {
    succeeds(npm("typecheck"));
  });

  it("has all tests green", () => {
    succeeds(
      project.run("npx", [
        "jest",
        "--selectProjects",
        "unit",
        "--ci",
        "--testPathIgnorePatterns",
        "/e2e/",
        ...unconcerned,
      ]),
    );
  });

  it("can start the services of this repository, though the catalogue has one more", async () => {
    const services = new NpmCommand(project.folder, "services", ["--free-ports"]);
    await services.said(/Try: curl http:\/\/.*\nCtrl-C stops all of them\.\n/);
    // npm itself may be ended by the signal.
    expect(await services.interrupt()).not.toBe(1);
    expect(services.output).toMatch(/\nStopped\.\n$/);
  });

  it("can start the demo", () => {
    succeeds(npm("demo", "--", "--free-ports", "--no-traffic", "--duration", "3"));
  });
});

describeWith([python], "the health check of the README's service", () => {
  const [step] = stepsBelow("## Add a service", document("README.md"));
  const [, code = ""] = /"-c",\s+"(.+)",/.exec(step?.block ?? "") ?? [];

  it.each([
    [200, 0],
    [503, 1],
  ])("where its answer is %d ends with %d", async (answer, expected) => {
    expect(await exitOf(["python3", "-c", code], answer)).toBe(expected);
  });
});

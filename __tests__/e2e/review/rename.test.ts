import { execFile, spawnSync } from "node:child_process";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { FakePrometheus } from "../../support/fake-prometheus";
import { type Ended, projectCopies, type ProjectCopy } from "../../support/project-copy";

const newCopy = projectCopies({ whole: true, ownEnvironments: true });
const tsx = "node_modules/.bin/tsx";
const counterNames = ["products_viewed_total", "product_pages_total"] as const;
const histogramNames = ["http_request_duration_seconds", "http_server_duration_seconds"] as const;

jest.setTimeout(900_000);

let copy: ProjectCopy;

function rename(...args: readonly string[]): Ended {
  return copy.run(tsx, ["commands/rename.ts", ...args]);
}

function git(...args: readonly string[]): string {
  const { status, stdout, stderr } = copy.run("git", [
    "-c",
    "user.name=a",
    "-c",
    "user.email=a@b.c",
    ...args,
  ]);
  if (status !== 0) throw new Error(stderr);
  return stdout;
}

function read(path: string): string {
  return readFileSync(join(copy.folder, path), "utf8");
}

/** What must pass after each step: types, tests near the metrics, and a synth. */
function expectSound(): void {
  const types = copy.run("node_modules/.bin/tsc", ["--noEmit"]);
  expect(types.stdout + types.stderr).toBe("");
  const tests = copy.run("node", [
    "node_modules/jest/bin/jest.js",
    ...["--selectProjects", "unit", "--ci", "--testPathPatterns"],
    "__tests__/(services/(product-service|order-service)|metrics/(docs|series|catalogue)|alerts/(cases|checks|runbooks|docs)|dashboards/all|signals/(signals|stored-series))",
  ]);
  expect(tests.status === 0 ? "" : tests.stderr).toBe("");
  expect(tests.stderr).toContain("passed");
  const synth = copy.run(tsx, ["commands/synth.ts", "local"]);
  expect(synth.status === 0 ? "" : synth.stderr + synth.stdout).toBe("");
  const current = copy.run(tsx, ["commands/update.ts", "--check", "docs/metrics.md"]);
  expect(current.status === 0 ? "" : current.stderr).toBe("");
}

/** All that a synth of `local` has written. */
function synthesized(): string {
  return readdirSync(join(copy.folder, "cdktf.out/stacks"), { recursive: true, encoding: "utf8" })
    .filter((path) => path.endsWith(".json"))
    .map((path) => read(join("cdktf.out/stacks", path)))
    .join("\n");
}

/** The command while this process answers it. */
function renameAsked(...args: readonly string[]): Promise<Pick<Ended, "status" | "stderr">> {
  return new Promise((resolve) => {
    execFile(
      join(copy.folder, tsx),
      ["commands/rename.ts", ...args],
      { cwd: copy.folder },
      (error, _, stderr) => {
        resolve({ status: error === null ? 0 : 1, stderr });
      },
    );
  });
}

/** The second step for the counter, in an environment whose Prometheus finds a series by these queries alone. */
async function finishAsking(finds: RegExp): Promise<Pick<Ended, "status" | "stderr">> {
  const target = { job: "product-service", instance: "10.0.0.7:3001" };
  const prometheus = new FakePrometheus(({ path, parameters }) => {
    if (path === "/rules") return { data: { groups: [] } };
    const isFound = finds.test(parameters.get("query") ?? "");
    return { data: { result: isFound ? [{ metric: target, value: [0, "1"] }] : [] } };
  });
  const url = await prometheus.listen();
  try {
    const where = ["--environment", "local", "--prometheus", url];
    return await renameAsked("metric", ...counterNames, "--finish", ...where);
  } finally {
    await prometheus.close();
  }
}

describe("npm run rename, in a copy of the project", () => {
  beforeAll(() => {
    copy = newCopy();
    git("init", "--quiet");
    git("config", "core.excludesFile", join(copy.folder, ".gitignore"));
    git("add", "--all");
    git("commit", "--quiet", "--message", "Before");
  });

  it("refuses what it cannot do, and changes nothing", () => {
    for (const [args, told] of [
      [["metric", "products_viewd_total", "x_total"], 'did you mean "products_viewed_total"'],
      [["metric", counterNames[0], "product_pages"], "a counter's name ends in _total"],
      [["metric", counterNames[0], "orders_total"], "in the catalogue already"],
      [["metric", "up", "is_up"], "is named by others"],
      [["alert", "NoOrders", "Nothing"], "allowed: metric"],
      [["metric", counterNames[0]], "allowed: metric, its name and its new name"],
      [["metric", ...counterNames, "--finish"], "is not being renamed"],
    ] as const) {
      const { status, stdout, stderr } = rename(...args);
      expect(stderr.replaceAll("\n", " ")).toContain(told);
      expect(stdout).toBe("");
      expect(status).toBe(1);
    }
    copy.edit("docs/rename.md", /^/, "A change.\n");
    const dirty = rename("metric", ...counterNames);
    expect(dirty.status).toBe(1);
    expect(dirty.stderr).toContain("changed and not committed");
    copy.restore();
    const dry = rename("metric", ...counterNames, "--dry-run");
    expect(dry.stdout).toMatch(/shop\/metrics\/product\.ts +1 name, the definition/);
    expect(git("status", "--porcelain")).toBe("");
  });

  it("leaves every file as it was where something cannot be made with the new name", () => {
    git("rm", "--quiet", "docs/notifications.md");
    git("commit", "--quiet", "--message", "A document without which its parts cannot be made");
    const { status, stderr } = rename("metric", ...counterNames);
    expect(stderr).toContain("Nothing is changed");
    expect(stderr).toContain("docs/notifications.md is missing");
    expect(status).toBe(1);
    expect(git("status", "--porcelain")).toBe("");
    git("reset", "--quiet", "--hard", "HEAD~1");
  });

  it("gives a counter and a histogram both names, in all that is made of them", () => {
    for (const names of [counterNames, histogramNames]) {
      const { status, stdout, stderr } = rename("metric", ...names);
      expect(status === 0 ? "" : stderr).toBe("");
      expect(stdout.includes("Recorded names stay")).toBe(names === histogramNames);
      git("commit", "--all", "--quiet", "--message", `Rename ${names[0]}`);
    }
    expect(read("shop/metrics/product.ts")).toContain('formerly: "products_viewed_total"');
    expect(read("metrics/http.ts")).toContain('formerly: "http_request_duration_seconds"');
    expect(read("services/product-service/app.ts")).toContain("product_pages_total");
    expect(read("docs/metrics.md")).toContain("Former name of http_server_duration_seconds");
    expect(read("examples/flask/metrics/order_service_metrics.py")).toContain(
      'formerly="http_request_duration_seconds"',
    );
    expectSound();
    const deployed = synthesized();
    for (const [former, now] of [counterNames, histogramNames]) {
      expect(deployed).toContain(former);
      expect(deployed).toContain(now);
    }
    expect(deployed).toContain("service:http_request_duration_seconds:p95_5m");
  });

  it("does not finish unasked, nor where somebody needs the former name", async () => {
    const unasked = rename("metric", ...counterNames, "--finish");
    expect(unasked.stderr.replaceAll("\n", " ")).toContain("Nobody was asked whether products_viewed_total");
    const asked = await finishAsking(/^count\(|^count by/);
    expect(asked.stderr.replaceAll("\n", " ")).toContain(
      "local: product-service 10.0.0.7:3001 exposes products_viewed_total alone.",
    );
    expect(asked.status).toBe(1);
    // It has the new name by now, but did not have it for as long as something reads back.
    const early = await finishAsking(/^count\(|^count_over_time/);
    expect(early.stderr.replaceAll("\n", " ")).toContain("back, when there was products_viewed_total alone.");
    expect(early.status).toBe(1);
    expect(git("status", "--porcelain")).toBe("");
  });

  it("finishes where all who are asked are ready", async () => {
    const { status, stderr } = await finishAsking(/^count\(/);
    expect(status === 0 ? "" : stderr).toBe("");
    expect(read("shop/metrics/product.ts")).not.toContain("products_viewed_total");
    git("commit", "--all", "--quiet", "--message", `Only ${counterNames[1]}`);
  });

  it("leaves the new names alone at the end", () => {
    const { status, stderr } = rename("metric", ...histogramNames, "--finish", "--force");
    expect(status === 0 ? "" : stderr).toBe("");
    git("commit", "--all", "--quiet", "--message", `Only ${histogramNames[1]}`);
    expectSound();
    const deployed = synthesized();
    expect(deployed).not.toContain(counterNames[0]);
    expect(deployed).not.toContain(`${histogramNames[0]}_bucket`);
    expect(deployed).toContain(`${histogramNames[1]}_bucket`);
    // It ends with status 1 where it finds nothing.
    const named = spawnSync("git", ["grep", "-lw", counterNames[0]], { cwd: copy.folder, encoding: "utf8" });
    expect(
      named.stdout.split("\n").filter((path) => path !== "" && !path.startsWith("__tests__/e2e/review")),
    ).toEqual([]);
  });
});

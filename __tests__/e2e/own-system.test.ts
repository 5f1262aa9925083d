import { cpSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { objectiveSeries } from "../../metrics/objectives";
import { projectCopies } from "../support/project-copy";
import { promtool, prometheusProgram } from "../support/programs";
import { describeWith } from "../support/require-program";

jest.setTimeout(300_000);

const root = resolve(__dirname, "../..");
const example = join(root, "examples/own-system");

/** What makes way for a system of one's own, as CONTRIBUTING.md says. */
const ofTheShop = [
  "shop",
  ...["api-gateway", "product-service", "auth-service", "order-service", "traffic"].map(
    (name) => `services/${name}`,
  ),
  ...["dev", "staging", "prod"].map((name) => `environments/${name}.ts`),
];

/** Tests that hold of any system: the cases of its alerts, with what they need. */
const testsOfAny = ["__tests__/support", "__tests__/e2e/alert-cases.test.ts"];

/** What must not compile over the example's catalogue. */
const mistakes = `import { promqlOver } from "./metrics/promql";
import { businessMetrics } from "./services/platform/instrumentation";
import { catalogue } from "./shop/metrics/catalogue";

const { select } = promqlOver(catalogue);
export const wrong = [
  // @ts-expect-error no such metric
  select("ticket_sold_total"),
  // @ts-expect-error no such label
  select("tickets_sold_total", { hall: "a" }),
  // @ts-expect-error no such value
  select("tickets_sold_total", { at: "phone" }),
  // @ts-expect-error a metric of the shop, which is not here
  select("orders_total"),
  // @ts-expect-error no such service
  (app: Parameters<typeof businessMetrics>[0]) => businessMetrics(app, "order-service"),
];
`;

describeWith([promtool, prometheusProgram], "a system of one's own in the place of the shop", () => {
  const project = projectCopies({ whole: true, ownEnvironments: true })();
  const path = (name: string) => join(project.folder, name);
  const succeeds = ({ status, stdout, stderr }: ReturnType<typeof project.run>) => {
    expect({ status, output: status === 0 ? "" : stdout + stderr }).toEqual({ status: 0, output: "" });
  };

  beforeAll(() => {
    const kept = new Map(testsOfAny.map((name) => [name, join(root, name)]));
    for (const name of [...ofTheShop, "__tests__", "bench", "examples"])
      rmSync(path(name), { recursive: true });
    for (const [name, from] of kept) cpSync(from, path(name), { recursive: true });
    cpSync(example, project.folder, { recursive: true });
  });

  it("takes fewer than 150 lines", () => {
    const files = readdirSync(example, { recursive: true, encoding: "utf8" }).filter((name) =>
      name.endsWith(".ts"),
    );
    const lines = files.map((name) => readFileSync(join(example, name), "utf8").split("\n").length - 1);
    expect(lines.reduce((sum, count) => sum + count, 0)).toBeLessThan(150);
  });

  it("compiles, and what its catalogue does not have does not", () => {
    writeFileSync(path("wrong.ts"), mistakes);
    const engine = ["**/*.ts"];
    const exclude = ["node_modules", "preview/node_modules", "preview/page", "preview/vite.config.ts"];
    const config = {
      extends: "./tsconfig.json",
      include: engine,
      exclude: [...exclude, "__tests__", "providers/grafana/lib"],
    };
    writeFileSync(path("tsconfig.own.json"), JSON.stringify(config));
    succeeds(project.run("npx", ["tsc", "--noEmit", "-p", "tsconfig.own.json"]));
    rmSync(path("wrong.ts"));
  });

  it("is synthesized, without anything of the shop", () => {
    succeeds(project.run("npx", ["tsx", "main.ts"]));
    const stacks = readdirSync(path("cdktf.out/stacks"));
    expect(stacks).toEqual(["local-alertmanager", "local-cloudwatch", "local-docker", "local-grafana"]);
    const all = stacks.map((stack) => readFileSync(path(`cdktf.out/stacks/${stack}/cdk.tf.json`), "utf8"));
    expect(all.join()).toContain("FewSeatsFree");
    expect(all.join()).not.toMatch(/order-service|orders_total|NoOrders|business-metrics/);
  });

  it("has rules that the linter and promtool take", () => {
    const { resource } = JSON.parse(
      readFileSync(path("cdktf.out/stacks/local-docker/cdk.tf.json"), "utf8"),
    ) as { resource: { docker_container: Record<string, { upload?: { file: string; content: string }[] }> } };
    const uploads = Object.values(resource.docker_container).flatMap(({ upload = [] }) => upload);
    const rules = uploads.filter(({ file }) => /\/rules\/[^/]+\.yml$/.test(file));
    expect(rules.map(({ file }) => file.split("/").at(-1))).toContain("seats.yml");
    const files = rules.map(({ file, content }) => {
      const name = path(file.split("/").at(-1) ?? "");
      // As Terraform writes it.
      writeFileSync(name, content.replaceAll("$${", "${").replaceAll("%%{", "%{"));
      return name;
    });
    // The dashboard of objectives reads these.
    const read = [objectiveSeries.target, objectiveSeries.overWindow].flatMap(({ name }) => ["--read", name]);
    succeeds(project.run("npx", ["tsx", "commands/lint-rules.ts", "--catalogue", ...read, ...files]));
  });

  it("has an alert that does what its case says", () => {
    const args = ["jest", "--selectProjects=e2e", "--ci", "alert-cases", "--testNamePattern", "FewSeatsFree"];
    const ended = project.run("npx", args, { E2E_REQUIRE: "1" });
    succeeds(ended);
    expect(ended.stderr).toMatch(/Tests: +\d+ skipped, 1 passed/);
  });

  it("runs in the demo, watched", () => {
    const args = ["--free-ports", "--json", "--duration", "30", "--speed", "15"];
    const ended = project.run("node", ["--require", "tsx/cjs", "commands/demo.ts", ...args]);
    succeeds(ended);
    expect(ended.stdout).toContain("ticket-service");
    const last = ended.stdout
      .trim()
      .split("\n")
      .flatMap((line) => /"targets":\{"up":(\d+),"all":(\d+)/.exec(line)?.slice(1) ?? []);
    expect(Number(last.at(-2))).toBeGreaterThanOrEqual(4);
  });
});

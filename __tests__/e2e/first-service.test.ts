import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { type Container, readContainers } from "../../demo/containers";
import { InboxClient } from "../../operations/clients/inbox-client";
import { PrometheusClient } from "../../operations/clients/prometheus-client";
import { synthesize } from "../../stacks";
import { type Step, stepsBelow, take } from "../support/document-steps";
import { loadEnvironments } from "../support/environments";
import { answersOf, synthesizedDashboards } from "../support/grafana-queries";
import { exitOf } from "../support/health-check";
import { goProgram } from "../support/languages/programs";
import { jaegerProgram } from "../support/programs";
import { copyProject, type ProjectCopy } from "../support/project-copy";
import { demoPrograms, describeWith, type Program } from "../support/require-program";
import { temporaryFolder } from "../support/temporary-folder";
import { isShown, shownCommands, Terminal } from "../support/terminal";
import { until } from "../support/until";

jest.setTimeout(600_000);

const text = readFileSync(resolve(__dirname, "../../docs/first-service.md"), "utf8");
const busybox: Program = { name: "busybox", hint: "On Debian: apt-get install busybox-static" };
const python: Program = { name: "python3", hint: "On Debian: apt-get install python3 python3-venv" };
/** How many lines somebody may have to write, and how long all commands may take. */
const mostLines = 39;
const mostMs = 600_000;
const service = "payment-service";

/** The reader's folders, beside one another. */
type Place = "monitoring" | "payments";

/** Lines of one's own in some steps: blank ones are none. */
function linesIn(steps: readonly Step[]): number {
  const written = steps.filter(({ what }) => what !== "console" && what !== "keeps running");
  return written.flatMap(({ block }) => block.split("\n")).filter((line) => line.trim() !== "").length;
}

/** The health checks of the document. */
const healthChecks = [
  ...text.matchAll(/(?:healthCheck: |`)(\[\s*"(?:python|node|wget)",[^]*?"\s*,?\s*\])/g),
].map(([, list = ""]) => JSON.parse(list.replace(/,\s*\]$/, "]")) as string[]);
/** What their programs are called here. */
const here: Readonly<Record<string, readonly string[]>> = { python: ["python3"], wget: ["busybox", "wget"] };

const ways = [
  "### In Python, with Flask",
  "### In Go",
  "### In TypeScript, with Express",
  "### In TypeScript, with Fastify",
];

describeWith(
  [...demoPrograms, jaegerProgram, python, goProgram, busybox],
  "who follows the document of a first service",
  () => {
    const makeFolder = temporaryFolder();
    let folders: Readonly<Record<Place, string>>;
    let project: ProjectCopy;
    let measured: readonly Step[];

    /** Takes steps as they come; of commands, those in a terminal. */
    function follow(steps: readonly Step[], terminal: Terminal): void {
      for (const step of steps) {
        if (step.what === "console") terminal.run(shownCommands(step.block));
        else if (step.what === "keeps running") terminal.start(shownCommands(step.block));
        else take(step, project);
      }
    }

    beforeAll(() => {
      const above = makeFolder();
      folders = { monitoring: join(above, "monitoring"), payments: join(above, "payments") };
      mkdirSync(folders.monitoring);
      project = copyProject(folders.monitoring, { whole: true });
      measured = stepsBelow("## 1. Say what it measures", text);
      follow(measured, new Terminal(folders.monitoring));
    });

    describe("once it is deployed", () => {
      const heading = "## 5. Deploy it";
      const environment = "environments/dev.ts";
      let container: Container | undefined;

      beforeAll(() => {
        const before = readFileSync(join(project.folder, environment), "utf8");
        follow(stepsBelow(heading, text), new Terminal(folders.monitoring));
        container = readContainers(join(project.folder, "cdktf.out")).find(({ name }) => name === service);
        // What the demo runs is the same for each way.
        writeFileSync(join(project.folder, environment), before);
      });

      it("has the variables of its traces, and a place to write", () => {
        expect(container?.environment).toEqual({
          OTEL_SERVICE_NAME: service,
          OTEL_RESOURCE_ATTRIBUTES: "deployment.environment.name=dev",
          OTEL_EXPORTER_OTLP_ENDPOINT: "http://jaeger:4318",
          OTEL_EXPORTER_OTLP_PROTOCOL: "http/protobuf",
          JAEGER_AGENT_HOST: "jaeger",
        });
        expect(container?.folders).toHaveProperty(["/tmp"]);
      });

      it.each([
        [200, 0],
        [503, 1],
      ])("has health checks that say of an answer with %d: %d", async (status, expected) => {
        expect(healthChecks.map(([command]) => command)).toEqual(["python", "node", "wget"]);
        for (const [command = "", ...args] of healthChecks) {
          const ended = await exitOf([...(here[command] ?? [command]), ...args], status);
          expect([command, ended]).toEqual([command, expected]);
        }
      });
    });

    describe.each(ways)("%s", (heading) => {
      const own = new Map<string, Terminal>();
      const steps = stepsBelow(heading, text);
      let began: number;
      let prometheus: PrometheusClient;
      let from: number;

      /** A terminal of the reader's, in a folder. */
      function terminal(name: string, place: Place): Terminal {
        const opened = own.get(name) ?? new Terminal(folders[place]);
        own.set(name, opened);
        return opened;
      }

      afterAll(async () => {
        await terminal("first", "monitoring").interrupt();
        await terminal("second", "payments").interrupt();
        rmSync(folders.payments, { recursive: true, force: true });
      });

      it(`writes at most ${String(mostLines)} lines`, () => {
        expect(linesIn(measured)).toBeGreaterThan(8);
        expect(linesIn(measured) + linesIn(steps)).toBeLessThanOrEqual(mostLines);
      });

      it("begins with an empty folder, and has a service that runs", async () => {
        began = Date.now();
        expect(existsSync(folders.payments)).toBe(false);
        follow(
          steps.filter(({ what }) => what !== "keeps running"),
          terminal("first", "monitoring"),
        );
        const last = steps.filter(({ what }) => what === "keeps running");
        expect(last).toHaveLength(1);
        follow(last, terminal("second", "payments"));
        await until(
          async () => (await fetch("http://127.0.0.1:8000/health").catch(() => undefined))?.ok === true,
          120_000,
        );
        const { output = "" } = shownCommands(last[0]?.block ?? "").at(-1) ?? {};
        await until(() => isShown(output, terminal("second", "payments").printed), 10_000);
      });

      it("has it checked", () => {
        const checked = stepsBelow("## 3. Check it", text);
        expect(checked).toHaveLength(2);
        follow(checked, terminal("first", "monitoring"));
      });

      it("watches it", async () => {
        from = Math.floor(Date.now() / 1000);
        const [step, ...others] = stepsBelow("## 4. Watch it", text).filter(
          ({ what }) => what === "keeps running",
        );
        if (step === undefined) throw new Error("Nothing watches it.");
        expect(others).toEqual([]);
        follow([step], terminal("first", "monitoring"));
        await terminal("first", "monitoring").says(/Ctrl-C stops everything/, 120_000);
        await terminal("first", "monitoring").says(/targets (\d+)\/\1 up/, 60_000);
        prometheus = new PrometheusClient("http://127.0.0.1:9090");
      });

      it.each(["### Target", "### Trace"])("sees it: %s", (seen) => {
        follow(stepsBelow(seen, text), terminal("third", "monitoring"));
      });

      it("sees its dashboard: requests, how many failed, response times", async () => {
        const outdir = makeFolder();
        synthesize(loadEnvironments("local"), outdir);
        const dashboard = synthesizedDashboards(outdir, "local-grafana").get("service-health");
        if (dashboard === undefined) throw new Error("There is no Service Health.");
        const filled = async () => {
          const view = { from, to: Math.floor(Date.now() / 1000), step: 1, scrapeInterval: 1 };
          const answers = await answersOf(dashboard, prometheus, view, { service: [service] });
          return answers.filter(({ answer }) => answer.length > 0).map(({ name }) => name);
        };
        const wanted = [
          "Request rate: A",
          "Error ratio: A",
          "Response time p95: A",
          "Request rate by route: A",
        ];
        await until(async () => {
          const there = await filled();
          return wanted.every((name) => there.includes(name));
        });
      });

      it("is told when it ends, and when it is back, all within ten minutes", async () => {
        await terminal("second", "payments").interrupt();
        const inbox = new InboxClient("http://127.0.0.1:8025");
        const isAbout = ({ title, text: said }: { title: string; text: string }) =>
          `${title}${said}`.includes("ServiceDown") && `${title}${said}`.includes(service);
        await inbox.message(isAbout, 60_000, { receiver: "slack-critical", status: "firing" });
        await terminal("first", "monitoring").says(/alerts firing: (.*, )?ServiceDown/, 20_000);
        const again = steps.filter(({ what }) => what === "keeps running");
        follow(again, terminal("second", "payments"));
        await inbox.message(isAbout, 60_000, { receiver: "slack-critical", status: "resolved" });
        const tookMs = Date.now() - began;
        console.log(
          `${heading}: ${String(linesIn(measured) + linesIn(steps))} lines, ${(tookMs / 1000).toFixed(0)} s`,
        );
        expect(tookMs).toBeLessThan(mostMs);
      });
    });
  },
);
